"""The pages of a document one under the other, as they will be printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.paper.pictures import SHEET

_MARGIN = 12


class Preview(QScrollArea):
    """Pictures of pages; what was there stays until the next ones are."""

    widened = Signal()
    """Its width changed: the pages are to be drawn at another scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Aperçu du document")
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        margin = theme.px(_MARGIN)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        self._column.addStretch(1)
        self._pages: list[QLabel] = []
        self.setWidget(self._inner)

    @property
    def scale(self) -> float:
        """Pixels for a point, so that a page takes the width."""
        wide = self.viewport().width() - 2 * theme.px(_MARGIN)
        return max(wide, 1) * self.devicePixelRatioF() / SHEET[0]

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pages(self, pictures: Sequence[QImage]) -> None:
        """Show these pages; the place where one was reading stays."""
        while len(self._pages) > len(pictures):
            old = self._pages.pop()
            self._column.removeWidget(old)
            old.deleteLater()
        while len(self._pages) < len(pictures):
            self._pages.append(self._page())
        for number, (page, picture) in enumerate(zip(self._pages, pictures, strict=True), start=1):
            shown = QPixmap.fromImage(picture)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            page.setPixmap(shown)
            page.setAccessibleName(f"Page {number} sur {len(pictures)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def _page(self) -> QLabel:
        made = QLabel(self._inner)
        made.setProperty("role", "sheet")
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column.insertWidget(len(self._pages), made, 0, Qt.AlignmentFlag.AlignHCenter)
        return made
