"""The dialog « Fiche de suivi » of one person: to print, or as JSON for another program."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.services import person_file
from app.services.files import replacing
from app.services.privacy import portable
from app.ui.desk import Desk
from app.ui.file_choice import choose_target
from app.ui.paper.document import Document
from app.ui.reports import person_file as person_paper
from app.ui.reports.paper_presenter import Notice, PaperPresenter
from app.ui.tasks import Task

_NOTICE = Notice(
    (
        "Toute personne peut demander ce que vous gardez sur elle. Cette fiche le dit en grands caractères\u00a0: ses "
        "coordonnées, chaque accompagnement, ses démarches, rendez-vous, mandats et diagnostics, vos notes, et ses "
        "droits.",
        "Les notes d’un atelier n’y sont pas\u00a0: elles parlent de tout le groupe.",
        "Remettez-la en main propre, à la personne elle-même.",
    ),
    remark="Relisez vos notes avant de l’imprimer\u00a0: parlent-elles aussi de quelqu’un d’autre\u00a0?",
)


class PersonFilePresenter(PaperPresenter):
    """The file of a person, on paper or for another program."""

    def __init__(self, desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> None:
        database = desk.database

        def compose() -> Document:
            return person_paper.document(person_file.gather(database, id_, today()))

        super().__init__(desk, "Fiche de suivi", _NOTICE, compose, window)
        self._id, self._today = id_, today
        self.json = self.dialog.add_button("Enregistrer en JSON…", "download", self._choose_json)
        self.json.setToolTip("Pour un autre logiciel\u00a0: tout ce que dit la fiche, et quand elle a changé")

    def save_json(self, path: Path) -> None:
        """Write the same for another program."""
        database, id_, today = self._desk.database, self._id, self._today()

        def write() -> Path:
            said = portable.as_json(person_file.gather(database, id_, today))
            with replacing(path) as aside:
                aside.write_text(said, encoding="utf-8")
            return path

        task = Task(write)
        task.done.connect(self.dialog.show_saved)
        task.failed.connect(self._not_saved)
        task.start()

    def _choose_json(self) -> None:
        proposed = self.dialog.proposed(".json")
        path = choose_target(self.dialog, "Enregistrer en JSON", proposed, "JSON (*.json)")
        if path is not None and isValid(self):
            self.save_json(path)

    def _not_saved(self, error: AppError) -> None:
        self.dialog.show_fault(str(error))
