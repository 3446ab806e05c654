"""What is done with the case that a panel shows, on whatever screen the panel is."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services import case_lists, cases, lost_values
from app.services.appointments.rows import SaveAppointment
from app.services.commands import SaveCase
from app.services.lost_values import TakenBack
from app.services.rows import LostRow
from app.services.typed import Name, Typed
from app.ui.appointments.follower import AppointmentFollower
from app.ui.cases.panel import CasePanel
from app.ui.desk import Desk
from app.ui.keeper import FormKeeper
from protocol.vocabulary import CaseStatus, RecordKind

DELETED, STEP_REMOVED, STEP_DONE = "Démarche supprimée", "Étape retirée", "Étape faite"


class CaseFollower(QObject):
    """Joins a panel with the notebook; the owner of the panel asks it to show a case, and to show it again."""

    def __init__(self, desk: Desk, panel: CasePanel, today: Callable[[], date] = date.today) -> None:
        super().__init__(panel)
        self._desk, self._panel, self._today = desk, panel, today
        self._keeper = FormKeeper(desk, self._new_step, panel)
        self._appointments = AppointmentFollower(desk, panel)
        self._listen()

    def show(self, id_: UUID) -> None:
        """Show a case; the panel closes if it is gone."""
        before = self._panel.shown_id()
        try:
            self._panel.show_detail(case_lists.detail(self._desk.database, id_, self._today()))
        except AppError as error:
            self._panel.hide()
            self._desk.say(error)
            return
        if before != id_:
            self._show_new_step(id_)

    def refresh(self) -> None:
        """Show the case again as the notebook knows it now; close if it is no longer there."""
        id_ = self._panel.shown_id()
        if id_ is None:
            return
        try:
            self._panel.show_detail(case_lists.detail(self._desk.database, id_, self._today()))
        except AppError:  # deleted, here or by a colleague: what did it has said so
            self._panel.hide()

    def do_next_step(self, id_: UUID) -> None:
        """Tick the next step of a case, and say which."""
        database = self._desk.database
        step = next((one for one in case_lists.detail(database, id_, self._today()).steps if not one.is_done), None)
        if step is not None and self._desk.attempt(lambda: cases.tick(database, id_, step.id, True)):
            undo = self._attempt(lambda: cases.tick(database, id_, step.id, False))
            self._desk.said.emit(f"{STEP_DONE}\u00a0: {step.said}", undo)

    def delete(self, id_: UUID) -> None:
        """Take a case away, unless « Annuler »."""
        self._panel.flush()
        if self._desk.attempt(lambda: cases.delete(self._desk.database, id_)):
            self._desk.said.emit(DELETED, self._attempt(lambda: cases.restore(self._desk.database, id_)))

    def print(self, id_: UUID) -> None:
        """Show « Ma démarche » before it is printed."""
        from app.ui.cases.paper_presenter import paper_of_case

        self._panel.flush()
        paper_of_case(self._desk, id_, self._panel).open()

    def appoint(self, id_: UUID) -> None:
        """Give the person an appointment for a case."""
        form = self._panel.shown_form()
        if form is not None:
            self._panel.flush()
            self._appointments.give(SaveAppointment(beneficiary=form.beneficiary, case=id_))

    def edit(self, id_: UUID) -> None:
        """Change the person, the name, the family of a case."""
        from app.ui.cases.opening import open_case

        self._panel.flush()
        form = partial(cases.form_of, self._desk.database, id_)
        self._desk.attempt(lambda: open_case(self._desk, form(), self._panel, self.show, self._today))

    def _attempt(self, call: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._desk.attempt(call)

    def _change(self, call: Callable[[UUID], object]) -> bool:
        """Change the case shown; what could not be done is shown as it still is. Answers whether it was done."""
        id_ = self._panel.shown_id()
        is_done = id_ is not None and self._desk.attempt(lambda: call(id_))
        if not is_done:
            self.refresh()
        return is_done

    def _keep_at_last(self) -> None:
        """Keep what is typed of the case before the notebook closes: a long work under way ends first."""
        self._panel.flush()
        if self._panel.is_behind:
            self._desk.database.wait_for_long_work()
            self._panel.flush()

    def _show_new_step(self, id_: UUID) -> None:
        """Show the step that was being typed of this case, and keep what is typed of it."""
        form = self._panel.shown_form()
        self._keeper.follow(Name(f"step.{id_}", form.beneficiary if form else None))
        found = self._keeper.found(str)
        self._panel.new_step.setText(found.form if found else "")

    def _new_step(self) -> Typed[str] | None:
        said = self._panel.new_step.text()
        return Typed(said) if said.strip() else None

    def _save(self, form: SaveCase) -> None:
        if not self._desk.attempt(lambda: cases.save(self._desk.database, form, self._today())):
            self._panel.keep_typed(form)

    def _set_status(self) -> None:
        status: CaseStatus = self._panel.status.value()
        self._panel.flush()
        self._change(lambda id_: cases.set_status(self._desk.database, id_, status, self._today()))

    def _add_step(self) -> None:
        said = self._panel.new_step.text()
        if said.strip() and self._change(lambda id_: cases.add_step(self._desk.database, id_, said)):
            self._panel.new_step.clear()
            self._keeper.note_change()

    def _remove_step(self, step: str) -> None:
        id_ = self._panel.shown_id()
        undo: list[Callable[[], object]] = []
        if id_ is not None and self._desk.attempt(
            lambda: undo.append(cases.remove_step(self._desk.database, id_, step))
        ):
            self._desk.said.emit(STEP_REMOVED, self._attempt(undo[0]))

    def _listen(self) -> None:
        panel, database = self._panel, self._desk.database
        steps, activities = panel.steps, panel.activities
        self._desk.keeping.connect(self._keep_at_last)
        panel.typed.connect(self._save)
        panel.new_step.textEdited.connect(self._keeper.note_change)
        panel.lost_taken_back.connect(self._take_back)
        panel.lost_let_go.connect(self._let_go)
        panel.status.changed.connect(self._set_status)
        panel.new_step.returnPressed.connect(self._add_step)
        steps.ticked.connect(lambda step, on: self._change(lambda id_: cases.tick(database, id_, step, on)))
        steps.worded.connect(lambda step, said: self._change(lambda id_: cases.reword_step(database, id_, step, said)))
        steps.moved.connect(lambda step, by: self._change(lambda id_: cases.move_step(database, id_, step, by)))
        steps.removed.connect(self._remove_step)
        activities.ticked.connect(lambda one, on: self._change(lambda id_: cases.link(database, id_, UUID(one), on)))
        activities.opened.connect(lambda one: self._desk.activity_asked.emit(UUID(one)))
        panel.person.clicked.connect(self._show_person)
        for button, call in (
            (panel.print, self.print),
            (panel.appoint, self.appoint),
            (panel.edit, self.edit),
            (panel.delete, self.delete),
        ):
            button.clicked.connect(lambda _checked=False, it=call: self._with_shown(it))

    def _take_back(self, row: LostRow) -> None:
        database = self._desk.database
        taken: list[TakenBack] = []
        if self._desk.attempt(lambda: taken.append(lost_values.take_back(database, RecordKind.CASE, row))):
            undo = self._attempt(lambda: lost_values.undo(database, taken[0]))
            self._desk.said.emit("Votre version est reprise", undo)
            self.refresh()

    def _let_go(self, row: LostRow, is_settled: bool = True) -> None:
        if self._desk.attempt(lambda: lost_values.let_go(self._desk.database, row, is_settled)):
            self.refresh()
            if is_settled:
                self._desk.said.emit("Version gardée", lambda: self._let_go(row, is_settled=False))

    def _show_person(self) -> None:
        form = self._panel.shown_form()
        if form is not None:
            self._desk.person_asked.emit(form.beneficiary)

    def _with_shown(self, call: Callable[[UUID], None]) -> None:
        id_ = self._panel.shown_id()
        if id_ is not None:
            call(id_)
