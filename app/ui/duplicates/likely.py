"""What is said while somebody is typed who may be in the notebook already: a warning that prevents nothing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.services.rows import LikelySame
from app.ui import icons, theme
from app.ui.duplicates.words import likely
from app.ui.widgets.surfaces import label

MOST = 3
"""People named at once."""


class LikelyBanner(QFrame):
    """« C’est elle » takes the person known (Alt+1 to Alt+3); « Créer quand même » says no more of them (Alt+0)."""

    chosen = Signal(object)
    """UUID of the person known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[LikelySame, ...] = ()
        self._let_go: set[object] = set()
        self.setProperty("notice", "info")
        self._title = label("Cette personne est peut-être déjà dans votre carnet\u00a0:", "strong", wraps=True)
        self._rows = QVBoxLayout()
        self.go_on = QPushButton("Créer quand même")
        self.go_on.setProperty("role", "link")
        self.go_on.setToolTip("Créer quand même (Alt+0)")
        self.go_on.setAutoDefault(False)
        self.go_on.clicked.connect(self._go_on)
        self._lay_out()
        for place in range(MOST):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self._choose, place))
        QShortcut(QKeySequence("Alt+0"), self, self.go_on.click)
        self.hide()

    def show_people(self, people: Sequence[LikelySame]) -> None:
        """Name those who may be the person typed, but those whom the advisor let go."""
        shown = tuple(one for one in people if one.person.id not in self._let_go)[:MOST]
        if shown != self._people:
            self._people = shown
            self._fill()
        self.setVisible(bool(shown))

    def text(self) -> str:
        """All that is said."""
        return "\n".join((self._title.text(), *map(likely, self._people)))

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, found in enumerate(self._people):
            self._rows.addWidget(self._row(place, found))

    def _row(self, place: int, found: LikelySame) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(label(likely(found), wraps=True), 1)
        choose = QPushButton("C’est elle")
        choose.setAccessibleName(f"C’est elle\u00a0: {found.person.name}")
        choose.setToolTip(f"Choisir cette personne (Alt+{place + 1})")
        choose.setAutoDefault(False)
        choose.clicked.connect(partial(self._choose, place))
        row.addWidget(choose)
        return made

    def _choose(self, place: int) -> None:
        if self.isVisible() and place < len(self._people):
            self.chosen.emit(self._people[place].person.id)

    def _go_on(self) -> None:
        self._let_go |= {one.person.id for one in self._people}
        self.window().focusNextPrevChild(True)
        self.hide()

    def _lay_out(self) -> None:
        picture = QLabel(self)
        icons.set_icon(picture, "users", "primary")
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(picture)
        head.addWidget(self._title, 1)
        head.addWidget(self.go_on)
        self._rows.setSpacing(theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._rows)
