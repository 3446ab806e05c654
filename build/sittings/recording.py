"""The pictures of the form."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QScrollArea

from app.services import beneficiaries
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.type_ahead import TypeAhead
from build.sittings.hand import Sitting
from protocol.vocabulary import Topic

GUESTS = 15
"""Named participants of the workshop of the picture."""


def leave_a_draft(hand: Sitting) -> None:
    """Leave an accompaniment of which only the person is said."""
    hand.press("Ctrl+N")
    hand.pick("pages")
    hand.workspace.go_to("day")


def accompaniments(hand: Sitting) -> None:
    """One from its first letters to the line that says it is saved, one refused, an anonymous one undone."""
    hand.press("Ctrl+N")
    hand.type("del")
    hand.picture("qui")
    hand.press("Return")
    answer(hand, Topic.ADMINISTRATIVE_HELP, Topic.EMAIL)
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
    answer(hand, Topic.BROWSING)
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


def workshop(hand: Sitting) -> None:
    """A workshop of people who are known and people who are not."""
    known = beneficiaries.search(hand.desk.database, "", limit=GUESTS)
    people = tuple(one.id for one in known)
    hand.press("Ctrl+Shift+N")
    hand.desk.form_asked.emit(replace(hand.form.command(), title="Déjouer les arnaques", participants=people))
    hand.tab_into(hand.form.workshop.findChild(Stepper))
    hand.type("8")
    answer(hand, Topic.DIGITAL_SAFETY, duration=5)
    _to_top(hand)
    hand.picture("atelier")
    hand.tab_into(hand.form.workshop.findChild(Collapsible))
    hand.press("Right")
    hand.picture("atelier-details")
    hand.leave_form()


def answer(hand: Sitting, *topics: Topic, duration: int = 1) -> None:
    """Tick topics and choose a duration."""
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
