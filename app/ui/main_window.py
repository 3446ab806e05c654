"""The window: the gate while the notebook is closed, the workspace while it is open."""

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from app.resources import resource

SMALLEST = QSize(720, 480)
USUAL = QSize(1366, 768)


class MainWindow(QMainWindow):
    """Shows one of two things; says when it was painted for the first time and when it is about to close.

    Until it is given the gate it shows the product's mark, on the background it had when it was last closed: nothing
    blinks, and nothing but Qt has to be imported for it.
    """

    painted = Signal()
    """Its first content is on screen."""
    closing = Signal()

    def __init__(self, geometry_file: str) -> None:
        super().__init__()
        self.setWindowTitle("Passerelle")
        self.setMinimumSize(SMALLEST)
        self._geometry = QSettings(geometry_file, QSettings.Format.IniFormat)
        self._was_painted = False
        self._stack = QStackedWidget()
        self._restore()
        # Not a palette nor a brush: their colour would have PySide6 make the hundred enumerations of Qt first, 20 ms.
        self.setStyleSheet(f"background: {self._geometry.value('background', 'palette(window)')}")

    def show_first(self, gate: QWidget) -> None:
        """Put the gate in the place of the mark."""
        self.setStyleSheet("")
        self._stack.addWidget(gate)
        self.setCentralWidget(self._stack)

    def show_workspace(self, workspace: QWidget) -> None:
        """The notebook is open."""
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)

    def show_gate(self) -> None:
        """The notebook is closed: what was shown of it is destroyed, its dialogs too, and hidden at once."""
        from PySide6.QtCore import Qt

        self._stack.setCurrentIndex(0)
        for dialog in self.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            dialog.hide()  # of files and printers: whoever asked is answered as if it were closed
        while (shown := self._stack.widget(1)) is not None:
            for dialog in shown.findChildren(QDialog):
                dialog.hide()
            self._stack.removeWidget(shown)
            shown.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.centralWidget() is None:
            self._paint_mark()
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        self._geometry.setValue("geometry", self.saveGeometry())
        self._geometry.setValue("background", self.palette().window().color().name())
        super().closeEvent(event)

    def come_forward(self) -> None:
        """Somebody started the program a second time: show this window instead."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()

    def _paint_mark(self) -> None:
        mark = QPixmap(str(resource("passerelle-64.png")))
        place = QRect(QPoint(), mark.deviceIndependentSize().toSize())
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            painter.drawPixmap(place, mark)

    def _restore(self) -> None:
        geometry = self._geometry.value("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(USUAL)
