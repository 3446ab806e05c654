"""Read the place files of the national standard, JSON or CSV, so that an advisor picks a place instead of typing it.

Source of the columns: « standard des lieux de médiation numérique », schema v1.0.2 (La MedNum, ANCT, 2024).
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from app.errors import KnownError, UserError
from app.folding import fold
from app.services import place_candidates
from app.services.place_candidates import PlaceCandidate, Row

MAX_BYTES = 100_000_000
"""Three times the national list of 2024."""

_NEEDED = ("nom", "adresse", "commune", "code_postal")
_NOT_A_PLACE_FILE = (
    "Ce fichier n’est pas une liste de lieux\u00a0: choisissez un fichier JSON ou CSV "
    "au format national des lieux de médiation numérique."
)
_EMPTY = "Ce fichier ne contient aucun lieu\u00a0: choisissez-en un autre."


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """What a file holds: its places, and a French sentence for each line that could not be read."""

    candidates: tuple[PlaceCandidate, ...]
    problems: tuple[str, ...]


def read(path: Path) -> PlaceFile:
    """The places of a file; raises UserError if it is no place file, KnownError if it cannot be opened."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("Ce fichier est trop gros pour être une liste de lieux (plus de 100\u00a0Mo).")
        content = path.read_bytes()
    except OSError as error:
        raise KnownError(
            f"Le fichier «\u00a0{path.name}\u00a0» ne peut pas être lu\u00a0: vérifiez qu’il existe encore, "
            "puis choisissez-le de nouveau."
        ) from error
    return parse(content)


def parse(content: bytes) -> PlaceFile:
    """The places of a file's content; raises UserError if it is no place file."""
    text = _decode(content).strip()
    rows = _json_rows(text) if text[:1] in ("[", "{") else _csv_rows(text)
    results = [place_candidates.from_row(row, where) for where, row in rows]
    if not results:
        raise UserError(_EMPTY)
    candidates = tuple(one for one in results if isinstance(one, PlaceCandidate))
    return PlaceFile(candidates, tuple(one for one in results if isinstance(one, str)))


def _decode(content: bytes) -> str:
    """Text of a file in UTF-8, or in the encoding that older spreadsheets write."""
    if b"\0" in content:
        raise UserError(_NOT_A_PLACE_FILE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _json_rows(text: str) -> Iterator[tuple[str, Row]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            "Ce fichier JSON est incomplet ou abîmé\u00a0: téléchargez-le de nouveau, puis réessayez."
        ) from error
    if not isinstance(rows, list):
        raise UserError(_NOT_A_PLACE_FILE)
    named = [row if isinstance(row, dict) else {} for row in rows]
    if rows:
        _check_columns({name for row in named for name in row})
    for number, row in enumerate(named, start=1):
        yield f"Lieu n°\u00a0{number}", {name: _written(value) for name, value in row.items()}


def _csv_rows(text: str) -> Iterator[tuple[str, Row]]:
    if not text:
        return
    header = text.splitlines()[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    try:
        names = [fold(name).replace(" ", "_") for name in next(reader)]
        _check_columns(set(names))
        for values in reader:
            if any(values):
                complete = len(values) == len(names)
                yield f"Ligne {reader.line_num}", dict(zip(names, map(_clean, values), strict=True)) if complete else {}
    except csv.Error as error:
        raise UserError(
            f"Ce fichier CSV est abîmé à la ligne {reader.line_num}\u00a0: téléchargez-le de nouveau, puis réessayez."
        ) from error


def _check_columns(names: set[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    if len(missing) == len(_NEEDED):
        raise UserError(_NOT_A_PLACE_FILE)
    if missing:
        listed = ", ".join(f"«\u00a0{name}\u00a0»" for name in missing)
        raise UserError(f"Il manque à ce fichier {_plural(missing)} {listed}\u00a0: vérifiez son format.")


def _plural(missing: list[str]) -> str:
    return "la colonne" if len(missing) == 1 else "les colonnes"


def _written(value: object) -> str:
    """A JSON value as the CSV form of the standard writes it."""
    values = value if isinstance(value, list) else [value]
    return "|".join(_clean(str(one)) for one in values if isinstance(one, str | int | float))


def _clean(text: str) -> str:
    """One line of printable characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
