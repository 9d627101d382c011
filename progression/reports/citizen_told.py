"""What is told of a case to the citizen, whatever it is told on: the paper to take home, and the screen turned round.

Both show the same curve, sentences and small steps, so that the paper says what was seen across the table.
"""

from __future__ import annotations

from dataclasses import replace

from progression.casework.values import Note
from progression.charts.builder import citizen_chart
from progression.charts.model import Chart
from progression.reports import citizen_words
from progression.reports.summary import Case
from progression.words import Words

STEPS_WITHIN_DAYS = 183  # small steps of the last half year
MOST_STEPS = 2
LONGEST_NAME = 40  # letters of a first name in the title


def title(case: Case, w: Words) -> str:
    """Return what stands on top: the citizen by first name, where there is one."""
    name = next(iter(case.course.citizen.name.split()), "")[:LONGEST_NAME]
    return w.t("How it has gone, {name}", name=name) if name else w.t("How it has gone")


def chart(case: Case, w: Words) -> Chart:
    """Return the one description of the citizen's chart, its steps in the citizen's words."""
    made = citizen_chart(
        case.course, case.scale, case.trajectory, case.types, case.names, case.today, w, phases=case.phases
    )  # fmt: skip
    words = case.scale.citizen_words
    steps = tuple(
        replace(one, word=w.pick(words[int(one.value)])) if int(one.value) in words else one for one in made.step_labels
    )
    return replace(made, step_labels=steps)


def shadings(w: Words) -> dict[str, str]:
    """Return what the shadings are called, by token."""
    return {"passive": w.t("without activity"), "wait": w.t("waiting"), "exempt": w.t("exempt")}


def end(case: Case, w: Words) -> tuple[str, str]:
    """Return the two lines at the end of the curve: when, and the word it is nearest. ValueError without an answer."""
    found = citizen_words.levels(case)
    if not found:
        raise ValueError("nobody has answered")
    last = found[-1]
    when = w.t("Today") if last.day == case.today else w.month_year(last.day)
    return when[:1].upper() + when[1:], citizen_words.level_word(case, last.level, w)


def small_steps(case: Case) -> list[Note]:
    """Return the latest small steps of the last half year, oldest first, at most two."""
    found = [
        n for n in case.course.notes
        if n.kind == "small_step" and n.text.strip() and 0 <= (case.today - n.date).days <= STEPS_WITHIN_DAYS
    ]  # fmt: skip
    return found[-MOST_STEPS:]
