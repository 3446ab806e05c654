"""A damaged notebook comes back from its latest good copy, and what the copy lacks from the real server."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.database import Database
from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.paths import Paths
from app.services import access, adopting, backup_contents, backup_files, backups, news, restoring
from app.services.access import SetUp
from app.services.progress import Progress
from app.services.rebuilding import rebuild
from app.sync.client import HttpTransport
from app.sync.enrolment import enrol
from app.sync.outcome import Ending
from app.sync.standing import standing
from app.vault import Vault, recovery_key
from tests.live_server import LiveServer
from tests.sync.computers import BadLink, Computer

PHRASE = "quatre mots sans rapport"
CODE = access.recovery_code()


class Advisor:
    """The notebook of a data folder, enrolled, as the program opens it."""

    def __init__(self, server: LiveServer, paths: Paths, transport: HttpTransport) -> None:
        self.paths = paths
        database = access.set_up(paths, SetUp("Camille Rey", CODE, PHRASE))
        self.computer = Computer(database, transport)
        enrol(database, transport, server.url, server.code(), recovery_key(CODE).public)

    @property
    def key(self) -> bytearray:
        return Vault(self.paths.slots).from_passphrase(PHRASE)

    def record(self, minutes: int) -> Activity:
        made = Activity(minutes=minutes, notes=f"Au bout de {minutes} minutes")
        self.computer.save(made)
        return made

    def synchronise(self) -> None:
        assert self.computer.sync().ending is Ending.DONE
        assert standing(self.computer.database).waiting == 0

    def copy(self) -> backup_files.Backup:
        return backups.make(self.computer.database, self.paths, Progress())

    def damage_and_reopen(self) -> None:
        """Overwrite pages in the middle of the file, and open it again as the program does."""
        self.computer.database.close()
        size = self.paths.database.stat().st_size
        with self.paths.database.open("r+b") as file:
            file.seek(size // 3 // 4096 * 4096)
            file.write(b"\x00" * (size // 2))
        self.computer.database = access.open_with_passphrase(self.paths, PHRASE)

    def damage(self, position: int) -> None:
        """Overwrite one page that opening does not read, and rebuild as when the copy of the day finds it."""
        self.computer.database.close()
        with self.paths.database.open("r+b") as file:
            file.seek(position // 4096 * 4096)
            file.write(bytes(4096))
        self.computer.database = rebuild(self.paths, self.key)

    def minutes(self) -> set[int | None]:
        return minutes_in(self.computer.database)


def minutes_in(database: Database) -> set[int | None]:
    with database.read() as connection:
        return set(connection.exec_driver_sql("SELECT minutes FROM activity WHERE NOT deleted").scalars())


@pytest.fixture
def advisor(server: LiveServer, tmp_path: Path) -> Iterator[Advisor]:
    (tmp_path / "carnet").mkdir()
    with closing(HttpTransport(server.url)) as transport:
        made = Advisor(server, Paths(tmp_path / "carnet"), transport)
        yield made
        made.computer.database.close()


def test_what_was_sent_after_the_copy_comes_back_from_the_server(advisor: Advisor) -> None:
    changed = advisor.record(10)
    advisor.computer.save(Beneficiary(last_name="Delmas", first_name="Jeanne"))
    advisor.record(15)
    advisor.copy()
    advisor.synchronise()
    advisor.record(20)
    advisor.computer.save(replace(changed, minutes=11))
    advisor.synchronise()
    advisor.damage_and_reopen()
    assert advisor.minutes() == {10, 15}
    assert news.of(advisor.computer.database).endswith("avec 2\u00a0activités. Le reste revient du serveur.")
    advisor.synchronise()
    assert advisor.minutes() == {11, 15, 20}
    advisor.record(30)
    advisor.synchronise()
    assert advisor.minutes() == {11, 15, 20, 30}


def test_what_the_server_never_had_is_sent_by_the_copy(advisor: Advisor) -> None:
    advisor.record(10)
    advisor.synchronise()
    advisor.record(20)
    advisor.copy()
    advisor.damage_and_reopen()
    advisor.record(30)
    advisor.synchronise()
    assert advisor.minutes() == {10, 20, 30}
    assert backup_contents.of(advisor.computer.database).activities == 3


def test_what_was_saved_since_the_copy_and_never_sent_is_found_in_the_damaged_file(advisor: Advisor) -> None:
    changed = advisor.record(10)
    advisor.synchronise()
    advisor.copy()
    advisor.computer.database.close()
    heavy_from = advisor.paths.database.stat().st_size
    advisor.computer.database = access.open_with_passphrase(advisor.paths, PHRASE)
    advisor.computer.save(Activity(minutes=15, notes="x" * 200_000), replace(changed, minutes=11))
    arrived = BadLink(advisor.computer.transport, lambda: "answer_lost")
    assert advisor.computer.sync(arrived).ending is Ending.OFFLINE
    advisor.record(20)
    advisor.damage(heavy_from + 20_000)
    assert advisor.minutes() == {11, 15, 20}
    assert "Retrouvé dans le fichier abîmé\u00a0: 3\u00a0activités." in news.of(advisor.computer.database)
    advisor.synchronise()
    assert advisor.minutes() == {11, 15, 20}
    assert backup_contents.of(advisor.computer.database).activities == 3


def test_restoring_an_old_copy_loses_nothing_that_was_sent_and_undoes_nothing(advisor: Advisor) -> None:
    changed = advisor.record(10)
    copy = advisor.copy()
    advisor.synchronise()
    advisor.computer.save(replace(changed, minutes=11))
    advisor.record(20)
    advisor.synchronise()
    advisor.computer.database.close()
    advisor.computer.database = restoring.restore(advisor.paths, advisor.key, copy)
    assert advisor.minutes() == {10}
    advisor.synchronise()
    assert advisor.minutes() == {11, 20}


def test_a_copy_taken_to_a_new_computer_and_the_old_one_agree_in_the_end(advisor: Advisor, tmp_path: Path) -> None:
    advisor.record(10)
    advisor.synchronise()
    copy = backups.copy_to(advisor.computer.database, advisor.paths, tmp_path, Progress()).path
    advisor.record(20)
    advisor.synchronise()
    new = Paths(tmp_path / "neuf")
    new.root.mkdir()
    database = adopting.adopt(new, adopting.key_by_recovery(new, copy, CODE), copy)
    with closing(database):
        there = Computer(database, advisor.computer.transport)
        there.save(Activity(minutes=30))
        for computer in (there, advisor.computer, there):
            assert computer.sync().ending is Ending.DONE
        assert minutes_in(database) == advisor.minutes() == {10, 20, 30}


def test_a_copy_that_is_damaged_too_gives_way_to_an_older_one(advisor: Advisor) -> None:
    advisor.record(10)
    good = advisor.copy().path
    shutil.copy2(good, good.with_name("passerelle-2020-01-01-080000.sauvegarde"))
    advisor.record(20)
    advisor.synchronise()
    content = bytearray(good.read_bytes())
    content[9000] ^= 1
    good.write_bytes(content)
    advisor.damage_and_reopen()
    assert "la copie du mercredi 1er janvier 2020" in news.of(advisor.computer.database)
    advisor.synchronise()
    assert advisor.minutes() == {10, 20}
