"""The dialog of the information sheet: for one person, or for anybody."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.privacy import information
from app.ui.desk import Desk
from app.ui.privacy import information_sheet
from app.ui.reports.paper_presenter import PaperPresenter, notice
from app.ui.widgets.banner import Banner

_SENTENCES = (
    "Une page en français facile, que la personne emporte\u00a0: qui garde ses informations, pourquoi, combien de "
    "temps, et ses droits.",
    "Remettez-la à la première rencontre, et lisez-la ensemble si besoin.",
)
_ALSO_BLANK = "Sans nom, elle peut attendre sur votre comptoir ou être affichée."


class InformationSheetPresenter(PaperPresenter):
    """Shows the sheet before it is saved or printed."""

    def __init__(self, desk: Desk, id_: UUID | None, parent: QWidget, today: Callable[[], date] = date.today) -> None:
        said = notice(_SENTENCES, *((Banner("info", _ALSO_BLANK),) if id_ is None else ()))
        database, day = desk.database, today()
        super().__init__(
            desk,
            "Feuille d’information",
            said,
            lambda: information_sheet.document(information.gather(database, id_, day)),
            parent,
        )
