"""Making one file of two of the same person, and taking it back.

The file kept wins, what it does not say is filled in, and all that followed the other person follows it. The other file
is deleted, leads to it (`merged_into`), and remembers what was moved and filled (`merge`), on every computer. What
arrives later for it, from a computer that did not know, is moved by `follow`.
Source of the rule: « La Coop de la médiation numérique », merging (fact sheet §2.4).
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, Text, cast, exists, select, union

from app.database import Database
from app.errors import UserError
from app.merges import taking_back
from app.models import Beneficiary
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.local import TYPED, draft, state
from app.services import merge_fields, merge_moves, merged
from app.services.commands import MergePeople
from app.work import Work

_SAME = "C’est la même fiche\u00a0: choisissez deux personnes."
_NO_SOURCE = "La fiche à fusionner n’est plus dans le carnet."
_NO_TARGET = "La fiche à garder n’est plus dans le carnet."
_NOT_MERGED = "Cette fiche n’est pas fusionnée avec une autre."


def merge_all(database: Database, commands: Iterable[MergePeople]) -> tuple[UUID, ...]:
    """Make one file of the two of each pair, all or none; answers the files that are gone, for `unmerge_all`.

    Raises UserError where one of the people is no longer there.
    """
    done = []
    with database.work() as work:
        for command in commands:
            if command.kept == command.gone:
                raise UserError(_SAME)
            kept_id = merged.resolve(work.connection, command.kept)
            gone = work.find(Beneficiary, command.gone)
            if gone is not None and merged.resolve(work.connection, gone.id) == kept_id != gone.id:
                continue  # two pairs of the same three people
            if gone is None or gone.deleted:
                raise UserError(_NO_SOURCE)
            kept = work.find(Beneficiary, kept_id)
            if kept is None or kept.deleted:
                raise UserError(_NO_TARGET)
            if kept.id != gone.id:
                _absorb(work, kept, gone, command.take)
                done.append(gone.id)
    return tuple(done)


def unmerge_all(database: Database, ids: Iterable[UUID]) -> None:
    """Give back both files as they were before each merge, the latest first; what the advisor changed since stays.

    All or none; raises UserError for a file that is not merged, or whose other file was itself merged since.
    """
    with database.work() as work:
        for id_ in reversed(tuple(ids)):
            _unmerge(work, id_)


def give_back(work: Work, gone: Beneficiary) -> None:
    """Give a merged person their file back, and the other one what it said before."""
    assert gone.merged_into is not None
    notes = gone.merge or {}
    work.save(replace(gone, deleted=False, merged_into=None, merge=None))
    kept = work.find(Beneficiary, gone.merged_into)
    if kept is not None:
        work.save(taking_back.without(kept, notes.get("filled", {})))
        taking_back.untell_ages(work, notes.get("ages", {}))
    taking_back.move_back(work, gone.id, gone.merged_into, notes)


def resolve(database: Database, id_: UUID) -> UUID:
    """Whom a person is now: the one they were merged with, or themselves."""
    with database.read() as connection:
        return merged.resolve(connection, id_)


def is_anybody_merged(database: Database) -> bool:
    """Whether there is anything to `follow`."""
    with database.read() as connection:
        return bool(connection.scalar(select(exists().where(beneficiary.c.merged_into.is_not(None)))))


def follow(database: Database) -> int:
    """Move what speaks of people merged, recorded where that was not known; answers for how many.

    Every computer does it, to the same end: what it writes is the same everywhere.
    """
    with database.read() as connection:
        if not _strays(connection):
            return 0
    with database.work() as work:
        strays = _strays(work.connection)
        for id_ in strays:
            _follow(work, id_)
    return len(strays)


def _absorb(work: Work, kept: Beneficiary, gone: Beneficiary, take: Iterable[str]) -> None:
    """Fill in the file kept, move what followed the other person, and keep what it takes to undo it."""
    notes = dict(gone.merge or {}) if gone.merged_into else {}
    filled = dict(notes.get("filled", {}))
    both = merge_fields.combined(kept, gone, frozenset(take))
    for name, (before, after) in merge_fields.changes(kept, both).items():
        filled[name] = [filled[name][0] if name in filled else before, after]
    work.save(both)
    if both.birth_year and both.birth_year != kept.birth_year:
        notes["ages"] = {**merge_moves.tell_ages(work, both), **notes.get("ages", {})}
    notes = merge_moves.move(work, gone.id, both, {**notes, "filled": filled})
    _put_away(work, replace(gone, deleted=True, merged_into=gone.merged_into or kept.id, merge=notes))


def _put_away(work: Work, gone: Beneficiary) -> None:
    """Delete a file that is merged; one that was, and changes, says so again: the edit would bring it back."""
    found = work.find(Beneficiary, gone.id)
    if found == gone:
        return
    if found is not None and found.deleted:
        work.save(replace(gone, deleted=False))
    work.save(gone)


def _unmerge(work: Work, id_: UUID) -> None:
    gone = work.find(Beneficiary, id_)
    if gone is None or gone.merged_into is None:
        raise UserError(_NOT_MERGED)
    kept = work.find(Beneficiary, gone.merged_into)
    if kept is not None and kept.merged_into is not None:
        name = f"{kept.first_name or ''} {kept.last_name or ''}".strip()
        raise UserError(f"La fiche de {name} a été fusionnée à son tour\u00a0: défaites d’abord cette fusion-là.")
    give_back(work, gone)


def _follow(work: Work, id_: UUID) -> None:
    gone, into = work.find(Beneficiary, id_), merged.resolve(work.connection, id_)
    assert gone is not None
    if into == id_:  # two computers merged the same people in opposite ways: this one stays
        _put_back(work, gone)
        return
    kept = work.find(Beneficiary, into)
    if kept is None:  # not arrived yet
        return
    if not gone.deleted:  # changed where the merge was not known
        take = merge_fields.taken_since(kept, gone, (gone.merge or {}).get("filled", {}))
        _absorb(work, kept, gone, take)
        return
    notes = merge_moves.move(work, id_, kept, gone.merge or {})
    _put_away(work, replace(gone, merge=notes))


def _put_back(work: Work, person: Beneficiary) -> None:
    work.save(replace(person, deleted=False, merged_into=None, merge=None))


def _strays(connection: Connection) -> list[UUID]:
    """The merged people of whom something still speaks, who were changed since, or whose circle leads nowhere."""
    rows = connection.execute(_MERGED).all()
    if not rows:
        return []
    spoken_of = set(connection.execute(_SPOKEN_OF).scalars())
    typed = " ".join(connection.execute(_TYPED).scalars())
    known = set(connection.execute(select(beneficiary.c.id).where(beneficiary.c.id.in_(_TARGETS))).scalars())
    strays = []
    for row in rows:
        is_lost = merged.resolve(connection, row.id) == row.id
        is_spoken_of = not row.deleted or row.id in spoken_of or str(row.id) in typed
        if is_lost or (is_spoken_of and row.merged_into in known):
            strays.append(row.id)
    return strays


_MERGED = select(beneficiary.c.id, beneficiary.c.merged_into, beneficiary.c.deleted).where(
    beneficiary.c.merged_into.is_not(None)
)
_OF_MERGED = select(beneficiary.c.id).where(beneficiary.c.merged_into.is_not(None))
_TARGETS = select(beneficiary.c.merged_into).where(beneficiary.c.merged_into.is_not(None))
_SPOKEN_OF = union(
    *(
        select(table.c.beneficiary).where(~table.c.deleted, table.c.beneficiary.in_(_OF_MERGED))
        for table in (attendance, *(cls.table for cls in taking_back.FOLLOWING.values()))
    )
)
_TYPED = union(select(cast(draft.c.form, Text)), select(state.c.key).where(state.c.key.startswith(TYPED)))
