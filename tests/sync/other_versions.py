"""Passerelle of another day: the program's own sources, changed in a few words, run as a program of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sync.computers import Computer

ROOT = Path(__file__).parents[2]
PLAY = """
import json, sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from app.database import Database
from app.models import RECORDS
from app.sync.client import HttpTransport
from app.sync.engine import SyncEngine
from app.sync.light import light
from app.sync.standing import standing
from protocol.vocabulary import RecordKind

path, key, url, changes = json.loads(sys.stdin.read())
database = Database(Path(path), bytearray.fromhex(key))
with database.work() as work:
    for kind, id_, fields in changes:
        work.save(replace(work.find(RECORDS[RecordKind(kind)], UUID(id_)), **fields))
transport = HttpTransport(url)
outcome = SyncEngine(database, transport).run()
now = standing(database)
print(json.dumps([outcome.ending, now.waiting, now.refused, light(now, outcome.ending).text]))
transport.close()
database.close()
"""
"""Opens a notebook, changes some records, synchronises once, and says how it ended."""


@dataclass(frozen=True)
class Ended:
    """How a run of the other program ended."""

    ending: str
    waiting: int
    refused: int
    light: str


@dataclass(frozen=True)
class OtherProgram:
    """Where its sources are."""

    folder: Path

    def synchronise(self, computer: Computer, url: str, *changes: tuple[str, str, dict[str, Any]]) -> Ended:
        """Open the notebook of a computer in the place of today's program, change records, synchronise once."""
        key: list[str] = []
        computer.database.lend_key(lambda lent: key.append(lent.hex()))
        said = json.dumps([str(computer.database.path), key[0], url, changes])
        done = subprocess.run(
            [sys.executable, "-c", PLAY],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            input=said,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return Ended(*json.loads(done.stdout))


def another_version(folder: Path, **words: dict[str, str]) -> OtherProgram:
    """The program with some words changed, by module of `protocol`; each must be there."""
    for package in ("app", "protocol"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for module, changes in words.items():
        path = folder / "protocol" / f"{module}.py"
        source = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in source
            source = source.replace(old, new)
        path.write_text(source, encoding="utf-8")
    return OtherProgram(folder)
