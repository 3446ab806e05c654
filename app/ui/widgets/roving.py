"""One tab stop for a row of buttons: Tab enters and leaves the row, the arrows move inside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from app.folding import fold

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


def set_tab_stop(buttons: Sequence[QAbstractButton], stop: QAbstractButton | None) -> None:
    """Make one button the only one that Tab reaches; the others can still be clicked."""
    for button in buttons:
        policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(policy)


def move(buttons: Sequence[QAbstractButton], event: QKeyEvent) -> None:
    """Choose the button that a key pressed in the row leads to; the key is left to others where it leads nowhere."""
    chosen = destination(buttons, event)
    if chosen is None:
        event.ignore()
    else:
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        chosen.click()


def destination(buttons: Sequence[QAbstractButton], event: QKeyEvent) -> QAbstractButton | None:
    """The button that a key pressed in the row leads to: arrows, Home, End, or the first letter of a label."""
    here = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
    if here is None or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    key, last = event.key(), len(buttons) - 1
    if key in _STEPS:
        return buttons[min(last, max(0, here + _STEPS[Qt.Key(key)]))]
    if key == Qt.Key.Key_Home:
        return buttons[0]
    if key == Qt.Key.Key_End:
        return buttons[last]
    return _next_starting_with(buttons, here, event.text())


def _next_starting_with(buttons: Sequence[QAbstractButton], place: int, typed: str) -> QAbstractButton | None:
    letter = fold(typed)
    if not letter:
        return None
    in_order = [*buttons[place + 1 :], *buttons[: place + 1]]
    return next((button for button in in_order if fold(button.text()).startswith(letter)), None)
