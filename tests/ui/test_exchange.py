"""Exports and imports through their screens: asked by keyboard, told in words, and nothing before it is accepted."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activity_lists, beneficiaries, places
from app.services.commands import ActivityFilter
from app.services.exports import exporting
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.imports import taking
from app.services.imports.lines import FileKind
from app.services.imports.plans import Outcome, PlanRow, Preview
from app.services.progress import Progress
from app.ui.desk import Desk
from app.ui.exchange import words
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.importing import ImportPresenter
from app.ui.exchange.preview_page import PreviewPage
from app.ui.preferences.view import PreferencesView
from app.ui.tasks import Task
from app.ui.workspace import Workspace
from protocol.vocabulary import ActivityKind, PlaceKind
from tests.notebook import a_beneficiary, a_place, new_database, recorded

Said = list[tuple[str, object]]
LONG = 20_000


@pytest.fixture
def workspace(qtbot: QtBot, desk: Desk) -> Workspace:
    """The open notebook on screen."""
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def said(desk: Desk) -> Said:
    """What was said at the bottom of the window, with what undoes it."""
    lines: Said = []
    desk.said.connect(lambda sentence, undo: lines.append((sentence, undo)))
    return lines


@pytest.fixture
def data(qtbot: QtBot, desk: Desk) -> ImportPresenter:
    """« Vos données » in the settings, without the other sections."""
    view = PreferencesView()
    qtbot.addWidget(view)
    made = ImportPresenter(desk, view)
    view.add_section("Vos données", "arrow-up-down", made.section)
    view.resize(1182, 708)
    view.show()
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list exported from another notebook: a person named, a workshop, a nameless person."""
    folder = tmp_path_factory.mktemp("ailleurs")
    other = new_database(folder)
    jeanne, place = a_beneficiary(other, "Delmas", "Jeanne"), a_place(other)
    recorded(other, participants=(jeanne,))
    recorded(other, kind=ActivityKind.WORKSHOP, participants=(jeanne,), title="Ma tablette")
    recorded(other, place_kind=PlaceKind.PLACE, place=place)
    path = folder / "liste.xlsx"
    _export(other, path)
    other.close()
    return path


def _export(database: Database, path: Path) -> None:
    moment = datetime(2026, 11, 24, 9, 12)
    request = ExportRequest(ExportKind.ACCOMPANIMENTS, FileFormat.XLSX, ActivityFilter(), path, moment)
    exporting.export(database, request, Progress())


def _dialog(qtbot: QtBot, workspace: Workspace) -> ExportDialog:
    qtbot.waitUntil(lambda: bool(workspace.findChildren(ExportDialog)))
    (found,) = workspace.findChildren(ExportDialog)
    return found


def _press(key: Qt.Key) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def _button(page: QWidget, name: str) -> QPushButton:
    QApplication.processEvents()
    found = page.findChildren(QPushButton)
    return next(one for one in found if one.isVisible() and name in (one.text(), one.accessibleName()))


def _offered(qtbot: QtBot, data: ImportPresenter, path: Path) -> PreviewPage:
    data.read(path)
    qtbot.waitUntil(lambda: data.page is not None or bool(data.section.trouble()), timeout=LONG)
    assert data.page is not None, data.section.trouble()
    return data.page


def _imported(qtbot: QtBot, data: ImportPresenter, path: Path) -> None:
    _offered(qtbot, data, path).accept.click()
    qtbot.waitUntil(lambda: data.page is None, timeout=LONG)


def _number(desk: Desk) -> int:
    return activity_lists.page(desk.database).total


@contextmanager
def no_thread_free() -> Iterator[None]:
    """The thread pool is busy: a task that is started waits, and can be cancelled before its first step."""
    pool, gate = QThreadPool.globalInstance(), threading.Event()
    before = pool.maxThreadCount()
    pool.waitForDone()
    pool.setMaxThreadCount(1)
    Task(gate.wait).start()
    try:
        yield
    finally:
        gate.set()
        pool.setMaxThreadCount(before)


