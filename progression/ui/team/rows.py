"""What the page *Team* says of each colleague, team and case."""

from __future__ import annotations

from collections.abc import Iterable

from progression.casework.values import Person
from progression.desk.caseload import Load, Responsibility
from progression.desk.reviews import Drawn
from progression.desk.team import TeamPage
from progression.words import Words
from progression.words import people as said
from progression.words.naming import called
from progression.words.titles import title


def colleague(w: Words, page: TeamPage, person: Person) -> tuple[str, str]:
    """The name, and in one line: role, citizens against the norm, other roles, changes, days without."""
    load = next((row for row in page.loads.rows if row.key == person.person), None)
    parts = [_role(w, person)] if person.role else []
    if load is not None:
        parts += loads(w, load)
    return person.name or person.person, ". ".join(parts)


def colleague_cells(w: Words, page: TeamPage, person: Person) -> tuple[str, ...]:
    """The same beside each other: name, role, citizens, norm, changes, days without; what is not there is empty."""
    load = next((row for row in page.loads.rows if row.key == person.person), None)
    name, role = person.name or person.person, _role(w, person)
    if load is None:
        return name, role, "", "", "", ""
    n = len(load.citizens)
    other = sum(load.other.values())
    mine = bool(n) or load.high is not None
    norm = said.norm(w, load) if load.high is not None else ""
    if load.over:
        norm = w.t("{norm}, {n} over", norm=norm, n=load.over)
    changed = said.changed(w, load.changes, load.count("planned"), load.count("unplanned")) if n else ""
    return name, role, str(n if mine else other or ""), norm, changed, str(load.without or "") if n else ""


def _role(w: Words, person: Person) -> str:
    """What a colleague is called by their work, as a line begins."""
    said_so = title(w, person.role)
    return said_so[:1].upper() + said_so[1:]


def loads(w: Words, load: Load) -> list[str]:
    """A caseload in a few short sentences without full stops."""
    n = len(load.citizens)
    out = []
    if n or load.high is not None:
        citizens = w.tn("{n} citizen", "{n} citizens", n)
        against = w.t("norm {norm}", norm=said.norm(w, load)) if load.high is not None else ""
        over = said.against(w, load, len(load.citizens))
        out.append(", ".join(part for part in (citizens, against, over) if part))
    other = [
        w.tn("{n} citizen as {role}", "{n} citizens as {role}", count, role=w.t(said.ROLES[role]).lower())
        for role, count in sorted(load.other.items())
        if count
    ]
    out += [", ".join(other)] if other else []
    if n:
        without = said.days_without(w, load.without)
        changed = said.changed(w, load.changes, load.count("planned"), load.count("unplanned"))
        out.append(", ".join(part for part in (changed, without) if part))
    return out


def team_title(w: Words, load: Load) -> str:
    """A team's name and its citizens."""
    name = load.name or w.t("(no team)")
    return w.t("{team}: {told}", team=name, told=w.tn("{n} citizen", "{n} citizens", len(load.citizens)))


def case(w: Words, one: Responsibility) -> str:
    """What a citizen is called."""
    return called(w, one.name, one.number)


def by_name(w: Words, cases: Iterable[Responsibility]) -> list[Responsibility]:
    """Citizens in the order they are listed."""
    return sorted(cases, key=lambda one: case(w, one).casefold())


def history(w: Words, one: Responsibility) -> str:
    """Since when, how often the caseworker changed, days without one."""
    since = w.t("since {day}", day=w.date(one.since)) if one.since is not None else ""
    changed = changes(w, one)
    return ", ".join(part for part in (since, changed, said.days_without(w, one.without)) if part)


def changes(w: Words, one: Responsibility) -> str:
    """How often the caseworker changed."""
    return said.changed(w, len(one.changes), one.count("planned"), one.count("unplanned"))


def review_cells(w: Words, page: TeamPage, row: Drawn) -> tuple[str, str, str]:
    """Whose case, when and by whom it was looked through, and what was seen."""
    name = page.reviews.people.get(row.caseworker, row.caseworker) or w.t("no caseworker")
    if row.review is None:
        return name, w.t("not yet"), ""
    by = page.reviews.people.get(row.review.reviewer, row.review.reviewer)
    return name, w.t("{day}, {by}", day=w.short_date(row.review.date), by=by), row.review.feedback


def review(w: Words, page: TeamPage, row: Drawn) -> str:
    """Whose case, and whether it has been looked through."""
    name = page.reviews.people.get(row.caseworker, row.caseworker) or w.t("no caseworker")
    if row.review is None:
        return w.t("{name}. Not reviewed yet", name=name)
    by = page.reviews.people.get(row.review.reviewer, row.review.reviewer)
    told = w.t("{name}. Reviewed {day} by {by}", name=name, day=w.date(row.review.date), by=by)
    return w.t("{told}: {feedback}", told=told, feedback=row.review.feedback) if row.review.feedback else told
