"""What came and cannot be read yet is told with its cause."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert

from app.database import Database
from app.models.local import held_row
from app.services import incoming
from tests.notebook import new_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def hold(database: Database, *kinds: str) -> None:
    with database.receive() as work:
        for kind in kinds:
            row = insert(held_row).values(record_id=uuid4(), kind=kind, version=1, row="{}")
            work.connection.execute(row)


def test_nothing_is_said_while_everything_is_read(database: Database) -> None:
    assert incoming.unreadable(database) == ()


def test_a_key_that_has_not_come_and_a_program_too_old_are_told_apart(database: Database) -> None:
    hold(database, "activity", "attendance", "beneficiary", "rendezvous")
    keys, program = (one.replace("\u00a0", " ") for one in incoming.unreadable(database))
    assert keys.startswith("3 éléments reçus ne peuvent pas encore être lus : la clé")
    assert program.startswith("1 élément reçu ne peut pas encore être lu : il faut une version plus récente")
