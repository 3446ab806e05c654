"""Names typed through the real interface, sent to the real server, received by a second computer: read by nobody else.

Each word typed holds a core that nothing else holds; the core is looked for, in every spelling, in the raw bytes of the
server's folder, logs, backup and memory, PostgreSQL's included, and of both computers' folders.
"""

import ctypes
import os
import platform
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import psutil
import psycopg
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import URL, make_url

from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import data_folder
from app.self_test import Hand
from app.services import activity_lists, beneficiaries, tags
from app.services.commands import ActivityFilter
from app.sync.client import HttpTransport
from app.sync.light import LightState
from app.sync.members import Membership
from app.sync.outcome import Ending
from app.ui.widgets.notes_edit import NotesEdit
from bench.advisor import Advisor, Visit
from server.backups import tools
from server.postgres import embedded_url
from tests.live_server import LiveServer
from tests.notebook import a_place
from tests.raw_bytes import Hunt, memory_of, spellings, spoken
from tests.sync.computers import Computer, Office
from tests.sync.joining_computers import joined
from tests.ui.forms import button, field

ROOT = Path(__file__).parents[2]
CORE, PHONE = "zwaxoquivy", "0698765432"
FIRST, LAST, EMAIL = f"A{CORE}a", f"B{CORE}b", f"c{CORE}@exemple.fr"
PERSON_NOTE, NOTE, TITLE = f"d{CORE} vient le mardi", f"e{CORE} a su le refaire", f"f{CORE} pour tous"
TAG, ADVISOR, COMPUTER = f"g{CORE}", f"H{CORE}", f"PC-i{CORE}"
NAMES = Hunt(spellings(CORE) | spoken(PHONE))
SUBREAPER = 36
"""prctl(2): orphans among our descendants become our children, whose memory we may read."""


@dataclass
class Central:
    """The server as an administrator runs it: its address, its process, and every file of it."""

    url: str
    process: int
    folder: Path
    witness: bytes
    """A word of its environment: what is searched for in its memory can be found there."""

    def command(self, *words: str) -> str:
        """What one command of the administrator says."""
        asked = [sys.executable, "-m", "server", *words, "--data-dir", str(self.folder / "donnees")]
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        (self.folder / f"{words[0]}.journal").write_text(done.stdout + done.stderr)
        return done.stdout.strip()

    @property
    def processes(self) -> list[int]:
        """The server's own process, then those of its PostgreSQL."""
        main = int((self.folder / "donnees" / "postgres" / "postmaster.pid").read_text().split()[0])
        return [self.process, main, *(one.pid for one in psutil.Process(main).children(recursive=True))]

    @property
    def database(self) -> URL:
        return make_url(embedded_url(self.folder / "donnees" / "postgres"))


@contextmanager
def central(folder: Path) -> Generator[Central]:
    """Run it for the time of a block; all that it says goes to files."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    (folder / "donnees").mkdir(parents=True)
    witness = secrets.token_hex(16)
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(folder / "donnees")]
    with (folder / "sortie.journal").open("w") as said, (folder / "erreurs.journal").open("w") as wrong:
        environment = {**os.environ, "PASSERELLE_TEMOIN": witness}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=wrong) as process:
            try:
                yield Central(listening(folder / "sortie.journal"), process.pid, folder, witness.encode())
            finally:
                process.terminate()
                process.wait(30)


def listening(said: Path) -> str:
    """The address that the server says, once it does."""
    end = time.monotonic() + 60
    while not (found := re.search(r"http://127\.0\.0\.1:\d+", said.read_text())):
        assert time.monotonic() < end, "the server does not start"
        time.sleep(0.05)
    return found[0]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    with central(tmp_path / "serveur") as running:
        yield running


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, server: Central, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(platform, "node", lambda: COMPUTER)
    options = Options(unattended=True, server=server.url, enrolment_code=server.command("enrolment-code"))
    made = Program(make_application(), data_folder(tmp_path / "ici"), options)
    made.start()
    Hand().wait(lambda: made.workspace)
    return made


def type_everything(program: Program) -> None:
    """A person with all that is known of her, an activity, a workshop, a tag, the advisor's own name."""
    assert program.desk is not None
    a_place(program.desk.database)
    hand, advisor = Hand(), Advisor(program)
    type_a_person(program, hand)
    advisor.enter(Visit((f"{LAST} {FIRST}",), topic=1, notes=NOTE))
    advisor.enter(Visit(title=TITLE, anonymous=3, topic=1))
    assert program.workspace is not None
    program.workspace.go_to("preferences")
    settings = program.workspace.presenter("preferences").view
    for name, word in (("Nouvelle étiquette", TAG), ("Votre nom", ADVISOR)):
        line = field(settings, name)
        line.setFocus()
        line.selectAll()
        hand.type(word)
        hand.press("Return")


