"""A person leaves whose file had been made one with somebody else's: the other says again what they said before."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.forgetting import texts
from app.merges import taking_back
from app.merges.taking_back import Changes
from app.models import Beneficiary, unsaid
from app.models.base import Wire
from app.models.beneficiary import beneficiary
from app.models.local import change
from app.models.unsaid import Clean
from app.work import Work, find_all
from protocol.vocabulary import RecordKind


@dataclass(frozen=True, slots=True)
class _Unfilled:
    """What is left of a field without what came from the person; of notes written on since, without theirs."""

    filled: Changes
    notes: str

    def __call__(self, name: str, value: Wire) -> Wire:
        if name == "merge" and isinstance(value, dict) and value.get("filled"):
            pairs = {of: [self._of_field(of, one) for one in pair] for of, pair in value["filled"].items()}
            return {**value, "filled": {of: pair for of, pair in pairs.items() if pair[0] != pair[1]}}
        return self._of_field(name, value)

    def _of_field(self, name: str, value: Any) -> Any:
        before, after = self.filled.get(name, (None, None))
        if name in self.filled and value == after:
            return before
        if name == "notes" and name in self.filled and self.notes and isinstance(value, str):
            return _LINES.sub("\n\n", value.replace(self.notes, "")).strip() or None
        return value


def part(work: Work, people: Collection[Beneficiary]) -> frozenset[UUID]:
    """Take back the merges of these into people who stay: what they filled in goes, what followed them comes back.

    Every computer does it that knew of the merge and hears of the erasure, to the same end. Answers whose they were.
    """
    leaving = {one.id for one in people}
    merged = [one for one in people if one.merged_into and one.merged_into not in leaving]
    stay = find_all(work.connection, Beneficiary, [one.merged_into for one in merged if one.merged_into])
    parted = [one for one in merged if one.merged_into in stay]
    for gone in parted:
        assert gone.merged_into is not None
        notes = gone.merge or {}
        taken = _Unfilled(notes.get("filled", {}), (gone.notes or "").strip())
        _tell_without(work, gone.merged_into, taken, leaving)
        taking_back.untell_ages(work, notes.get("ages", {}))
        taking_back.move_back(work, gone.id, gone.merged_into, notes)
    return frozenset(one.id for one in parted)


def forget_former(work: Work, leaving: Collection[UUID]) -> None:
    """Take out of those who were once merged into these, and no longer are, what the merge remembered of them."""
    into = change.c.after["merged_into"].as_string()
    wanted = (change.c.kind == RecordKind.BENEFICIARY) & into.in_([str(one) for one in leaving])
    ids = work.connection.scalars(select(change.c.record_id).where(wanted).distinct()).all()
    free = [one.id for one in find_all(work.connection, Beneficiary, ids).values() if one.merged_into is None]
    _retell(work, free, _without_merges, leaving)


def _without_merges(name: str, value: Wire) -> Wire:
    return None if name == "merge" else value


def _tell_without(work: Work, id_: UUID, taken: _Unfilled, leaving: Collection[UUID]) -> None:
    """Tell a person, and the files once merged into theirs, without what came from another; so on where it went on."""
    into = select(beneficiary.c.id).where(beneficiary.c.merged_into == id_)
    kept = work.find(Beneficiary, id_)
    _retell(work, (id_, *work.connection.scalars(into).all()), taken, leaving)
    if kept is None or kept.merged_into is None:
        return
    filled: Changes = (kept.merge or {}).get("filled", {})
    went_on = {name: pair for name, pair in filled.items() if pair[1] in taken.filled.get(name, ())[1:]}
    if "notes" in filled:  # those of both: the person's alone are taken out of them
        went_on["notes"] = [None, None]
    if went_on and kept.merged_into not in leaving:
        _tell_without(work, kept.merged_into, _Unfilled(went_on, taken.notes), {*leaving, id_})


def _retell(work: Work, ids: Iterable[UUID], clean: Clean, leaving: Collection[UUID]) -> None:
    """Tell without what came of somebody those who say it, or did; anew where they still do, or have more to tell."""
    waiting = texts.waiting(work)
    for one in find_all(work.connection, Beneficiary, ids).values():
        if one.id not in leaving and unsaid.is_said(work.connection, one, clean):
            is_said = any(clean(name, value) != value for name, value in one.wire().items())
            work.retell(one, clean, is_told=is_said or one.id in waiting)


_LINES = re.compile(r"\n{3,}")
