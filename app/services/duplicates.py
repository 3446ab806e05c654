"""The people who may be twice in the notebook: found, shown side by side, told apart (`merging.py` makes them one)."""

import heapq
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select, text

from app import labels
from app.database import Database
from app.errors import UserError
from app.folding import fold
from app.models import Beneficiary
from app.models.beneficiary import beneficiary
from app.services import beneficiaries, phones
from app.services.commands import SaveBeneficiary
from app.services.field_words import said
from app.services.likeness import KEYS, Match, People, Told, compared, matched_closely, matched_exactly, told
from app.services.merge_fields import CHOSEN, FILLED
from app.services.merged import GONE, resolve
from app.services.progress import Progress
from app.services.rows import ComparedField, DuplicatePair, LikelySame, SideBySide
from app.work import Work, find

MOST = 5_000
"""Pairs proposed at once, the surest ones."""
_PART = 100
_BEGINNING = 2
"""Letters of a word that the index of the search finds at once."""


def pairs(database: Database, progress: Progress) -> tuple[DuplicatePair, ...]:
    """Everybody who may be somebody else, close names included, the surest first; raises CancelledError."""
    with database.read() as connection:
        rows = connection.execute(_COMPARED.where(~beneficiary.c.deleted)).all()
    apart = {frozenset((row.id, UUID(other))) for row in rows for other in row.distinct_from or ()}
    people = People([told(row) for row in rows])
    found = (pair for pair in _all(people, progress) if frozenset((pair.first, pair.second)) not in apart)
    surest = heapq.nlargest(MOST, found, key=attrgetter("score"))
    progress.step(len(rows), len(rows))
    return tuple(surest)


def of(database: Database, who: SaveBeneficiary | UUID) -> tuple[LikelySame, ...]:
    """Who may already be the person of a form or of a file.

    Close names count for a form, before a second file is made, where both begin by the same two letters (the page finds
    the others too); on a file only what is the same does, and those told apart from its person are left out.
    """
    with database.read() as connection:
        kept = find(connection, Beneficiary, who) if isinstance(who, UUID) else None
        one = told(kept) if kept else _typed(who) if isinstance(who, SaveBeneficiary) else None
        if one is None:
            return ()
        apart = set(kept.distinct_from or ()) if kept else set()
        match_of = matched_exactly if kept else matched_closely
        found = {
            row.id: match
            for row in _candidates(connection, one)
            if (match := match_of(one, told(row))) and not _is_apart(one, row, apart)
        }
    known = beneficiaries.named(database, tuple(sorted(found, key=lambda id_: -found[id_].score)))
    return tuple(LikelySame(row, found[row.id].alike) for row in known)


def tell_apart(database: Database, first: UUID, second: UUID) -> None:
    """They are two people: the pair is never proposed again."""
    with database.work() as work:
        _note_apart(work, first, second, True)


def take_back(database: Database, first: UUID, second: UUID) -> None:
    """Undo `tell_apart`."""
    with database.work() as work:
        _note_apart(work, first, second, False)


def side_by_side(database: Database, first: UUID, second: UUID) -> SideBySide:
    """Two people field by field; raises UserError if one of them is no longer there."""
    rows = beneficiaries.named(database, (first, second))
    with database.read() as connection:
        both = [find(connection, Beneficiary, id_) for id_ in (first, second)]
    one, other = both
    if one is None or other is None or len(rows) < 2:
        raise UserError(GONE)
    fields = []
    for name in FILLED:
        mine, theirs = one.wire()[name], other.wire()[name]
        if (mine or theirs) and name in labels.PERSON_FIELDS:
            left, right = said(name, mine, {}), said(name, theirs, {})
            is_chosen = name in CHOSEN and name != "notes"
            fields.append(ComparedField(name, labels.PERSON_FIELDS[name], left, right, is_chosen))
    return SideBySide(rows[0], rows[1], tuple(fields))


def words(alike: frozenset[str]) -> str:
    """What two people have in common: « nom, téléphone »."""
    return ", ".join(_WORDS[name] for name in KEYS if name in alike)


def _all(people: People, progress: Progress) -> Iterator[DuplicatePair]:
    for place, one in enumerate(people.people):
        if place % _PART == 0:
            progress.step(place, len(people.people))
        for other, match in people.like(one, after=place):
            yield _pair(one, other, match)


def _pair(one: Told, other: Told, match: Match) -> DuplicatePair:
    assert one.id is not None
    assert other.id is not None
    return DuplicatePair(one.id, other.id, match.alike, match.is_exact, match.is_doubtful, match.score)


def _typed(form: SaveBeneficiary) -> Told:
    """What is typed of somebody, a phone that is not whole yet left out."""
    try:
        phone = phones.canonical(form.phone) if not form.no_phone else None
    except UserError:
        phone = None
    return Told(
        id=form.id,
        last_name=compared(form.last_name),
        first_name=compared(form.first_name),
        phone=phone or "",
        email=form.email.strip().lower(),
        birth_year=form.birth_year,
    )


def _candidates(connection: Connection, one: Told) -> Iterator[Any]:
    """Those whom the index of the search knows by the beginnings of both names, by the phone or by the e-mail."""
    names = one.last_name[:_BEGINNING], one.first_name[:_BEGINNING]
    asked = ['("{}"* AND "{}"*)'.format(*names)] if all(names) else []
    asked += [f'"{fold(said)}"' for said in (one.phone, one.email) if fold(said)]
    if asked:
        yield from connection.execute(_FOUND, {"words": " OR ".join(asked)})


def _is_apart(one: Told, row: Any, apart: set[str]) -> bool:
    return row.id == one.id or str(row.id) in apart or str(one.id) in (row.distinct_from or ())


def _note_apart(work: Work, first: UUID, second: UUID, is_apart: bool) -> None:
    """Said on both sides: one of them may be changed on another computer at the same time."""
    ends = [work.find(Beneficiary, resolve(work.connection, id_)) for id_ in (first, second)]
    for one, other in zip(ends, reversed(ends), strict=True):
        if one is None or other is None:
            raise UserError(GONE)
        others = set(one.distinct_from or ()) - {str(other.id)}
        work.save(replace(one, distinct_from=sorted(others | {str(other.id)} if is_apart else others) or None))


_SHOWN = tuple(beneficiary.c[name] for name in ("id", *KEYS, "birth_year", "distinct_from"))
_COMPARED: Select[Any] = select(*_SHOWN)
_FOUND = text(
    f"""SELECT {", ".join(f"b.{one.name}" for one in _SHOWN)}
    FROM beneficiary_search s CROSS JOIN beneficiary b ON b.number = s.rowid
    WHERE s.words MATCH :words AND NOT b.deleted"""
).columns(*_SHOWN)
_WORDS = {"last_name": "nom", "first_name": "prénom", "phone": "téléphone", "email": "e-mail"}
