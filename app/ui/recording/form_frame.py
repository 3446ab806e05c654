"""The top and the bottom of the form: what sort of activity, the stopwatch, the draft, the buttons."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app import labels
from app.ui import icons, theme
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label
from protocol.vocabulary import ActivityKind

CHANGE = "Modification d’une activité"


class FormHeader(QWidget):
    """The kind of activity at the left, the stopwatch at the right."""

    kind_changed = Signal(object)
    stopwatch_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = SegmentedControl(list(labels.KINDS.items()))
        self._kind.changed.connect(lambda: self.kind_changed.emit(self._kind.value()))
        self._stopwatch = QPushButton()
        icons.set_icon(self._stopwatch, "timer", "text", 16)
        self._stopwatch.clicked.connect(self.stopwatch_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._kind)
        row.addStretch(1)
        row.addWidget(self._stopwatch)
        self.show_stopwatch("")

    def show_kind(self, kind: ActivityKind) -> None:
        """Show the kind of activity."""
        self._kind.set_value(kind)

    def show_stopwatch(self, elapsed: str) -> None:
        """« Démarrer le chrono », or the time elapsed; the button keeps one width while the seconds pass."""
        text = f"{elapsed} — Arrêter" if elapsed else "Démarrer le chrono"
        spoken = "Arrêter le chrono et remplir la durée" if elapsed else text
        room = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold)).horizontalAdvance("00:00:00 — Arrêter")
        self._stopwatch.setMinimumWidth(room + theme.px(64))
        self._stopwatch.setText(text)
        self._stopwatch.setAccessibleName(spoken)


class FormFooter(QWidget):
    """The draft said quietly at the left, the buttons at the right."""

    cancelled = Signal()
    saved = Signal()
    saved_for_another = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tick = QLabel()
        icons.set_icon(self._tick, "check", "success", 16)
        self._draft = label("", "muted", wraps=True)
        self._draft.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._is_change = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._tick)
        row.addWidget(self._draft, 1)
        row.addWidget(_button("Annuler", "Échap", self.cancelled))
        row.addWidget(_button("Enregistrer et nouveau", "Ctrl+Maj+Entrée", self.saved_for_another))
        row.addWidget(_button("Enregistrer", "Ctrl+Entrée", self.saved, is_primary=True))
        self.say_draft("")

    def show_change(self, is_change: bool) -> None:
        """Whether the form changes an activity that was already recorded."""
        self._is_change = is_change

    def say_draft(self, sentence: str) -> None:
        """« Brouillon gardé à 14 h 52 »; before the first one, what the form is about to change."""
        self._draft.setText(sentence or (CHANGE if self._is_change else ""))
        self._tick.setVisible(bool(sentence))

    def draft_sentence(self) -> str:
        """What is said of the draft."""
        return self._draft.text()


def _button(text: str, keys: str, signal: SignalInstance, is_primary: bool = False) -> QPushButton:
    made = QPushButton(f"{text}   Ctrl+↵" if is_primary else text)
    made.setToolTip(f"{text} ({keys})")
    made.setAccessibleName(text)
    if is_primary:
        made.setProperty("role", "primary")
    made.clicked.connect(lambda: signal.emit())
    return made
