"""The « Rapport d’activité » laid out: two to four pages that can be put before a council."""

from collections.abc import Iterator, Sequence
from itertools import chain

from app import labels
from app.labels import NBSP
from app.services.report_periods import name_of
from app.services.reports import Report
from app.services.statistics.definitions import SHARED
from app.services.statistics.figures import Statistics, Totals
from app.ui import activity_words
from app.ui.charts.plots import Bars
from app.ui.paper.blocks import Beside, Block, Fact, Item, Rule, Text, Title, Together
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from app.ui.reports.chart_block import Chart
from app.ui.reports.evolution import evolutions
from app.ui.reports.report_plots import FEW, bars, masked_bars, work_along_time
from app.ui.reports.signature import Signature
from app.ui.reports.tiles import Tile, Tiles

MOST_PAGES = 4
_LENGTHS = (8, 6, 5, 4, 3)
"""How many lines of a list are shown: the first that lets the report hold in four pages."""
_BODY, _SMALL = Style(11), Style(7.5, colour=QUIET)
_TOO_FEW = "Moins de 5 personnes par réponse\u00a0: le détail n’est pas donné."
_DEFINED = (
    ("accompaniments", "Accompagnements"),
    ("people", "Personnes accompagnées"),
    ("new_people", "Nouvelles personnes"),
    ("came_back", "Personnes revenues"),
    ("activities", "Activités"),
    ("minutes", "Temps passé"),
)


def document(report: Report) -> Document:
    """The report, to be saved or printed, in two to four pages.

    Its lists are shortened until it holds in four; where it would hold in one, the definitions have their own.
    """
    for longest in _LENGTHS:
        made = _document(report, longest)
        count = LaidOut(made).count
        if count <= MOST_PAGES:
            break
    return made if count > 1 else _document(report, longest, are_definitions_apart=True)


def _document(report: Report, longest: int, are_definitions_apart: bool = False) -> Document:
    title = f"{report.draft.title.strip()} – {name_of(report.since, report.until)}"
    return Document(
        title=title,
        blocks=(*_blocks(report, longest), Together(tuple(_definitions(report.statistics, are_definitions_apart)))),
        foot=f"{title} · Passerelle",
        author=report.advisor,
        subject=f"Accompagnement numérique, du {labels.short_day(report.since)} au {labels.short_day(report.until)}",
    )


def _blocks(report: Report, longest: int) -> Iterator[Block]:
    statistics = report.statistics
    yield from _head(report)
    yield Title("Chiffres clés")
    yield Tiles(tuple(_tiles(statistics)))
    yield Title("Évolution")
    yield Chart(work_along_time(statistics))
    yield from _highlights(report.draft.highlights)
    yield from _work(statistics, longest)
    yield from _places(statistics, longest)
    yield from _people(statistics)
    yield Signature(report.draft.place.strip(), report.drawn_up_on, report.advisor)


def _head(report: Report) -> Iterator[Block]:
    draft = report.draft
    yield Title(draft.title.strip(), points=26, level=0, below=2)
    yield Text(name_of(report.since, report.until), Style(16, colour=QUIET), below=12)
    facts = (
        ("Structure", draft.structure.strip()),
        ("Établi par", report.advisor),
        ("Période", f"du {labels.short_day(report.since)} au {labels.short_day(report.until)}"),
        ("Activités comptées", report.filter_words or "toutes"),
    )
    for name, said in facts:
        if said:
            yield Fact(name, said, points=11, indent=115, below=4)
    yield Rule(below=2)


def _tiles(statistics: Statistics) -> Iterator[Tile]:
    totals = statistics.totals
    yield Tile(
        labels.figure(totals.accompaniments),
        _noun(totals.accompaniments, "accompagnement"),
        evolutions(statistics, lambda one: one.accompaniments),
    )
    yield Tile(
        labels.figure(totals.people),
        _noun(totals.people, "personne accompagnée", "personnes accompagnées"),
        (f"dont {labels.count(totals.new_people, 'nouvelle')}", *evolutions(statistics, lambda one: one.people)),
    )
    yield Tile(
        activity_words.total_time(totals.minutes),
        "de travail avec le public",
        evolutions(statistics, lambda one: one.minutes, activity_words.total_time),
    )
    yield Tile(
        labels.figure(totals.individual),
        _noun(totals.individual, "accompagnement individuel", "accompagnements individuels"),
        evolutions(statistics, lambda one: one.individual),
    )
    yield Tile(
        labels.figure(totals.workshops),
        _noun(totals.workshops, "atelier collectif", "ateliers collectifs"),
        (*_mean(totals), *evolutions(statistics, lambda one: one.workshops)),
    )
    yield Tile(
        labels.figure(totals.came_back),
        _noun(totals.came_back, "personne revenue", "personnes revenues"),
        ("au moins deux fois dans la période", *evolutions(statistics, lambda one: one.came_back)),
    )


