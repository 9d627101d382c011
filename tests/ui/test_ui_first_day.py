"""The first day with a database of one's own: nobody is a colleague yet, and there is one account."""

from __future__ import annotations

from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from progression.desk import vaults


def test_from_an_empty_list_to_a_citizen_with_an_assessment_by_keys_alone(open_window, tmp_path, settled, dressed):
    folder = tmp_path / "vault"
    made = vaults.create(folder, PASSPHRASE, account_name="Mette Holm Andersen", kdf=CHEAP)
    vaults.close(made.session, backup=False)
    window = open_window(folder, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    today = window.shell.current()
    assert today._empty_new.hasFocus()
    assert not today.search.isVisible() and not today._foot.isVisible()

    def press(key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(dressed.focusWidget(), key, modifier)
        settled(window)

    press(Qt.Key.Key_Return)
    QTest.keyClicks(dressed.focusWidget(), "Karsten Bøgh Mikkelsen")
    press(Qt.Key.Key_Return)
    assert window.shell.where[0] == "citizen"
    side = [label.text() for label in window.shell.current().side.findChildren(QLabel)]
    assert "Der er ikke registreret en sagsbehandler." in side
    assert "Ingen har ansvaret lige nu." not in side  # nor is there anybody it could be given to
    press(Qt.Key.Key_Return)
    assert window.shell.where[0] == "conversation"
    for key in "43324332432":
        press(key)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Return)
    assert window.shell.where[0] == "citizen"
    said = [label.text() for label in window.shell.current().header.findChildren(QLabel)]
    assert "Mette Holm Andersen" in said
    assert not any(window.context.session.vault.account.id in text for text in said)
