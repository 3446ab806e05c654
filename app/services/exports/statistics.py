"""The figures in a file: the blocks of « La Coop » in their order (fact sheet §5.4), then what only Passerelle counts.

The cells beside a title say what is under them, and what the percentages are a share of.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app import labels
from app.services.exports.sheets import Cell, Row, Share, Sheet, Style, titled
from app.services.statistics.figures import AutonomyPaths, Breakdown, Comparison, Line, Point, Statistics, Totals

SHEET, OWN_SHEET = "Statistiques", "Passerelle"
MONTHS = "Accompagnements sur les 12 derniers mois"
_WIDTHS = (58, 18, 24, 24, 14, 12, 14, 14, 14, 14, 14, 14, 14)


def sheets(statistics: Statistics, opening: Iterable[Row]) -> tuple[Sheet, Sheet]:
    """The State's sheet, `opening` first, and ours."""
    return (
        Sheet(SHEET, (*opening, *_general(statistics), *_activities(statistics), *_people(statistics)), _WIDTHS),
        Sheet(OWN_SHEET, tuple(_own(statistics)), _WIDTHS),
    )


def _general(statistics: Statistics) -> Iterator[Row]:
    totals = statistics.totals
    new = [("Nouveaux bénéficiaires", totals.new_people)] if totals.new_people else []
    yield from titled(
        "Statistiques générales",
        (
            ("Accompagnements au total", totals.accompaniments),
            ("Bénéficiaires accompagnés", totals.people),
            *new,
            ("Bénéficiaires suivis", totals.followed),
            ("Bénéficiaires anonymes", totals.anonymous),
        ),
    )
    has_period = statistics.filter.since is not None and statistics.filter.until is not None
    months = statistics.by_month
    yield from titled(
        "Accompagnements par mois de la période" if has_period else MONTHS,
        ([month.label for month in months], [month.accompaniments for month in months]),
    )


def _activities(statistics: Statistics) -> Iterator[Row]:
    totals = statistics.totals
    yield Row(("Statistiques sur vos accompagnements", "Nombre", "% des activités"), Style.TITLE)
    yield Row(("Accompagnements individuels", totals.individual, _part(totals.individual, totals.activities)))
    yield Row(("Ateliers collectifs", totals.workshops, _part(totals.workshops, totals.activities)))
    yield Row(("Nombre total de participants aux ateliers", totals.workshop_people))
    yield Row(("Nombre total d’activités", totals.activities))
    yield Row()
    for title, breakdown in (
        ("Thématiques Médiation numérique", statistics.topics),
        ("Thématiques Démarches administratives", statistics.families),
        ("Tags", statistics.tags),
        ("Matériel utilisés", statistics.equipment),
        ("Canaux des activités", statistics.place_kinds),
        ("Durées des activités", statistics.durations),
        ("Nombre d’activités par lieux", statistics.places),
    ):
        yield from _block(title, breakdown)


def _people(statistics: Statistics) -> Iterator[Row]:
    yield Row(("Statistiques sur vos bénéficiaires",), Style.TITLE)
    yield from _block("Genre", statistics.genders)
    yield from _block("Tranches d’âge", statistics.age_bands)
    yield from _block("Statuts", statistics.statuses)
    yield from _block("Commune de résidence des bénéficiaires", statistics.residences)


def _own(statistics: Statistics) -> Iterator[Row]:
    yield from _key_figures(statistics)
    for breakdown in (
        statistics.topics, statistics.families, statistics.procedures, statistics.places, statistics.municipalities,
        statistics.epcis, statistics.departments, statistics.organisations, statistics.autonomy, statistics.levels,
        statistics.referred, statistics.referrals,
    ):  # fmt: skip
        yield from _block(breakdown.title, breakdown, with_time=True)
    yield from _paths(statistics.autonomy_paths)
    yield from _series("Par mois", statistics.by_month)
    yield from _series("Par semaine", statistics.by_week)
    yield from _hours(statistics)


