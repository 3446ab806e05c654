"""Every screen, walked: each place of the keyboard has a name, and at 200 % of text none of them is out of reach."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QMainWindow, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.models.ids import new_id
from app.recovery import new_code
from app.services import activity_detail, beneficiaries, cases, news, tags
from app.services.appointments import making
from app.services.appointments.rows import SaveAppointment
from app.services.assessments import history, interviews, questionnaire
from app.services.backup_contents import Contents
from app.services.backup_files import Backup, BackupKind
from app.services.commands import (
    ActivityFilter,
    AnonymousGroup,
    RecordActivity,
    SaveBeneficiary,
    SaveCase,
    SaveProcedure,
)
from app.services.exports.requests import ExportKind
from app.services.imports.lines import FileKind
from app.services.imports.plans import Batch, Outcome, PlanRow, Preview
from app.services.place_files import read
from app.services.rows import LostRow
from app.services.sheets import own
from app.services.sheets.writing import blank, write
from app.settings import Settings
from app.sync.joining import Asking
from app.sync.members import Computers, Invitation, JoinRequest, Member
from app.ui import theme
from app.ui.activities.listing import TABLE
from app.ui.appointments.dialog import AppointmentDialog
from app.ui.appointments.paper_presenter import paper_of_appointment
from app.ui.assessments.finer_dialog import FinerDialog
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.cases.case_dialog import CaseDialog
from app.ui.cases.paper_presenter import paper_of_case
from app.ui.cases.person_panel import CasesPanel
from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.procedure_dialog import ProcedureDialog
from app.ui.cases.view import Page
from app.ui.desk import Desk
from app.ui.duplicates.comparison import Comparison
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.preview_page import PreviewPage
from app.ui.gate.contents_page import ContentsPage
from app.ui.gate.renew_page import RenewPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from app.ui.people.person_dialog import PersonDialog
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.preferences.restore_page import RestorePage
from app.ui.reports.paper_presenter import PaperPresenter
from app.ui.reports.person_file_presenter import PersonFilePresenter
from app.ui.reports.presenter import ReportPresenter
from app.ui.sheets.editor_presenter import EditorPresenter
from app.ui.sheets.presenter import SheetsPresenter
from app.ui.statistics.presenter import StatisticsPresenter
from app.ui.synchronisation.computer_row import ComputerRow
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.ui.synchronisation.view import SynchronisationView
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.info_button import InfoButton
from app.ui.workspace import Workspace
from app.vault import Vault, recovery_key
from protocol.vocabulary import ActivityKind, RecordKind, Topic
from tests.notebook import a_beneficiary, a_lost_note, a_place, recorded
from tests.unit.test_sheets import EASY as SHEET

WIDTH, HEIGHT = 1366, 768
NATIONAL_FILE = Path(__file__).parent.parent / "data" / "lieux-charente-20230711.json"
CONTENTS = Contents(1214, 480, date(2026, 11, 24), is_enrolled=True, newer=12, older=1)
LOST = LostRow(
    new_id(),
    new_id(),
    datetime(2026, 11, 24, 14, 52),
    "Marie-Thérèse de La Tour-Vernhet",
    (("Durée", "45\u00a0min", "1\u00a0h"), ("Notes", "Revoir l’envoi de pièces jointes. " * 20, "Fait")),
)
BATCH = Batch(new_id(), datetime(2026, 11, 24, 9, 12), "coop-numerique_accompagnements_2026-11-24.xlsx", 1214, False)
PREVIEW = Preview(
    BATCH.file,
    FileKind.ACTIVITIES,
    tuple(PlanRow("Lignes 18 à 29", "12/03/2024 · Jeanne Delmas · E-mail", outcome, "Pourquoi") for outcome in Outcome),
    ("Maison France Services du Collet-de-Dèze", "Médiathèque de Florac"),
    ("Parents d’élèves",),
    128,
)
SENTENCE = "Le disque est plein\u00a0: libérez de la place puis recommencez, rien n’est perdu."


Papers = ReportPresenter | PaperPresenter


class Stage:
    """The window of the program, on which one screen at a time is put."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self._behind: QWidget | None = None

    def show(self, page: QWidget) -> QWidget:
        """Show a page in the window, as it is at 1366 × 768."""
        window = QMainWindow()
        self._qtbot.addWidget(window)
        window.setCentralWidget(page)
        window.resize(WIDTH, HEIGHT)
        return self.show_window(window)

    def wait(self, window: QWidget, is_ready: Callable[[], bool]) -> QWidget:
        """A window, once what it waits for is there."""
        self._qtbot.waitUntil(is_ready)
        return self.show_window(window)

    def show_window(self, window: QWidget) -> QWidget:
        """Show something that is a window of its own."""
        window.show()
        for _ in range(3):
            QApplication.processEvents()
        return window

    def show_dialog(self, make: Callable[[QWidget], QDialog]) -> QWidget:
        """Show a dialog over the window."""
        self._behind = self.show(QWidget())
        dialog = make(self._behind)
        dialog.resize(min(dialog.width(), WIDTH), min(dialog.height(), HEIGHT))
        return self.show_window(dialog)

    def show_paper(self, make: Callable[[QWidget], Papers]) -> QWidget:
        """Show a document before it leaves, once its pages are drawn, with all that may be said of it."""
        made: list[Papers] = []

        def dialog(behind: QWidget) -> QDialog:
            made.append(make(behind))
            made[0].dialog.show_warning(SENTENCE)
            return made[0].dialog

        window = self.show_dialog(dialog)
        self._qtbot.waitUntil(lambda: made[0].paper.is_at_rest and made[0].dialog.preview.count > 0)
        made[0].dialog.show_saved(Path("Rapport d’activité – Novembre 2026.pdf"))
        return self.show_window(window)

    def workspace(self, screen: str = "day") -> Workspace:
        """The open notebook with something of everything, on one of its screens."""
        people = [a_beneficiary(self.desk.database, "de La Tour-Vernhet", f"Marie-Thérèse {n}") for n in range(8)]
        a_place(self.desk.database, "Maison France Services de Meyrueis")
        tags.create(self.desk.database, "Parents d’élèves")
        recorded(self.desk.database, day=date.today(), participants=(people[0],))
        recorded(self.desk.database, kind=ActivityKind.WORKSHOP, participants=tuple(people), title="Ma tablette")
        Vault(self.desk.paths.slots).create(recovery_key(new_code()).public, "quatre mots sans rapport")
        made = Workspace(self.desk)
        made.go_to(screen)
        return made


