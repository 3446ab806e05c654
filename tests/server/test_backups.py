"""Backups: believed once read back, promised to the devices only then, restored whole or not at all."""

import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from protocol.messages import REVOKE_PATH, TURN_KEY, DoneAnswer, RevokeRequest, SealedChanges
from server.backups.restoring import restore, restored
from server.backups.taking import back_up
from server.errors import Trouble
from tests.live_server import LiveServer, live_server, own_settings
from tests.server.devices import Device, an_operation

NOTE = SealedChanges(names=["notes"], piece=b"tout ce qui est scelle, et rien de lisible")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server with a database of its own: it will be put back in time."""
    with live_server(own_settings(tmp_path)) as own:
        yield own


def incarnation(server: LiveServer) -> UUID:
    with server.database.transaction() as connection:
        return UUID(str(connection.execute(text("SELECT incarnation FROM installation")).scalar_one()))


def databases(server: LiveServer) -> set[str]:
    with server.database.transaction() as connection:
        return set(connection.execute(text("SELECT datname FROM pg_database")).scalars())


def rows_of(device: Device) -> dict[UUID, bool]:
    """The records that the server hands out, and whether each is still there."""
    return {row.id: row.f is not None for row in device.sync(cur=(None, 0, None)).rows}


def test_devices_may_forget_what_a_verified_backup_holds(server: LiveServer, device: Device, tmp_path: Path) -> None:
    assert device.sync(an_operation(1), an_operation(2, x=NOTE)).durable == 0
    before = databases(server)
    back_up(server.settings, tmp_path / "sauvegarde")
    assert device.sync(an_operation(3)).durable == 2
    assert stat.S_IMODE((tmp_path / "sauvegarde").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["sauvegarde"]
    assert databases(server) == before


def test_a_backup_that_does_not_say_the_same_is_not_kept(server: LiveServer, device: Device, tmp_path: Path) -> None:
    """A table that belongs to an extension is left out by PostgreSQL itself: the copy is not the whole."""
    device.sync(an_operation(1))
    with server.database.transaction() as connection:
        connection.execute(text("CREATE TABLE apart AS SELECT 1 AS one"))
        connection.execute(text("ALTER EXTENSION plpgsql ADD TABLE apart"))
    with pytest.raises(Trouble):
        back_up(server.settings, tmp_path / "sauvegarde")
    assert list(tmp_path.iterdir()) == []
    assert device.sync().durable == 0


def test_a_backup_that_cannot_be_written_says_so(server: LiveServer, device: Device, tmp_path: Path) -> None:
    device.sync(an_operation(1))
    with pytest.raises(Trouble):
        back_up(server.settings, tmp_path / "absent" / "sauvegarde")
    assert device.sync().durable == 0


def test_a_restore_brings_back_what_the_backup_holds_under_another_incarnation(
    server: LiveServer, device: Device, tmp_path: Path
) -> None:
    kept, lost = an_operation(1, x=NOTE), an_operation(2)
    device.sync(kept)
    back_up(server.settings, tmp_path / "sauvegarde")
    device.sync(lost)
    was = incarnation(server)
    before = databases(server)

    server.go_back(tmp_path / "sauvegarde")

    assert incarnation(server) != was
    assert databases(server) == before
    assert device.sync(prev=(2, lost.u)).ack == (1, kept.u)
    assert device.sync().reset
    [row] = device.sync(cur=(None, 0, None)).rows
    assert (row.id, row.x[0].piece) == (kept.id, NOTE.piece)


@pytest.mark.parametrize("is_before", [True, False])
def test_what_was_erased_stays_erased_when_a_backup_of_before_is_restored(
    server: LiveServer, device: Device, tmp_path: Path, is_before: bool
) -> None:
    old, new = an_operation(1, x=NOTE), an_operation(2, x=NOTE)
    if is_before:
        device.sync(old, new)
        back_up(server.settings, tmp_path / "sauvegarde")
    else:  # one of the two was not even born
        device.sync(old)
        back_up(server.settings, tmp_path / "sauvegarde")
        device.sync(new)
    device.sync(an_operation(3, old.id, f={}, e=True), an_operation(4, new.id, f={}, e=True))

    server.go_back(tmp_path / "sauvegarde")

    assert rows_of(device) == {old.id: False, new.id: False}
    late = Device(server)
    late.enrol(server.code(device.notebook))
    assert late.sync(an_operation(1, old.id)).res == [(1, "gone", "erased")]
    late.session.close()
    with server.database.transaction() as connection:
        said = connection.execute(text("SELECT count(*) FROM operation WHERE piece IS NOT NULL OR fields <> '{}'"))
        assert said.scalar_one() == 0


def test_a_computer_taken_out_since_the_backup_is_not_let_in_again(
    server: LiveServer, device: Device, another: Callable[[], Device], tmp_path: Path
) -> None:
    stolen, kept = another(), another()
    for one in (stolen, kept):
        one.sync(an_operation(1))
    back_up(server.settings, tmp_path / "sauvegarde")
    device.ask(REVOKE_PATH, RevokeRequest(p=2, device=stolen.id), DoneAnswer)
    assert stolen.sync().error == "revoked"

    server.go_back(tmp_path / "sauvegarde")

    assert stolen.sync().error == "revoked"
    assert device.sync().notices == [TURN_KEY]
    assert kept.sync(an_operation(2)).ack is not None


def test_a_backup_taken_while_devices_push_holds_whole_pushes(
    server: LiveServer, device: Device, tmp_path: Path
) -> None:
    is_over = threading.Event()

    def push() -> None:
        seq = 1
        while not is_over.is_set():
            device.sync(*[an_operation(seq + place) for place in range(5)], want=0)
            seq += 5

    pushing = threading.Thread(target=push)
    pushing.start()
    back_up(server.settings, tmp_path / "sauvegarde")
    is_over.set()
    pushing.join()
    promised = device.sync().durable

    server.go_back(tmp_path / "sauvegarde")

    with server.database.transaction() as connection:
        counts = "SELECT (SELECT count(*) FROM operation), (SELECT count(*) FROM record), last_seq FROM device_epoch"
        operations, records, last = connection.execute(text(counts)).one()
    assert operations == records == last == promised > 0
    assert last % 5 == 0


def test_a_damaged_backup_is_refused_and_changes_nothing(server: LiveServer, device: Device, tmp_path: Path) -> None:
    kept = an_operation(1, x=NOTE)
    device.sync(kept)
    file = tmp_path / "sauvegarde"
    back_up(server.settings, file)
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 4]) + whole[middle + 1 :]
    was, before = incarnation(server), databases(server)

    for damaged in (whole[:-300], flipped, whole + b"x", b"", b"une autre chose"):
        file.write_bytes(damaged)
        with pytest.raises(Trouble):
            server.go_back(file)
    file.unlink()
    with pytest.raises(Trouble):
        server.go_back(file)

    assert (incarnation(server), databases(server)) == (was, before)
    assert rows_of(device) == {kept.id: True}


def test_a_backup_of_a_newer_server_is_refused_and_changes_nothing(
    server: LiveServer, device: Device, tmp_path: Path
) -> None:
    device.sync(an_operation(1))
    with server.database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(server.settings, tmp_path / "sauvegarde")
    was, before = incarnation(server), databases(server)
    with pytest.raises(Trouble):
        server.go_back(tmp_path / "sauvegarde")
    assert (incarnation(server), databases(server)) == (was, before)


def test_nothing_is_restored_while_the_server_runs(server: LiveServer, device: Device, tmp_path: Path) -> None:
    device.sync(an_operation(1))
    back_up(server.settings, tmp_path / "sauvegarde")
    was = incarnation(server)
    with pytest.raises(Trouble):
        restore(server.settings, tmp_path / "sauvegarde")
    with pytest.raises(Trouble):
        restored(server.settings)
    assert incarnation(server) == was


def test_a_database_restored_by_other_means_is_made_ready(server: LiveServer, device: Device, tmp_path: Path) -> None:
    """Erased since, as its journal says; the administrator's copy does not know."""
    kept, gone = an_operation(1, x=NOTE), an_operation(2, x=NOTE)
    device.sync(kept, gone)
    was = incarnation(server)
    server.settings.journal.write_text(f'\n["{device.notebook}", "activity", "{gone.id}"]\n["{uuid4()}", "activ')
    server.rest()
    restored(server.settings)
    assert incarnation(server) != was
    assert rows_of(device) == {kept.id: True, gone.id: False}
    version = device.cursor
    server.rest()
    restored(server.settings)
    assert device.sync(cur=(None, 0, None)).cur[1] == version[1], "erasing again what is erased changes nothing"
