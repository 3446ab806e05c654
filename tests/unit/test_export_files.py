"""The three formats: what is written is read back equal, LibreOffice opens it, and nothing in it is ever a formula."""

import csv
import os
import subprocess
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.errors import KnownError
from app.services.exports import csv_text, ods, xlsx
from app.services.exports.neutral import neutralised, original
from app.services.exports.sheets import Cell, Row, Share, Sheet, Style, short_moment
from app.services.files import replacing

WRITERS: dict[str, Callable[[Path, Iterable[Sheet]], None]] = {
    "xlsx": xlsx.write,
    "csv": csv_text.write,
    "ods": ods.write,
}
DANGEROUS = ["=1+1", "+33612345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "'=1", "- fait ceci"]
ODD = [
    "a\nb\n\nc", "  deux  espaces ", "_x0041_", "<r>gras</r>", "<r><b></r>", "a & b < c > \"d\" 'e'", "é\u2028z", "😀",
    "x;y;\"z\"", "1/2", "01004", "x" * 40_000, "\ufeff", "#REF!", "https://exemple.fr", "e\u0301", "1e5", "VRAI",
]  # fmt: skip


@settings(max_examples=60)
@given(st.text(max_size=20))
def test_every_text_comes_back_from_its_neutral_form(text: str) -> None:
    assert original(neutralised(text)) == text


@settings(max_examples=40)
@given(st.sampled_from(["=", "+", "@", "\t", "\r", "-1"]), st.text(max_size=20))
def test_no_formula_starts_a_neutral_form(start: str, text: str) -> None:
    assert neutralised(start + text).startswith("'")


@pytest.mark.parametrize("text", ["", "-", "'", "L’Haÿ", "'ndrangheta", "06 12 34 56 78", "a=b", "1-2"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert neutralised(text) == text


_TEXTS = st.one_of(st.sampled_from([*DANGEROUS, *ODD[:10]]), st.text(st.characters(exclude_categories=["Cs"])))
_CELLS: st.SearchStrategy[Cell] = st.one_of(
    _TEXTS,
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 2)),
    st.integers(0, 1000).map(lambda thousandths: Share(thousandths / 1000)),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0)),
    st.none(),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
@pytest.mark.parametrize("ending", WRITERS)
def test_what_is_written_is_read_back_equal(tmp_path: Path, ending: str, table: list[list[Cell]]) -> None:
    path = tmp_path / f"table.{ending}"
    told = [[*row, "fin"] for row in table]  # so that no row ends with nothing, which no format keeps
    WRITERS[ending](path, [Sheet("Essai d’export", iter(map(Row, told)))])
    wanted = [[_as_read(cell, ending) for cell in row] for row in told]
    width = max(map(len, wanted))
    read = _read(path)
    if ending != "csv":
        wanted = [row + [""] * (width - len(row)) for row in wanted]
    assert read == wanted


def _as_read(cell: Cell, ending: str) -> object:
    """What a reader is given for a cell: texts as lines without control characters, moments to the minute."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        lines = cell.replace("\r\n", "\n")
        for end in ("\r", "\x0b", "\x0c"):
            lines = lines.replace(end, "\n")
        kept = (one for one in lines if one in "\n\t" or (" " <= one != "\x7f" and one not in "\ufffe\uffff"))
        text = "".join(kept).replace("\t", " ")
        is_markup = ending == "xlsx" and text.startswith("<r>") and text.endswith("</r>")
        return f"{text} " if is_markup else text
    if ending == "csv":
        return _in_csv(cell)
    if isinstance(cell, datetime):
        at_midnight = ending == "xlsx" and not (cell.hour or cell.minute)
        return cell.date() if at_midnight else cell.replace(second=0)  # the reader's own way with whole numbers
    return pytest.approx(cell, abs=1e-9) if isinstance(cell, int | float) else cell


def _in_csv(cell: Any) -> str:
    if isinstance(cell, datetime):
        return short_moment(cell)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, Share):
        return f"{100 * cell:.1f}%".replace(".", ",")
    return str(cell).removesuffix(".0").replace(".", ",")


def _read(path: Path) -> list[list[object]]:
    """Every cell, with the texts as they were before they were neutralised."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table: list[list[Any]] = list(csv.reader(file, delimiter=";"))
    else:
        table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[original(cell) if isinstance(cell, str) else cell for cell in row] for row in table]


def _sheets() -> list[Sheet]:
    """A title, headings, and a row for each dangerous or odd text, with every other type of cell beside it."""
    beside = date(2026, 11, 24), datetime(2026, 11, 24, 14, 52), 3, 2.5, Share(0.125), None
    rows = [Row(("Titre",), Style.TITLE), Row(("Texte", "Jour", "Moment"), Style.HEADING)]
    rows += [Row((text, *beside)) for text in [*DANGEROUS, *ODD]]
    return [Sheet("Activités", rows, (30, 12, 20), frozen=2, has_filter=True), Sheet("L’autre", rows[:3])]


def test_libreoffice_opens_every_format_without_a_warning(tmp_path: Path) -> None:
    for ending, write in WRITERS.items():
        write(tmp_path / f"de_{ending}.{ending}", _sheets())
    csv_from = _converted(tmp_path, "csv:Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true", "*.xlsx", "*.ods")
    assert sorted(one.name for one in csv_from) == ["de_ods.csv", "de_xlsx.csv"]
    from_xlsx, from_ods = ([line[0] for line in _lines(one)] for one in sorted(csv_from, reverse=True))
    assert from_xlsx == [f"{text} " if text.startswith("<r>") else text[: xlsx.LONGEST_TEXT] for text in from_ods]
    assert from_xlsx[2:12] == [neutralised(text.replace("\t", " ").replace("\r", "\n")) for text in DANGEROUS]
    assert from_xlsx[12] == "a\nb\n\nc"
    told = [cell.replace(".", ",") for cell in _lines(csv_from[0])[3]]  # its own numbers are English here
    assert told[1:6] == ["24/11/2026", "24/11/2026 à 14:52", "3", "2,5", "12,5\u00a0%"]


def test_libreoffice_reads_our_csv_as_it_is(tmp_path: Path) -> None:
    csv_text.write(tmp_path / "liste.csv", _sheets()[:1])
    (sheet,) = _converted(tmp_path, "ods", "*.csv", options="CSV:59,34,76,1,,1036,false,true")
    read = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    assert read[2][0] == "'=1+1"
    assert read[2][1] == date(2026, 11, 24)
    assert read[2][3:6] == [3, 2.5, pytest.approx(0.125)]


def _converted(folder: Path, to: str, *patterns: str, options: str = "") -> list[Path]:
    """The files that LibreOffice makes of those of a folder, in one start of a profile of its own."""
    out = folder / "converti"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--norestore"]
    command += [f"--infilter={options}"] if options else []
    files = [str(one) for pattern in patterns for one in sorted(folder.glob(pattern))]
    command += ["--convert-to", to, "--outdir", str(out), *files]
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=True)
    said = [line for line in done.stderr.splitlines() if line and "javaldx" not in line]
    assert said == []
    return sorted(out.iterdir())


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("ending", WRITERS)
def test_a_file_that_another_program_holds_is_a_sentence(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"ouvert.{ending}"
    path.write_text("d’hier")
    monkeypatch.setattr(Path, "replace", _refused)  # what Windows does while Excel has the file open
    with pytest.raises(KnownError, match="fermez-le"), replacing(path) as temporary:
        WRITERS[ending](temporary, _sheets())
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "d’hier"


def _refused(*_: object) -> None:
    raise PermissionError(13, "used by another process")
