"""A dirty file is one sentence; it never fills the memory, and never crashes the program."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError, KnownError
from app.services.imports import archives
from tests.import_files import HEADINGS, csv_file, ods_file, read, row, table, workshop, xlsx

ROOT = Path(__file__).parent.parent.parent
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
GOOD = table([row()])
MEMORY = 700_000_000
"""Bytes of address space that a reading may take, the interpreter and its libraries included."""


def sentence(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        read(path)
    said = str(caught.value)
    assert said.endswith((".", "recommencez.", "!")), said
    assert " ;" not in said.replace("\u00a0;", "")
    return said


def changed(path: Path, entry: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert entry in parts
    parts[entry] = change(parts[entry])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "Ce fichier est vide"),
    "only spaces": (b" \r\n\r\n", "Ce fichier est vide"),
    "a web page": (b"\n<!DOCTYPE html><html><body>Connexion</body></html>", "est une page web"),
    "a flat workbook": (b'<?xml version="1.0"?><office:document/>', "n’est pas un tableau"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "n’est pas un tableau"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "n’est pas un tableau"),
    "NUL bytes": (b"Date;Type\n\0\0\0;1\n", "n’est pas un tableau"),
    "undecodable": ("Durée;Date\n".encode() + b"\x81\x8d\xff;1\n", "Les lettres de ce fichier"),
    "half of UTF-16": ("Durée;Date\n".encode("utf-16") + b"\0", "Les lettres de ce fichier"),
    "an old workbook": (OLE + b"Workbook", "ancien format"),
    "a locked workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "protégé par un mot de passe"),
    "half a workbook": (b"PK\x03\x04" + b"\0" * 300, "abîmé ou incomplet"),
    "another table": (b"Produit;Prix\nPain;1\n", "ne reconnaît pas les colonnes"),
    "half a JSON": (b'[{"cra": {"canal": "dist', "abîmé ou incomplet"),
    "a deep JSON": (b"[" * 100_000, "abîmé ou incomplet"),
    "numbers of a JSON": (b"[1, 2]", "abîmé ou incomplet"),
    "many parts of a JSON": (b"[" + b"[]," * 2_000_000 + b"[]]", "beaucoup trop gros"),
    "quotes never closed": (b'Date;Type\n"' + b"a;b\n" * 60_000, "guillemets mal fermés"),
}


@pytest.mark.parametrize(("content", "said"), CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("name", ["liste.xlsx", "liste.csv"])
def test_what_is_no_table_is_a_sentence_whatever_its_name(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in sentence(tmp_path / name)


def test_a_missing_file_a_folder_and_a_forbidden_one_are_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "n’est plus là" in sentence(tmp_path / "absent.xlsx")
    assert "est un dossier" in sentence(tmp_path)
    path = csv_file(tmp_path / "liste.csv", GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_file", lambda _path: False)  # a device, which has no end
        assert "n’est pas un tableau" in sentence(path)

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(KnownError, match="fermez-le s’il est ouvert dans un autre programme"):
        read(path)


@pytest.mark.parametrize("missing", [["Durée (min)"], ["Date", "Type"]])
def test_missing_columns_are_named(tmp_path: Path, missing: list[str]) -> None:
    headings = [name for name in HEADINGS if name not in missing]
    said = sentence(xlsx(tmp_path / "liste.xlsx", table([row()], headings)))
    assert all(f"«\u00a0{name}\u00a0»" in said for name in missing)
    assert said.startswith(
        "Il manque à ce fichier la colonne" if len(missing) == 1 else "Il manque à ce fichier les colonnes"
    )


def test_other_exports_are_told_apart(tmp_path: Path) -> None:
    coordination = ["Date de l’activité", "Type", "Durée (min.)", "Organisé par", "Tags", "Notes", "ID CRA"]
    assert "activités de coordination" in sentence(
        xlsx(tmp_path / "a.xlsx", [coordination, ["12/03/2024", "Animation"]])
    )
    figures: list[list[Any]] = [["Statistiques générales"], ["Accompagnements au total", 12]]
    assert "contient des statistiques" in sentence(xlsx(tmp_path / "b.xlsx", figures))


@pytest.mark.parametrize("write", [xlsx, ods_file, csv_file])
def test_a_file_of_headings_only_is_a_sentence(tmp_path: Path, write: Callable[..., Path]) -> None:
    assert "aucune ligne" in sentence(write(tmp_path / "liste", table([])))


def test_a_workbook_with_no_sheet_filled_is_a_sentence(tmp_path: Path) -> None:
    assert "ne reconnaît pas" in sentence(xlsx(tmp_path / "liste.xlsx", []))


def test_other_packed_files_are_a_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "liste.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "n’est pas un classeur" in sentence(tmp_path / "liste.xlsx")


def test_locked_workbooks_are_a_sentence(tmp_path: Path) -> None:
    path = ods_file(tmp_path / "liste.ods", GOOD)
    changed(
        path, "META-INF/manifest.xml", lambda _: b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    )
    assert "protégé par un mot de passe" in sentence(path)


def test_a_part_that_lies_about_its_size_is_measured_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "liste.xlsx", GOOD)
    monkeypatch.setattr(archives, "MOST_UNPACKED", 3_000_000)
    changed(path, "xl/worksheets/sheet1.xml", lambda _: b" " * 4_000_000)
    content = bytearray(path.read_bytes())
    for start in _headers(content):
        if int.from_bytes(content[start : start + 4], "little") == 4_000_000:
            content[start : start + 4] = (5_000).to_bytes(4, "little")
    path.write_bytes(content)
    assert "beaucoup trop gros" in sentence(path)


def _headers(content: bytearray) -> Iterator[int]:
    """Where local and central headers of a packed file say how large their part is."""
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.find(signature)
        while start >= 0:
            yield start + offset
            start = content.find(signature, start + 1)


FAR = {
    "a far cell": b'<sheetData><row r="1"><c r="A1"/></row><row r="99000"><c r="XFD99000"/></row></sheetData>',
    "a far row": b'<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="A1048576"/></row></sheetData>',
    "oddly written": b"<sheetData><row r='1'><c\tr = 'A1'/></row><row><c\nr='XFD1048576' t='n'/></row></sheetData>",
    "small letters": b'<sheetData><row r="1"><c r="a1"/></row><row r="99000"><c r="xfd99000"/></row></sheetData>',
    "without references": b"<sheetData><row><c>"
    + b"<c/>" * 90_000
    + b"</row>"
    + b"<row><c/></row>" * 1_000
    + b"</sheetData>",
    "of another name": b'<x:sheetData><x:row r="1"><x:c r="A1"/><x:c r="XFD99999"/></x:row></x:sheetData>',
}  # fmt: skip


@pytest.mark.parametrize("data", FAR.values(), ids=FAR)
def test_a_sheet_that_reaches_too_far_is_never_unrolled(tmp_path: Path, data: bytes) -> None:
    path = xlsx(tmp_path / "liste.xlsx", GOOD)
    changed(path, "xl/worksheets/sheet1.xml", lambda _: b'<?xml version="1.0"?><worksheet>' + data + b"</worksheet>")
    assert "partagez-le" in (said := sentence(path)) or "trop de colonnes" in said


REPEATED = {
    "empty rows": b'<table:table-row table:number-rows-repeated="4000000000"><table:table-cell/></table:table-row>',
    "cells": b'<table:table-row><table:table-cell table:number-columns-repeated="90000000" office:value-type="string">'
    b"<text:p>a</text:p></table:table-cell></table:table-row>",
    "rows": b'<table:table-row table:number-rows-repeated="90000000"><table:table-cell><text:p>a</text:p>'
    b"</table:table-cell></table:table-row>",
    "empty cells before one": b'<table:table-row><table:table-cell table:number-columns-repeated="90000000"/>'
    b"<table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>",
    "empty rows before one": b'<table:table-row table:number-rows-repeated="90000000"><table:table-cell/>'
    b"</table:table-row><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>",
}  # fmt: skip


@pytest.mark.parametrize("data", REPEATED.values(), ids=REPEATED)
def test_repeated_cells_are_never_written_out(tmp_path: Path, data: bytes) -> None:
    path = ods_file(tmp_path / "liste.ods", GOOD)
    changed(path, "content.xml", lambda content: content.replace(b"<table:table-row", data + b"<table:table-row", 1))
    assert "partagez-le" in (said := sentence(path)) or "trop de colonnes" in said


def test_the_empty_ends_that_libreoffice_repeats_cost_nothing(tmp_path: Path) -> None:
    path = ods_file(tmp_path / "liste.ods", GOOD)
    end = (
        b'<table:table-row table:number-rows-repeated="1048000">'
        b'<table:table-cell table:number-columns-repeated="16384"/>'
        b"</table:table-row></table:table>"
    )
    changed(path, "content.xml", lambda content: content.replace(b"</table:table>", end))
    assert len(read(path).activities) == 1


def test_entities_of_a_document_are_refused(tmp_path: Path) -> None:
    path = ods_file(tmp_path / "liste.ods", GOOD)
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boum"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    changed(path, "content.xml", lambda _: bomb)
    assert "abîmé" in sentence(path)


def test_too_many_columns_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("Date;" * 5_000 + "\n", encoding="utf-8")
    assert "trop de colonnes" in sentence(tmp_path / "liste.csv")


def test_a_huge_cell_refuses_its_row_or_the_file(tmp_path: Path) -> None:
    long = row(**{"Notes supplémentaires": "a" * 110_000})
    found = read(csv_file(tmp_path / "liste.csv", table([long, row(**{"ID CRA": "autre"})])))
    assert ("trop longues" in found.refused[0].why, len(found.activities)) == (True, 1)
    names = [row(**{heading: "a" * 201, "ID CRA": heading}) for heading in ("Nom du lieu", "Adresse", "Tags")]
    names.append(row(Tags="\n".join(map(str, range(101)))))
    found = read(csv_file(tmp_path / "liste.csv", table(names)))
    assert ["le texte est trop long" in one.why for one in found.refused] == [True] * 3 + [False]
    assert "plus de 100 étiquettes" in found.refused[3].why
    longer = row(**{"Notes supplémentaires": "a" * 200_000})
    assert "case beaucoup trop longue" in sentence(csv_file(tmp_path / "liste.csv", table([longer])))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_two_hundred_thousand_rows_are_a_sentence_and_take_little_memory(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"liste.{kind}"
    line = [str(one) for one in table([row()])[-1]]
    if kind == "csv":
        one = ";".join(cell[:9].replace("\n", " ") for cell in line)
        path.write_text("\n".join([";".join(HEADINGS), *([one] * 200_000)]), encoding="utf-8")
    else:
        xlsx(path, table([row()]))
        cells = "".join(f'<c t="inlineStr"><is><t>{cell[:9]}</t></is></c>' for cell in line[:3])
        rows = "".join(f'<row r="{number}">{cells}</row>' for number in range(1, 200_001)).encode()
        changed(
            path, "xl/worksheets/sheet1.xml", lambda _: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
        )
    said = _read_within(path, MEMORY)
    assert said.startswith("UserError Ce fichier a plus de 100\u202f000 lignes"), said


def test_a_zip_bomb_takes_little_memory(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "liste.xlsx", GOOD)
    changed(path, "xl/worksheets/sheet1.xml", lambda content: content + b" " * 310_000_000)
    assert path.stat().st_size < 3_000_000
    said = _read_within(path, MEMORY)
    assert said.startswith("UserError Ce fichier est beaucoup trop gros"), said


_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from tests.import_files import read
from pathlib import Path
from typing import Any
try:
    print(len(read(Path(sys.argv[1])).activities))
except Exception as error:
    print(type(error).__name__, error)
"""


