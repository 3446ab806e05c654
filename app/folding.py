"""Fold text for searches: no accents, ligatures opened, hyphens and apostrophes as spaces, lower case."""

import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"})
"""What Unicode does not take apart by itself; casefold has already opened ß."""


def fold(text: str) -> str:
    """The text as a search sees it: words of plain letters and figures, one space between them."""
    return " ".join(_WORDS.findall(text.lower() if text.isascii() else _plain(text)))


def _plain(text: str) -> str:
    """Letters without marks; folded twice, because taking a letter apart can bring a capital (« ℡ » is « TEL »)."""
    once = unicodedata.normalize("NFKD", text.casefold())
    twice = unicodedata.normalize("NFKD", once.casefold())
    return "".join(one for one in twice if not unicodedata.combining(one)).translate(_LETTERS)
