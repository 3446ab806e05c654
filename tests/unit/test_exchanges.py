"""What was sent and received when: the last twenty, told once where nothing happened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.database import Database, now_ms
from app.sync import exchanges
from app.sync.exchanges import COURIER, KEPT, RECEIPT, Exchange
from app.sync.outcome import Ending, Outcome
from app.ui.synchronisation import words
from tests.notebook import new_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def carried(database: Database) -> list[tuple[str, int, int]]:
    return [(one.how, one.sent, one.received) for one in exchanges.latest(database)]


def test_the_last_ones_are_kept_the_newest_first(database: Database) -> None:
    for n in range(KEPT + 5):
        exchanges.remember(database, Outcome(Ending.DONE, sent=n + 1))
    assert carried(database) == [("done", n + 1, 0) for n in reversed(range(5, KEPT + 5))]


def test_looking_for_news_again_and_again_makes_one_line(database: Database) -> None:
    outcomes = [Outcome(Ending.DONE, sent=3), *[Outcome(Ending.DONE)] * 3, *[Outcome(Ending.OFFLINE)] * 3]
    for outcome in (*outcomes, Outcome(Ending.OFFLINE, received=40), Outcome(Ending.OFFLINE)):
        exchanges.remember(database, outcome)
    assert carried(database) == [
        ("offline", 0, 0),
        ("offline", 0, 40),
        ("offline", 0, 0),
        ("done", 0, 0),
        ("done", 3, 0),
    ]


def test_a_success_is_remembered_and_a_closed_notebook_is_no_exchange(database: Database) -> None:
    exchanges.remember(database, Outcome(Ending.STOPPED))
    exchanges.remember(database, Outcome(Ending.NOT_ENROLLED))
    exchanges.remember(database, Outcome(Ending.OFFLINE))
    assert exchanges.last_success(database) is None
    before = now_ms()
    exchanges.remember(database, Outcome(Ending.DONE))
    last = exchanges.last_success(database)
    assert last is not None
    assert last >= before
    assert carried(database) == [("done", 0, 0), ("offline", 0, 0)]


@pytest.mark.parametrize(
    ("exchange", "told"),
    [
        (Exchange(0, "done", 12, 3), "12 envoyés, 3 reçus"),
        (Exchange(0, "done", 1, 0), "1 envoyé"),
        (Exchange(0, "done"), "rien de nouveau"),
        (Exchange(0, "offline", 40, 0), "40 envoyés, serveur injoignable"),
        (Exchange(0, COURIER, 14), "14 confiés à un courrier"),
        (Exchange(0, RECEIPT, 14), "14 arrivés par courrier"),
    ],
)
def test_each_is_told_in_one_line(exchange: Exchange, told: str) -> None:
    noon = datetime(2026, 11, 24, 12, 5)
    line = words.exchange(replace(exchange, at_ms=round(noon.timestamp() * 1000)), date(2026, 11, 24))
    assert line.replace("\u00a0", " ") == f"Aujourd’hui à 12 h 05 : {told}"
