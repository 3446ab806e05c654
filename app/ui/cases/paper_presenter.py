"""The dialog « Ma démarche » of one case."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services import case_paper
from app.ui.cases import paper
from app.ui.desk import Desk
from app.ui.reports.paper_presenter import CLEAR, PaperPresenter, notice
from app.ui.widgets.banner import Banner

_SENTENCES = (
    "Une page en grands caractères, que la personne emporte\u00a0: où en est sa démarche, ce qu’elle apporte, ce "
    "qu’il reste à faire, où, et avant quand.",
    "Vos notes n’y sont pas.",
)
_NO_SECRET = "N’y écrivez jamais un mot de passe, et rappelez à la personne de ne pas le faire."


class CasePaperPresenter(PaperPresenter):
    """Shows the summary before it is saved or printed."""

    def __init__(self, desk: Desk, id_: UUID, parent: QWidget, today: Callable[[], date] = date.today) -> None:
        said = notice(_SENTENCES, Banner("info", _NO_SECRET), Banner("warning", CLEAR))
        database, day = desk.database, today()
        super().__init__(
            desk, "Ma démarche", said, lambda: paper.document(case_paper.gather(database, id_, day)), parent
        )
