"""Where things stand, what waits, what went, and the button that sends now."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.services.outgoing import Outgoing
from app.sync.light import Light, LightState
from app.sync.outcome import Ending
from app.ui import icons, theme
from app.ui.synchronisation import words
from app.ui.widgets.surfaces import Card, label


@dataclass(frozen=True, slots=True)
class State:
    """Everything the card says."""

    light: Light
    last: Ending | None
    is_paused: bool
    percent: int | None
    outgoing: Outgoing
    server: str | None
    today: date


class StateCard(Card):
    """An icon, the words of the light, a sentence, a few facts."""

    send_asked = Signal()
    pause_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=8, parent=parent)
        self._picture = QLabel()
        self._headline = label("", "subtitle", wraps=True)
        self._sentence = label("", "muted", wraps=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Avancement de l’envoi")
        self._facts = label("", wraps=True)
        self._send = QPushButton("Envoyer maintenant")
        self._send.setProperty("role", "primary")
        self._send.clicked.connect(self.send_asked)
        self._pause = QCheckBox("Travailler sans le réseau pour l’instant")
        self._pause.clicked.connect(self.pause_asked)
        self._lay_out()

    def show_state(self, state: State) -> None:
        """Say where things stand."""
        icons.set_icon(self._picture, *words.ICONS[state.light.state], 24)
        self._headline.setText(state.light.text)
        self._sentence.setText(words.sentence(state.light, state.last, state.is_paused))
        self._facts.setText("\n".join(_facts(state)))
        self._facts.setVisible(bool(self._facts.text()))
        self._progress.setVisible(state.percent is not None)
        self._progress.setValue(state.percent or 0)
        is_enrolled = state.server is not None
        self._send.setVisible(is_enrolled)
        self._send.setEnabled(not state.is_paused and state.light.state is not LightState.SENDING)
        self._pause.setVisible(is_enrolled)
        self._pause.setChecked(state.is_paused)

    def take_keyboard(self) -> None:
        """Give the keyboard to what is always there: « Envoyer maintenant » rests while something is being sent."""
        self._pause.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """All the words shown, line by line."""
        return "\n".join((self._headline.text(), self._sentence.text(), self._facts.text()))

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(theme.px(12))
        title.addWidget(self._picture)
        title.addWidget(self._headline, 1)
        self.body.addLayout(title)
        for widget in (self._sentence, self._progress, self._facts):
            self.body.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(16))
        buttons.addWidget(self._send)
        buttons.addWidget(self._pause)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)


def _facts(state: State) -> list[str]:
    outgoing = state.outgoing
    facts = {
        "À envoyer": outgoing.waiting if state.server else "",
        "Envoyé aujourd’hui": outgoing.sent_today,
        "Dernier échange réussi": words.when(outgoing.last_success, state.today) if outgoing.last_success else "",
        "Serveur": state.server or "",
    }
    return [f"{name}\u00a0: {fact}" for name, fact in facts.items() if fact]
