"""What is printed of an assessment for the person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.database import Database
from app.services import access, beneficiaries, hints, organisations
from app.services.assessments import advice, history
from app.services.assessments.history import AssessmentRow


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """One assessment, the one before it, and who helps where."""

    row: AssessmentRow
    before: AssessmentRow | None
    person: str
    """First name then name, as the person is called."""
    sheets: tuple[str, ...]
    """Titles of the sheets to try."""
    advisor: str
    structure: str
    place: str
    """The advisor's usual place."""


def gather(database: Database, id_: UUID, today: date) -> ResultPaper:
    """What to print of an assessment; raises UserError if it is gone."""
    row = history.one(database, id_)
    known = beneficiaries.named(database, (row.beneficiary,))
    employer = organisations.on(database, today)
    return ResultPaper(
        row=row,
        before=history.before(history.of_person(database, row.beneficiary), row),
        person=f"{known[0].first_name} {known[0].last_name}".strip() if known else "",
        sheets=tuple(one.title for one in advice.sheets_for(database, advice.aims(row.answers))),
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
        place=hints.usual_place(database),
    )
