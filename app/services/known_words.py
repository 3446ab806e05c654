"""The words by which people are found, to tell those that one typing mistake parts from what is typed."""

from bisect import bisect_left
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from sqlalchemy import text

from app.database import Changes, Database
from protocol.vocabulary import RecordKind

SHORTEST = 4
"""Letters from which a word may be mistyped: a shorter one is close to too many."""


class KnownWords:
    """The words in order, so that what begins as typed is found at once."""

    def __init__(self, words: list[str]) -> None:
        self._words = sorted(words)
        self._letters = sorted(set("".join(words)))

    def near(self, word: str) -> tuple[str, ...]:
        """The beginnings of known words that are one letter away from a word, in order."""
        if len(word) < SHORTEST - 1:
            return ()
        edits = {one for one in self._edits(word) if len(one) >= SHORTEST and one != word}
        return tuple(sorted(one for one in edits if self._has_beginning(one)))

    def _edits(self, word: str) -> Iterator[str]:
        for place in range(len(word) + 1):
            before, after = word[:place], word[place:]
            if place and not self._has_beginning(before):
                return  # nothing known begins like this: what changes further on changes nothing
            yield from (before + letter + after for letter in self._letters)
            if after:
                yield before + after[1:]
                yield from (before + letter + after[1:] for letter in self._letters)
            if len(after) > 1:
                yield before + after[1] + after[0] + after[2:]

    def _has_beginning(self, beginning: str) -> bool:
        place = bisect_left(self._words, beginning)
        return place < len(self._words) and self._words[place].startswith(beginning)


class _Shelf:
    """The words of one notebook, read again once its people changed."""

    def __init__(self) -> None:
        self.words: KnownWords | None = None
        self.turn = 0

    def changed(self, kinds: Changes) -> None:
        """Forget the words if they may have changed."""
        if RecordKind.BENEFICIARY in kinds:
            self.turn += 1
            self.words = None


_shelves: WeakKeyDictionary[Database, _Shelf] = WeakKeyDictionary()


def known_words(database: Database) -> KnownWords:
    """The words by which the people of a notebook are found."""
    shelf = _shelves.get(database)
    if shelf is None:
        shelf = _shelves[database] = _Shelf()
        database.on_commit(shelf.changed)
    if shelf.words is not None:
        return shelf.words
    turn, words = shelf.turn, _read(database)
    if shelf.turn == turn:  # nobody changed meanwhile
        shelf.words = words
    return words


def _read(database: Database) -> KnownWords:
    with database.read() as connection:
        connection.execute(_OPEN)
        words = connection.execute(_WORDS).scalars().all()
    return KnownWords([word for word in words if len(word) >= SHORTEST and not word.isdigit()])


_OPEN = text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.person_word USING fts5vocab('main', 'beneficiary_search', 'row')")
_WORDS = text("SELECT term FROM temp.person_word WHERE term >= 'a'")
