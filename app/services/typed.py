"""What is typed in a form and neither saved nor given up: kept in the encrypted notebook, on this computer only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Connection, delete, exists, select

from app.database import Database
from app.models.beneficiary import beneficiary
from app.models.local import TYPED, state
from app.services.form_wire import of_json, plain
from app.work import Work, get_state

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Name:
    """Which form it is, and of whom if it is about one person."""

    form: str
    person: UUID | None = None

    @property
    def key(self) -> str:
        """Under which it is remembered."""
        return f"{TYPED}{self.form}.{self.person or ''}"


@dataclass(frozen=True, slots=True)
class Typed(Generic[T]):
    """A form as it stands."""

    form: T
    loose: Mapping[str, str] = field(default_factory=dict)
    """Letters that stand for nothing yet, by field."""


def keep(database: Database, name: Name, content: Typed[Any] | None) -> None:
    """Keep what is typed under a name; None forgets it, and nothing is kept of a person who is gone for good."""
    with database.work() as work:
        is_gone = name.person is not None and not _is_known(work.connection, name.person)
        if content is None or is_gone:
            forget(work, name)
        else:
            work.set_state(name.key, {"form": plain(content.form), "loose": dict(content.loose)})


def kept(database: Database, name: Name, kind: type[T]) -> Typed[T] | None:
    """What was typed under a name, as a form of this kind."""
    with database.read() as connection:
        found: dict[str, Any] | None = get_state(connection, name.key)
    return Typed(of_json(kind, found["form"]), found["loose"]) if found else None


def forget(work: Work, name: Name) -> None:
    """Forget what was typed in a transaction under way: it is saved in the same moment."""
    work.connection.execute(delete(state).where(state.c.key == name.key))


def _is_known(connection: Connection, person: UUID) -> bool:
    return bool(connection.scalar(select(exists().where(beneficiary.c.id == person))))
