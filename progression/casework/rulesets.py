"""Duties as data: dated rules that a municipality edits, because law changes and the program must not.

A rule is one or more rows with the same `id`, each in force from one day to another; `duties` evaluates them. Several
sets may be in force at once: the national one, and local ones on top.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from progression.casework import periods
from progression.casework.holidays import Moves
from progression.errors import Fault, KnownError
from progression.scales.model import Texts
from progression.scales.reading import Table, parse_toml

FORMAT = 1
STANDARD = "standard"
SHIPPED: tuple[str, ...] = (STANDARD, "halsnaes", "horsens")
_FOLDER = Path(__file__).resolve().parent / "rulesets"

Kind = Literal[
    "first_conversation", "conversations", "category_rhythm", "intervention_by", "assignment_by", "after_exemption",
    "before_end", "clarification_by", "rehabilitation_by", "consent_expiry", "assessment_every", "exemption_review",
    "decision_follow_up", "passive_limit", "case_review_every", "intervention_follow_up",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# What a conversation that is put off concerns, and of that what it moves: a rhythm that the municipality (or BIP) has
# chosen. A deadline of the law stays where it is, whatever was agreed with the citizen.
ABOUT_TALKS: frozenset[Kind] = frozenset(
    {"first_conversation", "conversations", "category_rhythm", "assessment_every", "intervention_follow_up"}
)
MOVABLE: frozenset[Kind] = frozenset({"category_rhythm", "assessment_every", "intervention_follow_up"})
# A norm for caseloads is no duty of a citizen's (`casework.norms`); a row in a set from before is passed over.
GONE: frozenset[str] = frozenset({"caseload_norm"})
Parameter = int | str | bool | tuple[str, ...]
# A due date on a day when offices are closed moves to the next working day, unless a row says otherwise. What must be
# done before something ends moves to the working day before; a rhythm and an agreed date stay where they are.
MOVES: tuple[Moves, ...] = get_args(Moves)
MOVES_OF: Mapping[Kind, Moves] = MappingProxyType(
    {
        "before_end": "before", "consent_expiry": "before", "exemption_review": "before", "assessment_every": "stay",
        "decision_follow_up": "stay", "passive_limit": "stay", "case_review_every": "stay",
        "intervention_follow_up": "stay",
    }
)  # fmt: skip
PAUSES: tuple[str, ...] = ("exempt", "waiting")
PAUSED_BY: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(("intervention_by", "after_exemption", "passive_limit", "clarification_by"), ("exempt",))
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One parameter of a kind: "whole" from `minimum` to `maximum`, a "flag", a "code" of `choices`, or "codes".
    What may be left out has `default`."""

    kind: Literal["whole", "flag", "code", "codes"]
    minimum: int = 0
    maximum: int = 0
    choices: tuple[str, ...] = ()
    default: Parameter | None = None


