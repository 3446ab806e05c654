"""Links that lose, repeat, cut and lie: nothing is lost and nothing is doubled."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, cycle, repeat
from secrets import token_hex
from uuid import uuid4

from sqlalchemy import select, text

from app.models.activity import Activity
from app.models.local import outbox
from app.models.tag import Tag
from app.sync.client import HttpTransport, Reply, Transport
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.bodies import pack, unpack
from protocol.columns import operations_of
from protocol.messages import SyncAnswer, SyncRequest
from tests.sync.computers import BadLink, Computer, Office


def on_the_server(office: Office, computer: Computer) -> dict[str, int]:
    """The minutes of each activity that the server holds."""
    with office.server.database.transaction() as connection:
        query = text("SELECT CAST(id AS text), fields FROM record WHERE notebook = :notebook AND kind = 'activity'")
        return {id_: fields["minutes"] for id_, fields in connection.execute(query, {"notebook": computer.notebook})}


def test_an_answer_lost_on_the_way_doubles_nothing(office: Office) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    fates = iter(["answer_lost", "ok"])
    link = BadLink(here.transport, lambda: next(fates))

    assert here.sync(link).ending is Ending.OFFLINE
    assert standing(here.database).waiting == 1
    assert here.sync(link).ending is Ending.DONE

    assert standing(here.database).waiting == 0
    assert on_the_server(office, here) == {str(activity.id): 30}
    with office.server.database.transaction() as connection:
        query = text("SELECT count(*) FROM operation WHERE record = :record")
        assert connection.execute(query, {"record": activity.id}).scalar_one() == 1


def test_a_request_that_arrives_twice_doubles_nothing(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30), Activity(minutes=45))
    here.sync(BadLink(here.transport, lambda: "twice"))
    assert sorted(on_the_server(office, here).values()) == [30, 45]


def test_a_refusal_whose_answer_was_lost_is_told_again(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30), Activity(minutes=2**60))
    here.sync(BadLink(here.transport, lambda: "answer_lost"))
    here.sync()
    assert (standing(here.database).waiting, standing(here.database).refused) == (0, 1)


def test_the_page_of_a_captive_portal_changes_nothing(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    assert here.sync(BadLink(here.transport, lambda: "portal")).ending is Ending.PORTAL
    assert standing(here.database).waiting == 1
    assert here.sync().ending is Ending.DONE


def test_an_operation_that_has_left_is_never_changed_again(office: Office) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    link = BadLink(here.transport, lambda: "answer_lost")
    here.sync(link)
    here.save(Activity(id=activity.id, minutes=60))
    here.sync(BadLink(here.transport, lambda: "ok", sent := link.sent))

    first, second = (unpack(SyncRequest, body) for body in sent)
    assert operations_of(second)[0] == operations_of(first)[0]
    assert len(operations_of(second)) == 2
    assert on_the_server(office, here) == {str(activity.id): 60}


def test_a_long_push_that_is_cut_goes_on_where_it_was(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activities = [Activity(minutes=n, notes=f"Séance numéro {n}, avec une phrase de notes.") for n in range(300)]
    here.save(*activities)
    with here.database.receive() as work:
        work.set_state("sync.batch_bytes", 8 * 1024)
    fates = chain(["ok", "answer_lost", "request_lost", "ok", "answer_lost"], repeat("ok"))
    link = BadLink(here.transport, lambda: next(fates))
    endings = [here.sync(link).ending]
    while endings[-1] is not Ending.DONE:
        endings.append(here.sync(link).ending)

    assert len(endings) == 4
    assert sorted(on_the_server(office, here).values()) == list(range(300))
    sent = sum(len(operations_of(unpack(SyncRequest, body))) for body in link.sent)
    assert sent < 2 * 300, "a cut repeats one batch, not everything"
    assert there.sync().received == 300


def test_a_long_pull_that_is_cut_goes_on_where_it_was(office: Office) -> None:
    here, there = office.computer(), office.computer()
    for start in range(0, 200, 20):
        here.save(*[Tag(name=f"Étiquette {start + n}") for n in range(20)])
        here.sync()
    with there.database.receive() as work:
        work.set_state("sync.batch_bytes", 2 * 1024)
    fates = cycle(["ok", "answer_lost"])
    link = BadLink(there.transport, lambda: next(fates))
    received = 0
    while (outcome := there.sync(link)).ending is not Ending.DONE:
        received += outcome.received
    assert received + outcome.received == 200


def test_the_batch_grows_on_a_good_link_and_shrinks_on_a_bad_one(office: Office) -> None:
    here = office.computer()
    here.save(*[Activity(minutes=1, notes=token_hex(40)) for _ in range(900)])
    here.sync(BadLink(here.transport, lambda: "request_lost"))
    with here.database.read() as connection:
        assert len(connection.execute(select(outbox.c.seq).where(outbox.c.sent)).all()) < 900
    with here.database.receive() as work:
        assert work.get_state("sync.batch_bytes") == 16 * 1024
    here.sync()
    with here.database.receive() as work:
        assert work.get_state("sync.batch_bytes") > 16 * 1024


def test_a_server_that_is_away_is_only_offline(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    nowhere = HttpTransport("http://127.0.0.1:9")
    assert here.sync(nowhere).ending is Ending.OFFLINE
    nowhere.close()
    assert standing(here.database).waiting == 1


def test_a_stopped_run_leaves_the_notebook_alone(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))

    def stop_meanwhile() -> str:
        engine.stop()
        return "ok"

    engine = SyncEngine(here.database, BadLink(here.transport, stop_meanwhile))
    assert engine.run().ending is Ending.STOPPED
    assert standing(here.database).waiting == 1
    assert here.sync().ending is Ending.DONE


@dataclass
class Liar:
    """A server that always acknowledges somebody else's operation."""

    transport: Transport
    requests: int = 0

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.requests += 1
        assert self.requests < 50, "it is asked for ever"
        reply = self.transport.post(path, body, headers)
        answer = unpack(SyncAnswer, reply.body).model_copy(update={"ack": (1, uuid4())})
        return Reply(reply.status, reply.content_type, pack(answer))


def test_a_server_that_acknowledges_what_nobody_sent_is_left_alone(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    assert here.sync(Liar(here.transport)).ending is Ending.PORTAL
    assert standing(here.database).waiting == 1
    assert here.sync().ending is Ending.DONE
