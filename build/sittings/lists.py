"""The pictures of the activities, and of the search."""

from PySide6.QtWidgets import QApplication

from app.ui.activities.listing import TABLE
from build.sittings.hand import Sitting


def lists(hand: Sitting) -> None:
    """The activities in both styles, and the search over everything."""
    hand.show("activities", "activites")
    view = hand.workspace.activities.view
    view.detail.close_panel()
    hand.picture("activites-sans-detail")
    view.style_changed.emit(TABLE)
    view.filters.open_period()
    hand.picture("filtre-periode")
    hand.press("Esc")
    hand.wait(lambda: QApplication.activePopupWidget() is None)
    hand.program.window.activateWindow()
    view.filters.search.setFocus()
    hand.type("florac")
    hand.rest(300)
    hand.picture("tableau")
    hand.press("Ctrl+K")
    hand.picture("recherche-vide")
    hand.type("mar")
    hand.picture("recherche")
    hand.press("Esc")
    hand.press("Esc")
