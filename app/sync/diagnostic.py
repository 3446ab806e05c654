"""What the person who helps needs to know of this computer, as plain text: counts and codes, never a value.

No name, note, place, path nor computer's name: nothing of a record is read but its kind.
"""

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Column, Connection, func, select

from app import __version__
from app.database import Database
from app.errors import KnownError
from app.models.local import held_row, outbox
from app.sync import exchanges
from app.work import get_state
from protocol.fields import SCHEMA_VERSION
from protocol.messages import PROTOCOL_VERSION

SHORT = 8
"""Signs of an identifier that are enough to find it in the server's own notes."""


def diagnose(database: Database, seen: Mapping[str, str]) -> str:
    """The whole text; `seen` is what the screens know of the world around, by name."""
    with database.read() as connection:
        facts = {**_program(connection), **_identity(connection), **_operations(connection), **_progress(connection)}
    size = f"{database.path.stat().st_size / 2**20:.1f} Mio".replace(".", ",")
    facts["Carnet"] = f"{size}, contrôle\u00a0: {_checked(database)}"
    lines = [f"{name}\u00a0: {fact}" for name, fact in {**facts, **seen}.items()]
    return "\n".join([*lines, "Derniers échanges\u00a0:", *_exchanges(database)])


def _program(connection: Connection) -> dict[str, str]:
    cipher = connection.exec_driver_sql("PRAGMA cipher_version").scalar()
    return {
        "Passerelle": f"{__version__}, protocole {PROTOCOL_VERSION}, schéma {SCHEMA_VERSION}",
        "Système": platform.platform(),
        "Python": f"{platform.python_version()}, SQLCipher {cipher}",
    }


def _identity(connection: Connection) -> dict[str, str]:
    server = get_state(connection, "sync.server")
    return {
        "Serveur": (urlsplit(server).hostname or "?") if server else "aucun",
        "Ordinateur": _short(get_state(connection, "sync.device")),
        "Époque": _short(get_state(connection, "sync.epoch")),
        "Clé": f"génération {get_state(connection, 'sync.key_generation') or '—'}",
    }


def _operations(connection: Connection) -> dict[str, str]:
    table, is_waiting = outbox.c, outbox.c.acked_at.is_(None)
    return {
        "À envoyer": _counts(connection, [table.kind], is_waiting),
        "Dont déjà partis": _counts(connection, [table.kind], is_waiting, table.sent),
        "Gardés après envoi": _counts(connection, [table.kind], table.acked_at.is_not(None)),
        "Refusés": _counts(connection, [table.kind, table.refusal], table.refusal.is_not(None)),
        "Reçus et illisibles": _counts(connection, [held_row.c.kind]),
    }


def _progress(connection: Connection) -> dict[str, str]:
    cursor = get_state(connection, "sync.cursor") or (None, 0)
    acked = get_state(connection, "sync.acked") or ("—",)
    success = get_state(connection, "sync.last_success")
    return {
        "Curseur": f"{_short(cursor[0])}, version {cursor[1]}",
        "Accusé jusqu’à": str(acked[0]),
        "Dernier succès": _moment(success) if success else "jamais",
        "Écart d’horloge": f"{(get_state(connection, 'sync.clock_offset_ms') or 0) / 1000:.0f} s",
        "Taille des lots": f"{get_state(connection, 'sync.batch_bytes') or '—'} octets",
    }


def _exchanges(database: Database) -> Iterable[str]:
    for one in exchanges.latest(database):
        yield f"  {_moment(one.at_ms)} {one.how}\u00a0: {one.sent} envoyés, {one.received} reçus"


def _checked(database: Database) -> str:
    """What the file itself says of its state."""
    try:
        with database.read() as connection:
            return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    except KnownError:
        return "abîmé"


def _counts(connection: Connection, by: Sequence[Column[Any]], *conditions: Any) -> str:
    """« 3 activity, 2 attendance », by the kinds and codes of these columns."""
    found = connection.execute(select(func.count(), *by).where(*conditions).group_by(*by).order_by(*by)).all()
    return ", ".join(" ".join(map(str, row)) for row in found) or "0"


def _short(identifier: str | None) -> str:
    return identifier[:SHORT] if identifier else "—"


def _moment(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000):%Y-%m-%d %H:%M}"
