"""How soon the program is on screen, then whole, and how much memory it takes, beside its bare libraries.

Every process is timed the same way: from just before it is spawned (PASSERELLE_T0, in nanoseconds of the
monotonic clock that all processes share) to the moment it says it is there. The program and its peers take
turns within one session, and bytecode is compiled before the first turn.

The program opens its notebook by a passphrase, as on a computer without a credential store: Argon2's 0.1 s of one core
is in « everything loaded », though its peer derives nothing; so is `requests`, which every start imports.
A last peer, only shown, is a bare window that imports the program's libraries: the floor of its memory.
"""

import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Figure, Report

ROOT = Path(__file__).parent.parent

_HERE = "import os, time, json; since = lambda: (time.monotonic_ns() - int(os.environ['PASSERELLE_T0'])) / 1e6"
_SAY = "; print(json.dumps({'ms': since()}), flush=True)"
_WINDOW = (
    "from PySide6.QtWidgets import QApplication, QLabel, QMainWindow; application = QApplication([]); "
    "window = QMainWindow(); window.setCentralWidget(QLabel('Passerelle')); window.resize(1366, 768); "
    "window.show(); application.processEvents()"
)
_SAY_ALL = (
    f"; import psutil; {_HERE}; "
    "print(json.dumps({'ms': since(), 'rss_mb': psutil.Process().memory_info().rss / 2**20}), flush=True)"
)
PEERS = {
    "import QtWidgets": f"import PySide6.QtWidgets; {_HERE}{_SAY}",
    "import QtWidgets, SQLAlchemy, requests": f"import PySide6.QtWidgets, sqlalchemy, requests; {_HERE}{_SAY}",
    "bare window": f"{_WINDOW}{_SAY_ALL}",
    "bare window, SQLCipher, SQLAlchemy, requests": (
        f"{_WINDOW}; import sqlcipher3.dbapi2, sqlalchemy.dialects.sqlite, requests{_SAY_ALL}"
    ),
}
PROGRAM = "Passerelle"

Seen = dict[str, float]


def measure(quick: bool) -> Report:
    """First paint, everything loaded and resident memory, as medians of alternated runs."""
    for package in ("app", "protocol"):
        compileall.compile_dir(ROOT / package, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        runs = _runs(Path(folder), turns=5 if quick else 21)
    return _report({name: _medians(seen) for name, seen in runs.items()})


def _runs(data: Path, turns: int) -> dict[str, list[Seen]]:
    """What each process said of itself, turn by turn; a first turn warms the machine and is not counted."""
    commands = {name: [sys.executable, "-c", code] for name, code in PEERS.items()}
    commands[PROGRAM] = [sys.executable, "-m", "app", "--data-dir", str(data), "--report-startup"]
    _start([sys.executable, "-m", "app", "--data-dir", str(data), "--self-test", "record"])
    seen: dict[str, list[Seen]] = {name: [] for name in commands}
    for turn in range(turns + 1):
        for name, command in commands.items():
            said = _start(command)
            if turn > 0:
                seen[name].append(said)
    return seen


def _start(command: list[str]) -> Seen:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PASSERELLE_T0": str(time.monotonic_ns())}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=120)
    said: Seen = json.loads(done.stdout.splitlines()[-1])
    return said


def _medians(runs: list[Seen]) -> Seen:
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def _report(medians: dict[str, Seen]) -> Report:
    widgets, libraries, window, _ = (medians[name] for name in PEERS)
    program = medians[PROGRAM]
    rows = [["median", "time", "memory"]]
    rows += [[name, f"{medians[name]['ms']:.0f} ms", _memory(medians[name])] for name in PEERS]
    rows.append([f"{PROGRAM}, first paint", f"{program['first_paint_ms']:.0f} ms", ""])
    rows.append([f"{PROGRAM}, everything loaded", f"{program['loaded_ms']:.0f} ms", _memory(program)])
    return Report(
        rows,
        [
            Figure("first paint", program["first_paint_ms"] / widgets["ms"], 1.5, "× importing QtWidgets"),
            Figure("everything loaded", program["loaded_ms"] / libraries["ms"], 1.3, "× importing the libraries"),
            Figure("resident memory", program["rss_mb"] / window["rss_mb"], 1.6, "× a bare window"),
        ],
    )


def _memory(seen: Seen) -> str:
    return f"{seen['rss_mb']:.0f} MB" if "rss_mb" in seen else ""
