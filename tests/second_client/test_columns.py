"""Whatever operations the second client lays out by columns, a third device reads what they meant."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from protocol.fields import FIELDS
from protocol.vocabulary import Equipment, ProcedureFamily, RecordKind, Topic
from tests.second_client.client import Client
from tests.second_client.fields import SETS
from tests.second_client.mixed import Mixed
from tests.second_client.operations import Key, Operation, presence_id
from tests.second_client.wire import Message

Stamp = tuple[int, int, str]
WORDS = {"topics": Topic, "families": ProcedureFamily, "equipment": Equipment}
CODED = {"kind", "place_kind", "autonomy", "referral", "level", "age_band", "gender", "status", "family"}
"""Fields whose words come from a closed list: one of them says nothing more about columns than another."""

LATEST = 1_760_000_000_000
"""A time that no clock of a test has to wait for."""

numbers = st.integers(-(2**53) + 1, 2**53 - 1)
ordinary = st.uuids().map(str)
texts = st.one_of(
    ordinary,
    ordinary.map(str.upper),
    ordinary.map(lambda one: one.replace("-", "")),
    ordinary.map(lambda one: f"#{one}"),
    st.sampled_from(["", "#", "##", "#0", "#1", "##0", "été", "\u2028", "anonyme"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)
values = st.one_of(st.none(), st.booleans(), numbers, st.floats(-(2**53) + 1, 2**53 - 1), texts)
counters = st.dictionaries(
    st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=8), numbers, max_size=3
)
records = st.sampled_from([UUID(int=0), UUID(int=2**128 - 1), uuid5(NAMESPACE_DNS, "a"), UUID(int=LATEST << 80)])
sealed_values = st.recursive(values, lambda one: st.lists(one, max_size=3), max_leaves=5)


def open_values(name: str) -> st.SearchStrategy[Any]:
    """What the server takes for one open field."""
    if name == "deleted":
        return st.booleans()
    if name in CODED:
        return st.none()
    if name == "anonymous":
        return st.dictionaries(st.sampled_from(["total", "gender"]), st.one_of(numbers, counters), max_size=2)
    words = st.sampled_from([str(word) for word in WORDS[name]]) if name in WORDS else texts.filter(bool)
    if name in SETS:
        return st.fixed_dictionaries({"+": st.lists(words, max_size=3), "-": st.lists(words, max_size=3)})
    return values


def changes(names: frozenset[str], of: Any) -> st.SearchStrategy[Message]:
    """Some of these fields, each with a value."""
    return st.sets(st.sampled_from(sorted(names)), max_size=4).flatmap(
        lambda some: st.fixed_dictionaries({name: of(name) for name in sorted(some)})
    )


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """One operation that says something, on one of a few records."""
    kind = draw(st.sampled_from(sorted(RecordKind)))
    clock = (draw(st.one_of(st.just(0), st.integers(0, LATEST))), draw(st.integers(0, 2**31 - 1)))
    operation = Operation(
        draw(st.uuids()), str(kind), draw(records), clock, draw(st.none() | st.integers(0, 2**53 - 1))
    )
    operation.erases = draw(st.sampled_from([False] * 9 + [True]))
    if not operation.erases:
        operation.open = draw(changes(FIELDS[kind].open, open_values))
        if FIELDS[kind].sealed:
            operation.sealed = draw(changes(FIELDS[kind].sealed, lambda _: sealed_values))
        if not operation.says_something:
            operation.open = {"deleted": False}
        if kind == "attendance" and draw(st.booleans()):
            beneficiary = draw(st.none() | ordinary)
            operation.open |= {"activity": draw(ordinary), "beneficiary": beneficiary}
            made = presence_id(operation.open["activity"], beneficiary)
            operation.id = draw(st.sampled_from([made, operation.id]))
    return operation


@dataclass
class Meant:
    """What a record comes to: the latest value of each field, and of each element of a set."""

    values: dict[str, tuple[Stamp, Any]] = field(default_factory=dict)
    elements: dict[str, dict[str, tuple[Stamp, bool]]] = field(default_factory=dict)

    def take(self, operation: Operation) -> None:
        """Lay one operation over the others."""
        stamp = (*operation.clock, operation.u.hex)
        for name, value in {**operation.open, **operation.sealed}.items():
            if isinstance(value, dict) and name in FIELDS[RecordKind(operation.kind)].sets:
                known = self.elements.setdefault(name, {})
                for element, is_in in [(one, sign == "+") for sign in "-+" for one in value[sign]]:
                    known[element] = max(known.get(element, (stamp, is_in)), (stamp, is_in))
            else:
                self.values[name] = max(self.values.get(name, (stamp, value)), (stamp, value), key=lambda one: one[0])

    def fields(self) -> Message:
        """As a device shows them."""
        stamps = [one[0] for one in self.values.values()]
        stamps += [one[0] for known in self.elements.values() for one in known.values()]
        fields = {name: value for name, (_, value) in self.values.items()}
        sets = {name: sorted(e for e, (_, is_in) in known.items() if is_in) for name, known in self.elements.items()}
        is_deleted = bool(fields.get("deleted")) and self.values["deleted"][0] >= max(stamps)
        return {**fields, **sets, "deleted": is_deleted}


def meant(drawn: list[Operation]) -> dict[Key, Message | None]:
    """What each record comes to, None for one that was erased."""
    erased = {operation.key for operation in drawn if operation.erases}
    records: dict[Key, Meant] = {}
    for operation in drawn:
        records.setdefault(operation.key, Meant()).take(operation)
    return {key: None if key in erased else record.fields() for key, record in records.items()}


def as_json(value: Any) -> str:
    """So that true is not 1, while 1.0 and 1 are the same number, as in JSON."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{as_json(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_json, value)) + "]"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return json.dumps(float(value) + 0.0 if is_number else value)


def begin_anew(mixed: Mixed, *clients: Client) -> None:
    """An empty notebook on both sides."""
    with mixed.server.database.transaction() as connection:
        for table in ("operation", "record"):
            connection.execute(text(f"DELETE FROM {table} WHERE notebook = :id"), {"id": mixed.notebook})
    for client in clients:
        client.notebook.rows.clear()
        client.notebook.kept.clear()
        client.epoch, client.acknowledged, client.last = uuid4(), 0, None


def bases_in(mixed: Mixed) -> dict[UUID, int | None]:
    """What the server was told that the device had received, which no other device is told."""
    with mixed.server.database.transaction() as connection:
        query = text("SELECT op, base FROM operation WHERE notebook = :id AND fields IS NOT NULL")
        return {row.op: row.base for row in connection.execute(query, {"id": mixed.notebook})}


def test_what_a_third_device_reads_is_what_was_meant(mixed: Mixed) -> None:
    writer, reader = mixed.client(), mixed.client()

    @settings(max_examples=50, suppress_health_check=list(HealthCheck))
    @given(st.lists(operations(), min_size=1, max_size=12, unique_by=lambda one: one.u))
    def understood(drawn: list[Operation]) -> None:
        begin_anew(mixed, writer, reader)
        for one in drawn:
            one.piece = writer.notebook.keyring.seal(one.u, one.key, one.sealed) if one.sealed else b""
        writer.notebook.outbox = list(drawn)
        writer.sync()
        reader.sync()
        assert not [one for one in drawn if one.refused]
        assert bases_in(mixed).items() <= {one.u: one.base for one in drawn}.items()
        for key, fields in meant(drawn).items():
            assert as_json(reader.notebook.fields_of(key)) == as_json(fields)
            assert as_json(writer.notebook.fields_of(key)) == as_json(fields)

    understood()
