"""The pictures of the gate: a first opening, a lock, a notebook brought back."""

from pathlib import Path

from app.options import DEMONSTRATION_PASSPHRASE
from app.ui.gate.contents_page import ContentsPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from build.sittings.hand import Sitting

PASSPHRASE = "un chemin pavé de mots simples"


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
