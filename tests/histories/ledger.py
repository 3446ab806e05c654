"""What was saved in a history, who still holds it, and what everybody must therefore see in the end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.models import Record
from protocol.vocabulary import RecordKind
from tests.histories.central import KeptOperation, Key
from tests.histories.computers import Queued
from tests.histories.things import Changes, Field, changes_in, value_of

Stamp = tuple[int, int, str]
KEPT_OF_THE_ERASED = {"gender", "age_band", "status", "municipality", "postal_code"}
"""What a presence keeps of a person who is erased; the whole of one that is said again says more."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One operation as its author meant it, and the values that it replaced on the screen."""

    key: Key
    changes: Changes
    replaced: Changes = field(default_factory=dict)
    is_again: bool = False
    """Whether nobody made it: a computer said again what the server had lost."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did to one record: the record before and after, and the changes."""

    before: Record | None
    after: Record
    changes: Changes


@dataclass
class Ledger:
    """Every operation by UUID, and those that each disk made or was copied with."""

    saved: dict[UUID, Saved] = field(default_factory=dict)
    made: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    promised: set[UUID] = field(default_factory=set)
    """What some disk in use, or the server, still holds: it must be on the server in the end."""
    acknowledged: set[UUID] = field(default_factory=set)
    """What the server had once, even if it was set back since."""

    def note(self, name: str, edit: Edit, before: Sequence[Queued], after: Sequence[Queued]) -> None:
        """One save: a new operation, with those it was folded with, and what the server had refused, said again."""
        key = (edit.after.record_kind, edit.after.id)
        old, new = ({one.op: one for one in queue if one.key == key} for queue in (before, after))
        (op,) = new.keys() - old.keys() or [max(new.values(), key=lambda one: one.number).op]
        folded = old.keys() - new.keys() | (old.keys() & {op})
        carried = [self.saved[one] for one in folded]
        refused = {field for one in old.values() if one.is_refused for field in self.saved[one.op].changes}
        changes: Changes = {field: value for one in carried for field, value in one.changes.items()}
        changes |= {field: value_of(edit.after, field) for field in refused}
        replaced = _replaced(edit, changes) | {field: value for one in carried for field, value in one.replaced.items()}
        self.saved[op] = Saved(key, changes | edit.changes, replaced)
        self.made[name] = self.made[name] - folded | {op}
        self.promised.add(op)
        self.promised -= folded - self.held()

    def note_erasure(self, name: str, key: Key, before: Sequence[Queued], after: Sequence[Queued]) -> None:
        """What erases a record, and what is left of operations on it: numbers, under UUIDs of their own."""
        old, new = ({one.op: one for one in queue if one.key == key} for queue in (before, after))
        for op in new.keys() - old.keys():
            self.saved[op] = Saved(key, {})
        erasing = {op for op, one in new.items() if one.erases}
        self.made[name] = self.made[name] - (old.keys() - new.keys()) | erasing
        self.promised |= erasing
        self.promised -= old.keys() - new.keys() - self.held()

    def note_by_itself(self, name: str, before: Sequence[Queued], queue: Sequence[Queued]) -> None:
        """What a computer queued by itself: what the server had lost, or what presences keep of an erased person."""
        now = {one.op for one in queue}
        for one in queue:
            if one.op in self.saved:
                continue
            if one.erases or not changes_in(one.fields):  # it leaves with a person who is gone, who left elsewhere
                self.note_erasure(name, one.key, before, queue)
                continue
            changes = changes_in(one.fields)
            is_kept = one.key[0] is RecordKind.ATTENDANCE and changes.keys() <= KEPT_OF_THE_ERASED
            same = [old.op for old in before if old.key == one.key and old.op not in now] if is_kept else []
            folded = {old for old in same if self.saved[old].changes.keys() <= changes.keys()}
            self.saved[one.op] = Saved(one.key, changes, is_again=not is_kept)
            self.made[name] = self.made[name] - folded | {one.op}
            self.promised.add(one.op)
            self.promised -= folded - self.held()

    def set_back(self, name: str, made: set[UUID], known: set[UUID]) -> None:
        """A disk holds other operations than it did: what it alone held is nobody's any more."""
        lost = self.made[name] - made
        self.made[name] = set(made)
        self.promised |= made
        self.promised -= lost - self.held() - known

    def set_server_back(self, known: set[UUID]) -> None:
        """The server knows less than it did: what no disk holds is nobody's any more."""
        self.promised &= known | self.held()

    def held(self) -> set[UUID]:
        """What the disks in use must not lose."""
        return set().union(*self.made.values())

    def winners(self, kept: Iterable[KeptOperation]) -> dict[Key, dict[Field, Any]]:
        """What each field must show: what the operation with the latest clock says, as the server kept the clocks.

        What was said again fills what nobody else says, and never wins over what somebody wrote.
        """
        merged = [one for one in kept if one.outcome == "kept" and one.has_content]
        records: dict[Key, dict[Field, Any]] = {}
        for one in sorted(merged, key=lambda one: (not self.saved[one.op].is_again, one.stamp)):
            saved = self.saved[one.op]
            records.setdefault(saved.key, {}).update({"deleted": False, **saved.changes})
        return records

    def overtaken(self, kept: Iterable[KeptOperation]) -> list[Saved]:
        """Those that replaced a value on the screen, and yet count as older than it."""
        stamps = {one.op: one.stamp for one in kept if one.outcome == "kept" and one.has_content}
        written: dict[tuple[Key, Field, Any], list[Stamp]] = defaultdict(list)
        for op, stamp in stamps.items():
            for name, value in self.saved[op].changes.items():
                written[self.saved[op].key, name, value].append(stamp)
        return [self.saved[op] for op, stamp in stamps.items() if _is_overtaken(self.saved[op], stamp, written)]


def _is_overtaken(saved: Saved, stamp: Stamp, written: dict[tuple[Key, Field, Any], list[Stamp]]) -> bool:
    """Only values that were written once say which operation they come from: yes and no do not."""
    unique = [(saved.key, name, value) for name, value in saved.replaced.items() if not isinstance(value, bool)]
    return any(one in written and min(written[one]) > stamp for one in unique)


def _replaced(edit: Edit, own: Changes) -> Changes:
    """The values on the screen that others had said, or this computer before.

    What this very operation had said so far is nobody's: another copy of the disk may still say it, and later.
    """
    if edit.before is None:
        return {}
    return {field: value_of(edit.before, field) for field in edit.changes if field not in own}
