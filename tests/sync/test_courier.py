"""No network at all: the courier file, whoever hands it in, whenever and however often, and the receipt it gives."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, text

from app.errors import KnownError, UserError
from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.models.local import outbox
from app.sync import courier
from app.sync.identity import identity_in
from app.sync.outbox import start_epoch
from app.sync.outcome import Ending, Outcome
from app.sync.standing import standing
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.courier import Courier, open_courier
from protocol.messages import SyncRequest
from server.models import installation
from tests.live_server import LiveServer
from tests.sync.computers import Office


@pytest.fixture
def elsewhere(server: LiveServer, tmp_path: Path) -> Iterator[Office]:
    """Another notebook's office, of the same server."""
    (tmp_path / "ailleurs").mkdir()
    with ExitStack() as closing:
        yield Office(server, tmp_path / "ailleurs", closing)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "cle").mkdir()
    return tmp_path / "cle"


def minutes_on_the_server(server: LiveServer, notebook: UUID) -> list[int]:
    """The minutes of every activity that the server holds."""
    with server.database.transaction() as connection:
        query = text("SELECT fields FROM record WHERE notebook = :notebook AND kind = 'activity'")
        return sorted(row.fields["minutes"] for row in connection.execute(query, {"notebook": notebook}))


def operations_on_the_server(server: LiveServer, notebook: UUID) -> list[UUID]:
    """The changes of activities that the server merged, each by its UUID."""
    with server.database.transaction() as connection:
        query = text("SELECT op FROM operation WHERE notebook = :notebook AND outcome <> 'known' AND kind = 'activity'")
        return list(connection.execute(query, {"notebook": notebook}).scalars())


def opened(server: LiveServer, path: Path) -> Courier:
    """What a courier file carries, as only the server can read it."""
    with server.database.transaction() as connection:
        private = connection.execute(select(installation.c.box_key)).scalar_one()
    return open_courier(path.read_bytes(), bytes(private))


def test_a_colleague_hands_it_in_and_the_receipt_acknowledges_it(
    office: Office, elsewhere: Office, stick: Path
) -> None:
    here, colleague = office.computer(), elsewhere.computer()
    here.save(Activity(minutes=30), Activity(minutes=45))

    file = courier.write(here.database, stick)
    receipt = courier.hand_in(file, colleague.transport)

    assert minutes_on_the_server(office.server, here.notebook) == [30, 45]
    assert standing(here.database).waiting == 2
    assert courier.take_receipt(here.database, receipt) == courier.Taken(2)
    assert standing(here.database).waiting == 0
    assert here.sync().sent == 0
    assert minutes_on_the_server(office.server, colleague.notebook) == []


