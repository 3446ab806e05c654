"""Joins the places of activity with the notebook, and reads the files they are imported from."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.errors import AppError, UserError
from app.labels import count
from app.services import place_files, places
from app.services.commands import SavePlace
from app.services.place_candidates import PlaceCandidate
from app.services.place_files import PlaceFile
from app.ui.desk import Desk
from app.ui.file_choice import choose_source
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.places_section import PlacesSection
from app.ui.preferences.view import PreferencesView
from app.ui.tasks import Task


class PlacesPresenter(QObject):
    """Adds, changes, archives and imports places."""

    def __init__(self, desk: Desk, view: PreferencesView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self.section = PlacesSection()
        self.section.form_asked.connect(self._open_form)
        self.section.submitted.connect(self._save)
        self.section.archiving_asked.connect(self._archive)
        self.section.import_asked.connect(self._choose_file)

    def refresh(self) -> None:
        """Show the places as they are now."""
        self._desk.attempt(lambda: self.section.show_places(places.mine(self._desk.database, with_archived=True)))

    def read(self, path: Path) -> None:
        """Read a file away from the window, then offer its places."""
        task = Task(lambda: (place_files.read(path), places.origins(self._desk.database)))
        task.done.connect(lambda answer: self._offer(path.name, *answer))
        task.failed.connect(self._say)
        task.start()

    def _choose_file(self) -> None:
        kinds = "Listes de lieux (*.json *.csv)"
        chosen = choose_source(self._view, "Importer des lieux", kinds)
        if chosen and isValid(self):
            self.read(chosen)

    def _offer(self, name: str, file: PlaceFile, known: frozenset[tuple[str, str]]) -> None:
        page = ImportPage(name, file, known)
        page.chosen.connect(lambda candidates: self._add(page, candidates))
        page.cancelled.connect(lambda: self._view.close_page(page))
        self._view.open_page(page)
        page.focus_first()

    def _add(self, page: ImportPage, candidates: tuple[PlaceCandidate, ...]) -> None:
        try:
            added = places.add_all(self._desk.database, map(_command, candidates))
        except AppError as error:
            self._say(error)
            return
        self._view.close_page(page)
        self._desk.said.emit(
            count(len(added), "lieu ajouté", "lieux ajoutés"), lambda: places.delete(self._desk.database, added)
        )

    def _open_form(self, id_: UUID | None) -> None:
        if id_ is None:
            self.section.open_form(SavePlace())
        else:
            self._desk.attempt(lambda: self.section.open_form(places.form_of(self._desk.database, id_)))

    def _save(self, command: SavePlace) -> None:
        try:
            places.save(self._desk.database, command)
        except UserError as error:
            self.section.form.show_faults(error.fields)
        except AppError as error:
            self._say(error)
        else:
            self.section.close_form()
            self._desk.said.emit("Lieu enregistré", None)

    def _archive(self, id_: UUID, is_archived: bool) -> None:
        database = self._desk.database
        if self._desk.attempt(lambda: places.archive(database, id_, is_archived)):
            words = "Lieu archivé\u00a0: ses activités le gardent" if is_archived else "Lieu remis dans la liste"
            self._desk.said.emit(words, lambda: places.archive(database, id_, not is_archived))

    def _say(self, error: AppError) -> None:
        self._desk.said.emit(str(error), None)


def _command(one: PlaceCandidate) -> SavePlace:
    return SavePlace(
        name=one.name,
        address=one.address,
        municipality=one.municipality,
        postal_code=one.postal_code or None,
        typology=one.typology,
        siret=one.siret or "",
        itinerant=one.itinerant,
        latitude=one.latitude,
        longitude=one.longitude,
        source=one.source,
        source_id=one.source_id,
    )
