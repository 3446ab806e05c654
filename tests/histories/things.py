"""What the histories are about: a few records that everybody edits, and the fields that are edited."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.models import Record
from app.models.activity import Activity
from app.models.appointment import Appointment
from app.models.attendance import Attendance
from app.models.beneficiary import Beneficiary
from app.models.place import Place
from app.models.procedure_case import Case
from app.models.tag import Tag
from protocol.ids import presence_id
from protocol.vocabulary import Topic
from tests.histories.central import Key

Field = str | tuple[str, str]
"""A field, or one element of a set."""
Changes = dict[Field, Any]

_ACTIVITY, _PERSON = UUID(int=1), UUID(int=2)
_PRESENCE = Attendance(id=presence_id(_ACTIVITY, _PERSON), created_at=1, activity=_ACTIVITY, beneficiary=_PERSON)
THINGS: dict[str, Record] = {
    "activity": Activity(id=_ACTIVITY, created_at=1),
    "person": Beneficiary(id=_PERSON, created_at=1),
    "presence": _PRESENCE,
    "place": Place(id=UUID(int=4), created_at=1),
    "tag": Tag(id=UUID(int=5), created_at=1),
    "workshop": Activity(id=UUID(int=6), created_at=1),
    "appointment": Appointment(id=UUID(int=7), created_at=1),
    "case": Case(id=UUID(int=8), created_at=1, beneficiary=_PERSON),
}
TOPICS = (Topic.EMAIL, Topic.HEALTH)
EDITS = (
    "activity.minutes",
    "activity.minutes",
    "activity.title",
    "activity.title",
    "activity.email",
    "activity.sante",
    "activity.deleted",
    "person.last_name",
    "person.last_name",
    "person.postal_code",
    "person.deleted",
    "presence.postal_code",
    "place.name",
    "tag.name",
    "case.notes",
    "workshop.minutes",
    "workshop.too_many_minutes",
    "appointment.subject",
    "appointment.minutes",
)
"""What is told twice is edited twice as often: conflicts need company."""
TOO_MANY = 2**60
"""Minutes that the notebook keeps and the server refuses."""


KEYS = {(one.record_kind, one.id) for one in THINGS.values()}


def key_of(thing: str) -> Key:
    """What a thing is known by."""
    return (THINGS[thing].record_kind, THINGS[thing].id)


def changes_of(record: Record, fields: list[str], count: int) -> Changes:
    """What a person does to a record: a value never seen before, a topic ticked or not, a deletion or its contrary."""
    changes: Changes = {}
    for name in fields:
        if name in TOPICS:
            changes["topics", name] = name not in getattr(record, "topics")  # noqa: B009 - only activities have some
        elif name == "deleted":
            changes[name] = not record.deleted
        elif name == "too_many_minutes":
            changes["minutes"] = TOO_MANY + count
        else:
            changes[name] = count if name == "minutes" else f"{name} {count}"
    return changes


def changed(record: Record, changes: Changes) -> Record:
    """The record with the changes made."""
    values: dict[str, Any] = {}
    for field, value in changes.items():
        if isinstance(field, str):
            values[field] = value
        else:
            name, element = field
            elements: frozenset[str] = values.get(name, getattr(record, name))
            values[name] = elements | {element} if value else elements - {element}
    return replace(record, **values)


def changes_in(fields: str) -> Changes:
    """What an operation of the outbox says."""
    changes: Changes = {}
    for name, value in json.loads(fields).items():
        if isinstance(value, dict) and value.keys() == {"+", "-"}:
            changes |= {(name, element): sign == "+" for sign in ("-", "+") for element in value[sign]}
        else:
            changes[name] = value
    return changes


def value_of(record: Record, field: Field) -> Any:
    """What a record shows in a field, or of an element, as it travels."""
    shown = record.wire()
    return shown[field] if isinstance(field, str) else field[1] in shown[field[0]]
