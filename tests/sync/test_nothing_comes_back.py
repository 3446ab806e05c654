"""What a computer sent in several requests does not come back to it, whoever else wrote meanwhile; all else does."""

from collections.abc import Callable
from dataclasses import dataclass

from app.models import Record
from app.models.activity import Activity
from app.models.tag import Tag
from app.sync import batch_size, cursor
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending, Progress
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.messages import SyncRequest
from tests.sync.computers import BadLink, Computer, Office


@dataclass
class Run:
    """How many records each request carried, and what was told last."""

    carried: list[int]
    last: Progress


def run(computer: Computer, before_each: Callable[[int], None] = lambda _: None, fates: str = "") -> Run:
    """One run, that begins with requests as small as they get; `L` in `fates` is a lost answer."""
    told: list[Progress] = []
    with computer.database.receive() as work:
        work.set_state("sync.batch_bytes", batch_size.SMALLEST)
    asked = iter(range(10_000))

    def fate() -> str:
        number = next(asked)
        before_each(number)
        return "answer_lost" if fates[number : number + 1] == "L" else "ok"

    link = BadLink(computer.transport, fate)
    SyncEngine(computer.database, link, on_progress=told.append).run()
    return Run([len(operations_of(unpack(SyncRequest, body))) for body in link.sent], told[-1])


def many(count: int) -> list[Record]:
    return [Activity(minutes=n, notes=f"Séance numéro {n}, avec une phrase de notes.") for n in range(count)]


def test_what_was_sent_in_many_requests_does_not_come_back(office: Office) -> None:
    here = office.computer()
    here.save(*many(200))
    done = run(here)
    assert len(done.carried) > 2
    assert (done.last.sent, done.last.received) == (200, 0)


def test_a_colleague_who_writes_meanwhile_is_heard_and_nothing_else(office: Office) -> None:
    here, there = office.computer(), office.computer()
    here.save(*many(200))

    def meanwhile(number: int) -> None:
        if number == 2:
            there.save(Tag(name="Entre deux"))
            there.sync()

    assert run(here, meanwhile).last.received == 1


def test_after_a_lost_answer_only_what_it_acknowledged_comes_again(office: Office) -> None:
    here, there = office.computer(), office.computer()
    here.save(*many(200))
    first = run(here, fates=".L")
    second = run(here)
    assert first.last.sent + second.last.sent == 200
    assert second.last.received == first.carried[1]
    assert here.sync().ending is there.sync().ending is Ending.DONE
    assert there.sync().received == 0


def test_what_lost_to_a_colleague_comes_back_with_the_request_that_brought_it(office: Office) -> None:
    here, there = office.computer(), office.computer()
    disputed = Activity(minutes=30)
    here.save(disputed)
    here.sync()
    there.sync()
    here.save(Activity(id=disputed.id, minutes=45), *many(200))
    there.save(Activity(id=disputed.id, minutes=60))
    there.sync()
    done = run(here)
    assert done.last.received == done.carried[0]
    with here.database.receive() as work:
        kept = work.find(Activity, disputed.id)
        assert kept is not None
        assert kept.minutes == 60
        assert cursor.held_beyond(work) == []
