"""« Diagnostic » as an advisor uses it: the questions by the keyboard, the result, the papers, the figures."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services.assessments import history, interviews, result_paper
from app.services.assessments.history import AssessmentRow
from app.services.assessments.questionnaire import NO, USE, whole
from app.services.commands import ActivityFilter
from app.services.statistics import pages
from app.ui.assessments import blank_paper, paper, words
from app.ui.assessments.finer_dialog import FinerDialog
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.assessments.paper_presenter import blank_questionnaire, result_of
from app.ui.assessments.person_panel import AssessmentsPanel
from app.ui.desk import Desk
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.statistics import words as figures_words
from app.ui.statistics.assessed import AssessedCard
from app.ui.statistics.page import FiguresPage
from app.ui.workspace import Workspace
from protocol.vocabulary import SkillDomain
from tests.notebook import TODAY, a_beneficiary
from tests.ui.forms import Keyboard, chip, in_front

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EVERYTHING = {one.code: one.choices[0].code for one in whole().questions}


@pytest.fixture
def jeanne(database: Database) -> UUID:
    return a_beneficiary(database)


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, jeanne: UUID) -> AssessmentsPanel:
    made = AssessmentsPanel(desk, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1134, 560)
    desk.bus.committed.connect(lambda kinds: made.show_person(jeanne) if kinds & made.changes else None)
    made.show_person(jeanne)
    in_front(qtbot, made)
    return made


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def dialog(qtbot: QtBot) -> InterviewDialog:
    """The questionnaire that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), InterviewDialog))
    found = QApplication.activeWindow()
    assert isinstance(found, InterviewDialog)
    return found


def is_over() -> bool:
    """No questionnaire is open any more."""
    return not isinstance(QApplication.activeWindow(), InterviewDialog)


def rows(database: Database, person: UUID) -> tuple[AssessmentRow, ...]:
    return history.of_person(database, person)


def ended(database: Database, person: UUID, answers: dict[str, str], day: date = TODAY) -> UUID:
    id_ = None
    for question, said in answers.items():
        id_ = interviews.answer(database, person, id_, question, said)
    assert id_ is not None
    interviews.finish(database, id_, day)
    return id_


