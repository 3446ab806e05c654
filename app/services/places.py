"""The advisor's own places of activity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app import municipalities
from app.database import Database
from app.errors import UserError
from app.folding import fold
from app.models import Place
from app.models.activity import activity
from app.models.ids import new_id
from app.models.place import place
from app.services.commands import SavePlace
from app.services.rows import PlaceRow
from app.work import Work, find


def save(database: Database, command: SavePlace) -> UUID:
    """Add a place or change it; raises UserError for each field at fault."""
    _check(command)
    with database.work() as work:
        return _save(work, command)


def add_all(database: Database, commands: Iterable[SavePlace]) -> tuple[UUID, ...]:
    """Add several places at once, all or none; raises UserError for a place that cannot be added."""
    wanted = tuple(commands)
    for command in wanted:
        _check(command)
    with database.work() as work:
        return tuple(_save(work, command) for command in wanted)


def delete(database: Database, ids: Iterable[UUID]) -> None:
    """Take places away, for instance just after an import that was not the right one."""
    with database.work() as work:
        for id_ in ids:
            kept = work.find(Place, id_)
            if kept is not None:
                work.save(replace(kept, deleted=True))


def form_of(database: Database, id_: UUID) -> SavePlace:
    """A place as the form shows it."""
    with database.read() as connection:
        kept = find(connection, Place, id_)
    if kept is None:
        raise UserError("Ce lieu n’est plus dans le carnet.")
    return SavePlace(
        id=kept.id,
        name=kept.name or "",
        address=kept.address or "",
        municipality=kept.municipality,
        postal_code=kept.postal_code,
        typology=kept.typology or "",
        siret=kept.siret or "",
        itinerant=bool(kept.itinerant),
        latitude=kept.latitude,
        longitude=kept.longitude,
        source=kept.source or "",
        source_id=kept.source_id or "",
    )


def archive(database: Database, id_: UUID, archived: bool = True) -> None:
    """Take a place out of the choices of the form, its activities keep it; or put it back."""
    with database.work() as work:
        kept = work.find(Place, id_)
        if kept is None:
            raise UserError("Ce lieu n’est plus dans le carnet.")
        work.save(replace(kept, archived=archived))


def mine(database: Database, with_archived: bool = False) -> tuple[PlaceRow, ...]:
    """The advisor's places, the most used first, then by name."""
    return tuple(
        PlaceRow(
            id=row.id,
            name=row.name or "",
            address=row.address or "",
            municipality=row.municipality,
            municipality_name=_municipality(row.municipality),
            postal_code=row.postal_code or "",
            archived=bool(row.archived),
            uses=row.uses,
        )
        for row in _by_use(database, with_archived)
    )


def names(database: Database) -> dict[UUID, str]:
    """The names of the places of the form, in the order of `mine`, without unpacking the communes of France."""
    return {row.id: row.name or "" for row in _by_use(database)}


def communes(database: Database) -> tuple[tuple[str, str], ...]:
    """INSEE code and name of the communes of the activities and of the places, by name; with its département if two."""
    at = place.c.municipality
    wanted = select(at).where(place.c.deleted.is_(False), at.is_not(None))
    where = select(activity.c.municipality).where(activity.c.deleted.is_(False), activity.c.municipality.is_not(None))
    with database.read() as connection:
        codes = connection.execute(wanted.union(where)).scalars().all()
    found = {code: municipalities.get(code) for code in codes}
    times = Counter(one.name for one in found.values() if one)
    names = {
        code: (one.name if times[one.name] < 2 else f"{one.name} ({one.department_code})") if one else code
        for code, one in found.items()
    }
    return tuple(sorted(names.items(), key=lambda pair: fold(pair[1])))


def _by_use(database: Database, with_archived: bool = False) -> Sequence[Any]:
    uses = (
        select(activity.c.place, func.count().label("uses"))
        .where(activity.c.deleted.is_(False))
        .group_by(activity.c.place)
        .subquery()
    )
    wanted = (
        select(place, func.coalesce(uses.c.uses, 0).label("uses"))
        .outerjoin(uses, uses.c.place == place.c.id)
        .where(place.c.deleted.is_(False))
        .order_by(func.coalesce(uses.c.uses, 0).desc(), place.c.name)
    )
    if not with_archived:
        wanted = wanted.where(place.c.archived.is_not(True))
    with database.read() as connection:
        return connection.execute(wanted).all()


def origins(database: Database) -> frozenset[tuple[str, str]]:
    """The source and the identifier there of every place that came from a file, archived ones included."""
    wanted = select(place.c.source, place.c.source_id).where(place.c.deleted.is_(False), place.c.source_id.is_not(None))
    with database.read() as connection:
        return frozenset((source or "", id_) for source, id_ in connection.execute(wanted))


def _check(command: SavePlace) -> None:
    faults = {}
    if not command.name.strip():
        faults["name"] = "Indiquez le nom du lieu."
    if not command.municipality:
        faults["municipality"] = "Indiquez la commune du lieu."
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def _save(work: Work, command: SavePlace) -> UUID:
    found = work.find(Place, command.id) if command.id else None
    kept = replace(
        found or Place(id=command.id or new_id()),
        name=command.name.strip(),
        address=command.address.strip() or None,
        municipality=command.municipality,
        postal_code=command.postal_code,
        typology=command.typology or None,
        siret=command.siret or None,
        itinerant=command.itinerant or None,
        latitude=command.latitude,
        longitude=command.longitude,
        source=command.source or None,
        source_id=command.source_id or None,
        archived=None,
    )
    work.save(kept)
    return kept.id


def _municipality(insee: str | None) -> str:
    found = municipalities.get(insee) if insee else None
    return found.name if found else ""
