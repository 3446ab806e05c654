"""Who came to an activity: kept with it, named or anonymous."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.errors import UserError
from app.models import Activity, Attendance, Beneficiary
from app.models.activity import activity
from app.models.attendance import attendance
from app.models.base import known_or_none
from app.services.age_bands import age_band_at
from app.services.commands import AnonymousPerson, RecordActivity
from app.services.merged import resolve
from app.work import Work
from protocol.ids import presence_id
from protocol.vocabulary import ActivityKind, AgeBand, Gender, SocialStatus


def changed(
    work: Work, kept: Activity, command: RecordActivity, opened: RecordActivity | None
) -> Collection[Attendance]:
    """Who came and who does not any more, each presence once, to be saved with the activity.

    What the form did not change since it was `opened` stays as it has become meanwhile. Raises UserError for a person
    who is no longer in the notebook.
    """
    command, opened = _resolved(work, command), opened and _resolved(work, opened)
    return {one.id: one for one in _changed(work, kept, command, opened)}.values()


def _resolved(work: Work, form: RecordActivity) -> RecordActivity:
    """The form with the people it speaks of as they are now: merged while it was open, they are somebody else."""
    now = (resolve(work.connection, person) for person in form.participants)
    return replace(form, participants=tuple(dict.fromkeys(now)))


def _changed(
    work: Work, kept: Activity, command: RecordActivity, opened: RecordActivity | None
) -> Iterator[Attendance]:
    wanted, before = _people(command), _people(opened) if opened else frozenset()
    there = _there(work, kept.id) if command.id else {}
    one_for_another = kept.kind is ActivityKind.INDIVIDUAL and wanted != before
    is_whole = opened is None or one_for_another
    for person in there.keys() & ((there.keys() if is_whole else before) - wanted):
        if gone := work.find(Attendance, there[person]):
            yield replace(gone, deleted=True)
    same = opened is not None and (opened.day, opened.person) == (command.day, command.person)
    for person in (None,) if None in wanted else command.participants:
        if not ((same and person in before) or (person in there and _is_erased(work, person))):
            yield anonymous(kept.id, command.person) if person is None else _named(work, kept, person)


def tell_age(work: Work, person: Beneficiary) -> None:
    """The year of birth is known now, or was corrected: every presence of the person takes the age band it had."""
    wanted = (
        select(attendance.c.id, activity.c.day)
        .join(activity, activity.c.id == attendance.c.activity)
        .where(attendance.c.beneficiary == person.id, attendance.c.deleted.is_(False), activity.c.day.is_not(None))
    )
    for row in work.connection.execute(wanted).all():
        if found := work.find(Attendance, row.id):
            work.save(replace(found, age_band=age_band_at(person.birth_year, row.day)))


def person_of(row: Any) -> AnonymousPerson:
    """What is told of the anonymous person of an attendance."""
    return AnonymousPerson(
        already=bool(row.already),
        municipality=row.municipality,
        postal_code=row.postal_code,
        gender=known_or_none(Gender, row.gender),
        age_band=known_or_none(AgeBand, row.age_band),
        status=known_or_none(SocialStatus, row.status),
    )


def _people(form: RecordActivity) -> frozenset[UUID | None]:
    """The people of a form; None stands for the anonymous person of an individual accompaniment."""
    is_anonymous = form.kind is ActivityKind.INDIVIDUAL and not form.participants
    return frozenset({None}) if is_anonymous else frozenset(form.participants)


def _there(work: Work, activity_id: UUID) -> Mapping[UUID | None, UUID]:
    """The attendance of each person that the notebook ever had at an activity."""
    wanted = select(attendance.c.beneficiary, attendance.c.id).where(attendance.c.activity == activity_id)
    return {row.beneficiary: row.id for row in work.connection.execute(wanted)}


def _is_erased(work: Work, person: UUID | None) -> bool:
    """Whether the person was erased for good: of what was told of the presence nothing can be told again."""
    return person is not None and work.find(Beneficiary, person) is None


def _named(work: Work, kept: Activity, beneficiary_id: UUID) -> Attendance:
    person = work.find(Beneficiary, beneficiary_id)
    if person is None or kept.day is None:
        raise UserError("Cette personne n’est plus dans le carnet\u00a0: choisissez-la à nouveau.")
    return named(kept.id, beneficiary_id, age_band_at(person.birth_year, kept.day) or person.age_band)


def named(activity_id: UUID, person: UUID, age_band: AgeBand | None, created_at: int | None = None) -> Attendance:
    """The presence of a person, who was of that age then."""
    id_ = presence_id(activity_id, person)
    return Attendance(id=id_, created_at=created_at, activity=activity_id, beneficiary=person, age_band=age_band)


def anonymous(activity_id: UUID, person: AnonymousPerson, created_at: int | None = None) -> Attendance:
    """The presence of somebody whose name is not told."""
    return Attendance(
        id=presence_id(activity_id, None),
        created_at=created_at,
        activity=activity_id,
        already=person.already or None,
        municipality=person.municipality,
        postal_code=person.postal_code,
        gender=person.gender,
        age_band=person.age_band,
        status=person.status,
    )
