"""The child that is killed while it synchronises: saves a little, sends it, and says each step as it is done.

python -m bench.kills_sync_child NOTEBOOK_FILE SERVER_URL
"""

import itertools
import random
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.database import Database
from app.models import Beneficiary
from app.models.ids import new_id
from app.models.local import change
from app.services import activities
from app.services.commands import RecordActivity
from app.services.form_wire import plain
from app.sync.client import HttpTransport
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending
from bench.child import say
from protocol.vocabulary import PlaceKind, RecordKind, Topic

KEY = bytes(range(32))
"""Of the notebooks of the trial, which hold nobody's name."""
MOST_SAVES = 4
"""Before each run."""
MOST_ACTIVITIES = 400
"""Then those that there are change: the notebook stays of a size to be checked in no time."""
PAUSE_S = 0.1
"""After a run that failed."""


_OWN = select(change.c.record_id).where(change.c.kind == RecordKind.ACTIVITY, change.c.here).distinct()
"""A colleague's may arrive before the presences of their people: they would change without having been changed."""


class Worker:
    """Records accompaniments and changes some of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as connection:
            self._people = list(connection.scalars(select(Beneficiary.table.c.id)))
            self._known = list(connection.scalars(_OWN))

    def save(self) -> None:
        """One save: said before, and said again once its call has returned."""
        is_new = not self._known or (len(self._known) < MOST_ACTIVITIES and random.random() < 0.7)
        form = new_accompaniment(random.choice(self._people)) if is_new else self._changed()
        assert form.id is not None
        say(saving=str(form.id), form=plain(replace(form, opened=None)))
        activities.record(self._database, form)
        say(saved=str(form.id))
        if is_new:
            self._known.append(form.id)

    def _changed(self) -> RecordActivity:
        opened = activities.form_of(self._database, random.choice(self._known))
        return replace(opened, minutes=random.randint(1, 300), topics=frozenset(random.sample(list(Topic), 2)))


def new_accompaniment(person: UUID) -> RecordActivity:
    """An accompaniment of today, with a sentence of notes."""
    return RecordActivity(
        id=new_id(),
        day=date.today(),
        minutes=random.randint(1, 300),
        place_kind=PlaceKind.REMOTE,
        topics=frozenset(random.sample(list(Topic), 2)),
        participants=(person,),
        notes=f"À reprendre dans {random.randint(2, 60)} jours, avec ses papiers.",
    )


def main() -> None:
    """Save and synchronise until the end comes."""
    database = Database(Path(sys.argv[1]), bytearray(KEY))
    engine = SyncEngine(database, HttpTransport(sys.argv[2]))
    worker = Worker(database)
    for run in itertools.count():
        for _ in range(random.randint(1, MOST_SAVES)):
            worker.save()
        say(begun=run)
        ending = engine.run().ending
        say(ended=ending.value)
        if ending is not Ending.DONE:
            time.sleep(PAUSE_S)


if __name__ == "__main__":
    main()
