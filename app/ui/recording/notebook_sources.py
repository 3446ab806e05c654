"""What the form asks of the notebook, answered by its services."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from app.database import Database
from app.folding import fold
from app.services import beneficiaries, case_lists, places, tags
from app.services.rows import CaseRow, PersonRow, PlaceRow, TagRow
from app.services.sheets import library
from app.services.sheets.library import SheetFilter
from app.ui.recording.sources import LONGEST_LIST, Sources, Titled


def sources_of(database: Database, today: Callable[[], date] = date.today) -> Sources:
    """The calls that the parts of the form need."""

    def person(id_: UUID) -> PersonRow | None:
        return next(iter(beneficiaries.named(database, (id_,))), None)

    def place(id_: UUID) -> PlaceRow | None:
        return next((row for row in places.mine(database, with_archived=True) if row.id == id_), None)

    def tag(id_: UUID) -> TagRow | None:
        return next((row for row in tags.mine(database) if row.id == id_), None)

    def find_tags(typed: str) -> list[TagRow]:
        wanted = f" {fold(typed)}"
        return [row for row in tags.mine(database) if wanted in f" {fold(row.name)}"]

    def create_tag(name: str) -> TagRow:
        created = tags.create(database, name)
        return tag(created) or TagRow(created, name, 0)

    def cases_of(person: UUID, linked: frozenset[UUID]) -> list[CaseRow]:
        rows = case_lists.of_person(database, person, today())
        return [row for row in rows if row.is_open or row.id in linked]

    def find_sheets(typed: str) -> list[Titled]:
        answers = library.listed(database, SheetFilter(typed))
        return [(one.code, one.title) for one in answers[:LONGEST_LIST]]

    return Sources(
        find_people=lambda typed, without: beneficiaries.search(database, typed, LONGEST_LIST, without),
        person=person,
        place=place,
        find_tags=find_tags,
        tag=tag,
        create_tag=create_tag,
        cases_of=cases_of,
        sheets_on=lambda themes: [(one.code, one.title) for one in library.suited(database, themes)],
        find_sheets=find_sheets,
        sheets_called=lambda codes: tuple(library.titles(database, codes).items()),
    )
