"""The words that a person is found by, and the name that lists sort: letters without accents, figures."""

from collections.abc import Iterator
from typing import Any

from app import municipalities
from app.folding import fold

FOUND_BY = (
    "first_name",
    "last_name",
    "email",
    "notes",
    "address",
    "postal_code",
    "birth_year",
    "phone",
    "municipality",
)
"""The columns that a search reads."""
_WITH_TRUNK_ZERO = ("+33", "+262", "+590", "+594", "+596")
"""The countries and territories whose numbers are said with a 0 instead of their code."""
_LEAST_END = 4
"""The fewest last figures by which a phone is found."""


def words_of(person: Any) -> str:
    """All the words of a row that has the columns FOUND_BY; a name in several words is also written in one."""
    return " ".join(_words(person))


def sorted_as(person: Any) -> str:
    """Last name then first name, so that « Éléonore » stands before « Fatima »."""
    return fold(f"{person.last_name or ''} {person.first_name or ''}")


def _words(person: Any) -> Iterator[str]:
    commune = municipalities.get(person.municipality) if person.municipality else None
    for name in (person.last_name, person.first_name, commune.name if commune else None):
        folded = fold(name or "")
        yield folded
        if " " in folded:
            yield folded.replace(" ", "")
    for said in (person.email, person.notes, person.address, person.postal_code, person.birth_year):
        if said:
            yield fold(str(said))
    yield from _numbers(person.phone or "")


def _numbers(phone: str) -> Iterator[str]:
    """A phone as it is written, as it is said, and by its last figures, which people remember."""
    code = next((one for one in _WITH_TRUNK_ZERO if phone.startswith(one)), None)
    written = fold(phone)
    said = "0" + phone.removeprefix(code) if code else written
    yield written
    if code:
        yield said
    for start in range(2 if code else 1, len(said) - _LEAST_END + 1, 2 if code else 1):
        yield said[start:]
