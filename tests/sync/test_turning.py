"""The key is turned when a computer left: those who stay read on, the one who left does not, and the server never."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from nacl.utils import random
from sqlalchemy import text

from app.models import Activity
from app.sync.identity import is_enrolled
from app.sync.light import LightState, light
from app.sync.outcome import Ending, Notice
from app.sync.standing import standing
from protocol import sealing, signing
from protocol.keys import check_of, turned, vouch_for
from protocol.messages import TURN_PATH, Answer, DevicesAnswer, DeviceState, DeviceWrap, SyncAnswer, TurnRequest
from protocol.sealing import CannotOpenError, NotebookKey, Subject, open_piece
from tests.sync.computers import BadLink, Computer, Office
from tests.sync.joining_computers import Lie, LyingServer, identity, joined, membership
from tests.sync.test_joining import titles


@pytest.fixture
def three(office: Office) -> tuple[Computer, Computer, Computer]:
    """Three computers that know each other, each with the same first activity."""
    here = office.computer()
    here.save(Activity(minutes=30, title="Avant"))
    here.sync()
    others = joined(office, here), joined(office, here)
    for computer in (*others, here):
        computer.sync()
    return (here, *others)


def generation(computer: Computer) -> int:
    return identity(computer).key.generation


def held(computer: Computer) -> int:
    with computer.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM held_row").scalar_one())


def pieces(office: Office, title_of: UUID) -> list[tuple[UUID, list[str], bytes]]:
    """The sealed pieces that the server keeps of a record."""
    wanted = text("SELECT op, names, piece FROM operation WHERE record = :record AND piece IS NOT NULL")
    with office.server.database.transaction() as connection:
        return [(op, names, bytes(piece)) for op, names, piece in connection.execute(wanted, {"record": title_of})]


def test_a_computer_taken_out_stops_at_once_and_loses_nothing(three: tuple[Computer, ...]) -> None:
    here, _, lost = three
    lost.save(Activity(minutes=10, title="Resté là"))
    membership(here).take_out(identity(lost).device)
    assert lost.sync().ending is Ending.NOT_ALLOWED
    assert not is_enrolled(lost.database)
    assert titles(lost) == {"Avant", "Resté là"}
    assert lost.sync().ending is Ending.NOT_ENROLLED
    assert light(standing(lost.database)).state is LightState.TO_CHECK


def test_what_is_said_after_a_departure_is_closed_with_a_key_it_never_had(
    office: Office, three: tuple[Computer, ...]
) -> None:
    here, there, lost = three
    known = identity(lost)
    membership(here).take_out(known.device)
    assert here.sync().notices == frozenset()
    after = Activity(minutes=10, title="Après le départ")
    here.save(after)
    here.sync()
    there.sync()
    assert titles(there) == {"Avant", "Après le départ"}
    assert [generation(one) for one in (here, there)] == [2, 2]
    [(operation, names, piece)] = pieces(office, after.id)
    subject = Subject(known.notebook, "activity", after.id)
    assert open_piece(identity(there).keys, subject, operation, names, piece)["title"] == "Après le départ"
    with pytest.raises(CannotOpenError):
        open_piece(known.keys, subject, operation, names, piece)


def test_whoever_synchronises_first_turns_the_key_once(office: Office, three: tuple[Computer, ...]) -> None:
    here, there, lost = three
    membership(here).take_out(identity(lost).device)
    links = [LyingServer(one.transport, {}) for one in (there, here)]
    for computer, link in zip((there, here), links, strict=True):
        computer.sync(link)
    assert [len(link.said(TURN_PATH, TurnRequest)) for link in links] == [1, 0]
    assert identity(here).keys == identity(there).keys


def test_two_computers_that_turn_the_key_at_once_end_with_one(three: tuple[Computer, ...]) -> None:
    here, there, lost = three
    membership(here).take_out(identity(lost).device)

    class Overtaken(BadLink):
        """While one is about to turn the key, the other does."""

        def post(self, path: str, body: bytes, headers: Any) -> Any:
            if path == TURN_PATH:
                there.sync()
            return super().post(path, body, headers)

    assert here.sync(Overtaken(here.transport, lambda: "ok")).ending is Ending.DONE
    assert generation(here) == 2
    assert identity(here).keys == identity(there).keys


def test_a_computer_let_in_while_the_key_turns_is_not_forgotten(office: Office, three: tuple[Computer, ...]) -> None:
    here, there, lost = three
    membership(here).take_out(identity(lost).device)
    newcomers: list[Computer] = []

    class LetIn(BadLink):
        """While one is about to turn the key, the other lets a computer in."""

        def post(self, path: str, body: bytes, headers: Any) -> Any:
            if path == TURN_PATH and not newcomers:
                newcomers.append(joined(office, there))
            return super().post(path, body, headers)

    assert here.sync(LetIn(here.transport, lambda: "ok")).ending is Ending.DONE
    assert generation(here) == 1
    for computer in (here, there, *newcomers):
        computer.sync()
        assert generation(computer) == 2


@pytest.mark.parametrize("fate", ["request_lost", "answer_lost"])
def test_a_cut_while_the_key_turns_is_made_good(three: tuple[Computer, ...], fate: str) -> None:
    here, there, lost = three
    membership(here).take_out(identity(lost).device)
    steps = iter(["ok", "ok", fate])
    assert here.sync(BadLink(here.transport, lambda: next(steps))).ending is Ending.OFFLINE
    for computer in (here, there):
        assert computer.sync().ending is Ending.DONE
    assert generation(here) == 2
    assert identity(here).keys == identity(there).keys


def test_several_generations_are_learnt_at_once(office: Office, three: tuple[Computer, ...]) -> None:
    here, away, lost = three
    for number, leaving in enumerate((lost, office.computer()), start=2):
        membership(leaving).leave()
        here.sync()
        here.save(Activity(minutes=10, title=f"Clé {number}"))
        here.sync()
    assert away.sync().notices == frozenset()
    assert titles(away) == {"Avant", "Clé 2", "Clé 3"}
    assert sorted(identity(away).keys) == [1, 2, 3]


def test_rows_that_no_key_opened_yet_are_read_once_it_comes(three: tuple[Computer, ...]) -> None:
    here, there, lost = three
    membership(lost).leave()
    here.sync()
    here.save(Activity(minutes=10, title="Deuxième clé"))
    here.sync()
    withholding = LyingServer(there.transport, {DevicesAnswer: lambda told: {"keys": told.keys[:1]}})
    assert there.sync(withholding).notices == {Notice.UNPROVED_KEY}
    assert (titles(there), held(there)) == ({"Avant"}, 1)
    assert there.sync().notices == frozenset()
    assert (titles(there), held(there)) == ({"Avant", "Deuxième clé"}, 0)


def test_a_key_that_the_server_made_is_never_used(three: tuple[Computer, ...]) -> None:
    here, there, _ = three
    me, own = identity(here), NotebookKey.make(2)

    def shows(key: NotebookKey) -> Callable[[DevicesAnswer], dict[str, Any]]:
        def lie(told: DevicesAnswer) -> dict[str, Any]:
            gift = DeviceWrap(generation=2, wrap=sealing.wrap(key, sealing.public_half(me.box_key)))
            newest = told.newest and told.newest.model_copy(update={"generation": 2})
            return {"keys": [*told.keys, gift], "newest": newest}

        return lie

    for key in (own, turned(NotebookKey.make())):
        here.save(Activity(minutes=10, title="Pour nous seuls"))
        lies: dict[type[Answer], Lie] = {SyncAnswer: lambda _: {"generation": 2}, DevicesAnswer: shows(key)}
        outcome = here.sync(LyingServer(here.transport, lies))
        assert (outcome.ending, outcome.notices) == (Ending.DONE, frozenset({Notice.UNPROVED_KEY}))
        assert light(standing(here.database), outcome.ending, None, outcome.notices).state is LightState.TO_CHECK
        assert identity(here).key == me.key
    there.sync()
    assert titles(there) == {"Avant", "Pour nous seuls"}


def slips_in(told: DevicesAnswer) -> dict[str, Any]:
    """A computer of the server's own among the members."""
    own = DeviceState(id=uuid4(), state="active", sign_key=random(32), box_key=sealing.public_half(random(32)))
    return {"devices": [*told.devices, own.model_copy(update={"vouch": told.devices[0].vouch})]}


