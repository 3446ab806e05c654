"""Find people by anything that is known of them, as one types, one typing mistake a word forgiven.

Every word is looked for by its beginning. Where few people hold the words as they are typed, those whose words are one
letter away (one more, one less, another, or two that changed places) are looked for too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, bindparam, text

from app.database import Database
from app.models.beneficiary import beneficiary
from app.services.known_words import KnownWords, known_words
from app.services.matching import words_of

ENOUGH = 8
"""People found as typed, from which nobody else is looked for."""
_LONG = 4
"""Figures of a group that may be a year or a postal code by itself."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Whom a search finds."""

    typed: str
    """The words as typed, for the index."""
    near: str = ""
    """The same with the words close to them; empty where those typed are enough."""

    @property
    def condition(self) -> ColumnElement[bool]:
        """Of everybody who is found."""
        return _holds(self.near or self.typed)

    @property
    def as_typed(self) -> ColumnElement[bool]:
        """Of those who hold the words as they were typed."""
        return _holds(self.typed)


def matches(database: Database, typed: str) -> Matches | None:
    """Whom the letters typed find; None for no letters, which find everybody."""
    clauses = list(dict.fromkeys(_clauses(typed)))
    if not clauses:
        return None
    as_typed = " AND ".join(one.query() for one in clauses)
    with database.read() as connection:
        found = connection.execute(_COUNT, {"words": as_typed}).scalar_one()
    if found >= ENOUGH or not any(one.word for one in clauses):
        return Matches(as_typed)
    known = known_words(database)
    near = " AND ".join(one.query(known) for one in clauses)
    return Matches(as_typed, near if near != as_typed else "")


@dataclass(frozen=True, slots=True)
class _Clause:
    """What one word, or one number in several groups of figures, asks of the index."""

    word: str = ""
    figures: tuple[str, ...] = ()

    def query(self, known: KnownWords | None = None) -> str:
        if self.figures:
            return _number_query(self.figures)
        close = known.near(self.word) if known else ()
        return _any(self.word, *close)


def _clauses(typed: str) -> Iterator[_Clause]:
    """Figures that follow one another are one number, in whatever groups they were typed."""
    for is_number, words in groupby(words_of(typed), str.isdigit):
        if is_number:
            yield _Clause(figures=tuple(words))
        else:
            yield from (_Clause(word) for word in words)


def _number_query(groups: tuple[str, ...]) -> str:
    """« 06 12 34 », « +33 (0)6 12 34 » and « 0033 6 12 34 » begin the same phone; « 1948 48400 » is no phone."""
    figures = list(groups)
    if len(figures) > 1 and figures[1] == "0":
        del figures[1]
    joined = "".join(figures)
    joined = joined[2:] if joined.startswith("00") else joined
    if len(groups) > 1 and min(map(len, groups)) >= _LONG:
        return f"({_any(joined)} OR ({' AND '.join(map(_any, groups))}))"
    return _any(joined)


def _any(*words: str) -> str:
    asked = " OR ".join(f'"{word}"*' for word in words)
    return f"({asked})" if len(words) > 1 else asked


def _holds(words: str) -> ColumnElement[bool]:
    return beneficiary.c.number.in_(_SEARCH.bindparams(bindparam("words", words, unique=True)).columns(_NUMBER))


_NUMBER = beneficiary.c.number
_SEARCH = text("SELECT rowid AS number FROM beneficiary_search WHERE words MATCH :words")
_COUNT = text(
    f"""SELECT count(*) FROM (
        SELECT 1 FROM beneficiary_search s JOIN beneficiary b ON b.number = s.rowid
        WHERE s.words MATCH :words AND NOT b.deleted LIMIT {ENOUGH})"""
)
