"""A person leaves the notebook for good, here or because another computer said so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, or_, select

from app.forgetting import beside, identity, merges, texts
from app.models import OF_ONE_PERSON, Activity, Attendance, Beneficiary, erased
from app.models.activity import activity_choice
from app.models.appointment import appointment
from app.models.assessment import assessment
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.ids import listed, those_listed
from app.models.mandate import mandate, mandate_entry
from app.models.procedure_case import procedure_case
from app.work import Received, Work, find_all
from protocol.vocabulary import RecordKind

UNSCRUBBED = "privacy.unscrubbed"
"""The pages of the file still show what was erased since they were last written anew."""
_TOLD = "gender", "age_band", "status", "municipality", "postal_code"


def erase(work: Work, ids: Iterable[UUID]) -> None:
    """Erase people for good, those merged into them too: everywhere at the next synchronisation.

    Their presences stay as figures, with what the statistics say of somebody and nothing that says of whom. All the
    rest goes: procedures, appointments, mandates and their journal, notes, names in other texts, history, drafts; of
    assessments the levels stay.
    """
    gone = with_merged(work, ids)
    _leave(work, gone)
    for id_ in gone:
        work.erase(RecordKind.BENEFICIARY, id_)


def follow(work: Work, received: Received) -> None:
    """Keep what the server says of a record; what it erased leaves as if it had been erased here.

    So do those who were merged into the person where the erasure was not known: nothing would ever show them again.
    """
    if received.fields is not None or received.kind is not RecordKind.BENEFICIARY:
        work.apply(received)
        return
    _, *twins = with_merged(work, (received.id,))
    _leave(work, (received.id,), heard=received.version)
    work.apply(received)
    erase(work, twins)


def follow_late(work: Work, came: Iterable[tuple[RecordKind, UUID]]) -> None:
    """Erase what came of people who were erased before, from a computer that did not know of it.

    Whoever receives it does, since the one who wrote it may never come back: an erasure told twice changes nothing, and
    what it erases is not sent again.
    """
    ids: dict[RecordKind, list[UUID]] = {}
    for kind, id_ in came:
        ids.setdefault(kind, []).append(id_)
    of_mandates = _late(work, mandate_entry.c.mandate, ids.get(RecordKind.MANDATE_ENTRY, ()))
    twins = _late(work, beneficiary.c.merged_into, ids.get(RecordKind.BENEFICIARY, ()))
    owned = [(one.table.c.beneficiary, ids[one.record_kind]) for one in OF_ONE_PERSON if one.record_kind in ids]
    people = {owner for column, some in owned for owner in _late(work, column, some).values()}
    if not (of_mandates or twins or people):
        return
    for id_ in of_mandates:
        work.erase(RecordKind.MANDATE_ENTRY, id_)
    cases = _erase_theirs(work, tuple(people), ())
    _untie(work, cases)
    beside.forget_ids(work, cases)
    texts.tell_figures_only(work, people)
    erase(work, twins)
    work.set_state(UNSCRUBBED, True)


def _late(work: Work, owner: Column[Any], ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of some records, those that belong to what was erased, and to whom."""
    if not ids:
        return {}
    wanted = select(owner.table.c.id, owner).where(owner.table.c.id.in_(those_listed()), owner.is_not(None))
    owners: dict[UUID, UUID] = {row[0]: row[1] for row in work.connection.execute(wanted, {"ids": listed(ids)})}
    gone = erased.among(work.connection, owners.values())
    return {id_: whose for id_, whose in owners.items() if whose in gone}


def keep_out(work: Work, people: Collection[Beneficiary], gone: Iterable[UUID]) -> None:
    """Take out of what a file brought the people of it who were erased before, and whatever else is `gone` with them.

    They are not among what it brought; their presences are, and take what the statistics read of them. Whoever it
    says was made one with them leaves at once.
    """
    merges.part(work, people)
    for one in people:
        _stay_in_figures(work, one)
    _take_out(work, people, None)
    beside.forget_ids(work, gone)
    ids = [one.id for one in people]
    erase(work, [one for one in with_merged(work, ids) if one not in ids])
    work.set_state(UNSCRUBBED, True)


