"""Lines to tick that are as long as their words need; the steps of a case can also be worded, moved and taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_BOX, _AIR, _LEAST = 48, 12, 34
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Tick:
    """One line to tick."""

    key: str
    said: str
    is_ticked: bool


class TickList(QListWidget):
    """Arrows walk, Space ticks, Enter opens; as high as its lines."""

    ticked = Signal(str, bool)
    """Turned over by the hand of the advisor."""
    opened = Signal(str)
    worded = Signal(str, str)
    """A line and its new words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Tick, ...] = ()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._changed)
        theme.changed.connect(self._fit)

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these; the current line stays so. Emits nothing."""
        if tuple(ticks) == self._shown:
            return
        current, row = self.current(), self.currentRow()
        self._shown = tuple(ticks)
        was_blocked = self.blockSignals(True)
        self.clear()
        for tick in ticks:
            self._add(tick)
        place = next((place for place, tick in enumerate(ticks) if tick.key == current), row)
        flag = QItemSelectionModel.SelectionFlag
        shows = flag.ClearAndSelect if self.hasFocus() else flag.NoUpdate
        self.setCurrentRow(max(0, min(place, len(ticks) - 1)), shows)
        self.blockSignals(was_blocked)
        self.setVisible(bool(ticks))
        self._fit()

    def current(self) -> str | None:
        """The key of the current line."""
        row = self.currentRow()
        return self._shown[row].key if 0 <= row < len(self._shown) else None

    def select(self, key: str) -> None:
        """Make a line the current one."""
        place = next((place for place, tick in enumerate(self._shown) if tick.key == key), None)
        if place is not None:
            self.setCurrentRow(place)

    def turn_over(self) -> None:
        """Tick the current line, or no longer."""
        if self.current() is not None:
            item = self.currentItem()
            item.setCheckState(Qt.CheckState.Unchecked if _is_on(item) else Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and current is not None and event.key() in _ENTER:
            self.opened.emit(current)
        elif is_plain and event.key() == Qt.Key.Key_Space:
            self.turn_over()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCurrentRow(max(0, self.currentRow()), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current line is shown only while keys go to it."""
        super().focusOutEvent(event)
        self.clearSelection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _changed(self, item: QListWidgetItem) -> None:
        """Tell what the hand changed; a key that follows at once already knows of it."""
        row = self.row(item)
        before, now = self._shown[row], Tick(self._shown[row].key, item.text(), _is_on(item))
        self._shown = (*self._shown[:row], now, *self._shown[row + 1 :])
        if now.is_ticked != before.is_ticked:
            self._colour(item)
            self.ticked.emit(now.key, now.is_ticked)
        elif now.said != before.said:
            self._fit()
            self.worded.emit(now.key, now.said)

    def _add(self, tick: Tick) -> None:
        item = QListWidgetItem(tick.said, self)
        item.setFlags(self._flags())
        item.setCheckState(Qt.CheckState.Checked if tick.is_ticked else Qt.CheckState.Unchecked)
        self._colour(item)

    def _colour(self, item: QListWidgetItem) -> None:
        """What is done is quiet."""
        was_blocked = self.blockSignals(True)
        item.setForeground(theme.colour("muted" if _is_on(item) else "text"))
        self.blockSignals(was_blocked)

    def _flags(self) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsUserCheckable

    def _fit(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.count())) + 4)


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


class StepList(TickList):
    """The steps of a case: F2 words one otherwise, Alt and an arrow move it, Delete takes it away."""

    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if current is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(current)
        elif current is not None and has_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(current, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Take the words being typed of a step as they are."""
        if self.state() is QAbstractItemView.State.EditingState and (editor := self.viewport().findChild(QLineEdit)):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _flags(self) -> Qt.ItemFlag:
        return super()._flags() | Qt.ItemFlag.ItemIsEditable

    def _offer(self, where: QPoint) -> None:
        current = self.current()
        if current is None:
            return
        menu = QMenu(self)
        gestures: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Modifier (F2)", partial(self.editItem, self.currentItem())),
            ("Monter (Alt+↑)", partial(self.moved.emit, current, -1)),
            ("Descendre (Alt+↓)", partial(self.moved.emit, current, 1)),
            ("Retirer (Suppr)", partial(self.removed.emit, current)),
        )
        for words, call in gestures:
            menu.addAction(words).triggered.connect(lambda _checked=False, it=call: it())
        menu.popup(self.viewport().mapToGlobal(where))


class _Wrapped(QStyledItemDelegate):
    """Lines as high as their words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QListWidget)
        room = max(theme.px(80), view.viewport().width() - theme.px(_BOX))
        words = view.fontMetrics().boundingRect(
            QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, index.data(Qt.ItemDataRole.DisplayRole) or ""
        )
        return QSize(view.viewport().width(), max(theme.px(_LEAST), words.height() + theme.px(_AIR)))
