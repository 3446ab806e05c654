"""« Sans réseau : la clé USB »: prepare a courier, hand in a colleague's, read a receipt, and what came of it."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.banner import Banner, Kind
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import Card, label

_HOW = (
    "Pas de réseau avant longtemps\u00a0? Préparez un courrier sur une clé USB, et confiez-la à quelqu’un qui a le "
    "réseau. Vos saisies arriveront au serveur, et le reçu qu’on vous rapporte le dira à cet ordinateur."
)
_ANYWHERE = "Sans Passerelle, un courrier se remet depuis n’importe quel ordinateur connecté, à cette adresse\u00a0:"


class CourierCard(Card):
    """Three gestures, and one sentence on how the last one went."""

    write_asked = Signal()
    hand_in_asked = Signal()
    receipt_asked = Signal()
    told = Signal()
    """There is something new to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=12, parent=parent)
        self._write = _button("Préparer un courrier", "file-text", self.write_asked)
        self._receipt = _button("Lire un reçu", "file-check", self.receipt_asked)
        self._hand_in = _button("Remettre le courrier d’un collègue", "upload", self.hand_in_asked)
        self._page = label("", "muted", wraps=True)
        self._page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said: Banner | None = None
        self._place = QVBoxLayout()
        self.body.addWidget(label(_HOW, wraps=True))
        row = FlowLayout(gap=theme.px(8))
        for button in self._buttons():
            row.addWidget(button)
        self.body.addLayout(row)
        self.body.addWidget(self._page)
        self.body.addLayout(self._place)

    def show_server(self, address: str) -> None:
        """Say where a courier is handed in without Passerelle."""
        self._page.setText(f"{_ANYWHERE}\n{address}/courrier")

    def set_busy(self, is_busy: bool) -> None:
        """Something is being written, carried or read; or no longer."""
        for button in self._buttons():
            button.setEnabled(not is_busy)

    def say(self, kind: Kind, sentence: str) -> None:
        """Tell how the last gesture went."""
        self.forget()
        self._said = Banner(kind, sentence, parent=self)
        self._place.addWidget(self._said)
        self.told.emit()

    def forget(self) -> None:
        """Tell nothing any more."""
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
            self._said = None

    def said(self) -> str:
        """What is told now."""
        return self._said.text() if self._said is not None else ""

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._write, self._receipt, self._hand_in


def _button(text: str, icon: str, wish: SignalInstance) -> QPushButton:
    made = QPushButton(text)
    icons.set_icon(made, icon)
    made.clicked.connect(wish)
    return made
