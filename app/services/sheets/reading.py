"""The text of a sheet taken apart: its header (TOML between two lines « +++ ») and the lists under its titles.

Any text can be read: what is missing is empty, and what does not belong there is kept to be told by the check.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.services.sheets.sheet import UNTITLED, Drawing, Sheet, Source, Step, theme_of
from protocol.vocabulary import WorkshopLevel

if TYPE_CHECKING:
    from markdown_it.token import Token

MATERIALS, STEPS, TO_REMEMBER, WARNINGS = "Ce qu’il vous faut", "Les étapes", "À retenir", "Attention"
SECTIONS = (MATERIALS, STEPS, TO_REMEMBER, WARNINGS)
"""The titles, in their order."""
FENCE = "+++"
DRAWING_BLOCK = "dessin"
"""A drawing that travels with the text is a block of code « dessin nom.svg »."""
FOLDER = "dessins/"
_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: what it says, the lines under it, its drawings."""

    line: int
    text: str
    note: str = ""
    drawings: tuple[Drawing, ...] = ()


@dataclass(slots=True)
class Section:
    """What is under one title of the text."""

    line: int
    name: str
    items: list[Item] = field(default_factory=list)
    is_numbered: bool = False


@dataclass(slots=True)
class Draft:
    """A text taken apart; lines are counted from 1."""

    header: Mapping[str, Any] = field(default_factory=dict)
    header_fault: tuple[int, str] | None = None
    """Where the header cannot be read, and what to do."""
    lines: Sequence[str] = ()
    sections: list[Section] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    """Lines that are under no title, or in no list."""
    drawings: dict[str, str] = field(default_factory=dict)
    drawing_lines: set[int] = field(default_factory=set)
    """The lines that these take."""

    def line_of(self, key: str) -> int:
        """The line of the header where a key is set; 1 if it is not."""
        wanted = re.compile(rf"\s*{re.escape(key)}\s*=")
        return next((number for number, line in enumerate(self.lines, 1) if wanted.match(line)), 1)

    def section(self, name: str) -> Section | None:
        """The section of this title."""
        return next((one for one in self.sections if one.name == name), None)


def read(text: str) -> Draft:
    """Take a text apart; never refuses one."""
    from markdown_it import MarkdownIt  # it takes a while to load, and is wanted once somebody looks at sheets

    draft, body = _begun(text)
    tokens = MarkdownIt("commonmark").parse("\n" * body + "\n".join(draft.lines[body:]))
    _read_body(draft, tokens)
    return draft


def read_header(text: str) -> Draft:
    """The same without the lists, which take a hundred times longer."""
    return _begun(text)[0]


