"""What the charts of the statistics show: order, shares, what they are shares of, tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.statistics.figures import AutonomyPaths, Breakdown, Line, Point, Unit
from app.ui.statistics import plotting
from app.ui.statistics.plotting import Measure

NBSP = "\u00a0"


def a_breakdown(key: str = "topics", is_multiple: bool = True, unit: Unit = Unit.ACCOMPANIMENTS) -> Breakdown:
    lines = (Line("a", "E-mail", 3, 2, 60), Line("b", "Santé", 0), Line("", "Non communiqué", 9, 1, 15))
    return Breakdown(key, "Titre", "Définition.", unit, (*lines, Line("c", "Bureautique", 6, 4, 200)), 12, is_multiple)


def a_point(number: int) -> Point:
    monday = date(2026, 11, 2) + timedelta(weeks=number)
    return Point(monday, monday + timedelta(days=6), f"S{45 + number}", 4, 3, 90, 1, (2, 1, 0))


def test_bars_go_from_the_longest_and_what_was_not_told_comes_last() -> None:
    plot = plotting.bars_of(a_breakdown())
    assert [one.label for one in plot.data] == ["Bureautique", "E-mail", "Non communiqué"]
    assert plot.data[1].words == f"3 (25{NBSP}%)"
    assert plot.note == f"Part de 12{NBSP}accompagnements{NBSP}; plusieurs réponses possibles"
    assert [row[0] for row in plot.table.rows] == ["Bureautique", "E-mail", "Santé", "Non communiqué"]


def test_shares_are_also_those_of_the_choices() -> None:
    plot = plotting.bars_of(a_breakdown(), of_choices=True)
    assert plot.note == f"Part de 18{NBSP}choix"
    assert plot.data[0].words == f"6 (33,3{NBSP}%)"


def test_a_scale_keeps_its_order_and_its_zeros() -> None:
    plot = plotting.bars_of(a_breakdown("durations", is_multiple=False))
    assert [one.label for one in plot.data] == ["E-mail", "Santé", "Non communiqué", "Bureautique"]


def test_hours_have_shares_only_where_no_hour_counts_twice() -> None:
    parted = plotting.bars_of(a_breakdown("places", is_multiple=False), Measure.HOURS)
    assert parted.data[0].words == f"3{NBSP}h{NBSP}20 (72,7{NBSP}%)"
    assert parted.note == f"Part de 4{NBSP}h{NBSP}35"
    whole = plotting.bars_of(a_breakdown(), Measure.HOURS)
    assert whole.data[0].words == f"3{NBSP}h{NBSP}20"
    assert whole.note == "Temps entier de chaque activité, sur chacune de ses lignes"
    assert whole.table.headings == ("Titre", "Heures")


def test_a_limit_is_said() -> None:
    plot = plotting.bars_of(a_breakdown(), limit=2)
    assert len(plot.data) == 2
    assert plot.note.endswith("2 premières lignes sur 3")
    assert len(plot.table.rows) == 4


def test_nothing_at_all_has_no_share() -> None:
    nothing = Breakdown("genders", "Genres", "", Unit.PEOPLE, (Line("a", "Féminin", 0),), 0)
    assert plotting.bars_of(nothing).note == ""
    assert plotting.donut_of(nothing).data == ()
    assert plotting.table_of(nothing).rows == (("Féminin", "0"),)


def test_the_steps_of_a_series_are_dated_in_the_table() -> None:
    plot = plotting.columns_of([a_point(0), a_point(1)], Measure.HOURS, "Heures par semaine")
    assert [one.label for one in plot.data] == ["S45", "S46"]
    assert [one.value for one in plot.data] == [1.5, 1.5]
    assert plot.table.rows[0] == ("02/11/2026", "08/11/2026", f"1{NBSP}h{NBSP}30")
    assert plot.note == f"3{NBSP}h en tout"
    last = plotting.columns_of([a_point(0), a_point(1)], Measure.HOURS, "Heures par semaine", is_part=True)
    assert last.note == f"3{NBSP}h du 02/11/2026 au 15/11/2026", "where only the last steps are shown"
    new = plotting.columns_of([a_point(0), a_point(1)], Measure.NEW_PEOPLE, "Nouvelles personnes par semaine")
    assert new.note == f"2{NBSP}nouvelles personnes en tout"


def test_autonomy_has_a_layer_for_each_level() -> None:
    plot = plotting.autonomy_of([a_point(0), a_point(1)])
    assert [one.values for one in plot.series] == [(2.0, 2.0), (1.0, 1.0), (0.0, 0.0)]
    assert plot.note == f"6{NBSP}accompagnements individuels dont le niveau est noté"


def test_the_paths_of_autonomy_make_a_square() -> None:
    table = plotting.paths_of(AutonomyPaths("", ((1, 2, 3), (0, 4, 5), (0, 0, 6))))
    assert table.rows[0] == ("Avec guidage", "1", "2", "3")
    assert len(table.headings) == 4


@pytest.mark.parametrize("measure", [Measure.NUMBER, Measure.HOURS, Measure.ACTIVITIES])
@given(numbers=st.lists(st.integers(0, 10_000), max_size=40))
def test_a_donut_has_few_parts_and_loses_nothing(measure: Measure, numbers: list[int]) -> None:
    lines = tuple(Line(str(place), f"Ligne {place}", one, one, one) for place, one in enumerate(numbers))
    plot = plotting.donut_of(Breakdown("statuses", "Statuts", "", Unit.ACCOMPANIMENTS, lines, sum(numbers)), measure)
    assert len(plot.data) <= plotting.MOST_PARTS
    assert sum(one.value for one in plot.data) == sum(numbers)
    assert len(plot.table.rows) == len(numbers)
