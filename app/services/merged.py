"""The people who were found to be somebody else: whom their files lead to."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from app.models.beneficiary import beneficiary

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
