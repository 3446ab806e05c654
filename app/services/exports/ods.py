"""ODS, for LibreOffice, written as it comes: a text keeps its lines, which no streaming library does (2026-11-28)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from app.services.exports.sheets import Cell, Row, Share, Sheet, Style, short_moment, written

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ROWS_AT_ONCE = 200


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets; the format wants its type first and bare."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIMETYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        frozen: dict[str, int] = {}
        with archive.open("content.xml", "w", force_zip64=True) as file:
            for part in _content(sheets, frozen):
                file.write(part.encode())
        archive.writestr("settings.xml", _settings(frozen))


def _content(sheets: Iterable[Sheet], frozen: dict[str, int]) -> Iterator[str]:
    """The document; notes how many rows of each sheet stay in sight."""
    filters: list[str] = []
    known_widths: set[int] = set()
    sheets = list(sheets)
    for sheet in sheets:
        frozen[sheet.name] = sheet.frozen
        known_widths.update(sheet.widths)
    yield _HEAD + "".join(_COLUMN_STYLE.format(width, width * 0.21) for width in sorted(known_widths)) + _BODY
    for sheet in sheets:
        yield from _table(sheet, filters)
    ranges = f"<table:database-ranges>{''.join(filters)}</table:database-ranges>" if filters else ""
    yield f"{ranges}</office:spreadsheet></office:body></office:document-content>"


def _table(sheet: Sheet, filters: list[str]) -> Iterator[str]:
    columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in sheet.widths)
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="sheet">{columns or _ANY_COLUMN}'
    heading, number, waiting = (0, 1), 0, []
    for number, row in enumerate(sheet.rows, 1):
        if row.style is Style.HEADING:
            heading = number, len(row.cells)
        waiting.append(_row(row))
        if len(waiting) == _ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting) + "</table:table>"
    if sheet.has_filter:
        last = f"{_letters(heading[1])}{number}"
        filters.append(_FILTER.format(quoteattr(f"'{sheet.name}'.A{heading[0]}:'{sheet.name}'.{last}")))


def _row(row: Row) -> str:
    styles = ("title", *["beside"] * len(row.cells)) if row.style is Style.TITLE else [row.style.value] * len(row.cells)
    cells = "".join([_cell(cell, style) for cell, style in zip(row.cells, styles, strict=False)])
    return f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"


def _cell(cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return _text_cell(cell, style)
    if isinstance(cell, Share):
        return _valued("share", f'percentage" office:value="{cell!r}', f"{100 * cell:.1f}\u00a0%".replace(".", ","))
    if isinstance(cell, datetime):
        minute = cell.replace(second=0, microsecond=0)
        return _valued("moment", f'date" office:date-value="{minute.isoformat()}', short_moment(cell))
    if isinstance(cell, date):
        return _valued("day", f'date" office:date-value="{cell.isoformat()}', cell.strftime("%d/%m/%Y"))
    return _valued(style, f'float" office:value="{cell!r}', repr(cell).replace(".", ","))


def _valued(style: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{value}"><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


@lru_cache(maxsize=4096)
def _text_cell(text: str, style: str) -> str:
    """A text, each of its lines a paragraph: labels come again and again."""
    lines = "".join(f"<text:p>{_spaced(escape(line))}</text:p>" for line in written(text).split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """XML lets a run of spaces, or one at an end, shrink: the format counts them."""
    return _SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', line)


def _letters(column: int) -> str:
    """« A », « Z », « AA »: a column from its number, 1 the first."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _settings(frozen: dict[str, int]) -> str:
    return _SETTINGS.format("".join(_FROZEN.format(quoteattr(name), rows) for name, rows in frozen.items() if rows))


_SPACES = re.compile("^ +| +$|  +")
_SPACE_OF_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"), ("config", "config"),
    )
)  # fmt: skip
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_DAY = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_TIME = (
    '<number:text> à </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)


def _cell_style(name: str, cell: str = "", text: str = "", data: str = "", more: str = "") -> str:
    shown_as = f' style:data-style-name="{data}"' if data else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"{shown_as}>'
        f'<style:table-cell-properties style:vertical-align="top" {cell}/>{more}'
        f"{f'<style:text-properties {text}/>' if text else ''}</style:style>"
    )


_LEFT = '<style:paragraph-properties fo:text-align="start"/>'
_HEAD = (
    f'{_XML}<office:document-content {_SPACE_OF_NAMES} office:version="1.3"><office:automatic-styles>'
    f'<number:date-style style:name="as-day">{_DAY}</number:date-style>'
    f'<number:date-style style:name="as-moment">{_DAY}{_TIME}</number:date-style>'
    '<number:percentage-style style:name="as-share"><number:number number:decimal-places="1" '
    'number:min-decimal-places="1" number:min-integer-digits="1"/><number:text>\u00a0%</number:text>'
    "</number:percentage-style>"
    '<style:style style:name="sheet" style:family="table"><style:table-properties table:display="true"/></style:style>'
    + _cell_style(Style.PLAIN.value)
    + _cell_style(Style.TITLE.value, text='fo:font-weight="bold" fo:font-size="13pt"')
    + _cell_style("beside", text='fo:font-weight="bold"', more='<style:paragraph-properties fo:text-align="end"/>')
    + _cell_style(
        Style.HEADING.value,
        'fo:wrap-option="wrap" fo:background-color="#e8eef7" fo:border-bottom="0.5pt solid #000000"',
        'fo:font-weight="bold"',
    )
    + _cell_style("day", data="as-day", more=_LEFT)
    + _cell_style("moment", data="as-moment", more=_LEFT)
    + _cell_style("share", data="as-share")
)
_COLUMN_STYLE = (
    '<style:style style:name="w{}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{:.2f}cm"/></style:style>'
)
_ANY_COLUMN = "<table:table-column/>"
_BODY = "</office:automatic-styles><office:body><office:spreadsheet>"
_FILTER = (
    '<table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address={} '
    'table:display-filter-buttons="true"/>'
)
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_FROZEN = (
    "<config:config-item-map-entry config:name={0}>"
    '<config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item>'
    '<config:config-item config:name="VerticalSplitPosition" config:type="int">{1}</config:config-item>'
    '<config:config-item config:name="PositionBottom" config:type="int">{1}</config:config-item>'
    "</config:config-item-map-entry>"
)
_SETTINGS = (
    f'{_XML}<office:document-settings {_SPACE_OF_NAMES} office:version="1.3"><office:settings>'
    '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
    '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
    '</config:config-item><config:config-item-map-named config:name="Tables">{}</config:config-item-map-named>'
    "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    "</office:settings></office:document-settings>"
)
