"""The window: the gate while the notebook is closed, the workspace while it is open."""

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

SMALLEST = QSize(720, 480)
USUAL = QSize(1366, 768)


class MainWindow(QMainWindow):
    """Shows one of two things; says when it was painted for the first time and when it is about to close."""

    painted = Signal()
    """Its first content is on screen."""
    closing = Signal()

    def __init__(self, gate: QWidget, geometry_file: str) -> None:
        super().__init__()
        self.setWindowTitle("Passerelle")
        self.setMinimumSize(SMALLEST)
        self._geometry = QSettings(geometry_file, QSettings.Format.IniFormat)
        self._was_painted = False
        self._stack = QStackedWidget()
        self._stack.addWidget(gate)
        self.setCentralWidget(self._stack)
        self._restore()

    def show_workspace(self, workspace: QWidget) -> None:
        """The notebook is open."""
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)

    def show_gate(self) -> None:
        """The notebook is closed: what was shown of it is destroyed."""
        self._stack.setCurrentIndex(0)
        while (shown := self._stack.widget(1)) is not None:
            self._stack.removeWidget(shown)
            shown.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        self._geometry.setValue("geometry", self.saveGeometry())
        super().closeEvent(event)

    def come_forward(self) -> None:
        """Somebody started the program a second time: show this window instead."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()

    def _restore(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(USUAL)
