"""What the form asks of the notebook while one types, and how it shows what it is answered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.rows import CaseRow, PersonRow, PlaceRow, TagRow
from app.services.sheets.sheet import Theme
from app.ui.people.words import person_suggestion
from app.ui.widgets.suggestion_popup import Suggestion

LONGEST_LIST = 8
PEOPLE_WIDTH = 660
"""Of a list of people, so that what tells one from another is read whole (pixels at 100 %)."""

Titled = tuple[str, str]
"""The code of a learner sheet, and its title."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Calls that the presenter answers; the parts of the form know no notebook."""

    find_people: Callable[[str, frozenset[UUID]], Sequence[PersonRow]]
    """By the letters typed, without those already chosen."""
    person: Callable[[UUID], PersonRow | None]
    place: Callable[[UUID], PlaceRow | None]
    find_tags: Callable[[str], Sequence[TagRow]]
    tag: Callable[[UUID], TagRow | None]
    create_tag: Callable[[str], TagRow]
    """A new tag; raises UserError if its name is refused."""
    cases_of: Callable[[UUID, frozenset[UUID]], Sequence[CaseRow]] = lambda _person, _linked: ()
    """The open cases of a person, and those that are already linked."""
    sheets_on: Callable[[frozenset[Theme]], Sequence[Titled]] = lambda _themes: ()
    """The learner sheets on these themes, the most fitting first."""
    find_sheets: Callable[[str], Sequence[Titled]] = lambda _typed: ()
    sheets_called: Callable[[frozenset[str]], Sequence[Titled]] = lambda codes: [(code, code) for code in sorted(codes)]
    """The titles of the sheets that have these codes, by title."""


def people_of(
    sources: Sources, chosen: Callable[[], Iterable[UUID]] = tuple
) -> Callable[[str], Sequence[Suggestion[UUID]]]:
    """The rows of a list of people for the letters typed, without those already chosen."""
    return lambda typed: [person_suggestion(row) for row in sources.find_people(typed, frozenset(chosen()))]


def tag_suggestion(row: TagRow) -> Suggestion[UUID]:
    """A tag as a list shows it."""
    return Suggestion(row.id, row.name, f"{row.uses}\u00a0fois" if row.uses else "", "tag")
