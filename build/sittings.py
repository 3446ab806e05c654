"""What is done before each picture, through the real widgets: a first run, and a working day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from app.demonstration import PEOPLE
from app.models.computer import Computer
from app.options import DEMONSTRATION_PASSPHRASE
from app.self_test import Hand
from app.services import access, backups, beneficiaries, people_lists, tags
from app.services.assessments import history
from app.services.backup_files import list_in
from app.services.commands import ActivityFilter
from app.services.mandates import lists as mandate_lists
from app.services.privacy import consent
from app.services.progress import Progress
from app.sync.light import LightState
from app.ui import theme
from app.ui.activities.listing import TABLE
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.assessments.person_panel import AssessmentsPanel
from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.view import Page
from app.ui.gate.contents_page import ContentsPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from app.ui.mandates.panel import DocumentsPanel
from app.ui.mandates.presenter import NewMandatePresenter
from app.ui.people.file_view import PersonFileView
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.preferences.restore_page import RestorePage
from app.ui.privacy.panel import PrivacyPanel
from app.ui.privacy.sheet_presenter import InformationSheetPresenter
from app.ui.reports.paper_dialog import HEIGHT, WIDTH
from app.ui.reports.presenter import PersonFilePresenter, ReportPresenter
from app.ui.sheets.presenter import SheetsPresenter
from app.ui.statistics.presenter import StatisticsPresenter
from app.ui.synchronisation.enrolment_form import Enrol
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.type_ahead import TypeAhead
from build.exchange_sitting import exchange
from protocol.vocabulary import Consent, Topic

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.ui.desk import Desk
    from app.ui.recording.form_view import FormView
    from app.ui.synchronisation.view import SynchronisationView
    from app.ui.workspace import Workspace
    from bench.link import CuttableLink

NATIONAL_FILE = Path(__file__).resolve().parent.parent / "tests" / "data" / "lieux-charente-20230711.json"
PASSPHRASE = "un chemin pavé de mots simples"
ABOVE = 40
"""Of the part of the figures that a picture is of: its title (pixels)."""
GUESTS = 15
"""Named participants of the workshop of the picture."""


class Sitting(Hand):
    """A hand that works in the program and takes the pictures that are wanted: all of them where `wanted` is None."""

    def __init__(self, program: "Program", target: Path, wanted: frozenset[str] | None, suffix: str) -> None:
        self.program, self._folder, self._wanted, self._suffix = program, target, wanted, suffix

    @property
    def workspace(self) -> "Workspace":
        """The open notebook."""
        self.wait(lambda: self.program.workspace)
        assert self.program.workspace is not None
        return self.program.workspace

    @property
    def desk(self) -> "Desk":
        """What its screens share."""
        assert self.program.desk is not None
        return self.program.desk

    @property
    def form(self) -> "FormView":
        """The recording form."""
        return self.workspace.recording.view

    def picture(self, name: str, is_told: bool = False) -> None:
        """Take a picture of the window, or of a dialog over it; `is_told` keeps the line that says what was done."""
        self.rest()
        if self._wanted is None or name in self._wanted:
            self.wait(lambda: is_told or not self.program.workspace or not self.program.workspace.notice)
            front = QApplication.activeWindow() or self.program.window
            shown = front.grab()
            if popup := QApplication.activePopupWidget():
                with QPainter(shown) as painter:
                    painter.drawPixmap(front.mapFromGlobal(popup.pos()), popup.grab())
            file = name if self._wanted is None else f"{name}-{self._suffix}"
            shown.save(str(self._folder / f"{file}.png"), "PNG", 0)

    def show(self, screen: str, name: str) -> None:
        """Take a picture of a screen of the rail."""
        self.workspace.go_to(screen)
        self.picture(name)

    def write(self, text: str) -> None:
        """Type a text with its accents, as an input method does."""
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(self._target(), typed)
        self.pressed()

    def pick(self, typed: str, down: int = 0) -> None:
        """Type letters, go down the list, and take the answer."""
        self.type(typed)
        self.rest(80)
        for _ in range(down):
            self.press("Down")
        self.press("Return")
        self.rest(80)

    def leave_form(self) -> None:
        """Save the form and wait until it is closed."""
        self.press("Ctrl+Return")
        self.wait(lambda: not self.form.isVisible())


def first_run(hand: Sitting) -> None:
    """From the first opening to an empty notebook."""
    hand.wait(lambda: hand.program.gate.widget.findChild(SetUpPage))
    page = hand.program.gate.widget.findChild(SetUpPage)
    assert page is not None
    hand.write("Camille Fabre")
    for field in (page.choice.passphrase.field, page.choice.again.field):
        field.setFocus()
        hand.write(PASSPHRASE)
    hand.picture("bienvenue")
    page.go_on.click()
    hand.picture("feuille-de-secours")
    page.recovery.proof.setFocus()
    hand.type(page.recovery.code()[-4:].lower())
    page.go_on.click()
    hand.show("day", "premier-jour")
    hand.show("activities", "activites-vide")


def notebook(hand: Sitting, link: "CuttableLink", code: str) -> None:
    """A working day in a filled notebook, sent at its end."""
    hand.wait(lambda: hand.workspace.recording)
    _leave_a_draft(hand)
    hand.show("day", "ma-journee")
    _accompaniments(hand)
    _workshop(hand)
    _lists(hand)
    _people(hand)
    _sheets(hand)
    _privacy(hand)
    _statistics(hand)
    _mandates(hand)
    _papers(hand)
    _cases(hand)
    _assessments(hand)
    _preferences(hand)
    exchange(hand)
    _send(hand, link, code)


def colleague(hand: Sitting, other: Sitting, link: "CuttableLink") -> None:
    """A colleague's computer asks to join the notebook, and is let in by its short code."""
    hand.program.window.activateWindow()
    _introduce(hand, "PC-FLORAC", "Camille Fabre")
    hand.show("synchronisation", "ordinateur-seul")
    here, there = _synchronisation(hand), _synchronisation(other)
    _button(here, "Ajouter un ordinateur ou un collègue").click()
    hand.wait(here.computers.invitation.isVisible)
    here.ensureWidgetVisible(here.computers.invitation)
    hand.picture("ajouter-ordinateur")
    access.rename_advisor(other.desk.database, "Jeanne Roux")
    other.workspace.go_to("synchronisation")
    there.enrolment.submitted.emit(Enrol(link.url, here.computers.invitation.code()))
    other.wait(there.joining.isVisible)
    other.program.window.activateWindow()
    there.joining.setFocus()
    other.picture("en-attente")
    hand.program.window.activateWindow()
    hand.wait(lambda: there.joining.short_code() in here.computers.said())
    here.ensureWidgetVisible(_button(here, "Refuser"))
    hand.picture("autoriser")
    _button(here, "Autoriser").click()
    other.wait(there.computers.isVisible)
    _introduce(other, "PORTABLE-2", "Jeanne Roux")
    for each in (other, hand):
        assert each.desk.sync is not None
        each.desk.sync.ask_now()
        each.rest(1500)
    hand.wait(lambda: "Jeanne Roux" in here.computers.said())
    hand.wait(lambda: hand.desk.sync and hand.desk.sync.light.state is LightState.UP_TO_DATE)
    hand.picture("ordinateurs")


