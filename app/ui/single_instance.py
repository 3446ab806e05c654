"""One program at a time on one data folder: a second start brings the first one's window forward."""

import hashlib

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.paths import Paths


class SingleInstance(QObject):
    """Holds the folder; `called` when somebody starts the program again."""

    called = Signal()

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._name = "passerelle-" + hashlib.sha256(str(paths.root).encode()).hexdigest()[:16]
        self._lock = QLockFile(str(paths.lock))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def take(self) -> bool:
        """Hold the folder; False when another program does, which was then asked to come forward."""
        if not self._lock.tryLock(100):
            self._call()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let the next one in."""
        self._server.close()
        self._lock.unlock()

    def _call(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(500)
        socket.disconnectFromServer()

    def _called(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.called.emit()
