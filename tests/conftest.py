"""What every test stands on: an invisible screen, a home folder of its own that is thrown away, a place in the order.

Where several processes run the tests, each file is one piece of work; what lasts longest comes first, so that none of
them is left alone with it at the end.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

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

ONE_BY_ONE = ("tests/histories/test_histories.py", "tests/stories/test_kills.py")
"""Files whose tests last a minute each and share nothing."""
LONGEST = (
    "tests/test_packaged.py",
    *ONE_BY_ONE,
    "tests/histories/test_mutants.py",
    "tests/ui/test_silent_server.py",
    "tests/ui/test_accessibility.py",
    "tests/ui/test_recording.py",
    "tests/sync/",
    "tests/stories/",
    "tests/server/",
)
"""Files and folders that last longest, in this order."""


class InPieces(LoadFileScheduling):  # type: ignore[misc]
    """A file is one piece of work, but for those whose tests each are."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(ONE_BY_ONE) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InPieces | None:
    """How the tests are shared out, where `--dist loadfile` is asked for."""
    return InPieces(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=lambda item: next((n for n, one in enumerate(LONGEST) if item.nodeid.startswith(one)), len(LONGEST)))