def with_merged(work: Work, ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """These people and all those who were found to be the same as one of them."""
    found: dict[UUID, None] = {}
    wanted = tuple(dict.fromkeys(ids))
    while wanted:
        found.update(dict.fromkeys(wanted))
        merged = select(beneficiary.c.id).where(beneficiary.c.merged_into.in_(those_listed()))
        rows = work.connection.execute(merged, {"ids": listed(wanted)}).scalars().all()
        wanted = tuple(one for one in rows if one not in found)
    return tuple(found)


def _leave(work: Work, ids: Sequence[UUID], heard: int | None = None) -> None:
    people = find_all(work.connection, Beneficiary, ids)
    parted = merges.part(work, people.values())
    merges.forget_former(work, ids)
    for person in people.values():
        _stay_in_figures(work, person)
    cases = _erase_theirs(work, ids, [one.id for one in people.values() if one.deleted and one.id not in parted])
    _untie(work, cases)
    _take_out(work, people.values(), heard)
    beside.forget_ids(work, (*ids, *cases))
    if people:
        work.set_state(UNSCRUBBED, True)


def _take_out(work: Work, people: Collection[Beneficiary], heard: int | None) -> None:
    """Out of all that names them."""
    known = identity.of_all(work.connection, people)
    texts.tell_without(work, known, heard)
    for id_, who in known.items():
        beside.forget(work, id_, who)


def _stay_in_figures(work: Work, person: Beneficiary) -> None:
    """Each presence takes what the statistics read of the person: the age band, never the year of birth."""
    rows = work.connection.execute(select(attendance.c.id).where(attendance.c.beneficiary == person.id)).scalars()
    presences = find_all(work.connection, Attendance, rows.all())
    known = {name: getattr(person, name) for name in _TOLD if getattr(person, name) is not None}
    work.save_all([_told_of(one, known) for one in presences.values()])


def _told_of(presence: Attendance, known: Mapping[str, Any]) -> Attendance:
    """The presence with what was known of the person, where it does not say so itself."""
    return replace(presence, **{name: value for name, value in known.items() if getattr(presence, name) is None})


def _erase_theirs(work: Work, ids: Sequence[UUID], hidden: Sequence[UUID]) -> Sequence[UUID]:
    """Erase what is theirs alone, all of it of those who were `hidden`; answers the cases, which activities name."""
    mandates, cases = _of(work, mandate.c.beneficiary, ids), _of(work, procedure_case.c.beneficiary, ids)
    for kind, gone in (
        (RecordKind.MANDATE_ENTRY, _of(work, mandate_entry.c.mandate, mandates)),
        (RecordKind.MANDATE, mandates),
        (RecordKind.APPOINTMENT, _of(work, appointment.c.beneficiary, ids)),
        (RecordKind.ASSESSMENT, _of(work, assessment.c.beneficiary, ids, _UNCOUNTED)),
        (RecordKind.ASSESSMENT, _of(work, assessment.c.beneficiary, hidden)),
        (RecordKind.CASE, cases),
    ):
        for id_ in gone:
            work.erase(kind, id_)
    return cases


def _of(work: Work, owner: Column[Any], ids: Sequence[UUID], *wanted: ColumnElement[bool]) -> Sequence[UUID]:
    """The records of a table that belong to some others, those deleted too."""
    owned = select(owner.table.c.id).where(owner.in_(those_listed()), *wanted)
    return tuple(work.connection.execute(owned, {"ids": listed(ids)}).scalars())


def _untie(work: Work, cases: Sequence[UUID]) -> None:
    """Activities no longer name cases that are gone."""
    codes = [str(one) for one in cases]
    for start in range(0, len(codes), _PART):
        part = codes[start : start + _PART]
        named = (activity_choice.c.field == "cases") & activity_choice.c.code.in_(part)
        tied = work.connection.execute(select(activity_choice.c.activity).where(named).distinct()).scalars().all()
        found = find_all(work.connection, Activity, tied)
        work.save_all([replace(one, cases=one.cases - frozenset(part)) for one in found.values()])


_PART = 500
_UNCOUNTED = or_(assessment.c.deleted, assessment.c.day.is_(None))
"""The assessments that no figure reads; of the others the levels stay, as presences do."""
