"""The eye itself: faults planted on purpose are found, and what is right is left alone."""

from __future__ import annotations

import pytest
from looking import (
    Looking,
    Picture,
    cut_widgets,
    faint_ring,
    faint_text,
    out_of_order,
    overlapping,
    sideways,
    unnamed,
)
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from progression.ui import kit, theme

LONG = "Virksomhedspraktik med skånehensyn"


@pytest.fixture
def shown(look, qtbot, dressed):
    def show(widget, width=400, height=200):
        look("light")
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        dressed.processEvents()
        return widget

    return show


class Painted(QWidget):
    def __init__(self, *texts, colour="#15191e", shorten=False):
        super().__init__()
        self.texts, self.colour, self.shorten = texts, colour, shorten

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.setFont(theme.current().font())
        painter.setPen(QColor(self.colour))
        for box, text in self.texts:
            if self.shorten:
                text = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)


def looked_at(widget):
    with Looking() as seen:
        picture = Picture.of(widget)
    return seen, picture


def test_painted_text_that_sticks_out_is_cut(shown):
    seen, _ = looked_at(shown(Painted((QRect(300, 0, 90, 24), LONG))))
    assert len(seen.cut()) == 1
    seen, _ = looked_at(shown(Painted((QRect(0, 0, 390, 24), LONG))))
    assert seen.cut() == seen.collided() == seen.overflown() == []


def test_texts_on_each_other_are_seen(shown):
    seen, _ = looked_at(shown(Painted((QRect(0, 0, 80, 24), LONG), (QRect(80, 0, 200, 24), "2,6 til 2,7"))))
    assert len(seen.collided()) == 1
    assert len(seen.overflown()) == 1


def test_a_shortened_text_must_be_had_whole_somewhere(shown):
    painted = Painted((QRect(0, 0, 80, 24), LONG), shorten=True)
    seen, _ = looked_at(shown(painted))
    assert len(seen.lost(painted)) == 1
    painted.setToolTip(LONG)
    assert seen.lost(painted) == []


def test_faint_text_is_seen_and_plain_text_is_not(shown):
    for colour, faults in (("#b9bec4", 1), ("#15191e", 0)):
        painted = shown(Painted((QRect(0, 0, 300, 24), LONG), colour=colour))
        assert len(faint_text(painted, *looked_at(painted))) == faults
    holder = QWidget()
    box = QVBoxLayout(holder)
    plain, faint = QLabel(LONG), QPushButton(LONG)
    faint.setStyleSheet("color: #b9bec4; background: #ffffff; border: 0;")
    box.addWidget(plain)
    box.addWidget(faint)
    shown(holder)
    assert [LONG in one and "QPushButton" in one for one in faint_text(holder, *looked_at(holder))] == [True]


def test_a_ring_on_its_own_colour_is_seen(shown):
    holder = QWidget()
    box = QHBoxLayout(holder)
    box.addWidget(QPushButton("x"), 0, Qt.AlignmentFlag.AlignCenter)
    shown(holder)
    accent = theme.current().colour("accent")
    holder.setFocus()
    assert faint_ring(holder, Picture.of(holder), accent) == []
    holder.setStyleSheet(f"background: {accent.name()};")
    assert len(faint_ring(holder, Picture.of(holder), accent)) == 1


def test_labels_buttons_and_what_sticks_out(shown):
    holder = QWidget()
    label = QLabel(LONG, holder)
    label.setGeometry(0, 0, 60, 20)
    button = QPushButton(LONG, holder)
    button.setGeometry(0, 40, 40, 30)
    low = QLabel("Ny borger", holder)
    low.setGeometry(0, 80, 200, 6)
    out = QPushButton("Gem", holder)
    out.setGeometry(380, 120, 90, 30)
    shown(holder)
    found = cut_widgets(holder)
    assert len(found) == 4
    assert any("out of" in one for one in found)


def test_what_a_page_without_a_bar_does_not_show_is_cut(shown):
    area = QScrollArea()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    inside.setFixedSize(600, 900)
    far = QLabel("Høj kontrast", inside)
    far.setGeometry(350, 10, 120, 24)
    below = QLabel("længere nede", inside)
    below.setGeometry(10, 800, 120, 24)
    area.setWidget(inside)
    shown(area)
    assert [far.text() in one for one in cut_widgets(area)] == [True]
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    shown(area, 401)
    assert len(sideways(area)) == 1


def test_neighbours_names_and_order(shown):
    holder = QWidget()
    box = QVBoxLayout(holder)
    first, second = QPushButton("a"), QPushButton("")
    box.addWidget(second)
    box.insertWidget(0, first)
    shown(holder)
    assert len(unnamed(holder)) == 1
    assert len(out_of_order(holder)) == 1
    kit.read_in_order(holder)
    assert out_of_order(holder) == overlapping(holder) == []
    second.move(first.pos())
    assert len(overlapping(holder)) == 1
