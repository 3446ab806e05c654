"""How a person is shown in a line: the name, then what tells one Jeanne from another."""

from uuid import UUID

from app import labels
from app.services.rows import PersonRow
from app.ui.widgets.suggestion_popup import Suggestion
from protocol.vocabulary import Gender


def person_suggestion(row: PersonRow) -> Suggestion[UUID]:
    """A person as a list shows them."""
    return Suggestion(row.id, row.name, person_detail(row), "user")


def person_detail(row: PersonRow, with_history: bool = True) -> str:
    """« née en 1948 · Florac · 12 accompagnements »; without the last part where the history is shown beside."""
    born = {Gender.FEMALE: "née", Gender.MALE: "né"}.get(row.gender or Gender.UNKNOWN, "né(e)")
    parts = (
        f"{born} en {row.birth_year}" if row.birth_year else "",
        row.municipality,
        labels.count(row.accompaniments, "accompagnement") if with_history and row.accompaniments else "",
    )
    return " · ".join(filter(None, parts))
