"""The one window on a vault: it answers a second start by coming to the front."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from progression.platform import files, instances


class Instance(QObject):
    """Listens for a second start on the same vault; `asked` each time there is one."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self, folder: Path) -> bool:
        """Be the window on this vault, instead of the one before; False where another window is, or none can be."""
        name = instances.channel(folder)
        if name == self.name and self._server.isListening():
            return True
        self.stop()
        if instances.call(name) is not None:  # asked first: Windows lets two listen on one pipe
            return False
        if not name.startswith(instances.PIPES):
            if not Path(name).parent.exists():
                files.make_private_folder(Path(name).parent)
            QLocalServer.removeServer(name)  # left by a window that was killed
        if self._server.listen(name):
            self.name = name
        return bool(self.name)

    def stop(self) -> None:
        """Let go of the vault."""
        self._server.close()
        self.name = ""

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            line.readyRead.connect(lambda line=line: self._heard(line))
            line.disconnected.connect(line.deleteLater)
            line.write(instances.greeting(os.getpid()))
            line.flush()

    def _heard(self, line: QLocalSocket) -> None:
        if instances.SHOW in bytes(line.readAll().data()):
            line.disconnectFromServer()
            self.asked.emit()


def bring_forward(window: QWidget) -> None:
    """Put a window before the others; where the system does not allow it, its entry in the task bar blinks."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
