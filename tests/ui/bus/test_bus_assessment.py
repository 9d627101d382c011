"""A whole assessment by somebody who cannot see the window: through the accessibility bus alone, in a process that
knows nothing of the program's insides."""

from __future__ import annotations

import pytest
from atspi import CHECKED, FOCUSED
from caseload import PASSPHRASE

from progression.casework.values import DECLINED, NOT_RATED

RETURN = 0xFF0D
NOTE = "Har fået en fast aftale om fredagen"
SAYS = {  # what is pressed in which row; everything else is a 3
    "Netværk og støtte": "4, i høj grad",
    "Koncentration": "ikke vurderet",
    "Arbejdsidentitet": "ønsker ikke at svare",
}


def open_first_citizen(window, bus):
    """From *I dag*: the first row of the caseload, opened by Enter, as its foot says. Returns the citizen's name."""
    table = window.find("Sagsstamme", role="table")
    first = window.bus.until(lambda: next(iter(table.all("cell")), None), "a row").name
    table.focus()
    window.bus.until(lambda: FOCUSED in table.states, "the focus in the table")
    bus.key(RETURN)
    name = first.partition(",")[0]
    window.find(name, role="heading")
    return name


def rows(window):
    return [one for one in window.all("panel") if ", række " in one.name]


def checked(row):
    return [one.name for one in row.all("radio button") if CHECKED in one.states]


@pytest.mark.slow
def test_a_whole_assessment_through_the_bus_alone(opened, desktop, vault):
    window, bus = opened(), desktop.bus
    name = open_first_citizen(window, bus)
    window.find("Start samtalen", role="push button").press()
    window.find(f"Samtale med {name}", role="heading")
    window.find("0 af 11")
    window.bus.until(lambda: FOCUSED in rows(window)[0].states, "the focus in the first row")

    found = rows(window)
    assert len(found) == 11
    for place, row in enumerate(found):
        indicator = row.name.partition(", række ")[0]
        assert row.description.startswith("ikke besvaret. ")
        answer = SAYS.get(indicator, "3, i nogen grad")
        row.find(answer, role="radio button").press()
        window.bus.until(lambda row=row, answer=answer: checked(row) == [answer], f"{answer} in {indicator}")
        assert row.description.startswith(f"{answer}. ")
        window.find(f"{place + 1} af 11")
        following = found[min(place + 1, 10)]
        window.bus.until(lambda row=following: FOCUSED in row.states, "the focus in the next row")
        window.bus.until(lambda told=f"{indicator}: {answer}": bus.announced(told), "the answer read aloud")

    # another answer to the first row, and a note to it
    found[0].find("2, i ringe grad", role="radio button").press()
    window.bus.until(lambda: checked(found[0]) == ["2, i ringe grad"], "the other answer")
    found[0].focus()
    window.find("Skriv en note til rækken", role="push button").press()
    note = window.bus.until(lambda: next((n for n in window.all("text") if FOCUSED in n.states), None), "it")
    note.write(NOTE)

    window.find("Afslut vurderingen", role="push button").press()
    window.find("Samtalen er afsluttet", role="heading")
    desktop.end_program()
    answers, notes = stored(vault, name)
    assert [answers[code] for code in answers][:1] == [2]
    assert sorted(map(str, answers.values())) == sorted(map(str, [2, *[3] * 7, 4, NOT_RATED, DECLINED]))
    assert list(notes.values()) == [NOTE]


def stored(vault, name):
    """The assessment of today as it stands in the vault."""
    from progression.desk import vaults
    from progression.store import queries

    session = vaults.unlock(vault, PASSPHRASE, language="da").session
    try:
        who = next(c.citizen for c in queries.citizens(session.vault) if c.name == name)
        mine = [a for a in queries.assessments(session.vault) if a.citizen == who and a.rater == "caseworker"]
        last = max(mine, key=lambda a: (a.date, a.entered))
        return dict(last.answers), dict(last.notes)
    finally:
        vaults.close(session, backup=False)
