"""Whether a sheet may be given to a person who reads with difficulty: each fault in a sentence, with its line.

A fault of form (no source, no date, an unknown theme, a drawing that is missing, steps out of 5 to 12…) means that the
sheet would be found, shown or printed wrongly: it is refused. A fault of ease (too long, too hard, a long sentence…) is
told; the sheets of the library have none, the advisor may keep an own sheet that has some, marked « à améliorer ».
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.labels import NBSP
from app.services.sheets import drawings, readability
from app.services.sheets.reading import (
    SECTIONS,
    STEPS,
    Draft,
    Item,
    Section,
    day_of,
    level_of,
    read,
    sources_in,
)
from app.services.sheets.sheet import theme_of

FEWEST_STEPS, MOST_STEPS = 5, 12
MOST_WORDS, MOST_IN_SENTENCE, MEAN_SENTENCE, LEAST_SCORE = 330, 18, 11, 65
MOST_DRAWINGS = 4
LONGEST_TITLE, LONGEST_SUMMARY = 70, 140
"""Characters: both are read at once in a list."""
LONGEST_TEXT = 100_000
"""Characters of a whole sheet with the drawings that it carries; the notebook sends it in one piece."""
_KEYS = frozenset(["titre", "resume", "themes", "niveau", "duree", "verifiee", "mots", "a_verifier", "sources"])
_WRITTEN = {
    "titre": 'titre = "…"',
    "resume": 'resume = "…"',
    "themes": 'themes = ["email"]',
    "niveau": 'niveau = "debutant", "intermediaire" ou "avance"',
    "duree": "duree = 20",
    "verifiee": "verifiee = 2026-11-28",
    "sources": 'sources = [{ titre = "…", adresse = "…" }]',
}
"""The lines of the header that are always there."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong at a line, and what to do about it."""

    line: int
    sentence: str
    is_of_form: bool = True
    """False for a fault of ease."""
    written: str = ""
    """How the text says it, where somebody writes the text itself."""


def check(text: str) -> tuple[Fault, ...]:
    """The faults of the text of a sheet, in the order of its lines; none if it is as those of the library."""
    if len(text) > LONGEST_TEXT:
        return (Fault(1, f"Cette fiche est trop lourde{NBSP}: retirez des dessins ou du texte."),)
    draft = read(text)
    if draft.header_fault:
        return (Fault(*draft.header_fault),)
    return tuple(sorted({*_header_faults(draft), *_body_faults(draft), *_step_faults(draft), *_ease_faults(draft)}))


def _header_faults(draft: Draft) -> Iterator[Fault]:
    header = draft.header
    for key, sentence in _header_sentences(header):
        yield Fault(draft.line_of(key), sentence, written=_WRITTEN.get(key, ""))
    for one in _listed(header, "themes"):
        if theme_of(one) is None:
            yield Fault(
                draft.line_of("themes"), f"Le thème {_quoted(one)} n’existe pas{NBSP}: choisissez dans la liste."
            )
    for key in sorted(header.keys() - _KEYS):
        yield Fault(draft.line_of(key), f"L’en-tête ne connaît pas {_quoted(key)}{NBSP}: vérifiez l’orthographe.")


