"""The pictures of what is printed, before it is."""

from PySide6.QtWidgets import QApplication

from app.services import beneficiaries
from app.services.commands import ActivityFilter
from app.ui import theme
from app.ui.mandates.presenter import NewMandatePresenter
from app.ui.reports.paper_dialog import SIZE
from app.ui.reports.paper_presenter import PaperPresenter
from app.ui.reports.person_file_presenter import PersonFilePresenter
from app.ui.reports.presenter import ReportPresenter
from build.sittings.hand import Sitting


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
    picture_of_paper(hand, report, "rapport")
    hand.desk.person_file_asked.emit(beneficiaries.search(hand.desk.database, "", limit=1)[0].id)
    picture_of_paper(hand, hand.workspace.findChildren(PersonFilePresenter)[0], "fiche-de-suivi")


def picture_of_paper(
    hand: Sitting,
    paper: ReportPresenter | PaperPresenter | NewMandatePresenter,
    name: str,
) -> None:
    """Wait for the pages of a paper, take their picture, and close the dialog."""
    dialog, window = paper.dialog, hand.program.window
    dialog.resize(min(theme.px(SIZE[0]), window.width()), min(theme.px(SIZE[1]), window.height()))
    hand.rest(600)
    hand.wait(lambda: paper.paper.is_at_rest and dialog.preview.count > 0)
    hand.picture(name)
    dialog.reject()
    hand.rest()
    hand.program.window.activateWindow()
