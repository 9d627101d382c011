"""Fields that Qt leaves half said."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton

_CLEARS = "_q_qlineeditclearaction"  # what Qt calls the action behind the cross in a field


def name_clear_button(field: QLineEdit, text: str) -> None:
    """Say what the cross in a field does: Qt gives it neither a name nor a tool tip. An icon before the text, which Qt
    takes for a button too, is called what the field is called."""
    for made in field.findChildren(QToolButton):
        action = made.defaultAction()
        clears = action is not None and action.objectName() == _CLEARS
        made.setAccessibleName(text if clears else field.accessibleName() or field.placeholderText())
        if clears:
            made.setToolTip(text)
