"""One program at a time on one data folder: a second start brings the first one's window forward."""

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from app.paths import Paths, cannot_write


class SingleInstance(QObject):
    """Holds the folder; `called` when somebody starts the program again, once it listens.

    The call is a byte more in a file that the first program watches: no socket to open, and no QtNetwork to load.
    """

    called = Signal()

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._bell = paths.bell
        self._lock = QLockFile(str(paths.lock))
        self._lock.setStaleLockTime(0)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _: self.called.emit())

    def take(self) -> bool:
        """Hold the folder; False when another program does, which was then asked to come forward.

        Raises KnownError where the folder takes no file, for instance when the disk is full.
        """
        if self._lock.tryLock(100):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise cannot_write(self._bell.parent)
        # a file that a power cut left empty, or that names a computer of another name, holds nothing by itself
        self._lock.setStaleLockTime(1)
        if self._lock.tryLock(100):
            return True
        self._ring()
        return False

    def listen(self) -> None:
        """Hear from now on the programs that are started on the same folder."""
        self._bell.write_bytes(b"")
        self._watcher.addPath(str(self._bell))

    def release(self) -> None:
        """Let the next one in."""
        self._watcher.removePath(str(self._bell))
        self._lock.unlock()

    def _ring(self) -> None:
        try:
            with self._bell.open("ab") as bell:
                bell.write(b"!")
        except OSError as error:
            raise cannot_write(self._bell.parent) from error
