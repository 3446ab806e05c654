"""Where the picture of a chart goes: the person chooses, the picture is written whole or not at all."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.folding import fold
from app.ui.charts import files
from app.ui.charts.card import FileKind
from app.ui.charts.plots import Plot
from app.ui.file_choice import choose_target

_KINDS: dict[FileKind, str] = {"png": "Image PNG (*.png)", "svg": "Dessin SVG (*.svg)"}


def ask_where(window: QWidget, plot: Plot, kind: FileKind) -> Path | None:
    """The file chosen, with its extension; None if the person changed their mind."""
    proposed = f"{'-'.join(fold(plot.title).split())}.{kind}"
    return choose_target(window, "Enregistrer le graphique", proposed, _KINDS[kind])


def save(plot: Plot, path: Path, caption: str) -> None:
    """Write the picture in the kind that its extension says; raises KnownError where it cannot be written."""
    write = files.save_svg if path.suffix.lower() == ".svg" else files.save_png
    write(plot, path, caption)
