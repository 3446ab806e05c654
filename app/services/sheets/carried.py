"""The text of an own sheet with the drawings that it carries at its end, since the notebook keeps it in one piece."""

from collections.abc import Mapping

from app.services.sheets import drawings
from app.services.sheets.reading import DRAWING_BLOCK, read


def parted(text: str) -> tuple[str, dict[str, str]]:
    """A text without the drawings that it carries, and these; what the library has already is left to it."""
    draft = read(text)
    kept = (line for number, line in enumerate(draft.lines, 1) if number not in draft.drawing_lines)
    body = "\n".join(line.rstrip() for line in kept).strip("\n") + "\n"
    return body, {name: svg.strip() for name, svg in sorted(draft.drawings.items()) if not _is_known(name, svg)}


def joined(body: str, carried: Mapping[str, str]) -> str:
    """The text that carries these drawings."""
    blocks = (f"\n```{DRAWING_BLOCK} {name}\n{svg}\n```\n" for name, svg in sorted(carried.items()))
    return body + "".join(blocks)


def tidy(text: str) -> str:
    """The text as it is kept: the same for the same sheet, whichever program wrote it."""
    return joined(*parted(text))


def _is_known(name: str, svg: str) -> bool:
    known = drawings.find(name, {})
    return known is not None and known.decode().strip() == svg.strip()
