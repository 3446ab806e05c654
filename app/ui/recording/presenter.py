"""Opens the form on what is asked, keeps its draft, and records the activity."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, UserError
from app.services import activities, case_offers, drafts, hints
from app.services.commands import RecordActivity
from app.services.rows import DraftRow, FormHints
from app.sync.light import LightState
from app.ui.recording.draft_keeper import Content, DraftKeeper
from app.ui.recording.form_view import FormView
from app.ui.recording.notebook_sources import sources_of
from app.ui.recording.person_follower import PersonFollower
from app.ui.recording.timer_follower import TimerFollower
from protocol.vocabulary import ActivityKind

if TYPE_CHECKING:
    from app.ui.desk import Desk


FOLLOW = "Suivre cette démarche"


class RecordingPresenter(QObject):
    """The form, from its opening to its closing."""

    recorded = Signal(object)
    """UUID of the activity saved."""
    closed = Signal()
    """Nothing more to do here: the screen behind can come back."""

    def __init__(self, desk: "Desk", today: Callable[[], date] = date.today) -> None:
        form = FormView(sources_of(desk.database, today), today)
        super().__init__(form)
        self._desk, self._today = desk, today
        self._hints: FormHints | None = None
        self._form = form
        self._keeper = DraftKeeper(desk.database, self._content, self._form)
        self._person = PersonFollower(desk.database, self._form)
        self._timer = TimerFollower(desk.stopwatch, self._form)
        self._listen()

    @property
    def view(self) -> FormView:
        """The form."""
        return self._form

    def shown(self) -> None:
        """It came to the front: nothing of it grows old."""

    def open(self, what: ActivityKind | RecordActivity | DraftRow) -> None:
        """Open the form on a kind of activity, a content (changed if it has an id, new otherwise) or a draft.

        What was typed before stays as a draft; where it cannot, it stays on screen.
        """
        if not self._keeper.keep_now():
            return
        draft = what if isinstance(what, DraftRow) else None
        form = draft.form if draft else what if isinstance(what, RecordActivity) else None
        kind = form.kind if form else ActivityKind(str(what))
        self._hints = hints.for_form(self._desk.database, kind, self._today())
        self._start(form or self._hints.form, draft, is_new=form is None)

    def add_sheet(self, code: str) -> None:
        """Add a learner sheet handed over to the form that is open."""
        self._form.add_sheet(code)

    def keep_draft_now(self) -> None:
        """Keep at once what is not kept yet: another screen is about to come."""
        self._person.look()
        self._keeper.keep_now()

    def keep_draft_at_last(self) -> None:
        """The same before the notebook closes."""
        self._person.look()
        self._keeper.keep_at_last()

    def save(self, for_another: bool = False) -> None:
        """Record the activity, or say beside each field what is missing; whatever happens, the answers stay."""
        if loose := self._form.loose_ends():
            self._form.show_faults(loose)
            return
        command = self._form.command()
        try:
            saved = activities.record(self._desk.database, command, self._today(), self._keeper.id)
        except AppError as error:
            fields = error.fields if isinstance(error, UserError) else {}
            self._form.show_faults(fields, str(error))
            return
        self._timer.finish()
        self._keeper.follow(None)
        self.recorded.emit(saved)
        if for_another:
            self._go_on(command)
        else:
            self.closed.emit()
        self._tell(command, saved, may_offer=not for_another)

    def _tell(self, command: RecordActivity, saved: UUID, may_offer: bool) -> None:
        """Say that it is saved, and what may come next; the form is gone already."""
        desk, said = self._desk, "Enregistré · à envoyer" if self._will_be_sent() else "Enregistré"
        case = case_offers.after(desk.database, command, self._today()) if may_offer else None
        if case is None:
            desk.said.emit(said, None)
        else:
            desk.offered.emit(said, FOLLOW, lambda: desk.case_opening_asked.emit(case, saved))

    def cancel(self) -> None:
        """Close the form; what was typed is no draft any more, unless the advisor takes that back."""
        if not self._keeper.keep_now():
            return
        if self._keeper.is_changed and (dropped := self._draft()):
            if not self._desk.attempt(self._keeper.discard):
                return
            self._desk.said.emit("Saisie annulée", lambda: self._bring_back(dropped))
        self._keeper.follow(None)
        self.closed.emit()

    def _start(self, form: RecordActivity, draft: DraftRow | None, is_new: bool) -> None:
        assert self._hints is not None
        self._form.start(self._hints, form, draft.typed_who if draft else "")
        self._person.follow(self._form.who.person())
        self._timer.begin(is_new)
        self._keeper.follow(draft.id if draft else None, draft.kept_at if draft else None)
        self._form.focus_first()
        if draft and draft.person:
            self._person.reopen(draft.person)

    def _go_on(self, recorded: RecordActivity) -> None:
        """A fresh form for the next one: same kind, same day, same place."""
        self._hints = hints.for_form(self._desk.database, recorded.kind, self._today())
        self._start(hints.after(self._hints, recorded), None, is_new=True)

    def _bring_back(self, dropped: DraftRow) -> None:
        drafts.bring_back(self._desk.database, dropped)
        self._desk.form_asked.emit(dropped)

    def _will_be_sent(self) -> bool:
        lane = self._desk.sync
        return lane is not None and lane.light.state is not LightState.LOCAL

    def _draft(self) -> DraftRow | None:
        return next((row for row in drafts.waiting(self._desk.database) if row.id == self._keeper.id), None)

    def _content(self) -> Content:
        return self._form.command(), self._form.typed_who(), self._person.person()

    def _listen(self) -> None:
        self._form.changed.connect(self._keeper.note_change)
        self._form.save_asked.connect(self.save)
        self._form.cancel_asked.connect(self.cancel)
        self._keeper.told.connect(self._form.footer.say_draft)
        self._keeper.failed.connect(self._form.say)
        self._person.typed.connect(self._keeper.note_change)
        self._person.lock_asked.connect(self._desk.lock_asked)
