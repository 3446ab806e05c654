"""How the notebook opens: the computer keeps the key, or a passphrase is asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.gate.passphrase_field import PassphraseField
from app.ui.widgets.banner import Banner
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.surfaces import label
from app.vault import SHORTEST_PASSPHRASE

_BY_STORE = "Cet ordinateur garde la clé"
_STORE_MEANS = (
    "Rien à taper pour ouvrir le carnet. À choisir si vous êtes la seule personne à utiliser votre session "
    "sur cet ordinateur."
)
_BY_PASSPHRASE = "Une phrase de passe"
_PASSPHRASE_MEANS = "Demandée à chaque ouverture. À choisir si la session est partagée, ou l’ordinateur prêté."
_NO_STORE = "Cet ordinateur n’a pas de coffre où garder la clé\u00a0: le carnet s’ouvrira avec une phrase de passe."
_ADVICE = (
    "Quelques mots que vous retiendrez, sans rapport entre eux\u00a0: "
    f"{SHORTEST_PASSPHRASE} caractères au moins, plus c’est long mieux c’est."
)


class OpeningChoice(QWidget):
    """Two ways, each explained; the passphrase is typed twice."""

    changed = Signal()

    def __init__(self, has_store: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_store = has_store
        self.by_store = QRadioButton(_BY_STORE, self)
        self.by_passphrase = QRadioButton(_BY_PASSPHRASE, self)
        self.passphrase = PassphraseField("Phrase de passe", self)
        self.again = PassphraseField("La même phrase, encore une fois", self)
        self._error = ErrorLine(self)
        self._fields = self._make_fields()
        self._lay_out()
        (self.by_store if has_store else self.by_passphrase).setChecked(True)
        self.by_passphrase.toggled.connect(self._show_choice)
        self.setFocusProxy(self.by_store if has_store else self.passphrase)
        self._show_choice()

    def wants_store(self) -> bool:
        """Whether the computer is to keep the key."""
        return self.by_store.isChecked()

    def choose(self, *, store: bool) -> None:
        """Tick one of the two ways; without a credential store there is only the passphrase."""
        (self.by_store if store and self._has_store else self.by_passphrase).setChecked(True)

    def given(self) -> str | None:
        """The passphrase chosen, None where the computer keeps the key."""
        return None if self.wants_store() else self.passphrase.text()

    def is_right(self) -> bool:
        """Check what is typed, and say what is not right."""
        sentence = self._fault()
        self.show_error(sentence)
        return not sentence

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the passphrase, or nothing any more."""
        self._error.say(sentence)
        self.passphrase.field.setAccessibleDescription(sentence)
        if sentence:
            self.passphrase.setFocus()

    def clear(self) -> None:
        """Forget the passphrases typed."""
        self.passphrase.clear()
        self.again.clear()
        self._error.say("")

    def _fault(self) -> str:
        typed = self.given()
        if typed is None:
            return ""
        if len(typed) < SHORTEST_PASSPHRASE:
            return f"Choisissez une phrase d’au moins {SHORTEST_PASSPHRASE} caractères."
        return (
            "" if typed == self.again.text() else "Les deux phrases ne sont pas les mêmes\u00a0: tapez-les de nouveau."
        )

    def _show_choice(self) -> None:
        self._fields.setVisible(self.by_passphrase.isChecked())
        self.changed.emit()

    def _make_fields(self) -> QWidget:
        made = QWidget(self)
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(28) if self._has_store else 0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for name, field in (("Phrase de passe", self.passphrase), ("Encore une fois", self.again)):
            words = label(name, "field")
            words.setBuddy(field)
            column.addWidget(words)
            column.addWidget(field)
        column.addWidget(label(_ADVICE, "small", wraps=True))
        column.addWidget(self._error)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for button, means in ((self.by_store, _STORE_MEANS), (self.by_passphrase, _PASSPHRASE_MEANS)):
            column.addWidget(button)
            column.addWidget(self._explained(button, means))
            button.setVisible(self._has_store)
        if not self._has_store:
            column.addWidget(Banner("info", _NO_STORE))
        column.addWidget(self._fields)

    def _explained(self, button: QRadioButton, means: str) -> QWidget:
        words = label(means, "small", wraps=True)
        words.setContentsMargins(theme.px(28), 0, 0, theme.px(4))
        words.setVisible(self._has_store)
        button.setAccessibleDescription(means)
        return words
