"""The learner sheets on screen and on paper: found, shown, handed over, written, shared, by the keyboard."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activities, activity_detail, activity_lists, drafts, typed
from app.services.sheets import library, own, sharing
from app.services.sheets.sheet import Sheet
from app.settings import Settings
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper.document import LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.reports.paperwork import Composed
from app.ui.sheets.presenter import SheetsPresenter
from app.ui.sheets.sheet_blocks import StepBlock
from app.ui.sheets.sheet_paper import NOTES, document
from app.ui.workspace import Workspace
from protocol.vocabulary import ActivityKind, PlaceKind, Topic
from tests.notebook import a_place, an_activity, recorded
from tests.ui.forms import CTRL, SHIFT, Keyboard, chip
from tests.unit.test_sheets import CARRYING, EASY

EMAIL = "envoyer-un-e-mail"

NEW = typed.Name("sheet.nouvelle")


@pytest.fixture
def workspace(desk: Desk, qtbot: QtBot) -> Workspace:
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def screen(workspace: Workspace) -> SheetsPresenter:
    workspace.go_to("sheets")
    QApplication.processEvents()
    found = workspace.presenter("sheets")
    assert isinstance(found, SheetsPresenter)
    return found


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def shown(screen: SheetsPresenter) -> str:
    return screen.view.panel.code()


def titles(screen: SheetsPresenter) -> list[str]:
    return [line.title for line in screen.view.list.lines()]


def search(screen: SheetsPresenter, keys: Keyboard, words: str) -> None:
    """Type, and go into the list on the best answer."""
    keys.press(Qt.Key.Key_F, CTRL)
    screen.view.search.selectAll()
    keys.letters(words)
    keys.press(Qt.Key.Key_Return)


# on paper


def words_of(sheet: Sheet) -> str:
    reader = PdfReader(BytesIO(pdf_of(document(sheet, "Camille Fabre, Médiathèque de Florac"))))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("is_legible", [False, True], ids=["usual", "legible"])
def test_every_sheet_of_the_library_has_two_pages_at_most_in_large_type_with_room_for_notes(
    qapp: QApplication, is_legible: bool
) -> None:
    theme.apply(qapp, Settings("clair", legible_font=is_legible))
    for sheet in library.bundled():
        made = document(sheet)
        assert LaidOut(made).count <= 2, sheet.code
        steps = [block for block in made.blocks if isinstance(block, StepBlock)]
        assert all(step.points >= 15 for step in steps)
        assert any(mark.mark.title == NOTES for mark in LaidOut(made).bookmarks), sheet.code
    theme.apply(qapp, Settings("clair"))


def test_the_pdf_says_all_of_the_sheet_with_its_drawings_as_shapes() -> None:
    sheet = next(one for one in library.bundled() if one.code == EMAIL)
    reader = PdfReader(BytesIO(pdf_of(document(sheet, "Camille Fabre"))))
    text = words_of(sheet).replace("\u00a0", " ")
    for said in (sheet.title, sheet.summary, *sheet.materials, *sheet.to_remember, *sheet.warnings):
        assert said.replace("\u00a0", " ") in text
    for step in sheet.steps:
        assert step.text.replace("\u00a0", " ") in text
    assert "vérifiée le 28/11/2026" in text
    assert "remise par Camille Fabre" in text
    assert [len(page.images) for page in reader.pages] == [0] * len(reader.pages)
    drawn = [operation for page in reader.pages for operation in page.get_contents().operations]  # type: ignore[union-attr]
    assert sum(1 for _, name in drawn if name in (b"c", b"l")) > 100
    assert reader.metadata is not None
    assert reader.metadata.title == sheet.title
    assert LaidOut(document(sheet)).bookmarks[0].mark.title == sheet.title


@pytest.mark.parametrize("code", ["payer-en-ligne-sans-risque", "creer-une-affiche-ou-une-carte"])
def test_a_sheet_whose_drawings_have_words_makes_a_pdf(code: str) -> None:
    sheet = next(one for one in library.bundled() if one.code == code)
    assert sheet.title in words_of(sheet)


# found and shown


def test_a_sheet_is_found_and_shown_as_it_will_be_printed(
    screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot
) -> None:
    composed: list[Composed] = []
    screen.paper.composed.connect(composed.append)
    search(screen, keys, "carte grise achat")
    assert shown(screen) == "faire-sa-carte-grise-apres-un-achat"
    qtbot.waitUntil(lambda: screen.view.panel.preview.count == 2)
    qtbot.waitUntil(lambda: screen.paper.is_at_rest)
    assert composed[-1].document.title == "Faire sa carte grise après un achat"
    keys.press(Qt.Key.Key_Escape)
    assert shown(screen) == ""


def test_another_search_shows_its_best_answer(screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot) -> None:
    composed: list[Composed] = []
    screen.paper.composed.connect(composed.append)
    search(screen, keys, "affiche")
    search(screen, keys, "casier")
    assert shown(screen) == "demander-un-extrait-de-casier-judiciaire"
    qtbot.waitUntil(lambda: bool(composed) and "casier" in composed[-1].document.title)
    search(screen, keys, "zzz")
    assert (shown(screen), titles(screen)) == ("", [])


def test_themes_and_levels_narrow_the_list(screen: SheetsPresenter) -> None:
    every = len(titles(screen))
    chip(screen.view, "Avancé").click()
    assert 0 < len(titles(screen)) < every
    chip(screen.view, "Avancé").click()
    screen.view.theme.set_value(Topic.EMAIL)
    screen.view.theme.changed.emit()
    assert "Envoyer un e-mail" in titles(screen)
    assert len(titles(screen)) < 6


def test_a_sheet_to_verify_is_marked(screen: SheetsPresenter, keys: Keyboard) -> None:
    search(screen, keys, "declarer revenus")
    line = screen.view.list.lines()[0]
    assert (line.aside, line.ink) == ("À vérifier", "warning")
    assert not screen.view.panel.mark.isHidden()


def test_a_sheet_is_saved_as_a_pdf(
    screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "fiche.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: screen.view.panel.said.isVisible())
    assert len(PdfReader(target).pages) == 2


def test_without_a_printer_the_pdf_is_offered(screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot) -> None:
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: screen.view.panel.fault.isVisible())
    assert "enregistrez le PDF" in screen.view.panel.fault.text()


def test_a_sheet_that_is_gone_is_told(workspace: Workspace, desk: Desk) -> None:
    desk.sheet_asked.emit("voter-en-ligne")
    assert workspace.notice == "Cette fiche n’est plus là."


# handed over


def test_one_key_hands_a_sheet_over_in_a_new_activity(
    workspace: Workspace, screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    recorded(database, place_kind=PlaceKind.PLACE, place=a_place(database))
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    form = workspace.recording.view
    assert form.isVisible()
    assert form.command().sheets == {EMAIL}
    workspace.keep_draft()
    assert drafts.waiting(database)[0].form.sheets == {EMAIL}
    form.what.add([Topic.EMAIL])
    assert form.command().sheets == {EMAIL}
    keys.press(Qt.Key.Key_Return, CTRL)
    kept = activity_lists.page(database, sort="recorded_at").rows[0]
    assert activities.form_of(database, kept.id).sheets == {EMAIL}
    assert activity_detail.detail(database, kept.id).sheets == ("Envoyer un e-mail",)


def test_the_form_left_for_the_sheets_takes_the_one_handed_over(
    workspace: Workspace, screen: SheetsPresenter, keys: Keyboard
) -> None:
    workspace.open_form(ActivityKind.WORKSHOP)
    workspace.recording.view.what.add([Topic.BROWSING])
    workspace.go_to("sheets")
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    command = workspace.recording.view.command()
    assert command.kind is ActivityKind.WORKSHOP
    assert (set(command.topics), set(command.sheets)) == ({Topic.BROWSING}, {EMAIL})


def test_a_form_left_for_another_screen_is_left_alone(
    workspace: Workspace, screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    workspace.open_form(ActivityKind.WORKSHOP)
    workspace.recording.view.what.add([Topic.BROWSING])
    workspace.go_to("day")
    workspace.go_to("sheets")
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    assert workspace.recording.view.command().kind is ActivityKind.INDIVIDUAL
    workspace.keep_draft()
    assert {row.form.kind for row in drafts.waiting(database)} == {ActivityKind.WORKSHOP, ActivityKind.INDIVIDUAL}


def test_in_the_form_the_sheets_of_the_topics_are_one_key_away(
    workspace: Workspace, keys: Keyboard, database: Database
) -> None:
    workspace.open_form(ActivityKind.INDIVIDUAL)
    form = workspace.recording.view
    form.what.add([Topic.OFFICE_SOFTWARE])
    keys.press(Qt.Key.Key_J, CTRL)
    keys.press(Qt.Key.Key_Space)
    assert form.command().sheets == {"ecrire-et-imprimer-une-lettre"}
    form.what.add([Topic.EMAIL])
    assert "ecrire-et-imprimer-une-lettre" in form.command().sheets


def test_any_other_sheet_is_found_in_the_form_by_its_letters(workspace: Workspace, keys: Keyboard) -> None:
    workspace.open_form(ActivityKind.INDIVIDUAL)
    keys.press(Qt.Key.Key_J, CTRL)
    keys.letters("casier")
    keys.press(Qt.Key.Key_Return)
    assert workspace.recording.view.command().sheets == {"demander-un-extrait-de-casier-judiciaire"}


def test_a_sheet_taken_off_and_its_title_are_told_in_the_history(database: Database) -> None:
    mine = str(own.save(database, EASY))
    id_ = recorded(database, sheets=frozenset({EMAIL, mine}))
    form = activities.form_of(database, id_)
    activities.record(database, an_activity(id=id_, sheets=frozenset({EMAIL}), opened=form))
    (_, before, after) = activity_detail.history(database, id_)[0].fields[0]
    assert before.split(", ") in (
        ["Envoyer un e-mail", "Allumer la tablette du club"],
        ["Allumer la tablette du club", "Envoyer un e-mail"],
    )
    assert after == "Envoyer un e-mail"


# written by the advisor


@pytest.fixture
def _documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))


def test_a_new_sheet_is_written_corrected_and_shown(
    screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    keys.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert screen.editor is not None
    dialog = screen.editor.dialog
    keys.press(Qt.Key.Key_S, CTRL)
    assert dialog.isVisible()
    assert dialog.fault.isVisible()
    assert dialog.text.textCursor().block().text() == 'titre = ""'
    assert own.mine(database) == ()
    dialog.text.setPlainText(EASY)
    keys.press(Qt.Key.Key_S, CTRL)
    (mine,) = own.mine(database)
    assert shown(screen) == mine.code
    assert screen.view.list.lines()[0].aside == "Ma fiche"


def test_a_fault_chosen_puts_the_cursor_on_its_line(screen: SheetsPresenter, keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert screen.editor is not None
    dialog = screen.editor.dialog
    dialog.faults.setCurrentRow(1)
    dialog.faults.setFocus()
    dialog.faults.itemActivated.emit(dialog.faults.currentItem())
    assert dialog.text.textCursor().blockNumber() == 2
    assert dialog.text.textCursor().block().text().startswith("resume")


def test_what_is_typed_is_there_again_after_a_crash(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk, qtbot: QtBot, database: Database
) -> None:
    keys.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert screen.editor is not None
    keys.letters("Debut ")
    qtbot.waitUntil(lambda: typed.kept(database, NEW, str) is not None)
    again = SheetsPresenter(desk)
    qtbot.addWidget(again.view)
    again.view.new.click()
    assert again.editor is not None
    assert again.editor.dialog.text.toPlainText().startswith("Debut +++")
    assert not again.editor.dialog.resumed.isHidden()


def test_a_sheet_given_up_can_be_taken_back(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk, database: Database
) -> None:
    undos: list[object] = []
    desk.said.connect(lambda _, undo: undos.append(undo))
    keys.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert screen.editor is not None
    screen.editor.dialog.text.setPlainText(EASY)
    keys.press(Qt.Key.Key_Escape)
    assert typed.kept(database, NEW, str) is None
    assert callable(undos[-1])
    undos[-1]()
    assert typed.kept(database, NEW, str) == typed.Typed(EASY)


def test_a_sheet_of_the_library_is_copied_to_be_adapted(
    screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_E, CTRL)
    assert screen.editor is not None
    text = screen.editor.dialog.text
    text.setPlainText(text.toPlainText().replace("Envoyer un e-mail", "Envoyer un e-mail à la mairie"))
    keys.press(Qt.Key.Key_S, CTRL)
    assert [one.title for one in own.mine(database)] == ["Envoyer un e-mail à la mairie"]
    assert library.title_of(EMAIL) == "Envoyer un e-mail"


def test_an_own_sheet_is_archived_deleted_and_brought_back(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk, database: Database
) -> None:
    undos: list[object] = []
    desk.said.connect(lambda _, undo: undos.append(undo))
    own.save(database, EASY)
    search(screen, keys, "ardoise")
    screen.view.panel.archive.trigger()
    assert "Allumer la tablette du club" not in titles(screen)
    screen.view.clear_filter()
    chip(screen.view, "Archivées").click()
    assert titles(screen) == ["Allumer la tablette du club"]
    screen.view.list.select(screen.view.list.lines()[0].key)
    screen.view.panel.archive.trigger()
    chip(screen.view, "Archivées").click()
    search(screen, keys, "ardoise")
    keys.press(Qt.Key.Key_Delete)
    assert own.mine(database) == ()
    assert callable(undos[-1])
    undos[-1]()
    assert len(own.mine(database)) == 1


# shared


@pytest.mark.usefixtures("_documents")
def test_a_sheet_is_shared_and_taken_in_by_a_colleague(
    screen: SheetsPresenter, keys: Keyboard, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "tablette.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    id_ = own.save(database, CARRYING)
    search(screen, keys, "ardoise")
    keys.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert target.exists()
    screen.take_in(target)
    assert len(own.mine(database)) == 1
    own.delete(database, id_)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    screen.view.import_button.click()
    (mine,) = own.mine(database)
    assert library.text_of(database, mine.code) == sharing.read_file(target)
    assert shown(screen) == mine.code


def test_a_shared_sheet_with_a_fault_is_opened_to_be_mended(
    screen: SheetsPresenter, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "fiche.md"
    path.write_text(EASY.replace("duree = 10", "duree = 0"), encoding="utf-8")
    screen.take_in(path)
    assert own.mine(database) == ()
    assert screen.editor is not None
    assert "duree = 0" in screen.editor.dialog.text.toPlainText()
    assert "1 point à corriger".replace(" ", "\u00a0", 1) in screen.editor.dialog._state.text()
    assert path.exists()
