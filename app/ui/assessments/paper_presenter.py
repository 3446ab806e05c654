"""The dialogs of the two papers: the result of an assessment, and the questionnaire to fill in by hand."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.assessments import result_paper
from app.ui.assessments import blank_paper, paper
from app.ui.desk import Desk
from app.ui.paper.document import Document
from app.ui.reports.paper_presenter import Notice, PaperPresenter

_RESULT = Notice(
    (
        "Le résultat en grands caractères, que la personne emporte\u00a0: le dessin, une phrase pour chaque domaine, "
        "ce que vous avez choisi ensemble, et les fiches à essayer.",
        "Vos notes n’y sont pas, ni le mot «\u00a0illectronisme\u00a0».",
    )
)
_BLANK = Notice(
    (
        "Deux pages à remplir à la main, seul ou avec vous, quand l’ordinateur gêne ou manque.",
        "Ensuite, saisissez les réponses dans la fiche de la personne\u00a0: «\u00a0Nouveau diagnostic\u00a0», puis "
        "changez la date.",
    ),
    remark="Une fois saisie, rendez la feuille à la personne ou détruisez-la.",
    is_private=False,
)


def result_of(desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> PaperPresenter:
    """The result of an assessment, for the person."""
    database = desk.database

    def compose() -> Document:
        return paper.document(result_paper.gather(database, id_, today()))

    return PaperPresenter(desk, "Mon point numérique", _RESULT, compose, window)


def blank_questionnaire(desk: Desk, window: QWidget) -> PaperPresenter:
    """The questionnaire, empty."""
    return PaperPresenter(desk, "Questionnaire à imprimer", _BLANK, blank_paper.document, window)
