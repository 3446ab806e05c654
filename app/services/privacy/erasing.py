"""Erasing a person for good, at their request (RGPD, article 17) or once they have not come for a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Table, func, select

from app import erasures
from app.database import Database
from app.errors import UserError
from app.forgetting import person
from app.models import Beneficiary
from app.models.appointment import appointment
from app.models.assessment import assessment
from app.models.attendance import attendance
from app.models.ids import listed, those_listed
from app.models.mandate import mandate
from app.models.procedure_case import procedure_case
from app.services import merging
from app.services.merged import GONE
from app.work import find, find_all, get_state

COPIES_ASKED = "privacy.copies_asked"
"""When the copies made before were last asked to go, in milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would go with a person, and what would stay of them."""

    first_name: str
    last_name: str
    activities: int
    """They stay, as figures."""
    cases: int
    mandates: int
    assessments: int
    appointments: int

    @property
    def name(self) -> str:
        """First name then name."""
        return f"{self.first_name} {self.last_name}".strip()


def erase(database: Database, id_: UUID) -> None:
    """Erase a person for good, here and everywhere, from the copies of this computer too (`upkeep.py`).

    The presences stay as figures, and nothing says of whom.
    """
    with database.work() as work:
        person.erase(work, (id_,))
        work.set_state(COPIES_ASKED, database.now_ms())


def erase_again(database: Database, ids: Iterable[UUID]) -> None:
    """Erase, in a copy, those who were erased since it was made, but not those who were only merged into them then.

    What it says of it, should it be put back, counts as said when it was made: it wins over nothing written since.
    """
    with database.read() as connection:
        last_ms, _ = get_state(connection, "sync.hlc") or (database.now_ms(), 0)
        made_at = last_ms - (get_state(connection, "sync.clock_offset_ms") or 0)
    database.now_ms = lambda: made_at
    with database.work() as work:
        there = find_all(work.connection, Beneficiary, gone := frozenset(ids))
        others = find_all(work.connection, Beneficiary, set(person.with_merged(work, there)) - gone)
        for twin in others.values():
            if twin.merged_into in gone:  # those merged into the twin stay in it
                merging.give_back(work, twin)
        person.erase(work, there)
    scrub(database)


def own_up(database: Database) -> None:
    """Note no more, as erased, whoever is in the notebook: a cut, or a full disk, came before their erasure was kept.

    A copy put back later would erase them again, and nobody wants it any more perhaps.
    """
    folder = database.path.parent
    noted = erasures.noted(folder)
    with database.read() as connection:  # looked at each time, and nearly always nobody
        if not find_all(connection, Beneficiary, noted):
            return
    with database.receive() as work:  # while nobody is between the note and the commit
        erasures.unnote(folder, find_all(work.connection, Beneficiary, erasures.noted(folder)).keys())


def scrub(database: Database) -> None:
    """Write the file anew if anybody was erased since the last time, so that none of its pages shows them."""
    with database.read() as connection:
        is_due = get_state(connection, person.UNSCRUBBED)
    if is_due and database.scrub():
        with database.receive() as work:
            work.set_state(person.UNSCRUBBED, None)


def leaving(database: Database, id_: UUID) -> Leaving:
    """What erasing a person would take away; raises UserError if they are gone already."""
    with database.read() as connection:
        known = find(connection, Beneficiary, id_)
        if known is None:
            raise UserError(GONE)

        def count(table: Table) -> int:
            owned = table.c.beneficiary.in_(those_listed()), table.c.deleted.is_(False)
            counted = select(func.count()).select_from(table).where(*owned)
            return int(connection.execute(counted, {"ids": listed((id_,))}).scalar_one())

        return Leaving(
            known.first_name or "",
            known.last_name or "",
            *(count(table) for table in (attendance, procedure_case, mandate, assessment, appointment)),
        )
