"""Notebooks and records for tests, with plausible defaults."""

import functools
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from app.database import Database
from app.models import RECORDS
from app.models.local import lost_value
from app.services import activities, beneficiaries, places
from app.services.commands import RecordActivity, SaveBeneficiary, SavePlace
from app.sync.identity import as_text
from app.work import Received
from protocol.vocabulary import ActivityKind, PlaceKind, RecordKind, Topic

KEY = bytes(range(32))
TODAY = date(2026, 11, 24)
"""A Tuesday."""


def new_database(folder: Path, name: str = "carnet.db") -> Database:
    """An empty notebook in a folder: a copy of one that was made once, since the migrations are not quick."""
    path = folder / name
    if not path.exists():
        shutil.copy2(_empty(), path)
    return Database(path, bytearray(KEY))


def a_beneficiary(database: Database, last_name: str = "Delmas", first_name: str = "Jeanne", **more: Any) -> UUID:
    """A person, saved."""
    return beneficiaries.save(database, SaveBeneficiary(last_name=last_name, first_name=first_name, **more))


def a_place(database: Database, name: str = "Médiathèque de Florac", municipality: str = "48061") -> UUID:
    """A place of activity, saved."""
    return places.save(database, SavePlace(name=name, municipality=municipality, postal_code="48400"))


def an_activity(**more: Any) -> RecordActivity:
    """A valid command: half an hour of e-mail, at a distance, with an anonymous person."""
    usual: dict[str, Any] = {
        "kind": ActivityKind.INDIVIDUAL,
        "day": TODAY,
        "minutes": 30,
        "place_kind": PlaceKind.REMOTE,
        "topics": frozenset({Topic.EMAIL}),
    }
    return RecordActivity(**{**usual, **more})


def enrolled(database: Database) -> None:
    """Make a notebook believe that it is linked to a server."""
    with database.receive() as work:
        work.set_state("sync.notebook_key", "une clé")


def linked(database: Database, server: str = "https://passerelle.exemple.fr") -> None:
    """What an enrolment with a server leaves behind."""
    with database.receive() as work:
        work.set_state("sync.device", "0192f0c1-2222-7000-8000-000000000001")
        work.set_state("sync.notebook", "0192f0c1-2222-7000-8000-000000000002")
        work.set_state("sync.server", server)
        work.set_state("sync.key_generation", 1)
        for key in ("sync.sign_key", "sync.box_key", "sync.notebook_key"):
            work.set_state(key, as_text(bytes(range(32))))


def a_lost_note(database: Database, kind: RecordKind, id_: UUID, mine: str, field: str = "notes") -> None:
    """A field that a colleague wrote over what this computer, which did not know of hers, had written."""
    device, colleague = uuid4(), uuid4()
    with database.receive() as work:
        work.set_state("sync.device", str(device))
        work.apply(Received(RecordKind.COMPUTER, colleague, {"name": "SALLE-2", "advisor": "Jeanne Roux"}))
        kept = work.find(RECORDS[kind], id_)
        assert kept is not None
        hers = kept.wire()[field]
        for value in (mine, hers):
            work.apply(Received(kind, id_, {**kept.wire(), field: value}, author=colleague))
        values = {"kind": kind, "record_id": id_, "field": field, "op_id": uuid4(), "author": device, "at": 1}
        work.connection.execute(insert(lost_value), {**values, "value": mine, "settled": False})


def recorded(database: Database, **more: Any) -> UUID:
    """An activity, saved."""
    return activities.record(database, an_activity(**more), today=TODAY)


def traces(database: Database, word: str) -> set[str]:
    """The tables, those of the search too, in which whoever has the key can still read a word."""
    found = set()
    with database.read() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for table in tables:
            values = [one for row in connection.execute(text(f"SELECT * FROM {table}")) for one in row]
            kept = [one if isinstance(one, bytes) else str(one).encode() for one in values]
            if any(word.lower().encode() in one.lower() for one in kept):
                found.add(table)
    return found


@functools.cache
def _empty() -> Path:
    path = Path(tempfile.mkdtemp(prefix="passerelle-carnet-")) / "vide.db"
    Database(path, bytearray(KEY)).close()
    return path
