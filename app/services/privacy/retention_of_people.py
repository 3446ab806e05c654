"""How long people are known by name: a year after the last contact, then only as figures.

Source: the privacy policy of « La Coop de la médiation numérique » (fact sheet §2.7, read in 2026): one year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, func, select, type_coerce

from app.database import Database
from app.forgetting import person
from app.models import OF_ONE_PERSON
from app.models.assessment import assessment
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.derived import LEVELS
from app.models.ids import listed, those_listed
from app.models.local import change
from app.models.mandate import mandate, mandate_entry
from app.work import Work, get_state

NOTICE_DAYS = 30
"""Nobody is made anonymous by the program before the advisor could read so for this long."""
AT_ONCE = 100
"""How many become anonymous in one transaction."""
_AUTOMATIC, _NOTICED = "privacy.automatic", "privacy.noticed"
Noticed = Mapping[str, Sequence[str]]
"""For each person: for which day it was announced, and since when; another day is to be announced anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a person is known by name."""

    id: UUID
    first_name: str
    last_name: str
    last_contact: date
    due_on: date
    keep_until: date | None = None

    @property
    def name(self) -> str:
        """First name then name."""
        return f"{self.first_name} {self.last_name}".strip()


def due_on(last_contact: date, keep_until: date | None = None) -> date:
    """The day on which a person becomes anonymous: a year after the last contact, or after what the advisor asked."""
    if last_contact.year == date.max.year:
        return date.max
    try:
        year_later = last_contact.replace(year=last_contact.year + 1)
    except ValueError:  # a 29 February: the whole year must be over
        year_later = date(last_contact.year + 1, 3, 1)
    if keep_until is None or keep_until < year_later:
        return year_later
    return keep_until if keep_until == date.max else keep_until + timedelta(days=1)


def of(database: Database, id_: UUID) -> Kept | None:
    """Until when one person is known by name, None where the notebook no longer knows them."""
    with database.read() as connection:
        return next(iter(_kept(connection, (id_,))), None)


def coming(database: Database, today: date) -> tuple[Kept, ...]:
    """The people due within the notice or already past, the first due first; those deleted go unannounced."""
    with database.read() as connection:
        return _coming(connection, today)


def note_shown(database: Database, people: Sequence[Kept], today: date) -> None:
    """The advisor is told today of those who are coming: what the notice is counted from, once for each of them."""
    with database.read() as connection:
        known: Noticed = get_state(connection, _NOTICED) or {}
    noted = {}
    for one in people:
        due, since = known.get(str(one.id), ("", ""))
        noted[str(one.id)] = [one.due_on.isoformat(), since if due == one.due_on.isoformat() else today.isoformat()]
    if noted != known:
        with database.receive() as work:
            work.set_state(_NOTICED, noted)


def is_automatic(database: Database) -> bool:
    """Whether the program makes people anonymous by itself when they are due; it does unless told otherwise."""
    with database.read() as connection:
        return get_state(connection, _AUTOMATIC) is not False


def set_automatic(database: Database, is_wanted: bool) -> None:
    """Let the program do it, or only show who is due; on this computer."""
    with database.receive() as work:
        work.set_state(_AUTOMATIC, is_wanted)


def anonymise_due(database: Database, today: date) -> int:
    """Make anonymous those who are due and were announced for the whole notice; answers how many.

    Everything else in the notebook stays; the copies made before forget them within a week (`copies.py`). A year of
    people may be due at once after an import: a few at a time, so that what is saved meanwhile need not wait for all.
    """
    if not is_automatic(database):
        return 0
    with database.read() as connection:  # looked at each time, and nearly always nobody
        is_anybody = _is_announced(connection, today) or bool(_put_away(connection, today))
    if not is_anybody:
        return 0
    done, is_more = 0, True
    while is_more:
        with database.work() as work:
            gone = [*_ripe(work, today), *_put_away(work.connection, today)]
            person.erase(work, gone[:AT_ONCE])
        done, is_more = done + len(gone[:AT_ONCE]), len(gone) > AT_ONCE
    return done


def _is_announced(connection: Connection, today: date) -> bool:
    """Whether anybody was announced long enough ago."""
    noticed: Noticed = get_state(connection, _NOTICED) or {}
    return any(_is_over(since, today) for _, since in noticed.values())


def _ripe(work: Work, today: date) -> list[UUID]:
    noticed: Noticed = work.get_state(_NOTICED) or {}
    due = [one for one in _coming(work.connection, today) if one.due_on <= today]
    told = [(one, noticed.get(str(one.id), ("", ""))) for one in due]
    return [one.id for one, (day, since) in told if day == one.due_on.isoformat() and _is_over(since, today)]


def _put_away(connection: Connection, today: date) -> list[UUID]:
    """Those due whom the advisor deleted: no screen names them any more, and they wait as long as a notice lasts."""
    due = [one.id for one in _kept(connection, _perhaps(connection, today, deleted=True)) if one.due_on <= today]
    last = select(change.c.record_id, func.max(change.c.at))
    changed = _rows(connection, last, change.c.record_id, due) if due else ()
    since = {id_: date.fromtimestamp(at / 1000).isoformat() for id_, at in changed}
    return [id_ for id_ in due if id_ not in since or _is_over(since[id_], today)]


def _is_over(noticed: str, today: date) -> bool:
    return date.fromisoformat(noticed) + timedelta(days=NOTICE_DAYS) <= today


def _coming(connection: Connection, today: date) -> tuple[Kept, ...]:
    soon = today + timedelta(days=NOTICE_DAYS)
    found = [one for one in _kept(connection, _perhaps(connection, soon, deleted=False)) if one.due_on <= soon]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.last_name, one.first_name)))


def _perhaps(connection: Connection, soon: date, *, deleted: bool) -> Sequence[UUID]:
    """Those who were not met for a year then: few, and quickly found whatever the size of the notebook."""
    limit = soon - timedelta(days=365)
    midnight_ms = round(datetime.combine(limit + timedelta(days=1), time()).timestamp() * 1000)
    lately = attendance.c.beneficiary == beneficiary.c.id, ~attendance.c.deleted
    came = select(attendance.c.number).where(*lately, attendance.c.moment >= (limit.toordinal() + 1) * LEVELS).exists()
    wanted = select(beneficiary.c.id).where(
        beneficiary.c.merged_into.is_(None),
        beneficiary.c.deleted.is_(deleted),
        beneficiary.c.created_at < midnight_ms,
        ~came,
    )
    return connection.execute(wanted).scalars().all()


def _kept(connection: Connection, ids: Sequence[UUID]) -> list[Kept]:
    """Until when each of these is known by name; those merged into another go with them."""
    if not ids:
        return []
    contacts = _contacts(connection, ids)
    found = []
    for row in connection.execute(_PEOPLE, {"ids": listed(ids)}):
        days = [date.fromtimestamp(row.created_at / 1000), *filter(None, (row.informed_on,)), *contacts.get(row.id, ())]
        last = max(days)
        names = row.first_name or "", row.last_name or ""
        found.append(Kept(row.id, *names, last, due_on(last, row.keep_until), row.keep_until))
    return found


def _contacts(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[date]]:
    """When each person was last met or worked for."""
    found: dict[UUID, list[date]] = {}
    came = select(attendance.c.beneficiary, func.max(attendance.c.moment) / LEVELS).where(~attendance.c.deleted)
    for who, ordinal in _rows(connection, came, attendance.c.beneficiary, ids):
        if int(ordinal):
            found.setdefault(who, []).append(date.fromordinal(int(ordinal)))
    for who, at in _changes(connection, ids):
        found.setdefault(who, []).append(date.fromtimestamp(at / 1000))
    told = select(assessment.c.beneficiary, func.max(assessment.c.day)).where(~assessment.c.deleted)
    for who, day in _rows(connection, told, assessment.c.beneficiary, ids):
        found.setdefault(who, []).append(date.fromisoformat(str(day)))
    return found


def _changes(connection: Connection, ids: Sequence[UUID]) -> Sequence[Any]:
    """The last change of a procedure, a mandate, its journal, an assessment or an appointment of each person.

    The day that an appointment is for is no contact: it may be to come, and nobody may come.

    Receiving one for the first time, by joining a notebook for instance, is no contact: it was made earlier.
    """
    rows: list[Any] = []
    for table in (one.table for one in OF_ONE_PERSON):
        moment = func.max(func.coalesce(change.c.at, table.c.created_at))
        is_told = (change.c.record_id == table.c.id) & (change.c.here | (type_coerce(change.c.before, Text) != "{}"))
        changed = select(table.c.beneficiary, moment).outerjoin(change, is_told)
        rows += _rows(connection, changed.where(~table.c.deleted), table.c.beneficiary, ids)
    used = select(mandate.c.beneficiary, func.max(func.coalesce(mandate_entry.c.at, mandate_entry.c.created_at)))
    joined = used.join(mandate_entry, mandate_entry.c.mandate == mandate.c.id).where(~mandate_entry.c.deleted)
    return [*rows, *_rows(connection, joined, mandate.c.beneficiary, ids)]


def _rows(connection: Connection, wanted: Any, owner: Any, ids: Sequence[UUID]) -> Sequence[Any]:
    theirs = wanted.where(owner.in_(those_listed())).group_by(owner)
    return [row for row in connection.execute(theirs, {"ids": listed(ids)}) if row[1] is not None]


_PEOPLE = select(
    *(beneficiary.c[name] for name in ("id", "first_name", "last_name", "created_at", "informed_on", "keep_until"))
).where(beneficiary.c.id.in_(those_listed()))
