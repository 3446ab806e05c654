"""A document as a PDF: fonts embedded, texts readable by a machine, its language, its title and its bookmarks told."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPainter, QPdfWriter

from app.services.files import replacing
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.sheet import page_layout

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

_DOTS_PER_INCH = 300
_SHEET_HEIGHT = 842


def save_pdf(document: Document, path: Path) -> None:
    """Write a document as a PDF; raises KnownError if it cannot be written. Any thread may call it."""
    written = pdf_of(document)
    with replacing(path) as temporary:
        temporary.write_bytes(written)


def pdf_of(document: Document) -> bytes:
    """The octets of the PDF."""
    laid_out = LaidOut(document)
    return _told(_drawn(laid_out), laid_out)


def _drawn(laid_out: LaidOut) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout())
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(laid_out.document.title)
    writer.setCreator("Passerelle")
    painter = QPainter(writer)
    painter.scale(_DOTS_PER_INCH / 72, _DOTS_PER_INCH / 72)
    for number in range(laid_out.count):
        if number:
            writer.newPage()
        laid_out.draw(number, painter)
    painter.end()
    return bytes(buffer.data().data())


def _told(drawn: bytes, laid_out: LaidOut) -> bytes:
    """The same pages, with what Qt does not write: the language, the outline, and the title in the window's bar."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, NameObject, TextStringObject

    document = laid_out.document
    reader = PdfReader(BytesIO(drawn))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    told = {"/Author": document.author, "/Subject": document.subject}
    writer.add_metadata({key: words for key, words in told.items() if words})
    writer.root_object[NameObject("/Lang")] = TextStringObject("fr-FR")
    writer.create_viewer_preferences()[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    _add_outline(writer, laid_out)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _add_outline(writer: "PdfWriter", laid_out: LaidOut) -> None:
    from pypdf.generic import Fit

    parents: list[IndirectObject] = []
    for one in laid_out.bookmarks:
        del parents[one.mark.level :]
        above = parents[-1] if parents else None
        fit = Fit.xyz(left=0, top=_SHEET_HEIGHT - one.top, zoom=0)
        parents.append(writer.add_outline_item(title=one.mark.title, page_number=one.page, parent=above, fit=fit))
