"""Trains the two dictionaries that devices and server share, on synthetic messages and on sentences made for it.

    python -m build.train_dictionaries

A dictionary is part of the protocol: once released it never changes, a better one gets another name. The sentences
of `typed.txt`, and its first line of common words, were written for this: nothing in them was ever said of anyone.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count as count_from
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import zstandard

from protocol.columns import to_columns
from protocol.ids import presence_id
from protocol.messages import Operation, Piece, Row, SealedChanges, SyncAnswer, SyncRequest
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

HERE = Path(__file__).parent
TARGET = HERE.parent / "protocol" / "dictionaries"
WIRE_BYTES, TYPED_BYTES = 6 * 1024, 12 * 1024
SAMPLES = 4000
_MS = 1_790_000_000_000


def main() -> None:
    """Write both."""
    _train("typed", list(_typed(Random(3))), TYPED_BYTES)
    _train("wire", list(_messages(Random(48))), WIRE_BYTES)


def _train(name: str, samples: list[bytes], size: int) -> None:
    made = zstandard.train_dictionary(size, [*samples], level=19)
    (TARGET / f"{name}.zdict").write_bytes(made.as_bytes())


def _typed(draw: Random) -> Iterator[bytes]:
    """What an operation seals: parts of sentences, words of them in any order, now and then a name or a number."""
    common, *lines = (HERE / "typed.txt").read_text(encoding="utf-8").splitlines()
    changes = [json.loads(line) for line in lines if line.startswith("{")]
    notes = [one["notes"] for one in changes if one.keys() == {"notes"}]
    others = [one for one in changes if one.keys() != {"notes"}]
    said = " ".join(notes).split()
    for _ in range(SAMPLES):
        chosen = draw.random()
        if chosen < 0.1:
            yield _dense(draw.choice(others))
        elif chosen < 0.4:
            yield _dense({"notes": _part(draw, draw.choice(notes))})
        else:
            words = " ".join(draw.choice(said if chosen < 0.7 else common.split()) for _ in range(draw.randint(8, 18)))
            yield _dense({"notes": f"{words[0].upper()}{words[1:]}{draw.choice(('.', ''))}"})


def _part(draw: Random, note: str) -> str:
    start = draw.randrange(len(note) // 2)
    return note[start : start + draw.randint(40, 120)]


def _dense(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _messages(draw: Random) -> Iterator[bytes]:
    for _ in range(600):
        operations = list(_operations(draw, draw.choice((1, 2, 4, 8, 12))))
        request = SyncRequest(
            p=2, schema=2, epoch=_id(draw), prev=(draw.randint(1, 9000), _id(draw)), cols=to_columns(operations),
            cur=(_id(draw), draw.randint(1, 5000), None), want=65536,
        )  # fmt: skip
        yield request.model_dump_json(exclude_defaults=True, by_alias=True).encode()
        yield _answer(draw, operations).model_dump_json(exclude_defaults=True, by_alias=True).encode()


def _operations(draw: Random, count: int) -> Iterator[Operation]:
    seq, now, base = draw.randint(1, 5000), _MS + draw.randint(0, 10**10), draw.randint(0, 4000)
    place, made = _id(draw, now - 10**9), count_from(draw.getrandbits(62))
    day = date(2026, 1, 1) + timedelta(days=draw.randint(0, 360))
    for _ in range(count):
        now += draw.randint(60_000, 3_000_000)
        record = _counted(now - draw.randint(0, 2000), made)
        yield Operation(
            s=seq, u=_counted(now, made), kind="activity", id=record, h=(now, 0), b=base,
            f=_activity(draw, day, place, now), x=SealedChanges(names=["notes"], piece=_piece(draw)),
        )  # fmt: skip
        person = _id(draw, now - 10**10) if draw.random() < 0.8 else None
        yield Operation(
            s=seq + 1, u=_counted(now, made), kind="attendance", id=presence_id(record, person), h=(now, 1), b=base,
            f=_presence(draw, record, person, now),
        )  # fmt: skip
        seq += 2


def _activity(draw: Random, day: date, place: UUID, now: int) -> dict[str, Any]:
    topics = draw.sample([one.value for one in Topic], draw.choice((1, 1, 2)))
    fields: dict[str, Any] = {
        "created_at": now, "day": day.isoformat(), "minutes": draw.choice((15, 30, 45, 60, 90, 120)),
        "kind": draw.choice([one.value for one in ActivityKind]), "topics": {"+": sorted(topics), "-": []},
    }  # fmt: skip
    fields |= draw.choice(
        (
            {"place_kind": PlaceKind.PLACE.value, "place": str(place)},
            {"place_kind": PlaceKind.PLACE.value, "place": str(place)},
            {"place_kind": PlaceKind.HOME.value, "municipality": "48061", "postal_code": "48400"},
            {"place_kind": PlaceKind.OTHER.value, "municipality": "13055", "postal_code": "13001"},
            {"place_kind": PlaceKind.REMOTE.value},
        )
    )
    if draw.random() < 0.6:
        fields["equipment"] = {"+": [draw.choice([one.value for one in Equipment])], "-": []}
    if draw.random() < 0.5:
        fields["autonomy"] = draw.choice([one.value for one in Autonomy])
    if draw.random() < 0.3:
        fields["families"] = {"+": [draw.choice([one.value for one in ProcedureFamily])], "-": []}
    if draw.random() < 0.3:
        fields |= {"referred": True, "referral": draw.choice([one.value for one in ReferralTarget])}
    if draw.random() < 0.1:
        fields |= {"level": draw.choice([one.value for one in WorkshopLevel]), "anonymous": {"total": 6, "gender": {}}}
    return fields


def _presence(draw: Random, activity: UUID, person: UUID | None, now: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "activity": str(activity), "created_at": now, "age_band": draw.choice([one.value for one in AgeBand]),
        "gender": draw.choice([one.value for one in Gender]),
        "status": draw.choice([one.value for one in SocialStatus]),
    }  # fmt: skip
    if person:
        fields["beneficiary"] = str(person)
    if draw.random() < 0.6:
        fields |= {"municipality": "48061", "postal_code": "48400"}
    return fields


def _answer(draw: Random, operations: list[Operation]) -> SyncAnswer:
    rows = [
        Row(
            kind=one.kind, id=one.id, v=draw.randint(1, 5000), h=one.h, by=_id(draw),
            f={**_whole(one.f), "deleted": False},
            x=[Piece(u=one.u, h=one.h, names=one.x.names, piece=one.x.piece)] if one.x else [],
        )
        for one in operations
    ]  # fmt: skip
    incarnation = _id(draw)
    return SyncAnswer(
        p=2, n=draw.randbytes(12), t=_MS, inc=incarnation, ack=(draw.randint(1, 9000), _id(draw)), durable=5,
        rows=rows if draw.random() < 0.7 else [], cur=(incarnation, draw.randint(1, 5000), None), took=9, left=120,
        more=draw.random() < 0.3,
    )  # fmt: skip


def _whole(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value["+"] if isinstance(value, dict) and "+" in value else value for name, value in fields.items()}


def _piece(draw: Random) -> bytes:
    return b"\2\1" + draw.randbytes(draw.randint(40, 80))


def _id(draw: Random, ms: int | None = None) -> UUID:
    return _counted(draw.getrandbits(48) if ms is None else ms, count_from(draw.getrandbits(62)))


def _counted(ms: int, made: Iterator[int]) -> UUID:
    return UUID(int=ms << 80 | 0x7 << 76 | 0b10 << 62 | next(made))


if __name__ == "__main__":
    main()