def _header_sentences(header: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys that miss or are wrong, and what to write."""
    if not _is_text(header.get("titre"), LONGEST_TITLE):
        yield "titre", f"Donnez un titre, de {LONGEST_TITLE} signes au plus."
    if not _is_text(header.get("resume"), LONGEST_SUMMARY):
        yield "resume", f"Dites en une phrase à quoi sert la fiche, en {LONGEST_SUMMARY} signes au plus."
    if not _listed(header, "themes"):
        yield "themes", "Choisissez au moins un thème."
    if level_of(header.get("niveau")) is None:
        yield "niveau", f"Indiquez le niveau{NBSP}: débutant, intermédiaire ou avancé."
    if not _is_between(header.get("duree"), 5, 180):
        yield "duree", f"Indiquez la durée, de 5{NBSP}minutes à 3{NBSP}heures."
    if day_of(header.get("verifiee")) is None:
        yield "verifiee", "Indiquez le jour où vous avez vérifié la fiche."
    if "mots" in header and not _are_texts(header["mots"]):
        yield "mots", 'Écrivez les mots de recherche entre guillemets (mots = ["courriel"]).'
    if not isinstance(header.get("a_verifier", False), bool):
        yield "a_verifier", "Écrivez a_verifier = true ou a_verifier = false."
    yield from _source_sentences(header)


def _source_sentences(header: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sources = sources_in(header)
    if not sources or len(sources) != len(_listed(header, "sources")):
        yield "sources", "Dites d’où viennent les informations."
    if any(one.get("lue") is False for one in sources) and header.get("a_verifier") is not True:
        yield "a_verifier", f"Une source n’a pas été lue{NBSP}: écrivez a_verifier = true."


def _body_faults(draft: Draft) -> Iterator[Fault]:
    for line in draft.strays:
        yield Fault(
            line, "Ce texte n’est dans aucune liste\u00a0: mettez-le sous un titre, après un tiret ou un numéro."
        )
    names = [one.name for one in draft.sections]
    for section in draft.sections:
        yield from _section_faults(section)
        if names.count(section.name) > 1:
            yield Fault(section.line, f"Le titre {_quoted(section.name)} ne vient qu’une fois.")
    known = [one for one in names if one in SECTIONS]
    if known != sorted(known, key=SECTIONS.index):
        order = ", ".join(map(_quoted, SECTIONS))
        yield Fault(draft.sections[0].line, f"Les titres viennent dans cet ordre{NBSP}: {order}.")
    for name, svg in draft.drawings.items():
        if not drawings.is_name(name) or not drawings.is_plain(svg.encode()):
            yield Fault(
                _line_with(draft, name),
                f"Le dessin {_quoted(name)} n’est pas un dessin simple (SVG sans lien ni style).",
            )


def _section_faults(section: Section) -> Iterator[Fault]:
    if section.name not in SECTIONS:
        allowed = ", ".join(map(_quoted, SECTIONS))
        yield Fault(section.line, f"Le titre {_quoted(section.name)} n’est pas prévu{NBSP}: gardez {allowed}.")
        return
    if section.name == STEPS:
        return
    if section.is_numbered:
        yield Fault(section.line, "Seules les étapes ont des numéros\u00a0: commencez ces lignes par un tiret.")
    for item in section.items:
        if not item.text:
            yield Fault(item.line, "Cette ligne est vide.")
        if item.drawings:
            yield Fault(item.line, "Un dessin accompagne une étape\u00a0: placez-le sous l’une d’elles.")


def _step_faults(draft: Draft) -> Iterator[Fault]:
    section = draft.section(STEPS)
    if section is None:
        yield Fault(len(draft.lines), f"Il manque le titre «{NBSP}## {STEPS}{NBSP}» et ses étapes.")
        return
    if section.items and not section.is_numbered:
        yield Fault(section.line, "Numérotez les étapes\u00a0: 1. puis 2. et ainsi de suite.")
    count = len(section.items)
    if not FEWEST_STEPS <= count <= MOST_STEPS:
        sentence = f"Une fiche a de {FEWEST_STEPS} à {MOST_STEPS} étapes{NBSP}; celle-ci en a {count}."
        yield Fault(section.line, sentence)
    for number, item in enumerate(section.items, 1):
        if not item.text:
            yield Fault(item.line, "Dites ce qu’il faut faire à cette étape.")
        yield from _drawing_faults(draft, item, number)


def _drawing_faults(draft: Draft, item: Item, number: int) -> Iterator[Fault]:
    if len(item.drawings) > 1:
        yield Fault(item.line, f"L’étape {number} a plusieurs dessins{NBSP}: gardez-en un.")
    for one in item.drawings:
        line = _line_with(draft, one.file, item.line)
        if one.file not in draft.drawings and drawings.find(one.file, {}) is None:
            yield Fault(line, f"Le dessin {_quoted(one.file)} est introuvable.")
        if not one.said.strip():
            yield Fault(line, f"Dites ce que montre le dessin {_quoted(one.file)}.")


def _ease_faults(draft: Draft) -> Iterator[Fault]:
    """What makes it hard to read; measured on the body, each line of a list being its own sentence."""
    items = [item for section in draft.sections for item in section.items]
    ease = readability.measure(text for item in items for text in (item.text, item.note))
    line = draft.sections[0].line if draft.sections else 1
    if ease.words > MOST_WORDS:
        yield Fault(line, f"La fiche est trop longue{NBSP}: {ease.words} mots, {MOST_WORDS} au plus.", False)
    if ease.words and ease.score < LEAST_SCORE:
        said = f"({ease.score:.0f} sur l’échelle de Kandel et Moles, il faut au moins {LEAST_SCORE})"
        yield Fault(line, f"La fiche est difficile à lire {said}{NBSP}: prenez des mots plus courts.", False)
    if ease.mean > MEAN_SENTENCE:
        said = f"{ease.mean:.1f} mots en moyenne, {MEAN_SENTENCE} au plus".replace(".", ",")
        yield Fault(line, f"Les phrases sont trop longues ({said}){NBSP}: coupez-les.", False)
    for item in items:
        yield from _sentence_faults(item)
    yield from _step_ease(draft)


def _sentence_faults(item: Item) -> Iterator[Fault]:
    for text in (item.text, item.note):
        for sentence in readability.sentences(text):
            count = len(readability.words_of(sentence))
            if count > MOST_IN_SENTENCE:
                said = f"Cette phrase a {count} mots, {MOST_IN_SENTENCE} au plus{NBSP}: coupez-la."
                yield Fault(item.line, said, False)


def _step_ease(draft: Draft) -> Iterator[Fault]:
    section = draft.section(STEPS)
    items = section.items if section else []
    shown = Counter(one.file for item in items for one in item.drawings)
    if section and not shown:
        yield Fault(section.line, f"Un dessin aide à comprendre{NBSP}: ajoutez-en un à quatre.", False)
    if section and shown.total() > MOST_DRAWINGS:
        yield Fault(section.line, f"{shown.total()} dessins, c’est trop{NBSP}: gardez-en {MOST_DRAWINGS}.", False)
    for item in items:
        if item.text and not _is_order(item.text):
            yield Fault(item.line, f"Commencez par ce qu’il faut faire{NBSP}: «{NBSP}Cliquez…{NBSP}».", False)


def _is_order(text: str) -> bool:
    """Whether it begins with a verb as one tells somebody to do it: « Cliquez », « Faites », « Arrêtez-vous »."""
    first = readability.words_of(text)[:1]
    verb = first[0].split("-")[0].lower() if first else ""
    return verb.endswith("ez") or verb in ("faites", "dites", "refaites")


def _line_with(draft: Draft, wanted: str, first: int = 1) -> int:
    """The first line that holds some words, from a line on."""
    numbered = enumerate(draft.lines[first - 1 :], first)
    return next((number for number, line in numbered if wanted and wanted in line), first)


def _quoted(word: object) -> str:
    return f"«{NBSP}{str(word)[:60]}{NBSP}»"


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= longest


def _is_between(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _listed(header: Mapping[str, Any], key: str) -> list[Any]:
    value = header.get(key)
    return value if isinstance(value, list) else []
