"""What stands before a list or figures: who exports what, when, and which filters are in force (fact sheet §5.3)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from app.services.exports.sheets import Row, titled
from app.work import get_state

ROLE = "Conseiller numérique"


def opening_rows(
    connection: Connection, total: int, now: datetime, filter_lines: Iterable[tuple[str, str]]
) -> tuple[Row, ...]:
    """The blocks « Informations export » and « Filtres »; `total` counts accompaniments."""
    first_name, last_name = _parted(get_state(connection, "advisor.name") or "")
    information = (
        ("Nom", last_name),
        ("Prénom", first_name),
        ("Rôle", ROLE),
        ("Total", total),
        ("Date d'export", now.date()),
        ("Heure d'export", now.strftime("%H:%M")),
    )
    return *titled("Informations export", information), *titled("Filtres", filter_lines)


def _parted(name: str) -> tuple[str, str]:
    """First name and name: the words in capitals are the name, else all but the first word."""
    words = name.split()
    last = [word for word in words if word.isupper() and len(word) > 1]
    if not 0 < len(last) < len(words):
        last = words[1:] or words
    return " ".join(word for word in words if word not in last), " ".join(last)
