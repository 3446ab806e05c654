"""What can be done with an appointment, as a menu and as keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.services.appointments.rows import AppointmentRow
from app.ui import icons
from app.ui.appointments.words import ICONS, STATUSES, Act
from app.ui.widgets.line_list import LineList

_SHOW = "Voir l’accompagnement"
_KEYS = {
    Qt.Key.Key_R: Act.START,
    Qt.Key.Key_H: Act.HONOURED,
    Qt.Key.Key_A: Act.MISSED,
    Qt.Key.Key_B: Act.EXCUSED,
    Qt.Key.Key_N: Act.CANCELLED,
    Qt.Key.Key_V: Act.EXPECTED,
    Qt.Key.Key_M: Act.MOVE,
    Qt.Key.Key_I: Act.PRINT,
    Qt.Key.Key_Delete: Act.DELETE,
}
HINT = "Entrée commence l’accompagnement · A absence · H honoré · M déplace · I imprime · clic, tout le reste"


def act_of(event: QKeyEvent) -> Act | None:
    """What a key does with an appointment; held by mistake, it does nothing with the next ones."""
    is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get(Qt.Key(event.key())) if is_bare and not event.isAutoRepeat() else None


def fill(menu: QMenu, row: AppointmentRow, call: Callable[[Act], object]) -> None:
    """Offer everything that can be done with an appointment, with its keys."""
    menu.clear()
    for act in Act:
        if act in (Act.HONOURED, Act.MOVE):
            menu.addSeparator()
        if STATUSES.get(act) is row.status:
            continue
        label = _SHOW if act is Act.START and row.activity else act.label
        menu.addAction(f"{label}\t{act.key}").triggered.connect(lambda _checked=False, it=act: call(it))


class StatusButton(QPushButton):
    """Says how an appointment ended; opens the menu, and answers its keys."""

    acted = Signal(object)
    """The Act."""

    def __init__(self, row: AppointmentRow, status: str, parent: QWidget | None = None) -> None:
        super().__init__(status, parent)
        self.setAccessibleName(f"{status}\u00a0: rendez-vous de {row.person}")
        self.setToolTip("Changer (A absence, H honoré, B ou N annulé, M déplacer, I imprimer, Suppr)")
        icons.set_icon(self, ICONS[row.status], "text", 16)
        menu = QMenu(self)
        menu.setAccessibleName("Ce rendez-vous")
        fill(menu, row, self.acted.emit)
        self.setMenu(menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            self.acted.emit(act)


class AppointmentList(LineList):
    """Lines of appointments: Enter begins the accompaniment, a letter says how one ended, a click offers the menu."""

    acted = Signal(object, object)
    """The Act, and the appointment (UUID)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, is_whole=True, parent=parent)
        self._rows: dict[object, AppointmentRow] = {}
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Ce rendez-vous")
        self.opened.connect(lambda id_: self.acted.emit(Act.START, id_))
        self.clicked.connect(lambda _index: self._offer())

    def know(self, rows: tuple[AppointmentRow, ...]) -> None:
        """The appointments that the lines stand for."""
        self._rows = {row.id: row for row in rows}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act, here = act_of(event), self.current()
        if act is None or here is None:
            super().keyPressEvent(event)
        else:
            self.acted.emit(act, here)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._offer()

    def _offer(self) -> None:
        here = self.current()
        row = self._rows.get(here)
        if row is not None:
            fill(self._menu, row, lambda act: self.acted.emit(act, here))
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self._menu.popup(self.viewport().mapToGlobal(below))
