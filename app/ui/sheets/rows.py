"""Lines of a form, as many as one writes: Enter adds the next, the arrows walk, Alt and an arrow moves a line."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import label

V = TypeVar("V")

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIGN, _GAP = 20, 6
MOVE, TAKE_AWAY = "Alt+↑ ou Alt+↓\u00a0: déplacer", "Ctrl+Suppr"


class Row(QWidget, Generic[V]):
    """One line: its sign (a number, a dash), its field, a cross; `below` is for what some lines have under it."""

    typed = Signal()
    next_asked = Signal()
    walked = Signal(int)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.name = name
        self.field = self.line(placeholder)
        self._sign = label("", "muted")
        self._sign.setFixedWidth(theme.px(_SIGN))
        self._cross = QToolButton(self)
        icons.set_icon(self._cross, "x", "muted", 16)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.removed)
        self.head, self.below = QHBoxLayout(), QVBoxLayout()
        self.head.setSpacing(theme.px(_GAP))
        self.below.setContentsMargins(theme.px(_SIGN + _GAP), 0, 0, 0)
        self.below.setSpacing(theme.px(_GAP))
        for part in (self._sign, self.field, self._cross):
            self.head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(_GAP))
        column.addLayout(self.head)
        column.addLayout(self.below)
        self.setFocusProxy(self.field)

    def value(self) -> V:
        """What the line says."""
        raise NotImplementedError

    def show_value(self, value: V) -> None:
        """Show what a line says; emits nothing."""
        raise NotImplementedError

    @staticmethod
    def show_words(field: QLineEdit, words: str) -> None:
        """Show words from their beginning."""
        field.setText(words)
        field.setCursorPosition(0)

    def says_something(self) -> bool:
        """Whether it will be in the sheet."""
        return bool(self.field.text().strip())

    def show_place(self, sign: str, name: str) -> None:
        """Say which line it is."""
        self._sign.setText(sign)
        self.field.setAccessibleName(name)
        self._cross.setAccessibleName(f"Retirer\u00a0: {name}")
        self._cross.setToolTip(f"Retirer ({TAKE_AWAY})")

    def line(self, placeholder: str = "") -> QLineEdit:
        """One more field whose keys are those of the line."""
        made = QLineEdit()
        made.setPlaceholderText(placeholder)
        made.textEdited.connect(lambda: self.typed.emit())
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether a key of one of its fields was for the list of lines."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            return self._pressed(watched, event)
        return False

    def _pressed(self, field: QLineEdit, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        modifier = Qt.KeyboardModifier
        if key in _ENTER and not held:
            self.next_asked.emit()
        elif key in _STEPS and not held:
            self.walked.emit(_STEPS[Qt.Key(key)])
        elif key in _STEPS and held == modifier.AltModifier:
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif (key == Qt.Key.Key_Delete and held == modifier.ControlModifier) or (
            key == Qt.Key.Key_Backspace and not held and not field.text() and not self.says_something()
        ):
            self.removed.emit()
        else:
            return False
        return True


class TextRow(Row[str]):
    """A line of words."""

    def value(self) -> str:
        return self.field.text()

    def show_value(self, value: str) -> None:
        self.show_words(self.field, value)


class Rows(QWidget, Generic[V]):
    """Lines of one kind; there is always one to write in. `make` makes an empty one, `hint` is said above them."""

    changed = Signal()
    taken_away = Signal(str, object)
    """A line that said something is no longer there: what is said of it, and what brings it back."""

    def __init__(self, make: Callable[[], Row[V]], *, hint: str = "", is_numbered: bool = False) -> None:
        super().__init__()
        self._make, self._is_numbered = make, is_numbered
        self.rows: list[Row[V]] = []
        column, self._column = QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for part in (column, self._column):
            part.setSpacing(theme.px(_GAP))
        if hint:
            column.addWidget(label(hint, "small", wraps=True))
        column.addLayout(self._column)
        self.show_values(())

    def values(self) -> tuple[V, ...]:
        """What each line says."""
        return tuple(row.value() for row in self.rows)

    def show_values(self, values: Sequence[V]) -> None:
        """Show these; emits nothing."""
        for row in tuple(self.rows):
            self._drop(row)
        for place, value in enumerate(values):
            self._insert(place).show_value(value)
        if not values:
            self._insert(0)
        self._number()

    def focus_on(self, number: int | None) -> QWidget:
        """Put the keyboard on a line among those that say something; answers it."""
        told = [row for row in self.rows if row.says_something()]
        row = told[number] if number is not None and number < len(told) else self.rows[-1 if number is None else 0]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def _insert(self, place: int) -> Row[V]:
        row = self._make()
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.typed.connect(self._typed)
        row.next_asked.connect(partial(self._next, row))
        row.walked.connect(partial(self._walk, row))
        row.moved.connect(partial(self._move, row))
        row.removed.connect(partial(self._remove, row))
        row.show()
        return row

    def _typed(self) -> None:
        self._number()
        self.changed.emit()

    def _next(self, row: Row[V]) -> None:
        """Go to the line that follows if it is empty, else make one there."""
        place = self.rows.index(row) + 1
        if place == len(self.rows) or self.rows[place].says_something():
            self._insert(place)
            self._number()
        self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, row: Row[V], step: int) -> None:
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, row: Row[V], step: int) -> None:
        place = self.rows.index(row)
        if 0 <= place + step < len(self.rows):
            self.rows.insert(place + step, self.rows.pop(place))
            self._column.insertWidget(place + step, row)
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self._typed()

    def _remove(self, row: Row[V]) -> None:
        """Take a line away; the keyboard goes to the one above."""
        place, value, name = self.rows.index(row), row.value(), row.field.accessibleName()
        said_something = row.says_something()
        if len(self.rows) == 1:
            self._insert(1)
        self._drop(row)
        self.rows[max(0, place - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()
        if said_something:
            self.taken_away.emit(f"Ligne retirée\u00a0: {name}", partial(self._bring_back, place, value))

    def _bring_back(self, place: int, value: V) -> None:
        row = self._insert(min(place, len(self.rows)))
        row.show_value(value)
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _drop(self, row: Row[V]) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _number(self) -> None:
        """Those that say something are numbered, and the one to write next."""
        number = 0
        for row in self.rows:
            number += row.says_something()
            is_next = row is self.rows[-1] and not row.says_something()
            shown = str(number + is_next) if row.says_something() or is_next else "·"
            row.show_place(shown if self._is_numbered else "–", f"{row.name}\u00a0{shown}")
