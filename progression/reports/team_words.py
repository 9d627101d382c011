"""What a report about a team says in sentences and small tables. A figure that is withheld is said to be."""

from __future__ import annotations

from collections.abc import Sequence

from progression.analysis.combinations import LEAST_CASEWORKERS, Progress
from progression.casework.duties.timeliness import share_met
from progression.casework.passive import LEAST
from progression.casework.withheld import small
from progression.charts import combinations
from progression.charts.bars import Table
from progression.reports.summary import listed
from progression.reports.team_figures import Count, TeamFigures, part_of, told, whole_of
from progression.words import Words
from progression.words import flags as flag_words
from progression.words import team as said

LONG_MONTHS, LONG_DAYS = 12, 30


def too_small(w: Words) -> str:
    """Why there is nothing to read."""
    return w.t("The team has fewer than {n} citizens with an open case. Figures about so few are not shown.", n=LEAST)


def size(figures: TeamFigures, period: str, w: Words) -> str:
    """Return "190 citizens, 4 caseworkers, 1 June 2025 to 1 May 2026"."""
    citizens = w.tn("{n} citizen", "{n} citizens", figures.citizens)
    caseworkers = w.tn("{n} caseworker", "{n} caseworkers", figures.caseworkers)
    return ", ".join([citizens, caseworkers, period])


# in short


def summary(figures: TeamFigures, w: Words) -> list[str]:
    """Return what stands first: a sentence or two for each part."""
    return [passive(figures, w), duties(figures, w), " ".join(attention(figures, w)), changes(figures, w)[0]]


def together(figures: TeamFigures, w: Words) -> list[str]:
    """Return which combinations go together with a rise, and which with a fall, of those that are clear."""
    away = [one for one in combinations.ordered(figures.progress) if not one.near_end and one.clear]
    rise = [one for one in away if _towards_better(one, figures)]
    fall = [one for one in away if not _towards_better(one, figures)]
    found = []
    if rise:
        found.append(w.t("Progression goes together with: {names}.", names=_named(rise, w)))
    if fall:
        found.append(w.t("Regression goes together with: {names}.", names=_named(fall, w)))
    return found


def reading(figures: TeamFigures, w: Words) -> list[str]:
    """The same, and that of the others nothing can be said."""
    shown = [one for one in figures.progress if not one.near_end and not one.withheld]
    found = together(figures, w)
    rest = [one for one in combinations.ordered(shown) if not one.clear]
    if rest:
        text = w.t("Neither can be said of: {names}. The interval includes 0.", names=_named(rest, w))
        found.append(text)
    if not shown:
        found.append(w.t("Too few citizens or caseworkers stand behind each combination for a figure to be shown."))
    return [" ".join(found)]


def _towards_better(one: Progress, figures: TeamFigures) -> bool:
    return (one.mean or 0.0) * figures.better > 0


def _named(rows: Sequence[Progress], w: Words) -> str:
    names = [combinations.name(w, one.combination) for one in rows]
    return listed([names[0], *(name[:1].lower() + name[1:] for name in names[1:])], w)


def why_apart(w: Words) -> str:
    """Why the months before an end are a figure of their own."""
    return w.t(
        "An intervention stops when things go well, or when it does not work. So the last three months before a stop "
        "are shown separately, and are not in the figures above."
    )


def chance(w: Words) -> str:
    """How often an interval is wrong."""
    return w.t(
        "About one interval in ten misses the true figure by chance alone. So look at the pattern, not at one row."
    )


# without an active intervention


