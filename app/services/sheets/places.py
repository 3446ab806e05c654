"""Where in a sheet a line of its text is: a field of the form leads there, whatever the text looks like."""

import re
from dataclasses import dataclass

from app.labels import NBSP
from app.services.sheets.reading import STEPS, Draft

_KEY = re.compile(r"\s*(\w+)\s*=")
_NAMES = {
    "titre": "Titre", "resume": "En une phrase", "themes": "Thèmes", "niveau": "Niveau", "duree": "Durée",
    "verifiee": "Vérifiée le", "mots": "Autres mots", "a_verifier": "À vérifier", "sources": "Sources",
}  # fmt: skip
"""The lines of the header, as the form calls them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the header or a title of the text, and which line of the list under it (0 being the first)."""

    part: str
    number: int | None = None


def place_of(draft: Draft, line: int) -> Place:
    """Where a line is; what is above everything belongs to the title."""
    section = next((one for one in reversed(draft.sections) if one.line <= line), None)
    if section is not None:
        numbers = [number for number, item in enumerate(section.items) if item.line <= line]
        return Place(section.name, numbers[-1] if numbers else None)
    above = (found[1] for text in reversed(draft.lines[:line]) if (found := _KEY.match(text)))
    return Place(next((key for key in above if key in _NAMES), "titre"))


def called(place: Place) -> str:
    """« Titre », « Étape 3 »."""
    if place.part == STEPS and place.number is not None:
        return f"Étape{NBSP}{place.number + 1}"
    return _NAMES.get(place.part, place.part)
