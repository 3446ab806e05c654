"""What every test stands on: an invisible screen, a home folder that is thrown away, a place in the order."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.sharing import LONGEST, InPieces

_HOME = Path(tempfile.mkdtemp(prefix="passerelle-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "run",
}

for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ[_name] = str(_HOME / _folder)

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the credential store of a real person
for _name in ("DATABASE_URL", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE"):
    os.environ.pop(_name, None)

# Old laptops and busy machines are slow: what is timed has a test of its own.
settings.register_profile("passerelle", deadline=None)
settings.load_profile("passerelle")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InPieces | None:
    """How the tests are shared out, where `--dist loadfile` is asked for."""
    return InPieces(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=lambda item: next((n for n, one in enumerate(LONGEST) if item.nodeid.startswith(one)), len(LONGEST)))