def test_a_list_is_exported_by_keyboard_in_four_gestures(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(desk.database, day=date.today())
    workspace.go_to("activities")
    asked: list[str] = []
    target = tmp_path / "ma liste.xlsx"

    def answer(_window: QWidget, _title: str, offered: str, _kind: str) -> tuple[str, str]:
        asked.append(offered)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    QTest.keyClick(
        workspace.activities.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = _dialog(qtbot, workspace)
    QTest.keyClick(dialog.export, Qt.Key.Key_Return)  # the file dialog, answered by Enter, is the third gesture
    qtbot.waitUntil(dialog.success.isVisible, timeout=LONG)
    assert Path(asked[0]).name == f"passerelle_accompagnements_{date.today().isoformat()}.xlsx"
    assert dialog.success.text() == "Exporté\u00a0: ma liste.xlsx (1\u00a0ligne)"
    assert target.read_bytes().startswith(b"PK")
    QTest.keyClick(dialog.leave, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not workspace.findChildren(ExportDialog))


def test_an_export_starts_from_what_the_screen_shows(workspace: Workspace, desk: Desk, qtbot: QtBot) -> None:
    recorded(desk.database, day=date.today())
    recorded(desk.database, day=date(2024, 3, 12))
    workspace.go_to("activities")
    workspace.activities.view.filter_changed.emit(ActivityFilter(since=date(2024, 3, 1), until=date(2024, 3, 31)))
    workspace.activities.view.export.click()
    dialog = _dialog(qtbot, workspace)
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "1\u00a0accompagnement" in shown
    assert "Du 01/03/2024 au 31/03/2024" in shown
    assert dialog.period.currentText() == "Du 01/03/2024 au 31/03/2024"
    dialog.period.setCurrentText("Depuis le début")
    dialog.period.changed.emit()
    assert "2\u00a0accompagnements" in [label.text() for label in dialog.findChildren(QLabel)]
    assert dialog.filter() == ActivityFilter()


@pytest.mark.parametrize(
    ("screen", "kind"), [("day", "ACCOMPANIMENTS"), ("statistics", "STATISTICS"), ("preferences", "NOTEBOOK")]
)
def test_each_screen_offers_first_what_it_shows(
    workspace: Workspace, desk: Desk, qtbot: QtBot, screen: str, kind: str
) -> None:
    workspace.go_to(screen)
    desk.export_asked.emit(ActivityFilter())
    assert _dialog(qtbot, workspace).kind() is ExportKind[kind]


def test_a_file_that_cannot_be_written_is_told_and_can_be_asked_again(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.export_asked.emit(ActivityFilter())
    dialog = _dialog(qtbot, workspace)
    nowhere = tmp_path / "absent" / "liste.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere), ""))
    dialog.export.click()
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=LONG)
    assert "choisissez un autre dossier" in dialog.trouble.text()
    assert dialog.export.isVisible()


def test_escape_stops_an_export_and_leaves_no_file(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(desk.database)
    target = tmp_path / "sortie" / "liste.csv"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.export_asked.emit(ActivityFilter())
    dialog = _dialog(qtbot, workspace)
    dialog.format.set_value(FileFormat.CSV)
    with no_thread_free():
        dialog.export.click()
        assert dialog.work.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=LONG)
    assert dialog.trouble.text() == "Export arrêté\u00a0: aucun fichier n’a été écrit."
    assert list(target.parent.iterdir()) == []


def test_a_suffix_left_out_is_put_back_and_no_other_file_is_hit(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "liste.xlsx"
    kept.write_text("à garder")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "liste"), ""))
    desk.export_asked.emit(ActivityFilter())
    dialog = _dialog(qtbot, workspace)
    dialog.export.click()
    qtbot.waitUntil(dialog.success.isVisible, timeout=LONG)
    assert "liste (2).xlsx" in dialog.success.text()
    assert kept.read_text() == "à garder"


def test_nothing_is_written_before_it_is_accepted_then_everything_is(
    data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    data.section.import_file.click()
    qtbot.waitUntil(lambda: data.page is not None, timeout=LONG)
    page = data.page
    assert page is not None
    assert page.accept.text() == "Importer 3\u00a0activités"
    assert page.accept.hasFocus()
    assert _number(desk) == 0
    _press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: data.page is None, timeout=LONG)
    assert _number(desk) == 3
    assert [row.name for row in places.mine(desk.database)] == ["Médiathèque de Florac"]
    assert said[-1][0] == "3\u00a0activités importées"


