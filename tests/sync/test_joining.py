"""A second computer is let in from the first by a short code that both show, and a server that lies is found out."""

from collections.abc import Callable
from typing import Any

import pytest
from nacl.utils import random

from app.errors import UserError
from app.models import Activity, Computer
from app.services.access import rename_advisor
from app.sync import joining
from app.sync.client import Offline
from app.sync.enrolment import enrol
from app.sync.identity import from_text, is_enrolled
from app.sync.joining import KeyTurnedMeanwhile
from app.sync.outcome import Ending, Notice
from app.sync.standing import standing
from app.work import find
from protocol import sealing
from protocol.keys import NO_BOX_KEY, check_of, turned
from protocol.messages import (
    ENROLMENT_PATH,
    DevicesAnswer,
    DeviceState,
    DeviceWrap,
    EnrolAnswer,
    EnrolRequest,
    WrappedKey,
)
from protocol.sealing import NotebookKey
from tests.sync.computers import BadLink, Office, recovery_sheet
from tests.sync.computers import Computer as OfficeComputer
from tests.sync.joining_computers import LyingServer, ask, asks, identity, joined, membership, request_of


def titles(computer: OfficeComputer) -> set[str]:
    with computer.database.read() as connection:
        return set(connection.exec_driver_sql("SELECT title FROM activity WHERE title IS NOT NULL").scalars())


def test_a_computer_let_in_by_the_short_code_reads_everything(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30, title="Avant"))
    here.sync()
    there = joined(office, here)
    assert there.sync().ending is Ending.DONE
    assert titles(there) == {"Avant"}
    there.save(Activity(minutes=15, title="Depuis le second"))
    there.sync()
    here.sync()
    assert titles(here) == {"Avant", "Depuis le second"}


def test_a_member_is_told_that_a_computer_asks(office: Office) -> None:
    here = office.computer()
    assert here.sync().notices == frozenset()
    new, _ = asks(office, here)
    assert here.sync().notices == {Notice.JOIN_ASKED}
    assert not joining.is_let_in(new.database, new.transport)
    membership(here).take_out(request_of(here).id)
    assert here.sync().notices == frozenset()


def test_a_request_survives_a_restart_and_the_cuts(office: Office) -> None:
    here, new = office.computer(), office.blank()
    code, sheet = membership(here).invite().code, office.recovery.public
    for fates in (["answer_lost"], ["ok", "request_lost"], ["ok", "answer_lost"]):
        with pytest.raises(Offline):
            enrol(new.database, BadLink(new.transport, iter(fates).__next__), office.server.url, code, sheet)
    shown = enrol(new.database, new.transport, office.server.url, code, sheet)
    restarted = office.copy(new)
    assert joining.asking(restarted.database) == shown == enrol(restarted.database, new.transport, "", code, sheet)
    assert shown is not None
    request = request_of(here)
    assert request.short_code == shown.short_code
    membership(here).allow(request)
    with pytest.raises(Offline):
        joining.is_let_in(restarted.database, BadLink(new.transport, lambda: "answer_lost"))
    assert joining.is_let_in(restarted.database, new.transport)
    assert joining.asking(restarted.database) is None


def test_the_recovery_code_opens_while_the_computer_waits(office: Office) -> None:
    here = office.computer()
    new, shown = asks(office, here)
    enrol(new.database, new.transport, shown.server, shown.code, office.recovery.public, office.recovery)
    assert is_enrolled(new.database)
    assert joining.asking(new.database) is None
    assert identity(new).key == identity(here).key
    assert membership(here).computers().requests == ()


def test_a_wrong_recovery_code_changes_nothing_of_the_wait(office: Office) -> None:
    here = office.computer()
    new, shown = asks(office, here)
    wrong = recovery_sheet()
    with pytest.raises(UserError, match="autre carnet"):
        enrol(new.database, new.transport, shown.server, shown.code, wrong.public, wrong)
    assert joining.asking(new.database) == shown
    assert request_of(here).short_code == shown.short_code
    membership(here).allow(request_of(here))
    assert joining.is_let_in(new.database, new.transport)


def test_a_refused_request_ends_with_a_sentence_and_another_code_works(office: Office) -> None:
    here = office.computer()
    new, _ = asks(office, here)
    membership(here).take_out(request_of(here).id)
    with pytest.raises(UserError, match="refusée"):
        joining.is_let_in(new.database, new.transport)
    assert joining.asking(new.database) is None
    assert joined(office, here, new).sync().ending is Ending.DONE


def test_a_request_taken_back_is_no_longer_shown(office: Office) -> None:
    here = office.computer()
    new, _ = asks(office, here)
    joining.withdraw(new.database, new.transport)
    assert joining.asking(new.database) is None
    assert membership(here).computers().requests == ()
    other, _ = asks(office, here)
    joining.withdraw(other.database, BadLink(other.transport, lambda: "request_lost"))
    assert joining.asking(other.database) is None
    assert len(membership(here).computers().requests) == 1, "nobody could be told: a member refuses it"


def test_another_code_makes_another_request(office: Office) -> None:
    here = office.computer()
    new, first = asks(office, here)
    second = ask(office, here, new)
    assert second.short_code != first.short_code
    assert len(membership(here).computers().requests) == 2


def test_a_key_turned_meanwhile_makes_another_short_code(office: Office) -> None:
    here, leaving = office.computer(), office.computer()
    new, first = asks(office, here)
    membership(leaving).leave()
    here.sync()
    with pytest.raises(KeyTurnedMeanwhile):
        joining.is_let_in(new.database, new.transport)
    again = enrol(new.database, new.transport, first.server, first.code, office.recovery.public)
    assert again is not None
    assert first.short_code != again.short_code == request_of(here).short_code


