"""What is done with an appointment, on whatever screen it stands."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import labels
from app.services.appointments import honouring, lists, making
from app.services.appointments.rows import SaveAppointment
from app.services.typed import Name
from app.ui.appointments.words import STATUSES, Act
from app.ui.desk import Desk
from app.ui.form_dialog import open_form

GIVE_KEYS = "Ctrl+Shift+R"
DELETED = "Rendez-vous supprimé"
_SAID = {
    Act.HONOURED: "Rendez-vous honoré",
    Act.MISSED: "Absence notée",
    Act.EXCUSED: "Annulation par la personne notée",
    Act.CANCELLED: "Rendez-vous annulé",
    Act.EXPECTED: "Rendez-vous à venir",
}


class AppointmentFollower(QObject):
    """Gives, moves, ends, prints and takes away; everything but the printing is undone by « Annuler »."""

    def __init__(self, desk: Desk, screen: QWidget, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(screen)
        self._desk, self._screen, self._now = desk, screen, now

    def give(self, form: SaveAppointment) -> None:
        """Open the dialog of a new appointment, or of one to change."""
        from app.ui.appointments.dialog import AppointmentDialog

        def make(content: SaveAppointment) -> AppointmentDialog:
            dialog = AppointmentDialog(self._desk.database, content, self._screen, self._now)
            dialog.saved.connect(
                lambda undo, with_card: self._desk.attempt(lambda: self._saved(dialog.kept, undo, with_card))
            )
            return dialog

        name = Name(f"appointment.{form.id or 'new'}", form.beneficiary)
        self._desk.attempt(lambda: open_form(self._desk, name, form, make))

    def do(self, act: Act, id_: UUID) -> None:
        """Do something with an appointment."""
        calls: dict[Act, Callable[[UUID], object]] = {
            Act.START: self._start,
            Act.MOVE: lambda it: self.give(making.form_of(self._desk.database, it)),
            Act.PRINT: self.print,
            Act.DELETE: self._delete,
        }
        call = calls.get(act) or (lambda it: self._mark(act, it))
        self._desk.attempt(lambda: call(id_))

    def print(self, id_: UUID) -> None:
        """Show « Mon rendez-vous » before it is printed."""
        from app.ui.appointments.paper_presenter import paper_of_appointment

        paper_of_appointment(self._desk, id_, self._screen, lambda: self._now().date()).open()

    def _start(self, id_: UUID) -> None:
        """Record what is done with the person who came, or show what was recorded."""
        activity = lists.one(self._desk.database, id_).activity
        if activity is not None:
            self._desk.activity_asked.emit(activity)
        else:
            self._desk.form_asked.emit(honouring.form_for(self._desk.database, id_, self._now().date()))

    def _mark(self, act: Act, id_: UUID) -> None:
        undo = making.mark(self._desk.database, id_, STATUSES[act], self._now().date())
        self._desk.said.emit(_SAID[act], lambda: self._desk.attempt(undo))

    def _delete(self, id_: UUID) -> None:
        making.delete(self._desk.database, id_)
        self._desk.said.emit(DELETED, lambda: self._desk.attempt(lambda: making.restore(self._desk.database, id_)))

    def _saved(self, id_: UUID | None, undo: Callable[[], None], with_card: bool) -> None:
        if id_ is None:
            return
        row = lists.one(self._desk.database, id_)
        said = f"Rendez-vous noté\u00a0: {labels.day_at(row.starts, self._now().date())}"
        self._desk.said.emit(said, lambda: self._desk.attempt(undo))
        if with_card:
            self.print(id_)
