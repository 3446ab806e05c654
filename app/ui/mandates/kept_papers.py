"""The dialogs of what is kept of a mandate: the paper that was signed, and its journal."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.mandates import papers
from app.ui.desk import Desk
from app.ui.mandates import journal_paper, mandate_paper
from app.ui.paper.document import Document
from app.ui.reports.paper_presenter import Notice, PaperPresenter

_MANDATE = Notice(
    (
        "Le mandat, tel qu’il a été signé. Il ne change plus\u00a0: une famille peut en être retirée, et un autre "
        "mandat peut le suivre.",
    )
)
_JOURNAL = Notice(
    (
        "Tout ce qui a été fait à la place de la personne, ligne après ligne. Elle peut le demander à tout moment.",
        "Les dernières empreintes imprimées permettent de vérifier plus tard que rien n’a été changé.",
    )
)


def mandate_of(desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> PaperPresenter:
    """The paper of a mandate that was signed."""
    database = desk.database

    def compose() -> Document:
        return mandate_paper.document(papers.kept(database, id_, today()))

    return PaperPresenter(desk, "Mandat", _MANDATE, compose, window)


def journal_of(desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> PaperPresenter:
    """The paper of its journal."""
    database = desk.database

    def compose() -> Document:
        return journal_paper.document(papers.journal(database, id_, today()))

    return PaperPresenter(desk, "Journal du mandat", _JOURNAL, compose, window)
