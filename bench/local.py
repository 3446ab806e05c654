"""Listing, filtering, searching and saving in a notebook of 100,000 activities and 20,000 people.

Each question is asked through the service that the screens call, then its very SQL is asked again of the same
encrypted file by the bare driver; what is saved is replayed the same way on a copy of the file.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event, insert, text

from app.database import PRAGMAS, Database
from app.models import Activity, Attendance, Beneficiary
from app.models.activity import activity_choice
from app.models.derived import searchable
from app.models.ids import new_id
from app.services import activities, activity_lists, beneficiaries, places
from app.services.commands import ActivityFilter, RecordActivity, SavePlace
from bench.report import Figure, Report
from protocol.vocabulary import ActivityKind, AgeBand, PlaceKind, Topic

SLOWEST_MS, RATIO = 100.0, 2.5
KEY = bytes(range(32))
TODAY = date(2026, 11, 24)

Statement = tuple[str, Any, bool]


def measure(quick: bool) -> Report:
    """Medians of each question through the service, and beside the same SQL issued directly."""
    turns = 7 if quick else 31
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carnet.db"
        database = Database(path, bytearray(KEY))
        people, place = _fill(database, 100_000, 20_000)
        results = {
            name: _compare(path, database, ask, turns) for name, ask in _questions(database, people, place).items()
        }
        results["save an accompaniment"] = _compare_saving(path, database, people, place, turns)
        database.close()
    return _report(results)


def _questions(database: Database, people: Sequence[UUID], place: UUID) -> dict[str, Callable[[], object]]:
    month = ActivityFilter(since=TODAY - timedelta(days=30), until=TODAY, topics=frozenset({Topic.EMAIL}))
    return {
        "open the list": lambda: activity_lists.page(database),
        "open its last page": lambda: activity_lists.page(database, offset=len(people) * 5 - 50),
        "filter by month and topic": lambda: activity_lists.page(database, month),
        "filter by topic": lambda: activity_lists.page(database, ActivityFilter(topics=frozenset({Topic.EMAIL}))),
        "filter by place": lambda: activity_lists.page(database, ActivityFilter(places=frozenset({place}))),
        "filter by type": lambda: activity_lists.page(
            database, ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP}))
        ),
        "sort by duration": lambda: activity_lists.page(database, sort="minutes"),
        "search a text": lambda: activity_lists.page(database, ActivityFilter(text="justif")),
        "search a person's activities": lambda: activity_lists.page(database, ActivityFilter(text="roux jeanne")),
        "find a person, 1 letter": lambda: beneficiaries.search(database, "d"),
        "find a person, 5 letters": lambda: beneficiaries.search(database, "delma"),
    }


def _compare(path: Path, database: Database, ask: Callable[[], object], turns: int) -> tuple[float, float]:
    """Median milliseconds through the service and directly, in turn."""
    statements = _statements_of(database, ask)
    direct = _connect(path)
    through, straight = [], []
    for _ in range(turns):
        through.append(_timed(ask))
        straight.append(_timed(lambda: _replay(direct, ["BEGIN", *statements, "COMMIT"])))
    direct.close()
    return statistics.median(through), statistics.median(straight)


def _compare_saving(
    path: Path, database: Database, people: Sequence[UUID], place: UUID, turns: int
) -> tuple[float, float]:
    """The same saves, through the service and replayed on a copy of the file made before them."""
    with database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    copy = path.with_name("copie.db")
    checkpoint = _connect(path)
    checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    checkpoint.close()
    shutil.copy2(path, copy)
    direct, draw = _connect(copy), Random(7)
    through, straight = [], []
    for _ in range(turns):
        command = _command(draw, people, place)
        statements: list[Statement | str] = []
        with _listening(database, statements):
            through.append(_timed(lambda it=command: activities.record(database, it, TODAY)))  # type: ignore[misc]
        straight.append(_timed(lambda them=statements: _replay(direct, ["BEGIN IMMEDIATE", *them, "COMMIT"])))  # type: ignore[misc]
    direct.close()
    return statistics.median(through), statistics.median(straight)


def _command(draw: Random, people: Sequence[UUID], place: UUID) -> RecordActivity:
    return RecordActivity(
        day=TODAY,
        minutes=30,
        place_kind=PlaceKind.PLACE,
        place=place,
        topics=frozenset({Topic.EMAIL}),
        participants=(draw.choice(people),),
        notes="A su joindre le justificatif seule.",
    )


class _listening:  # noqa: N801 - a context manager, read as a word
    """Notes every statement that the engine sends, with its parameters."""

    def __init__(self, database: Database, into: list[Statement | str]) -> None:
        self._engine, self._into = database._engine, into

    def __enter__(self) -> None:
        event.listen(self._engine, "before_cursor_execute", self._heard)

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._heard)

    def _heard(self, _c: Any, _cursor: Any, said: str, parameters: Any, _x: Any, many: bool) -> None:
        if not said.startswith("BEGIN"):
            self._into.append((said, parameters, many))


def _statements_of(database: Database, ask: Callable[[], object]) -> list[Statement | str]:
    statements: list[Statement | str] = []
    with _listening(database, statements):
        ask()
    return statements


def _replay(connection: Any, statements: Sequence[Statement | str]) -> None:
    for one in statements:
        if isinstance(one, str):
            connection.execute(one)
        elif one[2]:
            connection.executemany(one[0], one[1])
        else:
            connection.execute(one[0], one[1]).fetchall()


def _connect(path: Path) -> Any:
    """The bare driver, with the very settings of the program's own connections."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for pragma in (f"key = \"x'{KEY.hex()}'\"", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _report(results: dict[str, tuple[float, float]]) -> Report:
    rows = [["median", "Passerelle", "same SQL, bare driver", "ratio"]]
    rows += [[name, f"{a:.2f} ms", f"{b:.2f} ms", f"{a / b:.2f}"] for name, (a, b) in results.items()]
    slowest = max(results, key=lambda name: results[name][0])
    dearest = max(results, key=lambda name: results[name][0] / results[name][1])
    return Report(
        rows,
        [
            Figure(f"slowest ({slowest})", results[slowest][0], SLOWEST_MS, "ms"),
            Figure(f"dearest ({dearest})", results[dearest][0] / results[dearest][1], RATIO, "× the same SQL"),
        ],
    )


