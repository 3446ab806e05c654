"""When a run is due, and what the light says, without a clock and without a network."""

import pytest

from app.sync.light import LightState, Standing, light
from app.sync.outcome import Ending, Outcome, Progress
from app.sync.schedule import LONGEST_BACKOFF_S, PERIOD_S, Schedule

ALONE = Standing(is_enrolled=False, waiting=3, refused=0)
CLEAR = Standing(is_enrolled=True, waiting=0, refused=0)
THREE = Standing(is_enrolled=True, waiting=3, refused=0)


def run(schedule: Schedule, now: float, ending: Ending, backoff_s: int = 0) -> None:
    schedule.started()
    schedule.finished(now, Outcome(ending, backoff_s=backoff_s))


def at_rest(now: float = 0.0) -> Schedule:
    schedule = Schedule(now, jitter=lambda longest: longest)
    run(schedule, now, Ending.DONE)
    return schedule


def test_the_first_run_is_due_at_once() -> None:
    assert Schedule(12.0).due() == 12.0


def test_a_change_is_sent_a_second_after_the_last_one() -> None:
    schedule = at_rest()
    schedule.changed(10.0)
    schedule.changed(10.8)
    assert schedule.due() == pytest.approx(11.8)


def test_changes_that_never_stop_are_sent_within_a_minute() -> None:
    schedule = at_rest()
    for tenth in range(700):
        schedule.changed(10.0 + tenth / 10)
    assert schedule.due() == pytest.approx(70.0)


def test_a_change_during_a_run_is_sent_by_the_next_one() -> None:
    schedule = at_rest()
    schedule.changed(10.0)
    schedule.started()
    assert schedule.due() is None
    schedule.changed(11.5)
    schedule.finished(12.0, Outcome(Ending.DONE))
    assert schedule.due() == pytest.approx(12.5)


def test_what_others_wrote_is_fetched_now_and_then() -> None:
    assert at_rest(10.0).due() == 10.0 + PERIOD_S


def test_failures_are_spaced_out_up_to_a_quarter_of_an_hour_even_with_changes() -> None:
    schedule, delays = at_rest(), []
    for _ in range(14):
        run(schedule, 100.0, Ending.OFFLINE)
        schedule.changed(100.0)
        due = schedule.due()
        assert due is not None
        delays.append(due - 100.0)
    assert delays[:3] == [1.0, 2.0, 4.0]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_BACKOFF_S


def test_a_delay_is_drawn_up_to_its_longest_so_that_devices_spread_out() -> None:
    schedule = Schedule(0.0, jitter=lambda longest: longest / 4)
    run(schedule, 100.0, Ending.OFFLINE)
    assert schedule.due() == pytest.approx(100.25)


def test_a_network_that_changes_or_a_person_who_asks_is_heard_at_once() -> None:
    for heard in (Schedule.wake, Schedule.asked):
        schedule = at_rest()
        for _ in range(8):
            run(schedule, 100.0, Ending.OFFLINE)
        heard(schedule, 101.0)
        assert schedule.due() == 101.0


def test_a_portal_is_tried_again_soon_and_is_no_failure() -> None:
    schedule = at_rest()
    for _ in range(5):
        run(schedule, 100.0, Ending.PORTAL)
    assert schedule.due() == 120.0


@pytest.mark.parametrize("ending", [Ending.DONE, Ending.UNAVAILABLE])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_server_that_asks_for_peace_gets_it_and_up_to_twice_that(ending: Ending, share: float) -> None:
    schedule = Schedule(0.0, jitter=lambda longest: share * longest)
    run(schedule, 100.0, ending, backoff_s=90)
    schedule.changed(101.0)
    assert schedule.due() == 190.0 + share * 90


def test_those_that_a_server_sends_away_together_do_not_come_back_together() -> None:
    returns = []
    for _ in range(400):
        schedule = Schedule(0.0)
        run(schedule, 100.0, Ending.UNAVAILABLE, backoff_s=60)
        due = schedule.due()
        assert due is not None
        returns.append(due)
    assert 160.0 <= min(returns) < 165.0
    assert 215.0 < max(returns) <= 220.0
    assert max(sum(second <= one < second + 1 for one in returns) for second in range(160, 220)) < 30


def test_only_the_advisor_comes_before_the_servers_own_delay() -> None:
    schedule = at_rest()
    run(schedule, 100.0, Ending.UNAVAILABLE, backoff_s=60)
    schedule.wake(110.0)
    assert schedule.due() == 220.0
    schedule.asked(111.0)
    assert schedule.due() == 111.0


def test_a_server_that_asks_for_very_long_is_asked_again_all_the_same() -> None:
    schedule = at_rest()
    run(schedule, 100.0, Ending.UNAVAILABLE, backoff_s=10**9)
    assert schedule.due() == 100.0 + 2 * LONGEST_BACKOFF_S


def test_repeated_failures_are_spaced_out_beyond_a_short_delay_of_the_server() -> None:
    schedule = at_rest()
    for _ in range(12):
        run(schedule, 100.0, Ending.UNAVAILABLE, backoff_s=1)
    schedule.changed(100.0)
    assert schedule.due() == 100.0 + LONGEST_BACKOFF_S


def test_nothing_is_due_while_paused() -> None:
    schedule = at_rest()
    schedule.is_paused = True
    schedule.changed(1.0)
    assert schedule.due() is None


@pytest.mark.parametrize(
    ("now", "last", "progress", "state", "text"),
    [
        (ALONE, None, None, LightState.LOCAL, "Sur cet ordinateur seulement"),
        (CLEAR, Ending.DONE, None, LightState.UP_TO_DATE, "À jour"),
        (THREE, Ending.DONE, None, LightState.WAITING, "3\u00a0à envoyer"),
        (THREE, Ending.OFFLINE, None, LightState.OFFLINE, "Hors connexion · 3\u00a0à envoyer"),
        (CLEAR, Ending.OFFLINE, None, LightState.OFFLINE, "Hors connexion"),
        (THREE, Ending.OFFLINE, Progress(6, 4), LightState.SENDING, "Envoi… 40\u00a0%"),
        (THREE, Ending.DONE, Progress(6, 4, 30, 90), LightState.SENDING, "Envoi… 40\u00a0%"),
        (CLEAR, Ending.DONE, Progress(0, 9, 60, 40), LightState.RECEIVING, "Réception… 40\u00a0%"),
        (CLEAR, Ending.OFFLINE, Progress(), LightState.RECEIVING, "Connexion…"),
        (CLEAR, Ending.DONE, Progress(), LightState.UP_TO_DATE, "À jour"),
        (THREE, Ending.PORTAL, None, LightState.PORTAL, "Ce réseau demande une connexion dans le navigateur"),
        (Standing(True, 0, 1), Ending.DONE, None, LightState.TO_CHECK, "À vérifier"),
        (THREE, Ending.NOT_ALLOWED, None, LightState.TO_CHECK, "À vérifier"),
        (THREE, Ending.UPDATE_NEEDED, None, LightState.WAITING, "3\u00a0à envoyer"),
        (CLEAR, Ending.UPDATE_NEEDED, None, LightState.WAITING, "Serveur à mettre à jour"),
    ],
)
def test_the_light_tells_the_truth(
    now: Standing, last: Ending | None, progress: Progress | None, state: LightState, text: str
) -> None:
    shown = light(now, last, progress)
    assert (shown.state, shown.text) == (state, text)
