"""Codes let one computer in, once, and are never kept in clear."""

from datetime import timedelta

from sqlalchemy import text

from protocol import codes
from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation


def test_a_code_lets_one_computer_in_once(server: LiveServer) -> None:
    code = server.code()
    with Device(server) as first, Device(server) as second:
        first.enrol(code)
        assert second.enrol(code).error == "code_used"
        assert first.sync(an_operation(1)).ack is not None
        assert second.sync(an_operation(1)).error == "unknown_device"


def test_the_same_computer_may_ask_again_after_a_lost_answer(server: LiveServer) -> None:
    code = server.code()
    with Device(server) as device:
        assert device.enrol(code).notebook == device.enrol(code).notebook


def test_another_key_cannot_take_the_place_of_an_enrolled_computer(server: LiveServer) -> None:
    code = server.code()
    with Device(server) as device, Device(server) as thief:
        device.enrol(code)
        thief.id = device.id
        assert thief.enrol(code).error == "code_used"


def test_a_code_is_good_for_a_while_only(server: LiveServer, device: Device) -> None:
    with Device(server) as late:
        assert late.enrol(server.code(valid_for=timedelta(seconds=-1))).error == "code_expired"


def test_a_code_typed_carelessly_is_the_same_code(server: LiveServer) -> None:
    code = server.code()
    with Device(server) as device:
        device.enrol(f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ")
        assert device.sync().ack is None


def test_an_unknown_code_lets_nobody_in(device: Device) -> None:
    assert device.enrol(codes.make()).error == "code_unknown"
    assert device.enrol("bonjour").error == "code_unknown"


def test_the_server_keeps_no_code(server: LiveServer) -> None:
    code = server.code()
    with server.database.transaction() as connection:
        rows = connection.execute(text("SELECT CAST(enrolment_code AS text) FROM enrolment_code")).scalars().all()
    assert not any(code in row or code.replace("-", "") in row for row in rows)
