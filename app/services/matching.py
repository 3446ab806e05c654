"""What the search indexes are asked for the letters typed."""

from app.folding import fold

MOST_WORDS = 12
"""What is looked for of a long text, pasted by mistake: its first words say enough, and each one costs."""


def match_of(typed: str) -> str:
    """Every word typed, by its beginning, in the words of SQLite's FTS5; empty when nothing is typed."""
    return " ".join(f'"{word}"*' for word in dict.fromkeys(words_of(typed)))


def words_of(typed: str) -> list[str]:
    """The words that are looked for, as they were typed: the figures of a phone come back."""
    return fold(typed).split()[:MOST_WORDS]
