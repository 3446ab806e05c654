"""What is left to correct in a sheet: sentences that each lead to their place."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app import labels
from app.services.sheets.checking import Fault
from app.services.sheets.places import Place, called, place_of
from app.services.sheets.reading import Draft
from app.ui import theme
from app.ui.widgets.surfaces import label

_AIR, _LEAST, _TALLEST = 14, 36, 190
"""Around a sentence, and of the whole list (pixels at 100 %)."""


class FaultList(QWidget):
    """A sentence that says how many, then each fault: what must be mended first, then what makes it easier."""

    chosen = Signal(object)
    """The Fault to go to."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._state, self.list = label("", "strong", wraps=True), QListWidget()
        self.list.setAccessibleName("Ce qu’il reste à corriger")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.px(_LEAST))
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)
        column.addWidget(self.list)

    def show_faults(self, faults: Sequence[Fault], draft: Draft | None) -> None:
        """Say these, each with its place in the form; with its line where there is no `draft` of a form."""
        self._draft = draft
        self.list.clear()
        for fault in sorted(faults, key=lambda one: (not one.is_of_form, one.line)):
            item = QListWidgetItem(self._sentence(fault))
            item.setData(Qt.ItemDataRole.UserRole, fault)
            self.list.addItem(item)
        self.list.setVisible(bool(faults))
        self._state.setText(_state(faults))
        self._fit()

    def place(self, fault: Fault) -> Place:
        """Where a fault is in the form."""
        return place_of(self._draft or Draft(), fault.line)

    def state(self) -> str:
        """What is said of the whole."""
        return self._state.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _sentence(self, fault: Fault) -> str:
        advice = "" if fault.is_of_form else "Conseil\u00a0: "
        if self._draft is not None:
            return f"{called(self.place(fault))} · {advice}{fault.sentence}"
        how = f" Écrivez\u00a0: {fault.written}" if fault.written else ""
        return f"Ligne {fault.line} · {advice}{fault.sentence}{how}"

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _fit(self) -> None:
        """Give each sentence the lines it needs in this width, and the list no more than it needs."""
        room = QRect(0, 0, self.list.viewport().width() - theme.px(2 * _AIR), 1 << 16)
        tall = 0
        for item in map(self.list.item, range(self.list.count())):
            words = self.list.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(room.width(), words.height() + theme.px(_AIR)))
            tall += words.height() + theme.px(_AIR)
        self.list.setMaximumHeight(min(tall + theme.px(4), theme.px(_TALLEST)))


def _state(faults: Sequence[Fault]) -> str:
    needed = sum(1 for one in faults if one.is_of_form)
    if needed:
        return labels.count(needed, "point à corriger", "points à corriger")
    if faults:
        return "Vous pouvez enregistrer. Encore plus facile à lire\u00a0:"
    return "Rien à corriger\u00a0: cette fiche est facile à lire."
