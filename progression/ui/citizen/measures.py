"""The classical measures of one citizen: each with its figure for either rater, in a sentence, and with its caveat."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progression.analysis.classical.values import Measure
from progression.charts.phrases import rater_name
from progression.desk.measures import CitizenMeasures
from progression.scales.model import RATERS
from progression.ui import theme
from progression.ui.kit import clear, column, heading, label, rule, wrapped
from progression.ui.kit.texts import set_text
from progression.words import N_, Words
from progression.words import measures as say
from progression.words.flags import STATES

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("From the first measurement to the latest"), ("rci.JT", "rci.HA")),
    (N_("The period (B) against the time before (A)"), ("nap", "tau", "tau_u", "tau_bc", "sign")),
    (N_("The whole course"), ("line", "trend", "xmr")),
    (N_("Between the raters"), ("icc.2,1", "icc.3,1", "kappa")),
)
_WIDEST = 900  # px at 100 % text: a line much longer is lost on the way back
_FIGURE = 104  # px of a column of figures at 100 % text


class Measures(QWidget):
    """A quiet table: a line for each measure, below it what it says in words and what to be careful about."""

    def __init__(self) -> None:
        super().__init__()
        self.intro = wrapped("", "small", "text-2")
        self._groups = column(24)
        self._sheet = QWidget()
        whole = QHBoxLayout(self)  # what is left over is beside the sheet; a limit of the whole would cut its height
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sheet, 1)
        whole.addStretch(0)
        box = QVBoxLayout(self._sheet)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.intro)
        box.addLayout(self._groups)
        box.addStretch(1)

    def wait(self, words: Words) -> None:
        """Say that the measures are on their way."""
        clear(self._groups)
        set_text(self.intro, words.t("Working it out …"))

    def show_measures(self, found: CitizenMeasures, words: Words) -> None:
        """Show what the desk worked out."""
        clear(self._groups)
        self._sheet.setMaximumWidth(theme.current().px(_WIDEST))
        set_text(self.intro, _intro(found, words))
        raters = [rater for rater in RATERS if found.scale.rated_by(rater)]
        for title, keys in GROUPS:
            shown = [key for key in keys if key in {m.key for m in found.rows}]
            columns: Sequence[str] = ["both"] if title == GROUPS[-1][0] else raters
            if columns == ["both"] and len(raters) < 2:
                continue
            rows = {(m.key, m.rater): m for m in found.rows}
            self._groups.addWidget(_Group(words.t(title), [[rows[key, r] for r in columns] for key in shown], words))


def _intro(found: CitizenMeasures, w: Words) -> str:
    """What is compared with what."""
    parts = [
        w.t("For those who know these measures. They are worked out on the whole scale and raise no attention points.")
    ]
    if found.phase is not None:
        parts.append(
            w.t(
                "A is the time before {start}, B the period since: {state}.",
                start=w.date(found.phase.start),
                state=w.t(STATES[found.phase.state]).lower(),
            )
        )
    return " ".join(parts)


class _Group(QWidget):
    """Some measures under one heading; each row holds one measure for every rater."""

    def __init__(self, title: str, rows: Sequence[Sequence[Measure]], words: Words) -> None:
        super().__init__()
        self.words = words
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(2)
        self.grid.setColumnStretch(0, 1)
        self._at = 0
        self._head(title, rows[0])
        for together in _alike(rows, words):
            self._measure(together)

    def _head(self, title: str, row: Sequence[Measure]) -> None:
        made = heading(3, title)
        made.setWordWrap(True)
        self.grid.addWidget(made, 0, 0)
        for place, measure in enumerate(row, 1):
            if measure.rater != "both":
                self._right(label(rater_name(self.words, measure.rater), "small", "text-2"), 0, place)
        self._line(1, strong=True)
        self._at = 2

    def _line(self, at: int, *, strong: bool = False) -> None:
        self.grid.addWidget(rule(strong), at, 0, 1, -1)

    def _right(self, cell: QLabel, row: int, place: int) -> None:
        cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self.grid.setColumnMinimumWidth(place, theme.current().px(_FIGURE))
        self.grid.addWidget(cell, row, place)

    def _measure(self, together: Sequence[Sequence[Measure]]) -> None:
        """A measure, or several that cannot be said for the same reason."""
        w, row = self.words, together[0]
        name = " · ".join(say.name(w, one[0].key) for one in together)
        head = wrapped(name, "body")
        head.setContentsMargins(0, 6, 0, 0)
        self.grid.addWidget(head, self._at, 0)
        for place, measure in enumerate(row, 1):
            cell = label(say.figure(w, measure), "body")
            who = rater_name(w, measure.rater).lower() if measure.rater != "both" else ""
            cell.setAccessibleName(", ".join(part for part in (name, who, cell.text()) if part))
            self._right(cell, self._at, place)
        for tone, text in (*(("text-2", text) for text in _sentences(row, w)), ("text-3", _caveat(row, w))):
            if text:
                self._at += 1
                self.grid.addWidget(wrapped(text, "small", tone), self._at, 0, 1, -1)
        self.grid.setRowMinimumHeight(self._at + 1, theme.current().px(6))  # a line is not drawn under the very letters
        self._line(self._at + 2)
        self._at += 3


def _alike(rows: Sequence[Sequence[Measure]], w: Words) -> list[list[Sequence[Measure]]]:
    """The rows one by one; those that follow each other and are missing for the same reason together."""
    found: list[list[Sequence[Measure]]] = []
    for row in rows:
        absent = all(say.is_missing(measure) for measure in row)
        before = found[-1][0] if found else None
        if before and absent and [say.sentence(w, m) for m in before] == [say.sentence(w, m) for m in row]:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _sentences(row: Sequence[Measure], w: Words) -> list[str]:
    """One sentence for each rater, or one where both say the same."""
    said = [say.sentence(w, measure) for measure in row]
    if len(set(said)) == 1:
        return said[:1]
    return [
        w.t("{rater}: {text}", rater=rater_name(w, measure.rater), text=text)
        for measure, text in zip(row, said, strict=True)
    ]


def _caveat(row: Sequence[Measure], w: Words) -> str:
    """What to be careful about; for reliable change also which reliability it rests on."""
    if all(say.is_missing(measure) for measure in row):
        return ""
    parts = [say.caveat(w, row[0])]
    if row[0].key == "rci.JT":
        parts += say.reliability(w, {measure.rater: measure.details["reliability"] for measure in row})
    return " ".join(part for part in parts if part)
