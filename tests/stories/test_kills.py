"""Work cut by kills: what was shown as saved is kept, and the server ends with exactly that."""

from pathlib import Path

import pytest

from bench import kills_sync, kills_typing
from tests.live_server import live_server


@pytest.mark.timeout(300)
def test_what_was_shown_as_saved_survives_kills_and_reaches_the_server(tmp_path: Path) -> None:
    recovery = kills_typing.set_up(tmp_path / "carnet")
    kept = kills_typing.run(tmp_path / "carnet", kills=4, seed=7)
    assert kept.lost == []
    assert kept.oldest_draft <= kills_typing.OLDEST_DRAFT
    assert kept.saved
    with live_server() as server:
        assert kills_typing.send_and_compare(tmp_path, server.url, server.code, recovery, kept) == 0


@pytest.mark.timeout(300)
def test_kills_of_client_server_and_postgres_lose_and_double_nothing(tmp_path: Path) -> None:
    toll = kills_sync.run(tmp_path, rounds=12, of_postgres=2)
    assert (toll.lost, toll.doubled, toll.differing) == ([], 0, 0)
    assert toll.saved > toll.rounds
    assert toll.during_a_run
