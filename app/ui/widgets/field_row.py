"""One line of a form: its name at the left, its field, and the sentence that says what is wrong."""

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import label

LABEL_WIDTH, _FIRST_LINE, _NARROW = 102, 34, 360
_CHANGES = ("textChanged", "changed")
"""What fields emit once something is typed or chosen in them."""


class FieldRow(QWidget):
    """A label column of 102 px, the content, a quiet hint and an error line, which goes once the content changes."""

    def __init__(self, name: str, content: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._label = label(name, "field")
        self._label.setBuddy(content)
        self._error = ErrorLine(self)
        if not content.accessibleName() or name:
            content.setAccessibleName(name)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        is_narrow = content.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        column.addWidget(content, 0, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
        if hint:
            column.addWidget(label(hint, "small", wraps=True))
        column.addWidget(self._error)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(column, 1)
        theme.changed.connect(self._fit)
        self._fit()
        for part in (content, content.focusProxy()):
            for name in _CHANGES:
                if isinstance(signal := getattr(part, name, None), SignalInstance):
                    signal.connect(self._forget)

    def set_error(self, sentence: str | None) -> None:
        """Say what is wrong with the field, or nothing any more."""
        self._error.say(sentence or "")
        target = self.content.focusProxy() or self.content
        target.setAccessibleDescription(sentence or "")
        target.setProperty("invalid", bool(sentence))
        style = target.style()
        style.unpolish(target)
        style.polish(target)

    def error(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.sentence()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow place, or with large letters, the name goes above its field."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = event.size().width() < theme.px(_NARROW)
        self._line.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _forget(self) -> None:
        """What was wrong with the content may no longer be."""
        if self.error():
            self.set_error(None)

    def _fit(self) -> None:
        self._label.setFixedWidth(theme.px(LABEL_WIDTH))
        self._label.setFixedHeight(theme.px(_FIRST_LINE))


class ErrorLine(QWidget):
    """An icon and a sentence in the colour of danger; absent while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        picture = QLabel(self)
        icons.set_icon(picture, "circle-alert", "danger", 16)
        self._words = label("", "danger", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show the sentence, or hide the line."""
        self._words.setText(sentence)
        self.setVisible(bool(sentence))

    def sentence(self) -> str:
        """The sentence shown."""
        return self._words.text()
