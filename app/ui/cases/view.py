"""The screen « Démarches »: the cases followed, and the catalogue they are opened from."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.cases.catalogue_page import CataloguePage
from app.ui.cases.followed_page import FollowedPage
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label, separator

NEW_KEYS = "Ctrl+Shift+D"


class Page(StrEnum):
    """The two sides of the screen."""

    FOLLOWED = "followed"
    CATALOGUE = "catalogue"


class CasesView(QWidget):
    """Title and totals, the choice of the page, and a new case."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.followed, self.catalogue = FollowedPage(today), CataloguePage()
        self.pages: SegmentedControl[Page] = SegmentedControl(
            [(Page.FOLLOWED, "Suivies"), (Page.CATALOGUE, "Catalogue")]
        )
        self.pages.setAccessibleName("Démarches suivies ou catalogue")
        self.totals = ElidedLabel()
        self.new = QPushButton("Nouvelle démarche")
        self.new.setToolTip("Ouvrir une démarche pour une personne (Ctrl+Maj+D)")
        icons.set_icon(self.new, "plus")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.followed)
        self._stack.addWidget(self.catalogue)
        self.pages.changed.connect(self._turn)
        self._lay_out()

    def show_page(self, page: Page) -> None:
        """Bring a page to the front; emits nothing."""
        self.pages.set_value(page)
        self._turn()

    def on(self, keys: str, call: Callable[[], object]) -> None:
        """Answer a shortcut of this screen."""
        QShortcut(QKeySequence(keys), self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _turn(self) -> None:
        self._stack.setCurrentWidget(self.followed if self.pages.value() is Page.FOLLOWED else self.catalogue)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        head.setSpacing(theme.px(12))
        head.addWidget(label("Démarches", "title"))
        head.addWidget(self.totals, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.new)
        head.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(separator())
        column.addWidget(self._stack, 1)
