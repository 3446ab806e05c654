"""What is typed in any form of a person's follow-up is there again after a lock, with what is wrong beside it."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Program
from app.options import DEMONSTRATION_PASSPHRASE
from app.services import beneficiaries, case_lists, cases, typed
from app.services.assessments import interviews, questionnaire
from app.services.commands import SaveBeneficiary, SaveCase
from app.services.mandates import making
from app.services.mandates.rows import SignMandate
from app.services.typed import Name
from app.ui.appointments.dialog import AppointmentDialog
from app.ui.assessments.finer_dialog import FinerDialog
from app.ui.assessments.person_panel import AssessmentsPanel
from app.ui.cases.case_dialog import CaseDialog
from app.ui.cases.person_panel import CasesPanel
from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.procedure_dialog import ProcedureDialog
from app.ui.desk import Desk
from app.ui.form_dialog import GIVEN_UP, FormDialog
from app.ui.mandates.act_dialog import RevokeDialog, UseDialog
from app.ui.mandates.mandate_form import MandateForm
from app.ui.mandates.panel import DocumentsPanel
from app.ui.people.details_panel import DetailsPanel
from app.ui.people.panels import PersonPanel
from app.ui.people.person_dialog import PersonDialog
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.workspace import Workspace
from protocol.vocabulary import MandateFamily, ProcedureFamily
from tests.notebook import a_beneficiary
from tests.ui.forms import button, errors, field
from tests.ui.pulse import wait_within

D = TypeVar("D", bound=QDialog)
P = TypeVar("P", bound=PersonPanel)


@pytest.fixture
def odette(program: Program) -> UUID:
    return a_beneficiary(desk(program).database, "Martin", "Odette")


def desk(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def window(program: Program) -> Workspace:
    assert program.workspace is not None
    return program.workspace


def again(program: Program, qtbot: QtBot) -> None:
    """Locked, and nothing of what was open is left on the screen; then opened again."""
    program.lock()
    qtbot.waitUntil(lambda: not shown(QDialog))
    program.gate.open_with(DEMONSTRATION_PASSPHRASE)
    qtbot.waitUntil(lambda: program.workspace is not None, timeout=20_000)


def shown(kind: type[D]) -> list[D]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def dialog(kind: type[D]) -> D:
    [found] = shown(kind)
    return found


def tab(program: Program, person: UUID, key: str, kind: type[P]) -> P:
    """A tab of the file of the person, in front."""
    desk(program).person_asked.emit(person)
    window(program).people.file.show_tab(key)
    panel = window(program).people.file.view.panel(key)
    assert isinstance(panel, kind)
    return panel


def typed_phone(program: Program, person: UUID, said: str) -> DetailsPanel:
    panel = tab(program, person, "details", DetailsPanel)
    phone = field(panel, "Téléphone")
    phone.clear()
    QTest.keyClicks(phone, said)
    return panel


def test_a_phone_that_is_not_right_yet_is_there_again_with_what_is_wrong(
    qtbot: QtBot, program: Program, odette: UUID
) -> None:
    panel = typed_phone(program, odette, "06 12 3")
    commune = field(panel, "Commune")
    commune.clear()
    QTest.keyClicks(commune, "Flor")
    again(program, qtbot)
    desk(program).person_asked.emit(odette)
    panel = window(program).people.file.view.panel("details")  # type: ignore[assignment]
    assert panel is not None
    assert panel.isVisible()
    assert (field(panel, "Téléphone").text(), field(panel, "Commune").text()) == ("06 12 3", "Flor")
    told = errors(panel)
    assert len(told) == 2
    assert "num" in told[0]
    assert "Choisissez la commune" in told[1]
    assert panel.save_button.isEnabled()
    panel.undo_button.click()
    again(program, qtbot)
    panel = tab(program, odette, "details", DetailsPanel)
    assert field(panel, "Téléphone").text() == ""
    assert errors(panel) == []


def test_a_crash_loses_nothing_typed_more_than_a_second_ago(qtbot: QtBot, program: Program, odette: UUID) -> None:
    typed_phone(program, odette, "06 12 3")
    database = desk(program).database
    name = Name("details", odette)
    wait_within(qtbot, 1_000, lambda: typed.kept(database, name, SaveBeneficiary) is not None)
    kept = typed.kept(database, name, SaveBeneficiary)
    assert kept is not None
    assert kept.form.phone == "06 12 3"


def test_what_is_typed_right_is_saved_and_waits_no_more(qtbot: QtBot, program: Program, odette: UUID) -> None:
    panel = typed_phone(program, odette, "06 12 3")
    assert not panel.save()
    typed_phone(program, odette, "06 12 34 56 78")
    program.lock()
    program.gate.open_with(DEMONSTRATION_PASSPHRASE)
    qtbot.waitUntil(lambda: program.workspace is not None, timeout=20_000)
    database = desk(program).database
    assert beneficiaries.form_of(database, odette).phone == "06 12 34 56 78"
    assert typed.kept(database, Name("details", odette), SaveBeneficiary) is None


def test_the_notes_of_another_tab_are_kept_though_the_phone_is_wrong(
    qtbot: QtBot, program: Program, odette: UUID
) -> None:
    case = cases.save(
        desk(program).database, SaveCase(beneficiary=odette, name="Carte de pêche", family=ProcedureFamily.HOUSING)
    )
    typed_phone(program, odette, "06 12 3")
    panel = tab(program, odette, "cases", CasesPanel)
    panel.follower.show(case)
    QTest.keyClicks(panel.panel.notes.field, "Rappeler mardi")
    again(program, qtbot)
    assert case_lists.detail(desk(program).database, case, date.today()).form.notes == "Rappeler mardi"


def a_case(program: Program, odette: UUID) -> QWidget:
    tab(program, odette, "cases", CasesPanel).new_case()
    return dialog(CaseDialog).procedure.field


def a_case_for_somebody(program: Program, odette: UUID) -> QWidget:
    screen = window(program).presenter("cases")
    assert isinstance(screen, CasesPresenter)
    window(program).go_to("cases")
    screen.new_case("carte_grise")
    return dialog(CaseDialog).person.field


def a_model(program: Program, odette: UUID) -> QWidget:
    screen = window(program).presenter("cases")
    assert isinstance(screen, CasesPresenter)
    window(program).go_to("cases")
    screen.view.catalogue.own_asked.emit(None)
    return dialog(ProcedureDialog).bring.field


def somebody(program: Program, odette: UUID) -> QWidget:
    window(program).go_to("people")
    window(program).people.list.create_asked.emit("Benali")
    return field(dialog(PersonDialog), "Commune")


def a_mandate(program: Program, odette: UUID) -> QWidget:
    tab(program, odette, "documents", DocumentsPanel).new_mandate()
    [form] = dialog(PaperDialog).findChildren(MandateForm)
    return form.acts.field


def a_use(program: Program, odette: UUID) -> QWidget:
    panel, today = tab(program, odette, "documents", DocumentsPanel), date.today()
    if not panel.list.lines():
        families = frozenset({MandateFamily.MONEY, MandateFamily.HOUSING})
        making.sign(desk(program).database, SignMandate(odette, families, acts="Tout", starts_on=today), today)
        panel.show_person(odette)
    panel.show_mandate(cast(UUID, panel.list.lines()[0].key))
    panel.panel.use.click()
    return dialog(UseDialog).said.field


def a_revocation(program: Program, odette: UUID) -> QWidget:
    a_use(program, odette)
    dialog(UseDialog).reject()
    tab(program, odette, "documents", DocumentsPanel).panel.revoke.click()
    return dialog(RevokeDialog).why


def a_grid(program: Program, odette: UUID) -> QWidget:
    panel, database = tab(program, odette, "assessments", AssessmentsPanel), desk(program).database
    if panel.card.isHidden():
        id_ = interviews.answer(database, odette, None, questionnaire.whole().parts[0].questions[0].code, "non")
        interviews.finish(database, id_, date.today())
        panel.show_person(odette)
    panel.card.finer.click()
    return cast(QWidget, dialog(FinerDialog).levels["1.1"].focusProxy())


def an_appointment(program: Program, odette: UUID) -> QWidget:
    desk(program).person_asked.emit(odette)
    window(program).people.file.view.appointment_asked.emit()
    return dialog(AppointmentDialog).hour


FORMS = (an_appointment, a_case, a_case_for_somebody, a_model, somebody, a_mandate, a_use, a_revocation, a_grid)


@pytest.mark.parametrize("open_it", FORMS)
def test_a_form_left_by_a_lock_is_taken_up_where_it_was(
    qtbot: QtBot, program: Program, odette: UUID, open_it: Callable[[Program, UUID], QWidget]
) -> None:
    place = open_it(program, odette)
    before = content()
    QTest.keyClicks(place, "Zz")
    QTest.keyClick(place, Qt.Key.Key_Up)
    typed_ = content()
    assert typed_ != before
    again(program, qtbot)
    open_it(program, odette)
    assert content() == typed_


def test_what_is_given_up_comes_back_by_annuler_only(qtbot: QtBot, program: Program, odette: UUID) -> None:
    QTest.keyClicks(a_case(program, odette), "Carte de chasse")
    with qtbot.waitSignal(desk(program).said) as said:
        dialog(CaseDialog).reject()
    assert said.args[0] == GIVEN_UP
    qtbot.waitUntil(lambda: not shown(CaseDialog))
    said.args[1]()
    assert dialog(CaseDialog).procedure.text() == "Carte de chasse"
    assert dialog(CaseDialog).resumed.isVisible()
    button(dialog(CaseDialog), "Repartir du début").click()
    qtbot.waitUntil(lambda: [one.procedure.text() for one in shown(CaseDialog)] == [""])
    dialog(CaseDialog).reject()
    qtbot.waitUntil(lambda: not shown(CaseDialog))
    assert a_case(program, odette) is dialog(CaseDialog).procedure.field
    assert dialog(CaseDialog).procedure.text() == ""


def test_a_step_being_typed_stays_with_its_case(qtbot: QtBot, program: Program, odette: UUID) -> None:
    database = desk(program).database
    family = ProcedureFamily.HOUSING
    one, other = (cases.save(database, SaveCase(beneficiary=odette, name=name, family=family)) for name in "AB")
    panel = tab(program, odette, "cases", CasesPanel)
    panel.follower.show(one)
    QTest.keyClicks(panel.panel.new_step, "Appeler la CAF")
    panel.follower.show(other)
    assert panel.panel.new_step.text() == ""
    panel.follower.show(one)
    assert panel.panel.new_step.text() == "Appeler la CAF"
    again(program, qtbot)
    panel = tab(program, odette, "cases", CasesPanel)
    panel.follower.show(one)
    assert panel.panel.new_step.text() == "Appeler la CAF"
    QTest.keyClick(panel.panel.new_step, Qt.Key.Key_Return)
    assert [step.said for step in case_lists.detail(desk(program).database, one, date.today()).steps][-1:] == [
        "Appeler la CAF"
    ]
    again(program, qtbot)
    panel = tab(program, odette, "cases", CasesPanel)
    panel.follower.show(one)
    assert panel.panel.new_step.text() == ""


def test_the_words_of_a_step_being_changed_are_kept(qtbot: QtBot, program: Program, odette: UUID) -> None:
    case = cases.save(desk(program).database, SaveCase(beneficiary=odette, procedure="carte_grise"))
    panel = tab(program, odette, "cases", CasesPanel)
    panel.follower.show(case)
    steps = panel.panel.steps
    steps.setCurrentRow(0)
    steps.editItem(steps.currentItem())
    editor = steps.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("Appeler la préfecture")
    again(program, qtbot)
    first = case_lists.detail(desk(program).database, case, date.today()).steps[0]
    assert first.said == "Appeler la préfecture"


def content() -> str:
    """All that the open form holds."""
    [form] = shown(QDialog)
    if isinstance(form, FormDialog):
        return str(form.content())
    [inside] = form.findChildren(MandateForm)
    return str(inside.value())