def passive(figures: TeamFigures, w: Words) -> str:
    """How many have no active intervention on the last day, and for long."""
    last, day = figures.shares[-1], w.date(figures.shares[-1].day)
    hidden = small(last.counts, last.hidden)
    if hidden[-1] or all(hidden[:-1]):
        return w.t("How many had no active intervention on {day} is not shown: it is about few citizens.", day=day)
    share = last.without / last.there
    text = w.t(
        "On {day}, {share} of the citizens had no active intervention ({n} of {there}).",
        day=day,
        share=said.percent(w, share),
        n=w.number(last.without, 0),
        there=w.number(last.there, 0),
    )
    long = part_of(figures.long_without, last.without)
    if long is None:
        return text
    return f"{text} " + w.tn(
        "{n} has had none, nor a mentor, for {m} months or more.",
        "{n} have had none, nor a mentor, for {m} months or more.",
        long,
        m=LONG_MONTHS,
    )


# duties


def duties(figures: TeamFigures, w: Words) -> str:
    """How much of what was due was met in time, and what is overdue."""
    overdue = whole_of(figures.overdue_total)
    if not figures.timeliness:
        first = w.t("No duty fell due in the period.")
    elif any(small(_met_and_not(figures))):
        first = w.t("Few citizens are behind each kind of duty, so no share is shown.")
    else:
        share = said.percent(w, share_met(figures.timeliness))
        first = w.t("{share} of the duties that fell due in the period were met in time.", share=share)
    if overdue is None:
        return first
    return f"{first} " + w.tn("{n} is overdue on the last day.", "{n} are overdue on the last day.", overdue)


def _met_and_not(figures: TeamFigures) -> tuple[int, int]:
    """At least so many citizens are behind the duties met in time, and behind the others: as many as behind the sort
    with most. The share says all sorts together; one sort alone it does not tell."""
    rows = [row.citizens for row in figures.timeliness]
    return max(met for met, _late, _missing in rows), max(max(late, missing) for _met, late, missing in rows)


def overdue(figures: TeamFigures, w: Words) -> Table:
    """What is overdue on the last day, by sort."""
    return _table(figures.overdue, [w.t(said.SORTS[one.key]) for one in figures.overdue], w.t("Duties"), w)


# attention points


def attention(figures: TeamFigures, w: Words) -> list[str]:
    """How many are open, how long they have waited, and what was decided."""
    open_, waited = whole_of(figures.flags_total), part_of(figures.long_waiting, figures.flags_total.citizens)
    found = [w.t("How many attention points are open is not shown: they are about few citizens.")]
    if open_ is not None:
        found = [w.tn("{n} attention point is open.", "{n} attention points are open.", open_)]
        if open_ and waited is not None:
            text = w.tn(
                "{n} has waited over {d} days for a decision.", "{n} have waited over {d} days for a decision.", waited,
                d=LONG_DAYS,
            )  # fmt: skip
            found.append(text)
    made, about = whole_of(figures.decided_total), part_of(figures.decided_flags, figures.decided_total.citizens)
    if made is None:
        return [*found, w.t("How many decisions were made is not shown: they are about few citizens.")]
    found.append(w.tn("{n} decision was made in the period.", "{n} decisions were made in the period.", made))
    if made and about == made:
        found.append(w.tn("It was about an attention point.", "All of them were about an attention point.", made))
    elif made and about is not None:
        found.append(w.tn("{n} was about an attention point.", "{n} were about an attention point.", about))
    return found


def open_flags(figures: TeamFigures, w: Words) -> Table:
    """Open attention points by kind."""
    names = [flag_words.kind(w, one.key) for one in figures.open_flags]
    return _table(figures.open_flags, names, w.tc("attention points", "Open"), w)


def decided(figures: TeamFigures, w: Words) -> Table:
    """Decisions of the period by choice."""
    names = [w.t(flag_words.CHOICES[one.key]) for one in figures.decided]
    return _table(figures.decided, names, w.t("Decisions"), w)


# people


