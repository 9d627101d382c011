"""The small parts: names for screen readers, keys, sizes that wrap instead of cutting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.flow import Even, Flow, Split
from progression.ui.kit.items import Entry
from progression.ui.kit.lines import laid
from progression.ui.kit.stack import Stack
from progression.ui.window.focus import GAP, WIDTH


@pytest.fixture
def shown(qtbot, look):
    held = []  # a window nobody holds is deleted with all that is in it

    def show(*widgets, width=400):
        whole = QWidget()
        held.append(whole)
        box = QVBoxLayout(whole)
        for widget in widgets:
            box.addWidget(widget)
        qtbot.addWidget(whole)
        whole.resize(width, 300)
        whole.show()
        qtbot.waitExposed(whole)
        return whole

    return show


def test_buttons_have_names(look, qtbot):
    for made in (kit.button("Gem"), kit.button("", icon="x", name="Luk"), kit.link("Hvorfor?")):
        qtbot.addWidget(made)
        assert made.accessibleName()


def test_a_button_with_words_parts_them_from_its_icon(look, qtbot):
    made = kit.button("", icon="lock", name="Lås")
    qtbot.addWidget(made)
    narrow = made.iconSize().width()
    made.setText("Lås nu")
    assert made.iconSize().width() > narrow


def test_a_chip_says_its_count(look, qtbot):
    made = kit.chip("Passiv", 17)
    qtbot.addWidget(made)
    assert made.text() == "Passiv  17"
    assert made.accessibleName() == "Passiv, 17"


def test_labels_never_read_markup(look, qtbot):
    made = kit.label("<b>Karsten</b>")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText


def test_a_choice_is_one_tab_stop_and_moves_with_the_arrows(qtbot, shown):
    made = kit.Segmented([("a", "Tidslinje"), ("b", "Spindelvæv"), ("c", "Tabel")], "Visning")
    shown(made)
    chosen = []
    made.chosen.connect(chosen.append)
    stops = [b for b in made.findChildren(QPushButton) if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [b.text() for b in stops] == ["Tidslinje"]
    stops[0].setFocus()
    qtbot.keyClick(stops[0], Qt.Key.Key_Right)
    assert made.value() == "b"
    for _ in range(2):
        qtbot.keyClick(made.window().focusWidget(), Qt.Key.Key_Left)
    assert made.value() == "c"
    assert chosen == ["b", "a", "c"]


def test_a_choice_by_mouse_moves_the_tab_stop(qtbot, shown):
    made = kit.Segmented([("a", "Dansk"), ("b", "English")], "Sprog")
    shown(made)
    english = made.findChildren(QPushButton)[1]
    qtbot.mouseClick(english, Qt.MouseButton.LeftButton)
    assert made.value() == "b"
    assert english.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_new_choices_keep_the_chosen_one(qtbot, shown):
    made = kit.Segmented([("a", "Lyst"), ("b", "Mørkt")], "Udseende")
    made.choose("b")
    made.set_choices([("a", "Light"), ("b", "Dark")], "Look")
    assert made.value() == "b"
    assert [b.text() for b in made.findChildren(QPushButton) if b.isChecked()] == ["Dark"]


def test_choices_said_again_stay_the_buttons_they_were(qtbot, shown):
    made = kit.Segmented([("a", "Lyst"), ("b", "Mørkt")], "Udseende")
    shown(made)
    buttons = made.findChildren(QPushButton)
    buttons[0].setFocus()
    made.set_choices([("a", "Light"), ("b", "Dark")], "Look")
    assert made.findChildren(QPushButton) == buttons
    assert [(one.text(), one.accessibleName()) for one in buttons] == [("Light", "Look: Light"), ("Dark", "Look: Dark")]
    assert made.window().focusWidget() is buttons[0]
    made.set_choices([("b", "Dark"), ("c", "Contrast")], "Look")
    assert made.value() == "b"


def test_a_field_is_named_by_its_caption(look, qtbot):
    control = QLineEdit()
    whole = kit.field("Navn", control, "Som på skemaet")
    qtbot.addWidget(whole)
    assert control.accessibleName() == "Navn"
    assert control.accessibleDescription() == "Som på skemaet"


def test_an_entry_wraps_instead_of_cutting(look, qtbot):
    made = Entry("Karsten Bøgh Mikkelsen", "Ring til smerteklinikken og bed om en tid inden jul")
    qtbot.addWidget(made)
    assert made.heightForWidth(120) > made.heightForWidth(400)
    assert made.accessibleName() == "Karsten Bøgh Mikkelsen, Ring til smerteklinikken og bed om en tid inden jul"


def test_chips_break_into_lines(look, qtbot):
    whole = QWidget()
    flow = Flow(8)
    whole.setLayout(flow)
    for word in ("Venter på mig", "Opmærksomhedspunkt", "Overskredet"):
        flow.addWidget(kit.chip(word, 12))
    qtbot.addWidget(whole)
    assert flow.heightForWidth(200) > 2 * flow.heightForWidth(2000)


@pytest.mark.parametrize("kind", [Flow, Split, Even])
def test_what_was_measured_is_measured_again_when_something_in_it_is_another(look, qtbot, kind):
    whole, flow = QWidget(), kind(8)
    whole.setLayout(flow)
    made = [kit.button("Venter"), kit.button("I gang")]
    for one in made:
        flow.addWidget(one)
    qtbot.addWidget(whole)
    whole.show()
    narrow = made[0].sizeHint().width() + made[1].sizeHint().width() + 40
    before = (flow.heightForWidth(narrow), flow.sizeHint().width())
    made[0].setText("Venter på noget, der er langt at sige")
    assert flow.heightForWidth(narrow) > before[0]
    assert flow.sizeHint().width() > before[1]
    made[0].hide()
    assert flow.sizeHint().width() < before[1]
    assert flow.heightForWidth(narrow) <= before[0]
    flow.addWidget(third := kit.button("En tredje, som ikke var der før"))
    third.show()
    assert flow.sizeHint().width() > before[1]


def test_a_sentence_breaks_only_where_the_room_beside_the_button_is_too_small(look, qtbot):
    whole, split = QWidget(), Split(8)
    whole.setLayout(split)
    said, made = kit.wrapped("Svarene er gemt. Det, I aftaler, er ikke i Min Plan endnu.", "dense"), kit.button("Luk")
    for one in (said, made):
        split.addWidget(one)
    qtbot.addWidget(whole)
    whole.show()
    line, one_line = said.fontMetrics().height(), said.fontMetrics().horizontalAdvance(said.text())
    both = one_line + made.sizeHint().width() + 8 + 2 * split.contentsMargins().left()
    for width, breaks in ((both + 200, False), (both + 8, False), (both - 20, True)):
        whole.resize(width, 100)
        QApplication.processEvents()
        assert (said.y() < made.geometry().bottom()) and said.geometry().right() < made.x()
        assert (said.height() >= 2 * line) == breaks


def test_buttons_share_a_line_evenly_or_stand_below_each_other(look, qtbot):
    whole = QWidget()
    even = Even(6)
    whole.setLayout(even)
    made = [kit.button(word) for word in ("Start", "Fortsæt", "Justér", "Stop")]
    for one in made:
        even.addWidget(one)
    qtbot.addWidget(whole)
    whole.resize(600, 100)
    whole.show()
    assert len({(one.y(), one.width()) for one in made}) == 1
    whole.resize(max(one.sizeHint().width() for one in made) * 2 + 6, 100)
    assert [one.y() == made[0].y() for one in made] == [True, True, False, False]
    assert all(one.width() >= one.sizeHint().width() for one in made)


def test_a_link_in_a_narrow_column_is_shortened_and_can_be_had_whole(look, qtbot):
    text = "Tilføj en kollega i en anden rolle"
    made = kit.link(text, gives=True)
    qtbot.addWidget(made)
    made.setToolTip("Ctrl+U")
    made.resize(made.sizeHint())
    assert (made.shown, made.toolTip()) == (text, "Ctrl+U")
    made.resize(90, made.height())
    made.show()
    assert made.shown.endswith("…") and text.startswith(made.shown[:-1])
    assert made.toolTip() == f"{text}  Ctrl+U"
    assert made.accessibleName() == made.text() == text


def test_two_groups_share_a_line_while_there_is_room(look, qtbot):
    whole = QWidget()
    split = Split(8)
    whole.setLayout(split)
    for _ in range(2):
        part = QWidget()
        part.setFixedSize(100, 20)
        split.addWidget(part)
    qtbot.addWidget(whole)
    assert split.heightForWidth(300) == 20
    assert split.heightForWidth(150) == 48


def test_the_ring_follows_the_focus(qtbot, shown, dressed):
    first, second = kit.button("Gem"), kit.button("Annuller", "quiet")
    whole = shown(first, second)
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    for control in (first, second):
        control.setFocus()
        dressed.processEvents()
        rings = [r for r in whole.findChildren(QWidget, "focusRing") if r.isVisible()]
        assert len(rings) == 1
        reach = WIDTH + GAP
        assert rings[0].geometry() == control.geometry().adjusted(-reach, -reach, reach, reach)


def test_the_ring_survives_the_end_of_its_control(qtbot, shown, dressed):
    first, second = kit.button("Gem"), kit.button("Luk")
    whole = shown(first, second)
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    first.setFocus()
    first.deleteLater()
    qtbot.waitUntil(lambda: len(whole.findChildren(QPushButton)) == 1)
    second.setFocus()
    dressed.processEvents()
    assert [r.isVisible() for r in whole.findChildren(QWidget, "focusRing")].count(True) == 1


def test_clearing_a_layout_takes_everything(look, qtbot):
    whole = QWidget()
    box = kit.column()
    whole.setLayout(box)
    box.addWidget(kit.label("a"))
    box.addLayout(kit.row(kit.label("b"), 1))
    qtbot.addWidget(whole)
    kit.clear(box)
    assert box.count() == 0


def test_a_word_longer_than_any_word_breaks_and_reads_as_it_was(dressed):
    from progression.ui.kit import texts

    for name in ("A" * 200, "Sof" + "i" * 90 + "e Eriksen"):
        shown = texts.wrapped(name)
        assert shown.text() == name
        assert shown.minimumSizeHint().width() < 200
    for ordinary in ("Arbejdsmarkedsuddannelsesforløbet", "7XK2D-0A1B2-ZZZZ9-12345-ABCDE-FGHJK-MNPQR-STVWX"):
        assert "\u200b" not in texts.QLabel.text(texts.wrapped(ordinary))


def test_a_painted_text_keeps_a_number_with_what_it_counts_and_breaks_a_word_without_room(look):
    look = theme.current()
    metrics = QFontMetrics(look.font("name"))
    room = metrics.horizontalAdvance("Virksomhedspraktik, 12")
    told, high = laid("Virksomhedspraktik, 12 t./uge", "name", room)
    assert told.replace("\u2060", "") == "Virksomhedspraktik, 12\u00a0t./uge"
    assert high >= 2 * metrics.height()
    assert laid("Kort", "name", room) == ("Kort", max(look.line("name"), metrics.height()))
    assert laid("", "name", room) == ("", 0)
    long, high = laid("Ø" * 200, "name", 60)
    assert long.replace("\u200b", "") == "Ø" * 200
    assert high > 20 * metrics.height()
    assert laid("5 " + "a" * 60, "name", 60)[0].startswith("5 a")  # no pair that would not fit


def test_a_stack_is_as_high_as_its_rows_at_its_width(look, qtbot):
    whole, stack = QWidget(), Stack()
    whole.setLayout(stack)
    rows = [Entry("Karsten Bøgh Mikkelsen", "Ring til smerteklinikken og bed om en tid inden jul") for _ in range(3)]
    for row in rows:
        stack.addWidget(row)
    qtbot.addWidget(whole)
    whole.show()
    for width in (400, 130):
        whole.resize(width, stack.heightForWidth(width))
        QApplication.processEvents()  # a row of another width asks for another height
        assert [row.height() for row in rows] == [row.heightForWidth(width) for row in rows]
        assert [row.y() for row in rows] == [n * rows[0].height() for n in range(3)]
    rows[1].hide()
    assert stack.heightForWidth(130) == 2 * rows[0].height()


@pytest.mark.parametrize(("width", "lines"), [(400, [4]), (210, [2, 2]), (70, [1, 1, 1, 1])])
def test_buttons_that_share_lines_share_them_evenly(qtbot, look, width, lines):
    """Two and two, never three and one as wide as they are."""
    holder, line = QWidget(), Even(6)
    holder.setLayout(line)
    qtbot.addWidget(holder)
    made = [kit.button(text, small=True) for text in ("Start", "Fortsæt", "Justér", "Stop")]
    for one in made:
        line.addWidget(one)
    holder.show()
    holder.resize(width, line.heightForWidth(width))
    line.setGeometry(holder.rect())
    tops = [one.y() for one in made]
    assert [tops.count(top) for top in sorted(set(tops))] == lines


def test_the_icon_of_a_button_that_is_off_is_grey_in_every_theme(look, qtbot):
    for name in ("light", "dark", "contrast"):
        style = look(name)
        made = kit.button("Gem", "primary", icon="download")
        qtbot.addWidget(made)
        drawn = made.icon().pixmap(made.iconSize(), QIcon.Mode.Disabled).toImage()
        colours = {
            drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())
            if drawn.pixelColor(x, y).alpha() == 255
        }  # fmt: skip
        assert style.hex("text-3").lower() in colours and style.hex("on-accent").lower() not in colours


def test_a_button_that_gives_is_no_wider_than_its_column(shown):
    long = "Slet: registreret ved en fejl og for længe siden"
    made = kit.button(long, "quiet", icon="trash-2", small=True, gives=True)
    shown(made, width=160)
    assert made.width() <= 160 and made.shown.endswith("…") and made.toolTip() == made.accessibleName() == long


@pytest.mark.parametrize("percent", [100, 200])
def test_the_magnifier_of_a_field_grows_with_its_text(look, qtbot, percent):
    style = look("light", percent)
    made = kit.SearchField()
    qtbot.addWidget(made)
    made.resize(style.px(270), made.sizeHint().height())
    made.show()
    picture = made.grab().toImage()
    ratio = picture.devicePixelRatio()
    inked = [
        x for x in range(4, int(style.px(40) * ratio)) for y in range(6, picture.height() - 6)
        if picture.pixelColor(x, y).lightness() < 200
    ]  # fmt: skip
    assert (max(inked) - min(inked)) / ratio >= 0.6 * style.px(16)
    assert made.textMargins().left() >= style.px(16)
