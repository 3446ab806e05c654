"""The page « Doublons »: the pairs at the left, the two people of one at the right."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import labels
from app.services.rows import DuplicatePair, PersonRow, SideBySide
from app.ui import icons, theme
from app.ui.duplicates.comparison import Comparison
from app.ui.duplicates.words import in_common, names, total
from app.ui.reading_order import move_focus
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label
from app.ui.widgets.work_bar import WorkBar

_LIST = 340
"""Pixels at 100 %."""
_MOST_LIST = 0.36
"""The most of the width that the list takes with large letters."""
_HINT = "Ctrl+Entrée fusionne, Suppr dit que ce sont deux personnes, Alt+G garde l’autre fiche."


class DuplicatesView(QWidget):
    """Says what is asked of the pairs selected."""

    back_asked = Signal()
    merge_asked = Signal()
    apart_asked = Signal()
    chosen = Signal()
    """Other pairs are selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self.back = _button("Bénéficiaires", "Échap", "link")
        self.back.setProperty("fold", True)
        icons.set_icon(self.back, "arrow-left", "primary")
        self.title = label("Doublons", "title")
        self.totals = ElidedLabel()
        self.work = WorkBar()
        self.list = QListWidget()
        self.list.setAccessibleName("Paires de personnes qui sont peut-être la même")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(theme.px(3))
        self.common = label("", "muted", wraps=True)
        self.merge = _button("Fusionner", "Ctrl+Entrée", "primary")
        self.apart = _button("Ce sont deux personnes", "Suppr dans la liste, Alt+D")
        self.empty = EmptyState("users", "")
        self._scroll = QScrollArea()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_searching(self) -> None:
        """Nothing is known yet."""
        self.totals.setText("")
        self.empty.set_sentence("Recherche des doublons…", "Les noms, téléphones et e-mails de tous sont comparés.")
        self._stack.setCurrentWidget(self.empty)

    def show_pairs(self, pairs: Sequence[DuplicatePair], people: Mapping[UUID, PersonRow], row: int = 0) -> None:
        """Show the pairs, and select one."""
        self.list.blockSignals(True)
        self.list.clear()
        for pair in pairs:
            item = QListWidgetItem(f"{names(people[pair.first], people[pair.second])}\n{in_common(pair)}")
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.totals.setText(total(pairs) if pairs else "")
        self.empty.set_sentence("Aucun doublon", "Personne ne semble être deux fois dans votre carnet.")
        self._stack.setCurrentIndex(1 if pairs else 0)
        if pairs:
            self.select(min(row, len(pairs) - 1))

    def select(self, row: int) -> None:
        """Select one pair."""
        self.list.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen.emit()

    def selected(self) -> list[int]:
        """The places of the pairs selected."""
        return sorted(index.row() for index in self.list.selectedIndexes())

    def compare(self, pair: DuplicatePair, sides: SideBySide) -> None:
        """Show two people side by side."""
        self.comparison = Comparison(sides)
        self.common.setText(in_common(pair))
        self._scroll.setWidget(self.comparison)

    def show_number(self, number: int) -> None:
        """Say of how many pairs the buttons speak."""
        several = number > 1
        self.merge.setText(f"Fusionner les {number} paires" if several else "Fusionner")
        self.apart.setText("Ce sont des personnes différentes" if several else "Ce sont deux personnes")
        self._scroll.setVisible(not several)
        if several:
            self.common.setText(
                f"{labels.count(number, 'paire')} sélectionnées. Pour chacune, la fiche qui a le plus "
                "d’accompagnements est gardée, et complétée par l’autre."
            )

    def focus_list(self) -> None:
        """Give the keyboard to the pairs, or to the way back where there is none."""
        front = self.list if self.list.count() else self.back
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(min(theme.px(_LIST), round(self.width() * _MOST_LIST)))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _keep_other(self) -> None:
        if self.comparison is not None:
            self.comparison.keep_other()

    def _compare_by_keyboard(self) -> None:
        if self.comparison is not None:
            self.comparison.focus_first()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.merge.clicked.connect(self.merge_asked)
        self.apart.clicked.connect(self.apart_asked)
        self.list.itemSelectionChanged.connect(self.chosen)
        self.list.itemActivated.connect(lambda _item: self._compare_by_keyboard())
        keys = {
            "Esc": self.back.click,
            "Ctrl+Return": self.merge.click,
            "Ctrl+Enter": self.merge.click,
            "Alt+D": self.apart.click,
            "Alt+G": self._keep_other,
        }
        for key, call in keys.items():
            QShortcut(QKeySequence(key), self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Del"), self.list, self.apart.click, context=Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(theme.px(12))
        head.addWidget(self.totals, 1, Qt.AlignmentFlag.AlignVCenter)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        row.addWidget(self.list)
        row.addLayout(self._right(), 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        column.addWidget(self.work)
        column.addWidget(self._stack, 1)

    def _right(self) -> QVBoxLayout:
        self._scroll.setWidgetResizable(True)
        policy = self._scroll.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._scroll.setSizePolicy(policy)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        actions = QWidget()
        flow = FlowLayout(actions)
        for one in (self.merge, self.apart):
            flow.addWidget(one)
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(self.common)
        column.addWidget(self._scroll, 1)
        column.addWidget(label(_HINT, "small", wraps=True))
        column.addWidget(actions)
        return column


def _button(text: str, keys: str, role: str = "") -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setToolTip(f"{text} ({keys})")
    return made
