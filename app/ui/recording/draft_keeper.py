"""Keeps what is typed, within one second, as a draft in the encrypted notebook."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app import labels
from app.database import Database
from app.errors import KnownError
from app.services import drafts
from app.services.commands import RecordActivity, SaveBeneficiary

DELAY_MS = 400
"""From the first change that is not kept to its keeping; further typing does not put it off."""
AGAIN_MS = 2_000
"""Until it is tried again where the notebook could not keep it."""

Content = tuple[RecordActivity, str, SaveBeneficiary | None]
"""A form, the letters typed in « Qui », and what is typed in the dialog of a person if it is open."""


class DraftKeeper(QObject):
    """One draft for one form, with which it goes away."""

    told = Signal(str)
    """What to say of the draft, quietly."""
    failed = Signal(str)
    """The notebook cannot keep it now: a sentence, empty once it can again."""

    def __init__(self, database: Database, content: Callable[[], Content], form: QObject) -> None:
        super().__init__(form)
        self._database, self._content = database, content
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_now)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._application_changed)
        self._is_behind = False
        self._is_changed = False
        self._has_failed = False
        self.id: UUID | None = None

    @property
    def is_changed(self) -> bool:
        """Whether something was typed since the form was opened."""
        return self._is_changed

    def follow(self, id_: UUID | None, kept_at: datetime | None = None) -> None:
        """Keep another form from now on, which may already be a draft."""
        self._timer.stop()
        self._is_behind = self._is_changed = self._has_failed = False
        self.id = id_
        self.told.emit(_kept_at(kept_at) if kept_at else "")

    def note_change(self) -> None:
        """Something was typed."""
        self._is_behind = self._is_changed = True
        if not self._timer.isActive():
            self._timer.start(DELAY_MS)

    def keep_now(self) -> bool:
        """Keep what is typed, if something is not kept yet; false where the notebook cannot."""
        if not self._is_behind:
            return True
        self._timer.stop()
        form, typed_who, person = self._content()
        try:
            self.id = drafts.keep(self._database, form, self.id, typed_who, person)
        except KnownError as error:
            self._has_failed = True
            self._timer.start(AGAIN_MS)
            self.failed.emit(str(error))
            return False
        if self._has_failed:
            self.failed.emit("")
        self._is_behind = self._has_failed = False
        self.told.emit(_kept_at(datetime.now()))
        return True

    def keep_at_last(self) -> None:
        """The same before the notebook closes: a long work under way ends first."""
        if self._is_behind:
            self._database.wait_for_long_work()
        self.keep_now()

    def discard(self) -> None:
        """The form is not wanted: no draft of it stays."""
        if self.id is not None:
            drafts.discard(self._database, self.id)
        self.follow(None)

    def _application_changed(self, state: Qt.ApplicationState) -> None:
        """Another program came to the front, or the lid was closed."""
        if state is not Qt.ApplicationState.ApplicationActive:
            self.keep_now()


def _kept_at(moment: datetime) -> str:
    return f"Brouillon gardé à {labels.hour(moment)}"
