"""Reads a list of people followed: the template or the export of « La Coop », or ours.

Headings: fact sheet §2.5 and §2.6 (2026-06-30). Better than that tool: what is not taken in is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from app.errors import UserError
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.imports import cells, words
from app.services.imports.cells import Column, UnreadableError
from app.services.imports.communes import located
from app.services.imports.headings import Sheet
from app.services.imports.lines import PersonLine, RefusedLine
from app.services.imports.opening import Cell
from app.services.imports.rules import MERGED, in_column, refused, where
from app.services.imports.words import stated
from app.services.progress import Progress

T = TypeVar("T")
_EACH = 200
_LET_GO = "birth_year", "email", "phone"
"""What a person is kept without rather than refused."""
_EXAMPLE = "Cette ligne est peut-être l’exemple du modèle\u00a0: supprimez-la du fichier si c’est le cas."
_TEMPLATE_FIRST_ROW = 4

Row = Sequence[Cell]


def read(sheet: Sheet, today: date, progress: Progress) -> tuple[tuple[PersonLine, ...], tuple[RefusedLine, ...]]:
    """The people of a list and the rows that cannot be taken in, each in the order of the file."""
    columns = _Columns(sheet)
    people, refusals = [], []
    for number, row in sheet.rows:
        if number % _EACH == 0:
            progress.step(number, max(sheet.height, number))
        if not columns.tells(row):
            continue
        try:
            if number in sheet.merged:
                raise UnreadableError(MERGED)
            person, warnings = _person(columns, row, today)
            if sheet.follows_template and number == _TEMPLATE_FIRST_ROW:
                warnings = (*warnings, _EXAMPLE)
            people.append(PersonLine(where((number,)), person, warnings))
        except UnreadableError as error:
            refusals.append(refused((number,), row, str(error)))
    return tuple(people), tuple(refusals)


class _Columns:
    """One attribute for each column; called with a row, it says what the row says there."""

    def __init__(self, sheet: Sheet) -> None:
        self._places = sheet.places
        self.headings = sheet.headings
        self.last_name, self.first_name = self._of("last_name", cells.line), self._of("first_name", cells.line)
        self.birth_year = self._of("birth_year", _year)
        self.commune, self.postal_code = self._of("commune", _computed), self._of("postal_code", cells.code)
        self.insee_code = self._of("insee_code", cells.code)
        self.phone, self.email = self._of("phone", _phone), self._of("email", cells.line)
        self.gender = self._of("gender", cells.choice(sheet.headings["gender"], words.GENDERS))
        self.age_band = self._of("age_band", cells.choice(sheet.headings["age_band"], words.AGE_BANDS))
        self.status = self._of("status", cells.choice(sheet.headings["status"], words.STATUSES))
        self.notes = self._of("notes", lambda cell: "" if cells.line(cell) == "" else cells.text(cell))

    def _of(self, field: str, understand: Callable[[Cell], T]) -> Column[T]:
        return Column(self._places.get(field), understand)

    def tells(self, row: Row) -> bool:
        """Whether a row is about somebody: in the template, formulas fill codes far below the last person."""
        return any(column(row) for column in (self.last_name, self.first_name, self.phone, self.email, self.notes))


def _person(columns: _Columns, row: Row, today: date) -> tuple[SaveBeneficiary, tuple[str, ...]]:
    place = located(columns.commune(row), columns.postal_code(row), columns.insee_code(row))
    (gender, unknown_gender), (status, unknown_status) = columns.gender(row), columns.status(row)
    age_band, unknown_band = columns.age_band(row)
    (year, unknown_year), phone = columns.birth_year(row), columns.phone(row)
    person = SaveBeneficiary(
        first_name=columns.first_name(row),
        last_name=columns.last_name(row),
        birth_year=year,
        phone=phone,
        email=columns.email(row),
        municipality=place.insee_code,
        postal_code=place.postal_code,
        gender=stated(gender),
        age_band=None if year else stated(age_band),
        status=stated(status),
        notes=columns.notes(row),
    )
    person, left_out = _acceptable(person, today, columns)
    said = in_column(columns.headings["birth_year"], unknown_year) if unknown_year else ""
    warnings = place.warning, unknown_gender, unknown_status, unknown_band, said, *left_out
    return person, tuple(filter(None, warnings))


def _acceptable(person: SaveBeneficiary, today: date, columns: _Columns) -> tuple[SaveBeneficiary, tuple[str, ...]]:
    """The person without what is against the rules, as the form applies them; raises UnreadableError for the rest."""
    try:
        beneficiaries.check(person, today)
    except UserError as error:
        for field, sentence in error.fields.items():
            if field not in _LET_GO:
                raise UnreadableError(in_column(columns.headings[field], sentence)) from error
        warnings = tuple(
            in_column(columns.headings[field], f"«\u00a0{getattr(person, field)}\u00a0» n’a pas été repris. {sentence}")
            for field, sentence in error.fields.items()
        )
        faulty = error.fields.keys()
        kept = replace(
            person,
            birth_year=None if "birth_year" in faulty else person.birth_year,
            email="" if "email" in faulty else person.email,
            phone="" if "phone" in faulty else person.phone,
        )
        return kept, warnings
    return person, ()


def _year(cell: Cell) -> tuple[int | None, str]:
    """The year of birth, from a full date too; a sentence for what is no year."""
    if isinstance(cell, date):
        return cell.year, ""
    year = cells.whole(cell)
    if year is None and (birth := cells.day(cell) if isinstance(cell, str) else None):
        year = birth.year
    shown = cells.line(cell)
    return year, f"«\u00a0{shown[:40]}\u00a0» n’est pas une année." if shown and year is None else ""


def _phone(cell: Cell) -> str:
    """The number, with the zero that a spreadsheet program may have eaten."""
    typed = cells.line(cell)
    return f"0{typed}" if typed.isdecimal() and len(typed) == 9 and typed[0] != "0" else typed


def _computed(cell: Cell) -> str:
    """The text of a cell that may hold a formula which found nothing."""
    words_ = cells.line(cell)
    return "" if words_.startswith("#") or words_ == "0" else words_
