"""The text of a sheet that a form filled: what `reading` reads back as the same sheet.

A text may say more than a sheet holds (a title of its own, words under no title, a line of the header that nobody
knows): `is_whole` answers whether writing the sheet again would lose any of it.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.services.sheets.carried import joined
from app.services.sheets.reading import (
    FENCE,
    FOLDER,
    MATERIALS,
    SECTIONS,
    STEPS,
    TO_REMEMBER,
    WARNINGS,
    Draft,
    read,
    sheet_of,
)
from app.services.sheets.sheet import UNTITLED, Drawing, Sheet, Source, Step
from protocol.vocabulary import WorkshopLevel

_SPACES = re.compile(" +")
_MARKS = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)")
"""Signs that Markdown would take for its own, wherever they stand."""
_OPENING = re.compile(r"^(?:[-+=#~>]|\d{1,9}(?=[.)]))")
"""What Markdown would take for a list, a title or a quotation at the beginning of a line."""
_BLANK: Mapping[str, Any] = {
    "titre": "", "resume": "", "themes": [], "niveau": "", "duree": 0, "verifiee": None, "mots": [],
    "a_verifier": False, "sources": [],
}  # fmt: skip
"""The lines of a header, and what each says when it is not there."""


def blank(today: date) -> Sheet:
    """A sheet to write, checked today."""
    return replace(sheet_of("", Draft()), level=WorkshopLevel.BEGINNER, minutes=20, checked_on=today)


def write(sheet: Sheet) -> str:
    """The text of a sheet; lines that say nothing are left out."""
    kept = plain(sheet)
    body = "\n\n".join("\n".join(lines) for lines in (_header(kept), *_sections(kept)))
    return joined(body + "\n", dict(kept.drawings))


def plain(sheet: Sheet) -> Sheet:
    """The sheet as its text says it: each thing on one line, without what says nothing."""
    return replace(
        sheet,
        title=_line(sheet.title) or UNTITLED,
        summary=_line(sheet.summary),
        words=_lines(sheet.words),
        to_verify=sheet.to_verify or not all(one.read for one in sheet.sources),
        sources=tuple(filter(None, map(_source, sheet.sources))),
        materials=_lines(sheet.materials),
        steps=tuple(filter(None, map(_step, sheet.steps))),
        to_remember=_lines(sheet.to_remember),
        warnings=_lines(sheet.warnings),
    )


def is_whole(text: str) -> bool:
    """Whether a sheet holds all that a text says."""
    draft = read(text)
    if draft.header_fault or draft.strays or not _is_in_order(draft):
        return False
    sheet = sheet_of("", draft)
    again = read(write(sheet))
    return sheet_of("", again) == plain(sheet) and _said(again) == _said(draft)


def _header(sheet: Sheet) -> Iterator[str]:
    yield FENCE
    yield f"titre = {_quoted('' if sheet.title == UNTITLED else sheet.title)}"
    yield f"resume = {_quoted(sheet.summary)}"
    yield f"themes = {_list(one.value for one in sheet.themes)}"
    yield f"niveau = {_quoted(sheet.level.value if sheet.level else '')}"
    yield f"duree = {sheet.minutes}"
    if sheet.checked_on:
        yield f"verifiee = {sheet.checked_on.isoformat()}"
    yield f"mots = {_list(sheet.words)}"
    yield f"a_verifier = {_truth(sheet.to_verify)}"
    yield "sources = ["
    for one in sheet.sources:
        yield f"  {{ titre = {_quoted(one.title)}, adresse = {_quoted(one.address)}, lue = {_truth(one.read)} }},"
    yield "]"
    yield FENCE


def _sections(sheet: Sheet) -> Iterator[Sequence[str]]:
    listed = {MATERIALS: sheet.materials, TO_REMEMBER: sheet.to_remember, WARNINGS: sheet.warnings}
    for name in SECTIONS:
        lines = [*_steps(sheet.steps)] if name == STEPS else [f"- {_marked(one)}" for one in listed[name]]
        if lines or name == STEPS:
            yield f"## {name}\n", *lines


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        sign = f"{number}. "
        drawn = [f"![{_MARKS.sub(_escaped, one.said)}]({FOLDER}{one.file})"] if (one := step.drawing) else []
        told = [_marked(words) for words in (step.text, step.note) if words]
        yield sign + f"\n{' ' * len(sign)}".join([*told, *drawn])


def _is_in_order(draft: Draft) -> bool:
    """Whether it has only the titles that a sheet has, once each, with lists of their kind."""
    names = [one.name for one in draft.sections]
    return names == [name for name in SECTIONS if name in names] and all(
        one.is_numbered is (one.name == STEPS) or not one.items for one in draft.sections
    )


def _said(draft: Draft) -> object:
    """All that a draft says beside the words of its lists: its header, and how many drawings each line has."""
    header = {**_BLANK, **draft.header}
    sources = [{"adresse": "", "lue": True, **one} if isinstance(one, dict) else one for one in _listed(header)]
    to_verify = header["a_verifier"] or any(isinstance(one, dict) and one["lue"] is False for one in sources)
    shown = [[len(item.drawings) for item in one.items if item.text or item.drawings] for one in draft.sections]
    return _spaced({**header, "sources": sources, "a_verifier": to_verify}), [one for one in shown if one]


def _listed(header: Mapping[str, Any]) -> Sequence[Any]:
    told = header["sources"]
    return told if isinstance(told, list) else [told]


def _spaced(value: object) -> object:
    """A value of the header whatever its spaces."""
    if isinstance(value, dict):
        return {key: _spaced(one) for key, one in value.items()}
    if isinstance(value, list):
        return list(map(_spaced, value))
    return _line(value) if isinstance(value, str) else value


def _step(step: Step) -> Step | None:
    """A step whose advice is all that is said says that."""
    told = [*_lines((step.text, step.note)), "", ""]
    drawing = Drawing(step.drawing.file, _line(step.drawing.said)) if step.drawing else None
    return Step(told[0], told[1], drawing) if told[0] or drawing else None


def _source(source: Source) -> Source | None:
    title, address = _line(source.title), _line(source.address)
    return Source(title or address, address, source.read) if title or address else None


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, texts)))


def _line(text: str) -> str:
    """A text on one line, without the signs that no text has; the no-break spaces of French stay."""
    seen = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return _SPACES.sub(" ", seen).strip()


def _marked(text: str) -> str:
    """The words as Markdown says them."""
    return _OPENING.sub(_escaped_opening, _MARKS.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _escaped_opening(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterator[str] | Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _truth(value: bool) -> str:
    return "true" if value else "false"
