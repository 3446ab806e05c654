"""What the notebook offers to filter by, read for the menus."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.services import beneficiaries, places, tags
from app.services.rows import PersonRow
from app.ui.filters.facets import Choice, Known, people_choices
from protocol.vocabulary import RecordKind

if TYPE_CHECKING:
    from app.database import Database

KINDS = frozenset({RecordKind.PLACE.value, RecordKind.TAG.value, RecordKind.BENEFICIARY.value})
"""The kinds of record that the menus are made of; their communes are also those of activities."""


def known(database: "Database", person: UUID | None) -> Known:
    """The places, the tags, the communes of now, and the person that a filter asks for."""

    def find(typed: str) -> tuple[Choice, ...]:
        return people_choices(beneficiaries.search(database, typed))

    return Known(
        places=places.mine(database, with_archived=True),
        tags=tags.mine(database),
        communes=places.communes(database),
        people=people(database, person),
        find=find,
    )


def people(database: "Database", person: UUID | None) -> tuple[PersonRow, ...]:
    """The person that a filter asks for, if there is one."""
    return beneficiaries.named(database, (person,)) if person else ()
