"""A sheet as a file for a colleague, and one taken back: its Markdown, in a zip with its drawings where it has some."""

import io
import re
import zipfile
import zlib
from pathlib import Path

from app.database import Database
from app.errors import KnownError, UserError
from app.folding import fold
from app.services.files import replacing
from app.services.sheets import drawings, library
from app.services.sheets.carried import joined, parted, tidy
from app.services.sheets.checking import LONGEST_TEXT
from app.services.sheets.reading import FOLDER
from app.services.sheets.sheet import Sheet

_MOST_FILES = 40
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
"""Signs that no text has."""
_DATE = (2026, 1, 1, 0, 0, 0)
"""Of every file in a zip, so that the same sheet always makes the same file."""
_UNREADABLE = "Ce fichier n’est pas une fiche\u00a0: choisissez un fichier .md, ou le .zip que Passerelle a partagé."


def file_name(sheet: Sheet) -> str:
    """What the file of a sheet is called: « envoyer-un-e-mail.zip »."""
    stem = sheet.code if not sheet.own else "-".join(fold(sheet.title).split()) or "fiche"
    return f"{stem}.zip" if any(step.drawing for step in sheet.steps) else f"{stem}.md"


def write(database: Database, sheet: Sheet, path: Path) -> None:
    """Write the file of a sheet, in the form that the path ends with; raises KnownError if it cannot be written."""
    text = library.text_of(database, sheet.code)
    content = _zip(sheet, text) if path.suffix.lower() == ".zip" else text.encode()
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def read_file(path: Path) -> str:
    """The text of a shared sheet with the drawings it needs; raises UserError if the file is no sheet."""
    try:
        content = path.read_bytes() if path.stat().st_size <= 10 * LONGEST_TEXT else b""
    except OSError as error:
        raise KnownError(f"Le fichier «\u00a0{path.name}\u00a0» ne peut pas être lu.") from error
    text = _unzipped(content) if zipfile.is_zipfile(io.BytesIO(content)) else _decoded(content)
    if not text.strip() or len(text) > LONGEST_TEXT or _CONTROL.search(text):
        raise UserError(_UNREADABLE)
    return tidy(text)


def _zip(sheet: Sheet, text: str) -> bytes:
    body, carried = parted(text)
    shown = [step.drawing.file for step in sheet.steps if step.drawing]
    drawn = {name: drawings.find(name, carried) for name in (*carried, *shown)}
    files = {
        f"{Path(file_name(sheet)).stem}.md": body.encode(),
        **{FOLDER + name: svg for name, svg in drawn.items() if svg},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _unzipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            sizes = sum(one.file_size for one in entries)
            texts = [one for one in entries if one.filename.endswith(".md")]
            if len(texts) != 1 or len(entries) > _MOST_FILES or sizes > LONGEST_TEXT * 4:
                raise UserError(_UNREADABLE)
            drawn = (one for one in entries if drawings.is_name(Path(one.filename).name))
            carried = {Path(one.filename).name: _decoded(archive.read(one)).strip() for one in drawn}
            return joined(_decoded(archive.read(texts[0])), carried)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UserError(_UNREADABLE) from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(_UNREADABLE) from error