def loads(figures: TeamFigures, w: Words) -> list[str]:
    """The spread of the caseloads; whose is which is not told."""
    rows = figures.loads
    if len(rows) < LEAST_CASEWORKERS:
        return [
            w.t(
                "Fewer than {n} caseworkers have citizens in the team. So the spread of the caseloads is not shown.",
                n=LEAST_CASEWORKERS,
            )
        ]
    sizes = [one.citizens for one in rows]
    mean = w.number(sum(sizes) / len(sizes), 1)
    found = [
        w.t(
            "{n} caseworkers have {mean} citizens each on average, from {least} to {most}.",
            n=len(sizes),
            mean=mean,
            least=min(sizes),
            most=max(sizes),
        )
    ]
    normed = [one.against for one in rows if one.against]
    if normed:
        under, within, over = (normed.count(one) for one in ("under", "within", "over"))
        fields = {"under": under, "within": within, "over": over}
        found.append(w.t("Under the norm: {under}. Within it: {within}. Over it: {over}.", **fields))
    if len(normed) < len(rows):
        found.append(w.tn("{n} has no norm.", "{n} have no norm.", len(rows) - len(normed)))
    return [" ".join(found)]


def changes(figures: TeamFigures, w: Words) -> list[str]:
    """How many caseworker changes, whether they were planned, and who has had several."""
    n = whole_of(figures.changed)
    if n is None:
        return [w.t("How many caseworker changes there were is not shown: they are about few citizens.")]
    found = [
        w.tn("There was {n} caseworker change in the period.", "There were {n} caseworker changes in the period.", n)
    ]
    counts = dict(zip((one.key for one in figures.changes), told(figures.changes), strict=True))
    if n and (counts.get("planned") is not None or counts.get("unplanned") is not None):
        kinds = [("planned", w.t("planned")), ("unplanned", w.t("unplanned")), ("", w.t("not said"))]
        parts = [w.t("{name} {n}", name=name, n=said_count(counts[key], w)) for key, name in kinds if key in counts]
        found.append(w.t("Of these: {parts}.", parts=", ".join(parts)))
    often = part_of(figures.changed_often, figures.citizens)
    lines = [" ".join(found)]
    if often is not None:
        lines.append(
            w.tn(
                "{n} citizen has had two changes or more over the whole case.",
                "{n} citizens have had two changes or more over the whole case.",
                often,
            )
        )
    return lines


def said_count(n: int | None, w: Words) -> str:
    """Return a count, or that it is withheld."""
    return w.tc("a figure", "not shown") if n is None else w.number(n, 0)


# how it is made


def method(figures: TeamFigures, w: Words) -> list[str]:
    """What the figures rest on, and what is left out."""
    scale = w.pick(figures.scale) if figures.scale else ""
    first = w.t(
        "Change per month: two assessments that follow each other, by the same rater, with the same combination all "
        "the time between. What the answers moved is added up and divided by the months. Each citizen is compared with "
        "themselves. Who was followed for long counts for more. The interval takes it into account that the answers "
        "of one citizen belong together."
    )
    hidden = w.t(
        "Figures about fewer than {n} citizens are not shown. Where such a figure could be reckoned from the others, "
        "one more is not shown. Figures of combinations need {m} caseworkers too.",
        n=LEAST,
        m=LEAST_CASEWORKERS,
    )
    idle = w.t(
        "Without active intervention: passive, waiting or exempt on the day. A pause of up to a few days between two "
        "interventions does not count."
    )
    names = w.t("No citizen and no caseworker is named, and caseworkers are not compared.")
    across = ""
    if figures.team is None:
        across = w.t("A figure is not shown either where one team's could be reckoned from it and the other teams'.")
    return [*([w.t("Scale: {name}.", name=scale)] if scale else []), first, idle, hidden, f"{names} {across}".rstrip()]


def _table(counts: Sequence[Count], names: Sequence[str], head: str, w: Words) -> Table:
    shown = told(counts)
    cells = [
        (w.number(n, 0) if n is not None else said.not_shown(w, one.citizens),)
        for one, n in zip(counts, shown, strict=True)
    ]
    return Table((head,), tuple(zip(names, cells, strict=True)))
