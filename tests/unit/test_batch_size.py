"""Batches grow on a good link, and learn from a cut how much is too much."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.sync import batch_size
from tests.notebook import new_database

LIMIT = 1024 * 1024


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def grown(database: Database, times: int) -> list[int]:
    sizes = []
    with database.receive() as work:
        for _ in range(times):
            batch_size.answered(work, took_s=1.0, is_full=True, most=LIMIT)
            sizes.append(batch_size.current(work))
    return sizes


def test_a_good_link_doubles_the_batch_up_to_the_largest(database: Database) -> None:
    assert grown(database, 3) == [64 * 1024, 128 * 1024, 128 * 1024]


def test_after_a_cut_the_size_that_failed_is_only_neared_slowly(database: Database) -> None:
    grown(database, 1)
    with database.receive() as work:
        assert batch_size.cut(work)
    assert grown(database, 3) == [34 * 1024, 36 * 1024, 38 * 1024]
    with database.receive() as work:
        batch_size.finished(work)
    assert grown(database, 1) == [76 * 1024]


def test_a_slow_answer_halves_and_the_servers_limit_holds(database: Database) -> None:
    with database.receive() as work:
        batch_size.answered(work, took_s=21.0, is_full=True, most=LIMIT)
        assert batch_size.current(work) == 16 * 1024
        batch_size.answered(work, took_s=1.0, is_full=True, most=20_000)
        assert batch_size.current(work) == 20_000


@given(st.lists(st.sampled_from(["cut", "good", "slow", "over"]), max_size=40))
def test_whatever_happens_a_batch_stays_within_its_bounds(history: list[str]) -> None:
    state: dict[str, object] = {}

    class Notebook:
        get_state = staticmethod(state.get)
        set_state = staticmethod(state.__setitem__)

    work: object = Notebook()
    for what in history:
        if what == "cut":
            batch_size.cut(work)  # type: ignore[arg-type]
        elif what == "over":
            batch_size.finished(work)  # type: ignore[arg-type]
        else:
            batch_size.answered(work, 1.0 if what == "good" else 20.0, is_full=True, most=LIMIT)  # type: ignore[arg-type]
        assert batch_size.SMALLEST <= batch_size.current(work) <= batch_size.LARGEST  # type: ignore[arg-type]
