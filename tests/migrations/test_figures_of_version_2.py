"""What the migrations since 0003 derive for the rows of a notebook of version 2 is what saving them again would."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app import database as databases
from app import migrate
from app.database import Database
from app.models import Activity, Attendance
from app.models.derived import COUNTED, LEVELS, PROCEDURES
from app.work import find_all
from tests.notebook import KEY, new_database

ACTIVITIES: dict[int, dict[str, Any]] = {
    1: {"kind": "individuel", "day": "2026-11-24", "autonomy": "autonome"},
    2: {"kind": "individuel", "day": "2024-02-29", "autonomy": "entierement_accompagne", "procedure_note": "Retraite"},
    3: {"kind": "individuel", "day": "2026-01-01", "autonomy": "partiellement_autonome", "procedures": "[]"},
    4: {"kind": "individuel", "day": "1969-12-31", "autonomy": "d_une_version_suivante", "procedure_note": ""},
    5: {"kind": "collectif", "day": "2026-03-29", "autonomy": "autonome", "anonymous": '{"total":7,"already":2}'},
    6: {"kind": "individuel", "day": None, "procedures": '["carte-grise","impôts"]', "procedure_note": "Été"},
    7: {"kind": "individuel", "day": "2026-10-25", "autonomy": "autonome", "deleted": True},
    8: {"kind": None, "day": "2026-12-31"},
}
"""By the last figure of their id; 99 is not here yet."""
CHOICES = (
    *(
        (1, field, code)
        for field, code in (("topics", "courriel"), ("topics", "bureautique"), ("equipment", "ordinateur"))
    ),
    (2, "families", "d_une_version_suivante"),
    (2, "tags", "00000000-0000-0000-0000-000000000777"),
    (5, "topics", "a\x1eb\x1fc"),
    (6, "topics", "courriel"),
    (7, "topics", "courriel"),
    (99, "topics", "courriel"),
)
CAME = (
    (1, 1, False),
    (2, 1, False),
    (3, 2, True),
    (4, 3, False),
    (5, 1, False),
    (5, 2, False),
    (6, None, False),
    (7, 2, False),
    (8, 3, False),
    (99, 3, False),
    (None, 1, False),
)
"""To which activity, who, and whether that presence was deleted."""

TICKED = {*COUNTED, PROCEDURES}
Derived = tuple[dict[UUID, set[tuple[str, str]]], dict[UUID, int | None]]


@pytest.fixture
def migrated(tmp_path: Path) -> Database:
    """A notebook that version 2 of the program filled, opened by this one."""
    path = tmp_path / "carnet.db"
    _filled_by_version_2(path)
    return Database(path, bytearray(KEY))


def test_the_figures_of_rows_that_were_there_are_those_of_rows_saved_today(migrated: Database, tmp_path: Path) -> None:
    with migrated.read() as connection:
        kept = (
            find_all(connection, Activity, map(_id, (*ACTIVITIES, 99))),
            find_all(connection, Attendance, map(_presence, range(len(CAME)))),
        )
    today = new_database(tmp_path, "aujourd’hui.db")
    with today.work() as work:
        for records in kept:
            work.save_all(tuple(records.values()))
    assert [len(records) for records in kept] == [len(ACTIVITIES), len(CAME)]
    assert _derived(migrated) == _derived(today)
    migrated.close()
    today.close()


def test_the_migration_counts_days_levels_and_what_is_ticked(migrated: Database) -> None:
    headings, moments = _derived(migrated)
    ticked = {id_: {one for one in found if one[0] in TICKED} for id_, found in headings.items()}
    assert ticked[_id(1)] == {("equipment", "ordinateur"), ("topics", "bureautique"), ("topics", "courriel")}
    assert ticked[_id(6)] == {("topics", "courriel"), ("procedures", '["carte-grise","impôts"]'), ("procedures", "")}
    assert ticked[_id(8)] == set()
    told = [None if one is None else divmod(one, LEVELS) for one in moments.values()]
    assert told == [
        (date(2026, 11, 24).toordinal(), 3),
        (date(2024, 2, 29).toordinal(), 1),
        (date(2026, 1, 1).toordinal(), 2),
        (date(1969, 12, 31).toordinal(), 0),
        (date(2026, 3, 29).toordinal(), 0),
        (date(2026, 3, 29).toordinal(), 0),
        (0, 0),
        None,  # the activity was deleted
        (date(2026, 12, 31).toordinal(), 0),
        None,  # it is not here yet
        None,
    ]
    migrated.close()


def _filled_by_version_2(path: Path) -> None:
    engine = databases._engine(path, bytearray(KEY))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrate.migrate(connection, "0002")
        connection.exec_driver_sql("PRAGMA user_version = 2")
        add = connection.exec_driver_sql
        for number, said in ACTIVITIES.items():
            _add(add, "activity", {"id": _id(number).bytes, "created_at": number, "deleted": False, **said})
        for number, field, code in CHOICES:
            _add(add, "activity_choice", {"activity": _id(number).bytes, "field": field, "code": code})
        for number, (activity, person, is_deleted) in enumerate(CAME):
            who = {"activity": activity and _id(activity).bytes, "beneficiary": person and _id(person).bytes}
            _add(add, "attendance", {"id": _presence(number).bytes, "created_at": 1, "deleted": is_deleted, **who})
    engine.dispose()


def _add(execute: Callable[..., Any], table: str, row: dict[str, Any]) -> None:
    execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _derived(database: Database) -> Derived:
    with database.read() as connection:
        known = {number: (field, code) for number, field, code in connection.exec_driver_sql("SELECT * FROM heading")}
        letters = connection.exec_driver_sql("SELECT id, headings FROM activity ORDER BY id").all()
        moments = connection.exec_driver_sql("SELECT id, moment FROM attendance ORDER BY id").all()
    headings = {UUID(bytes=id_): {known[_number(one)] for one in text or ""} for id_, text in letters}
    return headings, {UUID(bytes=id_): one for id_, one in moments}


def _number(letter: str) -> int:
    """The heading that a letter stands for: every character but the surrogates does."""
    return ord(letter) - (2048 if ord(letter) > 0xDFFF else 0)


def _id(number: int) -> UUID:
    return UUID(int=number)


def _presence(number: int) -> UUID:
    return UUID(int=1_000 + number)
