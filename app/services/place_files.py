"""Read the place files of the national standard, JSON or CSV, so that an advisor picks a place instead of typing it.

Source of the columns: « standard des lieux de médiation numérique », schema v1.0.2 (La MedNum, ANCT, 2024).
"""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from app.errors import KnownError, UserError
from app.folding import fold
from app.services import municipalities
from app.services.municipalities import Municipality

MAX_BYTES = 100_000_000
"""Three times the national list of 2024."""

NO_PIVOT = "00000000000000"
"""How the standard writes « no SIRET »."""

_NEEDED = ("nom", "adresse", "commune", "code_postal")
_LA_POSTE = "356000000"
"""Its establishments have numbers of their own making: the sum of their figures is a multiple of 5."""

_NOT_A_PLACE_FILE = (
    "Ce fichier n’est pas une liste de lieux\u00a0: choisissez un fichier JSON ou CSV "
    "au format national des lieux de médiation numérique."
)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place read in a file, which the advisor may add to the places of activity."""

    name: str
    address: str
    municipality: str | None
    """INSEE code; None if the commune is not recognised."""
    postal_code: str
    municipality_name: str
    typology: str
    """Codes of the standard, separated by « | »."""
    siret: str | None
    itinerant: bool
    latitude: float | None
    longitude: float | None
    source: str
    source_id: str
    problems: tuple[str, ...] = ()
    """What to check before adding the place: French sentences."""


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
    text = _decode(content)
    if not text.strip():
        raise UserError("Ce fichier est vide\u00a0: choisissez un fichier qui contient des lieux.")
    rows = list(_json_rows(text) if text.lstrip()[0] in "[{" else _csv_rows(text))
    results = [_candidate(row, where) for where, row in rows]
    candidates = tuple(one for one in results if isinstance(one, PlaceCandidate))
    return PlaceFile(candidates, tuple(one for one in results if isinstance(one, str)))


def search(candidates: Iterable[PlaceCandidate], text: str) -> tuple[PlaceCandidate, ...]:
    """The candidates where every word of the text starts a word of the name, address or commune, in their order."""
    words = [f" {word}" for word in fold(text).split()]
    return tuple(one for one in candidates if all(word in _searched(one) for word in words))


def _searched(one: PlaceCandidate) -> str:
    return " " + fold(f"{one.name} {one.municipality_name} {one.postal_code} {one.address}")


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
    if not isinstance(rows, list) or not any(isinstance(row, dict) for row in rows):
        raise UserError(_NOT_A_PLACE_FILE)
    _check_columns({name for row in rows if isinstance(row, dict) for name in row})
    for number, row in enumerate(rows, start=1):
        named = row if isinstance(row, dict) else {}
        yield f"Lieu n°\u00a0{number}", {name: _written(value) for name, value in named.items()}


def _csv_rows(text: str) -> Iterator[tuple[str, Row]]:
    header = text.lstrip().splitlines()[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    try:
        names = [fold(name).replace(" ", "_") for name in next(reader)]
        _check_columns(set(names))
        for values in reader:
            if any(values):
                yield f"Ligne {reader.line_num}", dict(zip(names, map(str.strip, values), strict=False))
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
    if isinstance(value, list):
        return "|".join(map(_written, value))
    return "" if value is None else str(value).strip()


def _candidate(row: Row, where: str) -> PlaceCandidate | str:
    """The place of one row, or the sentence that says why there is none."""
    name = row.get("nom", "")
    if not name:
        return f"{where}\u00a0: ce lieu n’a pas de nom, il n’a pas été lu."
    municipality = _municipality(row)
    siret, latitude, longitude = _siret(row), _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
    located = latitude is not None and longitude is not None
    return PlaceCandidate(
        name=name,
        address=row.get("adresse", ""),
        municipality=municipality.insee_code if municipality else None,
        postal_code=row.get("code_postal", ""),
        municipality_name=municipality.name if municipality else row.get("commune", ""),
        typology=row.get("typologie", ""),
        siret=siret,
        itinerant="itinerant" in fold(row.get("itinerance", "")).split(),
        latitude=latitude if located else None,
        longitude=longitude if located else None,
        source=row.get("source", ""),
        source_id=row.get("id", ""),
        problems=tuple(_problems(row, municipality, siret, located)),
    )


def _municipality(row: Row) -> Municipality | None:
    """The commune of a place by its INSEE code, else by its name and postal code, else by the postal code alone."""
    name, postal_code = row.get("commune", ""), row.get("code_postal", "")
    known = municipalities.get(row.get("code_insee", "")) or municipalities.find(name, postal_code)
    served = municipalities.of_postal_code(postal_code) if known is None else ()
    return served[0] if len(served) == 1 else known


def _problems(row: Row, municipality: Municipality | None, siret: str | None, located: bool) -> Iterator[str]:
    if municipality is None:
        named = f"{row.get('code_postal', '')} {row.get('commune', '')}".strip()
        yield f"La commune «\u00a0{named}\u00a0» n’est pas reconnue\u00a0: choisissez-la dans la liste."
    elif not row.get("code_insee") and municipalities.find(row.get("commune", ""), row.get("code_postal", "")) is None:
        yield f"La commune est déduite du code postal\u00a0: vérifiez que c’est bien {municipality.name}."
    if not row.get("adresse"):
        yield "L’adresse manque\u00a0: complétez-la si vous la connaissez."
    if siret is None and row.get("pivot", NO_PIVOT) not in ("", NO_PIVOT):
        yield f"Le numéro SIRET «\u00a0{row['pivot']}\u00a0» n’est pas valable\u00a0: il n’a pas été repris."
    if not located and (row.get("latitude") or row.get("longitude")):
        yield "La position sur la carte n’est pas valable\u00a0: elle n’a pas été reprise."


def _siret(row: Row) -> str | None:
    """The SIRET of a place if it is one: 14 figures whose key is right (Luhn)."""
    figures = row.get("pivot", "").replace(" ", "")
    if len(figures) != 14 or not (figures.isascii() and figures.isdigit()) or figures == NO_PIVOT:
        return None
    if figures.startswith(_LA_POSTE) and sum(map(int, figures)) % 5 == 0:
        return figures
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(figures)]
    return figures if sum(map(sum, map(_figures, doubled))) % 10 == 0 else None


def _figures(number: int) -> tuple[int, int]:
    return divmod(number, 10)


def _degrees(row: Row, name: str, limit: int) -> float | None:
    try:
        value = float(row.get(name, "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None
