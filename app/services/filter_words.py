"""The words of a filter, for what leaves the program: exports, reports, pictures of charts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app import labels
from app.database import Database
from app.services import beneficiaries, municipalities, periods, places, tags
from app.services.commands import ActivityFilter
from protocol.vocabulary import PlaceKind

_NOBODY = "Une personne suivie"
"""What is said of a person where a name has no business."""
_SEARCHED = "Des mots recherchés"
"""What is said of these there: one searches for a name."""
_GONE = "(supprimé)"


def filter_lines(
    database: Database, filter_: ActivityFilter, today: date, with_names: bool = True
) -> tuple[tuple[str, str], ...]:
    """Each filter and what it keeps, whether in force or not; a person by name only `with_names`.

    Labels and order: block « Filtres » of the exports of « La Coop » (fact sheet §5.3); the words searched for come
    last, if there are any.
    """
    lines = (
        ("Période", _period(filter_, today)),
        ("Source", "Toutes"),
        ("Lieux d’accompagnement", _listed(_places(database, filter_), "Tous")),
        ("Communes", _listed(map(_commune, sorted(filter_.municipalities)), "Toutes")),
        ("Départements", "Tous"),
        ("Type d’accompagnement", _listed(_in_order(labels.KINDS, filter_.kinds), "Tous")),
        ("Rôle", "Tous les rôles"),
        ("Thématiques non administratives", _listed(_in_order(labels.TOPICS, filter_.topics), "Toutes")),
        ("Thématiques administratives", _listed(_in_order(labels.FAMILIES, filter_.families), "Toutes")),
        ("Tags", _listed(_tags(database, filter_), "Tous")),
        ("Bénéficiaires", _listed(_people(database, filter_, with_names), "Tous")),
    )
    return (*lines, ("Recherche", filter_.text if with_names else _SEARCHED)) if filter_.text else lines


def filter_in_words(database: Database, filter_: ActivityFilter, today: date, with_names: bool = False) -> str:
    """« Du 01/01/2026 au 24/11/2026 · Médiathèque de Florac · E-mail ou Santé »: what is in force; a person unnamed."""
    period = _period(filter_, today)
    topics = (*_in_order(labels.TOPICS, filter_.topics), *_in_order(labels.FAMILIES, filter_.families))
    groups: tuple[Iterable[str], ...] = (
        _places(database, filter_),
        map(_commune, sorted(filter_.municipalities)),
        _in_order(labels.KINDS, filter_.kinds),
        topics,
        _tags(database, filter_),
        _people(database, filter_, with_names),
        _searched(filter_, with_names),
    )
    return " · ".join(filter(None, (period, *(" ou ".join(group) for group in groups))))


def _period(filter_: ActivityFilter, today: date) -> str:
    said = periods.dates_of(filter_.since, filter_.until)
    return said[0].upper() + said[1:] if said else f"Depuis le début, jusqu’au {labels.short_day(today)}"


def _places(database: Database, filter_: ActivityFilter) -> list[str]:
    known = {row.id: row.name for row in places.mine(database, with_archived=True)} if filter_.places else {}
    kinds = {**labels.PLACE_KINDS, PlaceKind.PLACE: "Tous les lieux d’activité"}
    return [*_named(known, filter_.places), *_in_order(kinds, filter_.place_kinds)]


def _tags(database: Database, filter_: ActivityFilter) -> list[str]:
    return _named({row.id: row.name for row in tags.mine(database)}, filter_.tags) if filter_.tags else []


def _people(database: Database, filter_: ActivityFilter, with_names: bool) -> list[str]:
    if filter_.people:
        return [labels.count(len(filter_.people), "personne choisie", "personnes choisies")]
    if not filter_.beneficiary:
        return []
    found = beneficiaries.named(database, (filter_.beneficiary,)) if with_names else ()
    return [row.name for row in found] or [_NOBODY]


def _searched(filter_: ActivityFilter, with_names: bool) -> list[str]:
    if not filter_.text:
        return []
    return [f"«\u00a0{filter_.text}\u00a0»" if with_names else _SEARCHED]


def _named(known: Mapping[UUID, str], wanted: Iterable[UUID]) -> list[str]:
    """The names of some records in their usual order; one that was deleted still restricts what is counted."""
    ids = set(wanted)
    return [name for id_, name in known.items() if id_ in ids] + [_GONE] * len(ids - known.keys())


def _commune(code: str) -> str:
    found = municipalities.get(code)
    return found.name if found else code


def _in_order(words: Mapping[Any, str], wanted: Iterable[Any]) -> list[str]:
    chosen = set(wanted)
    return [label for code, label in words.items() if code in chosen]


def _listed(words: Iterable[str], otherwise: str) -> str:
    return ", ".join(words) or otherwise
