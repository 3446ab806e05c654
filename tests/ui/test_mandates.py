"""The tab « Documents » as an advisor uses it: with the keyboard first, over a real notebook."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.database import Database
from app.labels import MANDATE_FAMILIES
from app.models import MandateEntry
from app.services import access, cases
from app.services.commands import SaveCase
from app.services.mandates import lists, making, papers
from app.services.mandates.rows import MandateState, NoteUse, SignMandate
from app.services.signatures import from_text
from app.services.typed import Name
from app.ui.day.presenter import DayPresenter
from app.ui.desk import Desk
from app.ui.mandates import journal_paper, mandate_paper
from app.ui.mandates.act_dialog import RevokeDialog, UseDialog
from app.ui.mandates.mandate_form import MandateForm
from app.ui.mandates.panel import DocumentsPanel
from app.ui.mandates.presenter import SIGNED, NewMandatePresenter
from app.ui.mandates.signature_pad import SignaturePad
from app.ui.paper.blocks import Fact
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.pdf import pdf_of
from app.ui.reports.paper_dialog import PaperDialog
from protocol.vocabulary import MandateDuration, MandateFamily, Signing
from tests.notebook import TODAY, a_beneficiary
from tests.ui.forms import Keyboard, button, in_front

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.usefixtures("desk")
FAMILIES = frozenset({MandateFamily.MONEY, MandateFamily.SOCIAL})


@pytest.fixture
def odette(database: Database) -> UUID:
    moment = round(datetime(TODAY.year, TODAY.month, TODAY.day, 10).timestamp() * 1000)
    database.now_ms = lambda: moment
    access.rename_advisor(database, "Camille Fabre")
    return a_beneficiary(database, "Martin", "Odette")


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, odette: UUID) -> DocumentsPanel:
    made = DocumentsPanel(desk, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    in_front(qtbot, made)
    made.show_person(odette)
    return made


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard()


def a_mandate(database: Database, person: UUID, **more: Any) -> UUID:
    usual = {"families": FAMILIES, "duration": MandateDuration.MONTH, "starts_on": TODAY, "acts": "Déclarer l’impôt."}
    return making.sign(database, SignMandate(**{**usual, "beneficiary": person, **more}), TODAY)


def dialog(kind: type[QDialog]) -> Any:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def form_in(shown: QDialog) -> MandateForm:
    found = shown.findChild(MandateForm)
    assert found is not None
    return found


def draw(pad: SignaturePad) -> None:
    """A stroke of the hand."""
    QTest.mousePress(pad.frame, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for x in range(25, 120, 5):
        QTest.mouseMove(pad.frame, QPoint(x, 20 + x % 30))
    QTest.mouseRelease(pad.frame, Qt.MouseButton.LeftButton, pos=QPoint(125, 40))


def strokes_of(pad: SignaturePad) -> int:
    drawing = from_text(pad.value())
    return len(drawing.strokes) if drawing else 0


def test_a_mandate_on_paper_is_made_with_a_few_keys(
    tab: DocumentsPanel, desk: Desk, keys: Keyboard, odette: UUID
) -> None:
    tab.first.setFocus()
    keys.press(Key.Key_Space)
    dialog(PaperDialog)
    keys.press(Key.Key_Right, times=2)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Tab)
    keys.letters("Demander la carte Vitale")
    keys.press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    (row,) = lists.of_person(desk.database, odette, TODAY)
    assert (row.families, row.duration, row.signing) == ((MandateFamily.SOCIAL,), MandateDuration.DAY, Signing.PAPER)
    assert row.acts == "Demander la carte Vitale"
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == row.id
    assert tab.focusWidget() is tab.panel.use
    assert keys.presses <= 8


def test_what_is_missing_is_said_and_what_was_typed_comes_back(
    tab: DocumentsPanel, desk: Desk, keys: Keyboard, odette: UUID
) -> None:
    tab.new_mandate()
    shown = dialog(PaperDialog)
    form = form_in(shown)
    form.acts.field.setPlainText("Refaire sa carte d’identité")
    button(shown, SIGNED).click()
    assert shown.isVisible()
    assert "au moins une famille" in shown.fault.text()
    shown.reject()
    assert lists.of_person(desk.database, odette, TODAY) == ()
    tab.new_mandate()
    assert form_in(dialog(PaperDialog)).acts.value() == "Refaire sa carte d’identité"


def test_a_mandate_may_be_signed_on_the_screen_and_a_stroke_rubbed_out(
    tab: DocumentsPanel, desk: Desk, qtbot: QtBot, odette: UUID
) -> None:
    made = NewMandatePresenter(
        desk,
        SignMandate(beneficiary=odette, families=FAMILIES, acts="Impôts", starts_on=TODAY, signing=Signing.SCREEN),
        Name("mandate.new", odette),
        tab,
        lambda: TODAY,
    )
    made.open()
    qtbot.waitUntil(made.dialog.isActiveWindow)
    made.save()
    assert made.dialog.isVisible()
    assert made.form._rows["person_signature"].error()
    assert made.dialog.fault.isVisible()
    for pad in (made.form.person, made.form.advisor):
        pad.frame.setFocus()
        draw(pad)
        draw(pad)
        assert pad.frame.hasFocus()
        assert not pad.frame.grab().isNull()
    assert not made.form._rows["person_signature"].error()
    assert not made.dialog.fault.isVisible()
    assert strokes_of(made.form.person) == 2
    QTest.keyClick(made.form.person.frame, Key.Key_Backspace)
    assert strokes_of(made.form.person) == 1
    made.form.advisor.erase.click()
    assert made.form.advisor.value() == ""
    draw(made.form.advisor)
    expected = made.form.person.value()
    made.save()
    (row,) = lists.of_person(desk.database, odette, TODAY)
    assert making.form_of(desk.database, row.id).person_signature == expected


def test_a_use_is_noted_with_the_keyboard_and_shown_in_the_journal(
    tab: DocumentsPanel, desk: Desk, keys: Keyboard, odette: UUID
) -> None:
    id_ = a_mandate(desk.database, odette)
    tab.show_person(odette)
    tab.list.setFocus()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Space)
    shown = dialog(UseDialog)
    keys.press(Key.Key_Return, CTRL)
    assert shown.isVisible()
    assert shown.rows["said"].error() or shown.rows["family"].error()
    shown.families.focus_first()
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Tab)
    keys.letters("Carte Vitale recue")
    keys.press(Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None
    assert lists.detail(desk.database, id_, TODAY).row.uses == 1
    assert "Carte Vitale recue" in tab.panel.entries.lines()[-1].spoken
    assert tab.panel.intact.isVisible()


def test_a_family_then_the_whole_mandate_is_taken_back(
    tab: DocumentsPanel, desk: Desk, keys: Keyboard, odette: UUID
) -> None:
    id_ = a_mandate(desk.database, odette)
    tab.show_person(odette)
    tab.list.setFocus()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Delete)
    dialog(RevokeDialog)
    keys.press(Key.Key_Space)
    keys.press(Key.Key_Return, CTRL)
    assert lists.detail(desk.database, id_, TODAY).row.left == (MandateFamily.MONEY,)
    tab.panel.revoke.click()
    dialog(RevokeDialog).end.click()
    assert lists.detail(desk.database, id_, TODAY).row.state is MandateState.REVOKED
    assert not tab.panel.use.isEnabled()
    assert tab.list.lines()[0].aside.startswith("Retiré le")
    tab.list.advanced.emit(id_)
    assert QApplication.activeModalWidget() is None


def test_an_altered_journal_is_said_clearly(tab: DocumentsPanel, desk: Desk, odette: UUID) -> None:
    id_ = a_mandate(desk.database, odette)
    entry = making.note_use(desk.database, NoteUse(id_, MandateFamily.MONEY, "Fait"), TODAY)
    with desk.database.work() as work:
        kept = work.find(MandateEntry, entry)
        assert kept is not None
        work.save(replace(kept, said="Non"))
    tab.show_person(odette)
    tab.show_mandate(id_)
    assert tab.panel.altered.isVisible()
    assert "a été modifié" in tab.panel.altered.text()
    assert not tab.panel.intact.isVisible()
    assert "Attention" in words_of(journal_paper.document(papers.journal(desk.database, id_, TODAY)))


def test_the_day_recalls_the_mandate_and_leads_to_the_person(qtbot: QtBot, desk: Desk, odette: UUID) -> None:
    a_mandate(desk.database, odette)
    last = datetime(2026, 12, 19, 9)
    day = DayPresenter(desk, lambda: last)
    qtbot.addWidget(day.view)
    day.view.show()
    day.shown()
    (line,) = day.view.deadlines.list.lines()
    assert (line.title, line.aside.replace("\u00a0", " ")) == ("Mandat d’Odette Martin", "Finit dans 5 jours")
    day.view.deadlines.list.setFocus()
    QTest.keyClick(day.view.deadlines.list, Key.Key_Down)
    with qtbot.waitSignal(desk.person_asked) as asked:
        QTest.keyClick(day.view.deadlines.list, Key.Key_Return)
    assert asked.args == [odette]


def test_the_papers_lead_to_the_file_and_to_the_case(
    tab: DocumentsPanel, desk: Desk, qtbot: QtBot, odette: UUID
) -> None:
    with qtbot.waitSignal(desk.person_file_asked) as asked:
        button(tab, "Fiche de suivi…").click()
    assert asked.args == [odette]
    with qtbot.waitSignal(desk.said) as said:
        button(tab, "Ma démarche…").click()
    assert "Aucune démarche" in said.args[0]
    cases.save(desk.database, SaveCase(beneficiary=odette, procedure="carte_grise"), TODAY)
    button(tab, "Ma démarche…").click()
    dialog(PaperDialog).reject()
    button(tab, "Feuille d’information…").click()
    assert dialog(PaperDialog).windowTitle() == "Feuille d’information"


def test_the_mandate_says_all_that_it_must_on_one_page_with_both_signatures(database: Database, odette: UUID) -> None:
    every = frozenset(MandateFamily)
    form = SignMandate(beneficiary=odette, families=every, acts="Zz demande.", duration=MandateDuration.YEAR)
    document = mandate_paper.document(papers.to_sign(database, form, TODAY))
    said = words_of(document)
    for wanted in (
        *MANDATE_FAMILIES.values(), "Zz demande.", "Odette Martin", "Camille Fabre", "articles 1984 et suivants",
        "article 1991", "ne garde jamais les mots de passe, les codes, ni les numéros de carte bancaire",
        "Signature de la personne", "Signature du mandataire", "24/11/2026", "mardi 23 novembre 2027",
        "arrêter ce mandat", "CNIL", "2016/679", "deux exemplaires", "Fait à",
    ):  # fmt: skip
        assert wanted in said
    for brand in ("Passerelle", "Aidants Connect", "FranceConnect"):
        assert brand not in said
    assert len(pages_of(document)) == 1


@pytest.mark.parametrize("signing", list(Signing))
@pytest.mark.parametrize("families", [set(), {MandateFamily.MONEY}, FAMILIES, {*FAMILIES, MandateFamily.HOUSING}])
def test_an_ordinary_mandate_keeps_large_letters_on_its_one_page(
    database: Database, odette: UUID, families: set[MandateFamily], signing: Signing
) -> None:
    acts = "Déclarer mes revenus sur impots.gouv.fr, et demander le remboursement de mes lunettes sur ameli.fr."
    form = SignMandate(odette, frozenset(families), MandateDuration.MONTH, acts=acts, signing=signing)
    document = mandate_paper.document(papers.to_sign(database, form, TODAY))
    assert LaidOut(document).count == 1
    assert min(block.points for block in document.blocks if isinstance(block, Fact)) >= 10.5


@pytest.mark.parametrize("length", [300, 600, 1000, 1500])
def test_a_long_mandate_takes_two_pages_and_words_stand_above_the_signatures(
    database: Database, odette: UUID, length: int
) -> None:
    form = SignMandate(beneficiary=odette, families=frozenset(MandateFamily), acts=("Mot " * length)[:length])
    *first, last = pages_of(mandate_paper.document(papers.to_sign(database, form, TODAY)))
    assert len(first) <= 1
    assert "Signature de la personne" in last
    assert "Les informations notées" in last
    assert not any("Signature de la personne" in page for page in first)


def test_the_journal_bears_its_last_digest_in_full(database: Database, odette: UUID) -> None:
    id_ = a_mandate(database, odette)
    making.note_use(database, NoteUse(id_, MandateFamily.MONEY, "Déclaration envoyée"), TODAY)
    said = words_of(journal_paper.document(papers.journal(database, id_, TODAY)))
    (head,) = lists.detail(database, id_, TODAY).heads
    assert head in said.replace(" ", "")
    assert "Déclaration envoyée" in said
    assert "rien n’a été changé" in said
    assert lists.detail(database, id_, TODAY).faults == ()


def words_of(document: Document) -> str:
    """All the words of the paper, on one line."""
    return " ".join(pages_of(document))


def pages_of(document: Document) -> list[str]:
    """The words of each page, on one line."""
    reader = PdfReader(BytesIO(pdf_of(document)))
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]
