"""The pictures of the statistics."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from app.ui.statistics.presenter import StatisticsPresenter
from build.sittings.hand import Sitting

ABOVE = 40
"""Of the part of the figures that a picture is of: its title (pixels)."""


def statistics(hand: Sitting) -> None:
    """The figures, part by part."""
    presenter = hand.workspace.presenter("statistics")
    assert isinstance(presenter, StatisticsPresenter)
    hand.workspace.go_to("statistics")
    hand.wait(lambda: presenter.view.area.isVisible())
    hand.picture("statistiques")
    page, bar = presenter.view.page, presenter.view.area.verticalScrollBar()
    for part, name in ((page.done, "statistiques-themes"), (page.where, "statistiques-lieux"), (page.paths, "progres")):
        bar.setValue(part.mapTo(page, QPoint()).y() - ABOVE)
        hand.picture(name)
    bar.setValue(0)
    presenter.view.filters.open_menu("Personne")
    hand.picture("filtre-personne")
    hand.press("Esc")
    hand.wait(lambda: QApplication.activePopupWidget() is None)
    hand.program.window.activateWindow()
