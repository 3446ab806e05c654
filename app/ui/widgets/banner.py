"""A message that stays in the page: information, success, warning or danger, with what can be done about it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import label

Kind = Literal["info", "success", "warning", "danger"]

_ICONS: dict[Kind, str] = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


class Banner(QFrame):
    """An icon, a sentence, and buttons at the right; `icon` replaces the icon of the kind."""

    def __init__(self, kind: Kind, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", kind)
        picture = QLabel(self)
        icons.set_icon(picture, icon or _ICONS[kind], "primary" if kind == "info" else kind)
        self._text = label(text, wraps=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        self._row.setSpacing(theme.px(10))
        self._row.addWidget(picture)
        self._row.addWidget(self._text, 1)
        self.setMinimumHeight(theme.px(52))

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._text.setText(text)

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def add_action(self, text: str, call: Callable[[], object], role: str = "") -> QPushButton:
        """Add a button at the right."""
        made = QPushButton(text, self)
        if role:
            made.setProperty("role", role)
        made.clicked.connect(lambda: call())
        self._row.addWidget(made)
        return made
