"""The desktop program with a central server of its own beside it, both ended together.

    uv run python -m build.run_together [--demo] [--data-dir FOLDER]

Where there is no screen, the same program plays a whole day of work unseen instead, in a folder thrown away.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from platformdirs import user_data_dir

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
PATIENCE = 30
"""Seconds given to a program that was asked to stop."""

if sys.platform == "win32":
    PROCESS_GROUP, CREATION_FLAGS, PLEASE_STOP = None, subprocess.CREATE_NEW_PROCESS_GROUP, signal.CTRL_BREAK_EVENT
else:
    PROCESS_GROUP, CREATION_FLAGS, PLEASE_STOP = 0, 0, signal.SIGTERM


def main() -> int:
    """Starts both programs, waits for the desktop one to be closed, and returns its exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap.py run", description="Ouvre Passerelle avec un serveur à elle.")
    parser.add_argument("--demo", action="store_true", help="ouvre un carnet de démonstration déjà rempli")
    parser.add_argument("--data-dir", type=Path, help="le dossier où tout est gardé")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return open_desktop(asked.data_dir or _default_folder(asked.demo), asked.demo) if has_screen() else play_a_day()
    except KeyboardInterrupt:
        return 130


def has_screen() -> bool:
    """False on a Linux without a graphical session, where no window can be shown."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_desktop(folder: Path, demo: bool) -> int:
    """Opens the program on the notebook of `folder`, which is kept from one time to the next."""
    with server_beside(folder / "serveur") as (url, code):
        desktop = [sys.executable, "-m", "app", "--data-dir", str(folder / "carnet")]
        desktop += ["--server", url, "--enrolment-code", code, *(["--demo"] if demo else [])]
        with _started(desktop) as process:
            return process.wait()


def play_a_day() -> int:
    """Plays a day of work through the real widgets, unseen; leaves only its screenshots behind."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # no window manager here: Qt says so each time
    from bench import scripted_day

    folder = Path(tempfile.mkdtemp(prefix="passerelle-journee-"))
    print("Aucun écran ici\u00a0: Passerelle joue une journée de travail sans fenêtre.", flush=True)
    try:
        with server_beside(folder / "serveur") as (url, code):
            return scripted_day.main(folder / "carnet", url, code, folder / "captures")
    finally:
        for made in ("serveur", "carnet"):
            shutil.rmtree(folder / made, ignore_errors=True)


def _default_folder(demo: bool) -> Path:
    """Never the folder of an installed Passerelle: a trial must not touch a real notebook."""
    name = "Passerelle-demonstration" if demo else "Passerelle-essai"
    return Path(user_data_dir(name, appauthor=False, roaming=False))


@contextmanager
def server_beside(data: Path) -> Generator[tuple[str, str]]:
    """The address of a central server on its own PostgreSQL, and a code that lets one computer in."""
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(data)]
    with _started(command, read=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        if "http" not in said:
            sys.exit("Le serveur central n’a pas démarré\u00a0: lisez les lignes ci-dessus, puis relancez.")
        yield said.split()[-1], enrolment_code(data)


def enrolment_code(data: Path, notebook: UUID | None = None) -> str:
    """A code that lets one computer in, to a new notebook or to the one named."""
    command = [sys.executable, "-m", "server", "enrolment-code", "--data-dir", str(data)]
    command += ["--notebook", str(notebook)] if notebook else []
    made = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True)
    return made.stdout.split()[-1]


@contextmanager
def _started(command: list[str], read: bool = False) -> Generator[subprocess.Popen[str]]:
    """A program that does not hear the terminal's Ctrl+C, and is asked to stop when the block ends."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE if read else None,
        text=True,
        process_group=PROCESS_GROUP,
        creationflags=CREATION_FLAGS,
    ) as process:
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(PLEASE_STOP)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
