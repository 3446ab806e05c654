"""A field that finds while one types: the list below follows each letter, Enter or Tab picks."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.widgets.decorated_field import SearchField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.removable_chip import RemovableChip
from app.ui.widgets.suggestion_popup import Suggestion, SuggestionPopup

T = TypeVar("T")

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypeAhead(QWidget, Generic[T]):
    """A field over `provider(text)`; `provider("")` answers the most frequent choices, shown by Down or a click.

    With `create_label`, a last row offers to create what was typed. With `multiple`, each pick becomes a removable
    chip under the field. The list is in the window itself: it never takes the keyboard.
    """

    picked = Signal(object)
    """A suggestion's value was picked."""
    create_requested = Signal(str)
    """The last row « Créer… » was picked for this text."""
    cleared = Signal()
    """What was picked is no longer (field emptied or typed over)."""
    changed = Signal()
    """`value()` or `values()` is no longer the same."""

    def __init__(
        self,
        provider: Callable[[str], Sequence[Suggestion[T]]],
        *,
        placeholder: str = "",
        create_label: Callable[[str], str] | None = None,
        multiple: bool = False,
        leading_icon: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._provider, self._create_label, self._multiple = provider, create_label, multiple
        self._rows: list[Suggestion[T]] = []
        self._creating = ""
        self._picks: list[Suggestion[T]] = []
        self.field = SearchField(placeholder, leading_icon, self)
        self.field.clear_asked.connect(self.clear)
        self.field.textEdited.connect(self._edited)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self._popup = SuggestionPopup(self.field)
        self._popup.chosen.connect(self._pick_row)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self._lay_out()

    def set_list_width(self, least: int) -> None:
        """Make the list at least this wide, for long details (pixels at 100 %)."""
        self._popup.least_width = least

    def value(self) -> T | None:
        """The value picked, or None."""
        return self._picks[0].value if self._picks else None

    def values(self) -> list[T]:
        """All the values picked, in the order of picking."""
        return [pick.value for pick in self._picks]

    def set_picked(self, *picks: Suggestion[T]) -> None:
        """Show these as already picked (none empties the field); emits nothing."""
        self._picks = list(picks) if self._multiple else list(picks[:1])
        self._show_picks()

    def text(self) -> str:
        """What is typed or shown in the field."""
        return self.field.text()

    def clear(self) -> None:
        """Empty the field and what was picked, as the cross does."""
        had_picks = bool(self._picks) and not self._multiple
        self.field.clear()
        self._popup.hide()
        if had_picks:
            self._forget()

    def open(self) -> None:
        """Show what can be picked for what is typed."""
        self._suggest(self.field.text())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the field's keys to the list while it is open."""
        if event.type() is QEvent.Type.KeyPress:
            return self._pressed(cast(QKeyEvent, event))
        if event.type() is QEvent.Type.FocusOut or _is_saving(event):
            self._popup.hide()
        if event.type() is QEvent.Type.MouseButtonPress and not self._picks:
            self._suggest(self.field.text())
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self._walk(1 if key == Qt.Key.Key_Down else -1)
        row = self._popup.current_row()
        if key in _ENTER and row is not None:
            self._pick_row(row)
            return True
        if key == Qt.Key.Key_Tab and row is not None:
            self._pick_row(row)
        if key == Qt.Key.Key_Escape and self._popup.isVisible():
            self._popup.hide()
            return True
        return self._remove_last(key)

    def _walk(self, step: int) -> bool:
        if self._popup.isVisible():
            self._popup.walk(step)
        else:
            self._suggest("" if self._picks else self.field.text(), is_first_current=True)
        announce(self.field, self._popup.current_label())
        return True

    def _remove_last(self, key: int) -> bool:
        if self._multiple and key == Qt.Key.Key_Backspace and not self.field.text() and self._picks:
            self._remove(self._picks[-1])
            return True
        return False

    def _edited(self, text: str) -> None:
        if self._picks and not self._multiple:
            self._forget()
        self._suggest(text)

    def _suggest(self, text: str, is_first_current: bool | None = None) -> None:
        """Fill the list; the first row is ready to be picked once something is typed."""
        typed = text.strip()
        taken = self.values() if self._multiple else []
        self._rows = [row for row in self._provider(typed) if row.value not in taken]
        self._creating = typed if typed and self._create_label else ""
        rows = cast("list[Suggestion[object]]", list(self._rows))
        if self._creating and self._create_label:
            rows.append(Suggestion(None, self._create_label(typed), icon="plus"))
        self._popup.show_rows(rows, bool(typed) if is_first_current is None else is_first_current)

    def _pick_row(self, row: int) -> None:
        self._popup.hide()
        if row >= len(self._rows):
            self.create_requested.emit(self._creating)
            return
        picked = self._rows[row]
        self._picks = [*self._picks, picked] if self._multiple else [picked]
        self._show_picks()
        self.picked.emit(picked.value)
        self.changed.emit()

    def _forget(self) -> None:
        self._picks = []
        self.cleared.emit()
        self.changed.emit()

    def _remove(self, pick: Suggestion[T]) -> None:
        self._picks.remove(pick)
        self._show_picks()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._picks:
            self.cleared.emit()
        self.changed.emit()

    def _show_picks(self) -> None:
        if not self._multiple:
            self.field.setText(self._picks[0].label if self._picks else "")
            self.field.setCursorPosition(0)
        else:
            self.field.clear()
            self._show_chips()

    def _show_chips(self) -> None:
        for old in self._chips.findChildren(RemovableChip):
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for pick in self._picks:
            chip = RemovableChip(pick.label, self._chips)
            chip.removed.connect(lambda it=pick: self._remove(it))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._picks))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self._chips.hide()
        column.addWidget(self._chips)


def _is_saving(event: QEvent) -> bool:
    """Ctrl+Enter is about to be obeyed: what it will say is not to be hidden by the list."""
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    pressed = cast(QKeyEvent, event)
    return pressed.key() in _ENTER and bool(pressed.modifiers() & Qt.KeyboardModifier.ControlModifier)
