"""A conversation while it is being scored: what every key does, without a widget.

The page owns one `Scoring`; the painted rows read it, the keys change it, and after every change the page saves it as
a draft. Nothing here knows Qt, so the rules of the keys can be tested by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from progression.casework.values import DECLINED, NOT_RATED, Answer, Mode
from progression.desk.pages import Sheet
from progression.scales.model import Indicator
from progression.words import Words

UNDO_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything a person has entered so far: what a draft holds and what finishing saves."""

    day: date
    mode: Mode
    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    note: str


class Scoring:
    """The state behind the eleven rows. Methods that change something return True when they did.

    `row` is the row in focus, from 0. `show_earlier` shows earlier answers from the start; otherwise a row shows its
    earlier answer only once it is answered, so that the old answer does not anchor the new one.
    """

    def __init__(self, sheet: Sheet, *, show_earlier: bool = False) -> None:
        self.sheet = sheet
        self.rows: tuple[Indicator, ...] = sheet.scale.rated_by(sheet.rater)
        self.show_earlier = show_earlier
        self._entry = Entry(sheet.day, sheet.mode, dict(sheet.answers), dict(sheet.notes), sheet.note)
        self._undo: list[tuple[int, str, Entry]] = []
        self._redo: list[tuple[int, str, Entry]] = []
        self._typing: str | None = None  # the note being typed: its letters are one act
        self.row = self._first_open()

    def _first_open(self) -> int:
        return next((i for i, row in enumerate(self.rows) if row.code not in self._entry.answers), 0)

    # what the rows show

    @property
    def entry(self) -> Entry:
        """What has been entered, as an immutable value that can be handed to another thread."""
        return self._entry

    @property
    def current(self) -> Indicator:
        """The indicator of the row in focus."""
        return self.rows[self.row]

    @property
    def answered(self) -> int:
        """How many rows have an answer; "ikke vurderet" and "ønsker ikke at svare" are answers."""
        return sum(row.code in self._entry.answers for row in self.rows)

    def answer(self, code: str) -> Answer | None:
        """The answer of an indicator, None when it has none yet."""
        return self._entry.answers.get(code)

    def note(self, code: str) -> str:
        """The note of a row, "" without one."""
        return self._entry.notes.get(code, "")

    def earlier(self, code: str) -> int | None:
        """The earlier step to draw as a ring, None where there is none or it must stay hidden."""
        previous = self.sheet.previous
        if previous is None or not (self.show_earlier or code in self._entry.answers):
            return None
        step = previous.answers.get(code)
        return step if isinstance(step, int) else None

    # keys

    def score(self, step: int) -> bool:
        """Score the row in focus and move on. False when the scale has no such step."""
        scale = self.sheet.scale
        if not scale.minimum <= step <= scale.maximum:
            return False
        return self._answer(step)

    def not_rated(self) -> bool:
        """Ikke vurderet, and move on."""
        return self._answer(NOT_RATED)

    def decline(self) -> bool:
        """Ønsker ikke at svare, and move on."""
        return self._answer(DECLINED)

    def _answer(self, value: Answer) -> bool:
        code = self.current.code
        if self._entry.answers.get(code) != value:
            self._change(code, answers={**self._entry.answers, code: value})
        self.move(1)
        return True

    def nudge(self, by: int) -> bool:
        """Move the answer of the row one step without leaving it, as arrows do in a group of choices."""
        scale, code = self.sheet.scale, self.current.code
        now = self._entry.answers.get(code)
        target = now + by if isinstance(now, int) else scale.minimum if by > 0 else scale.maximum
        if not scale.minimum <= target <= scale.maximum:
            return False
        self._change(code, answers={**self._entry.answers, code: target})
        return True

    def clear(self) -> bool:
        """Take the answer of the row in focus away; on an empty row step back to the one before, like a typewriter."""
        code = self.current.code
        if code not in self._entry.answers:
            self.move(-1)
            return False
        self._change(code, answers={k: v for k, v in self._entry.answers.items() if k != code})
        return True

    def move(self, by: int) -> bool:
        """Move the focus; it stays at the first and the last row."""
        return self.go(self.row + by)

    def go(self, row: int) -> bool:
        """Put the focus on a row, kept within the sheet."""
        target = max(0, min(row, len(self.rows) - 1))
        moved = target != self.row
        self.row = target
        return moved

    # fields

    def write_note(self, code: str, text: str) -> bool:
        """Write the note of a row; an empty text removes it."""
        if text == self.note(code):
            return False
        notes = {k: v for k, v in self._entry.notes.items() if k != code}
        self._change(code, typing=True, notes={**notes, code: text} if text.strip() else notes)
        return True

    def write_conversation_note(self, text: str) -> bool:
        """Write the note to the whole conversation."""
        if text == self._entry.note:
            return False
        self._change("", typing=True, note=text)
        return True

    def set_day(self, day: date) -> bool:
        """The date of the answers. Whether it is allowed is the page's and the desk's business."""
        if day == self._entry.day:
            return False
        self._change("", day=day)
        return True

    def set_mode(self, mode: Mode) -> bool:
        """How the citizen answered."""
        if mode == self._entry.mode:
            return False
        self._change("", mode=mode)
        return True

    def start_over(self) -> bool:
        """Empty the sheet; one act, so that one undo brings everything back."""
        if not (self._entry.answers or self._entry.notes or self._entry.note):
            return False
        self._change("", answers={}, notes={}, note="")
        self.row = 0
        return True

    def undo(self) -> str | None:
        """Take the last act back; return the indicator it was about ("" = the whole sheet), None without one."""
        return self._turn(self._undo, self._redo)

    def redo(self) -> str | None:
        """Do again what was taken back last; return as `undo`."""
        return self._turn(self._redo, self._undo)

    def next_code(self, *, again: bool = False) -> str | None:
        """What `undo` (or `redo`) would be about, None when there is nothing."""
        acts = self._redo if again else self._undo
        return acts[-1][1] if acts else None

    def _turn(self, source: list[tuple[int, str, Entry]], target: list[tuple[int, str, Entry]]) -> str | None:
        if not source:
            return None
        row, code, entry = source.pop()
        target.append((self.row, code, self._entry))
        self.row, self._entry, self._typing = row, entry, None
        return code

    @property
    def undoable(self) -> bool:
        """Whether there is an act to take back."""
        return bool(self._undo)

    def _change(self, code: str, *, typing: bool = False, **fields: object) -> None:
        """Replace parts of the entry. Letters typed one after another into the same note are one act."""
        now = self._entry
        values = {name: getattr(now, name) for name in Entry.__slots__} | fields
        last = self._undo[-1] if self._undo else None
        same_note = typing and self._typing == code and last is not None
        self._redo.clear()
        if not same_note:
            self._undo = [*self._undo[-(UNDO_DEPTH - 1) :], (self.row, code, now)]
        self._typing = code if typing else None
        self._entry = Entry(**values)


def answer_text(words: Words, state: Scoring, answer: Answer | None) -> str:
    """An answer in words: "3, i nogen grad", "ikke vurderet", "ønsker ikke at svare", "ikke besvaret"."""
    if answer is None:
        return words.t("not answered")
    if answer == NOT_RATED:
        return words.t("not rated")
    if answer == DECLINED:
        return words.t("does not wish to answer")
    assert isinstance(answer, int)
    word = words.pick(state.sheet.scale.word(answer, state.sheet.rater))
    return f"{answer}, {word}" if word else str(answer)
