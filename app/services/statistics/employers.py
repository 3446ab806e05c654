"""For which employer the work was done: the one whose contract had last begun on the day."""

from bisect import bisect_right
from datetime import date

from sqlalchemy import Connection, select

from app.models.organisation import organisation
from app.services.statistics.days import Days
from app.services.statistics.definitions import NAMELESS, NO_EMPLOYER
from app.services.statistics.figures import Unit
from app.services.statistics.lists import Breakdowns, opened
from app.services.statistics.tallies import Weights


def worked_for(connection: Connection, days: Days, total: int) -> Breakdowns:
    """The work of each day by its employer."""
    rows = connection.execute(_EMPLOYERS).all()
    employers = sorted((row.since or date.min, str(row.id)) for row in rows)
    starts = [since for since, _ in employers]
    counted = Weights()
    for day, count in days.items():
        code = ""
        if employers and day:
            code = employers[bisect_right(starts, max(day, starts[0])) - 1][1]
        counted.add(code, count.accompaniments, count.activities, count.minutes)
    names = {str(row.id): row.name or NAMELESS for row in rows}
    return {"organisations": opened("organisations", names, counted, Unit.ACCOMPANIMENTS, total, NO_EMPLOYER)}


_EMPLOYERS = select(organisation.c.id, organisation.c.name, organisation.c.since).where(
    organisation.c.deleted.is_(False)
)
