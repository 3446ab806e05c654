"""All the sheets that can be handed over: those of the program and the advisor's own, found by any word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from app import labels
from app.database import Database
from app.folding import fold
from app.resources import resource
from app.services.known_words import KnownWords
from app.services.sheets import own
from app.services.sheets.carried import tidy
from app.services.sheets.reading import read, read_header, sheet_of
from app.services.sheets.sheet import Sheet, Theme
from protocol.vocabulary import WorkshopLevel

_TITLE, _WORDS, _BODY = range(3)
"""Where a word was found, the best first."""


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which sheets to list: all the answers together."""

    text: str = ""
    theme: Theme | None = None
    level: WorkshopLevel | None = None
    is_own: bool = False
    """Only the advisor's own."""
    is_archived: bool = False
    """Only those put away, which are not listed otherwise."""


def library(database: Database) -> tuple[Sheet, ...]:
    """Every sheet by its title, those put away too."""
    return tuple(sorted((*bundled(), *own.mine(database)), key=lambda one: fold(one.title)))


def listed(database: Database, filter_: SheetFilter) -> tuple[Sheet, ...]:
    """The sheets that a filter keeps, the best answers to its words first, else by title."""
    kept = (one for one in library(database) if _is_kept(one, filter_))
    return found(tuple(kept), filter_.text)


def found(sheets: Sequence[Sheet], text: str) -> tuple[Sheet, ...]:
    """Those where every word of a text begins a word; in the title counts more than in its words, then in its body.

    If there are none, each word may have one typing mistake.
    """
    words = fold(text).split()
    if exact := _ranked(sheets, [(word,) for word in words]):
        return exact
    known = KnownWords(list({word for one in sheets for text in _folded(one) for word in text.split()}))
    return _ranked(sheets, [(word, *known.near(word)) for word in words])


def about(database: Database, text: str, most: int) -> tuple[Sheet, ...]:
    """The sheets whose title, themes, words and summary hold every word of a text, the best answers first.

    None of those put away. Their lists are not read: the first letter typed need not wait for these.
    """
    words = fold(text).split()
    offered = (*_headed(), *own.headed(database))
    ranked = [(rank, one) for one in offered if words and (rank := _rank_about(one, words)) is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: (pair[0], fold(pair[1].title))))[:most]


def find(database: Database, code: str) -> Sheet | None:
    """The sheet of a code (the id as text for an own one); None if there is none, or no more."""
    if (shipped := _bundled(code)) is not None:
        return shipped
    return next((one for one in own.mine(database) if one.code == code), None)


def suited(database: Database, themes: Iterable[Theme]) -> tuple[Sheet, ...]:
    """The sheets on these themes, those whose first theme it is first."""
    wanted = frozenset(themes)
    sheets = [one for one in library(database) if not one.archived and wanted.intersection(one.themes)]
    return tuple(sorted(sheets, key=lambda one: one.themes[0] not in wanted))


def titles(database: Database, codes: Iterable[str]) -> dict[str, str]:
    """The title of each code, by title; a sheet of a newer version of the program is called by its code."""
    with database.read() as connection:
        return titles_in(connection, codes)


def titles_in(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """The same as one moment of the notebook knows it."""
    wanted = frozenset(codes)
    mine = own.titles_in(connection) if wanted - _codes() else {}
    told = {code: mine.get(code) or title_of(code) for code in wanted}
    return dict(sorted(told.items(), key=lambda pair: fold(pair[1])))


def title_of(code: str) -> str:
    """The title of a sheet of the program; the code itself where it has none."""
    shipped = _bundled(code)
    return shipped.title if shipped else code


def text_of(database: Database, code: str) -> str:
    """The text of a sheet as it can be edited and shared; raises UserError if it is gone."""
    path = _path(code)
    return path.read_text(encoding="utf-8") if code in _codes() else own.text_of(database, UUID(code))


def same(database: Database, text: str) -> str | None:
    """The code of the sheet that has exactly this text already."""
    wanted = tidy(text)
    title = sheet_of("", read(wanted)).title
    alike = (one for one in library(database) if one.title == title)
    return next((one.code for one in alike if tidy(text_of(database, one.code)) == wanted), None)


@cache
def bundled() -> tuple[Sheet, ...]:
    """The sheets of the program."""
    return tuple(one for code in sorted(_codes()) if (one := _bundled(code)))


@cache
def _codes() -> frozenset[str]:
    return frozenset(path.stem for path in resource("fiches").glob("*.md"))


@cache
def _headed() -> tuple[Sheet, ...]:
    return tuple(sheet_of(one, read_header(_path(one).read_text(encoding="utf-8"))) for one in sorted(_codes()))


@lru_cache(maxsize=512)
def _bundled(code: str) -> Sheet | None:
    return sheet_of(code, read(_path(code).read_text(encoding="utf-8"))) if code in _codes() else None


def _path(code: str) -> Path:
    return resource("fiches", f"{code}.md")


def _is_kept(sheet: Sheet, filter_: SheetFilter) -> bool:
    return (
        sheet.archived is filter_.is_archived
        and (filter_.theme is None or filter_.theme in sheet.themes)
        and (filter_.level is None or filter_.level is sheet.level)
        and (sheet.own or not filter_.is_own)
    )


def _ranked(sheets: Sequence[Sheet], words: Sequence[tuple[str, ...]]) -> tuple[Sheet, ...]:
    ranked = [(rank, one) for one in sheets if (rank := _rank(one, words)) is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def _rank(sheet: Sheet, words: Sequence[tuple[str, ...]]) -> int | None:
    """How well a sheet answers, the least the best; None if a word is nowhere in it, in none of its writings."""
    texts = _folded(sheet)
    places = [
        next((place for place, text in enumerate(texts) if any(f" {one}" in text for one in writings)), None)
        for writings in words
    ]
    return None if None in places else sum(place for place in places if place)


def _rank_about(sheet: Sheet, words: Sequence[str]) -> int | None:
    """How many words its title does not say; None if one is nowhere in what the sheet is about."""
    title, told = _folded_about(sheet)
    missing = [word for word in words if f" {word}" not in title]
    return len(missing) if all(f" {word}" in told for word in missing) else None


@lru_cache(maxsize=1024)
def _folded_about(sheet: Sheet) -> tuple[str, str]:
    told = (*map(labels.label, sheet.themes), *sheet.words, sheet.summary)
    return " " + fold(sheet.title), " " + fold(" ".join(told))


@lru_cache(maxsize=1024)
def _folded(sheet: Sheet) -> tuple[str, str, str]:
    """Its title, its words and summary, and all the rest, as a search sees them."""
    steps = (text for step in sheet.steps for text in (step.text, step.note))
    body = (*sheet.materials, *steps, *sheet.to_remember, *sheet.warnings)
    return tuple(" " + fold(" ".join(words)) for words in ((sheet.title,), (*sheet.words, sheet.summary), body))  # type: ignore[return-value]
