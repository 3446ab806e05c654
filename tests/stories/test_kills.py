"""A day cut by kills: what was shown as saved is kept, and the server ends with exactly that."""

from pathlib import Path

import pytest

from bench import kills
from tests.live_server import live_server


@pytest.mark.timeout(300)
def test_what_was_shown_as_saved_survives_kills_and_reaches_the_server(tmp_path: Path) -> None:
    recovery = kills.set_up(tmp_path / "carnet")
    kept = kills.run(tmp_path / "carnet", kills=4, seed=7)
    assert kept.lost == []
    assert kept.oldest_draft <= kills.OLDEST_DRAFT
    assert kept.saved
    with live_server() as server:
        assert kills.send_and_compare(tmp_path, server.url, server.code, recovery, kept) == 0