def test_a_key_turned_once_the_computer_was_let_in_is_learnt_with_the_others(office: Office) -> None:
    here, leaving = office.computer(), office.computer()
    new, _ = asks(office, here)
    membership(here).allow(request_of(here))
    membership(leaving).leave()
    here.sync()
    assert joining.is_let_in(new.database, new.transport)
    assert identity(new).keys == identity(here).keys
    assert set(identity(new).keys) == {1, 2}


def test_a_computer_that_joins_late_reads_what_every_key_closed(office: Office) -> None:
    here, leaving = office.computer(), office.computer()
    here.save(Activity(minutes=30, title="Première clé"))
    here.sync()
    membership(leaving).leave()
    here.sync()
    here.save(Activity(minutes=30, title="Deuxième clé"))
    here.sync()
    by_code, by_sheet = joined(office, here), office.computer()
    for computer in (by_code, by_sheet):
        computer.sync()
        assert titles(computer) == {"Première clé", "Deuxième clé"}
        assert {one.is_known for one in membership(computer).computers().members} == {True}


def test_who_works_on_which_computer_is_known_to_all(office: Office) -> None:
    here = office.blank()
    with here.database.work() as work:
        work.set_state("advisor.name", "Camille Fabre")
    enrol(here.database, here.transport, office.server.url, office.server.code(), office.recovery.public)
    here.sync()
    there = joined(office, here)
    there.sync()
    assert membership(there).computers().members[1].advisor == "Camille Fabre"
    rename_advisor(here.database, "Camille Fabre-Roux")
    here.sync()
    there.sync()
    mine, other = membership(there).computers().members
    assert (mine.is_mine, other.is_mine, other.advisor) == (True, False, "Camille Fabre-Roux")
    with there.database.read() as connection:
        assert find(connection, Computer, identity(here).device) is not None


def fake(told: WrappedKey, key: NotebookKey) -> WrappedKey:
    """The server's own key in the place of the notebook's."""
    return told.model_copy(update={"check": check_of(key, told.recovery_key)})


def test_a_server_that_shows_the_new_computer_another_key_makes_another_short_code(office: Office) -> None:
    here, own = office.computer(), NotebookKey.make()
    lying = LyingServer(here.transport, {EnrolAnswer: lambda told: {"keys": [fake(one, own) for one in told.keys]}})
    _, shown = asks(office, here, lying)
    assert shown.short_code != request_of(here).short_code


def test_a_server_that_shows_the_member_another_computer_makes_another_short_code(office: Office) -> None:
    here = office.computer()
    _, shown = asks(office, here)

    def swap(told: DevicesAnswer) -> dict[str, Any]:
        own = sealing.public_half(random(32))
        return {"devices": [one.model_copy(update={"box_key": own}) for one in told.devices]}

    for change in (swap, lambda told: {"devices": [*map(with_another_sign_key, told.devices)]}):
        assert request_of(here, LyingServer(here.transport, {DevicesAnswer: change})).short_code != shown.short_code


def with_another_sign_key(one: DeviceState) -> DeviceState:
    return one.model_copy(update={"sign_key": random(32)})


@pytest.mark.parametrize("is_allowed", [False, True])
def test_a_server_that_gives_a_key_of_its_own_is_refused(office: Office, is_allowed: bool) -> None:
    here, own = office.computer(), NotebookKey.make()
    new, _ = asks(office, here)
    if is_allowed:
        membership(here).allow(request_of(here))
    with new.database.read() as connection:
        [box_key] = connection.exec_driver_sql("SELECT value FROM state WHERE key = 'sync.box_key'").scalars()
    public = sealing.public_half(from_text(box_key.strip('"')))
    gift = [DeviceWrap(generation=1, wrap=sealing.wrap(own, public))]
    lying = LyingServer(new.transport, {EnrolAnswer: lambda _: {"device_keys": gift}})
    with pytest.raises(UserError, match="n’est pas celle du carnet"):
        joining.is_let_in(new.database, lying)
    assert not is_enrolled(new.database)
    assert joining.asking(new.database) is None
    assert standing(new.database).is_enrolled is False


@pytest.mark.parametrize("older", [lambda _: NotebookKey.make(), lambda key: turned(key)])
def test_a_server_that_swaps_an_older_key_is_refused(
    office: Office, older: Callable[[NotebookKey], NotebookKey]
) -> None:
    here, leaving = office.computer(), office.computer()
    membership(leaving).leave()
    here.sync()
    new, _ = asks(office, here)
    request = request_of(here)
    membership(here).allow(request)

    def swap(told: EnrolAnswer) -> dict[str, Any]:
        wrong = NotebookKey(older(identity(here).keys[1]).secret, 1)
        first = DeviceWrap(generation=1, wrap=sealing.wrap(wrong, request.box_key))
        return {"device_keys": [first, *told.device_keys[1:]]}

    with pytest.raises(UserError, match="n’est pas celle du carnet"):
        joining.is_let_in(new.database, LyingServer(new.transport, {EnrolAnswer: swap}))


def test_the_server_cannot_know_the_key_of_the_short_code_when_it_shows_the_check(office: Office) -> None:
    here = office.computer()
    link = LyingServer(here.transport, {})
    asks(office, here, link)
    before, final = (one.box_key for one in link.said(ENROLMENT_PATH, EnrolRequest))
    assert before == NO_BOX_KEY
    assert final == request_of(here).box_key
