"""The structures that employ the advisor, one after the other: an activity is of the one whose contract had begun."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app import labels, municipalities
from app.database import Database
from app.errors import UserError
from app.models import Organisation
from app.models.ids import new_id
from app.models.organisation import organisation
from app.services.commands import SaveOrganisation
from app.services.rows import OrganisationRow
from app.services.sirets import siret_of
from app.work import find

LONGEST = 150
"""Characters of a name."""
_GONE = "Cet employeur n’est plus dans le carnet."


def save(database: Database, command: SaveOrganisation) -> UUID:
    """Add an employer or change it; raises UserError for each field at fault."""
    faults = dict(_faults(command, mine(database)))
    if faults:
        raise UserError(" ".join(faults.values()), faults)
    with database.work() as work:
        found = work.find(Organisation, command.id) if command.id else None
        kept = replace(
            found or Organisation(id=command.id or new_id()),
            name=_tidied(command.name),
            municipality=command.municipality,
            postal_code=command.postal_code,
            siret=siret_of(command.siret),
            since=command.since,
        )
        work.save(kept)
    return kept.id


def delete(database: Database, id_: UUID) -> None:
    """Take an employer away: its activities are then of the one before; `restore` brings it back."""
    _change(database, id_, deleted=True)


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted employer back."""
    _change(database, id_, deleted=False)


def form_of(database: Database, id_: UUID) -> SaveOrganisation:
    """An employer as the form shows it."""
    with database.read() as connection:
        kept = find(connection, Organisation, id_)
    if kept is None:
        raise UserError(_GONE)
    return SaveOrganisation(
        id=kept.id,
        name=kept.name or "",
        municipality=kept.municipality,
        postal_code=kept.postal_code,
        siret=kept.siret or "",
        since=kept.since,
    )


def mine(database: Database) -> tuple[OrganisationRow, ...]:
    """The advisor's employers, that of now first."""
    wanted = select(organisation).where(organisation.c.deleted.is_(False))
    with database.read() as connection:
        found = connection.execute(wanted.order_by(organisation.c.since.desc(), organisation.c.number.desc())).all()
    return tuple(_rows(found))


def on(database: Database, day: date) -> OrganisationRow | None:
    """The employer on a day: the one whose contract had last begun; None before the first one."""
    return next((row for row in mine(database) if row.since is None or row.since <= day), None)


def _rows(found: Sequence[Any]) -> Iterator[OrganisationRow]:
    following: date | None = None
    for row in found:
        known = municipalities.get(row.municipality) if row.municipality else None
        yield OrganisationRow(
            id=row.id,
            name=row.name or "",
            municipality=row.municipality,
            municipality_name=known.name if known else "",
            postal_code=row.postal_code or "",
            siret=row.siret or "",
            since=row.since,
            last=following - timedelta(days=1) if following else None,
        )
        following = row.since


def _faults(command: SaveOrganisation, known: Sequence[OrganisationRow]) -> Iterator[tuple[str, str]]:
    name = _tidied(command.name)
    if not name:
        yield "name", "Indiquez le nom de votre employeur."
    elif len(name) > LONGEST:
        yield "name", f"Le nom compte au plus {LONGEST} caractères."
    if not command.municipality:
        yield "municipality", "Indiquez la commune de votre employeur."
    if command.siret.strip() and siret_of(command.siret) is None:
        yield "siret", "Ce numéro SIRET n’est pas valable\u00a0: vérifiez ses 14 chiffres, ou laissez-le vide."
    same = next((row for row in known if row.since == command.since and row.id != command.id), None)
    if same:
        since = f"le {labels.short_day(command.since)}" if command.since else "sans date de début"
        yield "since", f"«\u00a0{same.name}\u00a0» commence déjà {since}\u00a0: indiquez une autre date."


def _tidied(name: str) -> str:
    return " ".join(name.split())


def _change(database: Database, id_: UUID, deleted: bool) -> None:
    with database.work() as work:
        kept = work.find(Organisation, id_)
        if kept is None:
            raise UserError(_GONE)
        work.save(replace(kept, deleted=deleted))
