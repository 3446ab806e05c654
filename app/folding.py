"""Fold text for searches: no accents, ligatures opened, hyphens and apostrophes as spaces, lower case."""

import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+")
_OPENED: dict[str, str | None] = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "\u0131": "i",
}
"""What Unicode does not take apart by itself; casefold has already opened ß."""


class _Letters(dict[int, str | None]):
    """What becomes of each letter, asked of Unicode once: marks go, the others stay."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        return self.setdefault(code, None if unicodedata.combining(letter) else letter)


_LETTERS = _Letters(str.maketrans(_OPENED))


def fold(text: str) -> str:
    """The text as a search sees it: words of plain letters and figures, one space between them."""
    return " ".join(_WORDS.findall(text.lower() if text.isascii() else _plain(text)))


def _plain(text: str) -> str:
    """Letters without marks; folded twice, because taking a letter apart can bring a capital (« ℡ » is « TEL »)."""
    once = unicodedata.normalize("NFKD", text.casefold())
    twice = unicodedata.normalize("NFKD", once.casefold())
    return twice.translate(_LETTERS)
