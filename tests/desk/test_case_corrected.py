"""A correction in the vault stands in *Til sagen*: who, when, from what to what."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest
from desk_cases import TODAY

from progression.desk import documents, reports
from progression.store import kinds, queries
from progression.store.access import Act


@pytest.mark.parametrize("way", ["documents", "reports"])
def test_a_corrected_answer_is_told_and_the_reading_is_logged(session, tmp_path, way):
    citizen = queries.citizens(session.vault)[0].citizen
    last = max((a for a in queries.assessments(session.vault) if a.citizen == citizen and a.rater == "caseworker"),
               key=lambda a: a.date)  # fmt: skip
    code, old = next((c, a) for c, a in last.answers.items() if c == "netvaerk")
    new = 1 if old != 1 else 2
    changed = replace(last, answers={**last.answers, code: new})
    session.vault.append([kinds.to_event(changed)], Act("change", citizen))
    path = tmp_path / "case.pdf"
    if way == "documents":
        documents.save(session, documents.read(session, "case", citizen).made(), path)
    else:
        reports.case(session, citizen, path)
    text = " ".join(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True).stdout.split())
    assert f"sagsbehandler: Netværk og støtte {old} {new}" in text
    assert "Kim Testesen" in text[text.index("Rettelser") :]
    acts = [(one.act, one.purpose) for one in queries.access_log(session.vault, citizen)]
    assert ("export", "report case") in acts and ("view", "corrections") not in acts
    assert session.today() == TODAY
