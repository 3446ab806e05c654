"""Finds the pairs away from the screens, and does what is asked of them; all of it is undone by « Annuler »."""

from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError, UserError
from app.services import beneficiaries, duplicates, merging
from app.services.commands import MergePeople
from app.services.rows import DuplicatePair, PersonRow
from app.ui.desk import Desk
from app.ui.duplicates.comparison import usual
from app.ui.duplicates.view import DuplicatesView
from app.ui.tasks import Task

_WORK = "Recherche des doublons"
_PAUSE_MS = 500
"""A gesture made twice by mistake decides nothing of the next pair, which nobody has looked at yet."""


class DuplicatesPresenter(QObject):
    """The pairs of everybody, or those of one person."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        view = DuplicatesView()
        super().__init__(view)
        self._desk = desk
        self._pairs: tuple[DuplicatePair, ...] = ()
        self._people: dict[UUID, PersonRow] = {}
        self._person: UUID | None = None
        self._task: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.view = view
        self.view.back_asked.connect(self._close)
        self.view.merge_asked.connect(self._merge)
        self.view.apart_asked.connect(self._tell_apart)
        self.view.chosen.connect(self._show_chosen)
        self.view.work.stop_asked.connect(self._stop)

    def open(self, person: UUID | None = None) -> None:
        """Look for the pairs, of one person or of everybody."""
        self._person = person
        self._stop()
        self.view.show_searching()
        self.view.work.begin(_WORK)
        task = self._task = Task.watched(lambda progress: duplicates.pairs(self._desk.database, progress))
        task.progressed.connect(self.view.work.show_progress)
        task.done.connect(self._found)
        task.failed.connect(self._failed)
        task.cancelled.connect(self._cancelled)
        task.start()

    def _found(self, pairs: tuple[DuplicatePair, ...]) -> None:
        if self.sender() is not self._task:
            return
        self._end()
        wanted = (pair for pair in pairs if self._person in (None, pair.first, pair.second))
        self._show(tuple(wanted))
        self.view.focus_list()

    def _failed(self, error: AppError) -> None:
        if self.sender() is self._task:
            self._end()
            self._desk.say(error)
            self.closed.emit()

    def _cancelled(self) -> None:
        if self.sender() is self._task:
            self._end()
            self.closed.emit()

    def _end(self) -> None:
        self._task = None
        self.view.work.end()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _close(self) -> None:
        if self._task is not None:
            self._stop()
        else:
            self.closed.emit()

    def _show(self, pairs: tuple[DuplicatePair, ...], row: int = 0) -> None:
        """Show the pairs whose two people are still there."""
        ids = tuple({id_ for pair in pairs for id_ in (pair.first, pair.second)})
        self._people = {one.id: one for one in beneficiaries.named(self._desk.database, ids)}
        self._pairs = tuple(pair for pair in pairs if {pair.first, pair.second} <= self._people.keys())
        self.view.show_pairs(self._pairs, self._people, row)

    def _chosen(self) -> list[DuplicatePair]:
        return [self._pairs[place] for place in self.view.selected() if place < len(self._pairs)]

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.view.show_number(len(chosen))
        if len(chosen) == 1:
            self._desk.attempt(lambda: self._compare(chosen[0]))

    def _compare(self, pair: DuplicatePair) -> None:
        self.view.compare(pair, duplicates.side_by_side(self._desk.database, pair.first, pair.second))

    def _merge(self) -> None:
        chosen = self._chosen()
        if self._task is not None or self._pause.isActive() or not chosen:
            return
        try:
            gone = merging.merge_all(self._desk.database, self._commands(chosen))
        except UserError as error:
            self._desk.say(error)
            self._show(self._pairs, self.view.list.currentRow())
            return
        except AppError as error:
            self._desk.say(error)
            return
        said = "Fiches fusionnées" if len(gone) == 1 else f"{len(gone)} fiches fusionnées avec une autre"
        left = tuple(pair for pair in self._pairs if not {pair.first, pair.second} & set(gone))
        self._go_on(left, said, lambda: merging.unmerge_all(self._desk.database, gone))

    def _commands(self, chosen: list[DuplicatePair]) -> Iterable[MergePeople]:
        if len(chosen) == 1 and self.view.comparison is not None:
            return (self.view.comparison.command(),)
        database = self._desk.database
        return [usual(duplicates.side_by_side(database, pair.first, pair.second)) for pair in chosen]

    def _tell_apart(self) -> None:
        chosen = self._chosen()
        if self._task is not None or self._pause.isActive() or not chosen:
            return
        if not self._desk.attempt(lambda: self._each(duplicates.tell_apart, chosen)):
            return
        left = tuple(pair for pair in self._pairs if pair not in chosen)
        said = "Ce sont deux personnes\u00a0: cette paire ne sera plus proposée"
        if len(chosen) > 1:
            said = f"{len(chosen)} paires ne seront plus proposées"
        self._go_on(left, said, lambda: self._each(duplicates.take_back, chosen))

    def _each(self, call: Callable[..., None], pairs: list[DuplicatePair]) -> None:
        for pair in pairs:
            call(self._desk.database, pair.first, pair.second)

    def _go_on(self, left: tuple[DuplicatePair, ...], said: str, undo: Callable[[], None]) -> None:
        """Show the pairs that are left, on the one that took the place; « Annuler » brings the others back."""
        before, place = self._pairs, min(self.view.selected())
        self._pause.start()
        self._show(left, place)
        self.view.focus_list()

        def undone() -> None:
            if self._desk.attempt(undo):
                self._show(before, place)
                self.view.focus_list()

        self._desk.said.emit(said, undone)
