"""The menus of the filters: choices to tick, somebody to search for, or a period."""

from collections.abc import Iterable, Sequence
from datetime import date
from time import monotonic

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.folding import fold
from app.services.commands import ActivityFilter
from app.services.periods import Period
from app.ui import theme
from app.ui.filters.facets import Choice, Facet, Finder
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import french_date_edit
from app.ui.widgets.decorated_field import SearchField
from app.ui.widgets.surfaces import label

_TICK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH, _ROW, _TALLEST, _FOUND = 320, 34, 460, 8


class Popup(QFrame):
    """A small window under a button; Escape or a click elsewhere closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "raised")
        self.body = QVBoxLayout(self)
        self.body.setSpacing(theme.px(8))

    def open_under(self, button: QWidget) -> None:
        """Show it below the button, inside the screen."""
        corner = button.mapToGlobal(QPoint(0, button.height() + 4))
        room = button.screen().availableGeometry()
        wanted = QRect(corner, self._size())
        wanted.moveRight(min(wanted.right(), room.right()))
        wanted.moveBottom(min(wanted.bottom(), room.bottom()))
        self.setGeometry(wanted)
        self.show()

    def _size(self) -> QSize:
        """As wide as it wants, and high enough for the lines that this width makes."""
        size = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())
        height = self.body.totalHeightForWidth(size.width())
        return QSize(size.width(), height) if height > 0 else size


class ChoicePopup(Popup):
    """The choices of a facet, ticked by a click, Space or Enter; each tick counts at once."""

    toggled = Signal(object)
    """The Choice that was ticked or unticked."""

    def __init__(self, facet: Facet, filter_: ActivityFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices = _Choices(filter_, self)
        self.choices.show_groups(facet.groups)
        self.choices.setAccessibleName(facet.title)
        self.choices.ticked.connect(self.toggled)
        self.body.setContentsMargins(4, 4, 4, 4)
        self.body.addWidget(self.choices)
        self.setFocusProxy(self.choices)
        height = min(theme.px(_TALLEST), theme.px(_ROW) * self.choices.count() + theme.px(12))
        self.choices.setFixedSize(theme.px(_WIDTH), height)

    def open_under(self, button: QWidget) -> None:
        super().open_under(button)
        self.choices.setFocus(Qt.FocusReason.PopupFocusReason)


class SearchPopup(Popup):
    """A field and what it finds: typing searches, Down goes into the list, Enter picks; one pick closes it."""

    toggled = Signal(object)
    """The Choice that was picked."""

    def __init__(self, facet: Facet, find: Finder, filter_: ActivityFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._find = find
        self.field = SearchField(f"{facet.title}\u00a0: nom, téléphone…", parent=self)
        self.field.setAccessibleName(f"Chercher\u00a0: {facet.title.lower()}")
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.choices = _Choices(filter_, self)
        self.choices.setAccessibleName(facet.title)
        self.choices.ticked.connect(self._pick)
        self.choices.setFixedHeight(theme.px(_ROW) * _FOUND + theme.px(12))
        self.body.setContentsMargins(*[theme.px(8)] * 4)
        self.body.addWidget(self.field)
        self.body.addWidget(self.choices)
        self.setFixedWidth(theme.px(_WIDTH + 90))
        self._search()

    def open_under(self, button: QWidget) -> None:
        super().open_under(button)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field, Down goes to what was found and Enter picks it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            found = self.choices.currentItem()
            if event.key() in _TICK_KEYS[1:] and found is not None:
                self.choices.tick(found)
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self.choices.show_groups((("", self._find(self.field.text().strip())),))

    def _pick(self, choice: Choice) -> None:
        self.close()
        self.toggled.emit(choice)


class _Choices(QListWidget):
    """One line for each choice, titles of groups between them."""

    ticked = Signal(object)

    def __init__(self, filter_: ActivityFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._filter = filter_
        self._typed, self._typed_at = "", 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self.tick)

    def show_groups(self, groups: Iterable[tuple[str, tuple[Choice, ...]]]) -> None:
        """Show these choices, the first one ready to be ticked."""
        self.clear()
        for title, choices in groups:
            if title and choices:
                self._add_title(title)
            for choice in choices:
                self._add(choice, choice.is_on(self._filter))
        first = next((number for number in range(self.count()) if self.item(number).flags()), 0)
        self.setCurrentRow(first)

    def tick(self, item: QListWidgetItem) -> None:
        """Turn a choice over."""
        is_on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
        self.ticked.emit(item.data(Qt.ItemDataRole.UserRole))

    def keyboardSearch(self, search: str) -> None:
        """Letters go to the next choice that has a word beginning so, with or without accents; else nothing moves."""
        now = monotonic()
        is_new_word = now - self._typed_at > QApplication.keyboardInputInterval() / 1000
        self._typed, self._typed_at = search if is_new_word else self._typed + search, now
        begun = self.currentRow() + (1 if is_new_word else 0)
        following = (number % self.count() for number in range(begun, begun + self.count()))
        found = next((number for number in following if self._has_word(self.item(number))), None)
        if found is not None:
            self.setCurrentRow(found)

    def _has_word(self, item: QListWidgetItem) -> bool:
        """Whether a choice has a word that begins with what was typed; titles of groups are none."""
        return bool(item.flags()) and f" {fold(self._typed)}" in f" {fold(item.text())}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in _TICK_KEYS and item is not None:
            self.tick(item)
        else:
            super().keyPressEvent(event)

    def _add_title(self, title: str) -> None:
        item = QListWidgetItem(title, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(theme.colour("muted"))
        item.setFont(theme.font(13))
        item.setSizeHint(item.sizeHint().expandedTo(self._row_size()))

    def _add(self, choice: Choice, is_on: bool) -> None:
        item = QListWidgetItem(" · ".join(filter(None, (choice.label, choice.detail))), self)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(Qt.ItemDataRole.UserRole, choice)
        item.setToolTip(item.text())
        item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        item.setSizeHint(self._row_size())

    def _row_size(self) -> QSize:
        return QSize(0, theme.px(_ROW))


class PeriodPopup(Popup):
    """The usual periods, and two dates for any other."""

    chosen = Signal(object)
    """A Period."""

    def __init__(self, filter_: ActivityFilter, today: date, known: Sequence[Period], parent: QWidget) -> None:
        """`known` are the usual periods to choose from."""
        super().__init__(parent)
        self._presets: ChipGroup[Period] = ChipGroup(parent=self)
        self._presets.setAccessibleName("Période")
        now = next((one for one in known if (one.since, one.until) == (filter_.since, filter_.until)), None)
        self._presets.set_choices([(one, one.label, "") for one in known], [now] if now else [])
        self._presets.changed.connect(self._preset_chosen)
        self.since, self.until = french_date_edit(self), french_date_edit(self)
        self.since.setAccessibleName("Du")
        self.until.setAccessibleName("Au")
        _show(self.since, filter_.since or today.replace(day=1))
        _show(self.until, filter_.until or today)
        self.apply = QPushButton("Voir ces dates", self)
        self.apply.clicked.connect(self._dates_chosen)
        self._lay_out()

    def open_under(self, button: QWidget) -> None:
        super().open_under(button)
        self._presets.focus_first()

    def _preset_chosen(self) -> None:
        period = self._presets.value()
        if period is not None:
            self._choose(period)

    def _dates_chosen(self) -> None:
        first, last = sorted((_day_of(self.since), _day_of(self.until)))
        self._choose(Period("", first, last))

    def _choose(self, period: Period) -> None:
        self.close()
        self.chosen.emit(period)

    def _lay_out(self) -> None:
        space = theme.px(12)
        self.body.setContentsMargins(space, space, space, space)
        self.body.addWidget(self._presets)
        dates = QHBoxLayout()
        for word, edit in (("Du", self.since), ("au", self.until)):
            dates.addWidget(label(word))
            dates.addWidget(edit)
        self.body.addLayout(dates)
        self.body.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(_WIDTH + 90))


def _show(edit: QDateEdit, day: date) -> None:
    edit.setDate(QDate(day.year, day.month, day.day))


def _day_of(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
