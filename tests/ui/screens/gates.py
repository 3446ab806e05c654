"""Before the notebook is open."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.recovery import new_code
from app.ui.gate.renew_page import RenewPage
from app.ui.gate.set_up_page import SetUpPage
from app.ui.gate.trouble_page import TroublePage
from app.ui.gate.unlock_page import UnlockPage
from tests.ui.screens.stage import SENTENCE, Stage


def copy_to_open(stage: Stage) -> QWidget:
    page = UnlockPage(can_leave=True)
    page.show_error(SENTENCE)
    return stage.show(page)


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
    welcome,
    recovery_sheet,
    lock,
    recovery_code,
    new_lock,
    trouble,
    copy_to_open,
)
