"""The people of one page, as a table."""

from PySide6.QtCore import QObject

from app import labels
from app.services.rows import PersonLine
from app.ui.people.words import person_detail
from app.ui.widgets.column_table import ColumnTable
from app.ui.widgets.column_view import Column

NEVER = "Jamais"

COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("Nom", lambda line: line.person.last_name, "name", 150, weight=3),
    Column("Prénom", lambda line: line.person.first_name, "first_name", 120, weight=2),
    Column("Naissance", lambda line: str(line.person.birth_year or ""), "birth_year", 108, is_figure=True, sheds=3),
    Column("Commune", lambda line: line.person.municipality, "municipality", 130, weight=2, sheds=1),
    Column("Téléphone", lambda line: line.person.phone, None, 148, sheds=4),
    Column(
        "Accompagnements",
        lambda line: labels.figure(line.person.accompaniments),
        "accompaniments",
        158,
        is_figure=True,
    ),
    Column(
        "Dernier contact",
        lambda line: labels.short_day(line.last_came) if line.last_came else NEVER,
        "last_came",
        146,
        sheds=2,
        is_date=True,
    ),
)


class PeopleTable(ColumnTable[PersonLine]):
    """The rows of a page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent=parent)

    def spoken(self, row: PersonLine) -> str:
        return f"{row.person.name}, {person_detail(row.person)}"
