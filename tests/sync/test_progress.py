"""How far a run is: always true, whichever way things travel, and where it was after a cut."""

from itertools import cycle

from app.models.activity import Activity
from app.models.tag import Tag
from app.sync.client import Transport
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending, Progress
from tests.sync.computers import BadLink, Computer, Office


def run(computer: Computer, batch_bytes: int, transport: Transport | None = None) -> list[Progress]:
    """What is told during one run with small batches."""
    told: list[Progress] = []
    with computer.database.receive() as work:
        work.set_state("sync.batch_bytes", batch_bytes)
    SyncEngine(computer.database, transport or computer.transport, on_progress=told.append).run()
    return told


def test_what_leaves_is_counted_down_to_the_last_one(office: Office) -> None:
    here = office.computer()
    here.save(*[Activity(minutes=n, notes=f"Séance numéro {n}, avec une phrase de notes.") for n in range(300)])
    told = run(here, 4 * 1024)
    assert [one.sent + one.to_send for one in told] == [300] * len(told)
    assert told[0] == Progress(to_send=300)
    assert (told[-1].to_send, told[-1].sent) == (0, 300)
    percents = [one.percent for one in told if one.is_sending]
    assert percents == sorted(percents)
    assert percents[0] == 0
    assert len(set(percents)) == len(percents) > 2


def test_a_first_reception_says_how_much_there_is_and_goes_on_where_it_was_cut(office: Office) -> None:
    here, there = office.computer(), office.computer()
    for start in range(0, 200, 20):
        here.save(*[Tag(name=f"Étiquette {start + n}") for n in range(20)])
        here.sync()
    fates = cycle(["ok", "ok", "answer_lost"])
    cut = run(there, 2 * 1024, BadLink(there.transport, lambda: next(fates)))
    rest = run(there, 2 * 1024)
    assert not any(one.is_sending for one in (*cut, *rest))
    assert cut[0].total == 0, "nothing is known before the server has answered"
    assert {one.total for one in cut[1:]} == {200}
    assert 0 < cut[-1].percent < 100
    assert rest[-1].percent == 100
    assert cut[-1].received + rest[-1].received == 200


def test_what_leaves_is_told_before_what_comes(office: Office) -> None:
    here, there = office.computer(), office.computer()
    here.save(*[Tag(name=f"Étiquette {n}") for n in range(100)])
    here.sync()
    there.save(Activity(minutes=30))
    told = run(there, 2 * 1024)
    assert [one.is_sending for one in told] == [True] + [False] * (len(told) - 1)
    assert there.sync().ending is Ending.DONE
