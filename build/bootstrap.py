"""From a fresh machine to the running program, or to its tests, in one command.

    python3 build/bootstrap.py run [--demo]        opens the program with a central server of its own
    python3 build/bootstrap.py test [pytest …]     runs the whole test suite
    python3 build/bootstrap.py check               runs the linters, the types and the import contracts

Only the standard library: it must start on a bare Debian 12, Ubuntu 24.04 or Windows 10 with Python 3.11.
"""

from __future__ import annotations  # an older Python must live long enough to be told that it is too old

import argparse
import ctypes
import hashlib
import importlib.util
import io
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
ENVIRONMENT = ROOT / ".venv"
SCRIPTS, EXE = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
PYTHON = ENVIRONMENT / SCRIPTS / f"python{EXE}"
OLDEST_PYTHON = (3, 11)
UV = "uv>=0.13,<0.14"

QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What tests the server's pages; where the system has none of them, Playwright installs its own."""
FILE_READERS = {"libreoffice-calc-nogui": "soffice", "poppler-utils": "pdftoppm"}
"""What opens, as a person's own computer would, the spreadsheets and the PDFs that the program writes."""
POSTGRES_CHECK = """
import atexit, pathlib, shutil, tempfile
folder = tempfile.mkdtemp()
atexit.register(shutil.rmtree, folder, ignore_errors=True)
from server.postgres import embedded_url
embedded_url(pathlib.Path(folder, "data"))
"""
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
CHECKS = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports", "--no-logo"])


def main(arguments: Sequence[str]) -> int:
    """Prepares what is missing, does what was asked, and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a letter must not stop the installation
    parser = argparse.ArgumentParser(description="Prépare ce qui manque, puis lance Passerelle ou ses tests.")
    parser.add_argument("command", choices=["run", "test", "check"])
    asked, rest = parser.parse_known_args(arguments)
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Passerelle demande Python 3.11 ou plus récent\u00a0: installez-le, puis relancez cette commande.")
    install_system_packages(for_tests=asked.command == "test")
    install_environment()
    return COMMANDS[asked.command](rest)


def run(arguments: Sequence[str]) -> int:
    """Opens the desktop program with a central server of its own beside it."""
    return _python("-m", "build.run_together", *arguments)


def test(arguments: Sequence[str]) -> int:
    """Runs the whole test suite in a few processes: one more than the cores, since many tests wait.

    tests/sharing.py says what stays together and what comes first. The server's tests are played on a real PostgreSQL
    and in a real browser.
    """
    if _python("-c", POSTGRES_CHECK) != 0:
        sys.exit("PostgreSQL n’a pas démarré\u00a0: lisez les lignes ci-dessus, puis relancez cette commande.")
    if not any(map(shutil.which, BROWSERS)) and _python("-m", "playwright", "install", "chromium") != 0:
        sys.exit("Il manque un navigateur pour les tests\u00a0: installez Chromium, puis relancez cette commande.")
    processes = 1 + (os.cpu_count() or 1)
    return _python("-m", "pytest", "-n", str(processes), *BY_FILE, *arguments)


def check(_arguments: Sequence[str]) -> int:
    """Runs every check that reads the code without running it, and fails if any of them does."""
    results = [_call([str(ENVIRONMENT / SCRIPTS / (tool + EXE)), *options]) for tool, *options in CHECKS]
    return int(any(results))


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {"run": run, "test": test, "check": check}


def install_system_packages(for_tests: bool) -> None:
    """On a Linux that lacks a library, installs it as root, or says the exact line to type and stops."""
    missing = missing_packages(for_tests)
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        sys.exit(f"Installez ces bibliothèques (noms de Debian), puis relancez\u00a0: {' '.join(missing)}.")
    if os.geteuid() != 0:
        sys.exit(f"Il manque des paquets du système. Tapez ceci, puis relancez\u00a0:\n\n    sudo {shlex.join(line)}\n")
    print(f"Installation des paquets du système\u00a0: {' '.join(missing)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], [line[0], "-qq", *line[1:]]):
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def missing_packages(for_tests: bool) -> list[str]:
    """The Debian packages that this machine lacks to show the program, and to test its packaged form."""
    if sys.platform != "linux":
        return []
    libraries = QT_LIBRARIES | SCREEN_LIBRARIES
    missing = [package for package, library in libraries.items() if not _loads(library)]
    if not _has_a_font():
        missing.append("fonts-dejavu-core")
    if find_uv() is None and not _has("pip") and not _has("ensurepip"):
        missing += ["python3-venv", "ca-certificates"]
    if for_tests:
        missing += _missing_to_package()
        missing += [package for package, program in FILE_READERS.items() if not shutil.which(program)]
        if not any(map(shutil.which, BROWSERS)) and platform.freedesktop_os_release().get("ID") == "debian":
            missing.append("chromium")  # elsewhere the package may be a mere door to a shop of its own
    return missing


def _missing_to_package() -> list[str]:
    """PyInstaller reads and strips binaries with binutils, and ships Python's own shared library."""
    missing = [] if shutil.which("objdump") and shutil.which("strip") else ["binutils"]
    version = sysconfig.get_python_version()
    shared = f"libpython{version}.so.1.0"
    if not _loads(shared) and not Path(sysconfig.get_config_var("LIBDIR"), shared).exists():
        missing.append(f"libpython{version}")
    return missing


def install_environment() -> None:
    """Makes `.venv` hold exactly what uv.lock says; does nothing when it already does."""
    stamp = ENVIRONMENT / "passerelle-lock"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "uv.lock").read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    uv = find_uv() or install_uv()
    print("Installation des bibliothèques de Passerelle…", flush=True)
    sync = [uv, "sync", "--frozen", "--all-extras", "--all-groups", "--compile-bytecode", "--quiet"]
    if not PYTHON.exists():
        sync += ["--python", sys.executable, "--no-python-downloads"]
    if _call(sync) != 0:
        sys.exit("Les bibliothèques n’ont pas pu être installées\u00a0: vérifiez la connexion, puis relancez.")
    stamp.write_text(wanted)


def find_uv() -> str | None:
    """The uv of this machine, or the private one that an earlier run installed; None when there is none."""
    for candidate in (shutil.which("uv"), *(str(TOOLS / folder / f"uv{EXE}") for folder in ("bin", "Scripts"))):
        if candidate and shutil.which(candidate) and _answers(candidate):
            return candidate
    return None


def install_uv() -> str:
    """Installs uv in a folder of its own, never in the system's Python (PEP 668), and returns its path."""
    print("Installation de l’outil uv…", flush=True)
    if _has("pip"):
        _call([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), UV])
    else:
        _call([sys.executable, "-m", "venv", str(TOOLS)])
        _call([str(TOOLS / SCRIPTS / f"python{EXE}"), "-m", "pip", "install", "--quiet", UV])
    installed = find_uv()
    if installed is None:
        sys.exit("L’outil uv n’a pas pu être installé\u00a0: vérifiez la connexion, puis relancez cette commande.")
    return installed


def _answers(uv: str) -> bool:
    return subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    return any(True for kind in ("*.ttf", "*.otf") for _ in Path("/usr/share/fonts").rglob(kind))


def _python(*arguments: str) -> int:
    return _call([str(PYTHON), *arguments])


def _call(command: Sequence[str]) -> int:
    """Runs a command in the project's folder; passes on a request to stop, and on Ctrl+C waits for it to end itself."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
