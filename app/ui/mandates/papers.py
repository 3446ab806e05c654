"""The papers that are handed over to a person, each a button of the tab « Documents »."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.services import case_lists
from app.ui.desk import Desk

NO_CASE = "Aucune démarche n’est suivie pour cette personne\u00a0: ouvrez-en une dans l’onglet «\u00a0Démarches\u00a0»."


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, and what shows it before it is printed."""

    label: str
    tip: str
    give: Callable[[Desk, UUID, QWidget], None]
    """For this person; the widget is the button that was pressed."""


def _file(desk: Desk, id_: UUID, button: QWidget) -> None:
    desk.person_file_asked.emit(id_)


def _information(desk: Desk, id_: UUID, button: QWidget) -> None:
    from app.ui.privacy.sheet_presenter import information_sheet_for

    information_sheet_for(desk, id_, button).open()


def _case(desk: Desk, id_: UUID, button: QWidget) -> None:
    """The summary of the case that is open, or of the one chosen among several."""
    rows = [row for row in case_lists.of_person(desk.database, id_, date.today()) if row.is_open]
    if not rows:
        desk.said.emit(NO_CASE, None)
    elif len(rows) == 1:
        _show_case(desk, rows[0].id, button)
    else:
        menu = QMenu(button)
        for row in rows:
            menu.addAction(row.name).triggered.connect(lambda _on=False, it=row.id: _show_case(desk, it, button))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _show_case(desk: Desk, id_: UUID, button: QWidget) -> None:
    from app.ui.cases.paper_presenter import paper_of_case

    paper_of_case(desk, id_, button).open()


PAPERS: tuple[Paper, ...] = (
    Paper("Fiche de suivi…", "Tout ce que le carnet sait de la personne, à lui remettre", _file),
    Paper("Feuille d’information…", "Qui garde ses informations, pourquoi, et ses droits", _information),
    Paper("Ma démarche…", "Le résumé d’une démarche, en grands caractères", _case),
)
"""In the order of the eye."""
