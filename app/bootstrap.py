"""The only place that puts the parts together; the tests and the benches call it too.

The window is painted before the database, the services and the synchronisation are even imported.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app import settings as settings_module
from app.errors import AppError, DamagedError, KnownError
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths
from app.settings import Settings
from app.ui import theme
from app.ui.application import make_application
from app.ui.gate.presenter import Gate
from app.ui.idle import IdleWatch
from app.ui.main_window import MainWindow
from app.ui.tasks import Task
from app.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.database import Database
    from app.services.privacy.upkeep import Upkeep
    from app.sync.joining import Asking
    from app.ui.backups.daily import DailyBackup
    from app.ui.desk import Desk
    from app.ui.sync_lane import SyncLane
    from app.ui.workspace import Workspace

__all__ = ["Program", "enrol_with", "make_application"]


class Program(QObject):
    """The running program: opens the notebook, shows it, locks it."""

    def __init__(self, app: QApplication, paths: Paths, options: Options, window: MainWindow | None = None) -> None:
        """Take over the window that is already painted, or make one."""
        super().__init__()
        self._app, self.paths, self._options = app, paths, options
        self.settings = settings_module.load(paths.settings)
        theme.apply(app, self.settings)
        hint = f"Carnet de démonstration\u00a0: la phrase de passe est «\u00a0{DEMONSTRATION_PASSPHRASE}\u00a0»."
        self.gate = Gate(paths, hint if options.demo else "")
        self.gate.opened.connect(self._opened)
        self.window = window or MainWindow(str(paths.window))
        self.window.show_first(self.gate.widget)
        self.window.closing.connect(self.close_notebook)
        self.desk: Desk | None = None
        self.workspace: Workspace | None = None
        self._database: Database | None = None
        self._daily: DailyBackup | None = None
        self._was_rebuilt = False
        self._idle = IdleWatch(app, self.settings.lock_minutes)
        self._idle.idle.connect(self.lock)

    def start(self) -> None:
        """Show the window; the rest begins once it is painted."""
        self.window.painted.connect(self.begin)
        self.window.show()

    def lock(self) -> None:
        """Take the names off the screen and the key out of memory."""
        if self.desk is not None:
            try:
                self.close_notebook()
            finally:
                self.gate.lock()

    def close_notebook(self) -> None:
        """Keep the draft, stop the synchronisation, destroy the screens, close the file, whatever goes wrong."""
        if self._database is None:
            return
        workspace, desk, daily, database = self.workspace, self.desk, self._daily, self._database
        self.workspace = self.desk = self._daily = self._database = None
        try:
            if (typed_in := QApplication.focusWidget()) is not None:
                typed_in.clearFocus()  # what it says when it is left is said while the notebook can still be read
            if workspace is not None:
                workspace.keep_draft_at_last()
        finally:
            if desk is not None and desk.sync is not None:
                desk.sync.stop()
            if daily is not None:
                daily.stop()
            self.window.show_gate()
            if desk is not None:
                desk.deleteLater()
            database.close()

    def begin(self) -> None:
        """Open the notebook, or ask how; the window is on screen."""
        if not self._options.opens_alone:
            self.gate.start()
            return
        if not Vault(self.paths.slots).exists:
            from app.demonstration import prepare

            prepare(self.paths, self._options)
        self.gate.open_with(DEMONSTRATION_PASSPHRASE)

    def _opened(self, database: "Database") -> None:
        from app.sync.identity import follow_server
        from app.ui.backups.daily import DailyBackup
        from app.ui.sync_lane import SyncLane

        self._database = database
        self._daily = DailyBackup(database, self.paths)
        self._daily.failed.connect(self._not_copied)
        self._daily.looked_after.connect(self._looked_after)
        try:
            if self._options.server:
                follow_server(database, self._options.server)
            self._lay_out(SyncLane(database, is_paused=self.settings.sync_paused))
        except KnownError as error:
            self._not_laid_out(error)
            return
        self._enrol()

    def _not_laid_out(self, error: KnownError) -> None:
        """A file damaged where opening it does not look: rebuilt once, told if that is not enough."""
        if isinstance(error, DamagedError) and not self._was_rebuilt:
            from app.services.rebuilding import rebuild

            self._was_rebuilt = True
            self._replace(rebuild)
        else:
            self.close_notebook()
            self.gate.show_trouble(error)

    def _replace(self, replacing: "Callable[[Paths, bytearray], Database]") -> None:
        """Close the notebook, and open what takes its place with the same key."""
        assert self._database is not None
        key = bytearray()
        self._database.lend_key(key.extend)
        self.close_notebook()
        self.gate.open_after("Remise en place d’une copie…", lambda: replacing(self.paths, key))

    def _lay_out(self, sync: "SyncLane") -> None:
        """Make the screens, or make them again at another size of text."""
        from app.ui.desk import Desk
        from app.ui.workspace import Workspace

        assert self._database is not None
        before, self.desk = self.desk, Desk(self._database, self.paths, sync, self.desk, self._daily)
        self.desk.lock_asked.connect(self.lock)
        self.desk.settings_changed.connect(self._settings_changed)
        self.desk.replacement_asked.connect(self._replace)
        self.workspace = Workspace(self.desk)
        self.window.show_workspace(self.workspace)
        if before is not None:
            before.deleteLater()

    def _settings_changed(self, changed: Settings) -> None:
        """Put on the new look; another size of text lays the screens out again."""
        is_resized = changed.text_percent != self.settings.text_percent
        self.settings = changed
        theme.apply(self._app, changed)
        self._idle.set_minutes(changed.lock_minutes)
        if is_resized and self.workspace is not None and self.desk is not None and self.desk.sync is not None:
            self.workspace.keep_draft_at_last()
            self.window.show_gate()
            self._lay_out(self.desk.sync)
            self.workspace.go_to("preferences")

    def _not_copied(self, error: AppError) -> None:
        if self.desk is not None:
            self.desk.say(error)

    def _looked_after(self, done: "Upkeep") -> None:
        from app.ui.privacy.words import looked_after

        said = looked_after(done)
        if said and self.desk is not None:
            self.desk.said.emit(said, None)

    def _enrol(self) -> None:
        """Use the enrolment code of the command line, where this computer is not enrolled yet."""
        desk, options = self.desk, self._options
        if desk is None or desk.sync is None or not options.enrolment_code:
            return
        task = Task(lambda: enrol_with(desk.database, Vault(self.paths.slots), options.server, options.enrolment_code))
        task.done.connect(self._enrolled)
        task.failed.connect(self._not_enrolled)
        task.start_apart()

    def _enrolled(self, asking: "Asking | None") -> None:
        """The server let this computer in, or a member must; the program may have locked meanwhile."""
        if self.desk is not None and self.desk.sync is not None:
            self.desk.sync.begin()
            if asking is not None:
                self.desk.said.emit("Cet ordinateur attend d’être autorisé\u00a0: ouvrez Synchronisation", None)

    def _not_enrolled(self, error: AppError) -> None:
        if self.desk is not None:
            self.desk.said.emit(str(error), None)


def enrol_with(database: "Database", vault: Vault, server: str, code: str) -> "Asking | None":
    """Enrol a computer that is not yet; the notebook's key is closed for the recovery code of its vault."""
    from app.sync.client import HttpTransport
    from app.sync.enrolment import enrol
    from app.sync.identity import is_enrolled

    if is_enrolled(database):
        return None
    transport = HttpTransport(server)
    try:
        return enrol(database, transport, server, code, vault.recovery_public)
    finally:
        transport.close()
