"""The only place that puts the parts together; the tests and the benches call it too.

The window is painted before the database, the services and the synchronisation are even imported.
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from app import settings as settings_module
from app.errors import KnownError
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths, data_folder
from app.settings import Settings
from app.ui import theme
from app.ui.faults import Faults
from app.ui.gate.presenter import Gate
from app.ui.idle import IdleWatch
from app.ui.main_window import MainWindow
from app.ui.single_instance import SingleInstance
from app.ui.tasks import Task
from app.vault import Vault

if TYPE_CHECKING:
    from app.database import Database
    from app.ui.desk import Desk
    from app.ui.sync_lane import SyncLane
    from app.ui.workspace import Workspace


class Program(QObject):
    """The running program: opens the notebook, shows it, locks it."""

    def __init__(self, app: QApplication, paths: Paths, options: Options) -> None:
        super().__init__()
        self._app, self.paths, self._options = app, paths, options
        self.settings = settings_module.load(paths.settings)
        theme.apply(app, self.settings)
        hint = f"Carnet de démonstration\u00a0: la phrase de passe est «\u00a0{DEMONSTRATION_PASSPHRASE}\u00a0»."
        self.gate = Gate(paths, hint if options.demo else "")
        self.gate.opened.connect(self._opened)
        self.window = MainWindow(self.gate.widget, str(paths.root / "fenetre.ini"))
        self.window.closing.connect(self.close_notebook)
        self.desk: Desk | None = None
        self.workspace: Workspace | None = None
        self._database: Database | None = None
        self._idle = IdleWatch(app, self.settings.lock_minutes)
        self._idle.idle.connect(self.lock)

    def start(self) -> None:
        """Show the window; the rest begins once it is painted."""
        self.window.painted.connect(self._begin)
        self.window.show()

    def lock(self) -> None:
        """Take the names off the screen and the key out of memory."""
        if self.desk is not None:
            self.close_notebook()
            self.gate.lock()

    def close_notebook(self) -> None:
        """Keep the draft, stop the synchronisation, destroy the screens, close the file."""
        if self.workspace is None or self.desk is None or self._database is None:
            return
        self.workspace.keep_draft()
        if self.desk.sync is not None:
            self.desk.sync.stop()
        self.window.show_gate()
        self.desk.deleteLater()
        self._database.close()
        self.workspace = self.desk = self._database = None

    def _begin(self) -> None:
        if not self._options.opens_alone:
            self.gate.start()
            return
        if not Vault(self.paths.slots).exists:
            from app.demonstration import prepare

            prepare(self.paths, self._options)
        self.gate.open_with(DEMONSTRATION_PASSPHRASE)

    def _opened(self, database: "Database") -> None:
        from app.ui.sync_lane import SyncLane

        self._database = database
        self._lay_out(SyncLane(database, is_paused=self.settings.sync_paused))
        self._enrol()

    def _lay_out(self, sync: "SyncLane") -> None:
        """Make the screens, or make them again at another size of text."""
        from app.ui.desk import Desk
        from app.ui.workspace import Workspace

        assert self._database is not None
        before, self.desk = self.desk, Desk(self._database, self.paths, sync, self.desk)
        self.desk.lock_asked.connect(self.lock)
        self.desk.settings_changed.connect(self._settings_changed)
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
            self.workspace.keep_draft()
            self.window.show_gate()
            self._lay_out(self.desk.sync)
            self.workspace.go_to("preferences")

    def _enrol(self) -> None:
        """Use the enrolment code of the command line, where this computer is not enrolled yet."""
        desk, options = self.desk, self._options
        if desk is None or desk.sync is None or not options.enrolment_code:
            return
        lane = desk.sync
        task = Task(lambda: enrol_with(desk.database, Vault(self.paths.slots), options.server, options.enrolment_code))
        task.done.connect(lambda _: lane.begin())
        task.failed.connect(lambda error: desk.said.emit(str(error), None))
        task.start()


def enrol_with(database: "Database", vault: Vault, server: str, code: str) -> None:
    """Enrol a computer that is not yet; the notebook's key is closed for the recovery code of its vault."""
    from app.sync.client import HttpTransport
    from app.sync.enrolment import enrol
    from app.sync.identity import is_enrolled

    if is_enrolled(database):
        return
    transport = HttpTransport(server)
    try:
        enrol(database, transport, server, code, vault.recovery_public)
    finally:
        transport.close()


def make_application() -> QApplication:
    """The Qt application, in French."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Passerelle")
    app.setDesktopFileName("passerelle")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    words = QTranslator(app)
    if words.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    return app


def run(options: Options, report_startup: bool = False) -> int:
    """Start the program and wait for its end; answers the exit status."""
    app = make_application()
    try:
        paths = data_folder(options.data_dir)
    except KnownError as error:
        QMessageBox.critical(None, "Passerelle", str(error))
        return 1
    faults = Faults(paths.logs)
    faults.watch()
    instance = SingleInstance(paths)
    if not instance.take():
        return 0
    program = Program(app, paths, options)
    instance.called.connect(program.window.come_forward)
    program.window.painted.connect(instance.listen)
    if report_startup:
        from app.startup_report import StartupReport

        StartupReport(program.window, program.gate).start()
    program.start()
    status = app.exec()
    program.close_notebook()
    instance.release()
    return status