def _begun(text: str) -> tuple[Draft, int]:
    """A draft whose header is read, and how many lines that takes."""
    draft = Draft(lines=text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return draft, _read_header(draft)


def sheet_of(code: str, draft: Draft) -> Sheet:
    """The sheet that a draft says, as far as it does."""
    header = draft.header
    return Sheet(
        code=code,
        title=_words(header.get("titre")) or UNTITLED,
        summary=_words(header.get("resume")),
        themes=tuple(theme for one in _listed(header.get("themes")) if (theme := theme_of(one))),
        level=level_of(header.get("niveau")),
        minutes=minutes if isinstance(minutes := header.get("duree"), int) and 0 < minutes < 1000 else 0,
        checked_on=day_of(header.get("verifiee")),
        words=tuple(filter(None, map(_words, _listed(header.get("mots"))))),
        to_verify=header.get("a_verifier") is True,
        sources=tuple(map(_source, sources_in(header))),
        materials=_texts(draft, MATERIALS),
        steps=tuple(map(_step, _items(draft, STEPS))),
        to_remember=_texts(draft, TO_REMEMBER),
        warnings=_texts(draft, WARNINGS),
        drawings=tuple(sorted(draft.drawings.items())),
    )


def level_of(code: object) -> WorkshopLevel | None:
    """The level of a code; None if there is none."""
    return next((one for one in WorkshopLevel if one.value == code), None)


def sources_in(header: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The sources that a header names."""
    return [one for one in _listed(header.get("sources")) if isinstance(one, dict) and _words(one.get("titre"))]


def day_of(value: object) -> date | None:
    """A day without its hour."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _read_header(draft: Draft) -> int:
    """Read the header; answers how many lines it takes."""
    opening = next((number for number, line in enumerate(draft.lines) if line.strip()), None)
    if opening is None or draft.lines[opening].strip() != FENCE:
        draft.header_fault = 1, "La fiche commence par son en-tête, entre deux lignes «\u00a0+++\u00a0»."
        return 0
    closing = next((n for n, line in enumerate(draft.lines) if n > opening and line.strip() == FENCE), None)
    if closing is None:
        draft.header_fault = (
            opening + 1,
            "L’en-tête n’est pas fermé\u00a0: ajoutez une ligne «\u00a0+++\u00a0» à sa fin.",
        )
        return len(draft.lines)
    try:
        draft.header = tomllib.loads("\n" * (opening + 1) + "\n".join(draft.lines[opening + 1 : closing]))
    except (ValueError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        line = min(int(found[1]), closing + 1) if found else closing + 1
        draft.header_fault = (
            line,
            "Cette ligne de l’en-tête ne peut pas être lue\u00a0: vérifiez les guillemets et le signe =.",
        )
    return closing + 1


def _read_body(draft: Draft, tokens: "Sequence[Token]") -> None:
    for token, inside in _blocks(tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open" and token.tag == "h2":
            draft.sections.append(Section(line, _plain(inside[1].children or ())))
        elif token.type in ("bullet_list_open", "ordered_list_open") and draft.sections:
            draft.sections[-1].is_numbered = token.type == "ordered_list_open"
            draft.sections[-1].items += [_item(opening, within) for opening, within in _blocks(inside[1:-1])]
        elif token.type == "fence" and token.info.split()[:1] == [DRAWING_BLOCK] and len(token.info.split()) == 2:
            draft.drawings[token.info.split()[1]] = token.content.rstrip("\n")
            draft.drawing_lines.update(range(line, token.map[1] + 1) if token.map else ())
        else:
            draft.strays.append(line)


def _blocks(tokens: "Sequence[Token]") -> "Iterator[tuple[Token, Sequence[Token]]]":
    """The blocks one after the other: their opening token, and all that they are made of."""
    start = depth = 0
    for number, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start], tokens[start : number + 1]
            start = number + 1


def _item(opening: "Token", tokens: "Sequence[Token]") -> Item:
    lines: list[str] = []
    drawings: list[Drawing] = []
    for token in tokens:
        if token.type == "inline":
            for said in _lines(token.children or ()):
                drawings += [_drawing(one) for one in said if one.type == "image"]
                lines.append(_plain(one for one in said if one.type != "image"))
        elif token.content:
            lines.append(" ".join(token.content.split()))
    told = [line for line in lines if line] or [""]
    return Item(opening.map[0] + 1 if opening.map else 1, told[0], " ".join(told[1:]), tuple(drawings))


def _lines(children: "Sequence[Token]") -> "Iterator[list[Token]]":
    """The tokens of a paragraph, line by line."""
    line: list[Token] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _plain(tokens: "Iterable[Token]") -> str:
    """Words without their marks; only ordinary spaces at the ends go."""
    return "".join(token.content for token in tokens if token.type != "image").strip()


def _drawing(token: "Token") -> Drawing:
    return Drawing(str(token.attrs.get("src", "")).removeprefix(FOLDER), _plain(token.children or ()))


def _items(draft: Draft, name: str) -> Sequence[Item]:
    found = draft.section(name)
    return found.items if found else ()


def _texts(draft: Draft, name: str) -> tuple[str, ...]:
    return tuple(f"{one.text} {one.note}".strip() for one in _items(draft, name))


def _step(item: Item) -> Step:
    return Step(item.text, item.note, item.drawings[0] if item.drawings else None)


def _source(told: Mapping[str, Any]) -> Source:
    return Source(_words(told["titre"]), _words(told.get("adresse")), told.get("lue") is not False)


def _words(value: object) -> str:
    return " ".join(value.split(" ")).strip() if isinstance(value, str) else ""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