def words_of(document: Document) -> str:
    reader = PdfReader(BytesIO(pdf_of(document)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())


def test_the_whole_questionnaire_takes_thirty_keys_at_most(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    panel.empty.setFocus()
    keys.press(Key.Key_Space)
    asking = dialog(qtbot)
    assert asking.page.place.text() == "1 sur 25"
    for question in whole().questions:
        assert asking.page.question.text() == question.text
        keys.press(Key.Key_O if question.domain or question.code == USE else Key.Key_1)
    assert keys.presses <= 30
    assert is_over()
    (row,) = rows(panel.desk.database, jeanne)
    assert row.answers == EVERYTHING
    assert row.day == TODAY
    assert panel.card.isVisible()
    assert panel.card.title.text() == "Diagnostic du mardi 24 novembre 2026"


def test_without_internet_the_questions_about_it_are_passed_over(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    panel.begin()
    asking = dialog(qtbot)
    keys.press(Key.Key_N)
    total = int(asking.page.place.text().split()[-1])
    assert total < 12
    keys.press(Key.Key_2, times=total - 1)
    assert is_over()
    (row,) = rows(panel.desk.database, jeanne)
    assert row.is_illectronism is True
    assert panel.card.statistics.text() == words.ILLECTRONISM


def test_numbers_and_letters_answer_and_enter_takes_what_has_the_keyboard(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard
) -> None:
    panel.begin()
    asking = dialog(qtbot)
    for key in (Key.Key_O, Key.Key_1, Key.Key_1, Key.Key_1, Key.Key_A, Key.Key_3):
        keys.press(key)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    assert asking.answers["chercher"] == "aide"
    assert asking.answers["actualites"] == "non"
    assert asking.answers["verifier"] == "aide"


def test_a_letter_that_answers_nothing_here_does_nothing(qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard) -> None:
    panel.begin()
    asking = dialog(qtbot)
    keys.press(Key.Key_A)
    keys.press(Key.Key_3)
    assert asking.page.place.text() == "1 sur 25"
    assert asking.answers == {}


def test_one_goes_back_mends_passes_and_takes_back(qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard) -> None:
    panel.begin()
    asking = dialog(qtbot)
    keys.press(Key.Key_O)
    keys.press(Key.Key_2)
    keys.press(Key.Key_Backspace)
    assert asking.page.place.text() == "2 sur 25"
    assert asking.page.buttons[1].accessibleName().endswith("réponse choisie")
    assert asking.page.buttons[1].hasFocus()
    keys.press(Key.Key_3)
    assert asking.answers["appareil"] == "aucun"
    keys.press(Key.Key_Left)
    keys.press(Key.Key_Delete)
    assert "appareil" not in asking.answers
    keys.press(Key.Key_Right)
    assert asking.page.place.text() == "3 sur 25"
    keys.press(Key.Key_Left, times=5)
    assert asking.page.place.text() == "1 sur 25"


def test_leaving_keeps_every_answer_and_it_is_taken_up_where_it_was(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    panel.begin()
    dialog(qtbot)
    keys.press(Key.Key_O)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Escape)
    in_front(qtbot, panel)
    assert panel.waiting.isVisible()
    assert "2\u00a0questions sur 25" in panel.waiting.text()
    assert not panel.card.isVisible()
    (row,) = rows(panel.desk.database, jeanne)
    assert row.day is None
    assert panel.resume.hasFocus()
    keys.press(Key.Key_Space)
    again = dialog(qtbot)
    assert again.page.place.text() == "3 sur 25"
    keys.press(Key.Key_Return, CTRL)
    assert rows(panel.desk.database, jeanne)[0].day == TODAY
    assert len(rows(panel.desk.database, jeanne)) == 1


def test_the_one_interrupted_is_in_sight_above_the_result_of_the_others(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    ended(panel.desk.database, jeanne, EVERYTHING)
    panel.show_person(jeanne)
    panel.card.notes.setFocus()
    panel._area.ensureWidgetVisible(panel.card.notes)
    panel.begin()
    dialog(qtbot)
    keys.press(Key.Key_O)
    keys.press(Key.Key_Escape)
    in_front(qtbot, panel)
    assert panel.resume.hasFocus()
    assert not panel.resume.visibleRegion().isEmpty()


def test_opening_and_closing_writes_nothing(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    panel.begin()
    asking = dialog(qtbot)
    keys.press(Key.Key_Return, CTRL)
    assert asking.isVisible()
    keys.press(Key.Key_Escape)
    assert rows(panel.desk.database, jeanne) == ()


def test_the_answers_of_an_ended_one_are_looked_at_again(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    ended(panel.desk.database, jeanne, {**EVERYTHING, "verifier": "non", "actualites": "non"})
    panel.card.again.click()
    asking = dialog(qtbot)
    assert asking.page.place.text() == "1 sur 25"
    keys.press(Key.Key_Right, times=5)
    keys.press(Key.Key_1)
    keys.press(Key.Key_Escape)
    (row,) = rows(panel.desk.database, jeanne)
    assert row.answers["actualites"] == "oui"
    assert row.scores[SkillDomain.INFORMATION] == 2


def test_what_is_agreed_is_kept_as_it_is_ticked_and_typed(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    database = panel.desk.database
    ended(database, jeanne, {**EVERYTHING, "appel": "aide", "message": "non", "reseau": "non"})
    chip(panel, "Appeler un proche en vidéo").click()
    qtbot.waitUntil(lambda: rows(database, jeanne)[0].objectives == ("Appeler un proche en vidéo",))
    panel.card.objectives.line.setFocus()
    keys.letters("Joindre sa banque")
    keys.press(Key.Key_Return)
    panel.card.notes.setFocus()
    keys.letters("Revient mardi")
    assert panel.leave()
    row = rows(database, jeanne)[0]
    assert row.objectives == ("Appeler un proche en vidéo", "Joindre sa banque")
    assert row.notes == "Revient mardi"


def test_what_is_being_typed_stays_when_the_notebook_changes(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    database = panel.desk.database
    id_ = ended(database, jeanne, EVERYTHING)
    panel.card.objectives.line.setFocus()
    keys.letters("Une chose encore")
    interviews.set_finer(database, id_, {"1.1": 2})
    panel.show_person(jeanne)
    assert panel.card.objectives.line.text() == "Une chose encore"
    marcel = a_beneficiary(database, "Roux", "Marcel")
    panel.show_person(marcel)
    assert rows(database, jeanne)[0].objectives == ("Une chose encore",)
    assert panel.empty.isVisible()
    assert panel.card.objectives.line.text() == ""


def test_the_result_is_compared_with_the_one_before(panel: AssessmentsPanel, jeanne: UUID) -> None:
    database = panel.desk.database
    ended(database, jeanne, {USE: NO}, date(2026, 3, 3))
    assert not panel.evolution.isVisible()
    ended(database, jeanne, EVERYTHING)
    panel.which.chip(rows(database, jeanne)[0].id).click()
    assert "4\u00a0domaines en progrès" in panel.card.since.text()
    assert "avant\u00a0: à découvrir" in panel.card.levels.accessibleName()
    assert panel.evolution.isVisible()
    told = [one.text() for one in panel.evolution.findChildren(QLabel)]
    assert told.count("↑\u00a0À l’aise") == 4
    panel.which.chip(rows(database, jeanne)[1].id).click()
    assert panel.card.title.text() == "Diagnostic du mardi 3 mars 2026"
    assert not panel.card.since.isVisible()


def test_a_deleted_one_is_taken_back(panel: AssessmentsPanel, jeanne: UUID) -> None:
    ended(panel.desk.database, jeanne, EVERYTHING)
    told: list[object] = []
    panel.desk.said.connect(lambda _said, undo: told.append(undo))
    panel.card.delete.click()
    assert rows(panel.desk.database, jeanne) == ()
    assert panel.empty.isVisible()
    undo = told[-1]
    assert callable(undo)
    undo()
    assert panel.card.isVisible()


def test_the_day_can_be_that_of_the_paper(panel: AssessmentsPanel, jeanne: UUID) -> None:
    ended(panel.desk.database, jeanne, EVERYTHING)
    chip(panel, "Hier").click()
    assert rows(panel.desk.database, jeanne)[0].day == date(2026, 11, 23)
    assert panel.card.title.text() == "Diagnostic du lundi 23 novembre 2026"


def test_the_finer_grid_is_filled_with_the_keyboard(
    qtbot: QtBot, panel: AssessmentsPanel, keys: Keyboard, jeanne: UUID
) -> None:
    ended(panel.desk.database, jeanne, EVERYTHING)
    panel.card.finer.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), FinerDialog))
    keys.press(Key.Key_Up, times=3)
    keys.press(Key.Key_Return, CTRL)
    assert rows(panel.desk.database, jeanne)[0].finer == {"1.1": 3}
    assert panel.card.finer.text() == "Grille CRCN (1)…"


def test_a_sheet_to_try_is_opened_from_the_result(panel: AssessmentsPanel, jeanne: UUID) -> None:
    ended(panel.desk.database, jeanne, {**EVERYTHING, "courriel": "non", "appel": "non", "message": "non"})
    asked: list[str] = []
    panel.desk.sheet_asked.connect(asked.append)
    (button,) = (one for one in panel.card.sheets() if one.text() == "Envoyer un e-mail")
    button.click()
    assert asked == ["envoyer-un-e-mail"]


def test_the_tab_is_in_the_file_of_the_person(qtbot: QtBot, desk: Desk, keys: Keyboard, jeanne: UUID) -> None:
    workspace = Workspace(desk)
    qtbot.addWidget(workspace)
    workspace.resize(1366, 768)
    in_front(qtbot, workspace)
    desk.person_asked.emit(jeanne)
    workspace.people.file.show_tab("assessments")
    made = workspace.people.file.view.panel("assessments")
    assert isinstance(made, AssessmentsPanel)
    made.empty.setFocus()
    keys.press(Key.Key_Q, CTRL | SHIFT)
    asking = dialog(qtbot)
    assert "Jeanne Delmas" in asking.windowTitle()
    asking.reject()


def test_the_paper_says_kindly_what_the_person_can_do(database: Database, jeanne: UUID) -> None:
    ended(database, jeanne, {USE: NO}, date(2026, 3, 3))
    id_ = ended(database, jeanne, {**EVERYTHING, "courriel": "non", "appel": "aide", "message": "non"})
    interviews.set_objectives(database, id_, ("Envoyer un e-mail et y répondre",))
    interviews.set_notes(database, id_, "Zznote")
    said = words_of(paper.document(result_paper.gather(database, id_, TODAY)))
    for wanted in (
        "Jeanne Delmas",
        "mardi 24 novembre 2026",
        "Vos progrès",
        "Communiquer : vous avez maintenant les bases.",
        "Vous cherchez l’information avec aisance.",
        "Avec de l’aide, vous faites aussi 1 chose.",
        "Envoyer un e-mail et y répondre",
        "Faire un appel vidéo",
        "N’y écrivez jamais vos mots de passe",
    ):
        assert wanted in said
    assert "Zznote" not in said
    assert "illectronisme" not in said.lower()


def test_the_paper_of_a_first_one_compares_nothing(database: Database, jeanne: UUID) -> None:
    said = words_of(paper.document(result_paper.gather(database, ended(database, jeanne, {USE: NO}), TODAY)))
    assert "Vos progrès" not in said
    assert "avant :" not in said
    assert "illectronisme" not in said.lower()


def test_the_questionnaire_to_fill_by_hand_is_whole_on_two_pages(desk: Desk) -> None:
    document = blank_paper.document()
    assert LaidOut(document).count == 2
    said = words_of(document)
    for question in whole().questions:
        assert question.text.replace("\u00a0", " ") in said
        if question.domain is None:
            assert all(choice.text in said for choice in question.choices)


def test_the_papers_are_shown_before_they_are_printed(qtbot: QtBot, panel: AssessmentsPanel, jeanne: UUID) -> None:
    id_ = ended(panel.desk.database, jeanne, EVERYTHING)
    for made, name in (
        (
            result_of(panel.desk, id_, panel, lambda: TODAY),
            "Mon point numérique - Jeanne Delmas",
        ),
        (blank_questionnaire(panel.desk, panel), "Questionnaire du diagnostic numérique"),
    ):
        made.open()
        qtbot.waitUntil(lambda made=made: bool(made.dialog.file_name) and made.paper.is_at_rest)  # type: ignore[misc]
        assert made.dialog.file_name == name
        made.dialog.reject()


def test_the_statistics_tell_how_many_and_how_they_went(qtbot: QtBot, desk: Desk, jeanne: UUID) -> None:
    card = AssessedCard()
    qtbot.addWidget(card)
    card.show()
    card.show_figures(pages.page(desk.database, ActivityFilter(), TODAY))
    assert card.sentence.text() == "Aucun diagnostic numérique dans cette période."
    ended(desk.database, jeanne, {USE: NO}, date(2026, 3, 3))
    card.show_figures(pages.page(desk.database, ActivityFilter(), TODAY))
    assert card.sentence.text().endswith("En situation d’illectronisme\u00a0: 1.")
    assert card.again.text().startswith("Personne n’a encore")
    ended(desk.database, jeanne, EVERYTHING)
    found = pages.page(desk.database, ActivityFilter(), TODAY)
    card.show_figures(found)
    assert card.sentence.text().endswith("1 au premier diagnostic, 0 au dernier.")
    assert figures_words.progress_again(found.assessments).endswith("pour 1\u00a0personne qui en a eu au moins deux.")
    assert [one.text() for one in card.findChildren(QLabel)].count("1") == 4


def test_the_figures_of_the_assessments_are_on_the_page(qtbot: QtBot, desk: Desk) -> None:
    page = FiguresPage()
    qtbot.addWidget(page)
    page.show_figures(pages.page(desk.database, ActivityFilter(), TODAY), "")
    assert page.assessed.parent() is not None
