"""The work that `bench sync` sends: people, places and accompaniments, drawn the same again from a number.

What the peers are given is the same activity in clear, as one JSON object of the same fields.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.models.ids import new_id
from app.services.age_bands import age_band_at
from app.services.commands import RecordActivity, SaveBeneficiary, SavePlace
from bench.sync_notes import sentence
from protocol.vocabulary import Autonomy, Equipment, Gender, PlaceKind, ProcedureFamily, SocialStatus, Topic

A_DAY = 12
"""Activities."""
PEOPLE = 150
FIRST_DAY, TURN_DAYS = date(2016, 1, 4), 200
BEFORE = datetime(2015, 12, 1, 9)
"""When the people and the places were known."""
OPENING, PACE_MINUTES = 9, 40

Clear = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A person or a place that the notebook has, as an activity speaks of it."""

    id: UUID
    birth_year: int | None = None


def people() -> list[SaveBeneficiary]:
    """The people whom the advisor follows."""
    draw = Random("people")
    return [_person(draw, number) for number in range(PEOPLE)]


def places() -> list[SavePlace]:
    """Where the advisor works."""
    return [SavePlace(name=name, municipality="48061", postal_code="48400") for name in _PLACES]


def moments(turn: int, count: int) -> Iterator[datetime]:
    """When each activity of a turn is entered: a day of twelve every working day, a turn well after the last one."""
    day = FIRST_DAY + timedelta(days=turn * TURN_DAYS)
    draw = Random(f"moments {turn}")
    for number in range(count):
        if number and number % A_DAY == 0:
            day += timedelta(days=3 if day.weekday() == 4 else 1)
        minutes = number % A_DAY * PACE_MINUTES
        start = datetime(day.year, day.month, day.day, OPENING)
        yield start + timedelta(minutes=minutes, milliseconds=draw.randrange(20 * 60_000))


def activities(turn: int, count: int, followed: Sequence[Known], known: Sequence[Known]) -> Iterator[RecordActivity]:
    """The accompaniments of a turn, as the form would ask to record them."""
    draw = Random(f"activities {turn}")
    for moment in moments(turn, count):
        yield _activity(draw, moment.date(), draw.choice(followed).id, draw.choice(known).id)


def clear_people() -> list[Clear]:
    """The people as a peer keeps them."""
    return [
        {
            "id": str(new_id()),
            "first_name": one.first_name,
            "last_name": one.last_name,
            "birth_year": one.birth_year,
            "phone": one.phone,
            "municipality": one.municipality,
            "gender": one.gender,
            "status": one.status,
        }
        for one in people()
    ]


def clear_activities(turn: int, count: int, followed: Sequence[Clear]) -> list[Clear]:
    """The very activities of a turn, and the presence of the person of each, as a peer keeps them."""
    known = [Known(new_id()) for _ in _PLACES]
    persons = [Known(UUID(one["id"]), one["birth_year"]) for one in followed]
    births = {one.id: one.birth_year for one in persons}
    commands = activities(turn, count, persons, known)
    times = moments(turn, count)
    return [clear(command, births, moment) for command, moment in zip(commands, times, strict=True)]


def clear(command: RecordActivity, births: dict[UUID, int | None], moment: datetime) -> Clear:
    """Everything that one activity says, its notes last."""
    assert command.day is not None
    person = command.participants[0]
    said = {
        "id": str(new_id()),
        "created_at": round(moment.timestamp() * 1000),
        "kind": command.kind,
        "day": command.day.isoformat(),
        "minutes": command.minutes,
        "place_kind": command.place_kind,
        "place": str(command.place) if command.place else None,
        "topics": sorted(command.topics),
        "families": sorted(command.families) or None,
        "equipment": sorted(command.equipment),
        "autonomy": command.autonomy,
        "referred": command.referred,
        "beneficiary": str(person),
        "age_band": age_band_at(births[person], command.day),
        "notes": command.notes,
    }
    return {name: value for name, value in said.items() if value is not None}


def size(one: Clear) -> tuple[int, int]:
    """Bytes of the fields of a clear activity as JSON, and of its notes beside."""
    notes = len(str(one["notes"]).encode())
    return len(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()) - notes, notes


def _person(draw: Random, number: int) -> SaveBeneficiary:
    return SaveBeneficiary(
        first_name=draw.choice(_FIRST_NAMES),
        last_name=f"{draw.choice(_LAST_NAMES)}-{number:03d}",
        birth_year=draw.randint(1932, 2006),
        phone=f"06{draw.randrange(10**8):08d}" if draw.random() < 0.6 else "",
        municipality="48061",
        postal_code="48400",
        gender=draw.choice((Gender.FEMALE, Gender.FEMALE, Gender.MALE)),
        status=draw.choice(list(SocialStatus)[:-1]),
    )


def _activity(draw: Random, day: date, person: UUID, place: UUID) -> RecordActivity:
    topics = frozenset(draw.sample(list(Topic), draw.choice((1, 2, 2, 3))))
    helped = Topic.ADMINISTRATIVE_HELP in topics
    remote = draw.random() < 0.05
    return RecordActivity(
        day=day,
        minutes=draw.choice((15, 20, 30, 30, 45, 45, 60, 60, 75, 90)),
        place_kind=PlaceKind.REMOTE if remote else PlaceKind.PLACE,
        place=None if remote else place,
        topics=topics,
        families=frozenset({draw.choice(list(ProcedureFamily))}) if helped else frozenset(),
        equipment=frozenset({draw.choice(list(Equipment)[:3])}),
        autonomy=draw.choice(list(Autonomy)),
        referred=draw.random() < 0.1,
        participants=(person,),
        notes=sentence(draw),
    )


_PLACES = ("Médiathèque de Florac", "Mairie du Pompidou", "Maison des associations", "France services de Meyrueis")
_FIRST_NAMES = ("Jeanne", "Éléonore", "Marcel", "Noëmie", "André", "Fatima", "Mamadou", "Yvette", "Gaël", "Odile")
_LAST_NAMES = ("Delmas", "Roux", "Chabrol", "Atger", "Diallo", "Martinez", "Nguyễn", "Bœuf", "Pagès", "Rouvière")
