"""What the form does with the person chosen: usual topics, home, last activities; and the dialog of a person."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.database import Database
from app.errors import UserError
from app.services import activity_lists, beneficiaries, hints
from app.services.commands import SaveBeneficiary
from app.ui.people.person_dialog import PersonDialog
from app.ui.recording.form_view import FormView
from protocol.vocabulary import ActivityKind

GLANCE_MS = 400
"""How often the open dialog is looked at: with the draft's own delay, what is typed is kept within a second."""


class PersonFollower(QObject):
    """Stands between « Qui » and the notebook."""

    lock_asked = Signal()
    """Ctrl+L in the dialog of a person."""
    typed = Signal()
    """What is typed in the dialog is no longer the same, or the dialog was closed."""

    def __init__(self, database: Database, form: FormView) -> None:
        super().__init__(form)
        self._database, self._form = database, form
        self._dialog: PersonDialog | None = None
        self._seen: SaveBeneficiary | None = None
        self._glance = QTimer(self)
        self._glance.setInterval(GLANCE_MS)
        self._glance.timeout.connect(self.look)
        form.who.person_changed.connect(self.follow)
        form.who.create_asked.connect(self._create)
        form.who.edit_asked.connect(self._edit)
        form.workshop.create_asked.connect(self._create_participant)

    def follow(self, person: UUID | None) -> None:
        """Bring near what concerns a person; nothing where nobody is chosen."""
        form = self._form
        rows = activity_lists.last_with(self._database, person) if person else ()
        form.aside.show_rows(rows, is_person=person is not None)
        form.what.prefer(hints.topics_of(self._database, person) if person else ())
        form.where.set_home(self._home(person) if person else None)

    def person(self) -> SaveBeneficiary | None:
        """What is typed in the dialog, if it is open."""
        return self._dialog.typed() if self._dialog else None

    def look(self) -> None:
        """See whether something was typed in the dialog since the last glance."""
        now = self.person()
        if now != self._seen:
            self._seen = now
            self.typed.emit()

    def reopen(self, person: SaveBeneficiary) -> None:
        """Open the dialog again as it was left in a draft."""
        is_workshop = self._form.command().kind is ActivityKind.WORKSHOP
        saved = self._form.workshop.add_person if is_workshop else self._chosen
        self._open(PersonDialog(self._database, person, self._form), saved)

    def _home(self, person: UUID) -> tuple[str, str | None] | None:
        try:
            known = beneficiaries.form_of(self._database, person)
        except UserError:  # no longer in the notebook: « Qui » already says so
            return None
        return (known.municipality, known.postal_code) if known.municipality else None

    def _create(self, typed: str) -> None:
        home = self._form.where.commune_at_home()
        self._open(PersonDialog.to_create(self._database, typed, home, self._form), self._chosen)

    def _create_participant(self, typed: str) -> None:
        dialog = PersonDialog.to_create(self._database, typed, None, self._form)
        self._open(dialog, self._form.workshop.add_person)

    def _edit(self, person: UUID) -> None:
        known = beneficiaries.form_of(self._database, person)
        self._open(PersonDialog(self._database, known, self._form), self._chosen)

    def _open(self, dialog: PersonDialog, saved: Callable[[UUID], None]) -> None:
        dialog.saved.connect(saved)
        dialog.lock_asked.connect(self.lock_asked)
        dialog.finished.connect(self._closed)
        self._dialog, self._seen = dialog, dialog.typed()
        self._glance.start()
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None
        self._glance.stop()
        self.look()

    def _chosen(self, person: UUID) -> None:
        who = self._form.who
        who.choose(person)
        who.person_changed.emit(person)
        who.changed.emit()
        who.settled.emit()
