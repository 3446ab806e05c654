"""The dialog « Ma démarche » of one case."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services import case_paper
from app.ui.cases import paper
from app.ui.desk import Desk
from app.ui.paper.document import Document
from app.ui.reports.paper_presenter import Notice, PaperPresenter

_NOTICE = Notice(
    (
        "Une ou deux pages en grands caractères, que la personne emporte\u00a0: où en est sa démarche, ce qu’elle "
        "apporte, ce qu’il reste à faire, où, et avant quand.",
        "Vos notes n’y sont pas.",
    ),
    remark="N’y écrivez jamais un mot de passe, et rappelez à la personne de ne pas le faire.",
)


def paper_of_case(desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> PaperPresenter:
    """The summary of a case, for the person."""
    database = desk.database

    def compose() -> Document:
        return paper.document(case_paper.gather(database, id_, today()))

    return PaperPresenter(desk, "Ma démarche", _NOTICE, compose, window)
