"""How a pair of people is told in a line."""

from collections.abc import Iterable

from app import labels
from app.services.duplicates import words
from app.services.rows import DuplicatePair, LikelySame, PersonRow
from app.ui.people.words import person_detail


def sureness(pair: DuplicatePair) -> str:
    """How likely it is that both are one."""
    if pair.is_doubtful:
        return "Peu probable (années de naissance)"
    return "Très probable" if pair.is_exact else "À vérifier\u00a0: noms proches"


def in_common(pair: DuplicatePair) -> str:
    """« Très probable · nom, prénom, téléphone »."""
    return f"{sureness(pair)} · {words(pair.alike)}"


def names(first: PersonRow, second: PersonRow) -> str:
    """« Martin Odette et MARTIN Odette »."""
    return f"{first.name} et {second.name}"


def likely(found: LikelySame) -> str:
    """« Martin Odette (née en 1948 · Florac) »."""
    detail = person_detail(found.person)
    return f"{found.person.name} ({detail})" if detail else found.person.name


def total(pairs: Iterable[DuplicatePair]) -> str:
    """« 12 paires, dont 3 très probables »."""
    known = list(pairs)
    sure = sum(pair.is_exact and not pair.is_doubtful for pair in known)
    said = labels.count(len(known), "paire")
    return f"{said}, dont {labels.count(sure, 'très probable', 'très probables')}" if sure else said
