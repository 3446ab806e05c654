"""Joining a notebook and leaving it: what becomes of what this computer holds."""

import platform
from uuid import UUID

from sqlalchemy import delete, select, update

from app.models import RECORDS
from app.models.computer import Computer
from app.models.local import held_row, lost_value, outbox
from app.sync.identity import identity_in, remember_keys
from app.sync.outbox import start_epoch
from app.sync.outcome import Parting
from app.sync.standing import PARTING
from app.work import Work
from protocol.sealing import NotebookKey
from protocol.vocabulary import RecordKind

_OF_A_MEMBER = (
    "device", "device_code", "sign_key", "box_key", "notebook_key", "key_generation", "older_keys", "made_key",
    "asking", "server", "unknown_since",
)  # fmt: skip
"""What is forgotten of a member; where it stood in the notebook stays, should it come back."""
PATIENCE_MS = 24 * 3600 * 1000
"""How long a server may not know this computer before it counts as out."""
_UNKNOWN_SINCE = "sync.unknown_since"


def arrive(work: Work, server: str, notebook: UUID, keys: dict[int, NotebookKey]) -> None:
    """This computer is in: nothing that was recorded here before is left behind.

    In the notebook that it left, it goes on where it stopped; in another one, all it holds is queued whole.
    """
    former = work.get_state("sync.notebook")
    if former not in (None, str(notebook)):
        _forget_former(work)
    if former is not None:
        start_epoch(work)
    work.set_state("sync.notebook", str(notebook))
    work.set_state("sync.server", server)
    for name in ("sync.made_key", "sync.asking", "sync.device_code", PARTING):
        work.set_state(name, None)
    remember_keys(work, keys.values())
    if former not in (None, str(notebook)):
        _queue_everything(work)
    device = UUID(work.get_state("sync.device"))
    work.save(Computer(id=device, name=platform.node() or None, advisor=work.get_state("advisor.name")))


def is_out(work: Work, error: str, now_ms: int) -> bool:
    """Whether a refusal means that this computer is no longer in: it was taken out, or is unknown day after day.

    A server that was restored from before this computer came in does not know it; nor does one that was started on
    the wrong database, and then the keys must still be there when that is put right.
    """
    if error != "unknown_device":
        return error == "revoked"
    since = work.get_state(_UNKNOWN_SINCE)
    if since is None or since > now_ms:
        work.set_state(_UNKNOWN_SINCE, now_ms)
        return False
    return bool(now_ms - since >= PATIENCE_MS)


def note_known(work: Work) -> None:
    """The server knows this computer: whatever time it did not counts no more."""
    if work.get_state(_UNKNOWN_SINCE) is not None:
        work.set_state(_UNKNOWN_SINCE, None)


def leave(work: Work, how: Parting) -> None:
    """This computer is out: its keys are forgotten, and what it holds stays here; nothing to do where it is not in."""
    if identity_in(work.connection) is not None:
        forget_member(work)
        work.set_state(PARTING, how)


def forget_member(work: Work) -> None:
    """Forget the keys of this computer: the next time it asks, it is another one to the server."""
    for name in _OF_A_MEMBER:
        work.set_state(f"sync.{name}", None)


def _forget_former(work: Work) -> None:
    """What was only good in the former notebook: operations told by numbers, rows that its keys alone open."""
    for table in (outbox, held_row, lost_value):
        work.connection.execute(delete(table))
    for cls in RECORDS.values():
        work.connection.execute(update(cls.table).values(version=0))
    work.set_state("sync.cursor", None)


def _queue_everything(work: Work) -> None:
    """All that is not deleted goes into the notebook joined; the names of the former one's computers do not."""
    for kind, cls in RECORDS.items():
        if kind is not RecordKind.COMPUTER:
            for id_ in work.connection.scalars(select(cls.table.c.id).where(~cls.table.c.deleted)).all():
                record = work.find(cls, id_)
                assert record is not None
                work.save_again(record, 0)
