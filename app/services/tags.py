"""The advisor's own tags."""

from uuid import UUID

from sqlalchemy import func, select

from app.database import Database
from app.errors import UserError
from app.folding import fold
from app.models import Tag
from app.models.activity import activity_choice
from app.models.tag import tag
from app.services.rows import TagRow

SHORTEST, LONGEST = 3, 80
"""Characters of a tag's name (fact sheet §4.2)."""


def create(database: Database, name: str) -> UUID:
    """A new tag, or the one that already has this name; raises UserError if the name is too short or too long."""
    name = " ".join(name.split())
    if not SHORTEST <= len(name) <= LONGEST:
        sentence = f"Une étiquette compte de {SHORTEST} à {LONGEST} caractères."
        raise UserError(sentence, {"tags": sentence})
    same = next((row.id for row in mine(database) if fold(row.name) == fold(name)), None)
    if same:
        return same
    kept = Tag(name=name)
    with database.work() as work:
        work.save(kept)
    return kept.id


def mine(database: Database) -> tuple[TagRow, ...]:
    """The advisor's tags, the most used first, then by name."""
    uses = dict(_uses(database))
    with database.read() as connection:
        rows = connection.execute(select(tag.c.id, tag.c.name).where(tag.c.deleted.is_(False))).all()
    found = [TagRow(row.id, row.name or "", uses.get(str(row.id), 0)) for row in rows]
    return tuple(sorted(found, key=lambda row: (-row.uses, fold(row.name))))


def _uses(database: Database) -> list[tuple[str, int]]:
    choices = activity_choice.c
    wanted = select(choices.code, func.count()).where(choices.field == "tags").group_by(choices.code)
    with database.read() as connection:
        return [(code, uses) for code, uses in connection.execute(wanted)]
