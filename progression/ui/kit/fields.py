"""Fields that Qt leaves half said."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton

_CLEARS = "_q_qlineeditclearaction"  # what Qt calls the action behind the cross in a field


def name_clear_button(field: QLineEdit, text: str) -> None:
    """Say what the cross in a field does: Qt gives it neither a name nor a tool tip."""
    for made in field.findChildren(QToolButton):
        action = made.defaultAction()
        if action is not None and action.objectName() == _CLEARS:
            made.setAccessibleName(text)
            made.setToolTip(text)
