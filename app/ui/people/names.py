"""A name typed in one go, parted into last name and first name."""

import re

_PARTICLES = {
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "d’",
    "van",
    "von",
    "der",
    "den",
    "ben",
    "el",
    "al",
    "da",
    "dos",
    "di",
}


def split_name(typed: str) -> tuple[str, str]:
    """Last name and first name: what is in capitals is the last name, else it comes first, with its particles.

    « delmas jeanne » and « Jeanne DELMAS » are Delmas and Jeanne, « de la tour anne » is de la Tour and Anne.
    """
    words = typed.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        last, first = capitals, [word for word in words if word not in capitals]
    else:
        start = next((place for place, word in enumerate(words) if word.lower() not in _PARTICLES), 0)
        last, first = words[: start + 1], words[start + 1 :]
    return " ".join(map(_cased, last)), " ".join(map(_cased, first))


def _cased(word: str) -> str:
    """Capitals where a name has them; a word typed with its own capitals and small letters is left alone."""
    if word.lower() in _PARTICLES:
        return word.lower()
    if not (word.islower() or word.isupper()):
        return word
    return re.sub(r"(^|[-’'])(\w)", lambda found: found[1] + found[2].upper(), word.lower())
