"""The list of the people followed, with the headings of « La Coop » in their order (fact sheet §2.6)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app import labels
from app.folding import fold
from app.models.activity import activity
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.ids import those_listed
from app.services import municipalities, phones
from app.services.activity_lists import conditions_of
from app.services.age_bands import age_band_at
from app.services.commands import ActivityFilter
from app.services.exports.sheets import Cell, Row, Sheet, Style
from app.services.progress import Progress
from protocol.vocabulary import AgeBand, Gender, SocialStatus

SHEET = "Bénéficiaires"
COLUMNS = {
    "Nom": 22,
    "Prénom": 20,
    "Année de naissance": 12,
    "Nom de la commune": 24,
    "Code INSEE": 11,
    "Code postal": 11,
    "N° de téléphone": 18,
    "E-mail": 30,
    "Genre": 16,
    "Tranche d’âge": 16,
    "Statut": 27,
    "Nombre d’accompagnements": 17,
    "Notes supplémentaires": 60,
}
"""The headings, and the widths of their columns in characters."""
NOTHING = "-"
GENDERS: Mapping[Any, str] = {**labels.GENDERS, Gender.MALE: "Homme", Gender.FEMALE: "Femme"}
"""The words of this list are not those of the others."""


def sheet(connection: Connection, filter_: ActivityFilter, today: date, progress: Progress) -> Sheet:
    """One row for each person followed, or of those chosen, by name.

    With any other filter, for those who came to the activities that match.
    """

    def rows() -> Iterator[Row]:
        yield Row(tuple(COLUMNS), Style.HEADING)
        people = sorted(connection.execute(_wanted(filter_)), key=_by_name)
        for done, person in enumerate(people):
            progress.step(done, len(people))
            yield Row([NOTHING if cell in (None, "") else cell for cell in _cells(person, today)])

    return Sheet(SHEET, rows(), tuple(COLUMNS.values()), frozen=1, has_filter=True)


def count(connection: Connection, filter_: ActivityFilter) -> int:
    """How many people the list has."""
    return connection.execute(select(func.count()).select_from(_wanted(filter_).subquery())).scalar_one()


def _wanted(filter_: ActivityFilter) -> Select[Any]:
    wanted = select(beneficiary).where(beneficiary.c.deleted.is_(False))
    if filter_.people:
        wanted = wanted.where(beneficiary.c.id.in_(those_listed(filter_.people)))
    if replace(filter_, people=frozenset()) == ActivityFilter():
        return wanted
    matching = select(activity.c.id).where(*conditions_of(filter_))
    came = select(attendance.c.beneficiary).where(attendance.c.activity.in_(matching), attendance.c.deleted.is_(False))
    return wanted.where(beneficiary.c.id.in_(came))


def _by_name(person: Any) -> tuple[str | int, ...]:
    """Namesakes in an order that does not depend on their ids: another notebook has others."""
    beyond = person.phone or "", person.email or "", person.municipality or "", person.notes or "", str(person.id)
    return fold(person.last_name or ""), fold(person.first_name or ""), person.birth_year or 0, *beyond


def _cells(person: Any, today: date) -> tuple[Cell, ...]:
    commune = municipalities.get(person.municipality) if person.municipality else None
    age_band = age_band_at(person.birth_year, today) or person.age_band or AgeBand.UNKNOWN
    return (
        person.last_name,
        person.first_name,
        person.birth_year,
        commune.name if commune else None,
        person.municipality,
        person.postal_code,
        phones.national(person.phone or ""),
        person.email,
        GENDERS.get(person.gender or Gender.UNKNOWN, person.gender),
        labels.field_word("age_band", age_band),
        labels.field_word("status", person.status or SocialStatus.UNKNOWN),
        person.accompaniments,
        person.notes,
    )