def _read_within(path: Path, memory: int) -> str:
    """What a process that may take so much memory says of a file."""
    command = [sys.executable, "-X", "utf8", "-c", _READ, str(path), str(memory)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_a_damaged_workbook_never_crashes_the_reading(tmp_path: Path) -> None:
    for write, name in ((xlsx, "liste.xlsx"), (ods_file, "liste.ods")):
        whole = write(tmp_path / name, table([row(), *workshop("", "")])).read_bytes()
        for start in range(0, len(whole), 211):
            broken = whole[:start] + b"\xff\0\x7f" + whole[start + 3 :]
            (tmp_path / name).write_bytes(broken)
            with suppress(AppError):
                read(tmp_path / name)


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")


@pytest.mark.parametrize("part", PARTS)
def test_parts_of_a_workbook_that_are_cut_never_crash_the_reading(tmp_path: Path, part: str) -> None:
    path = xlsx(tmp_path / "liste.xlsx", GOOD)
    whole = path.read_bytes()
    for tenth in range(10):
        path.write_bytes(whole)
        changed(path, part, lambda content, tenth=tenth: content[: len(content) * tenth // 10])  # type: ignore[misc]
        with suppress(AppError):
            read(path)


def test_a_date_that_no_calendar_has_is_a_sentence(tmp_path: Path) -> None:
    """The library that reads workbooks panics at it."""
    path = xlsx(tmp_path / "liste.xlsx", table([row(Date=date(2024, 3, 12))]))
    changed(path, "xl/worksheets/sheet1.xml", lambda content: content.replace(b"<v>45363", b"<v>-1e12"))
    assert "abîmé ou incomplet" in sentence(path)