def takes_the_place_of_a_member(told: DevicesAnswer) -> dict[str, Any]:
    return {"devices": [one.model_copy(update={"box_key": sealing.public_half(random(32))}) for one in told.devices]}


def swaps_the_recovery_code(told: DevicesAnswer) -> dict[str, Any]:
    return {"newest": told.newest and told.newest.model_copy(update={"recovery_key": sealing.public_half(random(32))})}


def swaps_the_recovery_code_and_its_check(told: DevicesAnswer) -> dict[str, Any]:
    own = sealing.public_half(random(32))
    check = check_of(NotebookKey.make(), own)
    return {"newest": told.newest and told.newest.model_copy(update={"recovery_key": own, "check": check})}


@pytest.mark.parametrize(
    ("lie", "notice"),
    [
        (slips_in, Notice.UNKNOWN_COMPUTER),
        (takes_the_place_of_a_member, Notice.UNKNOWN_COMPUTER),
        (swaps_the_recovery_code, Notice.UNPROVED_KEY),
        (swaps_the_recovery_code_and_its_check, Notice.UNPROVED_KEY),
    ],
)
def test_the_key_is_never_closed_for_the_server(
    three: tuple[Computer, ...], lie: Callable[[DevicesAnswer], dict[str, Any]], notice: Notice
) -> None:
    here, _, lost = three
    membership(lost).leave()
    lying = LyingServer(here.transport, {DevicesAnswer: lie})
    assert here.sync(lying).notices == {notice}
    assert lying.said(TURN_PATH, TurnRequest) == []
    assert here.sync().notices == frozenset()
    assert generation(here) == 2


def test_a_computer_that_no_member_let_in_is_told_apart(office: Office, three: tuple[Computer, ...]) -> None:
    here, _, _ = three
    found = membership(here, LyingServer(here.transport, {DevicesAnswer: slips_in})).computers()
    assert [one.is_known for one in found.members] == [True, True, True, False]


def test_a_server_restored_from_before_a_key_is_given_it_again(office: Office, three: tuple[Computer, ...]) -> None:
    here, there, lost = three
    membership(lost).leave()
    here.sync()
    here.save(Activity(minutes=10, title="Deuxième clé"))
    here.sync()
    there.sync()
    first = identity(here).keys[1]
    with office.server.database.transaction() as connection:
        notebook = {"notebook": here.notebook}
        for table in ("device_key", "notebook_key"):
            connection.execute(text(f"DELETE FROM {table} WHERE notebook = :notebook AND generation = 2"), notebook)
        for one in (identity(here), identity(there)):
            keys = signing.public_half(one.sign_key), sealing.public_half(one.box_key)
            values = {"vouch": vouch_for(first, one.device, *keys), "id": one.device}
            connection.execute(text("UPDATE device SET vouch = :vouch WHERE id = :id"), values)
    there.sync()
    late = joined(office, here)
    late.sync()
    assert titles(late) == {"Avant", "Deuxième clé"}
    assert identity(late).keys == identity(here).keys
