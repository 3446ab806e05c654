"""Which file, which stick: the dialogs of the copies."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.file_choice import choose_source

_FILES = "Copies de Passerelle (*.sauvegarde)"


def choose_copy(window: QWidget) -> Path | None:
    """The copy that the advisor shows, None if they think better of it."""
    return choose_source(window, "Choisir une copie du carnet", _FILES)


def choose_stick(window: QWidget) -> Path | None:
    """The folder in which to put a copy, None if they think better of it."""
    chosen = QFileDialog.getExistingDirectory(window, "Choisir la clé USB", str(Path.home()))
    return Path(chosen) if chosen else None
