"""The notebook's file keeps step with the program: migrated whole or not at all, after a copy."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import app.models.local
from app import migrate
from app.database import Database
from app.errors import KnownError
from app.models.base import metadata
from tests.notebook import KEY, new_database

assert app.models.local.outbox is not None


def tables(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
        return not (kind == "table" and str(name).split("_search")[0] != str(name))

    database = new_database(tmp_path)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_the_version_kept_in_the_file_counts_the_migrations() -> None:
    scripts = ScriptDirectory(str(migrate.SCRIPTS))
    assert len(list(scripts.walk_revisions())) == migrate.VERSION


def test_a_migration_cut_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = migrate.migrate

    def cut(connection: Connection) -> None:
        whole(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "migrate", cut)
    with pytest.raises(KeyboardInterrupt):
        Database(tmp_path / "carnet.db", bytearray(KEY))
    monkeypatch.undo()
    database = Database(tmp_path / "carnet.db", bytearray(KEY))
    assert "activity" in tables(database)
    database.close()


def test_an_older_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    backups = tmp_path / "copies"
    copy = migrate.copy_aside(database._engine, database.path, backups)
    database.close()
    again = Database(copy, bytearray(KEY))
    assert "activity" in tables(again)
    again.close()


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    backups = tmp_path / "copies"
    backups.write_text("un fichier à la place du dossier")
    with pytest.raises(KnownError, match="copie de sauvegarde"):
        migrate.copy_aside(database._engine, database.path, backups)
    database.close()


def test_a_file_of_version_1_opens(tmp_path: Path) -> None:
    """The file was written by the first version of the program and is kept as it was."""
    kept = Path(__file__).parent / "released" / "carnet-1.db"
    (tmp_path / "carnet.db").write_bytes(kept.read_bytes())
    database = Database(tmp_path / "carnet.db", bytearray(KEY))
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM activity").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT last_name FROM beneficiary").scalar_one() == "Delmas"
    database.close()
