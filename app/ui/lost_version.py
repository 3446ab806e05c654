"""What the advisor wrote and a colleague replaced: what it was, and the two buttons that settle it."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.labels import NBSP
from app.services.rows import LostRow
from app.ui import theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label

LONGEST = 300
"""Characters of a long text that are shown: enough to recognise it."""


class LostVersion(QFrame):
    """One save of which some values were replaced."""

    taken_back = Signal(object)
    """The LostRow whose values are to be put back."""
    let_go = Signal(object)
    """The LostRow that is to be forgotten."""

    def __init__(self, row: LostRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        column.addWidget(label(sentence(row), "strong", wraps=True))
        for line in lines(row):
            column.addWidget(label(line, wraps=True))
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self._button("Reprendre ma version", "", row, self.taken_back))
        buttons.addWidget(self._button("Garder celle-ci", "quiet", row, self.let_go))
        column.addLayout(buttons)

    def _button(self, text: str, role: str, row: LostRow, signal: SignalInstance) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", role)
        made.setAccessibleName(f"{text}{NBSP}: {_names(row)}")
        made.setAutoDefault(False)
        made.clicked.connect(lambda: signal.emit(row))
        return made


def sentence(row: LostRow) -> str:
    """« Jeanne Roux a remplacé votre version de « Notes ». »."""
    return f"{row.author or 'Un autre ordinateur'} a remplacé votre version de {_names(row)}."


def lines(row: LostRow) -> tuple[str, ...]:
    """What was written here, field by field."""
    if len(row.fields) == 1:
        return (f"Vous aviez écrit{NBSP}: {_shortened(row.fields[0][1])}",)
    return ("Vous aviez écrit", *(f"{name}{NBSP}: {_shortened(mine)}" for name, mine, _ in row.fields))


def _names(row: LostRow) -> str:
    *first, last = (f"«{NBSP}{name}{NBSP}»" for name, _, _ in row.fields)
    return f"{', '.join(first)} et {last}" if first else last


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
