"""The page that opens the notebook: passphrase, recovery code, or a single button where the computer keeps the key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.gate.page import GatePage
from app.ui.gate.passphrase_field import PassphraseField
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.surfaces import label

_EXAMPLE = "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"


class UnlockPage(GatePage):
    """Asks one thing at a time.

    A passphrase is forgotten as soon as it is given; a recovery code stays to be corrected until the notebook opens.
    """

    passphrase_given = Signal(str)
    recovery_given = Signal(str)
    opening_asked = Signal()
    """« Ouvrir », where the computer keeps the key."""
    left = Signal()
    """« Retour », where there is somewhere to go back to."""

    def __init__(self, hint: str = "", can_leave: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = label("Ouvrir le carnet", "subtitle")
        self._note = label("", "muted", wraps=True)
        self.passphrase = PassphraseField("Phrase de passe", self)
        self.recovery = QLineEdit(self)
        self.recovery.setAccessibleName("Code de secours")
        self.recovery.setPlaceholderText(_EXAMPLE)
        self._hint = label(hint, "small", wraps=True)
        self._error = ErrorLine(self)
        self._open = QPushButton("Ouvrir", self)
        self._open.setProperty("role", "primary")
        self._other = QPushButton(self)
        self._other.setProperty("role", "link")
        self._leave = QPushButton("Retour", self)
        self._leave.setProperty("role", "link")
        self._leave.setVisible(can_leave)
        self._asks: QWidget | None = self.passphrase
        self._can_ask_passphrase = True
        self._lay_out()
        self._connect()
        self.ask_passphrase()

    def ask_passphrase(self, note: str = "") -> None:
        """Ask for the passphrase, or for the recovery code if it is lost."""
        self._can_ask_passphrase = True
        self._other.setText("J’ai perdu ma phrase de passe")
        self._ask(self.passphrase, "Phrase de passe", note)

    def ask_recovery(self, note: str = "", *, can_go_back: bool = False) -> None:
        """Ask for the code of the recovery sheet."""
        self._can_ask_passphrase = can_go_back
        self._other.setText("Revenir à la phrase de passe")
        self._ask(self.recovery, "Code de la feuille de secours", note)

    def ask_nothing(self, note: str = "") -> None:
        """A button is enough: whoever opened this session of the computer may open the notebook."""
        self._can_ask_passphrase = False
        self._ask(None, "Ouvrir le carnet", note)

    def show_error(self, sentence: str) -> None:
        """Say what was wrong, ready to be typed again."""
        self._error.say(sentence)
        if self._asks:
            self._asks.setAccessibleDescription(sentence)
            self._asks.setFocus()

    def forget(self) -> None:
        """Forget everything that was typed."""
        self.passphrase.clear()
        self.recovery.clear()

    def set_busy(self, is_busy: bool) -> None:
        """Show that the notebook is being opened."""
        for each in (self.passphrase, self.recovery, self._open, self._other, self._leave):
            each.setEnabled(not is_busy)
        self._open.setText("Ouverture…" if is_busy else "Ouvrir")

    def focus_first(self) -> None:
        """Put the keyboard where one types."""
        (self._asks or self._open).setFocus()

    def _ask(self, field: QWidget | None, title: str, note: str) -> None:
        self._asks = field
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._error.say("")
        self.passphrase.setVisible(field is self.passphrase)
        self._hint.setVisible(field is self.passphrase and bool(self._hint.text()))
        self.recovery.setVisible(field is self.recovery)
        self._other.setVisible(field is self.passphrase or self._can_ask_passphrase)
        self.set_busy(False)
        self.focus_first()

    def _give(self) -> None:
        self._error.say("")
        if self._asks is None:
            self.opening_asked.emit()
        elif self._asks is self.passphrase and self.passphrase.text():
            typed = self.passphrase.text()
            self.passphrase.clear()
            self.passphrase_given.emit(typed)
        elif self._asks is self.recovery and self.recovery.text():
            self.recovery_given.emit(self.recovery.text())

    def _ask_other(self) -> None:
        if self._asks is self.recovery:
            self.ask_passphrase()
        else:
            note = "Tapez le code de votre feuille de secours\u00a0; vous choisirez ensuite une nouvelle phrase."
            self.ask_recovery(note, can_go_back=True)

    def _lay_out(self) -> None:
        for each in (self._title, self._note, self.passphrase, self.recovery, self._hint, self._error):
            self.body.addWidget(each)
        self.body.addSpacing(4)
        self.body.addWidget(self._open)
        self.body.addWidget(self._other)
        self.body.addWidget(self._leave)

    def _connect(self) -> None:
        self.passphrase.entered.connect(self._give)
        self.recovery.returnPressed.connect(self._give)
        self._open.clicked.connect(self._give)
        self._other.clicked.connect(self._ask_other)
        self._leave.clicked.connect(self.left)
