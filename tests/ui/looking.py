"""What a careful eye would find wrong in a window, found by a machine: text that is cut, parts that lie on each other,
colours that cannot be told apart, controls without a name, an order nobody would read in.

Painters are not asked what they could not show: while `Looking` is on, everything they write passes by here, with the
room it was given, and everything they shorten. A page that paints in a new way is seen by this without a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QFontMetricsF, QImage, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from progression.ui import theme
from progression.ui.kit.items import HintedButton
from progression.ui.kit.painted import PaintedButton

CONTROLS = (
    QAbstractButton, QAbstractItemView, QComboBox, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QAbstractSlider,
)  # fmt: skip
SLACK = 1.5  # px that rounding may take
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11


def described(widget: QWidget) -> str:
    told = getattr(widget, "text", None)
    text = told() if callable(told) else ""
    return f"{type(widget).__name__} {widget.objectName()} {(text or widget.accessibleName())[:80]!r}"


def everything(root: QWidget) -> Iterator[QWidget]:
    """Every widget in view."""
    yield from (one for one in root.findChildren(QWidget) if one.isVisible())


def controls(root: QWidget) -> Iterator[QWidget]:
    """Every control in view; not the parts a field is made of."""
    for widget in everything(root):
        inside = widget.parentWidget()
        if isinstance(widget, QScrollBar) or isinstance(inside, (QAbstractSpinBox, QComboBox, QLineEdit)):
            continue
        if isinstance(widget, CONTROLS):
            yield widget


# what is written ----------------------------------------------------------------------------------------------------


@dataclass
class Written:
    """A text a painter wrote: in which widget, with what, and what of it there was room for."""

    widget: QWidget
    text: str
    box: QRectF  # the room, in the widget's coordinates
    need: QRectF  # what the whole text takes
    colour: QColor
    pixels: float  # of the font

    @property
    def cut(self) -> bool:
        """Whether a part of the text is outside the widget, or outside the room it was clipped to."""
        air = 0.25 * self.pixels  # above and below the letters there is nothing to cut
        held = QRectF(self.widget.rect()).adjusted(-SLACK, -SLACK - air, SLACK, SLACK + air)
        if held.contains(self.need):
            return False
        scrolled = isinstance(self.widget.parentWidget(), QAbstractScrollArea)
        return not scrolled or self.need.width() > held.width()


@dataclass
class Looking:
    """Watches painters while it is on: `with Looking() as seen: window.grab()`."""

    written: list[Written] = field(default_factory=list)
    shortened: list[tuple[str, str]] = field(default_factory=list)  # (whole, what was shown)

    def __enter__(self) -> Looking:
        self._draw, self._elide, self._elide_f = QPainter.drawText, QFontMetrics.elidedText, QFontMetricsF.elidedText
        draw = self._draw

        def written(painter: QPainter, *args: object) -> object:
            self._note(painter, args)
            return draw(painter, *args)

        QPainter.drawText = written  # type: ignore[method-assign]
        QFontMetrics.elidedText = self._eliding(self._elide)  # type: ignore[method-assign]
        QFontMetricsF.elidedText = self._eliding(self._elide_f)  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        QPainter.drawText = self._draw  # type: ignore[method-assign]
        QFontMetrics.elidedText, QFontMetricsF.elidedText = self._elide, self._elide_f  # type: ignore[method-assign]

    def _eliding(self, real):
        def elided(metrics, text, *args):
            shown = real(metrics, text, *args)
            if shown != text:
                self.shortened.append((text, shown))
            return shown

        return elided

    def _note(self, painter: QPainter, args: tuple[object, ...]) -> None:
        widget = painter.device()
        text = next((one for one in args if isinstance(one, str)), "")
        if not isinstance(widget, QWidget) or not text.strip():
            return
        metrics = QFontMetricsF(painter.font())
        room = next((one for one in args if isinstance(one, (QRect, QRectF))), None)
        if room is None:
            at = next((one for one in args if not isinstance(one, str)), None)
            if not hasattr(at, "toPointF") and not hasattr(at, "x"):
                return
            wide = metrics.horizontalAdvance(text)
            need = QRectF(at.x(), at.y() - metrics.ascent(), wide, metrics.height())  # type: ignore[union-attr]
            room = need
        else:
            room = QRectF(room)
            flags = next((a for a in args if isinstance(a, (int, Qt.AlignmentFlag, Qt.TextFlag))), 0)
            need = metrics.boundingRect(room, int(getattr(flags, "value", flags)), text)
        move = painter.transform()
        box, need = move.mapRect(room), move.mapRect(need)
        if painter.hasClipping():
            box = box.intersected(move.mapRect(QRectF(painter.clipBoundingRect())))
        self.written.append(Written(widget, text, box, need, painter.pen().color(), painter.font().pixelSize()))

    def cut(self) -> list[str]:
        """Texts of which a part cannot be seen."""
        return sorted({f"{type(one.widget).__name__}: {one.text[:70]!r}" for one in self.written if one.cut})

    def lost(self, root: QWidget) -> list[str]:
        """Texts that were shortened and can be had whole nowhere: by no tool tip and by no screen reader."""
        whole = [
            told
            for one in [root, *everything(root)]
            for told in (one.toolTip(), one.accessibleName(), one.accessibleDescription())
            if told
        ]
        return sorted({f"{t[:70]!r} as {s!r}" for t, s in self.shortened if not any(t in told for told in whole)})

    def overflown(self) -> list[str]:
        """Texts that need more room than they were given, where what lies beside them is written over."""
        found = set()
        for one in self.written:
            box = one.box.adjusted(-SLACK - 1, -SLACK - 2, SLACK + 1, SLACK + 2)
            if not box.contains(one.need) and not one.cut:
                found.add(f"{type(one.widget).__name__}: {one.text[:70]!r}")
        return sorted(found)

    def collided(self) -> list[str]:
        """Texts written on each other in one widget."""
        found, by_widget = set(), {}
        for one in self.written:
            by_widget.setdefault(one.widget, {})[(one.text, round(one.need.x()), round(one.need.y()))] = one
        for widget, texts in by_widget.items():
            many = list(texts.values())
            for n, one in enumerate(many):
                for other in many[n + 1 :]:
                    both = one.need.intersected(other.need)
                    if both.width() > 3 and both.height() > 0.35 * min(one.need.height(), other.need.height()):
                        found.add(f"{type(widget).__name__}: {one.text[:40]!r} on {other.text[:40]!r}")
        return sorted(found)


def cut_widgets(root: QWidget) -> list[str]:
    """Labels, buttons and fields that have less room than their text needs, and widgets that stick out of theirs."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or hasattr(label, "shown"):  # one that shortens says so itself
            continue
        if not label.wordWrap() and label.width() + SLACK < label.sizeHint().width():
            found.append(described(label))
        if label.wordWrap() and label.height() + SLACK < label.heightForWidth(label.width()):
            found.append(described(label))
        if not label.wordWrap() and label.height() + 3 < label.fontMetrics().height() + label.contentsMargins().top():
            found.append(described(label))
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            line = button.fontMetrics().height()
            if button.width() + SLACK < button.minimumSizeHint().width() or button.height() + 3 < line:
                found.append(described(button))
    for box in root.findChildren(QComboBox):
        wide = box.fontMetrics().horizontalAdvance(box.currentText())
        if box.isVisible() and box.width() < wide + 20 and not box.toolTip():
            found.append(f"{type(box).__name__} {box.currentText()[:80]!r}")
    for head in root.findChildren(QHeaderView):
        model = head.model()
        for place in (
            range(head.count()) if head.isVisible() and head.orientation() == Qt.Orientation.Horizontal else ()
        ):
            text = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
            wide = QFontMetrics(theme.current().font("small")).horizontalAdvance(text)
            told = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            if not head.isSectionHidden(place) and head.sectionSize(place) < wide and told != text:
                found.append(f"head {text!r} of {described(head.parentWidget())}")
    return found + stuck_out(root)


