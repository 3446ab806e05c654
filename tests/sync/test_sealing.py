"""Pieces open only where, and with what, they were sealed."""

import zlib
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import codes, sealing, signing
from protocol.bodies import TooLargeError, pack, unpack
from protocol.messages import Operation, SyncRequest
from protocol.sealing import CannotOpenError, NotebookKey, Subject, open_piece, seal, unwrap, wrap

KEY = NotebookKey.make()
SUBJECT = Subject(uuid4(), "activity", uuid4())
KEYS = {1: KEY}
OPERATION = uuid4()
WORDS = {"title": "Canari", "notes": "Œuvre d’été"}


@given(st.dictionaries(st.text(min_size=1, max_size=8).filter(lambda name: "\0" not in name), st.text(), min_size=1))
def test_what_is_sealed_opens_again(changes: dict[str, str]) -> None:
    assert open_piece(KEYS, SUBJECT, OPERATION, changes.keys(), seal(KEY, SUBJECT, OPERATION, changes)) == changes


@pytest.mark.parametrize(
    "moved",
    [
        {"keys": {1: NotebookKey.make()}},
        {"keys": {2: replace(KEY, generation=2)}},
        {"subject": replace(SUBJECT, record=uuid4())},
        {"subject": replace(SUBJECT, notebook=uuid4())},
        {"subject": replace(SUBJECT, kind="beneficiary")},
        {"operation": uuid4()},
        {"names": ["title"]},
        {"names": ["notes", "phone"]},
    ],
)
def test_a_piece_put_elsewhere_does_not_open(moved: dict[str, Any]) -> None:
    piece = seal(KEY, SUBJECT, OPERATION, WORDS)
    place = {"keys": KEYS, "subject": SUBJECT, "operation": OPERATION, "names": ["title", "notes"], **moved}
    with pytest.raises(CannotOpenError):
        open_piece(place["keys"], place["subject"], place["operation"], place["names"], piece)


@given(st.data())
def test_a_damaged_piece_does_not_open(data: st.DataObject) -> None:
    piece = bytearray(seal(KEY, SUBJECT, OPERATION, WORDS))
    piece[data.draw(st.integers(0, len(piece) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpenError):
        open_piece(KEYS, SUBJECT, OPERATION, WORDS, bytes(piece))


def test_no_name_shows_through_a_piece() -> None:
    piece = seal(KEY, SUBJECT, OPERATION, WORDS)
    assert b"Canari" not in piece
    assert zlib.compress(b"Canari")[2:8] not in piece


def test_the_notebooks_key_opens_only_for_whom_it_was_wrapped() -> None:
    mine, other = bytes(range(32)), bytes(range(1, 33))
    wrapped = wrap(KEY, sealing.public_half(mine))
    assert unwrap(wrapped, mine) == KEY
    with pytest.raises(CannotOpenError):
        unwrap(wrapped, other)


def test_a_signature_holds_for_one_request_only() -> None:
    seed, device = bytes(range(32)), uuid4()
    signature = signing.parse(signing.sign(seed, device, "POST", "/v1/sync", b"body", 1_000).header())
    public = signing.public_half(seed)
    signature.check(public, "POST", "/v1/sync", b"body")
    for method, path, body in (
        ("PUT", "/v1/sync", b"body"),
        ("POST", "/v1/other", b"body"),
        ("POST", "/v1/sync", b"bodY"),
    ):
        with pytest.raises(signing.BadSignatureError):
            signature.check(public, method, path, body)
    for changed in (replace(signature, time_ms=2_000), replace(signature, nonce=bytes(12))):
        with pytest.raises(signing.BadSignatureError):
            changed.check(public, "POST", "/v1/sync", b"body")


@given(st.text(max_size=80))
def test_a_header_that_is_no_signature_is_only_unreadable(header: str) -> None:
    with pytest.raises(signing.BadSignatureError):
        signing.parse(header)


def test_the_same_message_always_gives_the_same_bytes() -> None:
    operation = Operation(s=1, u=UUID(int=1), kind="tag", id=UUID(int=2), h=(3, 0), f={"archived": True})
    request = SyncRequest(p=1, schema=1, epoch=UUID(int=4), ops=[operation])
    assert pack(request) == pack(request)
    assert unpack(SyncRequest, pack(request)) == request


def test_a_message_is_not_unpacked_beyond_its_limit() -> None:
    with pytest.raises(TooLargeError):
        unpack(SyncRequest, pack(SyncRequest(p=1, schema=1, epoch=UUID(int=4))), limit=10)


@given(st.integers(0, 11), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_in_a_code_is_always_noticed(place: int, character: str) -> None:
    code = codes.make().replace("-", "")
    typed = code[:place] + character + code[place + 1 :]
    assert codes.normalise(typed) == (code if character == code[place] else None)
