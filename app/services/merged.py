"""The people who were found to be somebody else: whom their files lead to, and for whom something new is kept."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from app.errors import UserError
from app.models import Beneficiary
from app.models.beneficiary import beneficiary
from app.work import Work

GONE = "Cette personne n’est plus dans le carnet."

_INTO = select(beneficiary.c.merged_into).where(beneficiary.c.id == bindparam("wanted"))


def resolve(connection: Connection, id_: UUID) -> UUID:
    """Whom a person is now: the one they were merged with, and so on; themselves if they were not.

    Two computers may have merged the same two people in opposite ways: of such a circle, the smallest id.
    """
    path = [id_]
    while into := connection.execute(_INTO, {"wanted": path[-1]}).scalar_one_or_none():
        if into in path:
            return min(path[path.index(into) :])
        path.append(into)
    return path[-1]


def owner(work: Work, id_: UUID) -> Beneficiary:
    """The person for whom something new is kept, at the end of their merges; raises UserError if they are gone."""
    found = work.find(Beneficiary, resolve(work.connection, id_))
    if found is None or found.deleted:
        raise UserError(GONE)
    return found
