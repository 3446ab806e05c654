"""The parts of `bench sync` and `bench burst` that reckon: the work they draw, the figures they tell."""

from datetime import date
from random import Random

import pytest
import zstandard

from app.models.ids import new_id
from app.services.activity_rules import check, tidy
from bench.burst_report import percentile
from bench.sync_notes import LENGTH, sentence
from bench.sync_report import BARE, CLEAN, CUT, OURS, Run, report
from bench.sync_work import A_DAY, PEOPLE, Known, activities, clear_activities, clear_people, moments, people, size

SIZE = (430.0, 92.0)


def a_run(road: str, subject: str, activities: int = 1000, seconds: float | None = 10.0, **more: float) -> Run:
    return Run(road, subject, activities, seconds, **{"tries": 1, "up": 100_000.0, "turns": 1.0, **more})  # type: ignore[arg-type]


def clean_runs() -> list[Run]:
    return [a_run(CLEAN, OURS, A_DAY, up=2000.0), a_run(CLEAN, OURS), a_run(CUT, OURS)]


def told(runs: list[Run]) -> dict[str, float]:
    return {f"{figure.name} {figure.unit}": figure.value for figure in report(runs, SIZE).figures}


def test_an_activity_has_four_to_five_hundred_bytes_of_fields_and_a_sentence_of_notes() -> None:
    fields, notes = zip(*(size(one) for one in clear_activities(0, 1000, clear_people())), strict=True)
    assert 400 <= sum(fields) / 1000 <= 500
    assert all(len(one["notes"]) in LENGTH for one in clear_activities(0, 200, clear_people()))
    assert min(notes) >= LENGTH.start


def test_the_sentences_are_about_as_varied_as_typed_french() -> None:
    draw = Random(3)
    text = "\n".join(sentence(draw) for _ in range(1000)).encode()
    assert 0.25 <= len(zstandard.compress(text, 9)) / len(text) <= 0.40


def test_the_same_turn_is_the_same_work_and_another_turn_is_other_work() -> None:
    person, place = [Known(new_id(), 1950)], [Known(new_id())]
    first, again, other = (list(activities(turn, 30, person, place)) for turn in (0, 0, 1))
    assert first == again
    assert not {one.notes for one in first} & {one.notes for one in other}


def test_the_activities_are_ones_that_the_form_accepts() -> None:
    person, place = [Known(new_id(), 1950)], [Known(new_id())]
    for command in activities(2, 200, person, place):
        check(tidy(command), date(2026, 11, 24))
    assert len(people()) == PEOPLE


def test_a_turn_of_a_thousand_is_months_of_working_days_before_the_next_turn() -> None:
    times = list(moments(0, 1000))
    assert times == sorted(times)
    assert all(time.weekday() < 5 for time in times)
    assert times[-1] < next(moments(1, 1))


def test_a_push_is_compared_with_the_fastest_peer_and_with_its_bytes_alone() -> None:
    runs = [
        *clean_runs(),
        a_run("g3", OURS, A_DAY, 1.1),
        a_run("g3", BARE, A_DAY, 1.0),
        a_run("g3", OURS, seconds=12.0),
        a_run("g3", BARE, seconds=10.0),
        a_run("g3", "Anki", seconds=16.0),
        a_run("g3", "PouchDB", seconds=80.0),
    ]
    figures = told(runs)
    assert figures["1000 on g3 × Anki"] == pytest.approx(0.75)
    assert figures["1000 on g3 × its bytes alone"] == pytest.approx(1.2)
    assert figures["12 on g3 × its bytes alone"] == pytest.approx(1.1)


def test_each_run_is_compared_with_the_bare_connection_that_sent_its_own_bytes() -> None:
    day = [a_run("edge", who, A_DAY) for who in (OURS, BARE, "Anki")]
    ours = [a_run("edge", OURS, seconds=seconds) for seconds in (10.0, 30.0)]
    bare = [a_run("edge", BARE, seconds=seconds) for seconds in (10.0, 20.0)]
    figures = told([*clean_runs(), *day, *ours, *bare, a_run("edge", "Anki", seconds=40.0)])
    assert figures["1000 on edge × its bytes alone"] == pytest.approx(1.25)
    assert figures["1000 on edge × Anki"] == pytest.approx(0.5)


def test_a_peer_that_once_did_not_finish_is_not_the_fastest() -> None:
    same = [a_run("cuts", who, work) for who in (OURS, BARE) for work in (A_DAY, 1000)]
    anki = [a_run("cuts", "Anki", seconds=5.0), a_run("cuts", "Anki", seconds=None)]
    figures = told(clean_runs() + same + anki + [a_run("cuts", "PouchDB", seconds=100.0)])
    assert figures["1000 on cuts × PouchDB"] == pytest.approx(0.1)
    alone = told(clean_runs() + same + anki)
    assert not [name for name in alone if "Anki" in name]


def test_a_push_of_ours_that_did_not_finish_misses_every_target_it_has() -> None:
    runs = [*clean_runs(), a_run("edge", OURS, A_DAY), a_run("edge", BARE, A_DAY), a_run("edge", OURS, seconds=None)]
    runs += [a_run("edge", "Anki", work) for work in (A_DAY, 1000)]
    outcome = report(runs, SIZE)
    assert not outcome.is_met
    assert told(runs)["pushes that did not finish pushes"] == 1
    assert told(runs)["1000 on edge × Anki"] == float("inf")
    assert told(runs)["1000 on edge × its bytes alone"] == float("inf")


def test_a_push_that_the_cuts_kept_from_finishing_misses_its_target_too() -> None:
    runs = [a_run(CLEAN, OURS, A_DAY), a_run(CLEAN, OURS), a_run(CUT, OURS), a_run(CUT, OURS, seconds=None)]
    assert told(runs)[f"1000, {CUT} × the bytes of a clean run"] == float("inf")


def test_the_time_is_the_median_and_the_bytes_of_a_clean_day_are_the_most() -> None:
    runs = [a_run(CLEAN, OURS, A_DAY, up=up, turns=turns) for up, turns in ((2000.0, 1.0), (3100.0, 2.0))]
    runs += [a_run(CLEAN, OURS, seconds=seconds, up=120_000) for seconds in (1.0, 9.0, 2.0)] + [
        a_run(CUT, OURS, up=180_000)
    ]
    figures = told(runs)
    assert figures["a day, clean B up"] == 3100
    assert figures["a day, clean round trips"] == 2
    assert figures[f"1000, {CUT} × the bytes of a clean run"] == pytest.approx(1.5)
    assert "2.00 s" in str(report(runs, SIZE))


def test_the_99th_percentile_leaves_one_in_a_hundred_beyond() -> None:
    assert percentile([float(number) for number in range(1, 101)], 99) == 99
    assert percentile([3.0], 99) == 3.0
