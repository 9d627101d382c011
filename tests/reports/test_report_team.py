"""*Til teamet* as outside tools and a committee find it: what it says, what it does not, tags, fonts, size."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pdf_rules
import pdfua
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from team_cases import DAYS, FEW, NOBODY, QUIET, TYPICAL, made
from test_report_tagged import skeleton

from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive import LEAST
from progression.casework.passive_days import DayShare
from progression.reports import team, team_words
from progression.reports.team_figures import Count, part_of, told
from progression.words import Words

DA, EN = Words("da"), Words("en")
TREE = """H1, 3 P, H2, L, H2, 2 P, Figure, P, H3, P, Table 2×5, P, H2, 2 P, Figure, P, H2, P, Figure, P, H3, Table 3×2,
H2, P, Table 4×2, Table 5×2, H2, P, H2, 2 P, H2, H3, Table 7×5, H3, Table 13×6, H3, Table 3×5, H2, 5 P"""
CASES = [TYPICAL, FEW, NOBODY, QUIET]


@pytest.fixture
def saved(tmp_path, read):
    def save(figures=TYPICAL, language="da"):
        path = tmp_path / "team.pdf"
        path.write_bytes(made(figures, language))
        return read(path)

    return save


@pytest.mark.parametrize("figures", CASES, ids=["typical", "few", "nobody", "quiet"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_rule_that_a_program_can_check_is_broken(figures, language, saved):
    pdf = saved(figures, language)
    with pikepdf.open(pdf.path) as file:
        assert pdf_rules.faults(file) == {}
    found = pdfua.validate(str(pdf.path))
    assert [finding for outcome in found.outcomes for finding in outcome.findings] == []
    assert "No syntax or stream encoding errors found" in pdf.check()
    assert all(embedded == "yes" for _, embedded in pdf.fonts()) and pdf.images() == []
    assert pdf.path.stat().st_size < 200_000
    assert made(figures, language) == pdf.path.read_bytes()


def test_its_tree_is_the_golden_one(saved):
    with pikepdf.open(saved().path) as pdf:
        assert skeleton(pdf_rules.File(pdf)) == " ".join(TREE.split())


def test_pdfinfo_reads_headings_tables_and_figures(saved):
    told_ = subprocess.run(
        ["pdfinfo", "-struct-text", str(saved().path)], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    assert len(re.findall(r"^ *Figure", told_, re.MULTILINE)) == 3 and told_.count("Table (block)") == 7
    assert "L (block)" in told_


def test_the_pictures_words_stand_on_the_page(saved):
    """Alternative text = what the page says beside the picture."""
    text = saved().flat()
    with pikepdf.open(saved().path) as pdf:
        alts = [str(node.obj.Alt) for node in pdf_rules.File(pdf).nodes if node.tag == "Figure"]
    chart = team.progress_chart(TYPICAL, DA)
    assert alts[0] == chart.alt and chart.caption in text
    for row in chart.rows:
        assert row.figure in text and all(number in text for number in row.numbers)
    assert alts[1] in text
    assert all(number in text for bar in team.duties_chart(TYPICAL, DA).bars for number in bar.numbers)


def test_where_all_decisions_are_about_attention_points_a_number_is_not_said_twice(saved):
    text = saved(replace(TYPICAL, decided_flags=TYPICAL.decided_total)).flat()
    assert "272 beslutninger er truffet i perioden. De handlede alle om et opmærksomhedspunkt." in text


def test_a_committee_reads_what_stands_first(saved):
    text = saved().flat()
    for sentence in (
        "341 borgere, 7 sagsbehandlere, 1. december 2025 til 19. november 2026",
        "Den 19. november 2026 var 33 % af borgerne uden aktiv indsats (111 af 341).",
        "23 har været uden både aktiv indsats og mentor i 12 måneder eller mere.",
        "89 % af fristerne i perioden blev overholdt. 17 er overskredet på den sidste dag.",
        "38 opmærksomhedspunkter er åbne. 5 har ventet over 30 dage på en beslutning.",
        "272 beslutninger er truffet i perioden. 240 handlede om et opmærksomhedspunkt.",
        "Der har været 19 sagsbehandlerskift i perioden. Heraf: planlagt 12, uplanlagt 7.",
        "Fremgang hænger sammen med: Job + social og job alene.",
        "Tilbagegang hænger sammen med: Ventetid og passiv uden ventetid.",
        "Ingen af delene kan siges om: Social alene. Intervallet rummer 0.",
        "7 sagsbehandlere har i gennemsnit 48,7 borgere hver, fra 41 til 58.",
        "Under normen: 0. Inden for den: 6. Over den: 1.",
        "48 borgere har haft to skift eller flere i hele sagen.",
        "Mindst 5 borgere og 4 sagsbehandlere bag hver række.",
    ):
        assert sentence in text


def test_english_is_complete(saved):
    text = saved(language="en").flat()
    assert "Progression goes together with: Job + social and job alone." in text
    for danish in ("borgere", "sagsbehandler", "Fremgang", "Kort fortalt", "perioden"):
        assert danish not in text


@pytest.mark.parametrize("w", [DA, EN])
def test_words_stay_about_the_past_and_never_about_what_works_or_who_is_best(w, saved):
    text = saved(language=w.language).flat().lower()
    for word in (
        "risiko",
        "risk",
        "effekt",
        "effect",
        "skyldes",
        "prognose",
        "forventes",
        "bedst",
        "best ",
        "rangliste",
    ):
        assert word not in text


# what is about few


def test_what_is_about_few_citizens_is_nowhere_and_cannot_be_reckoned(saved):
    text = " ".join(saved(FEW).text("-raw").split())
    assert "Hvor mange beslutninger der er truffet, er ikke vist" in text
    assert "Hvor mange sagsbehandlerskift der har været, er ikke vist" in text
    assert "Færre end 4 sagsbehandlere har borgere i teamet." in text
    assert "0,024" not in text and "Fremgang hænger sammen" not in text
    # of three kinds one is about three people: of the others the smaller is not shown either
    assert "Tilbagegang 33 Stilstand under 5 borgere Vurdering mangler Ikke vist" in text
    # long_waiting: two have not waited; long without: two have not
    assert not re.search(r"\b(51|56|27|34)\b", text)


def test_a_bar_keeps_its_length_where_parts_of_it_are_not_shown():
    chart = team.team.unused(FEW.shares, DA, document=True)
    first, last = chart.bars
    assert [part.value is None for part in first.parts] == [False, True, True, False]
    assert first.length == pytest.approx(36 / 61) and first.parts[-1].withheld
    assert first.parts[-1].text == "oktober 2026: ikke vist"
    assert len(last.parts) == 3


def test_a_team_of_four_is_told_nothing_about(saved):
    text = saved(replace(FEW, citizens=4)).flat()
    assert "færre end 5 borgere med en åben sag" in text
    assert saved(replace(FEW, citizens=4)).info()["Pages"] == "1"
    assert not re.search(r"\b(33|53|61|19)\b", text.replace("19. november", ""))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_what_is_not_shown_cannot_be_reckoned_from_the_sum(numbers):
    shown = told([Count(str(n), number, number) for n, number in enumerate(numbers)])
    hidden = [number for number, one in zip(numbers, shown, strict=True) if one is None]
    assert all(one is None or one == 0 or one >= LEAST for one in shown)
    # the sum less what is shown is at least five people in two parts, or the sum is not shown either
    assert not hidden or sum(numbers) < LEAST or (len(hidden) >= 2 and sum(hidden) >= LEAST)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_told_only_where_what_is_left_is_not_about_few(part, whole):
    part = min(part, whole)
    found = part_of(Count("", part, part), whole)
    if found is not None:
        assert part == 0 or part >= LEAST
        assert whole - part == 0 or whole - part >= LEAST


def test_the_share_of_duties_is_of_all_of_them_or_not_told():
    assert "70 %" in team_words.duties(FEW, DA)  # as its one bar says
    assert "89 %" in team_words.duties(TYPICAL, DA)
    few = (Timeliness("conversations", 43, 2, 1, (41, 2, 1)), Timeliness("consents", 0, 0, 1, (0, 0, 1)))
    assert team_words.duties(replace(FEW, timeliness=few), DA).startswith("Der er få borgere bag hver slags frist")
    mixed = (Timeliness("conversations", 90, 1, 0, (60, 1, 0)), Timeliness("consents", 0, 0, 10, (0, 0, 10)))
    assert "89 %" in team_words.duties(replace(FEW, timeliness=mixed), DA)  # not 0 %


# odd teams


def test_a_team_in_which_nothing_happened(saved):
    text = saved(QUIET).flat()
    for sentence in (
        "Den 19. november 2026 var 0 % af borgerne uden aktiv indsats (0 af 40).",
        "Ingen frister faldt i perioden. 0 er overskredet",
        "0 opmærksomhedspunkter er åbne.",
        "Ingen er vurderet to gange, mens de samme indsatser kørte.",
        "4 har ingen norm.",
    ):
        assert sentence in text


def test_three_years_and_a_long_name_fit(saved):
    shares = tuple(DayShare(day.replace(year=day.year - n), 341, 60, 38, 20) for n in (2, 1, 0) for day in DAYS)
    pdf = saved(replace(TYPICAL, team="Team for aktivitetsparate med særlig støtte 🌱 og " + "x" * 80, shares=shares))
    assert int(pdf.info()["Pages"]) <= 6
    with pikepdf.open(pdf.path) as file:
        assert pdf_rules.faults(file) == {}
