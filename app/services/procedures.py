"""The catalogue of common procedures (démarches), found by their name or by the words and sites that people type."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from app.folding import fold
from app.resources import resource
from app.services.known_words import KnownWords
from app.services.matching import MOST_WORDS
from protocol.vocabulary import ProcedureFamily

_LAST = 1000
"""The rank of a procedure whose words are scattered over several phrases."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A common procedure; `code` never changes, so that figures can be compared over the years."""

    code: str
    label: str
    family: ProcedureFamily
    synonyms: tuple[str, ...]
    """Other names, sites and bodies, the most telling first."""


def search(text: str, limit: int = 8) -> tuple[Procedure, ...]:
    """The procedures that a text means: every word of it starts a word of the label or of the synonyms.

    The label counts more than the synonyms, an early synonym more than a late one, an exact phrase more than a part
    of it; among equals, the order of the catalogue. If none answers, each word may have one typing mistake.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    words = wanted.split()[:MOST_WORDS]
    exact = _ranked(wanted, [(word,) for word in words])
    return (exact or _ranked(wanted, [(word, *_known().near(word)) for word in words]))[:limit]


def get(code: str) -> Procedure | None:
    """The procedure that bears this code; None if the catalogue has none."""
    return _catalogue().get(code)


def of_family(family: ProcedureFamily) -> tuple[Procedure, ...]:
    """The procedures of one family, in the order of the catalogue."""
    return tuple(one for one in _catalogue().values() if one.family is family)


def _ranked(wanted: str, words: Sequence[tuple[str, ...]]) -> tuple[Procedure, ...]:
    """Those that answer, the best first; each word comes in all its writings."""
    ranked = [(rank, one) for one, phrases in _folded() if (rank := _rank(phrases, wanted, words)) is not None]
    ranked.sort(key=itemgetter(0))
    return tuple(one for _, one in ranked)


def _rank(phrases: tuple[str, ...], wanted: str, words: Sequence[tuple[str, ...]]) -> int | None:
    """How well a label and its synonyms answer, the least the best; None if they do not."""
    ranks = [
        2 * place + (0 if phrase == wanted else 1 if phrase.startswith(wanted) else 2)
        for place, phrase in enumerate(phrases)
        if _holds(phrase, words)
    ]
    return min(ranks) if ranks else _LAST if _holds(" ".join(phrases), words) else None


def _holds(phrase: str, words: Sequence[tuple[str, ...]]) -> bool:
    said = f" {phrase}"
    return all(any(f" {one}" in said for one in writings) for writings in words)


@cache
def _catalogue() -> dict[str, Procedure]:
    families = json.loads(resource("reference", "procedures.json").read_bytes())
    procedures = (
        Procedure(entry["code"], entry["label"], ProcedureFamily(family), tuple(entry["synonyms"]))
        for family, entries in families.items()
        for entry in entries
    )
    return {one.code: one for one in procedures}


@cache
def _folded() -> tuple[tuple[Procedure, tuple[str, ...]], ...]:
    return tuple((one, tuple(map(fold, (one.label, *one.synonyms)))) for one in _catalogue().values())


@cache
def _known() -> KnownWords:
    return KnownWords(list({word for _, phrases in _folded() for phrase in phrases for word in phrase.split()}))
