"""How each column of a list of accompaniments is understood."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

from app.folding import fold
from app.services import procedures
from app.services.imports import cells, words
from app.services.imports.cells import Column, Together
from app.services.imports.communes import Located, located
from app.services.imports.headings import Sheet
from app.services.imports.opening import Cell
from app.services.procedures import Procedure
from protocol.vocabulary import ProcedureFamily

T = TypeVar("T")
TOLD = (
    "advisor_first_name", "advisor_last_name", "kind", "place_kind", "place", "address", "commune", "postal_code",
    "insee_code", "minutes", "equipment", "topics", "procedures", "stars", "referred", "referral",
)  # fmt: skip
"""What many rows tell alike of an activity."""
TRAITS = "person_commune", "person_postal_code", "person_insee_code", "gender", "age_band", "status"
"""What a row tells of its person."""
_SAME = "day", "recorded_at", "minutes", "place_kind", "place", "commune", "title", "topics"
"""What the rows of a workshop have in common, where they have no id."""
_ANONYMOUS = frozenset(("beneficiaire anonyme", "anonyme", ""))
_RANK = re.compile(r"(\d{1,5})(?: ?/ ?(\d{1,5}))?")


class ActivityColumns:
    """One attribute for each column; called with a row, it says what the row says there."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.day = self._needed("day", cells.day, "n’est pas une date")
        self.minutes = self._needed("minutes", cells.minutes, "n’est pas une durée en minutes")
        self.kind = self._needed("kind", _among(words.KINDS), "n’est pas un accompagnement que Passerelle garde")
        self.place_kind = self._needed("place_kind", _among(words.PLACE_KINDS), "n’est pas un canal connu")
        self.recorded_at, self.changed_at = (
            self._of("recorded_at", cells.instant),
            self._of("changed_at", cells.instant),
        )
        self.rank = self._of("participants", _rank)
        self.topics = self._of("topics", cells.choices(sheet.headings["topics"], words.TOPICS_AND_FAMILIES))
        self.equipment = self._of("equipment", cells.choices(sheet.headings["equipment"], words.EQUIPMENT))
        self.tags = self._of("tags", _tags)
        self.procedures = self._of("procedures", _procedures)
        self.stars = self._of("stars", cells.stars)
        self.autonomy, self.level = self._choice("stars", words.AUTONOMY), self._choice("stars", words.LEVELS)
        self.referred, self.referral = (
            self._choice("referred", words.YES_OR_NO),
            self._choice("referral", words.REFERRALS),
        )
        self.gender, self.age_band = self._choice("gender", words.GENDERS), self._choice("age_band", words.AGE_BANDS)
        self.status = self._choice("status", words.STATUSES)
        self.notes = self._of("notes", cells.text)
        self.id, self.person = self._of("id", cells.line), self._of("person", _name)
        self.same = self.together(_SAME, lambda row: tuple(row[place] for place in self._places(_SAME)))
        self.place, self.address = self._of("place", cells.typed_line), self._of("address", cells.typed_line)
        self.title = self._of("title", cells.typed_line)
        self.advisor = self._of("advisor_first_name", cells.line), self._of("advisor_last_name", cells.line)
        self.commune = self._commune("commune", "postal_code", "insee_code")
        self.person_commune = self._commune("person_commune", "person_postal_code", "person_insee_code")

    def together(self, fields: Sequence[str], understand: Callable[[Sequence[Cell]], T]) -> Together[T]:
        """Some columns, understood together."""
        return Together(self._places(fields), understand)

    def _places(self, fields: Sequence[str]) -> list[int]:
        return [self._sheet.places[name] for name in fields if name in self._sheet.places]

    def _of(self, field: str, understand: Callable[[Cell], T]) -> Column[T]:
        return Column(self._sheet.places.get(field), understand)

    def _needed(self, field: str, understand: Callable[[Cell], T | None], expected: str) -> Column[T]:
        return self._of(field, cells.required(self._sheet.headings[field], understand, expected))

    def _choice(self, field: str, known: Mapping[str, T]) -> Column[tuple[T | None, str]]:
        return self._of(field, cells.choice(self._sheet.headings[field], known))

    def _commune(self, name: str, postal_code: str, insee_code: str) -> Callable[[Sequence[Cell]], Located]:
        named, postal, insee = (
            self._of(name, cells.line),
            self._of(postal_code, cells.code),
            self._of(insee_code, cells.code),
        )
        return lambda row: located(named(row), postal(row), insee(row))


def _name(cell: Cell) -> str:
    """The name of a person; empty for somebody anonymous."""
    name = cells.line(cell)
    return "" if fold(name) in _ANONYMOUS else name


def _among(known: Mapping[str, T]) -> Callable[[Cell], T | None]:
    return lambda cell: known.get(fold(cells.line(cell)))


def _rank(cell: Cell) -> tuple[int, int]:
    """(3, 12) for « 3/12 », even where a spreadsheet program took it for the third of December; (0, 0) if unsaid."""
    if isinstance(cell, date):
        return cell.day, cell.month
    found = _RANK.fullmatch(cells.line(cell))
    return (int(found[1]), int(found[2] or 1)) if found else (0, 0)


def _tags(cell: Cell) -> tuple[str, ...]:
    """One for each line: any other sign may be part of a name."""
    return tuple(dict.fromkeys(filter(None, (cells.typed_line(part) for part in cells.text(cell).split("\n")))))


def _procedures(cell: Cell) -> tuple[tuple[Procedure, ...], str]:
    """The procedures of the catalogue that a cell names, one for each line, and the rest of it on one line."""
    found: list[Procedure] = []
    rest: list[str] = []
    for part in filter(None, map(str.strip, cells.text(cell).split("\n"))):
        if known := _catalogue().get(fold(part)):
            found.append(known)
        elif part != "-":
            rest.append(part)
    return tuple(found), " ; ".join(rest)


@cache
def _catalogue() -> dict[str, Procedure]:
    """Every procedure, by its label and by its code."""
    everything = [one for family in ProcedureFamily for one in procedures.of_family(family)]
    return {fold(name): one for one in everything for name in (one.code, one.label)}