def lock(hand: Sitting) -> None:
    """The notebook closed at the end of the day."""
    hand.program.window.activateWindow()
    hand.press("Ctrl+L")
    hand.wait(lambda: hand.program.workspace is None)
    hand.picture("verrou")


def new_computer(hand: Sitting, copy: Path) -> None:
    """A copy brought on a stick, then a notebook that is damaged where no copy is left."""
    gate, program = hand.program.gate, hand.program
    hand.wait(lambda: gate.widget.findChild(SetUpPage))
    gate.open_copy(copy)
    hand.wait(lambda: isinstance(gate.widget.currentWidget(), UnlockPage))
    hand.picture("reprendre-une-copie")
    hand.type(DEMONSTRATION_PASSPHRASE)
    hand.press("Return")
    hand.wait(lambda: isinstance(gate.widget.currentWidget(), ContentsPage))
    hand.picture("contenu-de-la-copie")
    hand.press("Space")
    hand.show("day", "carnet-de-retour")
    hand.desk.damaged.emit()
    hand.picture("carnet-a-reparer")
    hand.press("Ctrl+L")
    hand.wait(lambda: program.workspace is None)
    program.paths.database.write_bytes(bytes(4096))
    hand.type(DEMONSTRATION_PASSPHRASE)
    hand.press("Return")
    hand.wait(lambda: isinstance(gate.widget.currentWidget(), TroublePage))
    hand.picture("carnet-abime")


