"""Everything that « Ma journée » shows, in one reading of a few milliseconds."""

from dataclasses import dataclass
from datetime import date

from app.database import Database
from app.services import activity_lists, case_lists, drafts, hints
from app.services.appointments import lists as appointment_lists
from app.services.appointments.rows import AppointmentRow
from app.services.mandates import lists as mandate_lists
from app.services.mandates.rows import MandateRow
from app.services.rows import ActivityRow, CaseRow, DraftRow, WeekFigures


@dataclass(frozen=True, slots=True)
class MyDay:
    """One day of the advisor."""

    today: date
    place: str
    """Name of the usual place; empty until the advisor has one."""
    drafts: tuple[DraftRow, ...]
    cases: tuple[CaseRow, ...]
    """Those whose deadline is past or near, the most urgent first."""
    appointments: tuple[AppointmentRow, ...]
    """Those of the day and until the next working day, the first to begin first."""
    mandates: tuple[MandateRow, ...]
    """Those that end within fourteen days, the first to end first."""
    activities: tuple[ActivityRow, ...]
    week: WeekFigures
    is_first: bool
    """Nothing was ever recorded in this notebook."""


def of(database: Database, today: date) -> MyDay:
    """What there is to see on a day."""
    activities = activity_lists.of_day(database, today)
    week = activity_lists.week(database, today)
    is_quiet = not activities and not week.activities
    return MyDay(
        today=today,
        place=hints.usual_place(database),
        drafts=drafts.waiting(database),
        cases=case_lists.pressing(database, today),
        appointments=appointment_lists.coming(database, today),
        mandates=mandate_lists.ending(database, today),
        activities=activities,
        week=week,
        is_first=is_quiet and not activity_lists.page(database, limit=1).total,
    )
