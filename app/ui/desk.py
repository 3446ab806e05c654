"""What the screens of an open notebook share: the notebook itself, and the few things they may ask of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, DamagedError
from app.paths import Paths
from app.ui.bus import Bus
from app.ui.stopwatch import Stopwatch

if TYPE_CHECKING:
    from app.database import Database
    from app.ui.backups.daily import DailyBackup
    from app.ui.sync_lane import SyncLane


class Desk(QObject):
    """A screen emits what it wants; the workspace and the program answer."""

    form_asked = Signal(object)
    """Open the recording form: an ActivityKind, a RecordActivity to start from or change, or a DraftRow."""
    activity_asked = Signal(object)
    """Show this activity (UUID) in the list."""
    person_asked = Signal(object)
    """Show the file of this person (UUID)."""
    activities_of_asked = Signal(object)
    """List the activities that this person (UUID) came to."""
    duplicates_asked = Signal()
    """Show the people who may be the same."""
    duplicates_of_asked = Signal(object)
    """Show those who may be this person (UUID)."""
    import_asked = Signal()
    """Choose a file to import."""
    person_edit_asked = Signal(object)
    """Show what is known of this person (UUID), to correct it."""
    person_tab_asked = Signal(str)
    """Show this tab of the file of the person in front."""
    privacy_asked = Signal()
    """Show who is about to become anonymous."""
    case_asked = Signal(object)
    """Show this case (UUID), one person’s procedure."""
    sheet_asked = Signal(str)
    """Show this learner sheet by its code, or the id of one of the advisor’s own."""
    sheet_handed = Signal(str)
    """Hand this learner sheet over: link it to the activity being recorded, or to a new one."""
    export_asked = Signal(object)
    """Export what this ActivityFilter keeps."""
    report_asked = Signal(object)
    """Make the report of activity of what this ActivityFilter keeps."""
    screen_asked = Signal(str)
    """Go to a screen by its key."""
    said = Signal(str, object)
    """A quiet line at the bottom; the second value is None or a call that undoes what was done (10 s)."""
    offered = Signal(str, str, object)
    """A quiet line, and the words and the call of what may come next (10 s)."""
    case_opening_asked = Signal(object, object)
    """Open the dialog of this new case (SaveCase), which an activity (UUID) has begun."""
    person_file_asked = Signal(object)
    """Make the file (« fiche de suivi ») of this person (UUID)."""
    keeping = Signal()
    """The notebook is about to close: who holds something typed and not kept yet keeps it now."""
    lock_asked = Signal()
    settings_changed = Signal(object)
    """New Settings, already written."""
    replacement_asked = Signal(object)
    """Close the notebook, then open the Database that this call of (Paths, key) puts in its place."""
    damaged = Signal()
    """The notebook's file can no longer be read whole."""

    def __init__(
        self,
        database: "Database",
        paths: Paths,
        sync: "SyncLane | None" = None,
        before: "Desk | None" = None,
        daily: "DailyBackup | None" = None,
    ) -> None:
        """A desk over a notebook; `before` is the one it takes the place of, when the screens are laid out again."""
        super().__init__()
        self.database = database
        self.paths = paths
        self.sync = sync
        self.daily = daily
        self.bus: Bus = before.bus if before else Bus(database)
        self.stopwatch: Stopwatch = before.stopwatch if before else Stopwatch()

    def attempt(self, call: Callable[[], object]) -> bool:
        """Make a call; say its French sentence if it cannot be done. Answers whether it was done."""
        try:
            call()
        except AppError as error:
            self.say(error)
            return False
        return True

    def say(self, error: AppError) -> None:
        """Say what cannot be done; a damaged notebook is told above every screen."""
        if isinstance(error, DamagedError):
            self.damaged.emit()
        else:
            self.said.emit(str(error), None)
