"""Where the person wants a file: the dialogs that choose one to read or to write, and the stick that carries it."""

from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.dialog import lasting_window


def choose_source(window: QWidget, title: str, kinds: str) -> Path | None:
    """The file to read; None if the person thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileName(lasting_window(window), title, str(_documents()), kinds)
    return Path(chosen) if chosen else None


def choose_target(window: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Where to write a file, `name` and `kind` (« Excel (*.xlsx) ») being offered; None if they think better of it.

    A suffix left out is put back; a file that this would hit without the dialog having asked is left alone.
    """
    chosen, _ = QFileDialog.getSaveFileName(lasting_window(window), title, str(_documents() / name), kind)
    if not chosen:
        return None
    path, suffix = Path(chosen), Path(name).suffix
    return path if path.suffix.lower() == suffix else _free(path.with_name(path.name + suffix))


def choose_stick(window: QWidget) -> Path | None:
    """The folder of the stick on which to put what leaves; None if the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(lasting_window(window), "Choisir la clé USB", str(Path.home()))
    return Path(chosen) if chosen else None


def _free(path: Path) -> Path:
    names = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    return next(one for one in chain([path], names) if not one.exists())


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
