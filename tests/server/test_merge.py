"""Merging gives one result whatever the order in which operations arrive."""

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from protocol.messages import Operation, SealedChanges
from protocol.vocabulary import RecordKind
from server.sync.merge import MergedRecord, Source, stamp_of

RECORD = UUID(int=7)
NOW = 10_000_000


@st.composite
def an_operation(draw: st.DrawFn) -> Operation:
    fields: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "minutes": st.integers(0, 9),
                "deleted": st.booleans(),
                "topics": st.fixed_dictionaries(
                    {
                        "+": st.lists(st.sampled_from(["email", "sante"]), unique=True, max_size=2),
                        "-": st.lists(st.sampled_from(["banque", "parentalite"]), unique=True, max_size=2),
                    }
                ),
            },
        )
    )
    names = draw(st.lists(st.sampled_from(["notes", "title"]), unique=True, max_size=2).map(sorted))
    return Operation(
        s=draw(st.integers(1, 50)),
        u=draw(st.uuids()),
        kind="activity",
        id=RECORD,
        h=(draw(st.integers(0, 5)), draw(st.integers(0, 1))),
        f=fields,
        x=SealedChanges(names=names, piece=b"") if names else None,
    )


def merged(operations: list[Operation]) -> tuple[Any, ...]:
    record = MergedRecord(RecordKind.ACTIVITY, RECORD)
    for operation in operations:
        record.merge(operation, stamp_of(operation, NOW), Source(1, RECORD))
    return record.fields, record.pieces, record.is_deleted


@given(st.lists(an_operation(), max_size=6, unique_by=lambda one: one.u), st.randoms())
def test_the_order_of_arrival_changes_nothing(operations: list[Operation], random: Any) -> None:
    shuffled = list(operations)
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(operations)


@given(st.lists(an_operation(), min_size=1, max_size=6, unique_by=lambda one: one.u))
def test_each_field_shows_the_latest_operation_that_touched_it(operations: list[Operation]) -> None:
    fields, pieces, _ = merged(operations)
    touching = [one for one in operations if "minutes" in one.f]
    if touching:
        assert fields["minutes"] == max(touching, key=lambda one: stamp_of(one, NOW)).f["minutes"]
    for name in ("notes", "title"):
        sealing = [one for one in operations if one.x and name in one.x.names]
        if sealing:
            assert max(sealing, key=lambda one: stamp_of(one, NOW)).u in pieces
