"""The spider with its table beside it: first, previous and latest answers of one rater."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.values import Course
from progression.scales.model import Scale
from progression.ui import theme
from progression.ui.citizen.radar import HIGHEST, Radar, occasions, rows_of
from progression.ui.citizen.table import TableOfText
from progression.ui.kit import Segmented, set_text, wrapped
from progression.words import Words

TALL = 600  # px at 100 % text the drawing may be high where it does not push its table down
BESIDE = 1040  # px at 100 % text from which the table stands beside the drawing


class Spider(QWidget):
    """Shows a course on one scale, a rater at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.radar, self.table, self.rater = Radar(), TableOfText(), Segmented(name="")
        self._shown: tuple[Course, Scale, Words] | None = None
        self.note = wrapped("", "small", "text-3")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.rater)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addWidget(self.note)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(24)
        self._beside.addWidget(self.radar)
        self._beside.addWidget(self.table)
        outer.addLayout(self._beside)
        outer.addStretch(1)
        self.rater.chosen.connect(lambda _key: self._show())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > theme.current().px(BESIDE)
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.radar.highest = TALL if wide else HIGHEST
        self.radar.updateGeometry()

    def retranslate(self, w: Words) -> None:
        """Name the parts; the course is shown anew by whoever has it."""
        self.rater.set_choices([("caseworker", w.t("Caseworker")), ("citizen", w.t("Citizen"))], w.t("Rater"))
        self.table.setAccessibleName(w.t("First, previous and latest answers"))

    def show_course(self, course: Course, scale: Scale, w: Words) -> None:
        """Show the answers of the rater chosen, or of the only one this scale has."""
        self._shown = (course, scale, w)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        course, scale, w = self._shown
        asked = [r for r in ("caseworker", "citizen") if scale.rated_by(r)]
        self.rater.setVisible(len(asked) > 1)
        rater = self.rater.value() if self.rater.value() in asked else asked[0]
        found = occasions(course, scale, rater, w)  # type: ignore[arg-type]
        drawable = len(scale.rated_by(rater)) >= 3 and bool(found)  # type: ignore[arg-type]
        self.radar.setVisible(drawable)
        self.table.setVisible(bool(found))
        self.radar.show_occasions(found, scale, rater, w)  # type: ignore[arg-type]
        rows = rows_of(found, scale, rater, w)  # type: ignore[arg-type]
        said = [[f"{r[0]}, {head}: {cell}" for head, cell in zip(rows[0][1:], r[1:], strict=True)] for r in rows[1:]]
        heads = [head.replace(", ", "\n", 1) for head in rows[0][1:]]
        self.table.table.show(heads, [r[0] for r in rows[1:]], [r[1:] for r in rows[1:]], said)
        self.table.fit()
        self.table.fit_height()
        note = "" if drawable else w.t("The spider needs at least three indicators.") if found else ""
        set_text(self.note, note)
