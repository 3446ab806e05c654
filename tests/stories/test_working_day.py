"""A whole day entered with the connection cut, through the real widgets, then received by the real server."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.database import Database
from app.options import DEMONSTRATION_PASSPHRASE
from app.paths import Paths
from app.services import access, activity_lists
from app.sync.identity import identity_in
from bench import scripted_day
from bench.advisor import DAY
from server.models import record
from tests.live_server import LiveServer, live_server


def records_of(server: LiveServer, notebook: Database, kind: str) -> int:
    with notebook.read() as connection:
        identity = identity_in(connection)
    assert identity is not None
    wanted = (
        select(func.count()).select_from(record).where(record.c.notebook == identity.notebook, record.c.kind == kind)
    )
    with server.database.transaction() as connection:
        return int(connection.execute(wanted).scalar_one())


def test_twelve_activities_entered_offline_reach_the_server(qtbot: QtBot, tmp_path: Path) -> None:
    with live_server() as server:
        assert scripted_day.main(tmp_path / "carnet", server.url, server.code(), tmp_path / "captures") == 0
        notebook = access.open_with_passphrase(Paths(tmp_path / "carnet"), DEMONSTRATION_PASSPHRASE)
        assert activity_lists.page(notebook).total == len(DAY)
        assert records_of(server, notebook, "activity") == len(DAY)
        assert records_of(server, notebook, "beneficiary") == len({name for visit in DAY for name in visit.people})
        notebook.close()
    assert len(list((tmp_path / "captures").glob("*.png"))) == 5
