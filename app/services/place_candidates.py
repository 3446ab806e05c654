"""The places that an advisor may pick from a file of the national standard, checked one by one.

Source of the columns: « standard des lieux de médiation numérique », schema v1.0.2 (La MedNum, ANCT, 2024).
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app import municipalities
from app.folding import fold
from app.municipalities import Municipality
from app.services.sirets import siret_of

NO_PIVOT = "00000000000000"
"""How the standard writes « no SIRET »."""

Row = Mapping[str, str]
"""A row of the standard: the text of each column, by the name of the column."""


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


def from_row(row: Row, where: str) -> PlaceCandidate | str:
    """The place of one row, or the sentence that says why there is none."""
    name = row.get("nom", "")
    if not name:
        why = "ce lieu n’a pas de nom" if row else "ce lieu est incomplet ou abîmé"
        return f"{where}\u00a0: {why}, rien n’a été repris."
    municipality = _municipality(row)
    siret, latitude, longitude = (
        siret_of(row.get("pivot", "")),
        _degrees(row, "latitude", 90),
        _degrees(row, "longitude", 180),
    )
    located = latitude is not None and longitude is not None
    return PlaceCandidate(
        name=name,
        address=row.get("adresse", ""),
        municipality=municipality.insee_code if municipality else None,
        postal_code=_code(row, "code_postal"),
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


def search(candidates: Iterable[PlaceCandidate], text: str) -> tuple[PlaceCandidate, ...]:
    """The candidates where every word of the text starts a word of the name, address or commune, in their order."""
    words = [f" {word}" for word in fold(text).split()]
    return tuple(one for one in candidates if all(word in _searched(one) for word in words))


def _searched(one: PlaceCandidate) -> str:
    return " " + fold(f"{one.name} {one.municipality_name} {one.postal_code} {one.address}")


def _municipality(row: Row) -> Municipality | None:
    """The commune of a place; a postal code that serves only one is enough to guess it."""
    served = municipalities.of_postal_code(_code(row, "code_postal"))
    return _stated_municipality(row) or (served[0] if len(served) == 1 else None)


def _stated_municipality(row: Row) -> Municipality | None:
    """The commune of a place by its INSEE code, else by its name and postal code."""
    stated = municipalities.get(_code(row, "code_insee"))
    return stated or municipalities.find(row.get("commune", ""), _code(row, "code_postal"))


def _problems(row: Row, municipality: Municipality | None, siret: str | None, located: bool) -> Iterator[str]:
    if municipality is None:
        named = f"{_code(row, 'code_postal')} {row.get('commune', '')}".strip()
        yield f"La commune «\u00a0{named}\u00a0» n’est pas reconnue\u00a0: choisissez-la dans la liste."
    elif _stated_municipality(row) is None:
        yield f"La commune est déduite du code postal\u00a0: vérifiez que c’est bien {municipality.name}."
    if not row.get("adresse"):
        yield "L’adresse manque\u00a0: complétez-la si vous la connaissez."
    if siret is None and len(row.get("pivot", "")) == len(NO_PIVOT) and row["pivot"] != NO_PIVOT:
        yield f"Le numéro SIRET «\u00a0{row['pivot']}\u00a0» n’est pas valable\u00a0: il n’a pas été repris."
    if not located and (row.get("latitude") or row.get("longitude")):
        yield "La position sur la carte n’est pas valable\u00a0: elle n’a pas été reprise."


def _degrees(row: Row, name: str, limit: int) -> float | None:
    try:
        value = float(row.get(name, "").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= limit else None


def _code(row: Row, name: str) -> str:
    """A code of five figures, with the first zero that spreadsheets take away."""
    return row.get(name, "").upper().zfill(5) if row.get(name) else ""
