"""The first window waits for Qt, and for nothing that can come after it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNTIL_PAINTED = """
import sys
from app.__main__ import import_qt
import_qt()
from app.start import MainWindow, make_application
application = make_application()
window = MainWindow(sys.argv[1])
window.painted.connect(application.quit)
window.show()
application.exec()
from PySide6 import QtCore
print(*sys.modules, *("the namespace Qt" for name in vars(QtCore) if name == "Qt"), sep="\\n")
"""
LATER = {"sqlalchemy", "sqlcipher3", "requests", "pydantic", "nacl", "keyring", "app.ui.theme", "app.database"}


def test_the_first_window_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    command = [sys.executable, "-c", UNTIL_PAINTED, str(tmp_path / "fenetre.ini")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    imported = set(done.stdout.splitlines())
    assert "PySide6.QtWidgets" in imported
    assert imported & {*LATER, "PySide6.QtNetwork", "the namespace Qt"} == set()
