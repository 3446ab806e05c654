"""Where the files shipped with the program are: beside the code, or inside the packaged folder."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file, for instance `resource("icons", "sun.svg")`."""
    return _root().joinpath(*parts)


def _root() -> Path:
    packaged = getattr(sys, "_MEIPASS", None)
    base = Path(packaged) if packaged else Path(__file__).resolve().parent.parent
    return base / "resources"