def _block(title: str, breakdown: Breakdown, with_time: bool = False) -> Iterator[Row]:
    """A breakdown: of several choices, the shares are first of the choices as the State's, then of the total."""
    unit = breakdown.unit.value
    shares = ("% des choix", f"% des {unit}") if breakdown.is_multiple else (f"% des {unit}",)
    yield Row((title, unit.capitalize(), *shares, *(("Activités", "Heures") if with_time else ())), Style.TITLE)
    for line in breakdown.lines:
        yield Row((line.label, line.number, *_shares(breakdown, line), *_time(line, with_time)))
    yield Row()


def _shares(breakdown: Breakdown, line: Line) -> tuple[Share, ...]:
    of_total = Share(breakdown.share(line))
    return (Share(breakdown.share(line, of_choices=True)), of_total) if breakdown.is_multiple else (of_total,)


def _time(line: Line, wanted: bool) -> tuple[Cell, ...]:
    return (line.activities, _in_hours(line.minutes)) if wanted else ()


def _key_figures(statistics: Statistics) -> Iterator[Row]:
    """Each key figure beside those of the period before and of one year before, with its definition."""
    compared = [one for one in (statistics.previous, statistics.last_year) if one]
    yield Row(("Chiffres clés", "Nombre", *(one.label for one in compared), "Définition"), Style.TITLE)
    for field, label in _KEY_FIGURES.items():
        definition = statistics.definitions.get(field, "")
        yield Row((label, *_in_each(field, statistics.totals, compared), definition))
    yield Row()


def _in_each(field: str, totals: Totals, compared: Sequence[Comparison]) -> list[Cell]:
    numbers: list[Any] = [getattr(one, field) for one in (totals, *(one.totals for one in compared))]
    return [_in_hours(number) if field.endswith("minutes") else round(number, 2) for number in numbers]


def _paths(paths: AutonomyPaths) -> Iterator[Row]:
    levels = list(labels.AUTONOMY.values())
    yield Row(("Autonomie des personnes suivies\u00a0: du premier niveau (lignes) au dernier", *levels), Style.TITLE)
    for level, numbers in zip(levels, paths.paths, strict=True):
        yield Row((level, *numbers))
    yield from map(
        Row, (("En progrès", paths.forward), ("Au même niveau", paths.same), ("Un niveau plus bas", paths.back))
    )
    yield Row()


def _series(title: str, points: Sequence[Point]) -> Iterator[Row]:
    heads = "Du", "Au", "Accompagnements", "Activités", "Heures", "Nouvelles personnes", *labels.AUTONOMY.values()
    yield Row((title, *heads), Style.TITLE)
    for one in points:
        counted = one.accompaniments, one.activities, _in_hours(one.minutes), one.new_people, *one.autonomy
        yield Row((one.label, one.since, one.until, *counted))
    yield Row()


def _hours(statistics: Statistics) -> Iterator[Row]:
    """Only the hours at which there ever was something, and those between them."""
    busy = [hour for hour in range(24) if any(day[hour] for day in statistics.hours)]
    shown = range(busy[0], busy[-1] + 1) if busy else range(0)
    yield Row(("Jours et heures (activités)", *(f"{hour}\u00a0h" for hour in shown)), Style.TITLE)
    for number, day in enumerate(statistics.hours):
        yield Row((labels.weekday(number).capitalize(), *(day[hour] for hour in shown)))


def _part(number: int, of: int) -> Share:
    return Share(number / of if of else 0.0)


def _in_hours(minutes: int) -> float:
    return round(minutes / 60, 2)


_KEY_FIGURES = {
    "accompaniments": "Accompagnements",
    "activities": "Activités",
    "individual": "Accompagnements individuels",
    "workshops": "Ateliers",
    "workshop_people": "Participants aux ateliers",
    "mean_workshop_people": "Participants par atelier, en moyenne",
    "people": "Personnes accompagnées",
    "followed": "Personnes suivies",
    "anonymous": "Personnes anonymes",
    "new_people": "Nouvelles personnes",
    "known_people": "Personnes déjà connues",
    "came_back": "Personnes revenues au moins une fois",
    "minutes": "Heures",
    "face_to_face_minutes": "Heures en individuel, sur place",
    "remote_minutes": "Heures en individuel, à distance",
    "workshop_minutes": "Heures d’atelier",
}
