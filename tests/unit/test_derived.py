"""What is found and counted follows every record it comes from, whoever changed it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from app.database import Database
from app.models import Activity, Attendance
from app.models.derived import LETTER, count
from app.models.local import outbox
from app.services import activity_lists, beneficiaries, places
from app.services.commands import ActivityFilter
from app.work import Received
from bench.notebook_of_figures import fill
from protocol.ids import presence_id
from protocol.vocabulary import Autonomy, PlaceKind, RecordKind, Topic
from tests.notebook import a_beneficiary, a_place, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def found(database: Database, typed: str) -> int:
    return activity_lists.page(database, ActivityFilter(text=typed)).total


def test_a_renamed_place_is_found_by_its_new_name(database: Database) -> None:
    place = a_place(database, "Médiathèque de Florac")
    recorded(database, place_kind=PlaceKind.PLACE, place=place)
    places.save(database, replace(places.form_of(database, place), name="Mairie annexe"))
    assert (found(database, "mairie"), found(database, "mediatheque")) == (1, 0)


def test_an_erased_person_is_nowhere_any_more(database: Database) -> None:
    jeanne = a_beneficiary(database)
    recorded(database, participants=(jeanne,))
    with database.receive() as work:
        work.apply(Received(RecordKind.BENEFICIARY, jeanne, None))
    assert found(database, "delmas") == 0
    with database.read() as connection:
        words = "SELECT count(*) FROM beneficiary_search WHERE words MATCH 'delmas'"
        assert connection.exec_driver_sql(words).scalar_one() == 0
        kept = connection.execute(select(outbox.c.fields).where(outbox.c.record_id == jeanne)).scalar_one()
    assert kept == {}


def test_an_erased_presence_no_longer_counts(database: Database) -> None:
    jeanne = a_beneficiary(database)
    activity = recorded(database, participants=(jeanne,))
    with database.receive() as work:
        work.apply(Received(RecordKind.ATTENDANCE, presence_id(activity, jeanne), None))
    assert activity_lists.page(database).people == 0
    assert beneficiaries.search(database, "delmas")[0].accompaniments == 0


STEPS = ("record", "delete", "restore", "edit", "erase", "early")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9)), min_size=1, max_size=8))
def test_what_the_figures_read_is_as_defined_after_any_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    database = new_database(tmp_path_factory.mktemp("any"))
    known: list[Activity] = []
    for step, number in steps:
        _change(database, step, number, known)
        with database.read() as connection:
            assert _kept(connection) == _defined(connection)
    database.close()


def test_a_heading_whose_number_is_no_character_has_a_letter(database: Database) -> None:
    activities = [recorded(database, topics=frozenset({topic})) for topic in list(Topic)[:2]]
    with database.receive() as work:
        work.connection.execute(text("DELETE FROM heading"))
        work.connection.execute(text("INSERT INTO heading VALUES (55294, 'tags', 'a')"))
        count(work.connection, activities)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT max(number) FROM heading").scalar_one() > 55295
        assert _kept(connection) == _defined(connection)


def test_the_headings_of_an_older_file_are_those_of_today(database: Database) -> None:
    fill(database, 300, 40)
    with database.receive() as work:
        kept = _kept(work.connection)
        work.connection.execute(text("DELETE FROM heading"))
        work.connection.execute(text("UPDATE activity SET headings = NULL"))
        for statement in import_module("app.models.migrations.versions.0005_headings").DERIVED:
            work.connection.exec_driver_sql(statement)
        assert _kept(work.connection) == kept


def _change(database: Database, step: str, number: int, known: list[Activity]) -> None:
    """One change of one activity, drawn by a number."""
    topics = frozenset(one.value for one in list(Topic)[: number % 3])
    with database.receive() if number % 2 else database.work() as work:
        if step in {"record", "early"} or not known:
            one = Activity(day=date(2026, 1, 1 + number), topics=topics, autonomy=list(Autonomy)[number % 3])
            came = Attendance(activity=one.id)
            for record in (came, one) if step == "early" else (one, came):
                work.save(record)
            known.append(one)
            return
        at = number % len(known)
        if step == "erase":
            work.apply(Received(RecordKind.ACTIVITY, known.pop(at).id, None))
            return
        day, codes = (None if number % 4 == 0 else date(2025, 12, 31)), ["carte_grise"] if number % 3 else None
        changes = {
            "day": day,
            "procedures": codes,
            "procedure_note": "Autre" if number > 5 else "",
            "topics": topics,
            "place": known[0].id if number > 6 else None,
            "municipality": "L’Haÿ\x1f" if number > 3 else None,
            "referred": (None, False, True)[number % 3],
            "anonymous": {"total": number, "gender": {"feminin": number // 2}} if number > 4 else None,
        }
        known[at] = replace(known[at], **(changes if step == "edit" else {"deleted": step == "delete"}))
        work.save(known[at])


def _kept(connection: Connection) -> tuple[object, object]:
    words = {letter: (field, code) for letter, field, code in connection.execute(text(_LETTERS))}
    under = connection.exec_driver_sql("SELECT id, headings FROM activity").all()
    return (
        {id_: Counter(words[letter] for letter in letters) for id_, letters in under},
        {row.id: row.moment for row in connection.execute(text("SELECT id, moment FROM attendance"))},
    )


_LETTERS = f"SELECT {LETTER}, field, code FROM heading"


def _defined(connection: Connection) -> tuple[object, object]:
    """The same, from the records alone."""
    rows = {row.id: row for row in connection.execute(text("SELECT * FROM activity"))}
    under: dict[bytes, Counter[tuple[str, str]]] = {id_: Counter() for id_ in rows}
    for id_, field, code in connection.exec_driver_sql("SELECT activity, field, code FROM activity_choice"):
        under[id_][field, code] += 1
    for id_, row in rows.items():
        under[id_].update([("procedures", row.procedures)] if row.procedures is not None else [])
        under[id_].update([("procedures", "")] if row.procedure_note else [])
        place = row.place.hex().upper() if row.place else ""
        under[id_]["placed", _said(place, row.place_kind, row.municipality)] += 1
        under[id_]["reached", _said(row.kind, row.referred, row.referral, row.level, row.autonomy)] += 1
        group = json.loads(row.anonymous) if row.anonymous else {}
        for part in ("gender", "age_band", "status") if group else ():
            under[id_][f"group_{part}", _said(group["total"], group.get(part))] += 1
    came = connection.exec_driver_sql("SELECT id, activity FROM attendance").all()
    return under, {id_: _moment(rows.get(activity)) for id_, activity in came}


def _said(*parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _moment(row: Any) -> int | None:
    if row is None or row.deleted:
        return None
    day = date.fromisoformat(row.day).toordinal() if row.day else 0
    return day * 4 + [None, *Autonomy].index(row.autonomy)
