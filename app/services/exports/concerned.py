"""How much an export would hold, said before it is made."""

from app.database import Database
from app.services import activity_lists
from app.services.commands import ActivityFilter
from app.services.exports import accompaniments, beneficiaries
from app.services.exports.requests import ExportKind


def concerned(database: Database, what: ExportKind, filter_: ActivityFilter) -> int:
    """How many accompaniments the list, or the figures, count; how many people; of the whole notebook, activities."""
    if what is ExportKind.NOTEBOOK:
        return activity_lists.page(database, limit=0).total
    with database.read() as connection:
        if what is ExportKind.BENEFICIARIES:
            return beneficiaries.count(connection, filter_)
        return accompaniments.count(connection, filter_)
