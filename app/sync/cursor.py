"""Up to where this computer has received what the server holds, and the versions beyond that are its own pushes."""

from uuid import UUID

from app.work import Work
from protocol.fields import SCHEMA_VERSION
from protocol.messages import START, Cursor, SyncAnswer

NO_SERVER = UUID(int=0)
"""The incarnation of no server."""
MOST_HELD = 250
"""Versions told at most; the rows of the others come again."""
_CURSOR, _SCHEMA = "sync.cursor", "sync.schema"


def current(work: Work) -> Cursor:
    """Where the last page ended; the start again when this program knows fields that the last one did not."""
    kept = work.get_state(_CURSOR)
    if not kept or work.get_state(_SCHEMA) != SCHEMA_VERSION:
        return START
    incarnation, version, last = (*kept, None)[:3]
    return (UUID(incarnation), version, UUID(last) if last else None)


def held_beyond(work: Work) -> list[int]:
    """The later versions of which this computer holds all, having made them: they need not be told again."""
    kept = work.get_state(_CURSOR) or []
    return list(kept[3]) if len(kept) > 3 and current(work) != START else []


def move(work: Work, answer: SyncAnswer, is_starting_again: bool) -> None:
    """To where an answer ends; while starting again, nothing counts as held before it was received again."""
    incarnation, version, last = answer.cur
    made = [*held_beyond(work), *([answer.took] if answer.same else [])]
    beyond = [] if is_starting_again else [one for one in made if one > version]
    work.set_state(_CURSOR, [str(incarnation), version, last and str(last), beyond[-MOST_HELD:]])
    work.set_state(_SCHEMA, SCHEMA_VERSION)


def doubt(work: Work) -> None:
    """The cursor of no server: the next answer begins from the start, and both sides send what the other lost."""
    if kept := work.get_state(_CURSOR):
        work.set_state(_CURSOR, [str(NO_SERVER), *kept[1:3]])
