"""Fold text for searches: no accents, ligatures opened, hyphens and apostrophes as spaces, lower case."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)


def fold(text: str) -> str:
    """The text as a search sees it."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return " ".join(re.findall(r"[^\W_]+", letters))
