"""Before the notebook: the first set-up, every way in, and what is said when it does not open."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database, unlocked
from app.paths import Paths
from app.services import access
from app.services.access import SetUp
from app.ui.gate.presenter import Gate
from app.ui.gate.renew_page import RenewPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from app.vault import Door, Vault, door, recovery_key
from tests.credential_store import memory_store
from tests.notebook import KEY

PHRASE = "quatre mots sans rapport"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


@pytest.fixture
def opened() -> Iterator[list[Database]]:
    """The notebooks that the gate opened, closed at the end."""
    notebooks: list[Database] = []
    yield notebooks
    for each in notebooks:
        each.close()


@pytest.fixture
def gate(qtbot: QtBot, paths: Paths, opened: list[Database]) -> Gate:
    made = Gate(paths)
    made.opened.connect(opened.append)
    qtbot.addWidget(made.widget)
    made.widget.resize(1366, 768)
    made.widget.show()
    return made


def has_notebook(paths: Paths, passphrase: str | None = PHRASE) -> str:
    code = access.recovery_code()
    access.set_up(paths, SetUp("Camille Rey", code, passphrase)).close()
    return code


def page_of(gate: Gate, qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: isinstance(gate.widget.currentWidget(), kind), timeout=10_000)
    return gate.widget.currentWidget() or gate.widget


def set_up_page(gate: Gate, qtbot: QtBot) -> SetUpPage:
    gate.start()
    page = page_of(gate, qtbot, SetUpPage)
    assert isinstance(page, SetUpPage)
    return page


def unlock_page(gate: Gate, qtbot: QtBot) -> UnlockPage:
    gate.start()
    page = page_of(gate, qtbot, UnlockPage)
    assert isinstance(page, UnlockPage)
    return page


def press(page: QWidget, text: str, qtbot: QtBot) -> None:
    button = next(one for one in page.findChildren(QPushButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def all_open(opened: list[Database], qtbot: QtBot, number: int = 1) -> str:
    qtbot.waitUntil(lambda: len(opened) == number, timeout=10_000)
    return access.advisor_name(opened[-1])


def test_the_first_start_goes_from_name_to_notebook_by_keyboard(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    page = set_up_page(gate, qtbot)
    QTest.keyClicks(page.name, "Camille Rey")
    QTest.keyClicks(page.choice.passphrase.field, PHRASE)
    QTest.keyClicks(page.choice.again.field, PHRASE)
    QTest.keyClick(page.choice.again.field, Qt.Key.Key_Return)
    assert not page.go_on.isEnabled(), "the sheet is not proved to be there yet"
    QTest.keyClicks(page.recovery.proof, page.recovery.code()[-4:].lower())
    QTest.keyClick(page.recovery.proof, Qt.Key.Key_Return)
    assert all_open(opened, qtbot) == "Camille Rey"
    assert door(paths) is Door.PASSPHRASE


def test_a_computer_with_a_store_keeps_the_key(gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths) -> None:
    with memory_store():
        page = set_up_page(gate, qtbot)
        assert page.choice.wants_store()
        page.name.setText("Camille Rey")
        press(page, "Continuer", qtbot)
        page.recovery.proof.setText(page.recovery.code()[-4:])
        press(page, "Commencer", qtbot)
        assert all_open(opened, qtbot) == "Camille Rey"
        assert door(paths) is Door.STORE
        gate.start()
        assert all_open(opened, qtbot, 2) == "Camille Rey"


def test_the_set_up_says_what_is_missing_beside_each_field(gate: Gate, qtbot: QtBot) -> None:
    page = set_up_page(gate, qtbot)
    press(page, "Continuer", qtbot)
    assert page.name.accessibleDescription() == "Indiquez votre nom."
    assert "au moins 8" in page.choice.passphrase.field.accessibleDescription()
    page.name.setText("Camille Rey")
    page.choice.passphrase.field.setText(PHRASE)
    page.choice.again.field.setText(PHRASE + "s")
    press(page, "Continuer", qtbot)
    assert "pas les mêmes" in page.choice.passphrase.field.accessibleDescription()


def test_a_second_computer_takes_the_code_of_the_sheet_that_exists(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    code = access.recovery_code()
    page = set_up_page(gate, qtbot)
    page.name.setText("Camille Rey")
    page.choice.passphrase.field.setText(PHRASE)
    page.choice.again.field.setText(PHRASE)
    press(page, "Continuer", qtbot)
    page.recovery.which.findChildren(QWidget)[1].click()  # type: ignore[attr-defined]
    page.recovery.existing.setText(code[:-1])
    press(page, "Commencer", qtbot)
    qtbot.waitUntil(lambda: "faute de frappe" in page.recovery.sentence(), timeout=10_000)
    page.recovery.existing.setText(code)
    press(page, "Commencer", qtbot)
    all_open(opened, qtbot)
    reopened = access.open_with_recovery(paths, code)
    assert access.advisor_name(reopened) == "Camille Rey"
    reopened.close()


def test_tab_follows_the_eye_on_the_sheet_step(gate: Gate, qtbot: QtBot) -> None:
    page = set_up_page(gate, qtbot)
    page.name.setText("Camille Rey")
    page.choice.passphrase.field.setText(PHRASE)
    page.choice.again.field.setText(PHRASE)
    press(page, "Continuer", qtbot)
    assert page.recovery.print_button.hasFocus()
    reached = []
    for _ in range(3):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.window().focusWidget())
    assert reached == [page.recovery.save_button, page.recovery.proof, page.back]


def test_the_sheet_is_written_as_a_pdf(
    gate: Gate, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = set_up_page(gate, qtbot)
    wanted = tmp_path / "feuille.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wanted), ""))
    page.recovery.save_button.click()
    written = wanted.read_bytes()
    assert written.startswith(b"%PDF")
    assert b"/FontFile2" in written, "the letters are not in the file: another computer may show others"
    told = PdfReader(wanted).metadata
    assert told is not None
    assert told.title == "Feuille de secours Passerelle"
    assert page.recovery.sentence() == ""


def test_a_sheet_that_cannot_be_written_gets_a_sentence(gate: Gate, qtbot: QtBot, tmp_path: Path) -> None:
    page = set_up_page(gate, qtbot)
    page.recovery.save_to(tmp_path)
    assert "choisissez un autre dossier" in page.recovery.sentence()


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    has_notebook(paths)
    page = unlock_page(gate, qtbot)
    QTest.keyClicks(page.passphrase.field, "pas la bonne")
    QTest.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "pas la bonne phrase" in page.passphrase.accessibleDescription(), timeout=10_000)
    assert page.passphrase.text() == ""
    QTest.keyClicks(page.passphrase.field, PHRASE)
    QTest.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    assert all_open(opened, qtbot) == "Camille Rey"
    assert page.passphrase.text() == ""


def test_a_lost_passphrase_is_replaced_with_the_recovery_code(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    code = has_notebook(paths)
    page = unlock_page(gate, qtbot)
    press(page, "J’ai perdu ma phrase de passe", qtbot)
    QTest.keyClicks(page.recovery, code.lower())
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    renew = page_of(gate, qtbot, RenewPage)
    assert isinstance(renew, RenewPage)
    assert page.recovery.text() == ""
    QTest.keyClicks(renew.choice.passphrase.field, "une autre phrase")
    QTest.keyClicks(renew.choice.again.field, "une autre phrase")
    QTest.keyClick(renew.choice.again.field, Qt.Key.Key_Return)
    assert all_open(opened, qtbot) == "Camille Rey"
    gate.open_with("une autre phrase")
    all_open(opened, qtbot, 2)


def test_a_code_with_a_slip_stays_to_be_corrected(gate: Gate, qtbot: QtBot, paths: Paths) -> None:
    code = has_notebook(paths)
    page = unlock_page(gate, qtbot)
    press(page, "J’ai perdu ma phrase de passe", qtbot)
    QTest.keyClicks(page.recovery, code[:-1])
    QTest.keyClick(page.recovery, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "faute de frappe" in page.recovery.accessibleDescription(), timeout=10_000)
    assert page.recovery.text() == code[:-1]


def test_a_store_that_lost_the_key_leads_to_the_recovery_code(gate: Gate, qtbot: QtBot, paths: Paths) -> None:
    with memory_store():
        has_notebook(paths, passphrase=None)
    page = unlock_page(gate, qtbot)
    assert page.recovery.isVisible()
    assert not page.passphrase.isVisible()


def test_a_locked_notebook_opens_with_one_button_where_the_computer_keeps_the_key(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    with memory_store():
        has_notebook(paths, passphrase=None)
        gate.lock()
        page = page_of(gate, qtbot, UnlockPage)
        assert opened == []
        press(page, "Ouvrir", qtbot)
        assert all_open(opened, qtbot) == "Camille Rey"


def test_a_damaged_notebook_is_explained_and_tried_again(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    has_notebook(paths)
    good = paths.database.read_bytes()
    paths.database.write_bytes(b"x" * len(good))
    page = unlock_page(gate, qtbot)
    page.passphrase_given.emit(PHRASE)
    trouble = page_of(gate, qtbot, TroublePage)
    assert isinstance(trouble, TroublePage)
    assert "Rien n’a été effacé" in trouble.sentence()
    paths.database.write_bytes(good)
    press(trouble, "Réessayer", qtbot)
    page_of(gate, qtbot, UnlockPage)
    gate.open_with(PHRASE)
    assert all_open(opened, qtbot) == "Camille Rey"


def test_damaged_keys_are_explained(gate: Gate, qtbot: QtBot, paths: Paths) -> None:
    has_notebook(paths)
    paths.slots.write_text("{", encoding="utf-8")
    gate.start()
    trouble = page_of(gate, qtbot, TroublePage)
    assert isinstance(trouble, TroublePage)
    assert "cles.json" in trouble.sentence()


def test_locked_capitals_are_noticed(gate: Gate, qtbot: QtBot, paths: Paths) -> None:
    has_notebook(paths)
    page = unlock_page(gate, qtbot)
    QTest.keyClicks(page.passphrase.field, "A")
    assert page.passphrase.has_capitals_locked()
    QTest.keyClicks(page.passphrase.field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not page.passphrase.has_capitals_locked()


def test_the_first_pages_load_nothing_heavy() -> None:
    code = "import sys, app.vault, app.ui.gate.presenter, app.ui.gate.unlock_page; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "requests", "pydantic", "alembic", "keyring", "nacl"} & set(loaded)


def test_every_control_has_a_name(gate: Gate, qtbot: QtBot) -> None:
    page = set_up_page(gate, qtbot)
    for each in page.findChildren(QWidget):
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and each.focusProxy() is None:
            assert each.accessibleName() or getattr(each, "text", str)(), each


RELEASED = Path(__file__).parent.parent / "migrations" / "released" / "carnet-1.db"


def test_an_older_notebook_says_that_it_is_brought_up_to_date(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    key = Vault(paths.slots).create(recovery_key(access.recovery_code()).public, PHRASE)
    paths.database.write_bytes(RELEASED.read_bytes())
    with closing(unlocked(paths.database, bytearray(KEY))) as older:
        older.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
    page = unlock_page(gate, qtbot)
    page.passphrase_given.emit(PHRASE)
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=10_000)
    shown = gate.widget.currentWidget()
    assert shown is not None
    assert shown.isVisible()
    assert any("Mise à jour du carnet…" in one.text() for one in shown.findChildren(QLabel))


def test_a_notebook_of_this_version_says_nothing_of_an_update(
    gate: Gate, qtbot: QtBot, opened: list[Database], paths: Paths
) -> None:
    has_notebook(paths)
    unlock_page(gate, qtbot).passphrase_given.emit(PHRASE)
    assert all_open(opened, qtbot) == "Camille Rey"
    assert not any("Mise à jour" in one.text() for one in gate.widget.findChildren(QLabel))
