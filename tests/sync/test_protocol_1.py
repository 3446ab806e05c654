"""A device of the previous protocol, written from that version's own page: gzip, operations one by one, format 1."""

import base64
import gzip
import hashlib
import json
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.hashlib import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey
from nacl.utils import random

from app.models.activity import Activity
from app.sync.outcome import Ending
from tests.live_server import LiveServer
from tests.server.devices import DAY_MS, Device, an_operation
from tests.sync.computers import Office

TYPE = "application/vnd.passerelle.sync+json"
NOW_MS = 1_790_000_000_000


def text_of(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class OldDevice:
    """It knows nothing of `protocol/`: no columns, no dictionary, no device keys, no cursor of three."""

    url: str
    recovery: bytes = field(default_factory=lambda: bytes(PrivateKey.generate().public_key))
    """The public half of a recovery code."""
    id: UUID = field(default_factory=uuid4)
    sign_key: SigningKey = field(default_factory=SigningKey.generate)
    box_key: PrivateKey = field(default_factory=PrivateKey.generate)
    key: bytes = field(default_factory=lambda: random(32))
    epoch: UUID = field(default_factory=uuid4)
    notebook: UUID = field(default_factory=uuid4)
    cursor: list[Any] | None = None
    last: list[Any] | None = None

    def ask(self, path: str, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        body = gzip.compress(json.dumps(message).encode(), 9, mtime=0)
        device, now, nonce = text_of(self.id.bytes), str(round(time.time() * 1000)), random(12)
        digest = hashlib.sha256(body).hexdigest()
        words = "\n".join(("passerelle-1", "POST", path, digest, device, now, text_of(nonce)))
        proof = text_of(self.sign_key.sign(words.encode()).signature)
        said = {"Content-Type": TYPE, "Passerelle-Signature": f"{device}.{now}.{text_of(nonce)}.{proof}"}
        reply = requests.post(self.url + path, data=body, headers=said, timeout=20)
        assert reply.headers["Content-Type"] == TYPE
        if reply.status_code == 200:
            assert reply.content[:2] == b"\x1f\x8b", "it can read no other"
        content = gzip.decompress(reply.content) if reply.content[:2] == b"\x1f\x8b" else reply.content
        answer = json.loads(content)
        assert bytes_of(answer["n"]) == nonce
        return reply.status_code, answer

    def enrol(self, code: str) -> None:
        """As the first device of a notebook: it makes the key."""
        keys = {
            "sign_key": text_of(bytes(self.sign_key.verify_key)),
            "box_key": text_of(bytes(self.box_key.public_key)),
        }
        _, answer = self.ask("/v1/enrolment", {"p": 1, "code": code, **keys})
        self.notebook = UUID(bytes=bytes_of(answer["notebook"]))
        wrapped = {"generation": 1, "recovery_key": text_of(self.recovery), "recovery_wrap": self.wrap(self.recovery)}
        device_wrap = self.wrap(bytes(self.box_key.public_key))
        _, kept = self.ask(
            "/v1/enrolment/keys", {"p": 1, "generation": 1, "device_wrap": device_wrap, "recovery": wrapped}
        )
        assert kept["keys"][0]["recovery_wrap"] == wrapped["recovery_wrap"]

    def wrap(self, public: bytes) -> str:
        return text_of(SealedBox(PublicKey(public)).encrypt(b"\x01" + self.key))

    def sync(self, *operations: dict[str, Any], want: int = 65536) -> tuple[int, dict[str, Any]]:
        asked: dict[str, Any] = {"p": 1, "schema": 1, "epoch": text_of(self.epoch.bytes), "want": want}
        asked |= {"ops": list(operations)} | ({"cur": self.cursor} if self.cursor else {})
        status, answer = self.ask("/v1/sync", asked | ({"prev": self.last} if self.last else {}))
        if status == 200:
            self.cursor, self.last = answer["cur"], answer.get("ack")
        return status, answer

    def operation(self, s: int, record: UUID, f: dict[str, Any], **sealed: str) -> dict[str, Any]:
        u = uuid4()
        said = {"s": s, "u": text_of(u.bytes), "kind": "activity", "id": text_of(record.bytes), "h": [NOW_MS + s, 0]}
        piece = {"x": {"names": sorted(sealed), "piece": text_of(self.seal(u, record, sealed))}} if sealed else {}
        return {**said, "f": f, **piece}

    def seal(self, u: UUID, record: UUID, changes: dict[str, str]) -> bytes:
        header = b"\x01\x01"
        nonce = blake2b(u.bytes, digest_size=24, person=b"passerelle-nonce").digest()
        content = zlib.compress(json.dumps(changes).encode())
        return header + crypto_aead_xchacha20poly1305_ietf_encrypt(
            content, self.bound(header, record, changes), nonce, self.key
        )

    def bound(self, header: bytes, record: UUID, names: Any) -> bytes:
        words = "\0".join(("activity", *sorted(names))).encode()
        return header + self.notebook.bytes + record.bytes + words

    def opened(self, row: dict[str, Any]) -> dict[str, str]:
        """What it can read of the sealed fields of a row: pieces of its own format."""
        read: dict[str, str] = {}
        for one in row.get("x", []):
            piece, record = bytes_of(one["piece"]), UUID(bytes=bytes_of(row["id"]))
            if piece[:1] == b"\x01":
                nonce = blake2b(bytes_of(one["u"]), digest_size=24, person=b"passerelle-nonce").digest()
                bound = self.bound(piece[:2], record, one["names"])
                read |= json.loads(
                    zlib.decompress(crypto_aead_xchacha20poly1305_ietf_decrypt(piece[2:], bound, nonce, self.key))
                )
        return read


@pytest.fixture
def old(server: LiveServer) -> OldDevice:
    made = OldDevice(server.url)
    made.enrol(server.code())
    return made


@pytest.fixture
def colleague(server: LiveServer, old: OldDevice) -> Iterator[Device]:
    """A device of today in the same notebook."""
    with Device(server) as made:
        made.enrol(server.code(old.notebook))
        yield made


def test_it_still_pushes_and_a_device_of_today_receives(old: OldDevice, colleague: Device) -> None:
    record = uuid4()
    first = old.operation(1, record, {"minutes": 30, "topics": {"+": ["email"], "-": []}}, title="Ma tablette")
    status, answer = old.sync(first, old.operation(2, record, {"minutes": 45}))
    assert (status, answer["p"], answer["ack"][0], answer.get("res", [])) == (200, 1, 2, [])
    [row] = colleague.sync().rows
    assert (row.id, row.f["minutes"], row.f["topics"]) == (record, 45, ["email"])
    assert [text_of(piece.piece) for piece in row.x] == [first["x"]["piece"]]


def test_it_still_pulls_what_a_device_of_today_pushed(old: OldDevice, colleague: Device) -> None:
    said = an_operation(1, f={"minutes": 30})
    colleague.sync(said, an_operation(2, said.id, ms=DAY_MS + 1, f={"minutes": 45}), an_operation(3, f={}, e=True))
    _, answer = old.sync()
    rows = {UUID(bytes=bytes_of(row["id"])): row["f"] for row in answer["rows"]}
    assert rows.pop(said.id)["minutes"] == 45
    assert list(rows.values()) == [None]
    assert old.sync()[1].get("rows", []) == []


def test_a_refusal_and_a_repetition_are_told_as_they_were(old: OldDevice) -> None:
    bad, good = old.operation(1, uuid4(), {"colour": "red"}), old.operation(2, uuid4(), {"minutes": 30})
    _, first = old.sync(bad, good)
    assert first["res"] == [[1, "refused", "unknown_field"]]
    old.last = None
    status, again = old.sync(bad, good)
    assert (status, again["ack"]) == (200, first["ack"])
    status, error = old.sync(old.operation(1, uuid4(), {"minutes": 1}))
    assert (status, error["error"]) == (409, "fork")


def test_it_is_given_whole_versions_and_a_cursor_of_two(old: OldDevice, colleague: Device) -> None:
    for start in (1, 301):
        colleague.sync(*[an_operation(start + place) for place in range(300)], want=0)
    sizes = []
    while True:
        _, answer = old.sync(want=2000)
        assert len(answer["cur"]) == 2
        sizes.append(len(answer["rows"]))
        if not answer.get("more"):
            break
    assert sizes == [300, 300]


def test_its_words_are_read_by_the_program_of_today_and_kept_when_it_corrects_the_rest(office: Office) -> None:
    old = OldDevice(office.server.url, office.recovery.public)
    old.enrol(office.server.code())
    record = uuid4()
    old.sync(old.operation(1, record, {"minutes": 30, "day": "2026-11-24"}, title="Ma tablette", notes="Revient jeudi"))

    here = office.blank()
    office.enrol(here, old.notebook)
    assert here.sync().ending is Ending.DONE
    with here.database.work() as work:
        found = work.find(Activity, record)
    assert found is not None
    assert (found.minutes, found.title, found.notes) == (30, "Ma tablette", "Revient jeudi")

    here.save(Activity(id=record, created_at=found.created_at, minutes=45, day=found.day, title=found.title, notes="?"))
    assert here.sync().ending is Ending.DONE
    _, answer = old.sync()
    [row] = [row for row in answer["rows"] if row["kind"] == "activity"]
    assert row["f"]["minutes"] == 45
    assert old.opened(row) == {"title": "Ma tablette", "notes": "Revient jeudi"}, "what it reads of it is its own"