def _mean(totals: Totals) -> tuple[str, ...]:
    if not totals.workshops:
        return ()
    mean = f"{totals.mean_workshop_people:.1f}".replace(".", ",")
    return (f"{labels.count(totals.workshop_people, 'participation')}, {mean} en moyenne",)


def _noun(number: int, one: str, many: str = "") -> str:
    return one if number < 2 else many or f"{one}s"


def _highlights(written: Sequence[str]) -> Iterator[Block]:
    told = [one.strip() for one in written if one.strip()]
    if told:
        yield Title("Faits marquants")
    for number, one in enumerate(told, start=1):
        yield Item(one, _BODY, sign=f"{number}.", below=6)


def _work(statistics: Statistics, longest: int) -> Iterator[Block]:
    one = statistics
    yield from _part(
        "Ce qui a été fait",
        _charts(bars(one.topics, longest)),
        _charts(bars(one.families, longest), masked_bars(one.procedures)),
        _charts(bars(one.place_kinds), bars(one.durations)),
        _charts(bars(one.autonomy), bars(one.levels)),
        _progress(one),
        _charts(bars(one.referrals, longest)),
    )


def _places(statistics: Statistics, longest: int) -> Iterator[Block]:
    shown = bars(statistics.places, longest), bars(statistics.municipalities, longest)
    yield from _part("Où", _charts(*shown))


def _people(statistics: Statistics) -> Iterator[Block]:
    kinds = statistics.genders, statistics.age_bands, statistics.statuses, statistics.residences
    yield from _part("Avec qui", _charts(*(masked_bars(one) for one in kinds)))


def _part(title: str, *parts: Iterator[Block]) -> Iterator[Block]:
    """A title and what follows; nothing where nothing follows."""
    blocks = list(chain(*parts))
    if blocks:
        yield Title(title)
        yield from blocks


def _progress(statistics: Statistics) -> Iterator[Block]:
    paths = statistics.autonomy_paths
    followed = paths.forward + paths.same + paths.back
    if followed:
        counted = labels.count(followed, "personne suivie", "personnes suivies")
        went = labels.count(paths.forward, "a progressé", "ont progressé")
        yield Text(
            f"Progrès{NBSP}: sur {counted} dont le niveau d’autonomie a été noté au moins deux fois, {went}.", _BODY
        )


def _charts(*plots: Bars) -> Iterator[Block]:
    """Charts that say something, two by two; alone, one takes the whole width."""
    told = [_chart(plot) for plot in plots if any(one.value or one.words == FEW for one in plot.data)]
    for start in range(0, len(told), 2):
        pair = told[start : start + 2]
        yield Beside(pair[:1], pair[1:]) if len(pair) == 2 else pair[0]


def _chart(plot: Bars) -> Block:
    if any(one.value for one in plot.data):
        return Chart(plot)
    return Together((Text(plot.title, Style(11, bold=True), below=1), Text(_TOO_FEW, Style(9.5, colour=QUIET))))


def _definitions(statistics: Statistics, on_new_page: bool) -> Iterator[Block]:
    """What each figure counts; all of it takes less than a page."""
    yield Title("Ce que comptent ces chiffres", points=10, on_new_page=on_new_page)
    said = [(name, statistics.definitions[key]) for key, name in _DEFINED]
    shown = (
        statistics.topics, statistics.families, statistics.procedures, statistics.place_kinds, statistics.durations,
        statistics.autonomy, statistics.levels, statistics.referrals, statistics.places, statistics.municipalities,
        statistics.genders, statistics.age_bands, statistics.statuses, statistics.residences,
    )  # fmt: skip
    said += [(one.title, _own(one.definition)) for one in shown if one.choices]
    yield Text("\n".join(f"{name}{NBSP}: {definition}" for name, definition in said), _SMALL, below=4)
    yield Text(_SHARED, _SMALL, below=4)
    yield Text(_MASKED, _SMALL)


def _own(definition: str) -> str:
    """What a definition says that the others do not: what they share is said once, under them."""
    for sentence in SHARED:
        definition = definition.replace(f" {sentence}", "")
    return definition


_SHARED = (
    "Dans les graphiques d’accompagnements, un atelier de six personnes compte six fois. Un accompagnement peut avoir "
    "plusieurs thématiques et plusieurs démarches\u00a0: leurs parts, prises sur le nombre d’accompagnements, peuvent "
    "dépasser 100\u00a0% au total. Dans les graphiques de personnes, chaque personne suivie compte une fois, chaque "
    "présence anonyme une fois."
)
_MASKED = (
    "Pour que personne ne puisse être reconnu, les réponses données par moins de 5 personnes, et les démarches faites "
    "moins de 5 fois, sont regroupées. Aucun nom ne figure dans ce rapport."
)
