"""Whom of many people a text names: thousands may leave at once, and there are more texts than that."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from app.forgetting.identity import Identity, plain

_START = 3
"""Signs by which those to look for in a text are found: few begin alike."""


class Spotter:
    """Knows these people by how their signs begin, so that a text is read once for all of them."""

    def __init__(self, people: Mapping[UUID, Identity]) -> None:
        self._people = people
        self._places = {id_: place for place, id_ in enumerate(people)}
        self._signs: dict[str, list[tuple[str, UUID]]] = {}
        for id_, who in people.items():
            for sign in who.signs:
                self._signs.setdefault(sign[:_START], []).append((sign, id_))
        self._lengths = {len(start) for start in self._signs}

    def named_in(self, text: str) -> Iterator[UUID]:
        """Those whom a text that may be about anybody names beyond doubt, in the order in which they were told."""
        for id_ in sorted(self._perhaps(plain(text)), key=self._places.__getitem__):
            if self._people[id_].out_of(text, is_theirs=False) != text:
                yield id_

    def _perhaps(self, short: str) -> set[UUID]:
        starts = {short[place : place + length] for length in self._lengths for place in range(len(short))}
        likely = (one for start in starts & self._signs.keys() for one in self._signs[start])
        return {id_ for sign, id_ in likely if sign in short}
