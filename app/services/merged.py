"""The people who were found to be somebody else: whom their files lead to."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from app.models.beneficiary import beneficiary

_INTO = select(beneficiary.c.merged_into).where(beneficiary.c.id == bindparam("wanted"))
_SOURCES = select(beneficiary.c.id).where(beneficiary.c.merged_into == bindparam("wanted"))


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


def sources_of(connection: Connection, id_: UUID) -> tuple[UUID, ...]:
    """The people who were merged into one, directly or not: what erases the one for good erases them too."""
    found: list[UUID] = []
    ahead = [id_]
    while ahead:
        for one in connection.execute(_SOURCES, {"wanted": ahead.pop()}).scalars():
            if one not in found and one != id_:
                found.append(one)
                ahead.append(one)
    return tuple(found)