def test_what_is_there_already_is_said_and_cannot_be_imported_twice(
    data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path
) -> None:
    _imported(qtbot, data, file)
    page = _offered(qtbot, data, file)
    assert not page.accept.isEnabled()
    assert page.cancel.hasFocus()
    assert words.summary(page._preview) == "3\u00a0activités lues\u00a0: 3 déjà là"
    _press(Qt.Key.Key_Escape)
    assert data.page is None
    assert _number(desk) == 3


def test_an_import_is_taken_out_from_the_line_that_announced_it_then_comes_back(
    data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path, said: Said
) -> None:
    _imported(qtbot, data, file)
    undo = said[-1][1]
    assert callable(undo)
    undo()
    qtbot.waitUntil(lambda: said[-1][0] == "Import retiré", timeout=LONG)
    assert _number(desk) == 0
    page = _offered(qtbot, data, file)
    assert page.accept.text() == "Importer 3\u00a0activités"
    page.accept.click()
    qtbot.waitUntil(lambda: data.page is None, timeout=LONG)
    assert _number(desk) == 3


def test_a_past_import_is_taken_out_of_the_list_and_who_stays_is_said(
    data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path, said: Said
) -> None:
    _imported(qtbot, data, file)
    (jeanne,) = beneficiaries.search(desk.database, "delmas")
    recorded(desk.database, participants=(jeanne.id,))
    data.refresh()
    data.section.fold.set_open(True)
    _button(data.section, f"Retirer\u00a0: {file.name}").click()
    qtbot.waitUntil(lambda: said[-1][0].startswith("Import retiré"), timeout=LONG)
    assert said[-1][0] == "Import retiré. 1\u00a0personne reste\u00a0: le carnet s’en sert encore."
    assert _number(desk) == 1
    assert [batch.undone for batch in taking.batches(desk.database)] == [True]
    with pytest.raises(StopIteration):
        _button(data.section, f"Retirer\u00a0: {file.name}")
    bring_back = said[-1][1]
    assert callable(bring_back)
    bring_back()
    qtbot.waitUntil(lambda: said[-1][0] == "L’import est de nouveau dans votre carnet.", timeout=LONG)
    assert _number(desk) == 4


def test_an_import_that_is_stopped_writes_nothing(data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path) -> None:
    page = _offered(qtbot, data, file)
    with no_thread_free():
        page.accept.click()
        assert not page.accept.isVisible()
        _press(Qt.Key.Key_Escape)
        assert data.page is page
    qtbot.waitUntil(page.trouble.isVisible, timeout=LONG)
    assert page.trouble.text() == "Import arrêté\u00a0: rien n’a été écrit dans votre carnet."
    assert _number(desk) == 0
    assert taking.batches(desk.database) == ()
    page.accept.click()
    qtbot.waitUntil(lambda: data.page is None, timeout=LONG)
    assert _number(desk) == 3


def test_one_work_is_done_at_a_time(data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path, said: Said) -> None:
    _imported(qtbot, data, file)
    undo = said[-1][1]
    assert callable(undo)
    with no_thread_free():
        data.read(file)
        undo()
        assert "attendez un instant" in said[-1][0]
    qtbot.waitUntil(lambda: data.page is not None, timeout=LONG)
    assert _number(desk) == 3


def test_what_the_notebook_became_meanwhile_is_looked_at_again(
    data: ImportPresenter, desk: Desk, qtbot: QtBot, file: Path
) -> None:
    page = _offered(qtbot, data, file)
    taking.take_in(desk.database, taking.plan_file(desk.database, file, Progress()), Progress())
    page.accept.click()
    qtbot.waitUntil(page.trouble.isVisible, timeout=LONG)
    assert "a changé depuis cet aperçu" in page.trouble.text()
    _button(page, "Relire le fichier").click()
    qtbot.waitUntil(lambda: data.page not in (None, page), timeout=LONG)
    assert data.page is not None
    assert not data.page.accept.isEnabled()


