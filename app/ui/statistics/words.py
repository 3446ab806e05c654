"""The key figures in words: on the tiles, compared with another period, and as a text to paste."""

from collections.abc import Callable
from dataclasses import dataclass

from app import labels
from app.labels import NBSP
from app.services.statistics.figures import AssessmentFigures, Comparison, Statistics, Totals

UP, DOWN, SAME = "↑", "↓", "="


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One tile: what it is called, the field of `Totals` that it shows, and the words under it."""

    title: str
    field: str
    details: Callable[[Totals], str]
    also: tuple[str, ...] = ()
    """The fields that the words under it tell, whose definitions are given with its own."""

    def value(self, totals: Totals) -> int:
        """The figure of some totals."""
        return int(getattr(totals, self.field))

    def say(self, number: int) -> str:
        """A figure of this tile in words."""
        return labels.duration(number) if self.field == "minutes" else labels.figure(number)

    def definition(self, statistics: Statistics) -> str:
        """What is counted, and what the words under it count."""
        known = statistics.definitions
        return "\n".join(known[field] for field in (self.field, *self.also) if field in known)


def _accompaniments(totals: Totals) -> str:
    individual = labels.count(totals.individual, "individuel")
    return f"{individual} · {labels.figure(totals.workshop_people)} en atelier"


def _people(totals: Totals) -> str:
    return f"{labels.count(totals.followed, 'suivie')} · {labels.count(totals.anonymous, 'anonyme')}"


def _new_people(totals: Totals) -> str:
    share = f"{labels.percent(totals.new_people / totals.people)} des personnes · " if totals.people else ""
    return f"{share}{labels.count(totals.known_people, 'déjà connue', 'déjà connues')}"


def _activities(totals: Totals) -> str:
    alone = labels.count(totals.activities - totals.workshops, "individuelle")
    if not totals.workshops:
        return f"{alone} · 0{NBSP}atelier"
    mean = f"{totals.mean_workshop_people:.1f}".removesuffix(".0").replace(".", ",")
    return f"{alone} · {labels.count(totals.workshops, 'atelier')} de {mean}{NBSP}participants en moyenne"


def _minutes(totals: Totals) -> str:
    parts = (
        (totals.face_to_face_minutes, "en face à face"),
        (totals.remote_minutes, "à distance"),
        (totals.workshop_minutes, "en atelier"),
    )
    return " · ".join(f"{labels.duration(minutes)} {where}" for minutes, where in parts if minutes)


def _came_back(totals: Totals) -> str:
    if not totals.followed:
        return "parmi les personnes suivies"
    return f"{labels.percent(totals.came_back / totals.followed)} des personnes suivies"


KEY_FIGURES = (
    KeyFigure("Accompagnements", "accompaniments", _accompaniments, ("individual", "workshop_people")),
    KeyFigure("Personnes accompagnées", "people", _people, ("followed", "anonymous")),
    KeyFigure("Nouvelles personnes", "new_people", _new_people, ("known_people",)),
    KeyFigure("Activités", "activities", _activities, ("workshops", "mean_workshop_people")),
    KeyFigure("Temps passé", "minutes", _minutes, ("face_to_face_minutes", "remote_minutes", "workshop_minutes")),
    KeyFigure("Personnes revenues", "came_back", _came_back),
)


def compared(figure: KeyFigure, now: Totals, before: Totals) -> str:
    """« ↑ +12 (+8 %) par rapport à 150 »; without a percentage where there was nothing."""
    value, was = figure.value(now), figure.value(before)
    gap = value - was
    if not gap:
        return f"{SAME} autant" if value else ""
    arrow, sign = (UP, "+") if gap > 0 else (DOWN, "\u2212")
    share = f" ({sign}{labels.percent(abs(gap) / was)})" if was else ""
    return f"{arrow} {sign}{figure.say(abs(gap))}{share} par rapport à {figure.say(was)}"


def is_comparable(comparison: Comparison | None) -> bool:
    """Whether there is something to compare with."""
    return comparison is not None and comparison.totals.activities > 0


def progress_words(forward: int, same: int, back: int) -> str:
    """« Sur 12 personnes notées au moins deux fois : 7 ont gagné en autonomie, … »."""
    people = forward + same + back
    if not people:
        return "Personne n’a encore eu deux niveaux d’autonomie notés dans cette période."
    known = f"Sur {labels.count(people, 'personne')} dont le niveau est noté au moins deux fois"
    ways = (
        (forward, "a gagné en autonomie", "ont gagné en autonomie"),
        (same, "est au même niveau", "sont au même niveau"),
        (back, "a eu besoin de plus d’aide", "ont eu besoin de plus d’aide"),
    )
    return f"{known}{NBSP}: {', '.join(labels.count(number, *said) for number, *said in ways if number)}."


def assessed_words(found: AssessmentFigures) -> str:
    """« 12 diagnostics pour 9 personnes. En situation d’illectronisme : 4 au premier, 2 au dernier. »."""
    if not found.number:
        return "Aucun diagnostic numérique dans cette période."
    whose = labels.count(found.people, "personne")
    said = f"{labels.count(found.number, 'diagnostic')} pour {whose}."
    first, last = map(labels.figure, (found.illectronism_first, found.illectronism_last))
    if not found.again:
        return f"{said} En situation d’illectronisme{NBSP}: {first}."
    return f"{said} En situation d’illectronisme{NBSP}: {first} au premier diagnostic, {last} au dernier."


def progress_again(found: AssessmentFigures) -> str:
    """What the table of the domains is of."""
    if not found.again:
        return "Personne n’a encore eu deux diagnostics dans cette période\u00a0: les progrès se verront au prochain."
    whose = labels.count(found.again, "personne qui en a", "personnes qui en ont")
    return f"Du premier au dernier diagnostic, pour {whose} eu au moins deux."


def as_text(statistics: Statistics, filter_words: str) -> str:
    """The filter, then a line for each key figure and its comparisons: columns parted by tabs, to paste anywhere."""
    comparisons = [one for one in (statistics.previous, statistics.last_year) if one is not None]
    rows = [("", "Période choisie", *(one.label for one in comparisons))]
    for figure in KEY_FIGURES:
        periods = (statistics.totals, *(one.totals for one in comparisons))
        rows.append((figure.title, *(figure.say(figure.value(totals)) for totals in periods)))
        if details := figure.details(statistics.totals):
            rows.append(("", details))
    return "\n".join([filter_words, *("\t".join(row) for row in rows)])
