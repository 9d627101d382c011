"""What stands typed in the forms of a page, as plain values, and the same put back into forms that were opened again.

No form has anything of its own for it: a form is what was opened through a door (`ui.ways`), and its fields are
whatever in it can be typed in or chosen. What is typed unseen (a passphrase) is never read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from progression.ui import ways

_SEEN = QLineEdit.EchoMode.Normal


def read(page: QWidget) -> list[dict[str, Any]]:
    """Every form open in the page, the outer before those inside it: its way, its fields, where the focus is.

    `sent`: Save was pressed and no answer has come; what became of it is known when the vault has done it."""
    return [_read(form) for form in _open(page)]


def typed_in(page: QWidget) -> bool:
    """Whether somebody has typed in a form of the page; one that only stands open holds nothing to lose."""
    fields = [field for form in _open(page) for field in _fields(form)]
    return any(
        one.isModified() if isinstance(one, QLineEdit) else one.document().isModified()
        for one in fields
        if isinstance(one, (QLineEdit, QPlainTextEdit, QTextEdit))
    )


def put(page: QWidget, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open forms again and fill them in; return those that could not be opened (yet)."""
    for place, one in enumerate(kept):
        form = next((form for form in _open(page) if form.property(ways.WAY) == one["way"]), None)
        if form is None:
            ways.again(page, one["way"])
            form = next((form for form in _open(page) if form.property(ways.WAY) == one["way"]), None)
        if form is None:
            return kept[place:]
        _fill(form, one)
    return []


def written(kept: list[dict[str, Any]]) -> str:
    """The texts of forms, a line each: for whoever cannot be given the form again."""
    return "\n".join(
        value for one in kept for kind, value in one["fields"] if kind == "text" and isinstance(value, str) and value
    )


def _open(page: QWidget) -> list[QWidget]:
    return [one for one in page.findChildren(QWidget) if one.property(ways.WAY) and _stands(one, page)]


def _stands(form: QWidget, page: QWidget) -> bool:
    """Whether it is open: not put away, though the side it stands in may be folded."""
    at: QWidget | None = form
    while at is not None and at is not page:
        put_away = at.isHidden() and at.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        if put_away and (at is form or at.objectName() != "side"):
            return False
        at = at.parentWidget()
    return at is page


def _inside(form: QWidget) -> Iterator[QWidget]:
    """What stands in the form and in no form inside it."""
    for one in form.findChildren(QWidget):
        at: QWidget | None = one
        while at is not None and at is not form and not at.property(ways.WAY):
            at = at.parentWidget()
        if at is form:
            yield one


def _fields(form: QWidget) -> list[QWidget]:
    return [one for one in _inside(form) if _is_field(one)]


def _is_field(one: QWidget) -> bool:
    if isinstance(one, QLineEdit):
        return one.echoMode() == _SEEN and not isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
    if isinstance(one, QAbstractButton):
        return one.isCheckable()
    if isinstance(one, (QPlainTextEdit, QTextEdit)):
        return not one.isReadOnly()
    return isinstance(one, QComboBox)


def _read(form: QWidget) -> dict[str, Any]:
    fields = _fields(form)
    focus = form.window().focusWidget()
    widgets = list(_inside(form))
    save = getattr(form, "save", None) or getattr(form, "save_button", None)
    return {
        "way": form.property(ways.WAY),
        "step": form.property(ways.STEP) or "",
        "fields": [_value(one) for one in fields],
        "focus": widgets.index(focus) if focus in widgets else -1,
        "cursor": _cursor(focus),
        "sent": isinstance(save, QAbstractButton) and not save.isEnabled(),
    }


def _value(one: QWidget) -> list[Any]:
    if isinstance(one, QLineEdit):
        return ["text", one.text()]
    if isinstance(one, (QPlainTextEdit, QTextEdit)):
        return ["text", one.toPlainText()]
    if isinstance(one, QComboBox):
        return ["choice", [one.currentIndex(), one.currentText()]]
    assert isinstance(one, QAbstractButton)
    return ["tick", one.isChecked()]


def _cursor(focus: QWidget | None) -> int:
    if isinstance(focus, QLineEdit):
        return focus.cursorPosition()
    return focus.textCursor().position() if isinstance(focus, (QPlainTextEdit, QTextEdit)) else 0


def _fill(form: QWidget, kept: dict[str, Any]) -> None:
    if kept["step"]:
        ways.step_again(form, kept["step"])
    fields, values = _fields(form), kept["fields"]
    pairs = list(zip(fields, values, strict=False))
    for one, (kind, value) in pairs:  # what is chosen shapes the form
        if kind == "choice" and isinstance(one, QComboBox):
            _choose(one, value)
        elif kind == "tick" and isinstance(one, QAbstractButton) and one.isChecked() != value:
            if one.autoExclusive() or one.group() is not None:
                one.click()
            else:
                one.setChecked(value)
    for one, (kind, value) in pairs:
        if kind == "text" and isinstance(one, QLineEdit) and one.text() != value:
            one.setText(value)
            one.setModified(True)
        elif kind == "text" and isinstance(one, (QPlainTextEdit, QTextEdit)) and one.toPlainText() != value:
            one.setPlainText(value)
            one.document().setModified(True)
    _focus(form, kept)


def _choose(one: QComboBox, value: list[Any]) -> None:
    index, text = value
    if one.isEditable():
        one.setEditText(text)
    else:
        found = one.findText(text, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
        same = 0 <= index < one.count() and one.itemText(index) == text
        one.setCurrentIndex(index if same or found < 0 else found)


def _focus(form: QWidget, kept: dict[str, Any]) -> None:
    widgets = list(_inside(form))
    if not 0 <= kept["focus"] < len(widgets):
        return
    at = widgets[kept["focus"]]
    at.setFocus()
    if isinstance(at, QLineEdit):
        at.setCursorPosition(kept["cursor"])
    elif isinstance(at, (QPlainTextEdit, QTextEdit)):
        cursor = at.textCursor()
        cursor.setPosition(min(kept["cursor"], len(at.toPlainText())))
        at.setTextCursor(cursor)
