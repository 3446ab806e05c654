"""What an empty list says: what will be here, and what to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import label


class EmptyState(QWidget):
    """An icon, a sentence, a quieter one, and the button of the first thing to do."""

    acted = Signal()

    def __init__(
        self, icon: str, sentence: str, *, detail: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        picture = QLabel(self)
        icons.set_icon(picture, icon, "muted", 36)
        self._sentence = label(sentence, "subtitle", wraps=True)
        self._detail = label(detail, "muted", wraps=True)
        self._button = QPushButton(action, self)
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(self.acted)
        self.setFocusProxy(self._button)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._sentence, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._detail.setVisible(bool(detail))
        self._button.setVisible(bool(action))

    def set_sentence(self, sentence: str, detail: str = "") -> None:
        """Change the words, for instance when a filter hides everything."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
