"""« Démarches » as an advisor uses it: with the keyboard first, over a real notebook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import access, activities, case_lists, case_paper, cases, guides, own_procedures
from app.services.commands import SaveCase, SaveProcedure
from app.services.rows import CaseDetail
from app.ui.cases import paper
from app.ui.cases.case_dialog import CaseDialog
from app.ui.cases.person_panel import CasesPanel
from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.procedure_dialog import ProcedureDialog
from app.ui.cases.view import Page
from app.ui.cases.words import Grouping
from app.ui.day.presenter import DayPresenter
from app.ui.desk import Desk
from app.ui.paper.document import LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.paper.tick_box import TickBox
from app.ui.recording.presenter import RecordingPresenter
from app.ui.workspace import Workspace
from protocol.vocabulary import CaseStatus, ProcedureFamily, RecordKind
from tests.notebook import TODAY, a_beneficiary, a_lost_note, a_place, an_activity, recorded
from tests.ui.forms import Keyboard, button, chip, in_front

pytestmark = pytest.mark.usefixtures("desk")
Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def a_case(database: Database, person: UUID, **more: Any) -> UUID:
    return cases.save(database, SaveCase(**{"beneficiary": person, "procedure": "carte_identite", **more}), TODAY)


def detail(desk: Desk, id_: UUID) -> CaseDetail:
    return case_lists.detail(desk.database, id_, TODAY)


@pytest.fixture
def jeanne(database: Database) -> UUID:
    return a_beneficiary(database)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> CasesPresenter:
    made = CasesPresenter(desk, lambda: TODAY)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    in_front(qtbot, made.view)
    made.shown()
    return made


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard()


def settled(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=3000)


def titles(presenter: CasesPresenter) -> list[str]:
    return [line.title for line in presenter.view.followed.list.lines()]


def groups(presenter: CasesPresenter) -> list[str]:
    return [line.head[0] for line in presenter.view.followed.list.lines() if line.head]


def dialog(kind: type[QDialog]) -> Any:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_an_empty_notebook_says_what_to_do_first(screen: CasesPresenter, keys: Keyboard) -> None:
    screen.view.followed.focus_list()
    keys.press(Key.Key_Space)
    made = dialog(CaseDialog)
    assert made.person.field.hasFocus()


def test_a_case_is_opened_with_a_few_keys(screen: CasesPresenter, desk: Desk, keys: Keyboard, jeanne: UUID) -> None:
    screen.view.followed.focus_list()
    keys.press(Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    keys.letters("delm")
    keys.press(Key.Key_Return)
    keys.letters("carte gr")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Return, CTRL)
    (row,) = case_lists.of_person(desk.database, jeanne, TODAY)
    assert (row.procedure, row.name) == ("carte_grise", guides.search(desk.database, "carte grise")[0].name)
    assert screen.view.followed.panel.shown_id() == row.id
    assert screen.view.focusWidget() is screen.view.followed.panel.steps
    assert keys.presses <= 7


def test_a_free_name_may_be_followed_with_its_family(screen: CasesPresenter, desk: Desk, jeanne: UUID) -> None:
    screen.new_case()
    made = dialog(CaseDialog)
    made.person.field.setFocus()
    QTest.keyClicks(made.person.field, "delmas")
    QTest.keyClick(made.person.field, Key.Key_Return)
    QTest.keyClicks(made.procedure.field, "Retrouver ses photos")
    QTest.keyClick(made.procedure.field, Key.Key_Escape)
    chip(made, "Loisirs - Sports - Culture").click()
    made.save()
    (row,) = case_lists.of_person(desk.database, jeanne, TODAY)
    assert (row.name, row.family) == ("Retrouver ses photos", ProcedureFamily.LEISURE_AND_CULTURE)


def test_a_case_for_nobody_is_refused_and_nothing_typed_is_lost(screen: CasesPresenter, desk: Desk) -> None:
    screen.new_case("carte_grise")
    made = dialog(CaseDialog)
    made.save()
    assert made.isVisible()
    assert made.rows["beneficiary"].error()
    QTest.keyClicks(made.person.field, "personne de connu")
    QTest.keyClick(made.person.field, Key.Key_Escape)
    made.save()
    assert made.isVisible()
    assert made.person.text() == "personne de connu"
    assert made.procedure.value() == "carte_grise"


def test_enter_opens_space_ticks_and_escape_comes_back(
    screen: CasesPresenter, desk: Desk, keys: Keyboard, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne)
    settled(qtbot, lambda: len(titles(screen)) == 1)
    screen.view.followed.focus_list()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Space)
    assert [step.is_done for step in detail(desk, id_).steps][:3] == [False, True, False]
    keys.press(Key.Key_Space)
    assert detail(desk, id_).row.done == 0
    keys.press(Key.Key_Escape)
    assert screen.view.followed.list.hasFocus()
    assert screen.view.followed.panel.isHidden()


def test_space_in_the_list_does_the_next_step_which_can_be_taken_back(
    screen: CasesPresenter, desk: Desk, keys: Keyboard, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne)
    settled(qtbot, lambda: len(titles(screen)) == 1)
    screen.view.followed.focus_list()
    keys.press(Key.Key_Down)
    with qtbot.waitSignal(desk.said) as said:
        keys.press(Key.Key_Space)
    first = detail(desk, id_).steps[0]
    assert first.is_done
    assert said.args[0].endswith(first.said)
    said.args[1]()
    assert detail(desk, id_).row.done == 0


def test_steps_are_added_moved_and_taken_away_with_the_keyboard(
    screen: CasesPresenter, desk: Desk, keys: Keyboard, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne, procedure="", name="Photos")
    panel = screen.view.followed.panel
    screen.select(id_)
    panel.focus_first()
    for said in ("Copier", "Brancher"):
        keys.letters(said)
        keys.press(Key.Key_Return)
    settled(qtbot, lambda: panel.steps.count() == 2)
    panel.steps.setFocus()
    panel.steps.setCurrentRow(1)
    keys.press(Key.Key_Up, ALT)
    settled(qtbot, lambda: panel.steps.item(0).text() == "Brancher")
    assert panel.steps.currentRow() == 0
    with qtbot.waitSignal(desk.said) as said:
        keys.press(Key.Key_Delete)
    assert [step.said for step in detail(desk, id_).steps] == ["Copier"]
    said.args[1]()
    assert [step.said for step in detail(desk, id_).steps] == ["Brancher", "Copier"]


def test_a_deleted_case_comes_back_with_undo(
    screen: CasesPresenter, desk: Desk, keys: Keyboard, jeanne: UUID, qtbot: QtBot
) -> None:
    a_case(desk.database, jeanne)
    settled(qtbot, lambda: len(titles(screen)) == 1)
    screen.view.followed.focus_list()
    keys.press(Key.Key_Down)
    with qtbot.waitSignal(desk.said) as said:
        keys.press(Key.Key_Delete)
    settled(qtbot, lambda: titles(screen) == [])
    assert screen.view.followed.panel.isHidden()
    said.args[1]()
    settled(qtbot, lambda: len(titles(screen)) == 1)


def test_what_is_typed_is_kept_while_a_colleague_changes_something_else(
    screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne)
    screen.select(id_)
    panel = screen.view.followed.panel
    panel.notes.field.setFocus()
    QTest.keyClicks(panel.notes.field, "Revient mardi")
    cases.set_status(desk.database, id_, CaseStatus.SUBMITTED, TODAY)
    settled(qtbot, lambda: panel.status.value() is CaseStatus.SUBMITTED)
    assert panel.notes.value() == "Revient mardi"
    settled(qtbot, lambda: detail(desk, id_).form.notes == "Revient mardi")
    assert detail(desk, id_).row.status is CaseStatus.SUBMITTED


def test_what_is_typed_is_kept_when_one_goes_to_another_case(screen: CasesPresenter, desk: Desk, jeanne: UUID) -> None:
    first, second = a_case(desk.database, jeanne), a_case(desk.database, jeanne, procedure="carte_grise")
    screen.select(first)
    panel = screen.view.followed.panel
    QTest.keyClicks(panel.reference, "D-42")
    screen.select(second)
    assert detail(desk, first).form.reference == "D-42"
    assert detail(desk, second).form.reference == panel.reference.text() == ""
    QTest.keyClicks(panel.reference, "E-1")
    panel.close_panel()
    assert detail(desk, second).form.reference == "E-1"


def test_a_line_just_begun_stays_when_the_one_above_is_kept(
    screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne)
    screen.select(id_)
    panel = screen.view.followed.panel
    panel.notes.field.setFocus()
    QTest.keyClicks(panel.reference, "D ")
    QTest.keyClicks(panel.notes.field, "Revient mardi")
    QTest.keyClick(panel.notes.field, Key.Key_Return)
    settled(qtbot, lambda: detail(desk, id_).form.notes == "Revient mardi")
    cases.set_status(desk.database, id_, CaseStatus.SUBMITTED, TODAY)
    settled(qtbot, lambda: panel.status.value() is CaseStatus.SUBMITTED)
    QTest.keyClicks(panel.reference, "42")
    QTest.keyClicks(panel.notes.field, "Rappeler")
    assert (panel.reference.text(), panel.notes.value()) == ("D 42", "Revient mardi\nRappeler")


def test_what_is_typed_while_a_file_is_taken_in_stays_and_is_kept_afterwards(
    screen: CasesPresenter, desk: Desk, jeanne: UUID
) -> None:
    first, second = a_case(desk.database, jeanne), a_case(desk.database, jeanne, procedure="carte_grise")
    screen.select(first)
    panel = screen.view.followed.panel
    QTest.keyClicks(panel.reference, "D-42")
    with desk.database.long_work():
        panel.flush()
    screen.follower.refresh()
    assert panel.reference.text() == "D-42"
    screen.select(second)
    assert panel.reference.text() == detail(desk, second).form.reference == ""
    assert detail(desk, first).form.reference == "D-42"


def test_what_a_colleague_replaced_is_taken_back(
    screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne, notes="Les siennes")
    a_lost_note(desk.database, RecordKind.CASE, id_, "Les miennes")
    screen.select(id_)
    with qtbot.waitSignal(desk.said) as said:
        button(screen.view, "Reprendre ma version").click()
    assert detail(desk, id_).form.notes == screen.view.followed.panel.notes.value() == "Les miennes"
    said.args[1]()
    assert detail(desk, id_).form.notes == "Les siennes"


def test_a_deadline_is_added_and_taken_away(screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot) -> None:
    id_ = a_case(desk.database, jeanne)
    screen.select(id_)
    panel = screen.view.followed.panel
    QTest.keyClick(panel.deadline.add, Key.Key_Space)
    settled(qtbot, lambda: detail(desk, id_).row.deadline == TODAY + timedelta(days=7))
    assert panel.deadline.edit.hasFocus()
    panel.deadline.edit.setDate(QDate(2026, 12, 24))
    settled(qtbot, lambda: detail(desk, id_).row.deadline == date(2026, 12, 24))
    settled(qtbot, lambda: groups(screen) == ["Plus tard"])
    QTest.keyClick(panel.deadline.remove, Key.Key_Space)
    settled(qtbot, lambda: detail(desk, id_).row.deadline is None)


def test_closing_a_case_takes_it_out_of_the_list_until_it_is_asked_for(
    screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    id_ = a_case(desk.database, jeanne)
    screen.select(id_)
    panel = screen.view.followed.panel
    panel.status.setFocus()
    panel.status.set_value(CaseStatus.DONE)
    panel.status.changed.emit()
    settled(qtbot, lambda: titles(screen) == [])
    assert panel.shown_id() == id_
    assert detail(desk, id_).row.closed_on == TODAY
    chip(screen.view, "Terminée").click()
    assert groups(screen) == ["Closes"]


def test_the_list_is_parted_by_urgency_person_or_family(screen: CasesPresenter, desk: Desk, jeanne: UUID) -> None:
    marcel = a_beneficiary(desk.database, "Bœuf", "Marcel")
    a_case(desk.database, jeanne, deadline=TODAY - timedelta(days=1))
    a_case(desk.database, jeanne, procedure="carte_grise")
    a_case(desk.database, marcel, procedure="carte_grise", deadline=TODAY)
    page = screen.view.followed
    screen.shown()
    assert groups(screen) == ["En retard", "Dans les sept jours", "Sans échéance"]
    page.grouping.set_value(Grouping.PERSON)
    screen.shown()
    assert groups(screen) == ["Bœuf Marcel", "Delmas Jeanne"]
    page.grouping.set_value(Grouping.FAMILY)
    screen.shown()
    assert groups(screen) == ["Papiers - Élections - Citoyenneté", "Transports - Mobilité"]
    QTest.keyClicks(page.search, "boeuf")
    QTest.keyClick(page.search, Key.Key_Return)
    screen.shown()
    assert len(titles(screen)) == 1


def test_an_activity_of_the_person_is_linked_from_the_case(
    screen: CasesPresenter, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    id_, done = a_case(desk.database, jeanne), recorded(desk.database, participants=(jeanne,))
    screen.select(id_)
    list_ = screen.view.followed.panel.activities
    list_.setFocus()
    QTest.keyClick(list_, Key.Key_Space)
    assert activities.form_of(desk.database, done).cases == {id_}
    with qtbot.waitSignal(desk.activity_asked) as asked:
        QTest.keyClick(list_, Key.Key_Return)
    assert asked.args == [done]


def test_the_catalogue_is_read_and_followed_without_a_case(
    screen: CasesPresenter, desk: Desk, keys: Keyboard, qtbot: QtBot
) -> None:
    page = screen.view.catalogue
    screen.view.show_page(Page.CATALOGUE)
    page.search.setFocus()
    keys.letters("carte grise")
    settled(qtbot, lambda: bool(page.list.lines()) and page.list.lines()[0].key == "carte_grise")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Down)
    assert page.panel.shown() == "carte_grise"
    assert case_lists.listed(desk.database, TODAY) == ()
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Space)
    assert dialog(CaseDialog).procedure.value() == "carte_grise"


def test_one_s_own_procedure_is_added_archived_and_offered_again(
    screen: CasesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    page = screen.view.catalogue
    screen.view.show_page(Page.CATALOGUE)
    page.add.click()
    made = dialog(ProcedureDialog)
    made.save()
    assert made.isVisible()
    made.lines["name"].setText("Navette à la demande")
    chip(made, "Transports - Mobilité").click()
    made.steps.field.setPlainText("Appeler\nRéserver")
    made.save()
    (own,) = guides.mine(desk.database)
    assert (own.name, own.steps, own.to_verify) == ("Navette à la demande", ("Appeler", "Réserver"), True)
    assert page.panel.shown() == own.key
    with qtbot.waitSignal(desk.said) as said:
        page.panel.archive.click()
    assert guides.mine(desk.database) == ()
    settled(qtbot, lambda: page.list.lines()[-1].head == ("Modèles archivés", ""))
    said.args[1]()
    assert guides.mine(desk.database) == (own,)


def test_a_procedure_of_the_catalogue_is_copied_into_one_s_own(screen: CasesPresenter, desk: Desk) -> None:
    screen.view.show_page(Page.CATALOGUE)
    screen.view.catalogue.chosen.emit("carte_identite")
    screen.view.catalogue.panel.change.click()
    dialog(ProcedureDialog).save()
    (own,) = guides.mine(desk.database)
    common = guides.find(desk.database, "carte_identite")
    assert common is not None
    assert (own.steps, own.bring, own.address) == (common.steps, common.bring, common.address)


def test_the_tab_of_a_person_shows_their_cases_and_opens_one(
    qtbot: QtBot, desk: Desk, keys: Keyboard, jeanne: UUID
) -> None:
    a_case(desk.database, a_beneficiary(desk.database, "Roux", "Marcel"))
    tab = CasesPanel(desk, lambda: TODAY)
    qtbot.addWidget(tab)
    tab.resize(900, 600)
    in_front(qtbot, tab)
    tab.show_person(jeanne)
    assert tab.list.lines() == ()
    tab.empty.setFocus()
    keys.press(Key.Key_Space)
    assert dialog(CaseDialog).procedure.field.hasFocus()
    keys.letters("passeport")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Return, CTRL)
    (row,) = case_lists.of_person(desk.database, jeanne, TODAY)
    assert [line.key for line in tab.list.lines()] == [row.id]
    assert tab.panel.shown_id() == row.id


def test_the_day_recalls_what_is_pressing_and_leads_to_it(qtbot: QtBot, desk: Desk, jeanne: UUID) -> None:
    later = a_case(desk.database, jeanne, deadline=TODAY + timedelta(days=8))
    late = a_case(desk.database, jeanne, procedure="carte_grise", deadline=TODAY - timedelta(days=1))
    day = DayPresenter(desk, lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 9))
    qtbot.addWidget(day.view)
    day.view.show()
    day.shown()
    deadlines = day.view.deadlines
    assert [line.key for line in deadlines.list.lines()] == [late]
    assert deadlines.list.lines()[0].aside.replace("\u00a0", " ") == "En retard de 1 jour"
    deadlines.list.setFocus()
    QTest.keyClick(deadlines.list, Key.Key_Down)
    with qtbot.waitSignal(desk.case_asked) as asked:
        QTest.keyClick(deadlines.list, Key.Key_Return)
    assert asked.args == [late]
    cases.set_status(desk.database, late, CaseStatus.DONE, TODAY)
    assert deadlines.isHidden()
    assert later in {row.id for row in case_lists.listed(desk.database, TODAY)}


def test_a_case_asked_for_anywhere_is_shown_even_closed(qtbot: QtBot, desk: Desk, jeanne: UUID) -> None:
    closed = a_case(desk.database, jeanne, status=CaseStatus.DONE)
    workspace = Workspace(desk)
    qtbot.addWidget(workspace)
    workspace.resize(1366, 768)
    workspace.show()
    desk.case_asked.emit(closed)
    presenter = workspace.presenter("cases")
    assert isinstance(presenter, CasesPresenter)
    assert presenter.view.followed.panel.shown_id() == closed


def test_the_form_offers_the_open_cases_of_the_person_in_one_key(
    qtbot: QtBot, desk: Desk, keys: Keyboard, jeanne: UUID
) -> None:
    marcel = a_beneficiary(desk.database, "Roux", "Marcel")
    id_ = a_case(desk.database, jeanne)
    a_case(desk.database, jeanne, procedure="carte_grise", status=CaseStatus.DONE)
    form = RecordingPresenter(desk, lambda: TODAY)
    qtbot.addWidget(form.view)
    form.view.resize(1182, 710)
    in_front(qtbot, form.view)
    form.open(replace(an_activity(), participants=(jeanne,)))
    assert form.view.cases.isVisible()
    keys.press(Key.Key_1, ALT)
    assert form.view.command().cases == {id_}
    form.save()
    (row,) = (one for one in detail(desk, id_).activities if one.is_linked)
    assert activities.form_of(desk.database, row.activity.id).cases == {id_}
    form.open(activities.form_of(desk.database, row.activity.id))
    assert form.view.command().cases == {id_}
    cases.delete(desk.database, id_)
    form.open(activities.form_of(desk.database, row.activity.id))
    assert not form.view.cases.isVisible()
    assert form.view.command().cases == {id_}, "should the case come back, it was moved on by the same activity"
    form.view.who.choose(marcel)
    form.view.who.changed.emit()
    assert not form.view.cases.isVisible()
    assert form.view.command().cases == frozenset()


def test_the_paper_says_in_large_type_what_the_person_needs(database: Database, jeanne: UUID) -> None:
    a_place(database)
    recorded(database, participants=(jeanne,))
    id_ = a_case(database, jeanne, deadline=date(2026, 12, 3), reference="D-42", notes="Zznote")
    steps = case_lists.detail(database, id_, TODAY).steps
    cases.tick(database, id_, steps[0].id, True)
    said = words_of(database, id_)
    guide = guides.find(database, "carte_identite")
    assert guide is not None
    for wanted in (guide.name, *guide.bring, *guide.steps, guide.address, "D-42", "jeudi 3 décembre 2026",
                   "Jeanne Delmas", "N’écrivez jamais vos mots de passe", access.advisor_name(database)):  # fmt: skip
        assert " ".join(wanted.replace("\u00a0", " ").split()) in said
    assert "Zznote" not in said
    assert said.index("La prochaine étape") < said.index(steps[1].said) < said.index("Ce que j’apporte")
    cases.set_status(database, id_, CaseStatus.DONE, TODAY)
    assert "La prochaine étape" not in words_of(database, id_)


def test_the_letters_grow_smaller_only_where_that_spares_a_page(database: Database, jeanne: UUID) -> None:
    a_place(database)
    recorded(database, participants=(jeanne,))
    for procedure, pages, smallest in (("declaration_revenus", 1, 14), ("carte_grise", 2, 16)):
        id_ = a_case(database, jeanne, procedure=procedure, deadline=date(2026, 12, 3), reference="D-42")
        if pages == 1:
            cases.set_status(database, id_, CaseStatus.WAITING, TODAY)  # what to bring is not said any more
        document = paper.document(case_paper.gather(database, id_, TODAY))
        assert LaidOut(document).count == pages
        assert min(block.points for block in document.blocks if isinstance(block, TickBox)) >= smallest


def test_the_paper_of_a_free_case_has_only_what_is_known(database: Database, jeanne: UUID) -> None:
    said = words_of(database, a_case(database, jeanne, procedure="", name="Retrouver ses photos"))
    assert "Retrouver ses photos" in said
    assert "Où, et combien de temps" not in said


def test_a_number_to_verify_is_not_handed_over(database: Database, jeanne: UUID) -> None:
    own = own_procedures.save(
        database, SaveProcedure(name="Navette", family=ProcedureFamily.TRANSPORT, phone="04 00 00 00 00")
    )
    assert "04 00 00 00 00" in words_of(database, a_case(database, jeanne, procedure=str(own)))
    guide = guides.find(database, "carte_grise")
    assert guide is not None
    if "vérifier" in guide.phone_note:
        assert f" {guide.phone} " not in words_of(database, a_case(database, jeanne, procedure="carte_grise"))


def words_of(database: Database, id_: UUID) -> str:
    """All the words of the paper, on one line."""
    reader = PdfReader(BytesIO(pdf_of(paper.document(case_paper.gather(database, id_, TODAY)))))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())
