"""Operations laid out by columns come back as they were, and columns that do not hold together are only refused."""

import copy
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocol.bodies import pack, unpack
from protocol.columns import from_columns, operations_of, to_columns
from protocol.fields import SCHEMA_VERSION
from protocol.ids import presence_id
from protocol.messages import Columns, MalformedOperation, Operation, SealedChanges, SyncRequest

A, B, V4 = UUID(int=0x019A_0000_0000_7000_8000_0000_0000_0001), UUID(int=2), UUID(int=0x4000 << 64)
IDS = (A, B, V4, UUID(int=2**128 - 1), presence_id(A, B), presence_id(A, None), presence_id(B, A))
TEXTS = [str(one) for one in IDS] + [str(A).upper(), A.hex, "#", "##", "#0", "#7", "", "Œuvre d’été"]

numbers = st.integers(-(2**60), 2**60)
texts = st.sampled_from(TEXTS) | st.text(max_size=8)
plain = st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    plain, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts, inside, max_size=3), max_leaves=6
)
names = st.sampled_from(["activity", "beneficiary", "created_at", "deleted", "minutes", "topics"]) | st.text(max_size=4)
sealed = st.builds(
    SealedChanges,
    names=st.lists(st.sampled_from(["notes", "title", "first_name"]), min_size=1, unique=True).map(sorted),
    piece=st.binary(max_size=60),
)
clocks = st.tuples(st.integers(0, 2**53 - 1) | st.integers(1_790_000_000_000, 1_790_000_009_000), st.integers(0, 3))


@st.composite
def presences(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of a presence that both sides can name, and its id."""
    activity, beneficiary = draw(st.sampled_from(IDS[:3])), draw(st.sampled_from((None, *IDS[:3])))
    fields = {"activity": str(activity), "beneficiary": str(beneficiary) if beneficiary else None}
    return {"kind": "attendance", "id": presence_id(activity, beneficiary), "f": {**draw(changes), **fields}}


changes = st.dictionaries(names, values, max_size=4)
anything = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["activity", "attendance", "tag", "unheard-of", ""]),
        "id": st.sampled_from(IDS) | st.uuids(),
        "f": changes,
    }
)


@st.composite
def pushes(draw: st.DrawFn) -> list[Operation]:
    """Operations that follow each other."""
    start = draw(st.integers(1, 2**40))
    contents = draw(st.lists(presences() | anything, min_size=1, max_size=8))
    return [
        Operation(
            s=start + place,
            u=draw(st.uuids() | st.sampled_from(IDS)),
            h=draw(clocks),
            b=draw(st.none() | st.integers(0, 5)),
            e=draw(st.booleans()),
            x=draw(st.none() | sealed),
            **content,
        )
        for place, content in enumerate(contents)
    ]


OWN_NAME = Operation(
    s=1,
    u=B,
    kind="attendance",
    id=presence_id(A, None),
    h=(5, 0),
    f={"activity": str(A), "beneficiary": None, "place": str(presence_id(A, None))},
)


@given(pushes())
@example([OWN_NAME])
def test_any_operations_come_back_as_they_were(operations: list[Operation]) -> None:
    columns = to_columns(operations)
    assert from_columns(columns) == operations
    request = SyncRequest(p=2, schema=SCHEMA_VERSION, epoch=A, cols=columns)
    assert operations_of(unpack(SyncRequest, pack(request))) == operations


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON value that can be damaged."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inside for place in places(one, (*path, key)))]


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """The columns of a push, changed in a few places."""
    said: dict[str, Any] = json.loads(to_columns(draw(pushes())).model_dump_json())
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(said)[1:]))
        holder: Any = said
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = draw(values)
        elif isinstance(holder, list) and draw(st.booleans()):
            holder.append(copy.deepcopy(holder[path[-1]]))
        else:
            del holder[path[-1]]
    return said


@given(damaged())
def test_damaged_columns_are_refused_and_nothing_worse(said: dict[str, Any]) -> None:
    try:
        read = from_columns(Columns.model_validate_json(json.dumps(said)))
    except ValueError:
        return
    first = read[0].s
    assert [one.s for one in read] == list(range(first, first + len(read)))
    assert all(isinstance(one, Operation | MalformedOperation) for one in read)


def test_as_many_operations_as_the_limit_and_no_more() -> None:
    one = to_columns([Operation(s=1, u=A, kind="tag", id=B, h=(1, 0), f={"archived": True})])
    many = one.model_copy(update={"o": [0] * 5001, "h": [1] * 5001, "u": [0] * 5001, "i": [1] * 5001})
    with pytest.raises(ValueError, match="too many"):
        from_columns(many)
    with pytest.raises(ValueError, match="none"):
        from_columns(one.model_copy(update={"o": []}))
