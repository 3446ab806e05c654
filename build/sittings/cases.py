"""The pictures of the cases and of their catalogue."""

from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.view import Page
from build.sittings.hand import Sitting


def cases(hand: Sitting) -> None:
    """The cases that are followed, and the catalogue."""
    hand.show("cases", "demarches")
    presenter = hand.workspace.presenter("cases")
    assert isinstance(presenter, CasesPresenter)
    hand.press("Down")
    hand.press("Return")
    hand.press("Down")
    hand.picture("demarche")
    hand.press("Esc")
    presenter.view.show_page(Page.CATALOGUE)
    presenter.view.catalogue.search.setFocus()
    hand.type("carte")
    hand.press("Return")
    hand.press("Down")
    hand.picture("catalogue")
    presenter.view.show_page(Page.FOLLOWED)
