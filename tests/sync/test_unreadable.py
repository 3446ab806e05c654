"""What a member of the notebook says that no computer can keep stops nobody: the rest is received."""

import json
from typing import Any
from uuid import uuid4

import pytest

from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.sync import inbox
from app.sync.identity import Identity, identity_in
from protocol.clock import LAST_COUNTER, Clock
from protocol.fields import FIELDS
from protocol.messages import Piece, Row
from protocol.sealing import Subject, seal
from protocol.vocabulary import RecordKind
from tests.sync.computers import Computer, Office

DEEP = "[" * 100_000


@pytest.fixture
def reader(office: Office) -> Computer:
    return office.computer()


def identity(computer: Computer) -> Identity:
    with computer.database.read() as connection:
        found = identity_in(connection)
    assert found is not None
    return found


def sealed_row(me: Identity, kind: RecordKind, said: str, monkeypatch: pytest.MonkeyPatch) -> Row:
    """A row whose sealed part is this text, as only another client would write it."""
    u, record = uuid4(), uuid4()
    name = "birth_year" if kind is RecordKind.BENEFICIARY else "notes"
    assert name in FIELDS[kind].sealed
    with monkeypatch.context() as other:
        other.setattr(json, "dumps", lambda *_, **__: said)
        piece = seal(me.key, Subject(me.notebook, kind.value, record), u, {name: None})
    pieces = [Piece(u=u, h=(5, 0), names=[name], piece=piece)]
    return Row(kind=kind.value, id=record, v=2, h=(5, 0), f={"created_at": 5}, x=pieces)


@pytest.mark.parametrize("value", [1e30, -1e300, 10**30, "x", [], {}])
def test_a_number_too_large_is_left_out_and_the_rest_kept(reader: Computer, value: Any) -> None:
    id_ = uuid4()
    row = Row(kind="activity", id=id_, v=2, h=(5, 0), f={"created_at": 5, "minutes": value, "day": "2026-11-24"})
    with reader.database.receive() as work:
        assert inbox.receive(work, identity(reader), [row]) == 1
        kept = work.find(Activity, id_)
    assert kept is not None
    assert (kept.minutes, str(kept.day)) == (None, "2026-11-24")


@pytest.mark.parametrize("year", ["1e999", str(10**30)])
def test_so_is_one_in_a_sealed_part(reader: Computer, year: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = sealed_row(identity(reader), RecordKind.BENEFICIARY, f'{{"birth_year":{year}}}', monkeypatch)
    with reader.database.receive() as work:
        assert inbox.receive(work, identity(reader), [row]) == 1
        kept = work.find(Beneficiary, row.id)
    assert kept is not None
    assert kept.birth_year is None


@pytest.mark.parametrize("said", ['{"notes":"\\ud800"}', f'{{"notes":{DEEP}'])
def test_a_text_that_is_none_stops_nobody(reader: Computer, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    me = identity(reader)
    row = sealed_row(me, RecordKind.ACTIVITY, said, monkeypatch)
    sound = Row(kind="activity", id=uuid4(), v=3, h=(6, 0), f={"created_at": 5, "minutes": 30})
    with reader.database.receive() as work:
        assert inbox.receive(work, me, [row, sound]) >= 1
        assert work.find(Activity, sound.id) is not None


def test_a_counter_at_its_end_goes_on_with_the_next_millisecond() -> None:
    last = Clock(2_000, LAST_COUNTER)
    assert last < last.next(1_000) == Clock(2_001, 0)