def test_the_files_are_named_after_the_moment_and_nothing_else_is_left_there(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    now = 1_795_500_720_000
    first = courier.write(here.database, stick, clock=lambda: now)
    again = courier.write(here.database, stick, clock=lambda: now)
    receipt = courier.hand_in(first, here.transport)
    assert first.stem.startswith("passerelle-courrier-2026-11-2")
    assert {path.name for path in stick.iterdir()} == {
        f"{first.stem}.pcourrier",
        f"{first.stem}-2.pcourrier",
        f"{first.stem}.precu",
    }
    assert (again.stem, receipt.stem) == (f"{first.stem}-2", first.stem)


def test_neither_file_can_be_read_on_the_way_and_the_server_reads_no_name(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Beneficiary(last_name="Zwanzigerova", notes="secretissime"), Activity(minutes=30))
    file = courier.write(here.database, stick)
    receipt = courier.hand_in(file, here.transport)
    [carried] = opened(office.server, file).requests
    request = unpack(SyncRequest, carried.body)
    said = [operation.model_dump_json().encode() for operation in operations_of(request)]
    for content in (file.read_bytes(), receipt.read_bytes(), carried.body, *said):
        assert b"Zwanzigerova" not in content
        assert b"secretissime" not in content
    for content in (file.read_bytes(), receipt.read_bytes()):
        assert b"minutes" not in content
        assert here.notebook.bytes not in content
    assert request.want == 0


def test_what_waits_since_long_goes_in_several_requests_that_follow_each_other(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(*[Activity(minutes=n, notes=f"Séance numéro {n} {token_hex(150)}") for n in range(700)])
    file = courier.write(here.database, stick)
    requests = [unpack(SyncRequest, one.body) for one in opened(office.server, file).requests]
    assert len(requests) > 1
    batches = [operations_of(one) for one in requests]
    first = batches[0][0].s
    assert [one.s for batch in batches for one in batch] == list(range(first, first + 700))
    assert [one.prev for one in requests[1:]] == [(batch[-1].s, batch[-1].u) for batch in batches[:-1]]
    taken = courier.take_receipt(here.database, courier.hand_in(file, here.transport))
    assert taken == courier.Taken(700)
    assert minutes_on_the_server(office.server, here.notebook) == list(range(700))
    assert here.sync() == Outcome(Ending.DONE, received=700)


def test_without_the_receipt_the_next_synchronisation_acknowledges(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    courier.hand_in(courier.write(here.database, stick), here.transport)
    here.save(Activity(minutes=45))
    assert here.sync().ending is Ending.DONE
    assert standing(here.database).waiting == 0
    assert minutes_on_the_server(office.server, here.notebook) == [30, 45]
    assert len(operations_on_the_server(office.server, here.notebook)) == 2


def test_what_left_in_a_courier_is_never_changed_again(office: Office, stick: Path) -> None:
    here = office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    file = courier.write(here.database, stick)
    here.save(Activity(id=activity.id, minutes=60))
    here.sync()
    courier.hand_in(file, here.transport)
    assert minutes_on_the_server(office.server, here.notebook) == [60]
    assert len(operations_on_the_server(office.server, here.notebook)) == 2


def test_a_refused_operation_comes_back_with_the_receipt(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    with here.database.receive() as work:
        work.connection.execute(outbox.update().values(fields={"minutes": 30, "day": "x" * 600}))
    receipt = courier.hand_in(courier.write(here.database, stick), here.transport)
    courier.take_receipt(here.database, receipt)
    assert standing(here.database).refused == 1


def test_a_receipt_of_another_computer_or_altered_changes_nothing(office: Office, stick: Path) -> None:
    here, there = office.computer(), office.computer()
    for computer in (here, there):
        computer.save(Activity(minutes=30))
    receipt = courier.hand_in(courier.write(there.database, stick), there.transport)
    with pytest.raises(UserError, match="autre ordinateur"):
        courier.take_receipt(here.database, receipt)
    altered = stick / "abime.precu"
    content = bytearray(receipt.read_bytes())
    content[-1] ^= 1
    altered.write_bytes(content)
    with pytest.raises(UserError, match="abîmé"):
        courier.take_receipt(there.database, altered)
    with pytest.raises(UserError, match="n’est pas un reçu"):
        courier.take_receipt(there.database, receipt.with_suffix(".pcourrier"))
    assert [standing(one.database).waiting for one in (here, there)] == [1, 1]


def test_an_old_receipt_is_harmless(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    old = courier.hand_in(courier.write(here.database, stick), here.transport)
    here.save(Activity(minutes=45))
    here.sync()
    here.save(Activity(minutes=50))
    assert courier.take_receipt(here.database, old) == courier.Taken(0)
    assert standing(here.database).waiting == 1
    assert here.sync() == Outcome(Ending.DONE, sent=1)


def test_a_courier_that_is_altered_or_for_another_server_is_refused_whole(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    file = courier.write(here.database, stick)
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(content)
    with pytest.raises(KnownError, match="autre serveur, ou il est abîmé"):
        courier.hand_in(file, here.transport)
    file.write_bytes(b"%PDF-1.7 une facture")
    with pytest.raises(UserError, match="n’est pas un courrier"):
        courier.hand_in(file, here.transport)
    assert minutes_on_the_server(office.server, here.notebook) == []


def test_a_revoked_computer_is_refused(office: Office, stick: Path) -> None:
    here, there = office.computer(), office.computer()
    here.save(Activity(minutes=30))
    file = courier.write(here.database, stick)
    with here.database.read() as connection:
        device = identity_in(connection)
    assert device is not None
    with office.server.database.transaction() as connection:
        revoke = text("UPDATE device SET revoked_at = now() WHERE id = :id")
        connection.execute(revoke, {"id": device.device})
    with pytest.raises(KnownError, match="n’accepte plus"):
        courier.hand_in(file, there.transport)
    assert minutes_on_the_server(office.server, here.notebook) == []
    assert [path.suffix for path in stick.iterdir()] == [".pcourrier"]


def test_a_courier_of_months_ago_is_taken(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    long_ago = 1_700_000_000_000
    file = courier.write(here.database, stick, clock=lambda: long_ago)
    courier.take_receipt(here.database, courier.hand_in(file, here.transport))
    assert standing(here.database).waiting == 0


def test_a_copy_of_another_disk_learns_it_from_the_receipt(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    here.sync()
    copy = office.copy(here)
    here.save(Activity(minutes=45))
    here.sync()
    copy.save(Activity(minutes=50))
    receipt = courier.hand_in(courier.write(copy.database, stick), here.transport)
    assert courier.take_receipt(copy.database, receipt) == courier.Taken(0, is_to_renew=True)
    receipt = courier.hand_in(courier.write(copy.database, stick), here.transport)
    taken = courier.take_receipt(copy.database, receipt)
    assert taken == courier.Taken(3), "its own name, what it had sent before it was copied, and what is new"
    assert minutes_on_the_server(office.server, here.notebook) == [30, 45, 50]
    assert copy.sync().ending is Ending.DONE


def test_a_receipt_of_an_epoch_that_is_over_changes_nothing(office: Office, stick: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=30), Activity(minutes=45))
    receipt = courier.hand_in(courier.write(here.database, stick), here.transport)
    with here.database.receive() as work:
        start_epoch(work)
    assert courier.take_receipt(here.database, receipt) == courier.Taken(0)
    assert standing(here.database).waiting == 2
    assert here.sync().ending is Ending.DONE
    assert minutes_on_the_server(office.server, here.notebook) == [30, 45]


def test_there_must_be_something_to_carry_and_a_place_to_write_it(office: Office, stick: Path) -> None:
    stranger, here = office.blank(), office.computer()
    stranger.save(Activity(minutes=30))
    with pytest.raises(UserError, match="parlé au serveur"):
        courier.write(stranger.database, stick)
    with pytest.raises(UserError, match="Rien n’attend"):
        courier.write(here.database, stick)
    here.save(Activity(minutes=30))
    with pytest.raises(KnownError, match="ne peut pas être écrit"):
        courier.write(here.database, stick / "debranchee")
    with pytest.raises(KnownError, match="ne peut pas être lu"):
        courier.hand_in(stick / "debranchee.pcourrier", here.transport)
    assert list(stick.iterdir()) == []


def test_a_computer_enrolled_before_learns_the_key_of_the_server_by_itself(office: Office, stick: Path) -> None:
    here = office.computer()
    with here.database.receive() as work:
        work.set_state("sync.server_key", None)
    here.save(Activity(minutes=30))
    with pytest.raises(UserError):
        courier.write(here.database, stick)
    here.sync()
    here.save(Activity(minutes=45))
    assert courier.write(here.database, stick).exists()


class Sticks(RuleBasedStateMachine):
    """One computer that saves, writes couriers, has them handed in and reads receipts in any order, or synchronises."""

    server: LiveServer

    @initialize()
    def open(self) -> None:
        self.closing = ExitStack()
        folder = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.office = Office(self.server, folder, self.closing)
        self.computer = self.office.computer()
        self.couriers: list[Path] = []
        self.receipts: list[Path] = []
        self.saved: list[int] = []

    @rule()
    def save(self) -> None:
        self.saved.append(len(self.saved))
        self.computer.save(Activity(minutes=self.saved[-1]))

    @precondition(lambda self: standing(self.computer.database).waiting > 0)
    @rule()
    def write(self) -> None:
        self.couriers.append(courier.write(self.computer.database, self.office.folder))

    @precondition(lambda self: self.couriers)
    @rule(data=st.data())
    def hand_in(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.couriers))
        self.receipts.append(courier.hand_in(path, self.computer.transport))

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def read(self, data: st.DataObject) -> None:
        taken = courier.take_receipt(self.computer.database, data.draw(st.sampled_from(self.receipts)))
        assert not taken.is_to_renew
        waiting = standing(self.computer.database).waiting
        assert len(operations_on_the_server(self.server, self.computer.notebook)) >= len(self.saved) - waiting

    @rule()
    def synchronise(self) -> None:
        assert self.computer.sync().ending is Ending.DONE

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            with self.closing:
                assert self.computer.sync().ending is Ending.DONE
                assert standing(self.computer.database).waiting == 0
                assert minutes_on_the_server(self.server, self.computer.notebook) == self.saved
                kept = operations_on_the_server(self.server, self.computer.notebook)
                assert len(kept) == len(set(kept)) == len(self.saved)


def test_in_any_order_nothing_is_lost_and_nothing_is_doubled(server: LiveServer) -> None:
    Sticks.server = server
    some = settings(max_examples=15, stateful_step_count=15, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Sticks, settings=some)