def _copy(stage: Stage) -> Backup:
    return Backup(stage.desk.paths.backups / "x.sauvegarde", BackupKind.DAILY, datetime(2026, 11, 24, 9, 12), 4_200_000)


def _unfold(page: QWidget) -> None:
    for fold in page.findChildren(Collapsible):
        fold.set_open(True)


def first_day(stage: Stage) -> QWidget:
    return stage.show(Workspace(stage.desk))


def day_with_a_draft(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    workspace.open_form(RecordActivity(title="Brouillon"))
    workspace.recording.view.changed.emit()
    workspace.go_to("day")
    return stage.show(workspace)


def accompaniment(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    person = a_beneficiary(stage.desk.database, "Bœuf", "Éléonore")
    window = stage.show(workspace)
    topics = frozenset({Topic.ADMINISTRATIVE_HELP})
    form = RecordActivity(participants=(person,), topics=topics, procedures=frozenset({"carte_grise"}))
    workspace.open_form(form)
    _unfold(workspace.recording.view)
    return stage.show_window(window)


def anonymous_person_refused(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    workspace.open_form(ActivityKind.INDIVIDUAL)
    _unfold(workspace.recording.view)
    workspace.recording.save()
    workspace.recording.view.say(SENTENCE)
    return stage.show_window(window)


def workshop(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    people = tuple(a_beneficiary(stage.desk.database, "Nguyễn-Lefèvre", f"Jean-Loup {n}") for n in range(6))
    group = AnonymousGroup(total=8, already=2)
    workspace.open_form(RecordActivity(kind=ActivityKind.WORKSHOP, participants=people, anonymous=group))
    _unfold(workspace.recording.view)
    return stage.show_window(window)


def person(stage: Stage) -> QWidget:
    named = SaveBeneficiary(last_name="Fabre", first_name="Lucette")
    return stage.show_dialog(lambda behind: PersonDialog(stage.desk.database, named, behind))


def no_activity(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("activities")
    return stage.show(workspace)


def activities_by_day(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    workspace.activities.view.select_row(1)
    return stage.show_window(window)


def table_of_activities(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    workspace.activities.view.style_changed.emit(TABLE)
    return stage.show(workspace)


def activities_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    stage.desk.activities_of_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def nobody(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("people")
    return stage.show(workspace)


def people(stage: Stage) -> QWidget:
    return stage.show(stage.workspace("people"))


def somebody_known_already(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database, "Fabre", "Lucette", birth_year=1948)
    return person(stage)


def duplicates(stage: Stage) -> QWidget:
    for phone in ("06 12 34 56 78", "06 12 34 56 79"):
        a_beneficiary(stage.desk.database, "Fabre", "Lucette", phone=phone, notes=f"Appeler au {phone}.")
    workspace = stage.workspace("people")
    window = stage.show(workspace)
    stage.desk.duplicates_asked.emit()
    return stage.wait(window, lambda: bool(window.findChildren(Comparison)))


def history_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    window = stage.show(workspace)
    stage.desk.person_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def details_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    _tab(window, "details")
    return stage.show_window(window)


def no_assessment(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    _tab(window, "assessments")
    return stage.show_window(window)


def assessments_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    for day in (date(2026, 3, 3), date(2026, 11, 24)):
        interviews.finish(stage.desk.database, _answered(stage, person, questionnaire.NO), day)
    _answered(stage, person, questionnaire.ALONE)
    _tab(window, "assessments")
    return stage.show_window(window)


def question_of_an_assessment(stage: Stage) -> QWidget:
    person = a_beneficiary(stage.desk.database)
    row = history.one(stage.desk.database, _answered(stage, person, questionnaire.ALONE))
    name = "Marie-Thérèse de La Tour-Vernhet"
    return stage.show_dialog(lambda behind: InterviewDialog(stage.desk.database, person, name, row, behind))


def finer_grid(stage: Stage) -> QWidget:
    person = a_beneficiary(stage.desk.database)
    id_ = _answered(stage, person, questionnaire.ALONE)
    return stage.show_dialog(lambda behind: FinerDialog(stage.desk.database, id_, {"1.1": 3}, behind))


def _answered(stage: Stage, person: UUID, use: str) -> UUID:
    return interviews.answer(stage.desk.database, person, None, questionnaire.USE, use)


def _tab(window: QWidget, key: str) -> None:
    workspace = window.findChild(Workspace)
    assert workspace is not None
    workspace.people.file.show_tab(key)


def appointments_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    _appointment(stage)
    window = stage.show(workspace)
    stage.desk.person_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def day_of_appointments(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    _appointment(stage)
    workspace.go_to("day")
    return stage.show(workspace)


def appointment(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    form = making.form_of(stage.desk.database, _appointment(stage))
    return stage.show_dialog(lambda behind: AppointmentDialog(stage.desk.database, replace(form, id=None), behind))


def card_of_an_appointment(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    id_ = _appointment(stage)
    return stage.show_paper(lambda behind: paper_of_appointment(stage.desk, id_, behind))


def _appointment(stage: Stage) -> UUID:
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    starts = datetime.combine(date.today(), time(23))
    return making.give(stage.desk.database, SaveAppointment(None, person, starts, 45, case=_case(stage)))


def no_case(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("cases")
    return stage.show(workspace)


def case_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("cases")
    window = stage.show(workspace)
    stage.desk.case_asked.emit(_case(stage))
    return stage.show_window(window)


def cases_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    workspace = window.findChild(Workspace)
    assert workspace is not None
    _case(stage)
    workspace.people.file.show_tab("cases")
    panel = window.findChild(CasesPanel)
    assert panel is not None
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    return stage.show_window(window)


def catalogue(stage: Stage) -> QWidget:
    workspace = stage.workspace("cases")
    presenter = workspace.presenter("cases")
    assert isinstance(presenter, CasesPresenter)
    window = stage.show(workspace)
    presenter.view.show_page(Page.CATALOGUE)
    presenter.view.catalogue.chosen.emit("carte_grise")
    return stage.show_window(window)


def new_case(stage: Stage) -> QWidget:
    def made(behind: QWidget) -> QDialog:
        dialog = CaseDialog(stage.desk.database, SaveCase(name="Retrouver ses photos"), behind)
        dialog.procedure.field.setText("Retrouver ses photos")
        dialog.save()
        return dialog

    return stage.show_dialog(made)


def own_procedure(stage: Stage) -> QWidget:
    return stage.show_dialog(lambda behind: ProcedureDialog(stage.desk.database, SaveProcedure(), behind))


def paper_of_a_case(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    id_ = _case(stage)
    return stage.show_paper(lambda behind: paper_of_case(stage.desk, id_, behind))


def _case(stage: Stage) -> UUID:
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    command = SaveCase(beneficiary=person, procedure="carte_grise", deadline=date.today())
    return cases.save(stage.desk.database, command)


def no_statistics(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    window = stage.show(workspace)
    workspace.go_to("statistics")
    return stage.wait(window, _statistics(workspace).view.empty.isVisible)


def statistics(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    workspace.go_to("statistics")
    presenter = _statistics(workspace)
    stage.wait(window, presenter.view.area.isVisible)
    for button in window.findChildren(InfoButton):
        button.click()
    presenter.view.page.done.card.show_table(True)
    return stage.show_window(window)


def sheets(stage: Stage) -> QWidget:
    own.save(stage.desk.database, SHEET)
    return stage.show(stage.workspace("sheets"))


def sheet(stage: Stage) -> QWidget:
    id_ = own.save(stage.desk.database, SHEET.replace("duree = 10", "duree = 10\na_verifier = true"))
    workspace = stage.workspace("sheets")
    window = stage.show(workspace)
    stage.desk.sheet_asked.emit(str(id_))
    presenter = workspace.presenter("sheets")
    assert isinstance(presenter, SheetsPresenter)
    presenter.view.panel.show_fault(SENTENCE)
    return stage.show_window(window)


def sheet_being_written(stage: Stage) -> QWidget:
    dialogs: list[EditorPresenter] = []

    def dialog(behind: QWidget) -> QDialog:
        dialogs.append(EditorPresenter(stage.desk, "nouvelle", None, write(blank(date(2026, 11, 24))), behind))
        dialogs[0].dialog.show_fault(SENTENCE)
        dialogs[0].dialog.resumed.show()
        return dialogs[0].dialog

    return stage.show_dialog(dialog)


def _statistics(workspace: Workspace) -> StatisticsPresenter:
    presenter = workspace.presenter("statistics")
    assert isinstance(presenter, StatisticsPresenter)
    return presenter


def report(stage: Stage) -> QWidget:
    recorded(stage.desk.database)
    return stage.show_paper(lambda behind: ReportPresenter(stage.desk, ActivityFilter(), behind))


def report_of_two_dates(stage: Stage) -> QWidget:
    filter_ = ActivityFilter(since=date(2026, 11, 3), until=date(2026, 11, 24))
    return stage.show_paper(lambda behind: ReportPresenter(stage.desk, filter_, behind))


def file_of_a_person(stage: Stage) -> QWidget:
    id_ = a_beneficiary(stage.desk.database, "de La Tour-Vernhet", "Marie-Thérèse")
    return stage.show_paper(lambda behind: PersonFilePresenter(stage.desk, id_, behind))


def synchronisation(stage: Stage) -> QWidget:
    return stage.show(stage.workspace("synchronisation"))


def waiting_to_join(stage: Stage) -> QWidget:
    workspace = stage.workspace("synchronisation")
    view = _synchronisation(workspace)
    view.joining.show_asking(Asking("https://passerelle.exemple.fr", "ABCDEFGHJKMN", "NXSD-4JDQ"))
    view.joining.show_fault(SENTENCE)
    view.show_membership(is_in=False, is_asking=True)
    return stage.show(workspace)


def computers_of_the_notebook(stage: Stage) -> QWidget:
    workspace = stage.workspace("synchronisation")
    view = _synchronisation(workspace)
    names = ("PC-FLORAC-03", True, True), ("PORTABLE-DE-LA-MEDIATHEQUE", False, True), ("", False, False)
    members = tuple(
        Member(new_id(), name, "Marie-Thérèse de La Tour-Vernhet", is_mine, is_known, last_at=0)
        for name, is_mine, is_known in names
    )
    request = JoinRequest(new_id(), "NXSD-4JDQ", bytes(32), bytes(32))
    view.computers.show_computers(Computers(members, (request,)), date.today())
    view.computers.show_invitation(Invitation("https://passerelle.exemple.fr", "ABCD-EFGH-JKMN", 24))
    view.show_membership(is_in=True, is_asking=False)
    window = stage.show(workspace)
    for row in view.findChildren(ComputerRow)[:2]:
        row.findChildren(QPushButton)[0].click()
    return stage.show_window(window)


def _synchronisation(workspace: Workspace) -> SynchronisationView:
    presenter = workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    return presenter.view


def lost_version_of_an_activity(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    workspace.activities.view.select_row(1)
    panel = workspace.activities.view.detail
    shown = panel.shown_id()
    assert shown is not None
    panel.show_detail(replace(activity_detail.detail(stage.desk.database, shown), lost=(LOST,)))
    return stage.show_window(window)


def lost_version_of_a_person(stage: Stage) -> QWidget:
    id_ = a_beneficiary(stage.desk.database, "Fabre", "Lucette", notes="Du collègue")
    a_lost_note(stage.desk.database, RecordKind.BENEFICIARY, id_, mine="Les miennes")
    known = beneficiaries.form_of(stage.desk.database, id_)
    return stage.show_dialog(lambda behind: PersonDialog(stage.desk.database, known, behind))


def settings(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.places.section.add.click()
    presenter.employers.section.add.click()
    presenter.employers.section.form.since.set_value(date(2026, 9, 1))
    presenter.employers.section.form.show_faults({"siret": SENTENCE, "since": SENTENCE})
    presenter.data.section.show_batches([BATCH, replace(BATCH, undone=True)])
    presenter.data.section.show_trouble(SENTENCE)
    presenter.security.open_choice(has_store=True).choose(store=False)
    presenter.backups.section.show_copies([_copy(stage)] * 3, SENTENCE, date.today())
    presenter.backups.section.show_trouble(SENTENCE)
    _unfold(presenter.view)
    return stage.show(workspace)


def file_being_read(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.data.section.show_working(f"Lecture de «\u00a0{BATCH.file}\u00a0»")
    return stage.show(workspace)


def file_to_import(stage: Stage) -> QWidget:
    page = PreviewPage(PREVIEW)
    page.show_not_done(SENTENCE, can_read_again=True)
    return stage.show(page)


def file_being_imported(stage: Stage) -> QWidget:
    page = PreviewPage(PREVIEW)
    page.show_working()
    return stage.show(page)


def export(stage: Stage) -> QWidget:
    everything = ActivityFilter()
    return stage.show_dialog(lambda behind: ExportDialog(ExportKind.ACCOMPANIMENTS, everything, date.today(), behind))


def export_done(stage: Stage) -> QWidget:
    def made(behind: QWidget) -> QDialog:
        dialog = ExportDialog(ExportKind.STATISTICS, ActivityFilter(), date.today(), behind)
        dialog.show_done(SENTENCE)
        return dialog

    return stage.show_dialog(made)


def copy_to_restore(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.view.open_page(RestorePage(_copy(stage), CONTENTS))
    return stage.show(workspace)


def notebook_to_mend(stage: Stage) -> QWidget:
    with stage.desk.database.receive() as work:
        news.tell(work, SENTENCE)
    window = stage.show(stage.workspace())
    stage.desk.damaged.emit()
    return stage.show_window(window)


def copy_to_open(stage: Stage) -> QWidget:
    page = UnlockPage(can_leave=True)
    page.show_error(SENTENCE)
    return stage.show(page)


def contents_of_a_copy(stage: Stage) -> QWidget:
    page = ContentsPage(_copy(stage), CONTENTS)
    page.show_error(SENTENCE)
    return stage.show(page)


def places_to_import(stage: Stage) -> QWidget:
    return stage.show(ImportPage(NATIONAL_FILE.name, read(NATIONAL_FILE), frozenset()))


def welcome(stage: Stage) -> QWidget:
    page = SetUpPage(new_code(), has_store=True)
    page.choice.choose(store=False)
    page.show_errors({"name": "Indiquez votre nom.", "passphrase": SENTENCE}, SENTENCE)
    return stage.show(page)


def recovery_sheet(stage: Stage) -> QWidget:
    page = SetUpPage(new_code(), has_store=True)
    page.show_errors({}, SENTENCE)
    return stage.show(page)


def lock(stage: Stage) -> QWidget:
    page = UnlockPage("Carnet de démonstration")
    page.ask_passphrase("Le carnet est verrouillé.")
    page.show_error(SENTENCE)
    return stage.show(page)


def recovery_code(stage: Stage) -> QWidget:
    page = UnlockPage()
    page.ask_recovery("Tapez le code.", can_go_back=True)
    return stage.show(page)


def new_lock(stage: Stage) -> QWidget:
    return stage.show(RenewPage(has_store=True))


def trouble(stage: Stage) -> QWidget:
    page = TroublePage("C:/Users/camille.fabre/AppData/Local/Passerelle")
    page.say(SENTENCE, is_lost=True)
    return stage.show(page)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    first_day, day_with_a_draft, accompaniment, anonymous_person_refused, workshop, person, no_activity,
    activities_by_day, table_of_activities, activities_of_a_person, nobody, people, somebody_known_already, duplicates,
    history_of_a_person,
    details_of_a_person, no_case, case_of_a_person, cases_of_a_person, catalogue, new_case, own_procedure,
    no_assessment, assessments_of_a_person, question_of_an_assessment, finer_grid,
    paper_of_a_case, appointments_of_a_person, day_of_appointments, appointment, card_of_an_appointment,
    sheets, sheet, sheet_being_written, no_statistics, statistics, report,
    report_of_two_dates, file_of_a_person, synchronisation, waiting_to_join,
    computers_of_the_notebook,
    lost_version_of_an_activity, lost_version_of_a_person, settings, places_to_import, welcome, recovery_sheet, lock,
    recovery_code, new_lock, trouble, file_being_read, file_to_import, file_being_imported, export, export_done,
    copy_to_restore, notebook_to_mend, copy_to_open, contents_of_a_copy,
)  # fmt: skip


@pytest.fixture
def stage(desk: Desk, qtbot: QtBot) -> Stage:
    return Stage(desk, qtbot)


@pytest.fixture
def _large_text(desk: Desk, qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Settings("clair", 200))
    yield
    theme.apply(qapp, Settings("clair"))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_place_of_the_keyboard_has_a_name(screen: Callable[[Stage], QWidget], stage: Stage) -> None:
    window = screen(stage)
    places = list(_places_of_the_keyboard(window))
    assert places
    assert [_told(one) for one in places if not _name(one)] == []


@pytest.mark.usefixtures("_large_text")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_at_200_percent_nothing_is_out_of_reach(screen: Callable[[Stage], QWidget], stage: Stage) -> None:
    window = screen(stage)
    assert (window.width() <= WIDTH, window.height() <= HEIGHT) == (True, True), window.size()
    assert [_told(one) for one in _places_of_the_keyboard(window) if not _can_be_reached(one)] == []


def test_a_control_cut_by_its_page_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    cut = QWidget(page)
    cut.setGeometry(350, 10, 100, 30)
    page.resize(400, 300)
    page.show()
    assert not _can_be_reached(cut)


def _places_of_the_keyboard(window: QWidget) -> Iterator[QWidget]:
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one.focusProxy() is None:
            yield one


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name)


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} « {_name(widget)} » in {type(widget.parentWidget()).__name__}"


def _can_be_reached(widget: QWidget) -> bool:
    """Whether every parent shows the whole of it, or can be scrolled to it."""
    rect, here = QRect(QPoint(), widget.size()), widget
    while not here.isWindow():
        around = here.parentWidget()
        if around is None:
            break
        rect.translate(here.pos())
        area = around.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is around:
            rect = _once_scrolled(rect, area)
        if not around.rect().adjusted(-1, -1, 1, 1).contains(rect):
            return False
        here = around
    return True


def _once_scrolled(rect: QRect, area: QAbstractScrollArea) -> QRect:
    """The same rectangle, brought into the viewport along the ways that scroll."""
    seen, never = area.viewport().rect(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    scrolled = QRect(rect)
    if area.horizontalScrollBarPolicy() is not never:
        scrolled.setLeft(0)
        scrolled.setWidth(min(rect.width(), seen.width()))
    if area.verticalScrollBarPolicy() is not never:
        scrolled.moveTop(0)
        scrolled.setHeight(min(rect.height(), seen.height()))
    return scrolled
