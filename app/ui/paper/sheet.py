"""The sheet itself: A4, upright, with its margins; every length on paper is in points."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize

MARGIN = 57.0
"""2 cm."""
WIDTH, HEIGHT = 595 - 2 * MARGIN, 842 - 2 * MARGIN
"""What an A4 page leaves between its margins."""
INK, QUIET, LINE, WASH = "#000000", "#444444", "#888888", "#F0F0F0"


def page_layout() -> QPageLayout:
    """A4, upright, with 2 cm margins."""
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margins, QPageLayout.Unit.Point)
