"""« Confidentialité »: what is told and agreed is kept at once; erasing asks for a gesture of its own."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.recovery import new_code
from app.services import backup_contents, backup_files, backups, beneficiaries
from app.services.privacy import consent, information, retention_of_people
from app.services.privacy.consent import Choices
from app.services.progress import Progress
from app.ui.backups.daily import DailyBackup
from app.ui.day.presenter import DayPresenter
from app.ui.desk import Desk
from app.ui.paper.document import LaidOut
from app.ui.privacy import information_sheet, words
from app.ui.privacy.erase_dialog import ErasurePresenter
from app.ui.privacy.panel import PrivacyPanel
from app.ui.privacy.section_presenter import PrivacySectionPresenter
from app.ui.reports.person_file_presenter import PersonFilePresenter
from app.vault import Vault, recovery_key
from protocol.vocabulary import Consent
from tests.notebook import KEY, TODAY, a_beneficiary, recorded

LONG_AGO = datetime(2025, 11, 24, 9)
Undo = Callable[[], object] | None


@pytest.fixture
def person(desk: Desk) -> UUID:
    return a_beneficiary(desk.database, "Delmas", "Jeanne", phone="0612345678")


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, Undo]]:
    lines: list[tuple[str, Undo]] = []
    desk.said.connect(lambda sentence, undo: lines.append((sentence, undo)))
    return lines


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, person: UUID) -> PrivacyPanel:
    made = PrivacyPanel(desk, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_person(person)
    return made


def choices(desk: Desk, person: UUID) -> Choices:
    return consent.of(desk.database, person).choices


def button(page: QWidget, name: str) -> QPushButton:
    QApplication.processEvents()
    found = page.findChildren(QPushButton)
    return next(one for one in found if one.isVisible() and name in (one.text(), one.accessibleName()))


def test_the_sheet_is_handed_over_by_one_key_and_taken_back(
    panel: PrivacyPanel, desk: Desk, person: UUID, said: list[tuple[str, Undo]]
) -> None:
    assert panel.informed.text() == "Pas encore remise."
    panel.window().activateWindow()
    panel.sheet.setFocus()
    QTest.keyClick(panel.sheet, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert choices(desk, person).informed_on == TODAY
    assert panel.informed.text() == "Remise le mardi 24 novembre."
    [(_, undo)] = said
    assert undo is not None
    undo()
    assert choices(desk, person).informed_on is None


def test_a_consent_is_dated_of_the_day_and_its_withdrawal_proposes_to_erase(
    panel: PrivacyPanel, desk: Desk, person: UUID, said: list[tuple[str, Undo]]
) -> None:
    panel.consent.chip(Consent.GIVEN).click()
    assert choices(desk, person) == Choices(consent=Consent.GIVEN, consent_on=TODAY)
    assert not panel.warning.isVisible()
    panel.consent.chip(Consent.WITHDRAWN).click()
    assert choices(desk, person).consent is Consent.WITHDRAWN
    assert [one for one, _ in said] == ["Accord noté", "Retrait de l’accord noté"]
    assert panel.warning.isVisible()
    button(panel.warning, "Effacer…").click()
    [asked] = panel.findChildren(ErasurePresenter)
    assert asked.dialog.isVisible()
    asked.dialog.cancel.click()
    panel.consent.chip(Consent.WITHDRAWN).click()
    assert choices(desk, person) == Choices()


def test_a_date_to_come_is_refused_and_what_was_there_comes_back(
    panel: PrivacyPanel, desk: Desk, person: UUID, said: list[tuple[str, Undo]]
) -> None:
    panel.consent.chip(Consent.GIVEN).click()
    panel.consent_on.setDate(TODAY + timedelta(days=2))  # type: ignore[arg-type]
    assert said[-1][0].startswith("Cette date est à venir")
    assert choices(desk, person).consent_on == TODAY
    with pytest.raises(UserError):
        consent.choose(desk.database, person, Choices(keep_until=date(2050, 1, 1)), TODAY)


def test_keeping_longer_moves_the_day(panel: PrivacyPanel, desk: Desk, person: UUID) -> None:
    before, due = panel.due.text(), consent.of(desk.database, person).due_on
    panel.keep_until.add.click()
    assert choices(desk, person).keep_until == due + timedelta(days=365)
    panel.keep_until.edit.setDate(date(2028, 1, 31))  # type: ignore[arg-type]
    assert panel.due.text() != before
    assert "1er février 2028" in panel.due.text()


def test_erasing_asks_for_a_gesture_of_its_own(
    qtbot: QtBot, panel: PrivacyPanel, desk: Desk, person: UUID, said: list[tuple[str, Undo]]
) -> None:
    recorded(desk.database, participants=(person,))
    panel.erase.click()
    [asked] = panel.findChildren(ErasurePresenter)
    dialog = asked.dialog
    assert dialog.focusWidget() is dialog.cancel
    assert not dialog.erase.isEnabled()
    QTest.keyClick(dialog.understood, Qt.Key.Key_Space)
    assert dialog.erase.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.erase, Qt.Key.Key_Space)
    assert beneficiaries.named(desk.database, (person,)) == ()
    assert said[-1] == ("La personne est effacée\u00a0; ses accompagnements restent comptés", None)


def test_escape_erases_nobody_and_the_file_comes_first_if_wanted(
    qtbot: QtBot, panel: PrivacyPanel, desk: Desk, person: UUID
) -> None:
    panel.erase.click()
    [asked] = panel.findChildren(ErasurePresenter)
    with qtbot.waitSignal(desk.person_file_asked) as wanted:
        asked.dialog.paper.click()
    assert wanted.args == [person]
    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)
    assert len(beneficiaries.named(desk.database, (person,))) == 1


def test_what_cannot_be_erased_now_is_said_and_nothing_is_lost(qtbot: QtBot, panel: PrivacyPanel, desk: Desk) -> None:
    panel.erase.click()
    [asked] = panel.findChildren(ErasurePresenter)
    asked.dialog.understood.click()
    with desk.database.long_work():
        asked.dialog.erase.click()
        qtbot.waitUntil(asked.dialog.fault.isVisible)
    assert asked.dialog.erase.isEnabled()
    with qtbot.waitSignal(asked.dialog.accepted):
        asked.dialog.erase.click()


def test_the_copies_are_made_again_without_the_person(qtbot: QtBot, desk: Desk, person: UUID) -> None:
    Vault(desk.paths.slots).create(recovery_key(new_code()).public, "quatre mots sans rapport")
    before = backups.make(desk.database, desk.paths, Progress(), datetime.now() - timedelta(days=1))
    desk.daily = DailyBackup(desk.database, desk.paths)
    window = QWidget()
    qtbot.addWidget(window)
    asked = ErasurePresenter(desk, person, window)
    asked.open()
    asked.dialog.understood.click()
    with qtbot.waitSignal(desk.daily.looked_after, timeout=20_000) as done:
        asked.dialog.erase.click()
    assert done.args is not None
    assert words.looked_after(done.args[0]).startswith("Les sauvegardes de cet ordinateur ont été refaites")
    assert before.path in {one.path for one in backup_files.list_in(desk.paths.backups)}
    with backup_contents.opened(desk.paths, before.path, bytearray(KEY)) as copy:
        assert beneficiaries.search(copy, "") == ()
    desk.daily.stop()


def a_year_ago(desk: Desk) -> UUID:
    moment = round(LONG_AGO.timestamp() * 1000)
    now, desk.database.now_ms = desk.database.now_ms, lambda: moment
    person = a_beneficiary(desk.database, "Martin", "Odette")
    desk.database.now_ms = now
    return person


def test_my_day_announces_who_is_about_to_become_anonymous_and_leads_there(qtbot: QtBot, desk: Desk) -> None:
    person = a_year_ago(desk)
    day = DayPresenter(desk, lambda: datetime(2026, 11, 1, 9))
    qtbot.addWidget(day.view)
    day.view.show()
    day.shown()
    sentence = "Une personne sans contact depuis près d’un an sera anonymisée dans 23\u00a0jours."
    assert sentence in day.view.to_complete.sentences()
    link = next(one for one in day.view.findChildren(QPushButton) if one.text() == "Voir" and one.isVisible())
    with qtbot.waitSignal(desk.privacy_asked):
        link.click()
    assert retention_of_people.anonymise_due(desk.database, date(2026, 11, 30)) == 0
    assert retention_of_people.anonymise_due(desk.database, date(2026, 12, 1)) == 1
    assert beneficiaries.named(desk.database, (person,)) == ()


def test_somebody_is_kept_a_year_more_from_the_settings(qtbot: QtBot, desk: Desk, said: list[tuple[str, Undo]]) -> None:
    person = a_year_ago(desk)
    presenter = PrivacySectionPresenter(desk, desk)
    qtbot.addWidget(presenter.section)
    presenter.section.show()
    presenter.refresh()
    button(presenter.section, "Garder un an\u00a0: Odette Martin").click()
    kept = choices(desk, person).keep_until
    assert kept is not None
    assert kept > date.today() + timedelta(days=364)
    presenter.refresh()
    assert not [
        one for one in presenter.section.findChildren(QPushButton) if one.text() == "Garder un an" and one.isVisible()
    ]
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert choices(desk, person).keep_until is None
    presenter.section.automatic.click()
    assert not retention_of_people.is_automatic(desk.database)


@pytest.mark.parametrize("name", ["", "Jeanne Delmas", "Marie-Thérèse Nguyễn-Lefèvre de La Tour-Vernhet"])
def test_the_information_sheet_is_one_page_for_somebody_or_anybody(desk: Desk, name: str) -> None:
    sheet = information.Information(
        person=name, advisor="Camille Fabre", structure="Communauté de communes Gorges Causses Cévennes",
        town="48400 Florac Trois Rivières", day=TODAY,
    )  # fmt: skip
    assert LaidOut(information_sheet.document(sheet)).count == 1
    long = replace(sheet, advisor=f"Camille {name}", structure=f"{sheet.structure}, {name}, et {sheet.structure}")
    assert LaidOut(information_sheet.document(long)).count == 1
    assert information.gather(desk.database, None, TODAY).person == ""


def test_the_file_of_a_person_is_saved_for_another_program(
    qtbot: QtBot, desk: Desk, person: UUID, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    paper = PersonFilePresenter(desk, person, window, lambda: TODAY)
    paper.open()
    target = tmp_path / "fiche.json"
    paper.save_json(target)
    qtbot.waitUntil(paper.dialog.said.isVisible)
    assert json.loads(target.read_text(encoding="utf-8"))["personne"]["nom"] == "Delmas"
    paper.save_json(tmp_path / "absent" / "fiche.json")
    qtbot.waitUntil(paper.dialog.fault.isVisible)
    qtbot.waitUntil(lambda: paper.paper.is_at_rest)
    paper.dialog.reject()
