"""A document as a PDF: fonts embedded, texts readable by a machine, its language, its title and its bookmarks told."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPainter, QPdfWriter

from app.services.files import replacing
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.sheet import page_layout

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject

_DOTS_PER_INCH = 300
_SHEET_HEIGHT = 842
_SIGN = re.compile(rb"<([0-9A-F]{4})>")
_SPELLED = {
    b"0009": b"<0020>",
    b"00AD": b"<002D>",
    b"FB00": b"<00660066>",
    b"FB01": b"<00660069>",
    b"FB02": b"<0066006C>",
    b"FB03": b"<006600660069>",
    b"FB04": b"<00660066006C>",
}
"""Signs of a font as Qt names them, and as they are typed (hexadecimal UTF-16)."""


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
    _spell_out(writer)
    _add_outline(writer, laid_out)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _spell_out(writer: "PdfWriter") -> None:
    """Let what is copied or searched be what is read: Qt says a tab for a space, and a ligature as one sign."""
    from pypdf.generic import StreamObject

    fonts = {id(font): font for page in writer.pages for font in _fonts(page)}
    for font in fonts.values():
        signs = font["/ToUnicode"].get_object()
        assert isinstance(signs, StreamObject)
        head, bracket, arrays = signs.get_data().partition(b"[")  # a font of which one sign is used has no array
        signs.set_data(head + bracket + _SIGN.sub(lambda found: _SPELLED.get(found[1], found[0]), arrays))


def _fonts(page: "PageObject") -> "Iterator[DictionaryObject]":
    from pypdf.generic import DictionaryObject

    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    assert isinstance(fonts, DictionaryObject)
    for font in fonts.values():
        yield font.get_object()


def _add_outline(writer: "PdfWriter", laid_out: LaidOut) -> None:
    from pypdf.generic import Fit

    parents: list[IndirectObject] = []
    for one in laid_out.bookmarks:
        del parents[one.mark.level :]
        above = parents[-1] if parents else None
        fit = Fit.xyz(left=0, top=_SHEET_HEIGHT - one.top, zoom=0)
        parents.append(writer.add_outline_item(title=one.mark.title, page_number=one.page, parent=above, fit=fit))
