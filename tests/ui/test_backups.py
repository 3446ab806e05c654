"""The copies in the window: made unseen, carried away, seen before they are put back, a way back when all is lost."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, make_application
from app.database import Database
from app.errors import DamagedError, KnownError
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths, data_folder
from app.services import access, backup_contents, backup_files, backups
from app.services.access import SetUp
from app.services.backup_files import Backup, BackupKind
from app.services.progress import Progress
from app.ui.backups.daily import DailyBackup
from app.ui.backups.notices import NotebookNotices
from app.ui.gate.contents_page import ContentsPage
from app.ui.gate.presenter import Gate
from app.ui.gate.renew_page import RenewPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.preferences.restore_page import RestorePage
from tests.full_disk import full_disk
from tests.notebook import recorded

CODE = access.recovery_code()
PATIENCE = 20_000


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A folder with a notebook of one activity."""
    made = data_folder(tmp_path / "carnet")
    opened = access.set_up(made, SetUp("Camille Rey", CODE, DEMONSTRATION_PASSPHRASE))
    recorded(opened)
    opened.close()
    return made


@pytest.fixture
def notebook(paths: Paths, qapp: object) -> Iterator[Database]:
    opened = access.open_with_passphrase(paths, DEMONSTRATION_PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def start(qtbot: QtBot, paths: Paths) -> Iterator[Callable[[], Program]]:
    """Starts the program on the folder; its notebook is opened with the demonstration's passphrase."""
    programs = []

    def started() -> Program:
        made = Program(make_application(), paths, Options(unattended=True))
        qtbot.addWidget(made.window)
        programs.append(made)
        made.window.resize(1366, 768)
        made.start()
        return made

    yield started
    for each in programs:
        each.close_notebook()


def opened(program: Program, qtbot: QtBot) -> Program:
    qtbot.waitUntil(lambda: program.workspace is not None, timeout=PATIENCE)
    return program


def database_of(program: Program) -> Database:
    assert program.desk is not None
    return program.desk.database


def notices(program: Program) -> NotebookNotices:
    assert program.workspace is not None
    found = program.workspace.findChild(NotebookNotices)
    assert isinstance(found, NotebookNotices)
    return found


def copy_of(database: Database, paths: Paths, days_ago: int = 0) -> Backup:
    return backups.make(database, paths, Progress(), datetime.now() - timedelta(days=days_ago))


def press(page: QWidget, text: str) -> None:
    QApplication.processEvents()
    shown = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    next(one for one in shown if text in (one.text(), one.accessibleName())).click()


def spoil(path: Path, start: int = 0) -> bytes:
    """Overwrite a page; answers what the file is then."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * 4096)
    return path.read_bytes()


def daily_copies(paths: Paths) -> list[Backup]:
    return [one for one in backup_files.list_in(paths.backups) if one.kind is BackupKind.DAILY]


class Lane:
    """The daily copy of a notebook, and what it said."""

    def __init__(self, database: Database, paths: Paths, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.daily = DailyBackup(database, paths, first_ms=0)
        self.made: list[Backup] = []
        self.failures: list[KnownError] = []
        self.daily.made.connect(self.made.append)
        self.daily.failed.connect(self.failures.append)

    def wait(self, until: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(until()), timeout=PATIENCE)

    def look(self) -> None:
        """Look again, and wait until the look is over."""
        self.daily.look()
        assert self.daily._task is not None
        over: list[object] = []
        self.daily._task.done.connect(over.append)
        self.daily._task.failed.connect(over.append)
        self.wait(lambda: over)


@pytest.fixture
def lane(notebook: Database, paths: Paths, qtbot: QtBot) -> Iterator[Lane]:
    made = Lane(notebook, paths, qtbot)
    yield made
    made.daily.stop()


def test_the_copy_of_the_day_is_made_once(lane: Lane, paths: Paths) -> None:
    lane.wait(lambda: lane.made)
    lane.look()
    assert [one.path for one in lane.made] == [one.path for one in daily_copies(paths)]


def test_a_new_day_has_its_own_copy(lane: Lane, paths: Paths) -> None:
    lane.wait(lambda: lane.made)
    yesterday = datetime.now() - timedelta(days=1)
    lane.made[0].path.rename(paths.backups / f"passerelle-{yesterday:%Y-%m-%d-%H%M%S}.sauvegarde")
    lane.look()
    assert len(lane.made) == len(daily_copies(paths)) == 2


def test_a_failure_is_said_once_and_tried_again(notebook: Database, paths: Paths, qtbot: QtBot) -> None:
    with full_disk(1000):
        lane = Lane(notebook, paths, qtbot)
        lane.wait(lambda: lane.failures)
        lane.look()
    assert len(lane.failures) == 1
    assert lane.daily.trouble == str(lane.failures[0])
    lane.look()
    assert len(lane.made) == 1
    assert lane.daily.trouble == ""
    lane.daily.stop()


def test_a_lane_that_is_stopped_copies_nothing_any_more(notebook: Database, paths: Paths, qtbot: QtBot) -> None:
    with backup_files.scratch(paths.backups):  # the copy waits for its turn
        lane = Lane(notebook, paths, qtbot)
        lane.daily.look()
        lane.daily.stop()
    QTest.qWait(300)
    assert (lane.made, lane.failures) == ([], [])
    assert daily_copies(paths) == []


def test_a_notebook_found_damaged_by_the_copy_is_mended_at_a_press(
    start: Callable[[], Program], notebook: Database, paths: Paths, qtbot: QtBot
) -> None:
    copy_of(notebook, paths, days_ago=1)
    notebook.close()
    program = opened(start(), qtbot)
    spoilt = spoil(paths.database, 8192)
    assert program.desk is not None
    assert program.desk.daily is not None
    program.desk.daily.look()
    qtbot.waitUntil(lambda: bool(notices(program).sentences()), timeout=PATIENCE)
    assert "abîmé" in notices(program).sentences()[0]
    assert len(daily_copies(paths)) == 1
    press(notices(program), "Réparer maintenant")
    qtbot.waitUntil(lambda: program.workspace is None, timeout=PATIENCE)
    opened(program, qtbot)
    assert "a été remise, avec 1\u00a0activité" in notices(program).sentences()[0]
    assert [path.read_bytes() for path in paths.backups.glob("carnet-abime-*.db")] == [spoilt]


@pytest.mark.parametrize("is_first_page", [True, False])
def test_a_notebook_damaged_while_the_program_was_closed_comes_back_by_itself(
    start: Callable[[], Program], notebook: Database, paths: Paths, qtbot: QtBot, is_first_page: bool
) -> None:
    copy_of(notebook, paths)
    notebook.close()
    for start_of_page in [0] if is_first_page else range(4096, paths.database.stat().st_size, 4096):
        spoil(paths.database, start_of_page)
    program = opened(start(), qtbot)
    assert "Votre carnet était abîmé" in notices(program).sentences()[0]
    press(notices(program), "J’ai lu")
    assert notices(program).isHidden()
    program.close_notebook()
    again = opened(start(), qtbot)
    assert notices(again).sentences() == []


def preferences(program: Program) -> PreferencesPresenter:
    assert program.workspace is not None
    program.workspace.go_to("preferences")
    found = program.workspace.presenter("preferences")
    assert isinstance(found, PreferencesPresenter)
    return found


def restore_page(screen: PreferencesPresenter, qtbot: QtBot) -> QWidget:
    qtbot.waitUntil(lambda: isinstance(screen.view.currentWidget(), RestorePage), timeout=PATIENCE)
    return screen.view.currentWidget() or screen.view


def test_a_copy_is_seen_then_put_back_and_that_can_be_undone(
    start: Callable[[], Program], notebook: Database, paths: Paths, qtbot: QtBot
) -> None:
    copy_of(notebook, paths)
    recorded(notebook)
    notebook.close()
    program = opened(start(), qtbot)
    for kind, expected in ((BackupKind.DAILY, 1), (BackupKind.BEFORE_RESTORE, 2)):
        screen = preferences(program)
        screen.backups.section.fold.set_open(True)
        before = {one.path for one in backup_files.list_in(paths.backups)}
        wanted = next(one for one in backup_files.list_in(paths.backups) if one.kind is kind)
        screen.backups.section.restore_asked.emit(wanted)
        page = restore_page(screen, qtbot)
        assert {one.path for one in backup_files.list_in(paths.backups)} == before
        press(page, "Remettre cette copie")
        qtbot.waitUntil(lambda: program.workspace is None, timeout=PATIENCE)
        opened(program, qtbot)
        assert backup_contents.of(database_of(program)).activities == expected


def test_thinking_better_of_it_changes_nothing(
    start: Callable[[], Program], notebook: Database, paths: Paths, qtbot: QtBot
) -> None:
    copy_of(notebook, paths)
    notebook.close()
    screen = preferences(opened(start(), qtbot))
    screen.backups.section.fold.set_open(True)
    [copy] = backup_files.list_in(paths.backups)
    screen.backups.section.restore_asked.emit(copy)
    press(restore_page(screen, qtbot), "Annuler")
    assert screen.backups.section.isVisible()
    assert [one.path for one in backup_files.list_in(paths.backups)] == [copy.path]


def test_a_damaged_copy_is_told_and_not_put_back(
    start: Callable[[], Program], notebook: Database, paths: Paths, qtbot: QtBot
) -> None:
    copy = copy_of(notebook, paths)
    notebook.close()
    spoil(copy.path, 8192)
    screen = preferences(opened(start(), qtbot))
    screen.backups.section.restore_asked.emit(copy)
    qtbot.waitUntil(lambda: "copie est abîmée" in screen.backups.section.trouble(), timeout=PATIENCE)
    assert notices_of(screen) == []


def notices_of(screen: PreferencesPresenter) -> list[str]:
    found = screen.view.window().findChild(NotebookNotices)
    return found.sentences() if isinstance(found, NotebookNotices) else []


def test_a_copy_goes_to_a_stick_and_the_section_says_so(
    start: Callable[[], Program],
    notebook: Database,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notebook.close()
    stick = tmp_path / "cle"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    program = opened(start(), qtbot)
    screen = preferences(program)
    press(screen.backups.section, "Copier sur une clé USB…")
    assert screen.backups.section.copy.text() == "Arrêter"
    qtbot.waitUntil(lambda: screen.backups.section.copy.text() != "Arrêter", timeout=PATIENCE)
    [name] = [path.name for path in stick.iterdir()]
    assert program.workspace is not None
    assert program.workspace.notice == f"Copie faite et vérifiée\u00a0: {name}"
    with full_disk(1000):
        press(screen.backups.section, "Copier sur une clé USB…")
        qtbot.waitUntil(lambda: bool(screen.backups.section.trouble()), timeout=PATIENCE)
    assert [path.name for path in stick.iterdir()] == [name]


def test_a_copy_to_a_stick_can_be_stopped(
    start: Callable[[], Program], notebook: Database, paths: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    notebook.close()
    stick = tmp_path / "cle"
    stick.mkdir()
    screen = preferences(opened(start(), qtbot))
    with backup_files.scratch(paths.backups):  # the copy waits for its turn
        screen.backups.copy_to(stick)
        press(screen.backups.section, "Arrêter")
    QTest.qWait(300)
    assert list(stick.iterdir()) == []
    assert screen.backups.section.trouble() == ""


class Door:
    """The gate of a computer, and the notebooks that it opened."""

    def __init__(self, paths: Paths, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.gate = Gate(paths)
        self.opened: list[Database] = []
        self.gate.opened.connect(self.opened.append)
        qtbot.addWidget(self.gate.widget)
        self.gate.widget.resize(1366, 768)
        self.gate.widget.show()

    def page(self, kind: type[QWidget]) -> QWidget:
        self._qtbot.waitUntil(lambda: isinstance(self.gate.widget.currentWidget(), kind), timeout=PATIENCE)
        return self.gate.widget.currentWidget() or self.gate.widget

    def type(self, field: QWidget, text: str) -> None:
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def activities(self) -> int:
        self._qtbot.waitUntil(lambda: bool(self.opened), timeout=PATIENCE)
        return backup_contents.of(self.opened[-1]).activities


@pytest.fixture
def stick(notebook: Database, paths: Paths, tmp_path: Path) -> Path:
    """A copy of the notebook on a stick."""
    return backups.copy_to(notebook, paths, tmp_path, Progress()).path


@pytest.fixture
def new_computer(tmp_path: Path, qtbot: QtBot) -> Iterator[Door]:
    made = Door(data_folder(tmp_path / "neuf"), qtbot)
    yield made
    for each in made.opened:
        each.close()


@pytest.fixture
def here(notebook: Database, paths: Paths, qtbot: QtBot) -> Iterator[Door]:
    """The gate of the computer of the notebook, which is closed."""
    notebook.close()
    made = Door(paths, qtbot)
    yield made
    for each in made.opened:
        each.close()


def unlock(door: Door) -> UnlockPage:
    page = door.page(UnlockPage)
    assert isinstance(page, UnlockPage)
    return page


def test_a_new_computer_takes_over_a_copy_with_its_passphrase(
    new_computer: Door, stick: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(stick), ""))
    new_computer.gate.start()
    press(new_computer.page(SetUpPage), "J’ai déjà un carnet, sur une clé USB")
    page = unlock(new_computer)
    new_computer.type(page.passphrase.field, "pas la bonne")
    qtbot.waitUntil(lambda: "pas la bonne phrase" in page.passphrase.accessibleDescription(), timeout=PATIENCE)
    new_computer.type(page.passphrase.field, DEMONSTRATION_PASSPHRASE)
    contents = new_computer.page(ContentsPage)
    assert list(data_folder(stick.parent / "neuf").root.glob("c*")) == [], "nothing is written before the yes"
    press(contents, "Reprendre ce carnet")
    assert new_computer.activities() == 1


def test_with_the_recovery_code_a_new_lock_is_chosen(new_computer: Door, stick: Path) -> None:
    new_computer.gate.start()
    new_computer.page(SetUpPage)
    new_computer.gate.open_copy(stick)
    page = unlock(new_computer)
    press(page, "J’ai perdu ma phrase de passe")
    new_computer.type(page.recovery, CODE)
    press(new_computer.page(ContentsPage), "Reprendre ce carnet")
    renew = new_computer.page(RenewPage)
    assert isinstance(renew, RenewPage)
    QTest.keyClicks(renew.choice.passphrase.field, "une autre phrase")
    new_computer.type(renew.choice.again.field, "une autre phrase")
    assert new_computer.activities() == 1


def test_a_file_that_is_no_copy_is_told_and_one_goes_back(new_computer: Door, stick: Path, qtbot: QtBot) -> None:
    stick.write_bytes(b"des photos de vacances")
    new_computer.gate.start()
    before = new_computer.page(SetUpPage)
    new_computer.gate.open_copy(stick)
    page = unlock(new_computer)
    qtbot.waitUntil(lambda: "n’est pas une copie" in page.recovery.accessibleDescription(), timeout=PATIENCE)
    press(page, "Retour")
    assert new_computer.gate.widget.currentWidget() is before


def test_where_no_copy_is_left_a_stick_brings_the_notebook_back(
    stick: Path, here: Door, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = spoil(paths.database)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(stick), ""))
    here.gate.open_with(DEMONSTRATION_PASSPHRASE)
    press(here.page(TroublePage), "J’ai une copie…")
    here.type(unlock(here).passphrase.field, DEMONSTRATION_PASSPHRASE)
    press(here.page(ContentsPage), "Reprendre ce carnet")
    assert here.activities() == 1
    assert [path.read_bytes() for path in paths.backups.glob("carnet-abime-*.db")] == [spoilt]


def test_without_any_copy_the_recovery_sheet_is_the_way_back(here: Door, paths: Paths) -> None:
    spoilt = spoil(paths.database)
    here.gate.open_with(DEMONSTRATION_PASSPHRASE)
    press(here.page(TroublePage), "Repartir de la feuille de secours")
    page = here.page(SetUpPage)
    assert isinstance(page, SetUpPage)
    assert page.recovery.which.value()
    assert [path.read_bytes() for path in paths.backups.glob("carnet-abime-*.db")] == [spoilt]


def test_the_ways_back_are_offered_only_where_something_is_lost(here: Door) -> None:
    here.gate.show_trouble(KnownError("Le disque est plein."))
    page = here.page(TroublePage)
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible() and "copie" in one.text()]
    here.gate.show_trouble(DamagedError("Le carnet est abîmé."))
    assert [one for one in page.findChildren(QPushButton) if one.isVisible() and "copie" in one.text()]


def test_keys_that_are_lost_come_back_from_the_latest_copy(notebook: Database, paths: Paths, qtbot: QtBot) -> None:
    copy_of(notebook, paths)
    recorded(notebook)
    notebook.close()
    paths.slots.write_text("{", encoding="utf-8")
    here = Door(paths, qtbot)
    here.gate.start()
    here.type(unlock(here).passphrase.field, DEMONSTRATION_PASSPHRASE)
    assert here.activities() == 2
    here.opened[0].close()


def test_no_start_pays_for_the_copies() -> None:
    started = "app.bootstrap, app.ui.workspace, app.ui.backups.daily, app.ui.day.presenter, app.services.access"
    code = f"import sys, {started}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    assert "app.services.news" in loaded
    assert not {"app.services.backups", "app.services.backup_files", "app.services.restoring"} & set(loaded)
