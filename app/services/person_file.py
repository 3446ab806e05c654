"""Everything the notebook holds on one person, for that person (« droit d’accès », RGPD, article 15)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from app import municipalities
from app.database import Database
from app.models.activity import activity
from app.services import access, activities, beneficiaries, organisations, tags
from app.services.activity_lists import conditions_of, rows_of
from app.services.age_bands import age_band_at
from app.services.commands import ActivityFilter, SaveBeneficiary
from app.services.privacy import consent, followed
from app.services.privacy.consent import Confidentiality
from app.services.privacy.followed import Followed
from app.services.rows import ActivityRow
from app.services.sheets import library
from protocol.vocabulary import (
    ActivityKind,
    Autonomy,
    Equipment,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    Topic,
    WorkshopLevel,
)


@dataclass(frozen=True, slots=True)
class FileActivity:
    """What is kept of the person's coming to one activity; nothing of the others who came."""

    day: date
    kind: ActivityKind
    title: str
    """Of a workshop."""
    minutes: int
    place_kind: PlaceKind
    place: str
    """Name of the place or of the commune."""
    topics: tuple[Topic, ...]
    families: tuple[ProcedureFamily, ...]
    procedures: tuple[str, ...]
    """Labels of the catalogue; the free text too for an individual accompaniment."""
    equipment: tuple[Equipment, ...]
    tags: tuple[str, ...]
    autonomy: Autonomy | None
    referred: bool | None
    referral: ReferralTarget | None
    level: WorkshopLevel | None
    notes: str
    """Of an individual accompaniment: those of a workshop speak of everybody."""
    sheets: tuple[str, ...] = ()
    """Titles of the learner sheets handed over."""


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person and all that they came to, the oldest first."""

    person: SaveBeneficiary
    municipality: str
    drawn_up_on: date
    advisor: str
    structure: str
    """The employer, who answers for what is kept; empty where the notebook does not know it."""
    activities: tuple[FileActivity, ...]
    confidentiality: Confidentiality
    followed: Followed

    @property
    def name(self) -> str:
        """First name then name, as the person is called."""
        return f"{self.person.first_name} {self.person.last_name}".strip()

    @property
    def minutes(self) -> int:
        """Time of all the activities."""
        return sum(one.minutes for one in self.activities)


def gather(database: Database, id_: UUID, today: date) -> PersonFile:
    """What is held on a person; raises UserError if the notebook no longer knows them."""
    person = replace(beneficiaries.form_of(database, id_), opened=None)
    if person.birth_year:
        person = replace(person, age_band=age_band_at(person.birth_year, today))
    known = municipalities.get(person.municipality) if person.municipality else None
    names = {row.id: row.name for row in tags.mine(database)}
    with database.read() as connection:
        wanted = select(activity.c.number).where(*conditions_of(ActivityFilter(beneficiary=id_)))
        rows = rows_of(connection, wanted.order_by(activity.c.day, activity.c.number))
        came = tuple(_activity(connection, row, names) for row in rows)
        follows = followed.gather(connection, id_)
    employer = organisations.on(database, today)
    return PersonFile(
        person=person,
        municipality=known.name if known else "",
        drawn_up_on=today,
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
        activities=came,
        confidentiality=consent.of(database, id_),
        followed=follows,
    )


def _activity(connection: Connection, row: ActivityRow, tag_names: Mapping[UUID, str]) -> FileActivity:
    form = activities.form_in(connection, row.id)
    is_individual = row.kind is ActivityKind.INDIVIDUAL
    return FileActivity(
        day=row.day,
        kind=row.kind,
        title=form.title,
        minutes=row.minutes,
        place_kind=row.place_kind,
        place=row.place,
        topics=row.topics,
        families=tuple(one for one in ProcedureFamily if one in form.families),
        procedures=row.procedures if is_individual or not form.procedure_note else row.procedures[:-1],
        equipment=tuple(one for one in Equipment if one in form.equipment),
        tags=tuple(name for id_, name in tag_names.items() if id_ in form.tags),
        autonomy=form.autonomy,
        referred=form.referred,
        referral=form.referral,
        level=form.level,
        notes=form.notes if is_individual else "",
        sheets=tuple(library.titles_in(connection, form.sheets).values()),
    )
