"""Appointments as an advisor gives and follows them: with the keyboard first, over a real notebook."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activities, activity_lists, cases, guides
from app.services.appointments import card, lists, making
from app.services.appointments.rows import AppointmentRow, SaveAppointment
from app.services.commands import SaveCase
from app.ui.appointments import paper
from app.ui.appointments.dialog import AppointmentDialog
from app.ui.appointments.menus import AppointmentList, StatusButton
from app.ui.cases.person_panel import CasesPanel
from app.ui.day.presenter import DayPresenter
from app.ui.desk import Desk
from app.ui.paper.document import LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.people.history_panel import HistoryPanel
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.workspace import Workspace
from protocol.vocabulary import AppointmentStatus, RecordKind
from tests.notebook import a_beneficiary, a_lost_note, a_place
from tests.ui.forms import CTRL, NONE, SHIFT, chip, errors, focused

Key = Qt.Key
TODAY = date.today()
TOMORROW = TODAY + timedelta(days=1)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagateSizeHints)")
"""What the offscreen platform says of every menu."""


@pytest.fixture
def jeanne(database: Database) -> UUID:
    return a_beneficiary(database)


@pytest.fixture
def undo(desk: Desk) -> list[object]:
    """What « Annuler » does, the last one last."""
    calls: list[object] = []
    desk.said.connect(lambda _said, call: calls.append(call))
    return calls


def press(key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def letters(text: str) -> None:
    QTest.keyClicks(focused(), text)
    QApplication.processEvents()


def given(database: Database, person: UUID, starts: datetime, **more: object) -> UUID:
    return making.give(database, SaveAppointment(None, person, starts, 60, **more))  # type: ignore[arg-type]


def at(hour: int, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour))


def only(database: Database, person: UUID) -> AppointmentRow:
    (found,) = lists.of_person(database, person)
    return found


def dialog(window: Workspace, desk: Desk, person: UUID) -> AppointmentDialog:
    """The dialog, opened from the file of a person."""
    desk.person_asked.emit(person)
    QApplication.processEvents()
    press(Key.Key_R, CTRL | SHIFT)
    made = QApplication.activeModalWidget()
    assert isinstance(made, AppointmentDialog)
    return made


def test_one_is_given_in_a_few_keys_and_taken_back(
    window: Workspace, desk: Desk, jeanne: UUID, undo: list[object]
) -> None:
    place = a_place(desk.database)
    made = dialog(window, desk, jeanne)
    assert made.day.hasFocus()
    letters("demain")
    press(Key.Key_Tab)
    letters("14h30")
    press(Key.Key_Return)
    assert not made.isVisible()
    row = only(desk.database, jeanne)
    assert (row.starts, row.minutes) == (datetime.combine(TOMORROW, time(14, 30)), 60)
    assert row.place == "Médiathèque de Florac"
    assert making.form_of(desk.database, row.id).place == place
    assert callable(undo[-1])
    undo[-1]()
    assert lists.of_person(desk.database, jeanne) == ()


def test_the_arrows_move_the_day_and_the_hour(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    made = dialog(window, desk, jeanne)
    letters("demain")
    press(Key.Key_PageUp)
    press(Key.Key_Up)
    assert made.day.value() == TODAY + timedelta(days=9)
    for _ in range(12):
        press(Key.Key_Down)
    assert made.day.value() == TODAY, "nothing is given for a day that is past"
    press(Key.Key_Tab)
    press(Key.Key_Up)
    press(Key.Key_PageDown)
    press(Key.Key_Up)
    assert made.hour.value() == time(8, 15)


def test_what_cannot_be_read_is_said_and_stays(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    made = dialog(window, desk, jeanne)
    letters("bof")
    press(Key.Key_Tab)
    letters("truc")
    made.subject.setText("Ses photos")
    press(Key.Key_Return)
    assert len(errors(made)) == 2
    assert made.day.hasFocus()
    assert (made.day.text(), made.hour.text(), made.subject.text()) == ("bof", "truc", "Ses photos")
    made.day.setText("1/1/2020")
    made.hour.setText("9h")
    made.save()
    (fault,) = errors(made)
    assert "passé" in fault
    assert lists.of_person(desk.database, jeanne) == ()


def test_a_time_already_taken_is_said_and_stands_in_nobodys_way(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    given(desk.database, a_beneficiary(desk.database, "Roux", "Marcel"), at(9, TOMORROW))
    made = dialog(window, desk, jeanne)
    letters("demain")
    press(Key.Key_Tab)
    letters("10h")
    assert made.taken.isHidden()
    press(Key.Key_Down)
    assert "Roux Marcel" in made.taken.text()
    assert made.taken.isVisible()
    press(Key.Key_Return)
    assert only(desk.database, jeanne).starts == datetime.combine(TOMORROW, time(9, 45))


def test_health_is_better_not_written(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    made = dialog(window, desk, jeanne)
    assert made.secret.isHidden()
    made.subject.setText("son traitement pour le diabète")
    assert made.secret.isVisible()


def test_a_case_is_carried_to_its_appointment(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    case = cases.save(desk.database, SaveCase(beneficiary=jeanne, procedure="carte_grise"), TODAY)
    desk.person_asked.emit(jeanne)
    window.people.file.show_tab("cases")
    panel = window.people.file.view.panel("cases")
    assert isinstance(panel, CasesPanel)
    panel.follower.show(case)
    panel.panel.focus_first()
    QApplication.processEvents()
    press(Key.Key_R, CTRL | SHIFT)
    made = QApplication.activeModalWidget()
    assert isinstance(made, AppointmentDialog)
    assert made.case.value() == case
    letters("demain")
    made.hour.setText("9h")
    press(Key.Key_Return)
    assert only(desk.database, jeanne).case == case


def history(window: Workspace, desk: Desk, person: UUID) -> HistoryPanel:
    desk.person_asked.emit(person)
    QApplication.processEvents()
    panel = window.people.file.view.panel("history")
    assert isinstance(panel, HistoryPanel)
    return panel


def test_what_is_to_come_stands_first_and_ends_in_one_key(
    window: Workspace, desk: Desk, jeanne: UUID, undo: list[object]
) -> None:
    later, today = given(desk.database, jeanne, at(9, TOMORROW)), given(desk.database, jeanne, at(0))
    panel = history(window, desk, jeanne)
    found = [one.said.appointment.id for one in panel.coming_cards() if one.said.appointment]
    assert found == [today, later]
    status = panel.coming_cards()[0].findChild(StatusButton)
    assert status is not None
    status.setFocus()
    press(Key.Key_A)
    assert lists.one(desk.database, today).status is AppointmentStatus.MISSED
    QApplication.processEvents()
    assert [one.said.appointment.id for one in panel.cards() if one.said.appointment] == [today]
    assert callable(undo[-1])
    undo[-1]()
    assert lists.one(desk.database, today).status is AppointmentStatus.EXPECTED


def test_deleting_is_undone(window: Workspace, desk: Desk, jeanne: UUID, undo: list[object]) -> None:
    given(desk.database, jeanne, at(9, TOMORROW))
    status = history(window, desk, jeanne).coming_cards()[0].findChild(StatusButton)
    assert status is not None
    status.setFocus()
    press(Key.Key_Delete)
    assert lists.of_person(desk.database, jeanne) == ()
    assert callable(undo[-1])
    undo[-1]()
    assert len(lists.of_person(desk.database, jeanne)) == 1


def test_nobody_missed_what_is_for_tomorrow(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    given(desk.database, jeanne, at(9, TOMORROW))
    said: list[str] = []
    desk.said.connect(lambda sentence, _call: said.append(sentence))
    status = history(window, desk, jeanne).coming_cards()[0].findChild(StatusButton)
    assert status is not None
    status.setFocus()
    press(Key.Key_A)
    assert "pas encore eu lieu" in said[-1]
    assert only(desk.database, jeanne).is_expected


def test_moving_one_changes_only_its_day(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    given(desk.database, jeanne, at(9, TOMORROW), subject="Ses papiers", place_note="chez elle")
    status = history(window, desk, jeanne).coming_cards()[0].findChild(StatusButton)
    assert status is not None
    status.setFocus()
    press(Key.Key_M)
    made = QApplication.activeModalWidget()
    assert isinstance(made, AppointmentDialog)
    press(Key.Key_PageUp)
    press(Key.Key_Return)
    row = only(desk.database, jeanne)
    assert row.starts == at(9, TOMORROW) + timedelta(days=7)
    assert (row.subject, row.place_note, row.place) == ("Ses papiers", "chez elle", "")


def test_a_time_that_a_colleague_replaced_is_told_and_taken_back(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    id_ = given(desk.database, jeanne, at(9, TOMORROW))
    a_lost_note(desk.database, RecordKind.APPOINTMENT, id_, f"{TOMORROW.isoformat()}T10:15", field="starts")
    card_ = history(window, desk, jeanne).coming_cards()[0]
    assert card_.warning.startswith("Jeanne Roux a remplacé votre version de «\u00a0Jour et heure\u00a0»")
    status = card_.findChild(StatusButton)
    assert status is not None
    status.setFocus()
    press(Key.Key_M)
    made = QApplication.activeModalWidget()
    assert isinstance(made, AppointmentDialog)
    next(one for one in made.lost.findChildren(QPushButton) if one.text() == "Reprendre ma version").click()
    assert made.hour.value() == time(10, 15)
    assert only(desk.database, jeanne).starts == datetime.combine(TOMORROW, time(10, 15))
    made.reject()


def day_list(window: Workspace) -> AppointmentList:
    window.go_to("day")
    QApplication.processEvents()
    presenter = window.presenter("day")
    assert isinstance(presenter, DayPresenter)
    found = presenter.view.appointments.list
    found.setFocus()
    press(Key.Key_Down)
    return found


def test_a_key_held_by_mistake_takes_one_only(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    for hour in (0, 1, 2):
        given(desk.database, jeanne, at(hour))
    shown = day_list(window)
    for is_held in (False, True, True):
        QApplication.sendEvent(shown, QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_Delete, NONE, "", is_held))
        QApplication.processEvents()
        shown.setCurrentIndex(shown.model().index(0, 0))
    assert len(lists.of_person(desk.database, jeanne)) == 2


def test_from_my_day_enter_begins_the_accompaniment_that_settles_it(
    window: Workspace, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    place = a_place(desk.database)
    id_ = given(desk.database, jeanne, at(0), place=place)
    given(desk.database, jeanne, at(9, TOMORROW))
    shown = day_list(window)
    assert [line.head[0] for line in shown.lines() if line.head] == ["Aujourd’hui", "Demain"]
    press(Key.Key_Return)
    form = window.recording.view
    qtbot.waitUntil(form.isVisible)
    assert form.command().participants == (jeanne,)
    assert (form.command().place, form.command().minutes) == (place, 60)
    chip(form, "Diagnostic numérique").click()
    QTest.keyClick(form, Key.Key_Return, CTRL)
    row = lists.one(desk.database, id_)
    (activity,) = activity_lists.page(desk.database).rows
    assert (row.status, row.activity) == (AppointmentStatus.HONOURED, activity.id)
    activities.delete(desk.database, activity.id)
    assert lists.one(desk.database, id_).activity is None


def test_on_my_day_an_absence_is_one_key(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    id_ = given(desk.database, jeanne, at(0))
    shown = day_list(window)
    press(Key.Key_A)
    assert lists.one(desk.database, id_).status is AppointmentStatus.MISSED
    assert [line.aside for line in shown.lines()] == ["Absence"]
    press(Key.Key_V)
    assert lists.one(desk.database, id_).status is AppointmentStatus.EXPECTED


def test_a_click_offers_all_that_can_be_done(window: Workspace, desk: Desk, jeanne: UUID) -> None:
    given(desk.database, jeanne, at(0))
    shown = day_list(window)
    where = shown.visualRect(shown.currentIndex()).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, NONE, where)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert "Absence\tA" in said
    next(action for action in menu.actions() if action.text().startswith("Honoré")).trigger()
    menu.hide()
    assert only(desk.database, jeanne).status is AppointmentStatus.HONOURED


def test_without_appointments_my_day_says_nothing_of_them(window: Workspace, desk: Desk) -> None:
    window.go_to("day")
    presenter = window.presenter("day")
    assert isinstance(presenter, DayPresenter)
    assert presenter.view.appointments.isHidden()


def test_the_card_follows_the_dialog_where_it_is_wanted(
    window: Workspace, desk: Desk, jeanne: UUID, qtbot: QtBot
) -> None:
    made = dialog(window, desk, jeanne)
    letters("demain")
    made.hour.setText("9h")
    press(Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, PaperDialog)
    qtbot.waitUntil(lambda: shown.preview.count > 0)
    assert not window.findChildren(AppointmentDialog)
    shown.reject()


def words_of(database: Database, id_: UUID) -> str:
    reader = PdfReader(BytesIO(pdf_of(paper.document(card.gather(database, id_, TODAY)))))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split())


def test_the_card_says_when_where_with_whom_and_what_to_bring(desk: Desk, jeanne: UUID) -> None:
    database = desk.database
    case = cases.save(database, SaveCase(beneficiary=jeanne, procedure="carte_grise"), TODAY)
    place, day = a_place(database), date(TODAY.year + (TODAY.month == 12), TODAY.month % 12 + 1, 3)
    id_ = given(database, jeanne, datetime.combine(day, time(14, 30)), place=place, case=case, place_note="bureau 2")
    said = words_of(database, id_)
    guide = guides.find(database, "carte_grise")
    assert guide is not None
    for words in (
        "Jeanne Delmas",
        "3 ",
        str(day.year),
        "14 heures 30",
        "Médiathèque de Florac",
        "bureau 2",
        guide.bring[0],
    ):
        assert words in said


def test_the_card_is_one_page_whatever_there_is_to_bring(desk: Desk, jeanne: UUID) -> None:
    for guide in guides.search(desk.database, "", 1000):
        case = cases.save(desk.database, SaveCase(beneficiary=jeanne, procedure=guide.key), TODAY)
        id_ = given(desk.database, jeanne, at(9, TOMORROW), case=case, subject="Terminer le dossier et l’envoyer")
        assert LaidOut(paper.document(card.gather(desk.database, id_, TODAY))).count == 1, guide.name