def stuck_out(root: QWidget) -> list[str]:
    """Labels and controls of which a part is outside something that holds them, where nothing scrolls it into view."""
    found = []
    for widget in everything(root):
        if (
            widget.isWindow()
            or _floats(widget)
            or not _says_something(widget)
            or min(widget.width(), widget.height()) < 2
        ):
            continue
        box, step, down = QRect(widget.geometry()), widget.parentWidget(), True
        while step is not None:
            area = step.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is step:
                down = False  # what is further down can be scrolled to; what is further right only where there is a bar
                if area.horizontalScrollBar().isVisible() or not isinstance(area, QScrollArea):
                    break
            across = box.left() < -2 or box.right() > step.width() + 1
            if across or (down and (box.top() < -2 or box.bottom() > step.height() + 1)):
                found.append(f"{described(widget)} out of {type(step).__name__} {step.objectName()}")
                break
            box.translate(step.pos())
            step = None if step.isWindow() else step.parentWidget()
    return found


def _floats(widget: QWidget) -> bool:
    return widget.objectName() in ("focusRing", "hits") or widget.testAttribute(
        Qt.WidgetAttribute.WA_TransparentForMouseEvents
    )


def _says_something(widget: QWidget) -> bool:
    return isinstance(widget, (QLabel, *CONTROLS)) and not isinstance(widget, QScrollBar)


