"""The advisor's own tags."""

from dataclasses import replace
from typing import Any
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
    name = _checked(name)
    same = _named(database, name)
    if same:
        return same
    kept = Tag(name=name)
    with database.work() as work:
        work.save(kept)
    return kept.id


def rename(database: Database, id_: UUID, name: str) -> None:
    """Give a tag another name, for all its activities; raises UserError if the name is refused or taken."""
    name = _checked(name)
    if _named(database, name) not in (None, id_):
        sentence = "Une autre étiquette porte déjà ce nom\u00a0: choisissez-en un autre."
        raise UserError(sentence, {"tags": sentence})
    _change(database, id_, name=name)


def delete(database: Database, id_: UUID) -> None:
    """Take a tag away, from its activities too; `restore` brings it back with them."""
    _change(database, id_, deleted=True)


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted tag back."""
    _change(database, id_, deleted=False)


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


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not SHORTEST <= len(name) <= LONGEST:
        sentence = f"Une étiquette compte de {SHORTEST} à {LONGEST} caractères."
        raise UserError(sentence, {"tags": sentence})
    return name


def _named(database: Database, name: str) -> UUID | None:
    return next((row.id for row in mine(database) if fold(row.name) == fold(name)), None)


def _change(database: Database, id_: UUID, **changes: Any) -> None:
    with database.work() as work:
        kept = work.find(Tag, id_)
        if kept is None:
            raise UserError("Cette étiquette n’est plus dans le carnet.")
        work.save(replace(kept, **changes))
