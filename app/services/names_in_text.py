"""Find in a text meant for outside the names of people of the notebook."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.database import Database
from app.folding import fold
from app.models.beneficiary import beneficiary
from app.name_places import Place, Word, largest, one_name, whole_names, words_of

_NOBODY = re.compile(r"\bFrance (?=Services\b|Travail\b|Num[ée]rique\b|Identit[ée]\b|Connect\b|R[ée]nov\b)")
"""« France » is a first name, but not at the head of these."""


def names_in(database: Database, text: str) -> tuple[str, ...]:
    """The parts of a text, as written, that are the name of somebody of the notebook, in the order of the text.

    Both names in any case, or one of them with its capital: « jeanne delmas », « Mme Delmas », « Jeanne ».
    """
    words = words_of(_NOBODY.sub(lambda found: " " * len(found[0]), text))
    if not words:
        return ()
    with database.read() as connection:
        people = connection.execute(select(beneficiary.c.last_name, beneficiary.c.first_name)).all()
    written = {word.folded for word in words}
    found: set[Place] = set()
    for last, first in people:
        found.update(_places(words, written, fold(last or "").split(), fold(first or "").split()))
    return tuple(dict.fromkeys(text[start:end] for start, end in largest(found)))


def _places(words: Sequence[Word], written: set[str], last: list[str], first: list[str]) -> Iterator[Place]:
    has_last, has_first = (bool(name) and written.issuperset(name) for name in (last, first))
    if has_last and has_first:
        yield from whole_names(words, last, first)
    if has_last:
        yield from one_name(words, last)
    if has_first:
        yield from one_name(words, first)
