"""The pictures of the statistics, and of what is printed of them."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from app.services import beneficiaries
from app.services.commands import ActivityFilter
from app.ui import theme
from app.ui.reports.paper_dialog import HEIGHT, WIDTH
from app.ui.reports.presenter import PersonFilePresenter, ReportPresenter
from app.ui.statistics.presenter import StatisticsPresenter
from build.sittings.hand import Sitting

ABOVE = 40
"""Of the part of the figures that a picture is of: its title (pixels)."""


def statistics(hand: Sitting) -> None:
    """The figures, part by part."""
    presenter = hand.workspace.presenter("statistics")
    assert isinstance(presenter, StatisticsPresenter)
    hand.workspace.go_to("statistics")
    hand.wait(lambda: presenter.counted_filter == presenter.filter)
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


def papers(hand: Sitting) -> None:
    """The report of an employer, and the file of the person who came most."""
    hand.desk.report_asked.emit(ActivityFilter())
    report = hand.workspace.findChildren(ReportPresenter)[0]
    hand.wait(lambda: QApplication.activeWindow() is report.dialog)
    for field, words in (
        (report.form.structure, "Communauté de communes Gorges Causses Cévennes"),
        (report.form.place, "Florac"),
        (report.form.highlights[0], "L’atelier « Ma tablette » est complet : un second est ouvert le jeudi."),
        (report.form.highlights[1], "Six personnes viennent désormais seules à la permanence."),
    ):
        field.setFocus()
        hand.write(words)
    _picture_of_paper(hand, report, "rapport")
    hand.desk.person_file_asked.emit(beneficiaries.search(hand.desk.database, "", limit=1)[0].id)
    _picture_of_paper(hand, hand.workspace.findChildren(PersonFilePresenter)[0], "fiche-de-suivi")


def _picture_of_paper(hand: Sitting, paper: ReportPresenter | PersonFilePresenter, name: str) -> None:
    dialog, window = paper.dialog, hand.program.window
    dialog.resize(min(theme.px(WIDTH), window.width()), min(theme.px(HEIGHT), window.height()))
    hand.rest(600)
    hand.wait(lambda: paper.paper.is_at_rest and dialog.preview.count > 0)
    hand.picture(name)
    dialog.reject()
    hand.rest()
    hand.program.window.activateWindow()
