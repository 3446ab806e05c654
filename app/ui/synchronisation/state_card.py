"""Where things stand, what waits, what went, and the button that sends now."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.services.outgoing import Outgoing
from app.sync.light import Light, LightState
from app.sync.outcome import Ending, Notice, Parting, Progress
from app.ui import icons, theme
from app.ui.synchronisation import words
from app.ui.widgets.surfaces import Card, label

_UNDER_WAY = (LightState.SENDING, LightState.RECEIVING)


@dataclass(frozen=True, slots=True)
class State:
    """Everything the card says."""

    light: Light
    last: Ending | None
    is_paused: bool
    progress: Progress | None
    outgoing: Outgoing
    last_success: int | None
    """Milliseconds since 1970."""
    server: str | None
    today: date
    notices: frozenset[Notice] = frozenset()
    parting: Parting | None = None


class StateCard(Card):
    """An icon, the words of the light, a sentence, a few facts."""

    send_asked = Signal()
    pause_asked = Signal(bool)
    browser_asked = Signal()
    """Open the browser, where the network of the place asks for an agreement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=8, parent=parent)
        self._picture = QLabel()
        self._headline = label("", "subtitle", wraps=True)
        self._sentence = label("", "muted", wraps=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Avancement")
        self._done = label("", "muted")
        self._facts = label("", wraps=True)
        self._send = QPushButton("Envoyer maintenant")
        self._send.clicked.connect(self.send_asked)
        self._browse = QPushButton("Ouvrir le navigateur")
        self._browse.clicked.connect(self.browser_asked)
        self._pause = QCheckBox("Travailler sans le réseau pour l’instant")
        self._pause.clicked.connect(self.pause_asked)
        self._lay_out()

    def show_state(self, state: State) -> None:
        """Say where things stand."""
        icons.set_icon(self._picture, *words.ICONS[state.light.state], 24)
        self._headline.setText(state.light.text)
        self._sentence.setText(_sentence(state))
        self._facts.setText("\n".join(_facts(state)))
        self._facts.setVisible(bool(self._facts.text()))
        self._show_progress(state.progress if state.light.state in _UNDER_WAY else None)
        self._offer_browser(state.light.state is LightState.PORTAL)
        is_enrolled = state.server is not None
        self._send.setVisible(is_enrolled)
        self._send.setEnabled(not state.is_paused and state.light.state not in _UNDER_WAY)
        self._pause.setVisible(is_enrolled)
        self._pause.setChecked(state.is_paused)

    def take_keyboard(self) -> None:
        """Give the keyboard to what is always there: « Envoyer maintenant » rests while something is being sent."""
        self._pause.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """All the words shown, line by line."""
        return "\n".join((self._headline.text(), self._sentence.text(), self._done.text(), self._facts.text()))

    def _offer_browser(self, is_wanted: bool) -> None:
        """The first thing to do behind a captive portal is to open the browser."""
        self._browse.setVisible(is_wanted)
        theme.set_role(self._browse, "primary")
        theme.set_role(self._send, "" if is_wanted else "primary")

    def _show_progress(self, progress: Progress | None) -> None:
        """A bar of what is known to travel; one that only moves while nothing is known yet."""
        self._progress.setVisible(progress is not None)
        self._progress.setRange(0, 100 if progress and progress.total else 0)
        self._progress.setValue(progress.percent if progress else 0)
        self._done.setText(words.progress(progress) if progress else "")
        self._done.setVisible(bool(self._done.text()))

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(theme.px(12))
        title.addWidget(self._picture)
        title.addWidget(self._headline, 1)
        self.body.addLayout(title)
        for widget in (self._sentence, self._progress, self._done, self._facts):
            self.body.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(16))
        for button in (self._browse, self._send, self._pause):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)


def _sentence(state: State) -> str:
    return words.sentence(state.light, state.last, state.is_paused, state.notices, state.parting)


def _facts(state: State) -> list[str]:
    outgoing = state.outgoing
    facts = {
        "À envoyer": outgoing.waiting if state.server else "",
        "Envoyé aujourd’hui": outgoing.sent_today,
        "Dernier échange réussi": _when(state),
        "Serveur": state.server or "",
    }
    return [f"{name}\u00a0: {fact}" for name, fact in facts.items() if fact]


def _when(state: State) -> str:
    return words.when(datetime.fromtimestamp(state.last_success / 1000), state.today) if state.last_success else ""
