"""What is said to a person about what is kept on them (RGPD, article 13), on the day they are met."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.database import Database
from app.services import access, beneficiaries, organisations


@dataclass(frozen=True, slots=True)
class Information:
    """Whose sheet it is, and who answers for the notebook."""

    person: str
    """First name then name; empty for a sheet that anybody may take."""
    advisor: str
    structure: str
    """The employer, who answers for what is kept; empty where the notebook does not know it."""
    town: str
    day: date


def gather(database: Database, id_: UUID | None, today: date) -> Information:
    """What the sheet needs; raises UserError if the person is gone."""
    known = beneficiaries.form_of(database, id_) if id_ else None
    employer = organisations.on(database, today)
    return Information(
        person=f"{known.first_name} {known.last_name}".strip() if known else "",
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
        town=f"{employer.postal_code} {employer.municipality_name}".strip() if employer else "",
        day=today,
    )