def sideways(root: QWidget) -> list[str]:
    """Scroll areas that are wider than their page: half of the lines would have to be fetched."""
    return [
        described(bar.parentWidget().parentWidget())
        for bar in root.findChildren(QScrollBar)
        if bar.isVisible() and bar.orientation() == Qt.Orientation.Horizontal and bar.maximum() > bar.minimum()
    ]


def overlapping(root: QWidget) -> list[str]:
    """Neighbours in one layout that lie on each other."""
    found = []
    for parent in [root, *everything(root)]:
        if parent.layout() is None:
            continue
        laid = [
            one
            for one in parent.children()
            if isinstance(one, QWidget) and one.isVisible() and not _floats(one) and not one.isWindow()
            and parent.layout().indexOf(one) >= 0
        ]  # fmt: skip
        for n, one in enumerate(laid):
            for other in laid[n + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 2 and both.height() > 2:
                    found.append(f"{described(one)} on {described(other)}")
    return found


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader has no name for."""
    found = []
    for widget in controls(root):
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        if not (name or widget.accessibleName()):
            found.append(described(widget))
    return found


def out_of_order(root: QWidget) -> list[str]:
    """Neighbours of which the second, in the order they are read in, stands wholly above the first, not beside it."""
    found = []
    for parent in [root, *everything(root)]:
        before: QWidget | None = None
        for one in parent.children():
            if not isinstance(one, QWidget) or not one.isVisible() or one.isWindow() or _floats(one):
                continue
            if isinstance(one, QScrollBar) or one.height() <= 1 or one.width() <= 1:
                continue
            if isinstance(parent, QAbstractScrollArea):  # Qt's own: a head, a corner, what scrolls
                continue
            if before is not None:
                last, now = before.geometry(), one.geometry()
                if now.bottom() < last.top() and now.left() <= last.right():
                    found.append(f"{described(before)} before {described(one)} in {type(parent).__name__}")
            before = one
    return found


# colours ------------------------------------------------------------------------------------------------------------


def contrast(first: np.ndarray, second: np.ndarray) -> float:
    """The WCAG contrast ratio of two colours (red, green, blue; 0-255)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: np.ndarray) -> float:
    channels = np.asarray(colour, dtype=float)[:3] / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@dataclass
