"""How one activity is said in a list: each column in a few words."""

from app import labels
from app.labels import NBSP
from app.services.rows import ActivityRow
from protocol.vocabulary import ActivityKind, PlaceKind, Topic

ICONS = {ActivityKind.INDIVIDUAL: "user", ActivityKind.WORKSHOP: "users"}
_KINDS = {ActivityKind.INDIVIDUAL: "Accompagnement", ActivityKind.WORKSHOP: "Atelier"}
_LONG_HOURS = 100
"""From this many hours on, a total is said without its minutes."""


def kind(row: ActivityRow) -> str:
    """« Accompagnement », « Atelier « Ma tablette » »."""
    is_titled = row.kind is ActivityKind.WORKSHOP and row.who
    return f"{short_kind(row)} «{NBSP}{row.who}{NBSP}»" if is_titled else short_kind(row)


def short_kind(row: ActivityRow) -> str:
    """« Accompagnement » or « Atelier »."""
    return _KINDS.get(row.kind, labels.label(row.kind))


def one_word_kind(row: ActivityRow) -> str:
    """« Individuel » or « Atelier », where room is short."""
    return "Individuel" if row.kind is ActivityKind.INDIVIDUAL else short_kind(row)


def who(row: ActivityRow) -> str:
    """The person's name, or how many came."""
    if row.kind is ActivityKind.WORKSHOP:
        return labels.count(row.people, "participant")
    return row.who or "Personne anonyme"


def subject(row: ActivityRow) -> str:
    """What an activity is recognised by in one column: the person's name, else the title, else how many came."""
    return row.who or who(row)


def about(row: ActivityRow) -> str:
    """« Démarche : carte grise · E-mail »; help with procedures is not said twice."""
    topics = [labels.label(topic) for topic in row.topics]
    if row.procedures:
        name = "Démarche" if len(row.procedures) == 1 else "Démarches"
        helped = f"{name}{NBSP}: {', '.join(row.procedures)}"
        topics = [helped, *(labels.label(topic) for topic in row.topics if topic is not Topic.ADMINISTRATIVE_HELP)]
    return " · ".join(topics)


def place(row: ActivityRow) -> str:
    """« Médiathèque de Florac », « À domicile, Florac », « À distance »."""
    if row.place_kind is PlaceKind.PLACE:
        return row.place or labels.label(row.place_kind)
    return ", ".join(part for part in (labels.label(row.place_kind), row.place) if part)


def spoken(row: ActivityRow) -> str:
    """The whole line with its day, for those who hear it."""
    said = labels.day(row.day), kind(row), who(row), about(row), place(row), labels.duration(row.minutes)
    return ", ".join(part for part in said if part)


def total_time(minutes: int) -> str:
    """« 3 h 15 », and « 912 h » once minutes no longer matter."""
    hours = minutes // 60
    return labels.duration(minutes) if hours < _LONG_HOURS else f"{labels.figure(hours)}{NBSP}h"


def figures(people: int, minutes: int) -> str:
    """« 6 personnes · 3 h 15 »."""
    return f"{labels.count(people, 'personne')} · {total_time(minutes)}"