def type_a_person(program: Program, hand: Hand) -> None:
    """Through the form: « Créer… », then every field of the dialog."""
    hand.press("Ctrl+N")
    hand.type(f"{LAST} {FIRST}")
    hand.press("Return")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), QDialog))
    dialog = cast(QDialog, QApplication.activeWindow())
    for line, words in (
        (field(dialog, "Téléphone"), PHONE),
        (dialog.findChild(NotesEdit), PERSON_NOTE),
        (field(dialog, "E-mail"), EMAIL),
    ):
        assert isinstance(line, QWidget)
        line.setFocus()
        hand.type(words)
    button(dialog, "Enregistrer").click()
    hand.wait(lambda: not dialog.isVisible())
    program.window.activateWindow()  # unseen, no window manager gives the keyboard back
    hand.press("Escape")


def all_sent(program: Program) -> None:
    assert program.desk is not None
    lane = program.desk.sync
    assert lane is not None
    lane.ask_now()
    Hand().wait(lambda: lane.light.state is LightState.UP_TO_DATE)


def received(office: Office, program: Program, server: Central) -> Computer:
    """A second computer, let in by the first, shows it all."""
    assert program.desk is not None
    transport = HttpTransport(server.url)
    office.closing.callback(transport.close)
    there = joined(office, Computer(program.desk.database, transport))
    assert there.sync().ending is Ending.DONE
    [person] = beneficiaries.search(there.database, PHONE)
    form = beneficiaries.form_of(there.database, person.id)
    assert (form.first_name, form.last_name, form.email, form.notes) == (FIRST, LAST, EMAIL, PERSON_NOTE)
    for words in (NOTE, TITLE):
        assert len(activity_lists.page(there.database, ActivityFilter(text=words)).rows) == 1
    assert [row.name for row in tags.mine(there.database)] == [TAG]
    members = Membership(there.database, there.transport).computers().members
    assert (COMPUTER, ADVISOR) in {(one.name, one.advisor) for one in members}
    return there


def in_clear(server: Central, backup: Path) -> bytes:
    """The backup as PostgreSQL itself unfolds it."""
    with tools.speaking(server.database) as connection:
        tool = tools.tool("pg_restore", connection)
    return subprocess.run([tool, "--file=-", str(backup)], capture_output=True, check=True).stdout


@pytest.mark.timeout(180)
def test_what_is_typed_is_read_by_the_notebooks_computers_and_nowhere_else(
    program: Program, server: Central, tmp_path: Path
) -> None:
    with ExitStack() as closing:
        type_everything(program)
        all_sent(program)
        office = Office(cast(LiveServer, server), tmp_path / "ailleurs", closing)
        office.folder.mkdir()
        there = received(office, program, server)
        all_sent(program)

        backup = server.folder / "sauvegarde"
        server.command("backup", str(backup))
        address = server.database.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        assert NAMES.in_files(server.folder) == {}
        assert NAMES.within(in_clear(server, backup)) == set()
        assert NAMES.in_memory(server.processes) == {}
        sees_what_is_there(server, backup, there)

        for folder in (tmp_path / "ici", tmp_path / "ailleurs"):
            assert NAMES.in_files(folder) == {}
    program.lock()
    program.window.close()
    for folder in (tmp_path / "ici", tmp_path / "ailleurs"):
        assert NAMES.in_files(folder) == {}


def sees_what_is_there(server: Central, backup: Path, there: Computer) -> None:
    """The search is not blind: it finds, in each of these places, what the server does know."""
    notebook = there.notebook
    known = Hunt({notebook.bytes, str(notebook).encode(), server.witness})
    assert any("postgres/base" in name for name in known.in_files(server.folder))
    assert known.within(in_clear(server, backup))
    seen = known.in_memory(server.processes)
    assert server.witness in seen[server.process]
    assert any(notebook.bytes in seen.get(one, ()) for one in server.processes[1:])


def test_the_search_finds_every_spelling(tmp_path: Path) -> None:
    assert {b"+33698765432", b"06 98 76 54 32", "06.98.76.54.32".encode("utf-16-le")[:-1]} <= spoken(PHONE)
    said = {f"avant {CORE} après", f"{CORE}".upper(), f"xx{CORE}"}
    for number, spelt in enumerate(sorted(spellings(CORE))):
        (tmp_path / f"{number}").write_bytes(b"\0devant" + spelt + b"derriere")
    assert len(NAMES.in_files(tmp_path)) == len(spellings(CORE))
    for words in said:
        for written in (words.encode(), words.encode("utf-16"), words.encode().hex().encode()):
            assert NAMES.within(written)


def test_the_search_reads_the_memory_of_a_process() -> None:
    here = secrets.token_hex(20).encode()
    kept = bytearray(here)
    assert any(here in piece for piece in memory_of(os.getpid()))
    assert kept