class Picture:
    """The pixels of a window as it is on the screen."""

    root: QWidget
    pixels: np.ndarray  # height, width, (red, green, blue)
    ratio: float

    @classmethod
    def of(cls, root: QWidget) -> Picture:
        image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(image.constBits(), dtype=np.uint8, count=image.sizeInBytes())
        lines = lines.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
        return cls(root, lines.reshape(image.height(), image.width(), 3).copy(), image.devicePixelRatio())

    def ground(self, widget: QWidget, box: QRect) -> np.ndarray | None:
        """The colour most of a piece of a widget has: what its text stands on. None where nothing of it is in view."""
        found = self.piece(widget, box)
        if found is None:
            return None
        packed = found.reshape(-1, 3).astype(np.uint32) @ (65536, 256, 1)
        values, counts = np.unique(packed, return_counts=True)
        value = int(values[counts.argmax()])
        return np.array([value >> 16, value >> 8 & 255, value & 255])

    def strongest(self, widget: QWidget, ground: np.ndarray) -> float:
        """The contrast of the colour of a widget that differs most from what its text stands on, without its edge."""
        found = self.piece(widget, widget.rect().adjusted(4, 4, -4, -4))
        if found is None or widget.visibleRegion().boundingRect() != widget.rect():
            return 21.0  # half scrolled out
        packed = np.unique(found.reshape(-1, 3).astype(np.uint32) @ np.array((65536, 256, 1), dtype=np.uint32))
        colours = (np.array((one >> 16, one >> 8 & 255, one & 255)) for one in packed.tolist())
        return max(contrast(colour, ground) for colour in colours)

    def piece(self, widget: QWidget, box: QRect) -> np.ndarray | None:
        seen = (widget.rect() if widget is self.root else QRegion(widget.visibleRegion()).boundingRect()).intersected(
            box
        )
        if seen.width() < 2 or seen.height() < 2:
            return None
        at = widget.mapTo(self.root, QPoint(0, 0))
        left, top = (round((at.x() + seen.x()) * self.ratio), round((at.y() + seen.y()) * self.ratio))
        right, bottom = left + round(seen.width() * self.ratio), top + round(seen.height() * self.ratio)
        found = self.pixels[max(0, top) : bottom, max(0, left) : right]
        return found if found.size else None


def _rgb(colour: QColor) -> np.ndarray:
    return np.array([colour.red(), colour.green(), colour.blue()])


def faint_text(root: QWidget, seen: Looking, picture: Picture) -> list[str]:
    """Texts under 4.5:1 on what they stand on: what was painted, and labels and buttons in the colours they have."""
    found = set()
    for one in seen.written:
        if not one.widget.isVisible() or not one.widget.isEnabled():
            continue
        ground = picture.ground(one.widget, one.need.toAlignedRect())
        if ground is not None and contrast(_rgb(one.colour), ground) < TEXT - 0.01:
            ratio = contrast(_rgb(one.colour), ground)
            found.add(f"{type(one.widget).__name__}: {one.text[:50]!r} {one.colour.name()} {ratio:.2f}")
    for widget in root.findChildren(QWidget):
        text = getattr(widget, "text", None)
        if not isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) or not callable(text) or not text().strip():
            continue
        if not widget.isVisible() or not widget.isEnabled() or hasattr(widget, "shown"):
            continue
        ground = picture.ground(widget, widget.rect())
        if ground is None or isinstance(widget, PaintedButton | HintedButton):  # what they paint was judged above
            continue
        if isinstance(widget, QAbstractButton) and len(text().strip()) < 2:
            continue  # a single stroke may have no pixel of its own
        if isinstance(widget, QAbstractButton):  # its style sheet says other colours for other states than its palette
            ratio = picture.strongest(widget, ground)
        else:
            ratio = contrast(_rgb(widget.palette().color(widget.foregroundRole())), ground)
        if ratio < TEXT - 0.01:
            found.add(f"{described(widget)} {ratio:.2f}")
    return sorted(found)


def faint_ring(root: QWidget, picture: Picture, accent: QColor) -> list[str]:
    """Controls round which the focus ring would be under 3:1 on what lies there."""
    found = []
    for widget in controls(root):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.property("ownFocus") or widget.hasFocus():
            continue
        if widget.visibleRegion().boundingRect() != widget.rect():
            continue  # half scrolled out: what lies round it is not what it stands on
        around = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
        sides = (
            QRect(around.left(), around.top(), around.width(), 3),
            QRect(around.left(), around.bottom() - 2, around.width(), 3),
            QRect(around.left(), around.top(), 3, around.height()),
            QRect(around.right() - 2, around.top(), 3, around.height()),
        )
        grounds = [one for one in (picture.ground(root, side) for side in sides) if one is not None]
        clear = sum(contrast(_rgb(accent), one) >= GRAPHIC for one in grounds)
        if 2 * clear < len(grounds):  # a side may lie along a line, or a neighbour that is chosen
            found.append(f"{described(widget)}: {clear} of {len(grounds)} sides")
    return found
