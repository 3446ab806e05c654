"""What a client said it saved before it was killed, held against what its notebook holds."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from app.database import Database
from app.models import Activity
from app.services import activities
from app.services.commands import RecordActivity
from app.services.form_wire import of_json
from app.sync.outcome import Ending

Content = RecordActivity | None


@dataclass
class Said:
    """What one client said: what it saved, what it was about to save, and where its runs are."""

    saves: int = 0
    saved: dict[UUID, Content] = field(default_factory=dict)
    """The last content of each activity whose save has returned."""
    saving: tuple[UUID, Content] | None = None
    is_running: bool = False
    begun: int = 0
    done: int = 0

    def hear(self, line: str) -> None:
        """Take in one line of bench/kills_sync_child.py."""
        told = json.loads(line)
        if "saving" in told:
            self.saving = UUID(told["saving"]), of_json(RecordActivity, told["form"])
        elif "saved" in told:
            assert self.saving is not None
            self.saves += 1
            self.saved = {**self.saved, self.saving[0]: self.saving[1]}
            self.saving = None
        elif "begun" in told:
            self.is_running, self.begun = True, self.begun + 1
        else:
            self.is_running = False
            self.done += told["ended"] == Ending.DONE


class Ledger:
    """The activities that must be in the notebook, from one client to the next."""

    def __init__(self) -> None:
        self._kept: dict[UUID, Content] = {}

    def missing(self, database: Database, said: Said) -> list[str]:
        """The saves that were told and are not there; a client may be at work."""
        known = self._kept.keys() | said.saved.keys()
        with database.read() as connection:
            there = set(connection.scalars(select(Activity.table.c.id)))
        return [f"lost: {id_}" for id_ in known - there]

    def settle(self, database: Database, said: Said) -> list[str]:
        """The contents that are neither the last one told nor the one that a killed client was about to save."""
        expected = {**self._kept, **said.saved}
        touched = said.saved.keys() | ({said.saving[0]} if said.saving else set())
        found = {id_: _content(database, id_) for id_ in touched}
        self._kept |= {id_: one for id_, one in found.items() if one}
        wrong = (one for one in found.items() if one != said.saving and one[1] != expected.get(one[0]))
        return [f"changed: {id_}: {one}, and not {expected.get(id_)}" for id_, one in wrong]

    def changed(self, database: Database) -> list[str]:
        """The activities that are not on a computer as they were last saved."""
        return [f"not received: {id_}" for id_, one in self._kept.items() if _content(database, id_) != one]


def _content(database: Database, id_: UUID) -> Content:
    with database.read() as connection:
        is_there = connection.execute(select(Activity.table.c.id).where(Activity.table.c.id == id_)).first()
    return activities.form_of(database, id_) if is_there else None