def _introduce(hand: Sitting, computer: str, advisor: str) -> None:
    """Let a computer bear a name of a town hall rather than that of the one that draws."""
    access.rename_advisor(hand.desk.database, advisor)
    with hand.desk.database.work() as work:
        known = work.find(Computer, UUID(work.get_state("sync.device")))
        assert known is not None
        work.save(replace(known, name=computer))


def _synchronisation(hand: Sitting) -> "SynchronisationView":
    presenter = hand.workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    return presenter.view


def _button(page: QWidget, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def _leave_a_draft(hand: Sitting) -> None:
    hand.press("Ctrl+N")
    hand.pick("pages")
    hand.workspace.go_to("day")


def _accompaniments(hand: Sitting) -> None:
    hand.press("Ctrl+N")
    hand.type("del")
    hand.picture("qui")
    hand.press("Return")
    _answer(hand, Topic.ADMINISTRATIVE_HELP, Topic.EMAIL)
    hand.tab_into(hand.form.procedures.findChild(TypeAhead))
    hand.pick("carte grise")
    _say(hand, "A su joindre le justificatif seule. Revoir l’envoi de pièces jointes.")
    _to_top(hand)
    hand.picture("accompagnement")
    hand.leave_form()
    hand.picture("enregistre", is_told=True)
    hand.press("Ctrl+N")
    hand.type("Personne inconnue")
    hand.press("Ctrl+Return")
    hand.picture("accompagnement-erreurs")
    _dialog(hand)
    hand.press("Ctrl+N")
    _answer(hand, Topic.BROWSING)
    for fold in hand.form.findChildren(Collapsible):
        if fold.isVisible():
            fold.set_open(True)
    hand.picture("anonyme")
    hand.tab_into(hand.form.anonymous.findChild(ChipGroup))
    hand.picture("anonyme-details")
    hand.press("Esc")
    hand.picture("annule", is_told=True)


def _dialog(hand: Sitting) -> None:
    hand.form.focus_first()
    hand.press("Ctrl+A")
    hand.type("Fabregue Lucette")
    hand.rest(80)
    hand.press("Return")
    hand.wait(lambda: QApplication.activeWindow() is not hand.program.window)
    hand.picture("nouvelle-personne")
    hand.press("Esc")
    hand.program.window.activateWindow()
    hand.press("Esc")
    hand.press("Esc")


def _workshop(hand: Sitting) -> None:
    known = beneficiaries.search(hand.desk.database, "", limit=GUESTS)
    people = tuple(one.id for one in known)
    hand.press("Ctrl+Shift+N")
    hand.desk.form_asked.emit(replace(hand.form.command(), title="Déjouer les arnaques", participants=people))
    hand.tab_into(hand.form.workshop.findChild(Stepper))
    hand.type("8")
    _answer(hand, Topic.DIGITAL_SAFETY, duration=5)
    _to_top(hand)
    hand.picture("atelier")
    hand.tab_into(hand.form.workshop.findChild(Collapsible))
    hand.press("Right")
    hand.picture("atelier-details")
    hand.leave_form()


def _cases(hand: Sitting) -> None:
    hand.show("cases", "demarches")
    presenter = hand.workspace.presenter("cases")
    assert isinstance(presenter, CasesPresenter)
    hand.press("Down")
    hand.press("Return")
    hand.press("Down")
    hand.picture("demarche")
    hand.press("Esc")
    presenter.view.show_page(Page.CATALOGUE)
    presenter.view.catalogue.search.setFocus()
    hand.type("carte")
    hand.press("Return")
    hand.press("Down")
    hand.picture("catalogue")
    presenter.view.show_page(Page.FOLLOWED)


def _lists(hand: Sitting) -> None:
    hand.show("activities", "activites")
    view = hand.workspace.activities.view
    view.detail.close_panel()
    hand.picture("activites-sans-detail")
    view.style_changed.emit(TABLE)
    view.filters.open_period()
    hand.picture("filtre-periode")
    hand.press("Esc")
    hand.wait(lambda: QApplication.activePopupWidget() is None)
    hand.program.window.activateWindow()
    view.filters.search.setFocus()
    hand.type("florac")
    hand.rest(300)
    hand.picture("tableau")
    hand.press("Ctrl+K")
    hand.picture("recherche-vide")
    hand.type("mar")
    hand.picture("recherche")
    hand.press("Esc")
    hand.press("Esc")


def _privacy(hand: Sitting) -> None:
    """The tab of a person who no longer agrees, what erasing asks, the sheet handed over, who is about to go."""
    desk = hand.desk
    people = [one.id for one in beneficiaries.search(desk.database, "", limit=60)]
    told = next(one for one in people if consent.of(desk.database, one).choices.consent is Consent.WITHDRAWN)
    desk.person_asked.emit(told)
    files = hand.workspace.findChildren(PersonFileView)
    files[0].tabs.choose("privacy")
    hand.rest(200)
    hand.picture("confidentialite")
    [panel] = hand.workspace.findChildren(PrivacyPanel)
    panel.erase.click()
    hand.wait(lambda: QApplication.activeWindow() is not hand.program.window)
    hand.picture("effacer")
    hand.press("Esc")
    hand.program.window.activateWindow()
    sheet = InformationSheetPresenter(desk, told, hand.workspace)
    sheet.open()
    _picture_of_paper(hand, sheet, "feuille-d-information")
    desk.privacy_asked.emit()
    hand.rest(400)
    hand.picture("vie-privee")


def _people(hand: Sitting) -> None:
    hand.show("people", "beneficiaires")
    hand.press("Ctrl+F")
    hand.type("dlemas")
    hand.rest(200)
    hand.picture("beneficiaires-faute-de-frappe")
    hand.press("Esc")
    (often,) = people_lists.page(hand.desk.database, sort="accompaniments", descending=True, limit=1).rows
    hand.desk.person_asked.emit(often.id)
    hand.picture("parcours")
    hand.press("Ctrl+E")
    hand.picture("coordonnees")
    hand.press("Esc")
    hand.desk.duplicates_asked.emit()
    hand.rest(800)
    hand.picture("doublons")
    hand.press("Esc")


def _sheets(hand: Sitting) -> None:
    """The sheets: the list, one as it will be printed, one that the advisor writes."""
    hand.show("sheets", "fiches")
    presenter = hand.workspace.presenter("sheets")
    assert isinstance(presenter, SheetsPresenter)
    presenter.select("envoyer-un-e-mail")
    hand.wait(lambda: presenter.view.panel.preview.count > 1 and presenter.paper.is_at_rest)
    hand.picture("fiche")
    presenter.view.new.click()
    hand.picture("fiche-nouvelle")
    hand.press("Esc")


def _statistics(hand: Sitting) -> None:
    presenter = hand.workspace.presenter("statistics")
    assert isinstance(presenter, StatisticsPresenter)
    hand.workspace.go_to("statistics")
    hand.wait(lambda: presenter.counted_filter == presenter.filter)
    hand.picture("statistiques")
    page, bar = presenter.view.page, presenter.view.area.verticalScrollBar()
    for part, name in ((page.done, "statistiques-themes"), (page.where, "statistiques-lieux"), (page.paths, "progres")):
        bar.setValue(part.mapTo(page, QPoint()).y() - ABOVE)
        hand.picture(name)
    bar.setValue(0)
    presenter.view.filters.open_menu("Personne")
    hand.picture("filtre-personne")
    hand.press("Esc")
    hand.wait(lambda: QApplication.activePopupWidget() is None)
    hand.program.window.activateWindow()


def _assessments(hand: Sitting) -> None:
    """The digital assessment of somebody who had two: the result, a question."""
    database = hand.desk.database
    known = (one.id for one in beneficiaries.search(database, "", limit=PEOPLE))
    hand.desk.person_asked.emit(next(one for one in known if len(history.of_person(database, one)) > 1))
    hand.workspace.people.file.show_tab("assessments")
    panel = hand.workspace.people.file.view.panel("assessments")
    assert isinstance(panel, AssessmentsPanel)
    hand.picture("diagnostic")
    panel.begin()
    hand.wait(lambda: isinstance(QApplication.activeWindow(), InterviewDialog))
    hand.type("o1")
    hand.picture("diagnostic-question")
    hand.press("Esc")
    hand.program.window.activateWindow()


def _mandates(hand: Sitting) -> None:
    """The documents of somebody whose mandate ends soon, and a new one to sign."""
    (soon, *_) = mandate_lists.ending(hand.desk.database, date.today())
    hand.desk.person_asked.emit(soon.beneficiary)
    hand.workspace.people.file.show_tab("documents")
    panel = hand.workspace.people.file.view.panel("documents")
    assert isinstance(panel, DocumentsPanel)
    panel.list.select(soon.id)
    hand.picture("documents")
    panel.new_mandate()
    _picture_of_paper(hand, hand.program.window.findChildren(NewMandatePresenter)[0], "mandat-nouveau")


def _papers(hand: Sitting) -> None:
    """The report of an employer, and the file of the person who came most."""
    hand.desk.report_asked.emit(ActivityFilter())
    report = hand.workspace.findChildren(ReportPresenter)[0]
    hand.wait(lambda: QApplication.activeWindow() is report.dialog)
    for field, words in (
        (report.form.structure, "Communauté de communes Gorges Causses Cévennes"),
        (report.form.place, "Florac"),
        (report.form.highlights[0], "L’atelier « Ma tablette » est complet : un second est ouvert le jeudi."),
        (report.form.highlights[1], "Six personnes viennent désormais seules à la permanence."),
    ):
        field.setFocus()
        hand.write(words)
    _picture_of_paper(hand, report, "rapport")
    hand.desk.person_file_asked.emit(beneficiaries.search(hand.desk.database, "", limit=1)[0].id)
    _picture_of_paper(hand, hand.workspace.findChildren(PersonFilePresenter)[0], "fiche-de-suivi")


def _picture_of_paper(
    hand: Sitting,
    paper: ReportPresenter | PersonFilePresenter | InformationSheetPresenter | NewMandatePresenter,
    name: str,
) -> None:
    dialog, window = paper.dialog, hand.program.window
    dialog.resize(min(theme.px(WIDTH), window.width()), min(theme.px(HEIGHT), window.height()))
    hand.rest(600)
    hand.wait(lambda: paper.paper.is_at_rest and dialog.preview.count > 0)
    hand.picture(name)
    dialog.reject()
    hand.rest()
    hand.program.window.activateWindow()


def _preferences(hand: Sitting) -> None:
    for name in ("Jeunes", "Parents d’élèves", "Seniors"):
        tags.create(hand.desk.database, name)
    presenter = hand.workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    _make_copies(hand)
    hand.show("preferences", "apparence")
    index = {line.text(): line for line in presenter.view.findChildren(RailButton)}
    for word, name in (
        ("Mes lieux", "lieux"),
        ("Étiquettes", "etiquettes"),
        ("Sauvegardes", "sauvegardes"),
        ("Sécurité", "securite"),
        ("À propos", "a-propos"),
    ):
        index[word].click()
        hand.picture(name)
    _restore(hand, presenter, index["Sauvegardes"])
    presenter.places.section.add.click()
    index["Mes lieux"].click()
    hand.picture("lieu-nouveau")
    presenter.places.section.close_form()
    presenter.places.read(NATIONAL_FILE)
    hand.wait(lambda: presenter.view.findChild(ImportPage))
    hand.picture("import")
    presenter.view.close_page(presenter.view.currentWidget() or QWidget())


def _make_copies(hand: Sitting) -> None:
    """Those of the last days; the oldest lacks what was recorded since."""
    this_morning = datetime.now().replace(hour=9, minute=12)
    for days in (9, 6, 5, 4, 3, 0):
        backups.make(hand.desk.database, hand.desk.paths, Progress(), this_morning - timedelta(days=days))


def _restore(hand: Sitting, presenter: PreferencesPresenter, index: RailButton) -> None:
    section = presenter.backups.section
    section.fold.set_open(True)
    hand.rest()
    index.click()
    hand.picture("copies")
    hand.press("Ctrl+N")
    _answer(hand, Topic.EMAIL)
    hand.leave_form()
    hand.workspace.go_to("preferences")
    section.restore_asked.emit(list_in(hand.desk.paths.backups)[1])
    hand.wait(lambda: presenter.view.findChild(RestorePage))
    hand.picture("restaurer")
    presenter.view.close_page(presenter.view.currentWidget() or QWidget())
    section.fold.set_open(False)


def _send(hand: Sitting, link: "CuttableLink", code: str) -> None:
    lane = hand.desk.sync
    assert lane is not None
    hand.show("synchronisation", "inscription")
    for line in (link.url, code):
        hand.type(line)
        hand.press("Tab")
    hand.press("Space")
    hand.wait(lambda: lane.light.state is LightState.UP_TO_DATE)
    link.cut()
    hand.press("Ctrl+N")
    _answer(hand, Topic.EMAIL)
    hand.leave_form()
    lane.ask_now()
    hand.wait(lambda: lane.light.state is LightState.OFFLINE)
    hand.show("synchronisation", "hors-connexion")
    _courier(hand)
    link.restore()
    hand.press("Shift+Tab")
    lane.ask_now()
    hand.wait(lambda: lane.light.state is LightState.UP_TO_DATE)
    screen = hand.workspace.presenter("synchronisation")
    assert isinstance(screen, SynchronisationPresenter)
    hand.wait(lambda: "injoignable" not in screen.view.computers.said())
    hand.show("synchronisation", "synchronisation")
    hand.show("day", "ma-journee-soir")


def _courier(hand: Sitting) -> None:
    presenter = hand.workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    stick = hand.program.paths.root / "cle"
    stick.mkdir()
    presenter.carrying.write(stick)
    hand.wait(presenter.view.courier.said)
    hand.picture("courrier")
    presenter.view.verticalScrollBar().setValue(0)


def _answer(hand: Sitting, *topics: Topic, duration: int = 1) -> None:
    group = hand.form.what.findChild(ChipGroup)
    assert group is not None
    for topic in topics:
        group.chip(topic).click()
    picker = hand.form.when.findChild(DurationPicker)
    assert picker is not None
    hand.tab_into(picker)
    hand.press("Home")
    for _ in range(duration):
        hand.press("Right")
    hand.press("Space")


def _say(hand: Sitting, notes: str) -> None:
    hand.tab_into(hand.form.findChild(NotesEdit))
    hand.write(notes)


def _to_top(hand: Sitting) -> None:
    hand.form.focus_first()
    page = hand.form.findChild(QScrollArea)
    assert page is not None
    page.verticalScrollBar().setValue(0)
