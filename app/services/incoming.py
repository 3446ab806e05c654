"""What came to this computer and cannot be read yet, in the words of the advisor."""

from sqlalchemy import select

from app import labels
from app.database import Database
from app.models.local import held_row
from protocol.vocabulary import RecordKind

_WAITS = ("élément reçu ne peut pas encore être lu", "éléments reçus ne peuvent pas encore être lus")
_FOR_A_KEY = (
    "la clé n’est pas encore arrivée ici. Ouvrez Passerelle, avec le réseau, sur un autre ordinateur du carnet\u00a0: "
    "elle viendra toute seule."
)
_FOR_A_PROGRAM = "il faut une version plus récente de Passerelle. Mettez le programme à jour."


def unreadable(database: Database) -> tuple[str, ...]:
    """One sentence for each cause: how many rows are held, why, and what to do."""
    known = {kind.value for kind in RecordKind}
    with database.read() as connection:
        kinds = connection.execute(select(held_row.c.kind)).scalars().all()
    without_key = sum(kind in known for kind in kinds)
    counts = {_FOR_A_KEY: without_key, _FOR_A_PROGRAM: len(kinds) - without_key}
    return tuple(f"{labels.count(number, *_WAITS)}\u00a0: {why}" for why, number in counts.items() if number)
