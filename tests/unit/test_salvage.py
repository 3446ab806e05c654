"""What was saved after the last copy and never sent comes out of a damaged file, wherever the damage is."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from app.database import Database
from app.models import Activity, Beneficiary
from app.models.local import outbox
from app.paths import Paths
from app.services import access, backups, news
from app.services.access import SetUp
from app.services.progress import Progress
from app.services.rebuilding import rebuild
from app.vault import Vault
from app.work import get_state
from protocol.vocabulary import RecordKind

PHRASE = "quatre mots sans rapport"
PAGE = 4096
SENT = Activity(minutes=10, day=date(2026, 11, 20), topics=frozenset({"email", "sante"}))
CHANGED = replace(SENT, minutes=15, topics=frozenset({"sante", "bureautique"}))
NEW = Activity(minutes=20, day=date(2026, 11, 24), notes="Au matin")
PERSON = Beneficiary(last_name="Delmas", first_name="Jeanne")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook whose copy lacks what was recorded since; nothing of it reached a server."""
    made = Paths(tmp_path_factory.mktemp("carnet"))
    database = access.set_up(made, SetUp("Camille Rey", access.recovery_code(), PHRASE))
    save(database, Activity(minutes=5))
    with database.work() as work:  # it left, and its answer did not come yet
        work.connection.execute(update(outbox).values(sent=True))
    save(database, SENT)
    backups.make(database, made, Progress())
    save(database, CHANGED, NEW, PERSON)
    with database.work() as work:  # a notebook of some size, whose pages are not all needed to find what matters
        work.save(Activity(minutes=30, notes="x" * 200_000))
    database.close()
    return made.root


@pytest.fixture
def paths(folder: Path, tmp_path: Path) -> Paths:
    return Paths(shutil.copytree(folder, tmp_path / "ici"))


def save(database: Database, *records: Activity | Beneficiary) -> None:
    for record in records:
        with database.work() as work:
            work.save(record)


def spoil(paths: Paths, page: int) -> None:
    with paths.database.open("r+b") as file:
        file.seek(page * PAGE + 100)
        file.write(b"\xa5" * 100)


def pages(paths: Paths) -> int:
    return paths.database.stat().st_size // PAGE


def rebuilt(paths: Paths) -> Database:
    return rebuild(paths, Vault(paths.slots).from_passphrase(PHRASE))


def sound(database: Database) -> list[Activity | Beneficiary | None]:
    """What there is of the three records, as the advisor left them."""
    with database.work() as work:
        found = [work.find(Activity, SENT.id), work.find(Activity, NEW.id), work.find(Beneficiary, PERSON.id)]
    return [one and replace(one, created_at=None) for one in found]


def test_what_was_never_sent_is_saved_wherever_the_damage_is(folder: Path, tmp_path: Path) -> None:
    every = range(1, pages(Paths(folder)), 12)
    whole = 0
    for page in every:
        here = Paths(shutil.copytree(folder, tmp_path / str(page)))
        spoil(here, page)
        with closing(rebuilt(here)) as database:
            found = sound(database)
            assert found[0] in (SENT, CHANGED), "the copy at least comes back"
            whole += found == [CHANGED, NEW, PERSON]
    assert whole >= 0.9 * len(every)


def test_what_is_saved_keeps_its_id_its_clock_and_its_place_in_the_queue(paths: Paths) -> None:
    with closing(access.open_with_passphrase(paths, PHRASE)) as before:
        expected = queue(before)
        clock = state(before, "sync.hlc")
    spoil(paths, pages(paths) - 1)
    with closing(rebuilt(paths)) as database:
        assert queue(database) == expected
        assert state(database, "sync.hlc") == clock
        save(database, Activity(minutes=40))
        assert [row.seq for row in rows(database)] == list(range(1, len(expected) + 2))
        assert news.of(database).endswith(
            "Retrouvé dans le fichier abîmé\u00a0: 3\u00a0activités et 1\u00a0personne. Vérifiez vos dernières saisies."
        )


def test_what_the_server_has_is_left_to_it_and_what_it_refused_is_saved(paths: Paths) -> None:
    with closing(access.open_with_passphrase(paths, PHRASE)) as database, database.receive() as work:
        work.connection.execute(update(outbox).values(acked_at=1, sent=True))
        refused = update(outbox).where(outbox.c.record_id == NEW.id)
        work.connection.execute(refused.values(refusal="invalid:notes"))
    spoil(paths, pages(paths) - 1)
    with closing(rebuilt(paths)) as database:
        assert sound(database) == [SENT, NEW, None]
        [again] = [row for row in rows(database) if row.record_id == NEW.id]
        assert (again.sent, again.acked_at, again.refusal) == (True, None, None)


def test_an_erasure_is_not_forgotten(paths: Paths) -> None:
    with closing(access.open_with_passphrase(paths, PHRASE)) as database, database.work() as work:
        work.erase(RecordKind.ACTIVITY, SENT.id)
    spoil(paths, pages(paths) - 1)
    with closing(rebuilt(paths)) as database:
        assert sound(database) == [None, NEW, PERSON]


def test_a_file_that_shows_nothing_any_more_saves_nothing(paths: Paths) -> None:
    paths.database.write_bytes(b"x" * paths.database.stat().st_size)
    with closing(rebuilt(paths)) as database:
        assert sound(database) == [SENT, None, None]
        assert news.of(database).endswith("Ce qui a été enregistré depuis n’y est pas.")


def rows(database: Database) -> list[Row[Any]]:
    with database.read() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.seq)))


def queue(database: Database) -> list[tuple[Any, ...]]:
    return [(row.op_id, row.record_id, row.clock_ms, row.clock_counter, row.fields) for row in rows(database)]


def state(database: Database, key: str) -> Any:
    with database.read() as connection:
        return get_state(connection, key)
