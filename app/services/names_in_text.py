"""Find in a text meant for outside the names of people of the notebook."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.database import Database
from app.folding import fold
from app.models.beneficiary import beneficiary

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2
_NOBODY = re.compile(r"\bFrance (?=Services\b|Travail\b|Num[ée]rique\b|Identit[ée]\b|Connect\b|R[ée]nov\b)")
"""« France » is a first name, but not at the head of these."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    is_capital: bool


def names_in(database: Database, text: str) -> tuple[str, ...]:
    """The parts of a text, as written, that are the name of somebody of the notebook, in the order of the text.

    Both names in any case, or one of them with its capital: « jeanne delmas », « Mme Delmas », « Jeanne ».
    """
    words = tuple(_words(_NOBODY.sub(lambda found: " " * len(found[0]), text)))
    if not words:
        return ()
    with database.read() as connection:
        people = connection.execute(select(beneficiary.c.last_name, beneficiary.c.first_name)).all()
    written = {word.folded for word in words}
    found: set[tuple[int, int]] = set()
    for last, first in people:
        found.update(_places(words, written, fold(last or "").split(), fold(first or "").split()))
    return tuple(dict.fromkeys(text[start:end] for start, end in _largest(found)))


def _places(words: Sequence[_Word], written: set[str], last: list[str], first: list[str]) -> Iterator[tuple[int, int]]:
    has_last, has_first = (bool(name) and written.issuperset(name) for name in (last, first))
    if has_last and has_first:
        for whole in ([*last, *first], [*first, *last]):
            yield from _found(words, whole, any_case=True)
    for name, is_there in ((last, has_last), (first, has_first)):
        if is_there and len("".join(name)) >= _SHORTEST:
            yield from _found(words, name, any_case=False)


def _found(words: Sequence[_Word], name: list[str], *, any_case: bool) -> Iterator[tuple[int, int]]:
    for place in range(len(words) - len(name) + 1):
        here = words[place : place + len(name)]
        if [word.folded for word in here] == name and (any_case or all(word.is_capital for word in here)):
            yield here[0].start, here[-1].end


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(text):
        folded = fold(found[0])
        if folded:
            yield _Word(found.start(), found.end(), folded, found[0][0].isupper())


def _largest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places that are not inside another one."""
    return sorted(one for one in found if not any(it != one and it[0] <= one[0] and one[1] <= it[1] for it in found))
