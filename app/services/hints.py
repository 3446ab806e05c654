"""What the form offers first, learnt from the advisor's own activities."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from app.database import Database
from app.models.activity import activity, activity_choice
from app.models.attendance import attendance
from app.models.base import known_or_none
from app.services import places, tags
from app.services.commands import RecordActivity
from app.services.rows import FormHints
from protocol.vocabulary import ActivityKind, PlaceKind, Topic

USUAL_MINUTES = (15, 30, 45, 60, 90, 120)
OFTEN = 5
"""A duration used more than this is offered too (fact sheet §1.5)."""
MOST_OFTEN = 10
RECENT = 500
"""How many of the last activities say what is usual."""


def for_form(database: Database, kind: ActivityKind, today: date | None = None) -> FormHints:
    """An empty form with date, place and duration already there, and the choices in their usual order."""
    known_places = places.mine(database)
    with database.read() as connection:
        topics = _topics(connection, kind)
        minutes = _minutes(connection)
        last = _last(connection, kind)
    form = RecordActivity(kind=kind, day=today or date.today(), **_usual(last, [row.id for row in known_places]))
    return FormHints(form, topics, minutes, known_places, tags.mine(database))


def after(hints: FormHints, recorded: RecordActivity) -> RecordActivity:
    """The empty form that follows a recorded one (« Enregistrer et nouveau »): same day, same place."""
    kept = {name: getattr(recorded, name) for name in ("day", "place_kind", "place", "municipality", "postal_code")}
    return replace(hints.form, **kept)


def usual_place(database: Database) -> str:
    """The name of the place that the next form would offer; empty until the advisor has one."""
    names = places.names(database)
    if not names:
        return ""
    with database.read() as connection:
        last = _last(connection, ActivityKind.INDIVIDUAL)
    return names[_usual(last, tuple(names))["place"]]


def topics_of(database: Database, beneficiary_id: UUID, limit: int = 5) -> tuple[Topic, ...]:
    """The topics most often worked on with a person."""
    chosen, came = activity_choice.c, attendance.c
    wanted = (
        select(chosen.code)
        .join(attendance, came.activity == chosen.activity)
        .where(chosen.field == "topics", came.beneficiary == beneficiary_id, came.deleted.is_(False))
        .group_by(chosen.code)
        .order_by(func.count().desc())
        .limit(limit)
    )
    with database.read() as connection:
        codes = connection.execute(wanted).scalars().all()
    return tuple(topic for code in codes if (topic := known_or_none(Topic, code)))


def _recent(kind: ActivityKind | None = None) -> Any:
    wanted = select(activity.c.id, activity.c.minutes).where(activity.c.deleted.is_(False))
    if kind:
        wanted = wanted.where(activity.c.kind == kind)
    return wanted.order_by(activity.c.day.desc(), activity.c.number.desc()).limit(RECENT).subquery()


def _topics(connection: Connection, kind: ActivityKind) -> tuple[Topic, ...]:
    recent = _recent(kind)
    wanted = (
        select(activity_choice.c.code, func.count())
        .join(recent, recent.c.id == activity_choice.c.activity)
        .where(activity_choice.c.field == "topics")
        .group_by(activity_choice.c.code)
    )
    uses = {row[0]: row[1] for row in connection.execute(wanted)}
    return tuple(sorted(Topic, key=lambda topic: -uses.get(topic.value, 0)))


def _minutes(connection: Connection) -> tuple[int, ...]:
    recent = _recent()
    wanted = (
        select(recent.c.minutes)
        .group_by(recent.c.minutes)
        .having(func.count() > OFTEN)
        .order_by(func.count().desc())
        .limit(MOST_OFTEN)
    )
    often = [minutes for minutes in connection.execute(wanted).scalars() if minutes]
    return tuple(sorted({*USUAL_MINUTES, *often}))


def _last(connection: Connection, kind: ActivityKind) -> Any:
    kept = text("NOT activity.deleted")  # not « = 0 », which would gather the whole index before sorting it
    wanted = select(activity).where(kept).order_by(activity.c.number.desc()).limit(1)
    same_kind = connection.execute(wanted.where(activity.c.kind == kind)).one_or_none()
    return same_kind or connection.execute(wanted).one_or_none()


def _usual(last: Any, known_places: Sequence[UUID]) -> dict[str, Any]:
    """Place and duration of the last activity; the most used place where the last one was elsewhere."""
    usual: dict[str, Any] = {"minutes": last.minutes if last else None}
    here = last.place if last and last.place_kind is PlaceKind.PLACE else None
    if here not in known_places:
        here = known_places[0] if known_places else None
    if here:
        usual.update(place_kind=PlaceKind.PLACE, place=here)
    return usual
