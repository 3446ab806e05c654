"""Kills at random moments, while the advisor types and while the notebook is synchronised: nothing kept is lost."""

import tempfile
from pathlib import Path

from bench import kills_sync, kills_typing
from bench.killable_server import KillableServer
from bench.kills_sync import CLIENT, POSTGRES, SERVER
from bench.report import Figure, Report


def measure(quick: bool) -> Report:
    """Two hundred kills of the window (twenty when quick), then five hundred rounds of the exchange (thirty)."""
    with tempfile.TemporaryDirectory() as folder:
        kept, differing = _while_typing(Path(folder) / "saisie", kills=20 if quick else 200)
        rounds, of_postgres = (30, 3) if quick else (500, 50)
        toll = kills_sync.run(Path(folder) / "echange", rounds, of_postgres)
    for line in kept.lost + toll.lost:
        print(line)
    rows = [
        ["", "while typing", "while synchronising"],
        ["kills of the client", str(kept.kills), str(toll.killed[CLIENT])],
        ["kills of the server", "", str(toll.killed[SERVER])],
        ["immediate shutdowns of PostgreSQL", "", str(toll.killed[POSTGRES])],
        ["rounds in the middle of a run", "", f"{toll.during_a_run} of {toll.rounds}"],
        ["saves told", str(len(kept.saved)), str(toll.saved)],
        ["drafts compared", str(kept.drafts_checked), ""],
        ["operations kept by the server, their answer unheard", "", str(toll.unheard)],
        ["lost, changed or damaged", str(len(kept.lost)), str(len(toll.lost))],
        ["doubled on the server", "", str(toll.doubled)],
        ["differing on another computer", str(differing), str(toll.differing)],
    ]
    wrong = len(toll.lost) + toll.doubled + toll.differing
    return Report(
        rows,
        [
            Figure("oldest draft", kept.oldest_draft, kills_typing.OLDEST_DRAFT, "s"),
            Figure("typing: lost, changed or differing", len(kept.lost) + differing, 0, "activities"),
            Figure("synchronising: lost, damaged, doubled or differing", wrong, 0, "faults"),
        ],
    )


def _while_typing(data: Path, kills: int) -> tuple[kills_typing.Kept, int]:
    """What was kept of the typing, and how many activities differ on a second computer."""
    recovery = kills_typing.set_up(data / "carnet")
    kept = kills_typing.run(data / "carnet", kills, seed=20261122)
    with KillableServer(data / "serveur") as server:
        return kept, kills_typing.send_and_compare(data, server.url, server.new_code, recovery, kept)
