"""Where the files shipped with the program are: beside the code, or inside the packaged folder."""

import sys
from pathlib import Path

_PACKAGED = getattr(sys, "_MEIPASS", None)
_ROOT = Path(_PACKAGED or Path(__file__).resolve().parent.parent) / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file, for instance `resource("icons", "sun.svg")`."""
    return _ROOT.joinpath(*parts)
