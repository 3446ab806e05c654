"""The promises of the synchronisation, checked when a history has come to its end."""

from app.sync.outcome import Ending
from tests.histories.stage import NAMES
from tests.histories.things import THINGS, key_of, value_of
from tests.histories.world import World

MAX_AHEAD_MS = 60_000
ROUNDS = 8
CORRECTIONS = 3


def check_promises(world: World) -> None:
    """Let everything settle and correct what was refused: then nothing is lost, doubled, different or remembered."""
    _settle(world)
    for _ in range(CORRECTIONS):
        if not _correct(world):
            break
        _settle(world)
    _check_operations(world)
    _check_what_is_shown(world)
    _check_erasures(world)


def _settle(world: World) -> None:
    """Every computer synchronises over a good link until nobody has anything to say."""
    settled: dict[str, object] = {}
    for _ in range(ROUNDS):
        for name in NAMES:
            if settled.get(name) != world.stage.central.state():
                outcome = world.sync(name)
                settled[name] = world.stage.central.state() if outcome.ending is Ending.DONE else outcome
        if set(settled.values()) == {world.stage.central.state()}:
            return
    raise AssertionError(f"the computers never come to rest: {settled}")


def _correct(world: World) -> list[str]:
    """Whoever sees something « À vérifier » corrects it."""
    found = [name for name, one in world.stage.computers.items() if any(kept.is_refused for kept in one.queued())]
    for name in found:
        world.save(name, ["workshop.minutes"])
    return found


def _check_operations(world: World) -> None:
    """Nothing lost, doubled, waiting or refused; no clock ahead of the world, no effect older than its cause."""
    queued = {(name, one) for name, computer in world.stage.computers.items() for one in computer.queued()}
    assert not [name for name, one in queued if one.is_waiting], "an outbox never drained"
    assert not [name for name, one in queued if one.is_refused], "what was refused cannot be corrected"
    operations = world.stage.central.operations()
    known = {one.op for one in operations}
    assert len(known) == len(operations), "an operation is there twice"
    lost = [world.ledger.saved[op] for op in world.ledger.promised - known]
    assert not lost, "a save was lost"
    assert known <= world.ledger.saved.keys(), "an operation that nobody made"
    latest = world.stage.time.now + MAX_AHEAD_MS
    assert all(one.stamp[0] <= latest for one in operations), "a clock from the future was believed"
    if not world.was_server_restored:  # a clock may then be brought back to another time than before
        overtaken = world.ledger.overtaken(operations)
        assert not overtaken, f"what replaced a value counts as older: {overtaken}"


def _check_what_is_shown(world: World) -> None:
    """All show the same, and it is what the last writer of each field wrote."""
    shown = {name: computer.shown(*THINGS.values()) for name, computer in world.stage.computers.items()}
    first = shown[NAMES[0]]
    for name in NAMES[1:]:
        assert shown[name] == first, f"{NAMES[0]} and {name} show different things"
    winners = world.ledger.winners(world.stage.central.operations())
    assert winners.keys() == first.keys(), "a record is shown that should not be, or is not"
    for key, fields in winners.items():
        seen = {name: value_of(first[key], name) for name in fields}
        assert seen == fields, f"the last writer did not win: {key} shows {seen}, wrote {fields}"


def _check_erasures(world: World) -> None:
    """What was erased is nowhere, and for good."""
    central, erased = world.stage.central, world.network.erased
    assert central.erased() == erased, "an erased record came back"
    assert central.remains() == [], "the server remembers what was erased"
    left_behind = {key_of("case")} - erased if key_of("person") in erased else set()
    assert not left_behind & central.records().keys(), "something of a person who is gone stays"
    for name, computer in world.stage.computers.items():
        assert [words for key in erased for words in computer.remains_of(key)] == [], (
            f"{name} remembers what was erased"
        )