_DAYS, _WEEKS, _MONTHS = Wanted("whole", 0, 366), Wanted("whole", 1, 520), Wanted("whole", 1, 120)
_TYPES = Wanted("codes", default=())
# What each kind is told, beside the days it holds:
PARAMETERS: Mapping[Kind, Mapping[str, Wanted]] = MappingProxyType(
    {
        "first_conversation": {"days": _DAYS},  # held within so many days of the first day of the case
        # `count` held within each `months` from the first day of the case; `repeat` false: only in the first of them
        "conversations": {"count": Wanted("whole", 1, 60), "months": _MONTHS, "repeat": Wanted("flag", default=False)},
        "category_rhythm": {},  # conversations as often as the citizen's category says
        # one of `types` started (none given: any that counts as active) within `months` or `weeks` of the first day
        "intervention_by": {
            "months": replace(_MONTHS, default=0), "weeks": replace(_WEEKS, default=0), "types": _TYPES,
        },
        # somebody with this role assigned within `months` of the first day
        "assignment_by": {"months": _MONTHS, "role": Wanted("code", choices=("coordinating", "job", "mentor"))},
        "after_exemption": {"months": _MONTHS},  # an active intervention within so many months of its end
        "before_end": {"days": _DAYS},  # a conversation within the last so many days of an intervention
        # from `months` on, at the latest after `latest_months`: one of `types` started
        "clarification_by": {"months": _MONTHS, "latest_months": _MONTHS, "types": _TYPES},
        "rehabilitation_by": {"months": _MONTHS},  # out of the rule's categories again within so many months
        "consent_expiry": {"days": _DAYS},  # renewed within the last so many days of its validity
        "assessment_every": {"months": _MONTHS},
        "exemption_review": {"days": replace(_DAYS, default=0)},  # so many days before its review date
        "decision_follow_up": {},  # on its follow-up date
        "passive_limit": {"months": _MONTHS, "types": _TYPES},  # months with nothing active, nor any of `types`
        "case_review_every": {"months": _MONTHS},
        # a conversation or a decision about it every so many months, while one without a planned end runs
        "intervention_follow_up": {"months": _MONTHS},
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `kind` says what is asked, `parameters` (see PARAMETERS) how much; in force from `valid_from` to
    `valid_to`, both inclusive, None = open. `categories`: only for citizens in one of them, () = everybody.
    `check_law`: a preset that must be held against the law in force. `on`: false = kept but not used. `moves`: where a
    due date goes that falls on a day when offices are closed. `paused_by`: "exempt" and "waiting", whichever makes the
    rule not apply while it lasts."""

    id: str
    kind: Kind
    text: Texts
    parameters: Mapping[str, Parameter]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    categories: tuple[str, ...] = ()
    source: str = ""
    check_law: bool = False
    on: bool = True
    moves: Moves = "after"
    paused_by: tuple[str, ...] = ()

    def holds(self, day: dt.date) -> bool:
        """Say whether the row is in force on the day."""
        return self.on and periods.holds(self, day)

    def whole(self, name: str) -> int:
        """Return a parameter that is a whole number; 0 where the row leaves it out."""
        value = self.parameters[name]
        return value if isinstance(value, int) else 0

    def codes(self, name: str) -> tuple[str, ...]:
        """Return a parameter that is a list of codes."""
        value = self.parameters[name]
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in the order of the file."""

    id: str
    name: Texts
    rules: tuple[Rule, ...] = ()

    def on(self, day: dt.date, kind: Kind | None = None) -> tuple[Rule, ...]:
        """Return the rows in force on the day, of one kind or all."""
        return tuple(rule for rule in self.rules if rule.holds(day) and kind in (None, rule.kind))

    def of(self, kind: Kind) -> tuple[Rule, ...]:
        """Return every row of a kind that is on, whenever it holds: a course runs through several."""
        return tuple(rule for rule in self.rules if rule.on and rule.kind == kind)


def merged(sets: Iterable[RuleSet]) -> RuleSet:
    """Return one set of all: a rule of a later set stands in place of every row with its id in an earlier one."""
    found: dict[str, list[Rule]] = {}
    last: RuleSet | None = None
    for one in sets:
        rows: dict[str, list[Rule]] = {}
        for rule in one.rules:
            rows.setdefault(rule.id, []).append(rule)
        found |= rows
        last = one if last is None else replace(last, id=f"{last.id}+{one.id}")
    if last is None:
        raise ValueError("no rule set")
    return replace(last, rules=tuple(rule for rows in found.values() for rule in rows))


def source(name: str) -> str:
    """Return a shipped set as TOML text. Raises KnownError("rules.unknown", name, choices)."""
    if name not in SHIPPED:
        raise KnownError("rules.unknown", name=name, choices=SHIPPED)
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, RuleSet]:
    """Return the shipped sets by id, read once."""
    return MappingProxyType({name: parse(source(name), f"{name}.toml") for name in SHIPPED})


@lru_cache(maxsize=16)
def parse(text: str, filename: str) -> RuleSet:
    """Read a set of rules from TOML text.

    Raises KnownError("rules.invalid", file=filename, faults=[Fault, ...]): all faults at once, in the order read; rows
    of the same rule that overlap or leave a gap are among them.
    """
    faults: list[Fault] = []
    data = parse_toml(text, faults)
    found: RuleSet | None = None
    if not faults:
        found = _set(Table(data, "", faults))
    if faults or found is None:
        raise KnownError("rules.invalid", file=filename, faults=faults)
    return found


def _set(table: Table) -> RuleSet:
    version = table.whole("format", 1, 9999)
    if version is not None and version > FORMAT:
        table.fault("format", "fault.newer", version, known=FORMAT)
    identity, name = table.code("id"), table.texts("name")
    read = [(None if row.peek("kind") in GONE else _rule(row), row) for row in table.tables("rules")]
    rows = [(rule, row) for rule, row in read if rule is not None]
    if table.has("rules") and not read:
        table.fault("rules", "fault.empty")
    for rule in dict.fromkeys(one.id for one, _ in rows if one.id):
        same = [row for row in rows if row[0].id == rule]
        periods.follow(same)
        for one, row in same[1:]:
            if one.kind != same[0][0].kind:
                row.fault("kind", "fault.other_kind", one.kind, rule=rule, kind=same[0][0].kind)
    table.done()
    return RuleSet(identity, name, tuple(one for one, _ in rows))


def _rule(row: Table) -> Rule:
    identity = row.code("id")
    kind = row.choice("kind", KINDS)
    text = row.texts("text")
    first, last = periods.read(row)
    known_kind = next((known for known in KINDS if known == kind), None)
    found = Rule(
        id=identity,
        kind=known_kind or KINDS[0],
        text=text,
        parameters=_parameters(row, known_kind),
        valid_from=first,
        valid_to=last,
        categories=row.codes("categories") if row.has("categories") else (),
        source=row.text("source") if row.has("source") else "",
        check_law=row.flag("check_law") if row.has("check_law") else False,
        on=row.flag("on") if row.has("on") else True,
        moves=_moves(row, known_kind),
        paused_by=_paused_by(row, known_kind),
    )
    row.done()
    return found


def _moves(row: Table, kind: Kind | None) -> Moves:
    written = row.choice("moves", MOVES) if row.has("moves") else None
    return next((known for known in MOVES if known == written), MOVES_OF.get(kind, "after") if kind else "after")


def _paused_by(row: Table, kind: Kind | None) -> tuple[str, ...]:
    if not row.has("paused_by"):
        return PAUSED_BY.get(kind, ()) if kind else ()
    written = row.codes("paused_by")
    for code in written:
        if code not in PAUSES:
            row.fault("paused_by", "fault.choice", code, choices=PAUSES)
    return tuple(code for code in written if code in PAUSES)


def _parameters(row: Table, kind: Kind | None) -> Mapping[str, Parameter]:
    """The parameters of a row; of a kind that is not known nothing can be said about them."""
    wanted = PARAMETERS[kind] if kind else {}
    if kind is None:
        if row.has("parameters"):
            row.table("parameters")
        return {}
    if not row.has("parameters") and all(one.default is not None for one in wanted.values()):
        part = Table({}, row.at("parameters"), row.faults)
    else:
        part = row.table("parameters")
    found = {name: _parameter(part, name, one) for name, one in wanted.items()}
    part.done()
    if kind == "intervention_by" and bool(found["months"]) == bool(found["weeks"]):
        part.fault("months", "fault.months_or_weeks")
    for low, high in (("months", "latest_months"),):
        least, most = found.get(low), found.get(high)
        if isinstance(least, int) and isinstance(most, int) and 0 < most < least:
            part.fault(high, "fault.range", most, minimum=least, maximum=wanted[high].maximum)
    return MappingProxyType(found)


def _parameter(part: Table, name: str, wanted: Wanted) -> Parameter:
    if wanted.default is not None and not part.has(name):
        return wanted.default
    match wanted.kind:
        case "whole":
            return part.whole(name, wanted.minimum, wanted.maximum) or 0
        case "flag":
            return part.flag(name)
        case "code":
            return part.choice(name, wanted.choices)
        case "codes":
            return part.codes(name)
