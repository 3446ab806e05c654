"""What activities can be filtered by: each facet is a menu of choices, each choice one value of a filter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app import labels
from app.services.commands import ActivityFilter
from app.services.rows import PersonRow, PlaceRow, TagRow
from app.ui.people.words import person_detail
from protocol.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field of ActivityFilter, and its words."""

    field: str
    value: Any
    label: str
    detail: str = ""
    """What tells it from others of the same name, where it is searched for."""

    def is_on(self, filter_: ActivityFilter) -> bool:
        """Whether the filter asks for this value."""
        return self.value in getattr(filter_, self.field)

    def toggled(self, filter_: ActivityFilter) -> ActivityFilter:
        """The filter with this value added, or taken away."""
        return replace(filter_, **{self.field: getattr(filter_, self.field) ^ {self.value}})


@dataclass(frozen=True, slots=True)
class PersonChoice(Choice):
    """One person: a filter asks for one at most."""

    def is_on(self, filter_: ActivityFilter) -> bool:
        """Whether the filter asks for this person."""
        return bool(filter_.beneficiary == self.value)

    def toggled(self, filter_: ActivityFilter) -> ActivityFilter:
        """The filter for this person, or for anybody."""
        return replace(filter_, beneficiary=None if self.is_on(filter_) else self.value)


Finder = Callable[[str], tuple[Choice, ...]]
"""Answers the choices that some letters may mean."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A menu: its title, and its choices in groups that may have a title; those of `find` are searched for."""

    title: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    find: Finder | None = field(default=None, compare=False)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All the choices, in order."""
        return tuple(choice for _, choices in self.groups for choice in choices)


@dataclass(frozen=True, slots=True)
class Known:
    """What this notebook can be filtered by, beyond the vocabulary."""

    places: Sequence[PlaceRow] = ()
    tags: Sequence[TagRow] = ()
    communes: Sequence[tuple[str, str]] = ()
    """INSEE code and name."""
    people: Sequence[PersonRow] = ()
    """Those that a filter already asks for."""
    find: Finder | None = None
    """Searches the people."""


def facets(known: Known = Known()) -> tuple[Facet, ...]:
    """The menus, with this advisor's own places, tags and communes, and the people searched for."""
    mine = tuple(Choice("places", row.id, row.name) for row in known.places)
    communes = tuple(Choice("municipalities", code, name) for code, name in known.communes)
    return (
        Facet("Lieu", (("Mes lieux d’activité", mine), ("Ailleurs ou partout", _place_kinds()))),
        Facet("Commune", (("", communes),)),
        Facet("Type", (("", _of_words("kinds", labels.KINDS)),)),
        Facet(
            "Thématique",
            (
                ("Médiation numérique", _of_words("topics", labels.TOPICS)),
                ("Démarches administratives", _of_words("families", labels.FAMILIES)),
            ),
        ),
        Facet("Étiquette", (("", tuple(Choice("tags", row.id, row.name) for row in known.tags)),)),
        Facet("Personne", (("", people_choices(known.people)),), known.find),
    )


def people_choices(people: Iterable[PersonRow]) -> tuple[Choice, ...]:
    """The choices of some people."""
    return tuple(PersonChoice("beneficiary", row.id, row.name, person_detail(row)) for row in people)


def active(menus: Iterable[Facet], filter_: ActivityFilter) -> tuple[Choice, ...]:
    """The choices that a filter asks for, in the order of the menus."""
    return tuple(choice for menu in menus for choice in menu.choices if choice.is_on(filter_))


def _of_words(field: str, words: dict[Any, str]) -> tuple[Choice, ...]:
    return tuple(Choice(field, value, label) for value, label in words.items())


def _place_kinds() -> tuple[Choice, ...]:
    words = {**labels.PLACE_KINDS, PlaceKind.PLACE: "Tous mes lieux d’activité"}
    return _of_words("place_kinds", words)