def test_a_file_of_nothing_known_is_told_in_a_sentence(data: ImportPresenter, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "recette.csv"
    bad.write_text("Farine;Sucre\n200;100\n", encoding="utf-8")
    data.read(bad)
    qtbot.waitUntil(lambda: bool(data.section.trouble()), timeout=LONG)
    assert data.page is None
    assert data.section.import_file.isEnabled()


def test_a_file_let_go_over_the_section_is_read(data: ImportPresenter, qtbot: QtBot, file: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert data.section.acceptDrops()
    data.section.dropEvent(QDropEvent(QPointF(), *how))
    qtbot.waitUntil(lambda: data.page is not None, timeout=LONG)


def _rows(number: int) -> tuple[PlanRow, ...]:
    ends = (Outcome.CREATED, Outcome.CREATED, Outcome.MATCHED, Outcome.REFUSED)
    return tuple(PlanRow(f"Ligne {n}", f"Activité {n}", ends[n % 4], "Pourquoi") for n in range(number))


def test_the_lines_are_kept_by_how_they_end(qtbot: QtBot, desk: Desk) -> None:
    page = PreviewPage(Preview("x.csv", FileKind.ACTIVITIES, _rows(8), ("Mairie",), ("Jeunes",), 2))
    qtbot.addWidget(page)
    page.show()
    QAbstractItemModelTester(page.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.chips.chip(Outcome.REFUSED).click()
    assert [page.table.index(row, 0).data() for row in range(page.table.rowCount())] == ["Ligne 3", "Ligne 7"]
    assert [page.table.index(0, column).data() for column in (2, 3)] == ["Refusée", "Pourquoi"]
    page.rows.selectRow(1)
    assert page.said.text() == "Ligne 7 — Activité 7 — Pourquoi"
    page.chips.chip(None).click()
    assert page.table.rowCount() == 8
    assert page.said.text() == "Rien n’est encore écrit dans votre carnet."


def test_a_hundred_thousand_lines_are_shown_and_sorted_out_at_once(qtbot: QtBot, desk: Desk) -> None:
    rows = _rows(100_000)
    started = time.process_time()
    page = PreviewPage(Preview("x.csv", FileKind.ACTIVITIES, rows))
    qtbot.addWidget(page)
    page.resize(1182, 708)
    page.show()
    page.chips.chip(Outcome.MATCHED).click()
    QApplication.processEvents()
    assert page.table.rowCount() == 25_000
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("preview", "said"),
    [
        (Preview("x", FileKind.PEOPLE, _rows(4)[:1]), "1\u00a0personne lue\u00a0: 1 à créer"),
        (Preview("x", FileKind.NOTEBOOK, _rows(8)), "8\u00a0lignes lues\u00a0: 4 à créer, 2 déjà là, 2 refusées"),
        (Preview("x", FileKind.CRA_V2, ()), "0\u00a0activité lue"),
    ],
)
def test_the_summary_counts_every_line(preview: Preview, said: str) -> None:
    assert words.summary(preview) == said


def test_the_whole_notebook_leaves_and_comes_back_elsewhere(
    workspace: Workspace, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(desk.database, participants=(a_beneficiary(desk.database),))
    target = tmp_path / "carnet.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    workspace.go_to("preferences")
    desk.export_asked.emit(ActivityFilter())
    dialog = _dialog(qtbot, workspace)
    assert not dialog.period.isVisible()
    dialog.export.click()
    qtbot.waitUntil(dialog.success.isVisible, timeout=LONG)
    (tmp_path / "autre").mkdir()
    other = new_database(tmp_path / "autre")
    view = PreferencesView()
    qtbot.addWidget(view)
    data = ImportPresenter(Desk(other, desk.paths), view)
    _imported(qtbot, data, target)
    assert activity_lists.page(other).people == 1
    assert not _offered(qtbot, data, target).accept.isEnabled()
    other.close()


def test_what_comes_along_is_named() -> None:
    preview = Preview("x", FileKind.ACTIVITIES, (), tuple(f"Lieu {n}" for n in range(6)), ("Jeunes",), 1)
    assert words.additions(preview) == (
        "6\u00a0nouveaux lieux\u00a0: Lieu 0, Lieu 1, Lieu 2, Lieu 3 et 2\u00a0autres",
        "1\u00a0nouvelle étiquette\u00a0: Jeunes",
        "1\u00a0nouvelle personne",
    )
