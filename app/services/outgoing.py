"""What leaves this computer, in the words of the advisor: what waits, what went, what the server set aside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, distinct, func, insert, select

from app import labels
from app.database import Database
from app.models import RECORDS
from app.models.activity import activity
from app.models.attendance import attendance
from app.models.ids import new_id
from app.models.local import outbox
from app.work import Work, get_state
from protocol.vocabulary import RecordKind

_WORDS = {
    RecordKind.ACTIVITY: ("activité", "activités"),
    RecordKind.BENEFICIARY: ("personne", "personnes"),
    RecordKind.ATTENDANCE: ("présence", "présences"),
    RecordKind.PLACE: ("lieu", "lieux"),
    RecordKind.TAG: ("étiquette", "étiquettes"),
    RecordKind.ORGANISATION: ("employeur", "employeurs"),
    RecordKind.CASE: ("démarche suivie", "démarches suivies"),
    RecordKind.PROCEDURE: ("modèle de démarche", "modèles de démarche"),
    RecordKind.MANDATE: ("mandat", "mandats"),
    RecordKind.MANDATE_ENTRY: ("ligne de mandat", "lignes de mandat"),
    RecordKind.ASSESSMENT: ("diagnostic", "diagnostics"),
    RecordKind.SHEET: ("fiche", "fiches"),
    RecordKind.APPOINTMENT: ("rendez-vous", "rendez-vous"),
}
_Counts = dict[RecordKind, int]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What waits and what went, as people read it."""

    waiting: str
    """« 3 activités et 2 présences », empty when nothing waits."""
    sent_today: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One change that the server set aside."""

    op_id: UUID
    title: str
    reason: str
    """What is wrong and what to do, in one sentence."""
    activity: UUID | None
    """The activity to open, where there is one."""


def of(database: Database, now: datetime | None = None) -> Outgoing:
    """What waits and what went today."""
    midnight = (now or datetime.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.read() as connection:
        offset_ms = get_state(connection, "sync.clock_offset_ms") or 0  # what went bears the server's time
        since = round(midnight.timestamp() * 1000) + offset_ms
        waiting = _counts(connection, outbox.c.acked_at.is_(None))
        sent = _counts(connection, outbox.c.acked_at >= since, outbox.c.refusal.is_(None))
    return Outgoing(in_words(waiting), in_words(sent))


def in_words(counts: _Counts) -> str:
    """« 3 activités, 1 personne et 2 présences »."""
    said = [labels.count(counts[kind], *words) for kind, words in _WORDS.items() if counts.get(kind)]
    return " et ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def refused(database: Database) -> tuple[RefusedRow, ...]:
    """The changes that the server set aside, the oldest first."""
    with database.read() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.refusal.is_not(None)).order_by(outbox.c.seq)).all()
        return tuple(_refused_row(connection, row) for row in rows)


_AS_IT_WAS = ("kind", "record_id", "clock_ms", "clock_counter", "base", "erases", "fields")


def send_again(database: Database, op_id: UUID) -> None:
    """Queue a refused change once more, as it was: same fields, same clock, a number and an id of its own.

    Nothing is left to do where it was corrected meanwhile.
    """
    with database.receive() as work:
        old = work.connection.execute(select(outbox).where(outbox.c.op_id == op_id)).one_or_none()
        if old is None:
            return
        seq = work.get_state("sync.next_seq")
        work.set_state("sync.next_seq", seq + 1)
        copied = {name: getattr(old, name) for name in _AS_IT_WAS}
        # closed at once: a later save of the record must not be folded into it
        work.connection.execute(insert(outbox), {**copied, "seq": seq, "op_id": new_id(), "sent": True})
        _drop(work, op_id)


def settle(database: Database, op_id: UUID) -> None:
    """The advisor says that it is settled: no longer show this refusal."""
    with database.receive() as work:
        _drop(work, op_id)


def _drop(work: Work, op_id: UUID) -> None:
    """It was acknowledged, and has no more to say: kept, it would be refused again in another epoch."""
    work.connection.execute(delete(outbox).where(outbox.c.op_id == op_id))


def _counts(connection: Connection, *conditions: Any) -> _Counts:
    counted = select(outbox.c.kind, func.count(distinct(outbox.c.record_id))).where(*conditions).group_by(outbox.c.kind)
    return {row.kind: row[1] for row in connection.execute(counted)}


def _refused_row(connection: Connection, row: Row[Any]) -> RefusedRow:
    activity_id = _activity_of(connection, row)
    return RefusedRow(row.op_id, _title(connection, row, activity_id), _reason(row.refusal), activity_id)


def _activity_of(connection: Connection, row: Row[Any]) -> UUID | None:
    if row.kind is RecordKind.ACTIVITY:
        return UUID(str(row.record_id))
    if row.kind is RecordKind.ATTENDANCE:
        return connection.execute(select(attendance.c.activity).where(attendance.c.id == row.record_id)).scalar()
    return None


def _title(connection: Connection, row: Row[Any], activity_id: UUID | None) -> str:
    if activity_id is not None:
        found = connection.execute(select(activity.c.day, activity.c.minutes).where(activity.c.id == activity_id))
        which = found.one_or_none()
        what = "Activité" if row.kind is RecordKind.ACTIVITY else "Présence à une activité"
        return f"{what} du {labels.short_day(which.day)} ({labels.duration(which.minutes or 0)})" if which else what
    if row.kind is RecordKind.BENEFICIARY:
        return f"Fiche de {_name(connection, row, 'last_name')} {_name(connection, row, 'first_name')}".strip()
    if row.kind is RecordKind.COMPUTER:
        return "Le nom de cet ordinateur"
    what, name = _WORDS[row.kind][0].capitalize(), _name(connection, row, "name")
    return f"{what} «\u00a0{name}\u00a0»" if name else what


def _name(connection: Connection, row: Row[Any], column: str) -> str:
    table = RECORDS[row.kind].table
    if column not in table.c:  # a mandate, a diagnostic or an appointment has none
        return ""
    return connection.execute(select(table.c[column]).where(table.c.id == row.record_id)).scalar() or ""


def _reason(code: str) -> str:
    """The server's stable code (docs/sync-protocol.md) as a sentence."""
    name, _, field = code.partition(":")
    if name == "invalid" and field in labels.FIELDS:
        what = f"«\u00a0{labels.FIELDS[field]}\u00a0»"
        return f"Le serveur n’accepte pas {what}\u00a0: corrigez puis enregistrez à nouveau."
    return _REASONS.get(name, _REASONS["malformed"])


_TOO_OLD = "Le serveur ne connaît pas encore ce genre d’information\u00a0: une fois qu’il sera mis à jour, renvoyez-la."
_REASONS = {
    "invalid": "Le serveur n’accepte pas une de ces informations\u00a0: corrigez-la puis enregistrez à nouveau.",
    "invalid_piece": "Ce texte est trop long pour le serveur\u00a0: raccourcissez-le puis enregistrez à nouveau.",
    "unknown_kind": _TOO_OLD,
    "unknown_field": _TOO_OLD,
    "sealed_in_clear": (
        "Un nom ou une note allait partir sans être chiffré, et le serveur l’a refusé\u00a0: "
        "mettez Passerelle à jour, puis renvoyez-le."
    ),
    "malformed": "Le serveur n’a pas compris cet envoi\u00a0: mettez Passerelle à jour, puis renvoyez-le.",
}
"""The sentence of each reason; a code of tomorrow is told like what was not understood."""
