"""The learner sheets on screen and on paper: found, shown, handed over, written, shared, by the keyboard."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.database import Database
from app.models.sheet import Sheet as Kept
from app.services import activities, activity_detail, activity_lists, drafts, timeline, typed
from app.services.sheets import drawings, library, own, sharing
from app.services.sheets.reading import read, sheet_of
from app.services.sheets.sheet import Sheet
from app.services.timeline import Came
from app.settings import Settings
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper.document import LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.reports.paperwork import Composed
from app.ui.sheets.editor import SheetEditor
from app.ui.sheets.presenter import SheetsPresenter
from app.ui.sheets.sheet_blocks import StepBlock
from app.ui.sheets.sheet_paper import NOTES, document
from app.ui.workspace import Workspace
from protocol.vocabulary import ActivityKind, PlaceKind, Topic
from tests.notebook import a_beneficiary, a_place, an_activity, recorded
from tests.ui.forms import CTRL, SHIFT, Keyboard, button, chip, focused
from tests.unit.test_sheets import CARRYING, EASY

EMAIL = "envoyer-un-e-mail"
ALT = Qt.KeyboardModifier.AltModifier
NEW = typed.Name("sheet.nouvelle")


@pytest.fixture
def screen(window: Workspace) -> SheetsPresenter:
    window.go_to("sheets")
    QApplication.processEvents()
    found = window.presenter("sheets")
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


def test_a_sheet_that_is_gone_is_told(window: Workspace, desk: Desk) -> None:
    desk.sheet_asked.emit("voter-en-ligne")
    assert window.notice == "Cette fiche n’est plus là."


# handed over


def test_one_key_hands_a_sheet_over_in_a_new_activity(
    window: Workspace, screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    recorded(database, place_kind=PlaceKind.PLACE, place=a_place(database))
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    form = window.recording.view
    assert form.isVisible()
    assert form.command().sheets == {EMAIL}
    QTest.qWait(50)
    assert form.who.isAncestorOf(focused())
    assert not focused().visibleRegion().isEmpty()  # to say at once to whom
    assert window.notice.startswith("Fiche jointe")
    window.keep_draft()
    assert drafts.waiting(database)[0].form.sheets == {EMAIL}
    form.what.add([Topic.EMAIL])
    assert form.command().sheets == {EMAIL}
    keys.press(Qt.Key.Key_Return, CTRL)
    kept = activity_lists.page(database, sort="recorded_at").rows[0]
    assert activities.form_of(database, kept.id).sheets == {EMAIL}
    assert activity_detail.detail(database, kept.id).sheets == ("Envoyer un e-mail",)


def test_the_form_left_for_the_sheets_takes_the_one_handed_over(
    window: Workspace, screen: SheetsPresenter, keys: Keyboard
) -> None:
    window.open_form(ActivityKind.WORKSHOP)
    window.recording.view.what.add([Topic.BROWSING])
    window.go_to("sheets")
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    command = window.recording.view.command()
    assert command.kind is ActivityKind.WORKSHOP
    assert (set(command.topics), set(command.sheets)) == ({Topic.BROWSING}, {EMAIL})


def test_a_form_left_for_another_screen_is_left_alone(
    window: Workspace, screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    window.open_form(ActivityKind.WORKSHOP)
    window.recording.view.what.add([Topic.BROWSING])
    window.go_to("day")
    window.go_to("sheets")
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_Return)
    assert window.recording.view.command().kind is ActivityKind.INDIVIDUAL
    window.keep_draft()
    assert {row.form.kind for row in drafts.waiting(database)} == {ActivityKind.WORKSHOP, ActivityKind.INDIVIDUAL}


def test_in_the_form_the_sheets_of_the_topics_are_one_key_away(
    window: Workspace, keys: Keyboard, database: Database
) -> None:
    window.open_form(ActivityKind.INDIVIDUAL)
    form = window.recording.view
    form.what.add([Topic.OFFICE_SOFTWARE])
    keys.press(Qt.Key.Key_J, CTRL)
    keys.press(Qt.Key.Key_Space)
    assert form.command().sheets == {"ecrire-et-imprimer-une-lettre"}
    form.what.add([Topic.EMAIL])
    assert "ecrire-et-imprimer-une-lettre" in form.command().sheets


def test_in_the_form_one_key_hands_over_the_sheet_that_fits_best(
    window: Workspace, keys: Keyboard, database: Database
) -> None:
    place, who = a_place(database), a_beneficiary(database)
    recorded(database, place_kind=PlaceKind.PLACE, place=place, participants=(who,))
    window.open_form(ActivityKind.INDIVIDUAL)
    form = window.recording.view
    form.who.choose(who)
    form.what.add([Topic.OFFICE_SOFTWARE])
    keys.press(Qt.Key.Key_J, CTRL | SHIFT)
    assert form.command().sheets == {"ecrire-et-imprimer-une-lettre"}
    keys.press(Qt.Key.Key_Return, CTRL)
    handed = [one.sheets for one in timeline.of(database, who, date.today()).moments if isinstance(one, Came)]
    assert (("ecrire-et-imprimer-une-lettre", "Écrire et imprimer une lettre"),) in handed


def test_any_other_sheet_is_found_in_the_form_by_its_letters(window: Workspace, keys: Keyboard) -> None:
    window.open_form(ActivityKind.INDIVIDUAL)
    keys.press(Qt.Key.Key_J, CTRL)
    keys.letters("casier")
    keys.press(Qt.Key.Key_Return)
    assert window.recording.view.command().sheets == {"demander-un-extrait-de-casier-judiciaire"}


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


def editor(screen: SheetsPresenter) -> SheetEditor:
    assert screen.editor is not None
    return screen.editor.dialog


def new_sheet(screen: SheetsPresenter, keys: Keyboard) -> SheetEditor:
    keys.press(Qt.Key.Key_F, CTRL | SHIFT)
    return editor(screen)


def write_steps(dialog: SheetEditor, keys: Keyboard, *steps: str) -> None:
    """Type steps from the first line on, Enter between two."""
    dialog.form.steps.rows[0].setFocus()
    for place, words in enumerate(steps):
        if place:
            keys.press(Qt.Key.Key_Return)
        keys.letters(words)


def steps_of(dialog: SheetEditor) -> list[str]:
    return [step.text for step in sheet_of("", read(dialog.written())).steps]


def test_a_new_sheet_is_written_in_a_form_corrected_and_shown(
    screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    dialog = new_sheet(screen, keys)
    keys.press(Qt.Key.Key_S, CTRL)
    assert dialog.isVisible()
    assert dialog.fault.text() == "Donnez un titre, de 70 signes au plus."
    assert dialog.form.title.hasFocus()
    assert own.mine(database) == ()
    keys.letters("Allumer la tablette")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("Ouvrir une page.")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("prendre en")
    keys.press(Qt.Key.Key_Return)
    write_steps(dialog, keys, "Prenez-la.", "Appuyez ici.", "Touchez le nom.", "Tapez le site.", "Touchez la croix.")
    dialog.form.sources.rows[0].setFocus()
    keys.letters("Le club")
    keys.press(Qt.Key.Key_S, CTRL)
    (mine,) = own.mine(database)
    assert (mine.title, mine.summary, mine.topics) == (
        "Allumer la tablette",
        "Ouvrir une page.",
        (Topic.FIRST_STEPS_WITH_EQUIPMENT,),
    )
    assert len(mine.steps) == 5
    assert mine.checked_on == date.today()
    assert shown(screen) == mine.code
    assert screen.view.list.lines()[0].aside.startswith("Ma fiche")


def test_the_keyboard_walks_moves_and_takes_away_steps(screen: SheetsPresenter, keys: Keyboard) -> None:
    dialog = new_sheet(screen, keys)
    write_steps(dialog, keys, "Ouvrez.", "Cliquez.", "Fermez.")
    keys.press(Qt.Key.Key_Up, ALT)
    assert steps_of(dialog) == ["Ouvrez.", "Fermez.", "Cliquez."]
    keys.press(Qt.Key.Key_Up)
    keys.letters(" Attendez.")
    assert steps_of(dialog)[0] == "Ouvrez. Attendez."
    keys.press(Qt.Key.Key_Return)
    assert len(dialog.form.steps.rows) == 4
    keys.press(Qt.Key.Key_Backspace)
    assert len(dialog.form.steps.rows) == 3
    keys.press(Qt.Key.Key_Delete, CTRL)
    assert steps_of(dialog) == ["Fermez.", "Cliquez."]
    button(dialog.undo, "La remettre").click()
    assert steps_of(dialog) == ["Ouvrez. Attendez.", "Fermez.", "Cliquez."]


def test_a_step_holds_an_advice_and_a_drawing(screen: SheetsPresenter, keys: Keyboard) -> None:
    dialog = new_sheet(screen, keys)
    write_steps(dialog, keys, "Ouvrez votre messagerie.")
    keys.press(Qt.Key.Key_C, ALT)
    keys.letters("On voit une liste.")
    keys.press(Qt.Key.Key_D, ALT)
    keys.letters("Une")
    (step,) = sheet_of("", read(dialog.written())).steps
    assert step.note == "On voit une liste."
    assert step.drawing is not None
    assert step.drawing.said.startswith("Une ")
    assert drawings.find(step.drawing.file, {}) is not None


def test_each_sentence_of_the_check_leads_to_its_field(screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot) -> None:
    dialog = new_sheet(screen, keys)
    write_steps(dialog, keys, "Ouvrez.", "Voici le site.", "Cliquez.")
    qtbot.waitUntil(lambda: any("Étape\u00a02" in said for said in left_to_correct(dialog)))
    assert left_to_correct(dialog)[0].startswith("Titre · Donnez un titre")
    for said, field in (
        ("Étape\u00a02", dialog.form.steps.rows[1].field),
        ("Sources", dialog.form.sources.rows[0].field),
    ):
        place = next(place for place, one in enumerate(left_to_correct(dialog)) if one.startswith(said))
        dialog.faults.list.setCurrentRow(place)
        dialog.faults.list.setFocus()
        keys.press(Qt.Key.Key_Return)
        assert field.hasFocus()


def left_to_correct(dialog: SheetEditor) -> list[str]:
    faults = dialog.faults.list
    return [faults.item(place).text() for place in range(faults.count())]


def test_the_page_follows_what_is_typed(screen: SheetsPresenter, keys: Keyboard, qtbot: QtBot) -> None:
    composed: list[Composed] = []
    dialog = new_sheet(screen, keys)
    assert screen.editor is not None
    screen.editor.pages.composed.connect(composed.append)
    keys.letters("Allumer la tablette")
    qtbot.waitUntil(lambda: bool(composed) and composed[-1].document.title == "Allumer la tablette")
    assert dialog.preview.count == 1


def test_what_is_typed_is_there_again_after_a_crash(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk, qtbot: QtBot, database: Database
) -> None:
    new_sheet(screen, keys)
    keys.letters("Ma tablette")
    qtbot.waitUntil(lambda: typed.kept(database, NEW, str) is not None)
    again = SheetsPresenter(desk)
    qtbot.addWidget(again.view)
    again.view.new.click()
    assert editor(again).form.title.text() == "Ma tablette"
    assert not editor(again).resumed.isHidden()
    editor(again).restart.click()
    assert editor(again).form.title.text() == ""
    assert editor(again).resumed.isHidden()


def test_a_sheet_given_up_can_be_taken_back(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk, database: Database
) -> None:
    undos: list[object] = []
    desk.said.connect(lambda _, undo: undos.append(undo))
    new_sheet(screen, keys)
    keys.letters("Ma tablette")
    keys.press(Qt.Key.Key_Escape)
    assert typed.kept(database, NEW, str) is None
    assert callable(undos[-1])
    undos[-1]()
    assert 'titre = "Ma tablette"' in getattr(typed.kept(database, NEW, str), "form", "")


def test_a_sheet_opened_and_closed_is_not_said_to_be_given_up(
    screen: SheetsPresenter, keys: Keyboard, desk: Desk
) -> None:
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_E, CTRL)
    assert editor(screen).resumed.isHidden()
    keys.press(Qt.Key.Key_Escape)
    assert said == []


def test_a_sheet_of_the_library_is_copied_to_be_adapted(
    screen: SheetsPresenter, keys: Keyboard, database: Database
) -> None:
    search(screen, keys, "envoyer un e-mail")
    keys.press(Qt.Key.Key_E, CTRL)
    keys.press(Qt.Key.Key_End)
    keys.letters(" de la mairie")
    keys.press(Qt.Key.Key_S, CTRL)
    (mine,) = own.mine(database)
    (given,) = (one for one in library.bundled() if one.code == EMAIL)
    assert mine.title == "Envoyer un e-mail de la mairie"
    assert (mine.steps, mine.sources, mine.words) == (given.steps, given.sources, given.words)
    assert library.title_of(EMAIL) == "Envoyer un e-mail"


def test_a_text_that_the_form_cannot_show_is_written_as_a_text(
    screen: SheetsPresenter, database: Database, keys: Keyboard, qtbot: QtBot
) -> None:
    id_ = own.save(database, EASY)
    with database.work() as work:
        work.save(Kept(id=id_, text=EASY.replace("## À retenir", "## Astuces")))
    search(screen, keys, "ardoise")
    keys.press(Qt.Key.Key_E, CTRL)
    dialog = editor(screen)
    assert dialog.is_text()
    assert left_to_correct(dialog)[0].startswith("Ligne")
    assert dialog.to_form.isHidden()
    dialog.text.field.setPlainText(EASY)
    qtbot.waitUntil(lambda: not dialog.to_form.isHidden())
    dialog.to_form.click()
    assert dialog.form.title.text() == "Allumer la tablette du club"
    keys.press(Qt.Key.Key_S, CTRL)
    assert own.text_of(database, id_).count("## À retenir") == 1


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
    assert editor(screen).form.minutes.value() is None
    assert "1 point à corriger".replace(" ", "\u00a0", 1) in editor(screen).faults.state()
    assert path.exists()
