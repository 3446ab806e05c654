"""Search everything at once while typing: the people first, then the latest activities, then the learner sheets."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import bindparam, literal_column, select, text

from app import labels
from app.database import Database
from app.models.activity import activity
from app.services import beneficiaries
from app.services.activity_lists import rows_of
from app.services.matching import match_of
from app.services.rows import ActivityRow, PersonRow
from app.services.sheets import library
from app.services.sheets.sheet import Sheet
from protocol.vocabulary import ActivityKind

MOST_PEOPLE, MOST_ACTIVITIES, MOST_SHEETS = 4, 4, 3


class FoundKind(Enum):
    """What was found."""

    PERSON = "person"
    ACTIVITY = "activity"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the answer."""

    kind: FoundKind
    id: UUID | str
    """The code of a sheet, the id of anything else."""
    label: str
    detail: str
    icon: str


def everything(database: Database, typed: str) -> tuple[Found, ...]:
    """The people, activities and sheets that hold every word typed, by its beginning; nothing for nothing."""
    match = match_of(typed)
    if not match:
        return ()
    people = beneficiaries.search(database, typed, MOST_PEOPLE)
    with database.read() as connection:
        activities = rows_of(connection, _LATEST.params(words=match))
    sheets = library.about(database, typed, MOST_SHEETS)
    return (*map(_person, people), *map(_activity, activities), *map(_sheet, sheets))


def _person(row: PersonRow) -> Found:
    came = labels.count(row.accompaniments, "accompagnement") if row.accompaniments else ""
    detail = " · ".join(word for word in (row.municipality, came) if word)
    return Found(FoundKind.PERSON, row.id, row.name, detail, "user")


def _activity(row: ActivityRow) -> Found:
    return Found(
        FoundKind.ACTIVITY,
        row.id,
        _title(row),
        labels.short_day(row.day),
        "file-text" if row.kind is ActivityKind.INDIVIDUAL else "users",
    )


def _sheet(sheet: Sheet) -> Found:
    detail = " · ".join(("Fiche", *map(labels.label, sheet.themes[:1])))
    return Found(FoundKind.SHEET, sheet.code, sheet.title, detail, "book-open")


def _title(row: ActivityRow) -> str:
    about = ", ".join(row.procedures) or ", ".join(labels.label(topic) for topic in row.topics)
    who = row.who or ("Atelier collectif" if row.kind is ActivityKind.WORKSHOP else "Personne anonyme")
    return f"{who} — {about}" if about else who


_SEARCH = (
    text("SELECT rowid AS number FROM activity_search WHERE words MATCH :words ORDER BY rowid DESC")
    .bindparams(bindparam("words"))
    .columns(literal_column("number"))
    .subquery("found")
)
_LATEST = (
    select(activity.c.number)
    .join(_SEARCH, literal_column("found.number") == activity.c.number)
    .where(activity.c.deleted.is_(False))
    .order_by(literal_column("found.number").desc())
    .limit(MOST_ACTIVITIES)
)
"""The newest records, read in the order of the index: no sort, however many match."""
