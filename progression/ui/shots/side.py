"""Pictures of the citizen's side: the code, how it is answered, a question, the way back and the thanks;
and the screen turned with the citizen's own course."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from progression.desk.pin import Standing
from progression.ui.answering.page import BACK, CHOOSE, MODE, THANKS, CitizenSide
from progression.ui.conversation.turned import TurnedScreen
from progression.ui.page import Context

Grab = Callable[[str, QWidget], None]
Wait = Callable[[], None]


def take(context: Context, citizen: str, size: tuple[int, int], keys: Sequence[str], grab: Grab, wait: Wait) -> None:
    """Show the citizen's side in a window of its own and hand each picture to `grab` (name, widget). `wait` until
    everything asked for has come. `keys`: the first answers."""
    side = CitizenSide(context, citizen, context.today)
    side.setWindowFlags(Qt.WindowType.Widget)  # a picture needs neither the whole screen nor the focus
    side.resize(*size)
    side.show()
    side.turn(CHOOSE)
    side.choose.ask()
    _type(side.choose.pad, "27")
    grab("citizen-side-code", side)
    side.read()
    wait()
    side.speak(context.words.language)  # else every picture is in the citizen's own language
    side.turn(MODE)
    grab("citizen-side-mode", side)
    _type(side, "1")  # how it is answered: by oneself
    _type(side, "".join(keys))
    side.asked.back.click()
    grab("citizen-side", side)
    side.turn(BACK)
    side.way_back.ask(Standing(True, 5))
    grab("citizen-side-back", side)
    side.turn(THANKS)
    grab("citizen-side-thanks", side)
    side.give_back()
    turned = TurnedScreen(context, citizen)
    turned.setWindowFlags(Qt.WindowType.Widget)
    turned.resize(*size)
    turned.show()
    turned.ask(context.words.language)
    grab("conversation-turned", turned)
    turned.close()


def _type(target: QWidget, text: str) -> None:
    """Keys, as if typed into a widget."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key(ord(letter)), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(target, event)
