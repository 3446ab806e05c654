"""The figures themselves: a part for each question that they answer, one under the other."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.statistics.figures import Statistics
from app.ui import theme
from app.ui.statistics import plotting
from app.ui.statistics.assessed import AssessedCard
from app.ui.statistics.grid import Grid
from app.ui.statistics.key_figures import KeyFigures
from app.ui.statistics.panels import BreakdownPanel, EvolutionPanel, Panel
from app.ui.statistics.path_table import PathTable
from app.ui.widgets.surfaces import SectionLabel

_HALF = 480
"""The least width of a chart that has another beside it (pixels at 100 %)."""
_DONE = (
    ("topics", "Thématiques"),
    ("families", "Familles"),
    ("procedures", "Démarches"),
    ("tags", "Étiquettes"),
    ("equipment", "Matériel"),
)
_WHERE = (
    ("places", "Lieux"),
    ("municipalities", "Communes"),
    ("epcis", "Intercommunalités"),
    ("departments", "Départements"),
    ("organisations", "Employeurs"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A title, and what stands under it."""

    title: str
    content: QWidget


class FiguresPage(QWidget):
    """Shows a whole page of statistics."""

    file_asked = Signal(object, str)
    """The plot to save, and « png » or « svg »."""
    copied = Signal(str)
    """A sentence: what is now on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_figures, self.paths, self.assessed = KeyFigures(), PathTable(), AssessedCard()
        self.evolution = EvolutionPanel()
        self.done = BreakdownPanel(_DONE, has_hours=True)
        self.where = BreakdownPanel(_WHERE, has_hours=True)
        self._panels: list[Panel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in self._parts():
            column.addWidget(SectionLabel(part.title))
            column.addWidget(part.content)
            column.addSpacing(theme.px(12))
        column.addStretch(1)
        for panel in self._panels:
            panel.file_asked.connect(self.file_asked)
            panel.copied.connect(self.copied)

    def show_figures(self, statistics: Statistics, filter_words: str) -> None:
        """Show these figures in the place of the former ones; the words say what they are figures of."""
        self.key_figures.show_figures(statistics)
        self.paths.show_figures(statistics)
        self.assessed.show_figures(statistics)
        for panel in self._panels:
            panel.show_figures(statistics, filter_words)

    def panels(self) -> tuple[Panel, ...]:
        """Every chart of the page."""
        return tuple(self._panels)

    def _parts(self) -> tuple[Part, ...]:
        done = _stacked(self._kept(self.done), self._side_by_side(*self._what()))
        progress = Grid(theme.px(_HALF), most=2)
        for one in (
            self._kept(Panel("Autonomie", lambda it: plotting.autonomy_of(it.by_month), _of_autonomy)),
            self.paths,
            self.assessed,
        ):
            progress.add(one)
        return (
            Part("Chiffres clés", self.key_figures),
            Part("Évolution", self._kept(self.evolution)),
            Part("Ce qui a été fait", done),
            Part("Où", self._kept(self.where)),
            Part("Avec qui", self._side_by_side(*self._who())),
            Part("Progrès", progress),
            Part("Quand", self._kept(Panel("Jours et heures", plotting.heat_of, lambda it: it.hours_definition))),
        )

    def _what(self) -> tuple[Panel, ...]:
        return (
            Panel("Canaux", lambda it: plotting.donut_of(it.place_kinds), lambda it: it.place_kinds.definition),
            BreakdownPanel((("durations", "Durées"),)),
            BreakdownPanel((("autonomy", "Niveau d’autonomie"),)),
            BreakdownPanel((("levels", "Niveau des ateliers"),)),
            Panel("Orientation", lambda it: plotting.donut_of(it.referred), lambda it: it.referred.definition),
            BreakdownPanel((("referrals", "Structures de redirection"),)),
        )

    def _who(self) -> tuple[Panel, ...]:
        return (
            Panel("Genres", lambda it: plotting.donut_of(it.genders), lambda it: it.genders.definition),
            BreakdownPanel((("age_bands", "Tranches d’âge"),)),
            BreakdownPanel((("statuses", "Statuts"),)),
            BreakdownPanel((("residences", "Communes de résidence"),)),
        )

    def _kept(self, panel: Panel) -> Panel:
        self._panels.append(panel)
        return panel

    def _side_by_side(self, *panels: Panel) -> Grid:
        grid = Grid(theme.px(_HALF), most=2)
        for panel in panels:
            grid.add(self._kept(panel))
        return grid


def _of_autonomy(statistics: Statistics) -> str:
    return statistics.autonomy.definition


def _stacked(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(16))
    for part in parts:
        column.addWidget(part)
    return made
