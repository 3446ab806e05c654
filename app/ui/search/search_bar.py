"""The field of the top bar that finds everything: people, activities, sheets, and what the program can do."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.services import search
from app.services.search import Found, FoundKind
from app.ui import theme
from app.ui.desk import Desk
from app.ui.search.commands import Command, matching, usual_commands
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.surfaces import label
from app.ui.widgets.type_ahead import TypeAhead

Choice = Found | Command
_NARROWEST, _WIDTH, _LIST_WIDTH, _SIDE = 150, 430, 560, 12
_PLACEHOLDERS = (
    "Rechercher une personne, une activité, une fiche…",
    "Rechercher une personne, une activité…",
    "Rechercher…",
)
"""The longest that fits beside the hint is shown; where none does, the hint leaves."""


class SearchBar(QWidget):
    """Type, go down, Enter; with nothing typed, the list offers what the program can do."""

    activity_chosen = Signal(object)
    """Show this activity (UUID)."""
    person_chosen = Signal(object)
    """Show this person (UUID)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = usual_commands(desk)
        self._found: TypeAhead[Choice] = TypeAhead(self._suggestions, placeholder=_PLACEHOLDERS[0])
        self._found.setAccessibleName("Rechercher une personne, une activité, une fiche, un écran")
        self._found.set_list_width(_LIST_WIDTH)
        self._found.picked.connect(self._chosen)
        self._hint = label("Ctrl+K", "small")
        self._hint.setParent(self._found.field)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._found.field.textChanged.connect(self._fit)
        self._found.field.installEventFilter(self)
        self.setFocusProxy(self._found)
        self.setMinimumWidth(theme.px(_NARROWEST))
        self.setMaximumWidth(theme.px(_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._found)

    def set_screens(self, screens: Sequence[tuple[str, str, str]]) -> None:
        """The screens that can be called by name: key, name, icon."""
        go = self._desk.screen_asked.emit
        named = [Command(name, icon, partial(go, key)) for key, name, icon in screens]
        self._commands = (*usual_commands(self._desk), *named)

    def start(self) -> None:
        """Take the keyboard, ready for a new search."""
        self._found.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._found.field.selectAll()
        self._found.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the hint at the end of the field; a search that was left is over."""
        if event.type() is QEvent.Type.FocusOut:
            self._found.set_picked()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return False

    def _suggestions(self, typed: str) -> Sequence[Suggestion[Choice]]:
        found = search.everything(self._desk.database, typed)
        sheets = [one for one in found if one.kind is FoundKind.SHEET]
        rows: list[Suggestion[Choice]] = [_suggestion(one) for one in found if one.kind is not FoundKind.SHEET]
        rows.extend(Suggestion(one, one.label, one.keys, one.icon) for one in matching(self._commands, typed))
        return [*rows, *map(_suggestion, sheets)]

    def _chosen(self, choice: Choice) -> None:
        self._found.set_picked()
        self._found.field.clearFocus()
        if isinstance(choice, Command):
            choice.call()
        elif choice.kind is FoundKind.SHEET:
            self._desk.sheet_asked.emit(choice.id)
        elif choice.kind is FoundKind.PERSON:
            self.person_chosen.emit(choice.id)
        else:
            self.activity_chosen.emit(choice.id)

    def _fit(self) -> None:
        """Say as much in the empty field as there is room for, and the shortcut at its end."""
        field, hint = self._found.field, self._hint
        hint.adjustSize()
        margins, words = field.textMargins(), field.fontMetrics()
        room = field.width() - margins.left() - theme.px(2 * _SIDE)
        with_hint = room - hint.width() - theme.px(_SIDE)
        fitting = [one for one in _PLACEHOLDERS if words.horizontalAdvance(one) <= with_hint]
        field.setPlaceholderText(fitting[0] if fitting else _PLACEHOLDERS[-1])
        hint.setVisible(bool(fitting) and not field.text())
        hint.move(field.width() - hint.width() - theme.px(_SIDE), (field.height() - hint.height()) // 2)


def _suggestion(found: Found) -> Suggestion[Choice]:
    return Suggestion(found, found.label, found.detail, found.icon)
