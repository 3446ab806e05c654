"""Long work under way: what is being done, how far it is, and a button that stops it; absent when there is none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.announce import announce
from app.ui.widgets.surfaces import label


class WorkBar(QWidget):
    """Follows one work at a time."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", wraps=True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.stop = QPushButton("Annuler", self)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self._stop)
        self._said = ""
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(self._words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addLayout(column, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self, said: str) -> None:
        """Show that a work begins, and give the keyboard to the button that stops it."""
        self._said = said
        self.bar.setAccessibleName(said)
        self.stop.setAccessibleName(f"Annuler\u00a0: {said}")
        self.stop.setEnabled(True)
        self.bar.setRange(0, 0)
        self._words.setText(f"{said}…")
        self.show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{said}…")

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        if self.stop.isEnabled():
            self._words.setText(f"{self._said}… {100 * done // max(total, 1)}\u00a0%")

    def end(self) -> None:
        """There is no work any more."""
        self.hide()

    def text(self) -> str:
        """What is said of the work."""
        return self._words.text()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._words.setText("Arrêt…")
        self.stop_asked.emit()
