"""The column types of the local tables, and how their values travel."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Boolean, Dialect, Float, Integer, LargeBinary, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All the tables of the encrypted notebook."""

PLAIN = frozenset((type(None), str, int, bool, float, list, dict))
"""The Python types whose values travel as they are."""
W = TypeVar("W", bound=StrEnum)
MOST_WHOLE = 2**53
"""The largest whole number that travels."""
Wire = Any
"""A JSON value as it travels: dates and civil times ISO, ids as text, enums as their code, sets as sorted lists."""


class Uid(TypeDecorator[UUID]):
    """An identifier, 16 bytes."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        """Sixteen bytes for the file."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:
        """An identifier from the file."""
        return None if value is None else UUID(bytes=value)


class Day(TypeDecorator[date]):
    """A calendar day, ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """ISO text for the file."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """A day from the file."""
        return None if value is None else date.fromisoformat(value)


class CivilTime(TypeDecorator[datetime]):
    """A day and an hour to the minute, as the clock on the wall shows them: ISO text without a zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """ISO text for the file."""
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """A time from the file."""
        return None if value is None else datetime.fromisoformat(value)


class Code(TypeDecorator[str]):
    """A word of a closed list; a code that this version does not know stays as plain text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Plain text for the file; a word would make the driver look for how to adapt it."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The word, or the unknown code itself."""
        return None if value is None else known(self.words, value)


def known(words: type[StrEnum], value: str) -> str:
    """The word of a list for a code, or the code itself where a newer program wrote it."""
    return words(value) if value in words._value2member_map_ else value


def known_or_none(words: type[W], value: str | None) -> W | None:
    """The word of a list for a code, None where a newer program wrote it."""
    return words(value) if value is not None and value in words._value2member_map_ else None


def _whole(value: Any) -> int:
    number = int(value)
    if abs(number) > MOST_WHOLE:
        raise ValueError("larger than the notebook can hold")
    return number


def _text(value: Any) -> str:
    text = str(value)
    text.encode()  # half of a surrogate pair is no letter
    return text


def _civil_time(value: Any) -> datetime:
    read = datetime.fromisoformat(value)
    if read.tzinfo is not None or to_wire(read) != value:
        raise ValueError("neither to the minute nor without a zone")
    return read


_FROM_WIRE: dict[type, Callable[[Any], Any]] = {
    Uid: UUID,
    Day: date.fromisoformat,
    CivilTime: _civil_time,
    Boolean: bool,
    Integer: _whole,
    Float: float,
    Text: _text,
    Code: _text,
    JSON: lambda value: value,
}


def from_wire(column_type: TypeEngine[Any], value: Wire) -> Any:
    """The Python value of a column for the JSON value that travelled; raises ValueError or TypeError if it is bad."""
    return None if value is None else _FROM_WIRE[type(column_type)](value)


def to_wire(value: Any) -> Wire:
    """The JSON value that travels for a Python value."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(to_wire, value))
    if isinstance(value, StrEnum):
        return value.value
    return value
