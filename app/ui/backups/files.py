"""Which file is a copy of the notebook."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.file_choice import choose_source

_FILES = "Copies de Passerelle (*.sauvegarde)"


def choose_copy(window: QWidget) -> Path | None:
    """The copy that the advisor shows, None if they think better of it."""
    return choose_source(window, "Choisir une copie du carnet", _FILES)
