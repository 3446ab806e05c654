"""A learner sheet on paper: A4, large type, the steps with their drawings, and room for the person's notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app import labels
from app.labels import NBSP
from app.services.sheets import drawings
from app.services.sheets.reading import MATERIALS, STEPS, TO_REMEMBER, WARNINGS
from app.services.sheets.sheet import Sheet
from app.ui.paper.blocks import Block, Frame, Item, Text, Title, stack_height
from app.ui.paper.document import Document, room_above
from app.ui.paper.flow import pages
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET, WIDTH
from app.ui.sheets.sheet_blocks import NotesBlock, StepBlock

NOTES = "Mes notes"
MOST_PAGES = 2
_LEAST_NOTES = 110.0
"""Points: under this there is no room to write."""
_NOTES_TITLE = 46.0
"""What the title of the notes takes, with the space around it."""
_BEFORE_END = 14.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """The size of the letters and of the drawings, in points."""

    points: float
    drawing: float


_SCALES = (_Scale(16, 160), _Scale(15.5, 140), _Scale(15, 120), _Scale(15, 96))
"""The largest that leaves room for notes on two pages is taken."""


def document(sheet: Sheet, giver: str = "") -> Document:
    """The sheet, to be saved or printed; `giver` is the advisor and the structure that hand it over."""
    foot = " · ".join(part for part in (_short(sheet.title), _checked(sheet)) if part)
    return Document(
        title=sheet.title,
        blocks=_fitted(sheet, giver, room_above(foot)),
        foot=foot,
        author=giver,
        subject=sheet.summary,
    )


def _fitted(sheet: Sheet, giver: str, tall: float) -> Sequence[Block]:
    end = tuple(_end(sheet, giver))
    for scale in _SCALES:
        blocks = tuple(_blocks(sheet, scale))
        notes = _room_for_notes(blocks, end, tall)
        if notes:
            return *blocks, *notes, *end
    return *blocks, *end


def _room_for_notes(blocks: Sequence[Block], end: Sequence[Block], tall: float) -> Sequence[Block]:
    """Lines that fill what is left of the last page, or the back of a sheet that fills its only one; else nothing."""
    laid_out = pages(blocks, WIDTH, tall)
    whole = tall - stack_height(end, WIDTH) - _BEFORE_END
    last = laid_out[-1][-1]
    room = whole - last.top - last.block.height(WIDTH) - last.block.after
    if len(laid_out) <= MOST_PAGES and room >= _LEAST_NOTES:
        return tuple(_notes(room - _NOTES_TITLE))
    if len(laid_out) < MOST_PAGES:
        return tuple(_notes(whole - _NOTES_TITLE, on_new_page=True))
    return ()


def _notes(tall: float, on_new_page: bool = False) -> Iterator[Block]:
    yield Title(NOTES, points=17, on_new_page=on_new_page, above=12, below=0)
    yield NotesBlock(tall)


def _blocks(sheet: Sheet, scale: _Scale) -> Iterator[Block]:
    body = Style(scale.points)
    yield Title(sheet.title, points=28, level=0, below=2)
    yield Text(sheet.summary, Style(scale.points, colour=QUIET), below=4)
    yield Text(_about(sheet), Style(12, colour=QUIET), below=4)
    if sheet.materials:
        yield _heading(MATERIALS)
        yield from (Item(one, body, indent=18, below=3) for one in sheet.materials)
    yield _heading(STEPS)
    for number, step in enumerate(sheet.steps, 1):
        svg = drawings.find(step.drawing.file, dict(sheet.drawings)) if step.drawing else None
        yield StepBlock(number, step.text, step.note, svg, scale.points, scale.drawing)
    if sheet.to_remember:
        yield _heading(TO_REMEMBER)
        *first, last = (Item(one, body, indent=18, below=4) for one in sheet.to_remember)
        yield from (*first, replace(last, below=14))
    if sheet.warnings:
        lines = [Item(one, body, sign="!", indent=18, below=4) for one in sheet.warnings]
        yield Frame((Title(WARNINGS, points=17, above=0), *lines), padding=12, below=8)


def _heading(text: str) -> Title:
    return Title(text, points=18, above=12, below=5)


def _end(sheet: Sheet, giver: str) -> Iterator[Block]:
    """Where it comes from and who gave it, small, at the end."""
    named = f"{NBSP}; ".join(source.title for source in sheet.sources)
    word = "Sources" if len(sheet.sources) > 1 else "Source"
    said = [f"{word}{NBSP}: {named}" if named else "", f"Fiche remise par {giver}" if giver else ""]
    yield Text("\n".join(filter(None, said)), Style(9.5, colour=QUIET), below=0)


def _about(sheet: Sheet) -> str:
    said = (
        f"Niveau{NBSP}: {labels.label(sheet.level).lower()}" if sheet.level else "",
        f"{labels.duration(sheet.minutes)} avec un conseiller" if sheet.minutes else "",
        "À vérifier avec votre conseiller" if sheet.to_verify else "",
    )
    return " · ".join(filter(None, said))


def _checked(sheet: Sheet) -> str:
    if sheet.checked_on is None:
        return ""
    return f"{'à vérifier, relue' if sheet.to_verify else 'vérifiée'} le {labels.short_day(sheet.checked_on)}"


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"
