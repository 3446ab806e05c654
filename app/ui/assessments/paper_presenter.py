"""The dialogs of the two papers: the result of an assessment, and the questionnaire to fill in by hand."""

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.assessments import result_paper
from app.ui.assessments import blank_paper, paper
from app.ui.desk import Desk
from app.ui.reports.paper_presenter import CLEAR, PaperPresenter, notice
from app.ui.widgets.banner import Banner

_RESULT = (
    "Le résultat en grands caractères, que la personne emporte\u00a0: le dessin, une phrase pour chaque domaine, ce "
    "que vous avez choisi ensemble, et les fiches à essayer.",
    "Vos notes n’y sont pas, ni le mot «\u00a0illectronisme\u00a0».",
)
_BLANK = (
    "Deux pages à remplir à la main, seul ou avec vous, quand l’ordinateur gêne ou manque.",
    "Ensuite, saisissez les réponses dans la fiche de la personne\u00a0: «\u00a0Nouveau diagnostic\u00a0», puis "
    "changez la date.",
)
_NO_SECRET = "Une fois saisie, rendez la feuille à la personne ou détruisez-la."


def result_of(desk: Desk, id_: UUID, parent: QWidget, today: date) -> PaperPresenter:
    """The result of an assessment, for the person."""
    said = notice(_RESULT, Banner("warning", CLEAR))
    database = desk.database
    return PaperPresenter(
        desk,
        "Mon point numérique",
        said,
        lambda: paper.document(result_paper.gather(database, id_, today)),
        parent,
    )


def blank(desk: Desk, parent: QWidget) -> PaperPresenter:
    """The questionnaire, empty."""
    said = notice(_BLANK, Banner("info", _NO_SECRET))
    return PaperPresenter(desk, "Questionnaire à imprimer", said, blank_paper.document, parent)
