"""Assessments in an import: many rows, one per answer, make one assessment, which is one event.

Rows with the same citizen, date, rater and scale belong together. An assessment that the vault holds already may get
answers to more indicators from a later extract: those rows are new, and the event is replaced by one with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from progression.casework.values import DECLINED, NOT_RATED, Answer, Assessment
from progression.exchange.cells import write_cell
from progression.exchange.faults import CellError
from progression.exchange.given import NOT_GIVEN, Given
from progression.exchange.judging import Held, answer_fault, bad_days, placed
from progression.exchange.plan import CORRECTED, NEW, UNCHANGED, Numbers, Plan

NOT_ASKED = "not_asked"
_SHARED = ("assessor", "mode", "conversation_id", "entered", "assessment_note")
_ATTRIBUTES = {"conversation_id": "conversation", "assessment_note": "note"}
Key = tuple[str, Any, str, str]  # citizen, date, rater, scale


def plan_assessments(given: Given, held: Held, numbers: Numbers, plan: Plan, update: bool) -> None:
    """Plan assessments.csv. One pass over the rows, and look-ups otherwise: files hold hundreds of thousands."""
    _Planner(given, held, numbers, plan, update).run()


class _Planner:
    def __init__(self, given: Given, held: Held, numbers: Numbers, plan: Plan, update: bool) -> None:
        self.given = given
        self.held = held
        self.plan = plan
        self.update = update
        self.fates = bytearray(len(given))
        self.citizens = numbers.resolve(given, plan)
        self.dates = given.columns["date"]
        self.raters = given.columns["rater"]
        self.scales = self._column("scale", "bip")
        self.indicators = given.columns["indicator"]
        self.notes = given.columns.get("note")
        self.shared = [(name, self._shared(name)) for name in _SHARED if name in given.columns]
        self.answers: list[Any] = []
        self.repeated: set[int] = set()  # rows that are told to be there twice

    def _column(self, name: str, default: Any) -> list[Any]:
        cells = self.given.columns.get(name)
        if cells is None:
            return [default] * len(self.given)
        return [default if cell is NOT_GIVEN else cell for cell in cells] if NOT_GIVEN in cells else cells

    def _shared(self, name: str) -> list[Any]:
        """A column about the whole assessment. Without a time of entry it is entered by the import: nothing is said."""
        cells = self.given.columns[name]
        if name == "entered" and None in cells:
            return [NOT_GIVEN if cell is None else cell for cell in cells]
        return cells

    def run(self) -> None:
        usable = self._answers()
        if 0 in usable:
            self._repeated()
        held = self._held()
        for key, rows in self._groups(usable).items():
            answers = self._once(rows)
            shared = self._said_by_all(rows)
            if answers is None or shared is None:
                continue
            versions = held.get(key)
            if versions:
                self._merge(versions, rows, answers, shared)
            else:
                self._new(key, rows, answers, shared)
        self.plan.count(self.given, self.fates)

    # single rows

    def _answers(self) -> bytearray:
        """Fill `answers`; return which rows are usable. Each distinct combination of cells is judged once."""
        combos = list(
            zip(
                self.scales,
                self.raters,
                self.indicators,
                self.given.columns["score"],
                self._column("state", ""),
                strict=True,
            )
        )
        judged: dict[Any, Any] = {}
        for combo in set(combos):
            if None in combo[:3]:
                judged[combo] = None  # named already as a fault of form
                continue
            try:
                judged[combo] = self._judge(*combo)
            except CellError as error:
                judged[combo] = error
        self.answers = list(map(judged.__getitem__, combos))
        usable = bytearray(b"\1") * len(combos)
        for index in self.given.spoiled:
            usable[index] = 0
        if None in self.citizens:
            for index, citizen in enumerate(self.citizens):
                usable[index] &= citizen is not None
        if any(isinstance(answer, CellError) for answer in judged.values()):
            self._name_faults(usable)
        if bad := bad_days(self.dates, self.held.today):
            for index, day in enumerate(self.dates):
                if day in bad:
                    self.plan.faults += placed(self.given, index, bad[day])
                    usable[index] = 0
        return usable

    def _name_faults(self, usable: bytearray) -> None:
        for index, answer in enumerate(self.answers):
            if isinstance(answer, CellError):
                column = answer.fields["column"]
                value = write_cell(self._column(column, "")[index])
                fields = {name: field for name, field in answer.fields.items() if name != "column"}
                self.plan.faults += self.given.fault(index, column, answer.what, value, answer.expected, **fields)
                usable[index] = 0

    def _judge(self, scale_id: str, rater: Any, code: str, score: int | None, state: str) -> Answer | None:
        """The answer these cells mean; None = not asked. Raises CellError, its field `column` says where."""
        scale = self.held.scales.get(scale_id)
        if scale is None:
            raise CellError("unknown_scale", "a_scale", column="scale", choices=tuple(self.held.scales))
        if wrong := answer_fault(scale, rater, code, score):
            column, fault = wrong
            raise CellError(fault.what, fault.what, column=column, **fault.expected)
        if score is None:
            if state == NOT_ASKED:
                return None
            return DECLINED if state == DECLINED else NOT_RATED
        if state:
            raise CellError("score_and_state", "score_or_state", column="state")
        return score

    # rows that belong together

    def _groups(self, usable: bytearray) -> dict[Key, list[int]]:
        groups: dict[Key, list[int]] = {}
        keys: Iterable[Any] = zip(self.citizens, self.dates, self.raters, self.scales, strict=True)
        for index, key in enumerate(keys):
            if not usable[index]:
                continue
            rows = groups.get(key)
            if rows is None:
                groups[key] = [index]
            else:
                rows.append(index)
        return groups

    def _once(self, rows: list[int]) -> dict[str, Any] | None:
        """The answers by indicator; None when an indicator comes twice, which is a fault of its second row."""
        answers = {self.indicators[index]: self.answers[index] for index in rows}
        if len(answers) == len(rows):
            return answers
        first: dict[str, int] = {}
        for index in rows:
            earlier = first.setdefault(self.indicators[index], index)
            if earlier != index:
                self._twice(index, earlier)
        return None

    def _repeated(self) -> None:
        """Name every key that is there twice, also where one of its rows is at fault and makes no assessment."""
        first: dict[Any, int] = {}
        keys = zip(self.given.columns["citizen_id"], self.dates, self.raters, self.scales, self.indicators, strict=True)
        for index, key in enumerate(keys):
            if None not in key and (earlier := first.setdefault(key, index)) != index:
                self._twice(index, earlier)

    def _twice(self, index: int, earlier: int) -> None:
        if index in self.repeated:
            return
        self.repeated.add(index)
        key = self.given.table.key
        named = [name for name in key if name in self.given.part(index).headers]
        cells = [self.given.columns[name][index] for name in key if name in self.given.columns]
        value = " / ".join(write_cell(cell) for cell in cells if cell is not NOT_GIVEN)
        row = self.given.row(earlier)
        self.plan.faults += self.given.fault(index, "+".join(named), "key_twice", value, "a_key_once", row=row)

    def _said_by_all(self, rows: list[int]) -> dict[str, Any] | None:
        """What every row says of the assessment as a whole; None when two rows do not agree, which is a fault."""
        said: dict[str, Any] = {}
        agreed = True
        for name, cells in self.shared:
            first = cells[rows[0]]
            for index in rows:
                cell = cells[index]
                if cell is NOT_GIVEN or cell == first:
                    continue
                if first is NOT_GIVEN:
                    first = cell
                    continue
                expected = {"held": write_cell(first), "row": self.given.row(rows[0])}
                self.plan.faults += self.given.fault(
                    index, name, "not_agreed", write_cell(cell), "as_first_row", **expected
                )
                agreed = False
                break
            if first is not NOT_GIVEN:
                said[_ATTRIBUTES.get(name, name)] = first
        return said if agreed else None

    def _row_notes(self, rows: Sequence[int]) -> dict[str, str]:
        if self.notes is None:
            return {}
        cells = self.notes
        return {
            self.indicators[index]: cells[index] for index in rows if cells[index] is not NOT_GIVEN and cells[index]
        }

    # against the facts in force

    def _held(self) -> dict[Key, list[Assessment]]:
        held: dict[Key, list[Assessment]] = {}
        for fact in self.held.facts.get("assessments", ()):
            held.setdefault((fact.citizen, fact.date, fact.rater, fact.scale), []).append(fact)
        return held

    def _new(self, key: Key, rows: list[int], answers: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        citizen, day, rater, scale = key
        asked = {code: answer for code, answer in answers.items() if answer is not None}
        value = Assessment(
            citizen,
            rater,  # type: ignore[arg-type]
            scale,
            day,
            asked,
            notes=self._row_notes(rows),
            **shared,
        )
        self.plan.write(self.given.table, value)
        for index in rows:
            self.fates[index] = NEW

    def _merge(
        self,
        versions: list[Assessment],
        rows: list[int],
        answers: Mapping[str, Any],
        shared: Mapping[str, Any],
    ) -> None:
        """Rows about an assessment that is held. Two versions of it (a conflict) are settled by a correction only."""
        if any(self._all_held(version, rows, answers, shared) for version in versions):
            for index in rows:
                self.fates[index] = UNCHANGED
            return
        base = min(versions, key=lambda version: (len(self._differing(version, rows, shared)), version.event))
        differing = self._differing(base, rows, shared)
        if differing and not self.update:
            for index, names in differing.items():
                for name in names:
                    self._differing_cell(base, index, name)
            return
        added = [index for index in rows if index not in differing and not self._is_held(base, index)]
        for index in rows:
            self.fates[index] = UNCHANGED
        for index in differing:
            self.fates[index] = CORRECTED if self._is_held(base, index) else NEW
        for index in added:
            self.fates[index] = NEW
        if not differing and not added:
            return
        merged = {**base.answers, **answers}
        value = replace(
            base,
            answers={code: answer for code, answer in merged.items() if answer is not None},
            notes=self._merged_notes(base, rows),
            event="",
            conflict=False,
            **{"entered": None, **shared},  # what is changed now is entered now, unless the file says when
        )
        self.plan.write(self.given.table, value, tuple(version.event for version in versions))

    def _all_held(
        self, version: Assessment, rows: list[int], answers: Mapping[str, Any], shared: Mapping[str, Any]
    ) -> bool:
        """True when every row says what is held: the common case, found without a look at each row."""
        if not answers.items() <= version.answers.items():
            return False
        if any(getattr(version, attribute) != value for attribute, value in shared.items()):
            return False
        notes = {code: note for code, note in version.notes.items() if code in answers}
        return self.notes is None or self._row_notes(rows) == notes

    def _is_held(self, base: Assessment, index: int) -> bool:
        code = self.indicators[index]
        return code in base.answers or code in base.notes or self.answers[index] is None

    def _differing(self, base: Assessment, rows: list[int], shared: Mapping[str, Any]) -> dict[int, list[str]]:
        """The columns in which each row is not what the vault holds; an answer that it does not hold is none."""
        columns = {_ATTRIBUTES.get(name, name): name for name in _SHARED}
        whole = [columns[attribute] for attribute, value in shared.items() if getattr(base, attribute) != value]
        found: dict[int, list[str]] = {}
        for index in rows:
            names = list(whole)
            code = self.indicators[index]
            if self._is_held(base, index):
                if base.answers.get(code) != self.answers[index]:
                    names.append("score")
                if self.notes is not None:
                    note = self.notes[index]
                    if note is not NOT_GIVEN and note != base.notes.get(code, ""):
                        names.append("note")
            if names:
                found[index] = names
        return found

    def _merged_notes(self, base: Assessment, rows: list[int]) -> dict[str, str]:
        notes = dict(base.notes)
        if self.notes is not None:
            for index in rows:
                if self.notes[index] is not NOT_GIVEN:
                    notes[self.indicators[index]] = self.notes[index]
        return {code: note for code, note in notes.items() if note}

    def _differing_cell(self, base: Assessment, index: int, name: str) -> None:
        code = self.indicators[index]
        if name == "score":
            there, here = base.answers.get(code), self.answers[index]
            held, value = write_cell(there), write_cell(here)
        elif name == "note":
            held, value = base.notes.get(code, ""), write_cell(self.given.columns["note"][index])
        else:
            held = write_cell(getattr(base, _ATTRIBUTES.get(name, name)))
            value = write_cell(self.given.columns[name][index])
        self.plan.faults += self.given.fault(index, name, "differs", value, "as_held_or_update", held=held)
