"""How easy a French text is to read: the measure of Kandel and Moles, its sentences, words and spoken syllables.

Liliane Kandel and Abraham Moles, « Application de l’indice de Flesch à la langue française », Cahiers d’études de
radio-télévision, 19, 1958: 207 - 1.015 × words for a sentence - 0.736 × syllables for a hundred words. From 60 on a
text is plain; a page of easy French (« facile à lire et à comprendre ») is well above.

Syllables are counted by a rule of the spoken language (vowel groups, mute e left out) rather than taken from the
hyphenation patterns of `pyphen`: these never part a single letter, nor « cré-er » or « cli-ent », because one may not
end a printed line there. On the words of `tests/unit/test_sheet_readability.py` the patterns are wrong for one in
three, always downwards, which would let hard texts pass.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_](?:[\w’'.@&-]*[^\W_])?")
"""« l’adresse », « vous-même », « impots.gouv.fr » are one word each; a bare number is none."""
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s»)]|$)")
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
_GROUP = re.compile(f"[{_VOWELS}]+")
_APART = re.compile(
    r"(?<=[aeouàâôûy])(?=[ïëü])"  # naïf, Noël
    r"|(?<=[aeo])(?=[éè])|(?<=é)(?=[aioéèuy])|(?<=é)(?=e[^\W_])"  # poésie, création, réunion, créer
    r"|(?<=[aeiou])(?=y[aeiouéèê])"  # essayez, appuyez: the y goes with what follows
    r"|(?<=[bcdfgptv][rl]i)(?=[aeoé])"  # client, oublier, crier
)
_HARD = re.compile(r"qu(?=[aeiouyéèêâ])|gu(?=[eiyéèê])")
"""A letter u that is not said: « banque », « langue »."""
_MUTE = re.compile(r"(?:es?|ent)$")
_SOUNDED_ENT = frozenset(
    (
        "absent", "accent", "accident", "adolescent", "agent", "apparent", "argent", "cent", "content", "couvent",
        "dent", "différent", "document", "excellent", "fréquent", "incident", "innocent", "insolent", "intelligent",
        "lent", "parent", "permanent", "précédent", "présent", "président", "prudent", "récent", "résident", "serpent",
        "souvent", "talent", "torrent", "transparent", "urgent", "vent", "violent", "évident",
    )
)  # fmt: skip
_VERBS_IN_MENT = frozenset(
    ("affirment", "aiment", "confirment", "dorment", "expriment", "ferment", "forment", "impriment", "nomment")
)
_BY_HEART = {"pays": 2, "paysage": 3}


@dataclass(frozen=True, slots=True)
class Ease:
    """What was measured of a text."""

    words: int
    sentences: int
    syllables: int

    @property
    def mean(self) -> float:
        """Words for a sentence."""
        return self.words / max(1, self.sentences)

    @property
    def score(self) -> float:
        """Kandel and Moles: the higher, the easier."""
        return 207 - 1.015 * self.mean - 73.6 * self.syllables / max(1, self.words)


def measure(texts: Iterable[str]) -> Ease:
    """Measure texts that each begin and end a sentence."""
    found = [words for text in texts for words in map(words_of, sentences(text)) if words]
    return Ease(
        words=sum(map(len, found)),
        sentences=len(found),
        syllables=sum(syllables(word) for words in found for word in words),
    )


def sentences(text: str) -> Sequence[str]:
    """The sentences of a text; the dots of an address end none."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def words_of(text: str) -> Sequence[str]:
    """The words of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """The syllables that one says of a word, one at least."""
    return max(1, sum(map(_spoken, re.split(r"[-’'.@&]", word.lower()))))


def _spoken(part: str) -> int:
    if part in _BY_HEART:
        return _BY_HEART[part]
    part = _HARD.sub(lambda found: found[0][0], part)
    ending = _MUTE.search(part)
    if ending and _is_mute(part, ending[0]):
        part = part[: ending.start()]
    return sum(1 for _ in _GROUP.finditer(_APART.sub("|", part)))


def _is_mute(word: str, ending: str) -> bool:
    """Whether an ending is not said: « adresse », « cliquent »; it is in « le », « souvent », « moment »."""
    if ending == "ent":
        is_noun = word.endswith(("ment", "ient")) or word in _SOUNDED_ENT
        return word in _VERBS_IN_MENT or not is_noun
    return bool(_GROUP.search(word[: -len(ending)]))
