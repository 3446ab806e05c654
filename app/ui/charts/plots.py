"""What a chart shows, before it is drawn: its title, its figures, and the words that say them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Datum:
    """One value, and how it is read."""

    label: str
    value: float
    words: str
    """« 12 (34 %) », « 3 h 30 »."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a line chart, or one layer of a stack: a value for each label of its plot."""

    name: str
    values: tuple[float, ...]
    words: tuple[str, ...] = ()
    """How each value is read (« 3 h 30 »); the figures themselves where it is empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart, for those who cannot see it, and to copy."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """What every chart has."""

    title: str
    table: Table
    note: str = ""
    """« Part des 412 accompagnements » : what the percentages are a share of."""


@dataclass(frozen=True, slots=True)
class Bars(Plot):
    """Horizontal bars, one under the other."""

    data: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns(Plot):
    """Vertical bars along time."""

    data: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Stack(Plot):
    """Stacked vertical bars along time, or one horizontal bar where there is a single label."""

    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines(Plot):
    """Lines along time."""

    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Donut(Plot):
    """Parts of a whole, seven at most."""

    data: tuple[Datum, ...] = ()


@dataclass(frozen=True, slots=True)
class Heat(Plot):
    """Rows × columns, the darker the more."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    values: tuple[tuple[float, ...], ...] = ()
