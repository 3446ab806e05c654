"""Free notes: plain text, a reminder of what never to write, and a quiet counter."""

from PySide6.QtCore import QLocale, QMimeData, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.labels import NBSP
from app.services.sensitive_words import Sensitive, found_in
from app.ui import theme
from app.ui.widgets.banner import Banner

REMINDER = "Ni mot de passe, ni information de santé."
SOFT_LIMIT = 1000

_NAMES = {
    Sensitive.PASSWORD: "un mot de passe",
    Sensitive.SOCIAL_SECURITY: "un numéro de sécurité sociale",
    Sensitive.CARD: "un numéro de carte bancaire",
    Sensitive.HEALTH: "une information de santé",
}
_FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


def better_not(text: str) -> str:
    """Say kindly what seems to be written that need not be kept; nothing where all is well."""
    names = [_NAMES[kind] for kind in found_in(text)]
    told = " et ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    return f"On dirait {told}{NBSP}: mieux vaut ne pas l’écrire ici. Rien n’est bloqué." if told else ""


class NotesEdit(QWidget):
    """A few lines of text; beyond `limit` characters it advises to shorten, without refusing anything."""

    changed = Signal()

    def __init__(
        self, *, reminder: str = REMINDER, limit: int = SOFT_LIMIT, lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limit, self._lines = limit, lines
        self.field = _PlainField(self)
        self.field.textChanged.connect(self._text_changed)
        self.warning = Banner("warning", "")
        self.warning.hide()
        self._counter = QLabel(self)
        self._counter.setProperty("role", "small")
        self._lay_out(reminder)
        self.setFocusProxy(self.field)
        self.setAccessibleName("Notes")
        self.field.setAccessibleDescription(reminder)
        theme.changed.connect(self._fit)
        self._fit()
        self._count()

    def value(self) -> str:
        """The text, as typed."""
        return as_typed(self.field)

    def set_value(self, text: str) -> None:
        """Show a text; emits nothing."""
        was_blocked = self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.blockSignals(was_blocked)
        self._count()
        self._warn()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _text_changed(self) -> None:
        self._count()
        self._warn()
        self.changed.emit()

    def _warn(self) -> None:
        sentence = better_not(self.value())
        self.warning.set_text(sentence)
        self.warning.setVisible(bool(sentence))

    def _count(self) -> None:
        length = len(self.value())
        is_long = length > self._limit
        noun = "caractère" if length < 2 else "caractères"
        advice = f"{NBSP}: pensez à résumer" if is_long else ""
        self._counter.setText(f"{_FRENCH.toString(length)}{NBSP}{noun}{advice}")
        self._counter.setVisible(length > 0)
        role = "small-warning" if is_long else "small"
        if self._counter.property("role") != role:
            theme.set_role(self._counter, role)

    def _lay_out(self, reminder: str) -> None:
        quiet = QLabel(reminder, self)
        quiet.setProperty("role", "small")
        quiet.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(quiet, 1)
        foot.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.warning)
        column.addLayout(foot)

    def _fit(self) -> None:
        self.field.setFixedHeight(theme.px(21) * self._lines + theme.px(14))


def as_typed(field: QPlainTextEdit) -> str:
    """The text of a field: its no-break spaces stay, which `toPlainText` would make plain."""
    return field.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


class _PlainField(QPlainTextEdit):
    """Takes only the words of what is pasted; Tab goes on to the next field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())
