"""The pictures of the learner sheets."""

from app.ui.sheets.presenter import SheetsPresenter
from build.sittings.hand import Sitting


def sheets(hand: Sitting) -> None:
    """The sheets: the list, one as it will be printed, one that the advisor writes."""
    hand.show("sheets", "fiches")
    presenter = hand.workspace.presenter("sheets")
    assert isinstance(presenter, SheetsPresenter)
    presenter.select("envoyer-un-e-mail")
    hand.wait(lambda: presenter.view.panel.preview.count > 1 and presenter.paper.is_at_rest)
    hand.picture("fiche")
    presenter.view.new.click()
    hand.picture("fiche-nouvelle")
    hand.press("Esc")
