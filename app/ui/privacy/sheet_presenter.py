"""The dialog of the information sheet: for one person, or for anybody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.privacy import information
from app.ui.desk import Desk
from app.ui.paper.document import Document
from app.ui.privacy import information_sheet
from app.ui.reports.paper_presenter import Notice, PaperPresenter

_NOTICE = Notice(
    (
        "Une page en français facile, que la personne emporte\u00a0: qui garde ses informations, pourquoi, combien de "
        "temps, et ses droits.",
        "Remettez-la à la première rencontre, et lisez-la ensemble si besoin.",
    ),
    is_private=False,
)
_BLANK = replace(_NOTICE, remark="Sans nom, elle peut attendre sur votre comptoir ou être affichée.")


def information_sheet_for(
    desk: Desk, id_: UUID | None, window: QWidget, today: Callable[[], date] = date.today
) -> PaperPresenter:
    """The sheet of a person, or without a name the one that anybody may take."""
    database = desk.database

    def compose() -> Document:
        return information_sheet.document(information.gather(database, id_, today()))

    return PaperPresenter(desk, "Feuille d’information", _NOTICE if id_ else _BLANK, compose, window)
