"""What an advisor does with activities: record, change, delete and bring back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.database import Database
from app.errors import UserError
from app.models import Activity
from app.models.attendance import attendance
from app.models.base import W, known_or_none
from app.models.ids import new_id
from app.services import attendances, drafts
from app.services.activity_rules import check, tidy
from app.services.appointments import honouring
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.work import Work, find
from protocol.vocabulary import (
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)


def record(database: Database, command: RecordActivity, today: date | None = None, draft: UUID | None = None) -> UUID:
    """Keep an activity, new or changed, with the people who came; raises UserError if a rule is not met.

    The draft it comes from is forgotten in the same moment, so that a power cut cannot leave both.
    """
    command = tidy(command)
    check(command, today or date.today())
    opened = tidy(command.opened) if command.opened else None
    with database.work() as work:
        kept = _activity(work, command, opened)
        work.save_all((kept, *attendances.changed(work, kept, command, opened)))
        honouring.settle(work, command, kept.id)
        if draft:
            drafts.forget(work.connection, draft)
    return kept.id


def delete(database: Database, id_: UUID) -> None:
    """Take an activity out of the lists and figures; `restore` brings it back."""
    _set_deleted(database, id_, True)


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted activity back."""
    _set_deleted(database, id_, False)


def form_of(database: Database, id_: UUID) -> RecordActivity:
    """The content of an activity as the form shows it."""
    with database.read() as connection:
        return form_in(connection, id_)


def duplicate_of(database: Database, id_: UUID, today: date | None = None) -> RecordActivity:
    """A new form with the content of an activity, on today's date; its notes stay with the first one."""
    return replace(form_of(database, id_), id=None, opened=None, day=today or date.today(), notes="")


def form_in(connection: Connection, id_: UUID) -> RecordActivity:
    """The content of an activity as one moment of the notebook knows it; raises UserError if it is gone."""
    kept = find(connection, Activity, id_)
    if kept is None:
        raise UserError("Cette activité n’est plus dans le carnet.")
    rows = connection.execute(
        select(attendance).where(attendance.c.activity == id_, attendance.c.deleted.is_(False)).order_by("number")
    ).all()
    anonymous = next((row for row in rows if row.beneficiary is None), None)
    form = RecordActivity(
        id=kept.id,
        kind=kept.kind,
        day=kept.day,
        minutes=kept.minutes,
        place_kind=known_or_none(PlaceKind, kept.place_kind),
        place=kept.place,
        municipality=kept.municipality,
        postal_code=kept.postal_code,
        topics=_known(Topic, kept.topics),
        families=_known(ProcedureFamily, kept.families),
        procedures=frozenset(kept.procedures or ()),
        procedure_note=kept.procedure_note or "",
        equipment=_known(Equipment, kept.equipment),
        tags=frozenset(UUID(code) for code in kept.tags),
        cases=frozenset(UUID(code) for code in kept.cases),
        sheets=kept.sheets,
        notes=kept.notes or "",
        participants=tuple(row.beneficiary for row in rows if row.beneficiary),
        person=attendances.person_of(anonymous) if anonymous else AnonymousPerson(),
        anonymous=_group(kept.anonymous),
        autonomy=known_or_none(Autonomy, kept.autonomy),
        referred=kept.referred,
        referral=known_or_none(ReferralTarget, kept.referral),
        level=known_or_none(WorkshopLevel, kept.level),
        title=kept.title or "",
    )
    return replace(form, opened=form)


def _activity(work: Work, command: RecordActivity, opened: RecordActivity | None) -> Activity:
    """The activity with the form's answers; those that it did not change stay as they have become meanwhile."""
    found = work.find(Activity, command.id) if command.id else None
    fields = answers(command)
    if found and opened:
        before = answers(opened)
        fields = {name: _merged(getattr(found, name), before[name], now) for name, now in fields.items()}
    return replace(found or Activity(id=command.id or new_id()), **fields, deleted=False)


def _merged(kept: Any, before: Any, now: Any) -> Any:
    """A field of the notebook after the form took it from `before` to `now`; sets change by additions and removals."""
    if isinstance(now, frozenset):
        return (kept - (before - now)) | (now - before)
    return kept if now == before else now


def answers(form: RecordActivity) -> dict[str, Any]:
    """The fields of an activity that a form answers."""
    return {
        "kind": form.kind,
        "day": form.day,
        "minutes": form.minutes,
        "place_kind": form.place_kind,
        "place": form.place,
        "municipality": form.municipality,
        "postal_code": form.postal_code,
        "topics": frozenset(topic.value for topic in form.topics),
        "families": frozenset(family.value for family in form.families),
        "procedures": sorted(form.procedures) or None,
        "procedure_note": form.procedure_note or None,
        "equipment": frozenset(one.value for one in form.equipment),
        "tags": frozenset(str(tag) for tag in form.tags),
        "cases": frozenset(str(one) for one in form.cases),
        "sheets": form.sheets,
        "notes": form.notes or None,
        "anonymous": _group_wire(form.anonymous) if form.anonymous.total else None,
        "autonomy": form.autonomy,
        "referred": form.referred,
        "referral": form.referral,
        "level": form.level,
        "title": form.title or None,
    }


def _group_wire(group: AnonymousGroup) -> dict[str, Any]:
    return {
        "total": group.total,
        "already": group.already,
        "gender": {code.value: number for code, number in group.gender.items() if number},
        "age_band": {code.value: number for code, number in group.age_band.items() if number},
        "status": {code.value: number for code, number in group.status.items() if number},
    }


def _group(wire: dict[str, Any] | None) -> AnonymousGroup:
    wire = wire or {}
    return AnonymousGroup(
        total=wire.get("total", 0),
        already=wire.get("already", 0),
        gender=_counts(Gender, wire.get("gender", {})),
        age_band=_counts(AgeBand, wire.get("age_band", {})),
        status=_counts(SocialStatus, wire.get("status", {})),
    )


def _known(words: type[W], codes: Iterable[str]) -> frozenset[W]:
    """The words of a list for these codes, without those that a newer program wrote."""
    return frozenset(word for code in codes if (word := known_or_none(words, code)))


def _counts(words: type[W], counts: Mapping[str, int]) -> dict[W, int]:
    return {word: number for code, number in counts.items() if (word := known_or_none(words, code))}


def _set_deleted(database: Database, id_: UUID, deleted: bool) -> None:
    with database.work() as work:
        kept = work.find(Activity, id_)
        if kept is None:
            raise UserError("Cette activité n’est plus dans le carnet.")
        work.save(replace(kept, deleted=deleted))
