"""What follows a person from one file to another: presences, cases, mandates, assessments, appointments, drafts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.merges import drafts
from app.merges.taking_back import FOLLOWING, Notes, activity_of
from app.models import Attendance, Beneficiary
from app.models.activity import activity
from app.models.attendance import attendance
from app.models.ids import listed, those_listed
from app.services.age_bands import age_band_at
from app.work import Work, find_all
from protocol.ids import presence_id
from protocol.vocabulary import AgeBand


def move(work: Work, gone: UUID, kept: Beneficiary, notes: Notes) -> Notes:
    """Give the person kept all that names the other one; answers the notes with what was moved."""
    notes = _move_presences(work, gone, kept, notes)
    for name, cls in FOLLOWING.items():
        ids = work.connection.execute(select(cls.table.c.id).where(cls.table.c.beneficiary == gone)).scalars().all()
        work.save_all([replace(one, beneficiary=kept.id) for one in find_all(work.connection, cls, ids).values()])
        notes = _more(notes, name, ids)
    if said := drafts.repoint(work.connection, gone, kept.id):
        notes = {**notes, "drafts": {**said, **notes.get("drafts", {})}}
    return notes


def tell_ages(work: Work, kept: Beneficiary) -> dict[str, list[Any]]:
    """Every presence of the person takes the age band of its day; answers those that changed, before and after."""
    told: dict[str, list[Any]] = {}
    presences = _presences(work, kept.id)
    days = _days(work, presences)
    for presence in presences:
        band = _band(kept, days.get(activity_of(presence)))
        if band and band != presence.age_band:
            work.save(replace(presence, age_band=band))
            told[str(presence.id)] = [presence.age_band, band.value]
    return told


def _move_presences(work: Work, gone: UUID, kept: Beneficiary, notes: Notes) -> Notes:
    """A presence has the id of its person: the one is deleted, the other made; where both came, one is enough."""
    leaving = _presences(work, gone)
    days = _days(work, leaving)
    there = find_all(work.connection, Attendance, [presence_id(activity_of(one), kept.id) for one in leaving])
    moved, shared = [], []
    for one in leaving:
        id_ = presence_id(activity_of(one), kept.id)
        mine = there.get(id_)
        if mine is not None and not mine.deleted:
            shared.append(one.id)
            continue
        band = _band(kept, days.get(activity_of(one))) or one.age_band
        work.save(replace(one, id=id_, beneficiary=kept.id, age_band=band))
        moved.append(one.id)
    work.save_all([replace(one, deleted=True) for one in leaving])
    # what comes back from another computer was noted before, under what it was then
    noted = {*notes.get("moved", ()), *notes.get("shared", ())}
    notes = _more(notes, "moved", (one for one in moved if str(one) not in noted))
    return _more(notes, "shared", (one for one in shared if str(one) not in noted))


def _presences(work: Work, person: UUID) -> list[Attendance]:
    wanted = select(attendance.c.id).where(attendance.c.beneficiary == person, ~attendance.c.deleted)
    found = find_all(work.connection, Attendance, work.connection.execute(wanted).scalars().all())
    return [one for one in found.values() if one.activity is not None]


def _days(work: Work, presences: Iterable[Attendance]) -> dict[UUID, date | None]:
    wanted = select(activity.c.id, activity.c.day).where(activity.c.id.in_(those_listed()))
    rows = work.connection.execute(wanted, {"ids": listed(activity_of(one) for one in presences)})
    return {row.id: row.day for row in rows}


def _band(person: Beneficiary, day: date | None) -> AgeBand | None:
    return age_band_at(person.birth_year, day) if day else None


def _more(notes: Notes, name: str, ids: Iterable[UUID]) -> Notes:
    """The notes with more ids of one kind, each once."""
    known = notes.get(name, [])
    added = [said for said in sorted(map(str, ids)) if said not in known]
    return {**notes, name: [*known, *added]} if added else notes
