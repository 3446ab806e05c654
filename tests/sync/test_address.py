"""The program started again beside a server that listens elsewhere, as `bootstrap.py run` does each time."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import data_folder
from app.services import activities
from app.sync.identity import is_enrolled, server_of
from app.sync.standing import standing
from tests.live_server import LiveServer
from tests.notebook import TODAY, an_activity


def opened(qtbot: QtBot, folder: Path, server: str, code: str) -> Program:
    options = Options(server=server, enrolment_code=code, unattended=True)
    program = Program(make_application(), data_folder(folder), options)
    qtbot.addWidget(program.window)
    program.start()
    qtbot.waitUntil(lambda: program.workspace is not None, timeout=20_000)
    return program


def test_a_computer_follows_its_server_to_another_address(qtbot: QtBot, tmp_path: Path, server: LiveServer) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    program = opened(qtbot, tmp_path, elsewhere, server.code())
    assert program.desk is not None
    database = program.desk.database
    qtbot.waitUntil(lambda: is_enrolled(database), timeout=20_000)
    program.close_notebook()
    program = opened(qtbot, tmp_path, server.url, server.code())
    assert program.desk is not None
    database = program.desk.database
    assert server_of(database) == server.url
    activities.record(database, an_activity(), TODAY)
    qtbot.waitUntil(lambda: standing(database).waiting == 0, timeout=20_000)
    program.close_notebook()
