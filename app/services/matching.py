"""What the search indexes are asked for the letters typed."""

from app.folding import fold


def match_of(typed: str) -> str:
    """Every word typed, by its beginning, in the words of SQLite's FTS5; empty when nothing is typed."""
    return " ".join(f'"{word}"*' for word in fold(typed).split())
