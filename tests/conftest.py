"""What every test stands on: an invisible screen, and a home folder of its own that is thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

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
