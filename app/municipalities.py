"""The communes of France, offline: search while typing, find by code.

The text to search stays one block of bytes, the most populated commune first (build/refresh_reference.py says how it is
laid out): a search is a plain search in that block, its first hits are its best ones, and loading is only unpacking.
"""

import gzip
import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain

from app.folding import fold
from app.resources import resource

_SAINTS = {"st": "saint", "ste": "sainte"}
_DIVIDED = {"75056", "69123", "13055"}
"""Paris, Lyon and Marseille: found by a postal code, they come after their arrondissement."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille, as it is today."""

    insee_code: str
    name: str
    postal_codes: tuple[str, ...]
    department_code: str
    department: str
    region: str
    epci_code: str | None
    epci: str | None


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    searched: bytes
    starts: "array[int]"
    """Where each line of `searched` starts, at the line end before it."""
    shown: list[bytes]
    departments: dict[str, tuple[str, str]]
    epci: dict[str, str]


def load() -> None:
    """Unpack the communes now, for instance in a background thread, rather than at the first search."""
    _gazetteer()


def search(text: str, limit: int = 10) -> tuple[Municipality, ...]:
    """Communes by name, start of any word, postal code, INSEE code, or name and code together.

    The exact name comes first, then names that start with the text, then those that hold every word; the most
    populated first within each. A commune that merged is found by its old name, and given as the commune it is now.
    """
    folded = fold(text)
    found: dict[str, Municipality] = {}
    for row in _matching_rows(folded) if folded else ():
        municipality = _municipality(row)
        found.setdefault(municipality.insee_code, municipality)
        if len(found) >= limit:
            break
    by_code = any(word.isdigit() for word in folded.split())
    return tuple(sorted(found.values(), key=lambda one: by_code and one.insee_code in _DIVIDED))


@lru_cache(maxsize=4096)
def get(insee_code: str) -> Municipality | None:
    """The commune that bears this INSEE code, or that took it over; None if there is none."""
    if not re.fullmatch(r"[0-9AB]{5}", insee_code):
        return None
    row = next(_rows_with(f"\t {insee_code.lower()}"), None)
    return None if row is None else _municipality(row)


@lru_cache(maxsize=4096)
def find(name: str, postal_code: str) -> Municipality | None:
    """The commune that an address means by its name and postal code, as written by hand: « ST ETIENNE CEDEX 1 ».

    A postal code that no commune of that name has (a company's CEDEX) still says the département.
    """
    wanted = re.sub(r" cedex.*", "", _spelled(fold(name)))
    named = [_municipality(row) for row in _rows_with(f"\n {wanted}\t")]
    held = [one for one in named if postal_code in one.postal_codes and one.insee_code not in _DIVIDED]
    nearby = [one for one in named if postal_code[:2] == re.sub("[AB]", "0", one.department_code)[:2]]
    certain = held or _arrondissements(wanted, postal_code) or (nearby if len(nearby) == 1 else [])
    return certain[0] if certain else None


@lru_cache(maxsize=4096)
def of_postal_code(postal_code: str) -> tuple[Municipality, ...]:
    """Every commune that a postal code serves, the most populated first; arrondissements before their city."""
    if not re.fullmatch(r"[0-9]{5}", postal_code):
        return ()
    found = {one.insee_code: one for one in map(_municipality, _rows_with(f" {postal_code}"))}
    served = [one for one in found.values() if postal_code in one.postal_codes]
    return tuple(sorted(served, key=lambda one: one.insee_code in _DIVIDED))


def _arrondissements(name: str, postal_code: str) -> list[Municipality]:
    """Arrondissements of the city called `name` that have this postal code, the one whose number it bears first."""
    words = name.split()[:1]
    held = [one for one in of_postal_code(postal_code) if fold(one.name).split()[:1] == words]
    arrondissements = [one for one in held if one.name.endswith(" Arrondissement")]
    return sorted(arrondissements, key=lambda one: one.insee_code[-1] != postal_code[-1])


def _spelled(folded: str) -> str:
    """The same text with « st » and « ste » spelled out."""
    return " ".join(_SAINTS.get(word, word) for word in folded.split())


def _matching_rows(folded: str) -> Iterator[int]:
    """The rows that answer a search, the best first, some of them twice."""
    spelled = _spelled(folded)
    begun = [(one, _gazetteer().searched.find(f"\n {one}".encode())) for one in dict.fromkeys((folded, spelled))]
    exact = (_rows_with(f"\n {one}\t", at) for one, at in begun if at >= 0)
    partial = (_rows_with(f"\n {one}", at) for one, at in begun if at >= 0)
    return chain(chain.from_iterable(exact), chain.from_iterable(partial), _rows_with_words(spelled.split()))


def _rows_with_words(words: list[str]) -> Iterator[int]:
    """Rows where every word starts a word; the rarest of the three longest leads the search."""
    searched, starts = _gazetteer().searched, _gazetteer().starts
    wanted = sorted({f" {word}" for word in words}, key=len, reverse=True)
    leading = min(wanted[:3], key=lambda word: searched.count(word.encode())) if len(wanted) > 1 else wanted[0]
    for row in _rows_with(leading):
        line = searched[starts[row] : starts[row + 1]]
        if all(word.encode() in line for word in wanted):
            yield row


def _rows_with(text: str, at: int = 0) -> Iterator[int]:
    """Rows that hold the text from a position on, in the order of the file."""
    searched, starts, wanted = _gazetteer().searched, _gazetteer().starts, text.encode()
    while (hit := searched.find(wanted, at)) >= 0:
        row = bisect_right(starts, hit) - 1
        yield row
        at = starts[row + 1]


def _municipality(row: int) -> Municipality:
    """The commune of a row; for an alias, the commune that it leads to."""
    gazetteer = _gazetteer()
    line = gazetteer.searched[gazetteer.starts[row] : gazetteer.starts[row + 1]].decode()
    insee_code, *postal_codes = line.partition("\t")[2].upper().split()
    name, leads_to = gazetteer.shown[row].decode().split("\t")
    if len(leads_to) == 5:
        return _municipality(next(_rows_with(f"\t {leads_to.lower()}")))
    department_code = insee_code[: 3 if insee_code.startswith(("97", "98")) else 2]
    place = (department_code, *gazetteer.departments[department_code])
    return Municipality(insee_code, name, tuple(postal_codes), *place, leads_to or None, gazetteer.epci.get(leads_to))


@cache
def _gazetteer() -> _Gazetteer:
    lines = _unpack("searched.txt.gz").split(b"\n")
    territories = json.loads(resource("reference", "territories.json").read_bytes())
    return _Gazetteer(
        searched=b"\n".join([b"", *lines, b""]),
        starts=array("L", accumulate((len(line) + 1 for line in lines), initial=0)),
        shown=_unpack("shown.txt.gz").split(b"\n"),
        departments={code: (name, region) for code, (name, region) in territories["departments"].items()},
        epci=territories["epci"],
    )


def _unpack(name: str) -> bytes:
    return gzip.decompress(resource("reference", name).read_bytes())
