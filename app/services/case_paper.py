"""What is printed of a case for the person: « Ma démarche »."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.database import Database
from app.services import access, beneficiaries, case_lists, hints, organisations
from app.services.rows import CaseDetail


@dataclass(frozen=True, slots=True)
class CasePaper:
    """One case, and who helps with it where."""

    detail: CaseDetail
    person: str
    """First name then name, as the person is called."""
    drawn_up_on: date
    advisor: str
    structure: str
    place: str
    """The advisor's usual place."""


def gather(database: Database, id_: UUID, today: date) -> CasePaper:
    """What to print of a case; raises UserError if it is gone."""
    detail = case_lists.detail(database, id_, today)
    known = beneficiaries.named(database, (detail.row.beneficiary,))
    employer = organisations.on(database, today)
    return CasePaper(
        detail=detail,
        person=f"{known[0].first_name} {known[0].last_name}".strip() if known else detail.row.person,
        drawn_up_on=today,
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
        place=hints.usual_place(database),
    )
