"""Where the names of a person stand in a text, however they are written: accents, hyphens and capitals set aside."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.folding import fold

SHORTEST = 2
"""Letters of a name that is looked for alone."""
Place = tuple[int, int]
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    start: int
    end: int
    folded: str
    is_capital: bool


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in its order."""
    return tuple(_words(text))


def whole_names(words: Sequence[Word], last: list[str], first: list[str]) -> Iterator[Place]:
    """Where both names follow each other, in any case; names are folded words."""
    if last and first:
        for whole in ([*last, *first], [*first, *last]):
            yield from _found(words, whole, any_case=True)


def one_name(words: Sequence[Word], name: list[str]) -> Iterator[Place]:
    """Where one of the names stands with its capital."""
    if len("".join(name)) >= SHORTEST:
        yield from _found(words, name, any_case=False)


def largest(found: Iterable[Place]) -> list[Place]:
    """The places that are not inside another one, in the order of the text."""
    places = set(found)
    return sorted(one for one in places if not any(it != one and it[0] <= one[0] and one[1] <= it[1] for it in places))


def _found(words: Sequence[Word], name: list[str], *, any_case: bool) -> Iterator[Place]:
    for place in range(len(words) - len(name) + 1):
        here = words[place : place + len(name)]
        if [word.folded for word in here] == name and (any_case or all(word.is_capital for word in here)):
            yield here[0].start, here[-1].end


def _words(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        folded = fold(found[0])
        if folded:
            yield Word(found.start(), found.end(), folded, found[0][0].isupper())
