"""The screen « Bénéficiaires », with the keyboard: the list, what is done with people, the file of one of them."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services import beneficiaries, cases
from app.services.assessments import interviews
from app.services.commands import RecordActivity, SaveBeneficiary, SaveCase
from app.ui.cases.person_panel import CasesPanel
from app.ui.desk import Desk
from app.ui.people.details_panel import DetailsPanel
from app.ui.people.history_panel import HistoryPanel
from app.ui.people.list_view import PeopleListView
from app.ui.people.listing import PAGE
from app.ui.people.panels import TABS
from app.ui.people.people_table import COLUMNS
from app.ui.people.person_dialog import PersonDialog
from app.ui.workspace import Workspace
from protocol.vocabulary import Autonomy, Topic
from tests.notebook import a_beneficiary, recorded
from tests.ui.forms import CTRL, NONE, SHIFT, button, errors, field, focused

ALT = Qt.KeyboardModifier.AltModifier
TODAY = date.today()
LONG = ("de La Tour-Vernhet d’Aubusson de Saint-Germain-de-Calberte", "Marie-Thérèse Éléonore Joséphine Antoinette")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
"""What the offscreen platform says of every menu."""


def opened(window: Workspace) -> PeopleListView:
    """The list, in front."""
    window.go_to("people")
    QApplication.processEvents()
    return window.people.list


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def searched(view: PeopleListView, typed: str, qtbot: QtBot) -> PeopleListView:
    """The list once it follows what is typed."""
    press(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(focused(), typed)
    qtbot.waitUntil(lambda: view.search.text() == typed and not view._typing.isActive())
    return view


def shown(view: PeopleListView, title: str) -> list[str]:
    column = next(number for number, one in enumerate(COLUMNS) if one.title == title)
    return [str(view.table.index(row, column).data()) for row in range(view.table.rowCount())]


def dialog(window: QWidget) -> PersonDialog:
    return next(one for one in window.findChildren(PersonDialog) if one.isVisible())


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_the_table_model_keeps_the_rules_of_qt(window: Workspace, desk: Desk) -> None:
    view = opened(window)
    tester = QAbstractItemModelTester(view.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number in range(PAGE + 3):
        a_beneficiary(desk.database, f"Delmas{number:02d}")
    window.go_to("day")
    opened(window)
    view.page_turned.emit(1)
    view.sort_changed.emit("accompaniments", True)
    assert isinstance(tester.model(), QAbstractItemModel)
    assert view.table.rowCount() == PAGE


def test_with_nobody_the_screen_says_what_to_do_first(window: Workspace, desk: Desk) -> None:
    view = opened(window)
    assert "Ajoutez la première personne" in words(view)
    press(Qt.Key.Key_Space)
    made = dialog(window)
    QTest.keyClicks(focused(), "Benali")
    field(made, "Prénom").setFocus()
    QTest.keyClicks(focused(), "Aicha")
    press(Qt.Key.Key_Return)
    (row,) = beneficiaries.search(desk.database, "")
    assert row.name == "Benali Aicha"
    assert window.people.file.view.isVisible()
    assert "Aicha Benali" in words(window)


def test_a_person_is_opened_by_name_and_the_list_is_found_again_where_it_was(
    window: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("Atger", "Delmas", "Roux"):
        a_beneficiary(desk.database, name)
    view = opened(window)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert "Jeanne Delmas" in words(window.people.file.view)
    press(Qt.Key.Key_Escape)
    assert view.isVisible()
    assert view.selected_row() == 1
    searched(view, "rouxx", qtbot)
    assert shown(view, "Nom") == ["Roux"]
    press(Qt.Key.Key_Return)
    assert "Jeanne Roux" in words(window.people.file.view)
    press(Qt.Key.Key_Escape)
    assert view.search.text() == "rouxx"


def test_the_screen_asked_for_again_goes_back_from_a_file_to_the_list(window: Workspace, desk: Desk) -> None:
    a_beneficiary(desk.database)
    view = opened(window)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1, CTRL)
    press(Qt.Key.Key_3, CTRL)
    assert window.people.file.view.isVisible()
    press(Qt.Key.Key_3, CTRL)
    assert (view.isVisible(), focused()) == (True, view.list)
    press(Qt.Key.Key_Return)
    button(window, "Bénéficiaires").click()
    assert view.isVisible()


def test_a_name_that_finds_nobody_begins_a_new_person(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    a_beneficiary(desk.database)
    view = searched(opened(window), "benali aicha", qtbot)
    assert "Personne ne correspond" in words(view)
    press(Qt.Key.Key_B, CTRL | SHIFT)
    typed = dialog(window).typed()
    assert (typed.last_name, typed.first_name) == ("Benali", "Aicha")


def test_escape_empties_the_search_then_leaves_it(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    for name in ("Atger", "Delmas"):
        a_beneficiary(desk.database, name)
    view = searched(opened(window), "delm", qtbot)
    press(Qt.Key.Key_Escape)
    assert shown(view, "Nom") == ["Atger", "Delmas"]
    press(Qt.Key.Key_Escape)
    assert focused() is view.list


def test_several_people_are_deleted_at_once_and_brought_back(window: Workspace, desk: Desk) -> None:
    for name in ("Atger", "Delmas", "Roux"):
        a_beneficiary(desk.database, name)
    view = opened(window)
    view.select_row(0)
    press(Qt.Key.Key_Down, SHIFT)
    assert button(view, "Supprimer les 2").isVisible()
    press(Qt.Key.Key_Delete)
    assert shown(view, "Nom") == ["Roux"]
    assert window.notice == "2 personnes supprimées"
    press(Qt.Key.Key_Z, CTRL)
    assert shown(view, "Nom") == ["Atger", "Delmas", "Roux"]
    assert view.selected_row() == 0


def test_people_deleted_one_after_the_other_all_come_back(window: Workspace, desk: Desk) -> None:
    for name in ("Atger", "Delmas", "Roux"):
        a_beneficiary(desk.database, name)
    view = opened(window)
    view.select_row(0)
    for _ in range(2):
        press(Qt.Key.Key_Delete)
    QApplication.sendEvent(view.list, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, NONE, "", True))
    assert shown(view, "Nom") == ["Roux"], "a key that is held deletes once"
    for left in (["Delmas", "Roux"], ["Atger", "Delmas", "Roux"]):
        press(Qt.Key.Key_Z, CTRL)
        assert shown(view, "Nom") == left
    assert window.notice == ""


def test_pages_are_turned_with_the_keyboard(window: Workspace, desk: Desk) -> None:
    for number in range(PAGE + 1):
        a_beneficiary(desk.database, f"Delmas{number:02d}")
    view = opened(window)
    assert view.pager.range_text() == f"1–{PAGE} sur {PAGE + 1}"
    press(Qt.Key.Key_PageDown, CTRL)
    assert shown(view, "Nom") == [f"Delmas{PAGE}"]
    press(Qt.Key.Key_Up)
    assert view.selected_row() == PAGE - 1


def test_those_who_have_not_come_for_a_year_are_one_chip_away(window: Workspace, desk: Desk) -> None:
    here, gone = a_beneficiary(desk.database, "Atger"), a_beneficiary(desk.database, "Roux")
    a_beneficiary(desk.database, "Zola")
    recorded(desk.database, participants=(here,), day=TODAY)
    recorded(desk.database, participants=(gone,), day=TODAY - timedelta(days=400))
    view = opened(window)
    view.absent.click()
    assert shown(view, "Nom") == ["Roux", "Zola"]
    view.never.click()
    assert shown(view, "Nom") == ["Zola"]
    assert not view.absent.isChecked()
    view.never.click()
    assert len(shown(view, "Nom")) == 3


def test_the_search_of_the_top_bar_opens_the_file(window: Workspace, desk: Desk) -> None:
    a_beneficiary(desk.database, "Benali", "Aïcha")
    window.go_to("day")
    press(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(focused(), "bnali")
    press(Qt.Key.Key_Return)
    assert window.people.file.view.isVisible()
    assert "Aïcha Benali" in words(window.people.file.view)


def test_an_accompaniment_is_recorded_from_the_file(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne = a_beneficiary(desk.database)
    desk.person_asked.emit(jeanne)
    with qtbot.waitSignal(desk.form_asked) as asked:
        press(Qt.Key.Key_R, CTRL)
    assert asked.args == [RecordActivity(participants=(jeanne,))]
    assert window.recording.view.isVisible()
    assert window.recording.view.what.isAncestorOf(focused())


def test_the_timeline_tells_what_was_worked_on_and_opens_it(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne = a_beneficiary(desk.database)
    topics = frozenset({Topic.EMAIL})
    first = recorded(desk.database, participants=(jeanne,), day=TODAY - timedelta(days=9), autonomy=Autonomy.GUIDED)
    recorded(
        desk.database,
        participants=(jeanne,),
        day=TODAY,
        topics=topics,
        autonomy=Autonomy.AUTONOMOUS,
        sheets=frozenset({"envoyer-un-e-mail"}),
    )
    desk.person_asked.emit(jeanne)
    panel = window.people.file.view.panel("history")
    assert isinstance(panel, HistoryPanel)
    assert panel.topics.text() == "E-mail\u00a0(2)"
    assert "Avec guidage le" in words(panel.trend)
    latest, before = panel.cards()
    assert (latest.said.stars, before.said.stars) == (3, 1)
    with qtbot.waitSignal(desk.sheet_asked) as sheet:
        button(latest, f"Fiche remise\u00a0: Envoyer un e-mail, {latest._day}").click()
    assert sheet.args == ["envoyer-un-e-mail"]
    button(before, f"Voir\u00a0: Accompagnement, {before._day}").click()
    assert window.activities.view.isVisible()
    assert window.activities.view.selected() == first


def test_an_assessment_of_the_timeline_opens_its_tab(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database)
    interviews.finish(desk.database, interviews.answer(desk.database, jeanne, None, "internet", "oui"), TODAY)
    desk.person_asked.emit(jeanne)
    panel = window.people.file.view.panel("history")
    assert isinstance(panel, HistoryPanel)
    (card,) = panel.cards()
    button(card, f"Voir\u00a0: Diagnostic numérique, {card._day}").click()
    assert window.people.file.view.tabs.key() == "assessments"


def test_the_timeline_follows_what_is_recorded(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne = a_beneficiary(desk.database)
    desk.person_asked.emit(jeanne)
    panel = window.people.file.view.panel("history")
    assert isinstance(panel, HistoryPanel)
    assert "Rien n’est encore noté" in words(panel)
    recorded(desk.database, participants=(jeanne,), day=TODAY)
    qtbot.waitUntil(lambda: len(panel.cards()) == 1)
    assert "1\u00a0accompagnement" in words(window.people.file.view)


def test_tabs_are_turned_with_the_keyboard(window: Workspace, desk: Desk) -> None:
    desk.person_asked.emit(a_beneficiary(desk.database))
    strip = window.people.file.view.tabs
    press(Qt.Key.Key_Tab, CTRL)
    assert strip.key() == "details"
    press(Qt.Key.Key_1, ALT)
    assert strip.key() == "history"
    press(Qt.Key.Key_Right)
    assert strip.key() == "details"


def test_the_keyboard_goes_to_the_tab_that_its_keys_choose(window: Workspace, desk: Desk) -> None:
    desk.person_asked.emit(a_beneficiary(desk.database))
    press(Qt.Key.Key_3, ALT)
    assert focused().accessibleName() == "Démarches"


def test_no_two_shortcuts_of_the_file_cancel_each_other(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database)
    a_beneficiary(desk.database)
    case = cases.save(desk.database, SaveCase(beneficiary=jeanne, procedure="carte_identite"))
    desk.person_asked.emit(jeanne)
    file = window.people.file
    for tab in TABS:
        file.show_tab(tab.key)
        panel = file.view.panel(tab.key)
        if isinstance(panel, CasesPanel):
            panel.follower.show(case)
        known = [one for one in window.findChildren(QShortcut) if one.isEnabled() and shown_by(one)]
        keys = Counter(one.key().toString() for one in known)
        assert [key for key, number in keys.items() if number > 1] == []


def shown_by(shortcut: QShortcut) -> bool:
    owner = shortcut.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def test_what_is_open_in_a_tab_takes_the_keys_of_the_file(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne = a_beneficiary(desk.database)
    case = cases.save(desk.database, SaveCase(beneficiary=jeanne, procedure="carte_identite"))
    desk.person_asked.emit(jeanne)
    press(Qt.Key.Key_3, ALT)
    panel = window.people.file.view.panel("cases")
    assert isinstance(panel, CasesPanel)
    panel.follower.show(case)
    for key, title in ((Qt.Key.Key_P, "Ma démarche"), (Qt.Key.Key_E, "Modifier la démarche")):
        press(key, CTRL)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        over = QApplication.activeModalWidget()
        assert isinstance(over, QDialog)
        assert over.windowTitle() == title
        over.reject()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        window.window().activateWindow()
        qtbot.waitUntil(window.window().isActiveWindow)
    press(Qt.Key.Key_Escape)
    assert panel.panel.isHidden()
    assert window.people.file.view.isVisible()
    press(Qt.Key.Key_Escape)
    assert not window.people.file.view.isVisible()


def details(window: Workspace) -> DetailsPanel:
    """The tab « Coordonnées », in front, the keyboard in its first field."""
    press(Qt.Key.Key_E, CTRL)
    panel = window.people.file.view.panel("details")
    assert isinstance(panel, DetailsPanel)
    return panel


def test_what_is_known_is_changed_in_place(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database)
    desk.person_asked.emit(jeanne)
    panel = details(window)
    assert not panel.save_button.isEnabled()
    assert focused() is field(panel, "Nom")
    field(panel, "Adresse").setFocus()
    QTest.keyClicks(focused(), "12 rue de la Mairie")
    press(Qt.Key.Key_Return, CTRL)
    assert window.notice == "Fiche enregistrée"
    assert beneficiaries.form_of(desk.database, jeanne).address == "12 rue de la Mairie"
    assert not panel.save_button.isEnabled()


def test_what_is_typed_is_kept_when_the_file_is_left(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database)
    desk.person_asked.emit(jeanne)
    panel = details(window)
    field(panel, "Téléphone").setFocus()
    QTest.keyClicks(focused(), "0612345678")
    press(Qt.Key.Key_Escape)
    assert window.people.list.isVisible()
    assert beneficiaries.form_of(desk.database, jeanne).phone == "06 12 34 56 78"


def test_what_cannot_be_kept_is_told_and_the_file_stays(window: Workspace, desk: Desk) -> None:
    desk.person_asked.emit(a_beneficiary(desk.database))
    panel = details(window)
    field(panel, "Téléphone").setFocus()
    QTest.keyClicks(focused(), "0612")
    press(Qt.Key.Key_Escape)
    assert window.people.file.view.isVisible()
    assert "ne semble pas complet" in errors(panel)[0]
    button(panel, "Rétablir").click()
    press(Qt.Key.Key_Escape)
    assert window.people.list.isVisible()


def test_what_a_colleague_changes_does_not_erase_what_is_typed(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne = a_beneficiary(desk.database)
    desk.person_asked.emit(jeanne)
    panel = details(window)
    field(panel, "E-mail").setFocus()
    QTest.keyClicks(focused(), "jeanne@exemple.fr")
    hers = SaveBeneficiary(id=jeanne, last_name="Delmas-Roux", first_name="Jeanne")
    beneficiaries.save(desk.database, hers)
    qtbot.waitUntil(lambda: field(panel, "Nom").text() == "Delmas-Roux")
    assert field(panel, "E-mail").text() == "jeanne@exemple.fr"
    assert panel.save_button.isEnabled()


def test_notes_warn_of_a_password_and_keep_it_if_the_advisor_insists(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database, notes="Mot de passe : Soleil48")
    desk.person_asked.emit(jeanne)
    panel = details(window)
    assert "On dirait un mot de passe" in words(panel)
    field(panel, "E-mail").setFocus()
    QTest.keyClicks(focused(), "jeanne@exemple.fr")
    panel.save()
    assert beneficiaries.form_of(desk.database, jeanne).notes == "Mot de passe : Soleil48"


def test_somebody_erased_meanwhile_closes_the_file(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    jeanne: UUID = a_beneficiary(desk.database)
    a_beneficiary(desk.database, "Roux")
    desk.person_asked.emit(jeanne)
    beneficiaries.erase(desk.database, jeanne)
    qtbot.waitUntil(lambda: window.people.list.isVisible())
    assert shown(window.people.list, "Nom") == ["Roux"]


def test_somebody_who_is_gone_is_told_and_not_shown(window: Workspace, desk: Desk) -> None:
    jeanne = a_beneficiary(desk.database)
    beneficiaries.delete(desk.database, [jeanne])
    window.go_to("day")
    desk.person_asked.emit(jeanne)
    assert "plus dans le carnet" in window.notice


def test_a_very_long_name_stays_whole_in_the_file(window: Workspace, desk: Desk) -> None:
    desk.person_asked.emit(a_beneficiary(desk.database, *LONG, birth_year=1936))
    view = window.people.file.view
    assert view.name.text() == f"{LONG[1]} {LONG[0]}"
    assert view.record.mapTo(window, view.record.rect().bottomRight()).x() <= window.width()


def test_people_are_exported_and_imported_from_the_menu(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    a_beneficiary(desk.database)
    view = opened(window)
    with qtbot.waitSignal(desk.export_asked):
        press(Qt.Key.Key_E, CTRL | SHIFT)
    desk.import_asked.disconnect()
    with qtbot.waitSignal(desk.import_asked):
        view.importing.trigger()
