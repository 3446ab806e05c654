"""Charts and the choices above them: which breakdown, what it counts, and what its percentages are a share of."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.statistics.figures import Breakdown, Point, Statistics
from app.ui import theme
from app.ui.charts.card import ChartCard
from app.ui.charts.plots import Bars, Columns, Plot
from app.ui.statistics import plotting
from app.ui.statistics.plotting import MEASURES, Measure
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.segmented_control import SegmentedControl

DAYS, WEEKS, MONTHS = "by_day", "by_week", "by_month"
_STEPS = ((MONTHS, "Par mois"), (WEEKS, "Par semaine"), (DAYS, "Par jour"))
_FEW_DAYS, _FEW_WEEKS = 31, 16
"""How many days, or weeks, are still shown one by one until something else is chosen."""
_ALONG_TIME = (Measure.NUMBER, Measure.HOURS, Measure.NEW_PEOPLE)


class Panel(QWidget):
    """A chart, and a line of choices above it."""

    file_asked = Signal(object, str)
    """The plot to save, and « png » or « svg »."""
    copied = Signal(str)
    """A sentence: what is now on the clipboard."""

    def __init__(
        self,
        title: str,
        plot: Callable[[Statistics], Plot],
        definition: Callable[[Statistics], str] = lambda _statistics: "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._plot, self._definition = plot, definition
        self._statistics: Statistics | None = None
        self._offered: list[QWidget] = []
        self.card = ChartCard(Bars(title, plotting.NO_TABLE))
        self.card.file_asked.connect(self.file_asked)
        self.card.copied.connect(self.copied)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap=12)
        self._choices.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._choices)
        column.addWidget(self.card, 1)

    def offer(self, choice: QWidget, name: str) -> None:
        """Put a choice above the chart."""
        choice.setAccessibleName(name)
        self._offered.append(choice)
        self._flow.addWidget(choice)

    def show_figures(self, statistics: Statistics, filter_words: str) -> None:
        """Show the figures of a page, looked at as the former ones were; the words say what they are figures of."""
        self._statistics = statistics
        self.card.set_caption(filter_words)
        self.refresh()

    def refresh(self) -> None:
        """Draw again for what is chosen."""
        if self._statistics is not None:
            self.card.set_plot(self._plot(self._statistics))
            self.card.set_definition(self._definition(self._statistics))
            self._choices.setVisible(any(not choice.isHidden() for choice in self._offered))


class BreakdownPanel(Panel):
    """One breakdown among several, by numbers or by hours, shared in accompaniments or in choices."""

    def __init__(self, choices: Sequence[tuple[str, str]], has_hours: bool = False) -> None:
        """`choices` are fields of Statistics and their words."""
        super().__init__(choices[0][1], self._bars, lambda statistics: self.breakdown(statistics).definition)
        self._first = choices[0][0]
        self.which: ChipGroup[str] = ChipGroup(required=True)
        self.which.set_choices([(key, words, "") for key, words in choices], [self._first])
        counted = [(one, MEASURES[one]) for one in (Measure.NUMBER, Measure.HOURS)]
        self.measure: SegmentedControl[Measure] = SegmentedControl(counted)
        shared = [(False, "Part des accompagnements"), (True, "Part des choix")]
        self.share: SegmentedControl[bool] = SegmentedControl(shared)
        for choice, name in ((self.which, "Répartition"), (self.measure, "Compter"), (self.share, "Pourcentages")):
            self.offer(choice, name)
            choice.changed.connect(self.refresh)
        self.which.setVisible(len(choices) > 1)
        self.measure.setVisible(has_hours)

    def breakdown(self, statistics: Statistics) -> Breakdown:
        """The breakdown looked at."""
        found = getattr(statistics, self.which.value() or self._first)
        assert isinstance(found, Breakdown)
        return found

    def _bars(self, statistics: Statistics) -> Bars:
        breakdown, measure = self.breakdown(statistics), self.measure.value()
        has_choices = breakdown.is_multiple and measure is Measure.NUMBER
        self.share.setVisible(has_choices)
        return plotting.bars_of(breakdown, measure, of_choices=has_choices and self.share.value())


class EvolutionPanel(Panel):
    """A measure along time, by month, week or day: by what suits the period until something else is chosen."""

    def __init__(self) -> None:
        super().__init__("Évolution", self._columns)
        self.measure: SegmentedControl[Measure] = SegmentedControl([(one, MEASURES[one]) for one in _ALONG_TIME])
        self.step: SegmentedControl[str] = SegmentedControl(_STEPS)
        self._is_step_chosen = False
        self.offer(self.measure, "Compter")
        self.offer(self.step, "Pas de temps")
        self.measure.changed.connect(self.refresh)
        self.step.changed.connect(self._choose_step)

    def show_figures(self, statistics: Statistics, filter_words: str) -> None:
        if not self._is_step_chosen:
            self.step.set_value(_fitting(statistics))
        super().show_figures(statistics, filter_words)

    def _choose_step(self) -> None:
        self._is_step_chosen = True
        self.refresh()

    def _columns(self, statistics: Statistics) -> Columns:
        points: tuple[Point, ...] = getattr(statistics, self.step.value())
        step = dict(_STEPS)[self.step.value()].lower()
        title, filter_ = f"{MEASURES[self.measure.value()]} {step}", statistics.filter
        is_part = filter_.since is None or filter_.until is None  # then only the last steps are shown
        return plotting.columns_of(points, self.measure.value(), title, is_part)


def _fitting(statistics: Statistics) -> str:
    if statistics.filter.since is None or statistics.filter.until is None:
        return MONTHS
    if len(statistics.by_day) <= _FEW_DAYS:
        return DAYS
    return WEEKS if len(statistics.by_week) <= _FEW_WEEKS else MONTHS
