"""The promises of the encrypted notebook: saved or not, never half; one writer at a time; no name in clear."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from app.database import Database
from app.errors import KnownError
from app.models import Activity, Beneficiary
from app.models.local import change, outbox, state
from app.work import Received
from tests.notebook import KEY, new_database


@pytest.fixture
def database(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def queued(database: Database) -> list[dict[str, object]]:
    with database.read() as connection:
        return [row.fields for row in connection.execute(select(outbox).order_by(outbox.c.seq))]


def test_a_save_writes_the_record_and_its_outbox_row_together(database: Database) -> None:
    kept = Beneficiary(last_name="Delmas")
    with database.work() as work:
        work.save(kept)
    with database.read() as connection:
        assert connection.execute(select(Beneficiary.table.c.last_name)).scalar_one() == "Delmas"
    assert queued(database)[0]["last_name"] == "Delmas"


def test_a_fault_in_a_transaction_keeps_nothing_of_it(database: Database) -> None:
    with pytest.raises(RuntimeError), database.work() as work:
        work.save(Beneficiary(last_name="Delmas"))
        raise RuntimeError
    assert queued(database) == []
    with database.read() as connection:
        assert connection.execute(select(Beneficiary.table)).all() == []


def test_two_edits_before_sending_make_one_outbox_row(database: Database) -> None:
    kept = Activity(minutes=30, topics=frozenset({"email", "sante"}))
    for record in (kept, Activity(id=kept.id, minutes=45, topics=frozenset({"sante", "bureautique"}))):
        with database.work() as work:
            work.save(record)
    (fields,) = queued(database)
    assert fields["minutes"] == 45
    assert fields["topics"] == {"+": ["bureautique", "sante"], "-": ["email"]}


def test_an_operation_that_was_sent_is_never_changed_again(database: Database) -> None:
    kept = Activity(minutes=30)
    with database.work() as work:
        work.save(kept)
        work.connection.execute(outbox.update().values(sent=True))
    with database.work() as work:
        work.save(Activity(id=kept.id, minutes=45))
    first, second = queued(database)
    assert first["minutes"] == 30
    assert second == {"minutes": 45}


def test_saving_again_unchanged_writes_nothing(database: Database) -> None:
    kept = Activity(minutes=30)
    for _ in range(2):
        with database.work() as work:
            work.save(work.find(Activity, kept.id) or kept)
    with database.read() as connection:
        assert len(connection.execute(select(change)).all()) == 1


def test_what_the_server_sent_is_not_queued_again(database: Database) -> None:
    kept = Activity(minutes=30)
    with database.receive() as work:
        work.apply(Received(kept.record_kind, kept.id, {"minutes": 30, "created_at": 1}))
    assert queued(database) == []
    with database.read() as connection:
        assert connection.execute(select(Activity.table.c.minutes)).scalar_one() == 30


def test_three_hundred_concurrent_increments_are_all_kept(database: Database) -> None:
    def increment() -> None:
        for _ in range(30):
            with database.work() as work:
                work.set_state("count", (work.get_state("count") or 0) + 1)

    threads = [threading.Thread(target=increment) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(state.c.value).where(state.c.key == "count")).scalar_one() == 300


def test_a_save_is_refused_at_once_while_a_long_work_goes_on(database: Database) -> None:
    with database.long_work() as work:
        work.set_state("count", 1)
        with pytest.raises(KnownError, match="import est en cours"), database.work():
            pytest.fail("it did not wait its turn")
        with database.read() as connection:  # what is read is what was there before
            assert connection.execute(select(state.c.value).where(state.c.key == "count")).scalar_one_or_none() is None
    database.wait_for_long_work()
    with database.work() as work:
        assert work.get_state("count") == 1


def test_a_commit_says_what_changed(database: Database) -> None:
    heard: list[frozenset[str]] = []
    database.on_commit(heard.append)
    with database.work() as work:
        work.save(Beneficiary(last_name="Delmas"))
    with database.work() as work:
        work.set_state("x", 1)
    assert heard == [frozenset({"beneficiary"})]


def test_a_wrong_key_is_told_in_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    new_database(tmp_path).close()
    before = (tmp_path / "carnet.db").read_bytes()
    with pytest.raises(KnownError, match="Rien n’a été effacé"):
        Database(tmp_path / "carnet.db", bytearray(32))
    assert (tmp_path / "carnet.db").read_bytes() == before


def test_a_damaged_file_is_told_in_a_sentence_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "carnet.db"
    new_database(tmp_path).close()
    damaged = bytearray(path.read_bytes())
    damaged[:4096] = bytes(4096)
    path.write_bytes(damaged)
    with pytest.raises(KnownError, match="abîmé"):
        Database(path, bytearray(KEY))
    assert path.read_bytes() == bytes(damaged)


def test_a_newer_notebook_is_refused_and_left_alone(database: Database, tmp_path: Path) -> None:
    with database.work() as work:
        work.connection.exec_driver_sql("PRAGMA user_version = 999")
    with pytest.raises(KnownError, match="version plus récente"):
        Database(database.path, bytearray(KEY))


def test_a_full_disk_is_told_and_what_was_saved_stays(database: Database) -> None:
    with database.work() as work:
        work.save(Beneficiary(last_name="Delmas"))
        pages = work.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pytest.raises(KnownError, match="disque est plein"), database.work() as work:
        work.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(2000):
            work.save(Beneficiary(last_name="Roux", notes=f"{number} " * 500))
    with database.read() as connection:
        assert connection.execute(select(Beneficiary.table.c.last_name)).scalars().all() == ["Delmas"]


def test_the_key_is_wiped_when_the_notebook_closes(tmp_path: Path) -> None:
    new_database(tmp_path).close()
    key = bytearray(KEY)
    Database(tmp_path / "carnet.db", key).close()
    assert key == bytes(32)


def test_a_closed_notebook_says_that_it_is_locked_and_not_damaged(tmp_path: Path) -> None:
    closed = new_database(tmp_path)
    closed.close()
    with pytest.raises(KnownError, match="verrouillé"), closed.read():
        pass
