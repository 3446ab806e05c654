"""The tab « Parcours »."""

from uuid import UUID

from app.ui.people.panels import PersonPanel


class HistoryPanel(PersonPanel):
    """Not written yet: the next commit fills it."""

    def show_person(self, id_: UUID) -> None:
        """Show this person."""