def _fill(database: Database, activities_number: int, people_number: int) -> tuple[list[UUID], UUID]:
    """Five years of a busy structure, written in bulk."""
    draw = Random(3)
    known = [places.save(database, SavePlace(name=f"Lieu {number}", municipality="48061")) for number in range(12)]
    people = [new_id() for _ in range(people_number)]
    with database.receive() as work:
        connection = work.connection
        connection.execute(insert(Beneficiary.table), [_person_row(draw, n, id_) for n, id_ in enumerate(people, 1)])
        rows = [_activity_row(draw, number, known) for number in range(1, activities_number + 1)]
        connection.execute(insert(Activity.table), rows)
        came = [_attendance_row(row["id"], draw.choice(people)) for row in rows]
        connection.execute(insert(Attendance.table), came)
        connection.execute(insert(activity_choice), [_choice_row(draw, row["id"]) for row in rows])
        _index(connection, people, rows, came)
        connection.execute(text(_COUNTS))
        connection.execute(text("ANALYZE"))
    return people, known[0]


def _index(connection: Any, people: list[UUID], rows: list[dict[str, Any]], came: list[dict[str, Any]]) -> None:
    names = {id_: _name(number) for number, id_ in enumerate(people, 1)}
    words = [{"n": number, "w": searchable(_name(number))} for number in range(1, len(people) + 1)]
    connection.execute(text("INSERT INTO beneficiary_search (rowid, words) VALUES (:n, :w)"), words)
    words = [
        {"n": row["number"], "w": searchable((row["notes"], *names[one["beneficiary"]]))}
        for row, one in zip(rows, came, strict=True)
    ]
    connection.execute(text("INSERT INTO activity_search (rowid, words) VALUES (:n, :w)"), words)


def _name(number: int) -> tuple[str, str]:
    first = ("Jeanne", "Éléonore", "Marcel", "Noëmie", "André")[number % 5]
    last = ("Delmas", "Roux", "L’Haÿ", "Nguyễn", "Bœuf", "Martinez", "Chabrol")[number % 7]
    return first, f"{last}-{number:05d}" if number % 3 else last


def _person_row(draw: Random, number: int, id_: UUID) -> dict[str, Any]:
    first, last = _name(number)
    born = draw.randint(1930, 2005)
    return {
        "number": number,
        "id": id_,
        "created_at": number,
        "deleted": False,
        "first_name": first,
        "last_name": last,
        "birth_year": born,
    }


def _activity_row(draw: Random, number: int, known: list[UUID]) -> dict[str, Any]:
    remote = draw.random() < 0.1
    return {
        "number": number,
        "id": new_id(),
        "created_at": number,
        "deleted": False,
        "kind": ActivityKind.WORKSHOP if draw.random() < 0.15 else ActivityKind.INDIVIDUAL,
        "day": TODAY - timedelta(days=draw.randint(0, 1800)),
        "minutes": draw.choice((15, 30, 45, 60, 90)),
        "place_kind": PlaceKind.REMOTE if remote else PlaceKind.PLACE,
        "place": None if remote else draw.choice(known),
        "notes": "A su joindre le justificatif seule." if draw.random() < 0.02 else "Revoir l’envoi de pièces jointes.",
        "people": 1,
    }


def _attendance_row(activity_id: UUID, person: UUID) -> dict[str, Any]:
    age = AgeBand.OVER_70
    return {
        "id": new_id(),
        "created_at": 1,
        "deleted": False,
        "activity": activity_id,
        "beneficiary": person,
        "age_band": age,
    }


def _choice_row(draw: Random, activity_id: UUID) -> dict[str, Any]:
    return {"activity": activity_id, "field": "topics", "code": draw.choice(list(Topic)).value}


_COUNTS = """UPDATE beneficiary
    SET accompaniments = (SELECT count(*) FROM attendance t WHERE t.beneficiary = beneficiary.id)"""
