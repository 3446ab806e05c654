"""No name, note or phone number can be read in any file that the program writes, nor in its memory once locked."""

import os
import platform
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from app.bootstrap import Program, make_application
from app.database import Database
from app.models.local import held_row, outbox
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths, data_folder
from app.self_test import Hand
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.sync import exchanges
from app.sync.outcome import Ending, Outcome
from app.ui.faults import Faults
from app.vault import Vault
from bench.advisor import Advisor, Visit
from protocol.messages import Row
from protocol.vocabulary import RecordKind
from tests.notebook import a_place, linked
from tests.raw_bytes import Hunt, memory_of, spellings, spoken
from tests.ui.test_synchronisation import press

ROOT = Path(__file__).parent.parent.parent
CANARIES = ("Zwanzigerova", "Oberlinette", "0698765432", "98765432", "secretissime")
"""Last name, first name, phone as typed and as kept, a word of the notes."""


NAMES = Hunt({spelling for word in CANARIES for spelling in spellings(word)} | spoken(CANARIES[2]))


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    made = Program(make_application(), data_folder(tmp_path / "carnet"), Options(unattended=True))
    made.start()
    Hand().wait(lambda: made.workspace)
    return made


def write_names_everywhere(program: Program) -> None:
    """A person, an activity with notes, a draft with typed letters, a settings file, a fault with a name in it."""
    assert program.desk is not None
    hand = Hand()
    person = SaveBeneficiary(last_name=CANARIES[0], first_name=CANARIES[1], phone=CANARIES[2], notes=CANARIES[4])
    beneficiaries.save(program.desk.database, person)
    advisor = Advisor(program, hand)
    hand.press("Ctrl+N")
    hand.type(CANARIES[0])
    hand.rest(600)
    hand.press("Escape")
    hand.press("Escape")
    advisor.fill(Visit((CANARIES[0],), duration=0, notes=CANARIES[4]))
    hand.rest(600)
    Faults(program.paths.logs)._keep("une faute")
    program.desk.settings_changed.emit(program.settings)


def test_no_file_of_the_program_shows_a_name(program: Program, tmp_path: Path) -> None:
    write_names_everywhere(program)
    assert (tmp_path / "carnet" / "carnet.db-wal").stat().st_size > 0
    assert NAMES.in_files(tmp_path) == {}
    program.lock()
    program.window.close()
    assert NAMES.in_files(tmp_path) == {}
    assert {path.name for path in (tmp_path / "carnet").iterdir()} >= {"carnet.db", "cles.json", "journaux"}


def test_the_diagnostic_that_is_copied_shows_nothing_of_anyone(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(platform, "node", lambda: f"PC-{CANARIES[0]}")
    write_names_everywhere(program)
    assert program.desk is not None
    assert program.workspace is not None
    database = program.desk.database
    set_aside_and_hold(database)
    program.workspace.go_to("synchronisation")
    with qtbot.waitSignal(program.desk.said, timeout=15_000):
        press(program.workspace, "Copier le diagnostic")
    text = QApplication.clipboard().text().replace("\u00a0", " ")
    private = (*CANARIES, str(tmp_path), str(Path.home()), "Florac", "carnet.db")
    assert [one for one in private if one.lower() in text.lower()] == []
    for fact in ("Serveur : passerelle.exemple.fr", "Ordinateur : 0192f0c1\n", "1 beneficiary invalid:last_name"):
        assert fact in text
    for fact in ("À envoyer : 1 place", "Reçus et illisibles : 1 activity", "contrôle : ok", "offline : 2 envoyés"):
        assert fact in text


def set_aside_and_hold(database: Database) -> None:
    """What an enrolled computer may have to tell: a refused person, a row that no key opens, an exchange."""
    linked(database)
    a_place(database, "Médiathèque de Florac")
    row = Row(kind="activity", id=uuid4(), v=3, h=(1, 0), f={"title": CANARIES[0]})
    values = {"record_id": row.id, "kind": row.kind, "version": row.v, "row": row.model_dump_json()}
    with database.receive() as work:
        refused = update(outbox).where(outbox.c.kind == RecordKind.BENEFICIARY)
        work.connection.execute(refused.values(acked_at=1, refusal="invalid:last_name"))
        work.connection.execute(insert(held_row), values)
    exchanges.remember(database, Outcome(Ending.OFFLINE, sent=2))


def test_the_search_for_names_does_find_them_in_clear(tmp_path: Path) -> None:
    (tmp_path / "fuite.txt").write_text(f"Mme {CANARIES[0]}", encoding="utf-8")
    assert NAMES.in_files(tmp_path) == {"fuite.txt": {CANARIES[0].encode()}}


LOCKED = """
import sys
from pathlib import Path
from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import data_folder
from app.self_test import Hand

hand = Hand()
program = Program(make_application(), data_folder(Path(sys.argv[1])), Options(unattended=True))
program.start()
hand.wait(lambda: program.workspace)
program.workspace.go_to("activities")
print("open", flush=True)
sys.stdin.readline()
program.lock()
hand.rest(500)
print("locked", flush=True)
sys.stdin.readline()
"""


def times_in_memory(process: int, wanted: bytes) -> int:
    """How many times some bytes are in the writable memory of a process."""
    return sum(piece.count(wanted) for piece in memory_of(process))


@pytest.mark.timeout(120)
def test_the_key_leaves_the_memory_when_the_program_locks(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Popen(
        [sys.executable, "-c", LOCKED, str(tmp_path)], cwd=ROOT, env=environment, text=True, stdin=PIPE, stdout=PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        key = bytes(Vault(Paths(tmp_path).slots).from_passphrase(DEMONSTRATION_PASSPHRASE))
        forms = (key, key.hex().encode())
        assert any(times_in_memory(child.pid, form) for form in forms)
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "locked\n"
        left = [times_in_memory(child.pid, form) for form in forms]
        child.stdin.write("\n")
        child.stdin.close()
    assert left == [0, 0]
