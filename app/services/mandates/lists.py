"""The mandates of a person, those that end soon, and one of them with its journal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from app.database import Database
from app.errors import UserError
from app.folding import fold
from app.models import Mandate, MandateEntry
from app.models.base import known_or_none
from app.models.beneficiary import beneficiary
from app.models.mandate import mandate, mandate_entry
from app.services.mandates import chain, checking, rules
from app.services.mandates.rows import EntryRow, Fault, MandateDetail, MandateRow, MandateState
from app.work import find_all
from protocol.vocabulary import MandateAct, MandateDuration, MandateFamily, Signing


def of_person(database: Database, id_: UUID, today: date) -> tuple[MandateRow, ...]:
    """The mandates of a person: those that may be used, the first to end first, then those to come, then the others."""
    with database.read() as connection:
        rows = rows_of(connection, id_, today)
    current = sorted((row for row in rows if row.is_active), key=lambda row: row.expires_on)
    coming = sorted((row for row in rows if row.state is MandateState.COMING), key=lambda row: row.starts_on)
    past = [row for row in rows if row.state in (MandateState.REVOKED, MandateState.OVER)]
    return (*current, *coming, *sorted(past, key=lambda row: row.expires_on, reverse=True))


def ending(database: Database, today: date) -> tuple[MandateRow, ...]:
    """The mandates that end within fourteen days, the first to end first.

    Not those of a single day, nor those that another mandate of the person goes on from.
    """
    with database.read() as connection:
        rows = _rows(connection, today, mandate.c.expires_on >= today)
    soon = [row for row in rows if row.state is MandateState.ENDING and row.duration is not MandateDuration.DAY]
    left = [row for row in soon if not any(_goes_on(other, row) for other in rows)]
    return tuple(sorted(left, key=lambda row: (row.expires_on, fold(row.person), str(row.id))))


def detail(database: Database, id_: UUID, today: date) -> MandateDetail:
    """A mandate and its journal; raises UserError if it is gone."""
    with database.read() as connection:
        rows = _rows(connection, today, mandate.c.id == id_)
        if not rows:
            raise UserError(checking.GONE)
        entries = checking.entries_of(connection, id_)
        faults = checking.faults(find_all(connection, Mandate, (id_,))[id_], entries)
    told = tuple(_entry(one, faults) for one in entries)
    return MandateDetail(rows[0], told, faults, tuple(chain.heads(entries)))


def rows_of(connection: Connection, person: UUID, today: date) -> list[MandateRow]:
    """The mandates of a person, in no order."""
    return _rows(connection, today, mandate.c.beneficiary == person)


def row_of(connection: Connection, id_: UUID, today: date) -> MandateRow:
    """A mandate as it stands; raises UserError if it is gone."""
    rows = _rows(connection, today, mandate.c.id == id_)
    if not rows:
        raise UserError(checking.GONE)
    return rows[0]


def _goes_on(other: MandateRow, row: MandateRow) -> bool:
    is_later = other.beneficiary == row.beneficiary and other.expires_on > row.expires_on
    return is_later and set(row.left) <= set(other.left)


def _rows(connection: Connection, today: date, *conditions: ColumnElement[bool]) -> list[MandateRow]:
    """The mandates of the people who are in the notebook."""
    people = beneficiary.c.id == mandate.c.beneficiary
    there = mandate.c.deleted.is_(False), beneficiary.c.deleted.is_(False), beneficiary.c.merged_into.is_(None)
    wanted = select(mandate.c.id, beneficiary.c.first_name, beneficiary.c.last_name).join(beneficiary, people)
    names = {id_: " ".join(filter(None, name)) for id_, *name in connection.execute(wanted.where(*there, *conditions))}
    told: dict[UUID, list[MandateEntry]] = defaultdict(list)
    entries = select(mandate_entry.c.id).where(mandate_entry.c.mandate.in_(list(names)))
    for entry in find_all(connection, MandateEntry, connection.execute(entries).scalars()).values():
        if entry.mandate:
            told[entry.mandate].append(entry)
    kept = find_all(connection, Mandate, names).values()
    return [_row(one, names[one.id], told[one.id], today) for one in kept if one.starts_on and one.expires_on]


def _row(kept: Mandate, person: str, entries: Sequence[MandateEntry], today: date) -> MandateRow:
    assert kept.beneficiary is not None
    assert kept.starts_on is not None
    assert kept.expires_on is not None
    families = tuple(family for family in MandateFamily if family in (kept.families or ()))
    revoked = taken_back(kept, entries)
    return MandateRow(
        id=kept.id,
        beneficiary=kept.beneficiary,
        person=person,
        duration=known_or_none(MandateDuration, kept.duration),
        starts_on=kept.starts_on,
        expires_on=kept.expires_on,
        families=families,
        revoked=tuple((family, revoked[family]) for family in families if family in revoked),
        acts=kept.acts or "",
        made_at=kept.made_at or "",
        signing=known_or_none(Signing, kept.signing),
        state=rules.state(kept.starts_on, kept.expires_on, set(families) <= set(revoked), today),
        uses=sum(entry.act == MandateAct.USED for entry in entries),
    )


def taken_back(kept: Mandate, entries: Iterable[MandateEntry]) -> dict[str, date]:
    """The families taken back, with the day: what two computers took back at once is all in the journal."""
    found = {family: date.fromisoformat(day) for family, day in (kept.revoked or {}).items()}
    for entry in entries:
        gone = {MandateAct.ENDED: kept.families or [], MandateAct.REVOKED: [str(entry.family)]}.get(
            known_or_none(MandateAct, entry.act) or MandateAct.USED, []
        )
        for family in gone:
            found[family] = min(found.get(family, date.max), checking.day_of(entry))
    return found


def _entry(entry: MandateEntry, faults: Sequence[Fault]) -> EntryRow:
    return EntryRow(
        id=entry.id,
        at=checking.moment_of(entry),
        act=known_or_none(MandateAct, entry.act),
        family=known_or_none(MandateFamily, entry.family),
        said=entry.said or "",
        author=entry.author or "",
        digest=entry.digest or "",
        faults=tuple(fault.sentence for fault in faults if fault.entry == entry.id),
    )
