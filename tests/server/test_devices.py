"""The computers of a notebook, as the server keeps them: who is in, who asks, who is out, and whose key it is."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from nacl.utils import random

from protocol import sealing, signing
from protocol.keys import NO_BOX_KEY
from protocol.messages import (
    ALLOW_PATH,
    DEVICES_PATH,
    ENROLMENT_PATH,
    INVITE_PATH,
    JOIN_ASKED,
    KEYS_PATH,
    REVOKE_PATH,
    TURN_KEY,
    TURN_PATH,
    AllowRequest,
    DevicesAnswer,
    DevicesRequest,
    DeviceState,
    DeviceWrap,
    DoneAnswer,
    EnrolAnswer,
    EnrolRequest,
    InviteAnswer,
    KeysRequest,
    RevokeRequest,
    TurnedWrap,
    TurnRequest,
    WrappedKey,
)
from tests.live_server import LiveServer, postgres
from tests.server.devices import Device, an_operation
from tests.server.test_command_line import ROOT

Another = Callable[[], Device]


@pytest.fixture
def stranger(server: LiveServer, device: Device) -> Iterator[Device]:
    """A computer that asked to join, and waits."""
    with Device(server) as made:
        ask_to_join(made, server.code(device.notebook))
        yield made


def ask_to_join(device: Device, code: str) -> Any:
    keys = {"sign_key": signing.public_half(device.sign_key), "box_key": sealing.public_half(device.box_key)}
    return device.ask(ENROLMENT_PATH, EnrolRequest(p=2, code=code, **keys), EnrolAnswer)


def listed(device: Device) -> dict[UUID, DeviceState]:
    return {one.id: one for one in device.ask(DEVICES_PATH, DevicesRequest(p=2), DevicesAnswer).devices}


def allow(device: Device, other: Device, generations: Sequence[int] = (1,)) -> Any:
    keys = [DeviceWrap(generation=number, wrap=bytes([number]) * 80) for number in generations]
    return device.ask(ALLOW_PATH, AllowRequest(p=2, device=other.id, keys=keys, vouch=bytes(32)), DoneAnswer)


def revoke(device: Device, other: UUID) -> Any:
    return device.ask(REVOKE_PATH, RevokeRequest(p=2, device=other), DoneAnswer)


def turn(device: Device, generation: int, *staying: Device) -> Any:
    recovery = WrappedKey(generation=generation, recovery_key=bytes(32), recovery_wrap=bytes(80), check=bytes(16))
    wraps = [TurnedWrap(device=one.id, wrap=bytes([generation]) * 80, vouch=one.id.bytes * 2) for one in staying]
    return device.ask(TURN_PATH, TurnRequest(p=2, recovery=recovery, wraps=wraps), DoneAnswer)


def test_a_computer_that_asks_may_do_nothing_until_it_is_let_in(device: Device, stranger: Device) -> None:
    assert stranger.sync(an_operation(1)).error == "pending"
    for path, message in ((DEVICES_PATH, DevicesRequest(p=2)), (INVITE_PATH, DevicesRequest(p=2))):
        assert stranger.ask(path, message, DoneAnswer).error == "pending"
    assert allow(stranger, stranger).error == "pending"
    assert revoke(stranger, device.id).error == "pending"
    assert JOIN_ASKED in device.sync().notices
    assert listed(device)[stranger.id].state == "pending"
    assert isinstance(allow(device, stranger), DoneAnswer)
    assert stranger.sync(an_operation(1)).ack is not None
    assert JOIN_ASKED not in device.sync().notices


def test_what_a_member_learns_of_the_others(server: LiveServer, device: Device, stranger: Device) -> None:
    device.sync(an_operation(1))
    answer = device.ask(DEVICES_PATH, DevicesRequest(p=2), DevicesAnswer)
    mine, other = answer.devices
    assert (mine.id, mine.state, mine.generation, other.generation) == (device.id, "active", 1, 0)
    assert mine.last_at >= mine.since > 0
    assert other.last_at == 0
    assert other.box_key == sealing.public_half(stranger.box_key)
    assert [key.generation for key in answer.keys] == [1]
    assert answer.newest.generation == 1


def test_a_computer_of_another_notebook_is_not_seen(server: LiveServer, device: Device) -> None:
    with Device(server) as other:
        other.enrol(server.code())
        assert other.id not in listed(device)
        for answer in (allow(device, other), revoke(device, other.id), revoke(device, uuid4())):
            assert answer.error == "no_such_device"
        assert other.sync().ack is None


def test_an_invitation_is_a_code_into_the_same_notebook(server: LiveServer, device: Device) -> None:
    invited = device.ask(INVITE_PATH, DevicesRequest(p=2), InviteAnswer)
    assert invited.valid_hours == 24
    with Device(server) as other:
        assert ask_to_join(other, invited.code).notebook == device.notebook


def test_a_member_gives_every_key_or_none(device: Device, stranger: Device) -> None:
    assert turn(device, 2, device).n
    assert allow(device, stranger, [1]).error == "key_turned"
    assert allow(device, stranger, [2]).error == "key_turned"
    assert stranger.sync().error == "pending"
    assert isinstance(allow(device, stranger, [1, 2]), DoneAnswer)
    assert listed(device)[stranger.id].generation == 2
    assert isinstance(allow(device, stranger, [1, 2, 3]), DoneAnswer), "another member was quicker: nothing to do"


def test_a_computer_taken_out_is_shut_out_at_once(server: LiveServer, device: Device, another: Another) -> None:
    other = another()
    other.sync(an_operation(1))
    assert isinstance(revoke(device, other.id), DoneAnswer)
    assert other.sync(an_operation(2)).error == "revoked"
    assert other.ask(DEVICES_PATH, DevicesRequest(p=2), DevicesAnswer).error == "revoked"
    wrapped = KeysRequest(p=2, generation=1, device_wrap=bytes(80))
    assert other.ask(KEYS_PATH, wrapped, EnrolAnswer).error == "revoked"
    assert allow(device, other).error == "device_revoked"
    assert (listed(device)[other.id].state, listed(device)[other.id].generation) == ("revoked", 0)
    assert TURN_KEY in device.sync().notices
    assert isinstance(revoke(device, other.id), DoneAnswer)


def test_a_request_refused_asks_for_no_other_key(server: LiveServer, device: Device) -> None:
    with Device(server) as other:
        code = server.code(device.notebook)
        ask_to_join(other, code)
        revoke(device, other.id)
        assert ask_to_join(other, code).error == "revoked"
    assert device.sync().notices == []


def test_a_computer_may_leave_by_itself(device: Device, another: Another, stranger: Device) -> None:
    other = another()
    assert isinstance(revoke(other, other.id), DoneAnswer)
    assert isinstance(revoke(stranger, stranger.id), DoneAnswer)
    assert {one.state for one in listed(device).values()} == {"active", "revoked"}
    assert device.sync().notices == [TURN_KEY]


def test_the_key_turns_one_generation_at_a_time_for_everyone_who_stays(device: Device, another: Another) -> None:
    leaving, staying = another(), another()
    revoke(device, leaving.id)
    assert turn(device, 3, device, staying).error == "key_turned"
    assert turn(device, 1, device, staying).error == "key_turned"
    for too_few_or_too_many in ((device,), (device, staying, leaving), (device, staying, staying)):
        assert turn(device, 2, *too_few_or_too_many).error == "members_changed"
    assert TURN_KEY in device.sync().notices
    assert isinstance(turn(device, 2, device, staying), DoneAnswer)
    assert turn(staying, 2, device, staying).error == "key_turned"
    told = staying.sync()
    assert (told.generation, told.notices) == (2, [])
    answer = staying.ask(DEVICES_PATH, DevicesRequest(p=2), DevicesAnswer)
    assert [key.wrap[:1] for key in answer.keys] == [b"\0", b"\2"]
    assert {one.id: one.vouch for one in answer.devices}[staying.id] == staying.id.bytes * 2


def test_nobody_turns_the_key_by_enrolling(device: Device, stranger: Device) -> None:
    made = WrappedKey(generation=2, recovery_key=random(32), recovery_wrap=random(80))
    request = KeysRequest(p=2, generation=2, device_wrap=bytes(80), recovery=made)
    assert [key.generation for key in stranger.ask(KEYS_PATH, request, EnrolAnswer).keys] == [1]
    assert stranger.sync().error == "pending"
    assert device.sync().generation == 1


def test_a_computer_with_the_recovery_code_needs_the_newest_key(device: Device, stranger: Device) -> None:
    turn(device, 2, device)
    late = KeysRequest(p=2, generation=1, device_wrap=bytes(80))
    assert stranger.ask(KEYS_PATH, late, EnrolAnswer).keys[-1].generation == 2
    assert stranger.sync().error == "pending"
    older = [DeviceWrap(generation=1, wrap=bytes(80))]
    stranger.ask(KEYS_PATH, KeysRequest(p=2, generation=2, device_wrap=bytes(80), older=older), EnrolAnswer)
    assert stranger.sync().generation == 2


def test_a_computer_without_a_box_key_does_not_ask_yet(server: LiveServer, device: Device) -> None:
    with Device(server) as other:
        blank = EnrolRequest(
            p=2, code=server.code(device.notebook), sign_key=signing.public_half(other.sign_key), box_key=NO_BOX_KEY
        )
        other.ask(ENROLMENT_PATH, blank, EnrolAnswer)
        assert device.sync().notices == []
        ask_to_join(other, blank.code)
        assert device.sync().notices == [JOIN_ASKED]


def test_the_box_key_may_change_until_the_computer_is_let_in(server: LiveServer, device: Device) -> None:
    code = server.code(device.notebook)
    with Device(server) as other:
        ask_to_join(other, code)
        other.box_key = random(32)
        ask_to_join(other, code)
        kept = sealing.public_half(other.box_key)
        assert listed(device)[other.id].box_key == kept
        allow(device, other)
        other.box_key = random(32)
        assert [key.generation for key in ask_to_join(other, code).device_keys] == [1]
        assert listed(device)[other.id].box_key == kept


def test_an_administrator_takes_a_computer_out(server: LiveServer, device: Device, another: Another) -> None:
    other = another()
    command = [sys.executable, "-m", "server", "revoke", str(other.id)]
    environment = {**os.environ, "DATABASE_URL": postgres()[0]}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60)
    assert other.sync().error == "revoked"
    assert device.sync().notices == [TURN_KEY]
    command[-1] = str(uuid4())
    unknown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (unknown.returncode, unknown.stderr) == (1, "Not done: no_such_device\n")
