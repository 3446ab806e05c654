"""A document as pictures of its pages, to look at before it is saved or printed."""

from PySide6.QtGui import QImage, QPainter

from app.ui.paper.document import Document, LaidOut
from app.ui.paper.sheet import MARGIN

SHEET = (595, 842)
"""An A4 page, in points."""


def pictures(document: Document, scale: float) -> tuple[QImage, ...]:
    """Each page, white, at so many pixels for a point. Any thread may call it."""
    laid_out = LaidOut(document)
    return tuple(_picture(laid_out, number, scale) for number in range(laid_out.count))


def _picture(laid_out: LaidOut, number: int, scale: float) -> QImage:
    made = QImage(round(SHEET[0] * scale), round(SHEET[1] * scale), QImage.Format.Format_RGB32)
    made.fill(0xFFFFFFFF)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN, MARGIN)
    laid_out.draw(number, painter)
    painter.end()
    return made
