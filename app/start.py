"""The first instants: one program at a time, and a window on screen before anything else is even imported."""

import gc
import importlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.errors import KnownError
from app.options import Options
from app.paths import Paths, data_folder
from app.ui.application import make_application
from app.ui.main_window import MainWindow
from app.ui.single_instance import SingleInstance
from app.ui.tasks import Task

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.ui.faults import Faults

_BEHIND_THE_GATE = (
    "app.services.access",
    "app.ui.sync_lane",
    "app.ui.workspace",
    "app.ui.day.presenter",
    "requests",
)
_SETTLED_MS = 3_000
"""After the first painting, the program is as large as it will stay."""


def run(options: Options, report_startup: bool = False) -> int:
    """Start the program and wait for its end; answers the exit status."""
    app = make_application()
    try:
        paths = data_folder(options.data_dir)
        instance = SingleInstance(paths)
        if not instance.take():
            return 0
    except KnownError as error:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, "Passerelle", str(error))
        return 1
    start = Start(paths, options, report_startup)
    instance.called.connect(start.window.come_forward)
    start.window.painted.connect(instance.listen)
    start.window.show()
    status = app.exec()
    start.end()
    instance.release()
    return status


class Start:
    """A window that is shown, then the program behind it."""

    def __init__(self, paths: Paths, options: Options, report_startup: bool) -> None:
        self._paths, self._options, self._report_startup = paths, options, report_startup
        self._program: Program | None = None
        self._faults: Faults | None = None
        self.window = MainWindow(str(paths.window))
        self.window.painted.connect(lambda: QTimer.singleShot(0, self.begin))

    def begin(self) -> None:
        """Import the rest, now that the window is on screen: the gate here, what is behind it in a thread."""
        painted_at = time.monotonic_ns()
        QTimer.singleShot(_SETTLED_MS, lambda: _collect(self.window))
        from app.bootstrap import Program
        from app.ui.faults import Faults

        Task(_import_the_rest).start()
        self._faults = Faults(self._paths.logs)
        self._faults.watch()
        self._program = Program(make_application(), self._paths, self._options, self.window)
        if self._report_startup:
            from app.startup_report import report

            report(painted_at, self.window, self._program.gate)
        self._program.begin()

    def end(self) -> None:
        """Close what is still open."""
        if self._program is not None:
            self._program.close_notebook()


def _import_the_rest() -> None:
    """Import the notebook's modules, the first screen's and the network's, while a passphrase is typed or derived.

    Never a module that makes a QObject as it is imported (app/ui/theme.py): it would belong to this thread.
    """
    for name in _BEHIND_THE_GATE:
        importlib.import_module(name)


def _collect(window: MainWindow) -> None:
    """Look for rubbish from now on, but not among what was imported, which stays until the end."""
    from app.ui.rubbish import Collector

    gc.freeze()
    Collector(window)
