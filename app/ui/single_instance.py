"""One program at a time on one data folder: a second start brings the first one's window forward."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from app.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


class SingleInstance(QObject):
    """Holds the folder; `called` when somebody starts the program again, once it listens.

    QtNetwork is only imported to listen or to call, so that it does not delay the first window.
    """

    called = Signal()

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._paths = paths
        self._lock = QLockFile(str(paths.lock))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Hold the folder; False when another program does, which was then asked to come forward."""
        if not self._lock.tryLock(100):
            self._call()
            return False
        return True

    def listen(self) -> None:
        """Hear from now on the programs that are started on the same folder."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(self._name())
        self._server.listen(self._name())

    def release(self) -> None:
        """Let the next one in."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _name(self) -> str:
        import hashlib

        return "passerelle-" + hashlib.sha256(str(self._paths.root).encode()).hexdigest()[:16]

    def _call(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        socket.waitForConnected(500)
        socket.disconnectFromServer()

    def _called(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.called.emit()
