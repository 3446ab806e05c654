"""Joins the data of the settings with the notebook: reads a file, shows what it brings, takes it in, takes it out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.errors import AppError
from app.services.commands import ActivityFilter
from app.services.imports import taking
from app.services.imports.notebook_file import NotebookPlan
from app.services.imports.planning import Plan
from app.services.imports.plans import Batch, Undone
from app.services.progress import Progress
from app.ui.desk import Desk
from app.ui.exchange import words
from app.ui.exchange.data_section import DataSection
from app.ui.exchange.preview_page import PreviewPage
from app.ui.file_choice import choose_source
from app.ui.preferences.view import PreferencesView
from app.ui.tasks import Task
from app.ui.widgets.work_bar import WorkBar

_FILES = "Tableaux et carnets (*.xlsx *.xls *.ods *.csv *.txt *.json *.jsonl);;Tous les fichiers (*)"
_NOT_READ = "Lecture arrêtée\u00a0: votre carnet n’a pas changé."
_NOT_TAKEN = "Import arrêté\u00a0: rien n’a été écrit dans votre carnet."
_BUSY = "Un fichier est en cours de lecture ou d’import\u00a0: attendez un instant, puis recommencez."
_BACK = "L’import est de nouveau dans votre carnet."
_NOT_BACK = "Retour arrêté\u00a0: l’import reste retiré de votre carnet."
_NOT_UNDONE = "Retrait arrêté\u00a0: l’import est toujours dans votre carnet."


class ImportPresenter(QObject):
    """One work at a time. What was accepted goes on to its end, even if the program locks meanwhile."""

    def __init__(self, desk: Desk, view: PreferencesView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._task: Task | None = None
        self._path = Path()
        self.page: PreviewPage | None = None
        self.section = DataSection()
        self.section.export_asked.connect(lambda: desk.export_asked.emit(ActivityFilter()))
        self.section.import_asked.connect(self.choose)
        self.section.dropped.connect(self.read)
        self.section.undo_asked.connect(self._undo)
        self.section.stop_asked.connect(self._stop)

    def refresh(self) -> None:
        """Show the imports as they are now."""
        self._desk.attempt(lambda: self.section.show_batches(taking.batches(self._desk.database)))

    def read(self, path: Path) -> None:
        """Read a file away from the window, then show what it would bring; nothing is written."""
        self._path, database = path, self._desk.database
        self.section.show_working(f"Lecture de «\u00a0{path.name}\u00a0»")
        task = self._begin(lambda progress: taking.plan_file(database, path, progress), self.section.work)
        task.done.connect(self._offer)
        task.failed.connect(self._refused)
        task.cancelled.connect(self._reading_stopped)

    def choose(self) -> None:
        """Ask for a file, and read it."""
        chosen = choose_source(self._view, "Importer un fichier", _FILES)
        if chosen is not None and isValid(self):  # the program may lock while a file is chosen
            self.read(chosen)

    def _offer(self, plan: Plan | NotebookPlan) -> None:
        self.section.show_rest()
        page = self.page = PreviewPage(plan.preview, plan.is_empty)
        page.cancelled.connect(self._close_page)
        page.accepted.connect(lambda: self._take_in(plan))
        page.stop_asked.connect(self._stop)
        page.again_asked.connect(self._read_again)
        self._view.open_page(page)
        page.focus_first()

    def _take_in(self, plan: Plan | NotebookPlan) -> None:
        page, database = self.page, self._desk.database
        assert page is not None
        page.show_working()
        task = self._begin(lambda progress: (plan, taking.take_in(database, plan, progress)), page.work)
        task.done.connect(self._taken)
        task.failed.connect(self._not_taken)
        task.cancelled.connect(self._taking_stopped)

    def _taken(self, answer: tuple[Plan | NotebookPlan, Batch]) -> None:
        plan, batch = answer
        self._close_page()
        self.refresh()
        self._desk.said.emit(words.imported(plan.preview), lambda: self._undo(batch))

    def _not_taken(self, error: AppError) -> None:
        if self.page is not None:
            self.page.show_not_done(str(error), can_read_again=True)

    def _taking_stopped(self) -> None:
        if self.page is not None:
            self.page.show_not_done(_NOT_TAKEN)

    def _read_again(self) -> None:
        self._close_page()
        self.read(self._path)

    def _close_page(self) -> None:
        if self.page is not None:
            self._view.close_page(self.page)
            self.section.import_file.setFocus()
        self.page = None

    def _undo(self, batch: Batch) -> None:
        if self._task is not None:  # « Annuler » is offered wherever one is
            self._desk.said.emit(_BUSY, None)
            return
        database = self._desk.database
        self.section.show_working(f"Retrait de «\u00a0{batch.file}\u00a0»")
        task = self._begin(lambda progress: taking.undo(database, batch.id, progress), self.section.work)
        task.done.connect(self._undone)
        task.failed.connect(self._refused)
        task.cancelled.connect(self._undoing_stopped)

    def _undone(self, undone: Undone) -> None:
        self.section.show_rest()
        self.refresh()
        self._desk.said.emit(words.undone(undone), lambda: self._bring_back(undone))

    def _bring_back(self, undone: Undone) -> None:
        """An import taken out by mistake comes back, with what was changed in it since, even without its file."""
        if self._task is not None:
            self._desk.said.emit(_BUSY, None)
            return
        database = self._desk.database
        self.section.show_working("Retour de l’import")
        task = self._begin(lambda progress: taking.bring_back(database, undone, progress), self.section.work)
        task.done.connect(self._back)
        task.failed.connect(self._refused)
        task.cancelled.connect(self._bringing_stopped)

    def _back(self) -> None:
        self.section.show_rest()
        self.refresh()
        self._desk.said.emit(_BACK, None)

    def _refused(self, error: AppError) -> None:
        self.section.show_rest()
        self.section.show_trouble(str(error))

    def _reading_stopped(self) -> None:
        self.section.show_rest()
        self._desk.said.emit(_NOT_READ, None)

    def _undoing_stopped(self) -> None:
        self.section.show_rest()
        self._desk.said.emit(_NOT_UNDONE, None)

    def _bringing_stopped(self) -> None:
        self.section.show_rest()
        self._desk.said.emit(_NOT_BACK, None)

    def _begin(self, call: Callable[[Progress], object], bar: WorkBar) -> Task:
        """Start a work; it is over before its end is told."""
        task = self._task = Task.watched(call)
        task.progressed.connect(bar.show_progress)
        for end in (task.done, task.failed, task.cancelled):
            end.connect(self._over)
        return task.start()

    def _over(self) -> None:
        self._task = None

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
