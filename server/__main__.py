"""The server's command line: serve, make codes, take a computer out, back up and restore."""

import argparse
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path
from types import FrameType
from uuid import UUID

import uvicorn

from server.app import create_app
from server.backups.restoring import restore, restored
from server.backups.taking import back_up
from server.database import open_database
from server.devices.service import revoke
from server.enrolment.service import make_code
from server.erasures import DEVICE, Journal
from server.errors import Refusal, Trouble
from server.settings import Settings, from_environment

KEPT_S = 75
"""How long an idle connection is kept: a device told to wait is mostly back before, and a proxy gives up first."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def serve(asked: argparse.Namespace) -> None:
    """Bring the schema up to date, erase again what was, then listen; port 0 takes any free one."""
    settings = from_environment(asked.data_dir)
    signal.signal(signal.SIGTERM, _leave)
    _make_ready(settings)
    with socket.create_server((asked.host, asked.port), backlog=2048) as listener:
        host, port = listener.getsockname()[:2]
        print(f"Passerelle server listening on http://{host}:{port}", flush=True)
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEPT_S,
        )
        uvicorn.Server(config).run(sockets=[listener])


def migrate(asked: argparse.Namespace) -> None:
    """Bring the schema up to date."""
    database = open_database(from_environment(asked.data_dir))
    database.migrate()
    database.close()


def enrolment_code(asked: argparse.Namespace) -> None:
    """Print a code that lets one computer in, into a new notebook or the one named."""
    database = open_database(from_environment(asked.data_dir))
    database.migrate()
    with database.transaction() as connection:
        code = make_code(connection, asked.notebook, timedelta(days=asked.valid_days))
    print(code)


def revoke_device(asked: argparse.Namespace) -> None:
    """Take a lost or stolen computer out of its notebook at once."""
    settings = from_environment(asked.data_dir)
    try:
        with open_database(settings).transaction() as connection:
            Journal(settings.journal).note(revoke(connection, asked.device), [(DEVICE, asked.device)])
    except Refusal as refusal:
        sys.exit(f"Not done: {refusal.code}")


def backup(asked: argparse.Namespace) -> None:
    """Write a verified backup to a file."""
    migrate(asked)
    back_up(from_environment(asked.data_dir), asked.file)
    print(f"Sauvegarde vérifiée\u00a0: {asked.file}")


def restore_backup(asked: argparse.Namespace) -> None:
    """Put a backup in the place of the database; the server must be stopped."""
    restore(from_environment(asked.data_dir), asked.file)
    print("La sauvegarde est restaurée\u00a0: le serveur peut redémarrer.")


def declare_restored(asked: argparse.Namespace) -> None:
    """Make ready a database restored by other means; the server must be stopped."""
    restored(from_environment(asked.data_dir))
    print("La base est prête\u00a0: le serveur peut redémarrer.")


def _make_ready(settings: Settings) -> None:
    database = open_database(settings)
    database.migrate()
    with database.transaction() as connection:
        Journal(settings.journal).replay(connection)
    database.close()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by the front door, so that our own PostgreSQL is stopped too."""
    raise SystemExit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Passerelle's central server")
    commands = parser.add_subparsers(required=True)
    serving = commands.add_parser("serve", help="listen for devices")
    serving.set_defaults(run=serve)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8640)
    migrating = commands.add_parser("migrate", help="bring the schema up to date")
    migrating.set_defaults(run=migrate)
    coding = commands.add_parser("enrolment-code", help="make a code that lets one computer in")
    coding.set_defaults(run=enrolment_code)
    coding.add_argument("--notebook", type=UUID, help="an existing notebook; a new one by default")
    coding.add_argument("--valid-days", type=int, default=30)
    revoking = commands.add_parser("revoke", help="take a computer out of its notebook at once")
    revoking.set_defaults(run=revoke_device)
    revoking.add_argument("device", type=UUID, help="the computer's identifier")
    backing = commands.add_parser("backup", help="write a backup, verified by reading it back")
    backing.set_defaults(run=backup)
    restoring = commands.add_parser("restore", help="put a backup in the place of the database, the server stopped")
    restoring.set_defaults(run=restore_backup)
    for command in (backing, restoring):
        command.add_argument("file", type=Path)
    declaring = commands.add_parser("restored", help="make ready a database that was restored by other means")
    declaring.set_defaults(run=declare_restored)
    for command in (serving, migrating, coding, revoking, backing, restoring, declaring):
        command.add_argument("--data-dir", type=Path, help="where our own PostgreSQL keeps its files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
