"""Who wrote what: the advisors, by the computers they work on."""

from uuid import UUID

from sqlalchemy import Connection, select

from app.models.computer import computer


def names_in(connection: Connection) -> dict[UUID, str]:
    """The advisor of each computer that gave one, those that are gone too."""
    wanted = select(computer.c.id, computer.c.advisor).where(computer.c.advisor.is_not(None))
    return {row.id: row.advisor for row in connection.execute(wanted)}
