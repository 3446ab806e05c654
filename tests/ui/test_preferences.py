"""The settings: what is chosen is kept and seen at once; places and tags are looked after."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import settings
from app.recovery import new_code
from app.services import access, organisations, places, tags
from app.services.commands import SaveOrganisation
from app.ui.desk import Desk
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.widgets.rail_button import RailButton
from app.vault import Door, Vault, door, recovery_key
from tests.credential_store import memory_store
from tests.notebook import a_place

NATIONAL_FILE = Path(__file__).parent.parent / "data" / "lieux-charente-20230711.json"
PHRASE = "quatre mots sans rapport"


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, object]]:
    """What was said at the bottom of the window, with what undoes it."""
    lines: list[tuple[str, object]] = []
    desk.said.connect(lambda words, undo: lines.append((words, undo)))
    return lines


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> PreferencesPresenter:
    """The screen over a notebook opened by a passphrase."""
    Vault(desk.paths.slots).create(recovery_key(new_code()).public, PHRASE)
    made = PreferencesPresenter(desk)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    made.view.show()
    made.shown()
    return made


def button(page: QWidget, name: str) -> QPushButton:
    """The button that bears, or is called by, these words."""
    QApplication.processEvents()  # a line just added is shown at the next turn
    found = page.findChildren(QPushButton)
    return next(one for one in found if one.isVisible() and name in (one.text(), one.accessibleName()))


def undo(said: list[tuple[str, object]]) -> None:
    call = said[-1][1]
    assert callable(call)
    call()


def test_the_index_brings_the_keyboard_into_a_section(screen: PreferencesPresenter) -> None:
    index = next(one for one in screen.view.findChildren(RailButton) if one.text() == "Vos données")
    index.setFocus()
    QTest.keyClick(index, Qt.Key.Key_Space)
    assert screen.data.section.export_data.hasFocus()
    assert index.isChecked()


def test_a_choice_of_look_is_kept_and_announced_at_once(screen: PreferencesPresenter, desk: Desk, qtbot: QtBot) -> None:
    appearance = screen.appearance
    with qtbot.waitSignal(desk.settings_changed) as announced:
        appearance.text_size.chip(150).click()
    assert announced.args == [settings.load(desk.paths.settings)]
    appearance.legible.click()
    appearance.theme.set_value("sombre")
    appearance.theme.changed.emit()
    assert settings.load(desk.paths.settings) == settings.Settings("sombre", 150, True)


def test_another_screens_choice_is_not_overwritten(screen: PreferencesPresenter, desk: Desk) -> None:
    settings.save(desk.paths.settings, settings.Settings(sync_paused=True))
    screen.appearance.text_size.chip(125).click()
    assert settings.load(desk.paths.settings) == settings.Settings(text_percent=125, sync_paused=True)


def test_a_place_is_added_by_keyboard(screen: PreferencesPresenter, desk: Desk) -> None:
    section = screen.places.section
    button(section, "Ajouter un lieu").click()
    QTest.keyClicks(section.form.name, "Mairie de Florac")
    QTest.keyClicks(section.form.commune.field, "florac")
    QTest.keyClick(section.form.commune.field, Qt.Key.Key_Return)
    button(section, "Enregistrer le lieu").click()
    (place,) = places.mine(desk.database)
    assert (place.name, place.municipality, place.postal_code) == ("Mairie de Florac", "48061", "48400")
    assert not section.form.isVisible()


def test_a_place_without_a_commune_is_told_beside_the_field(screen: PreferencesPresenter, desk: Desk) -> None:
    section = screen.places.section
    button(section, "Ajouter un lieu").click()
    section.form.name.setText("Mairie")
    button(section, "Enregistrer le lieu").click()
    assert section.form.commune.field.accessibleDescription() == "Indiquez la commune du lieu."
    assert places.mine(desk.database) == ()


def test_an_archived_place_can_be_put_back(
    screen: PreferencesPresenter, desk: Desk, said: list[tuple[str, object]]
) -> None:
    a_place(desk.database, "Mairie")
    button(screen.places.section, "Archiver\u00a0: Mairie").click()
    assert places.mine(desk.database) == ()
    undo(said)
    assert [place.name for place in places.mine(desk.database)] == ["Mairie"]
    button(screen.places.section, "Modifier\u00a0: Mairie")


def offered(screen: PreferencesPresenter, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ImportPage:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    button(screen.places.section, "Importer depuis un fichier…").click()
    qtbot.waitUntil(lambda: isinstance(screen.view.currentWidget(), ImportPage), timeout=20_000)
    page = screen.view.currentWidget()
    assert isinstance(page, ImportPage)
    return page


def test_places_are_imported_from_a_national_file(
    screen: PreferencesPresenter,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    said: list[tuple[str, object]],
) -> None:
    page = offered(screen, NATIONAL_FILE, qtbot, monkeypatch)
    QAbstractItemModelTester(page.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = page.table.index(0, 0)
    wanted = first.data()
    assert not page.add.isEnabled()
    page.rows.setCurrentIndex(first)
    QTest.keyClick(page.rows, Qt.Key.Key_Space)
    assert page.add.text() == "Ajouter 1\u00a0lieu"
    page.add.click()
    assert [place.name for place in places.mine(desk.database)] == [wanted]
    again = offered(screen, NATIONAL_FILE, qtbot, monkeypatch)
    again.table.toggle(0)
    assert again.table.ticked() == ()
    assert again.table.index(0, 3).data() == "Déjà dans vos lieux."
    undo(said)
    assert places.mine(desk.database) == ()


def test_the_search_keeps_what_is_ticked(
    screen: PreferencesPresenter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = offered(screen, NATIONAL_FILE, qtbot, monkeypatch)
    page.table.toggle(0)
    QTest.keyClicks(page.search, "zzzz")
    qtbot.waitUntil(lambda: page.table.rowCount() == 0)
    assert len(page.table.ticked()) == 1
    button(page, "Annuler").click()
    assert screen.view.currentWidget() is not page


def test_a_file_that_is_no_list_of_places_is_told(
    screen: PreferencesPresenter,
    tmp_path: Path,
    qtbot: QtBot,
    said: list[tuple[str, object]],
) -> None:
    bad = tmp_path / "photo.json"
    bad.write_bytes(b"\x00\x01")
    screen.places.read(bad)
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert "n’est pas une liste de lieux" in said[0][0]


def test_a_tag_is_created_renamed_and_deleted(
    screen: PreferencesPresenter, desk: Desk, said: list[tuple[str, object]]
) -> None:
    section = screen.tags.section
    QTest.keyClicks(section.new, "Jeunes")
    QTest.keyClick(section.new, Qt.Key.Key_Return)
    button(section, "Renommer\u00a0: Jeunes").click()
    editor = section.window().focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Atelier jeunes")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert [tag.name for tag in tags.mine(desk.database)] == ["Atelier jeunes"]
    button(section, "Supprimer\u00a0: Atelier jeunes").click()
    assert tags.mine(desk.database) == ()
    undo(said)
    assert [tag.name for tag in tags.mine(desk.database)] == ["Atelier jeunes"]


def test_a_refused_name_is_told_and_the_old_one_stays(screen: PreferencesPresenter, desk: Desk) -> None:
    section = screen.tags.section
    section.created.emit("ab")
    assert "3 à 80 caractères" in section.sentence()
    assert tags.mine(desk.database) == ()


def test_the_computer_keeps_the_key_then_a_passphrase_again(
    screen: PreferencesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    with memory_store():
        button(screen.security, "Changer…").click()
        qtbot.waitUntil(lambda: not screen.security.change.isVisible(), timeout=10_000)
        button(screen.security, "Enregistrer").click()
        qtbot.waitUntil(lambda: screen.security.change.isVisible(), timeout=10_000)
        assert door(desk.paths) is Door.STORE
        opened = access.open_with_store(desk.paths)
        assert opened is not None
        opened.close()
        choice = screen.security.open_choice(has_store=True)
        choice.choose(store=False)
        QTest.keyClicks(choice.passphrase.field, "une autre phrase")
        QTest.keyClicks(choice.again.field, "une autre phrase")
        QTest.keyClick(choice.again.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: door(desk.paths) is Door.PASSPHRASE, timeout=10_000)
        qtbot.waitUntil(lambda: screen.security.change.isVisible(), timeout=10_000)
    access.open_with_passphrase(desk.paths, "une autre phrase").close()


def test_the_minutes_before_locking_are_kept(screen: PreferencesPresenter, desk: Desk) -> None:
    screen.security.minutes.set_value(5)
    screen.security.minutes.changed.emit()
    assert settings.load(desk.paths.settings).lock_minutes == 5


def test_the_licences_are_there_to_read(screen: PreferencesPresenter) -> None:
    screen.about.fold.set_open(True)
    assert "Source Sans 3" in screen.about.pages.toPlainText()


def test_every_control_has_a_name(screen: PreferencesPresenter) -> None:
    for each in screen.view.findChildren(QWidget):
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.focusProxy() is None:
            assert each.accessibleName() or getattr(each, "text", str)(), each


def test_tab_goes_through_the_screen_as_it_is_read(screen: PreferencesPresenter, desk: Desk) -> None:
    a_place(desk.database, "Mairie")
    QApplication.processEvents()
    screen.places.section.add.setFocus()
    reached = []
    for _ in range(6):
        QTest.keyClick(screen.view.window().focusWidget(), Qt.Key.Key_Tab)
        reached.append(screen.view.window().focusWidget())
    places_section = screen.places.section
    assert reached == [
        places_section.import_file,
        button(places_section, "Modifier\u00a0: Mairie"),
        button(places_section, "Archiver\u00a0: Mairie"),
        screen.employers.section.add,
        screen.tags.section.new,
        screen.tags.section.add,
    ]


def test_the_advisors_name_is_corrected_and_never_emptied(screen: PreferencesPresenter, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda words, _undo: said.append(words))
    for typed in ("Camille Fabre", "  "):
        screen.security.name.setText(typed)
        screen.security.name.editingFinished.emit()
    assert access.advisor_name(desk.database) == "Camille Fabre"
    assert screen.security.name.text() == "Camille Fabre"
    assert said == ["Nom corrigé", "Indiquez votre nom."]


def test_an_employer_is_added_by_keyboard_then_changed(screen: PreferencesPresenter, desk: Desk) -> None:
    section = screen.employers.section
    button(section, "Ajouter un employeur").click()
    QTest.keyClicks(section.form.name, "Gorges et Causses")
    QTest.keyClicks(section.form.commune.field, "florac")
    QTest.keyClick(section.form.commune.field, Qt.Key.Key_Return)
    QTest.keyClicks(section.form.siret, "200 069 151 00012")
    QTest.keyClick(section.form.siret, Qt.Key.Key_Return)
    assert "14 chiffres" in section.form.siret.accessibleDescription()
    section.form.siret.clear()
    section.form.siret.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Right):
        QTest.keyClick(screen.view.window().focusWidget(), key)
    QTest.keyClick(section.form.siret, Qt.Key.Key_Return)
    (row,) = organisations.mine(desk.database)
    assert (row.municipality, row.siret, row.since) == ("48061", "", date.today())
    button(section, f"Modifier\u00a0: {row.name}").click()
    section.form.name.setText("Mairie")
    button(section, "Enregistrer l’employeur").click()
    assert [one.name for one in organisations.mine(desk.database)] == ["Mairie"]


def test_a_deleted_employer_can_be_brought_back(
    screen: PreferencesPresenter, desk: Desk, said: list[tuple[str, object]]
) -> None:
    organisations.save(desk.database, SaveOrganisation(name="Mairie", municipality="48061"))
    button(screen.employers.section, "Supprimer\u00a0: Mairie").click()
    assert organisations.mine(desk.database) == ()
    undo(said)
    button(screen.employers.section, "Modifier\u00a0: Mairie")
