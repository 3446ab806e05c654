"""Which file to read, where to write: the dialogs of exports and imports."""

from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_READ = "Tableaux et carnets (*.xlsx *.xls *.ods *.csv *.txt *.json *.jsonl);;Tous les fichiers (*)"


def choose_file(window: QWidget) -> Path | None:
    """The file to import, None if the person thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileName(window, "Importer un fichier", _documents(), _READ)
    return Path(chosen) if chosen else None


def choose_target(window: QWidget, name: str, kind: str) -> Path | None:
    """Where to write a file, `name` and `kind` (« Excel (*.xlsx) ») being offered; None if they think better of it.

    A suffix left out is put back; a file that this would hit without the dialog having asked is left alone.
    """
    chosen, _ = QFileDialog.getSaveFileName(window, "Exporter", str(Path(_documents()) / name), kind)
    if not chosen:
        return None
    path, suffix = Path(chosen), Path(name).suffix
    return path if path.suffix.lower() == suffix else _free(path.with_name(path.name + suffix))


def _free(path: Path) -> Path:
    names = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    return next(one for one in chain([path], names) if not one.exists())


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
