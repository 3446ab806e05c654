"""The dialog « Mon rendez-vous » of one appointment."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.appointments import card
from app.ui.appointments import paper
from app.ui.desk import Desk
from app.ui.paper.document import Document
from app.ui.reports.paper_presenter import Notice, PaperPresenter

_NOTICE = Notice(
    (
        "Une page en grands caractères, que la personne emporte\u00a0: le jour et l’heure, le lieu, avec qui, pour "
        "quoi, et ce qu’elle apporte si une démarche est liée.",
    ),
    remark="L’objet du rendez-vous y est écrit\u00a0: pensez à qui peut le lire.",
)


def paper_of_appointment(
    desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today
) -> PaperPresenter:
    """The card of an appointment, for the person."""
    database = desk.database

    def compose() -> Document:
        return paper.document(card.gather(database, id_, today()))

    return PaperPresenter(desk, "Mon rendez-vous", _NOTICE, compose, window)
