"""The pictures of what people are told and may ask: the tab of one, erasing, the sheet, the rule of one year."""

from PySide6.QtWidgets import QApplication

from app.services import beneficiaries
from app.services.privacy import consent
from app.ui.privacy.panel import PrivacyPanel
from app.ui.privacy.sheet_presenter import information_sheet_for
from build.sittings.hand import Sitting
from build.sittings.papers import picture_of_paper
from protocol.vocabulary import Consent


def privacy(hand: Sitting) -> None:
    """The tab of a person who no longer agrees, what erasing asks, the sheet handed over, who is about to go."""
    desk = hand.desk
    people = [one.id for one in beneficiaries.search(desk.database, "", limit=60)]
    told = next(one for one in people if consent.of(desk.database, one).choices.consent is Consent.WITHDRAWN)
    desk.person_asked.emit(told)
    file = hand.workspace.people.file
    file.show_tab("privacy")
    file.view.tabs.focus_chosen()
    hand.rest(200)
    hand.picture("confidentialite")
    panel = file.view.panel("privacy")
    assert isinstance(panel, PrivacyPanel)
    panel.erase.click()
    hand.wait(lambda: QApplication.activeWindow() is not hand.program.window)
    hand.picture("effacer")
    hand.press("Esc")
    hand.program.window.activateWindow()
    sheet = information_sheet_for(desk, told, hand.workspace)
    sheet.open()
    picture_of_paper(hand, sheet, "feuille-d-information")
    desk.privacy_asked.emit()
    hand.rest(400)
    hand.picture("vie-privee")
