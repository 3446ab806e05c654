"""Joins the tags of the settings with the notebook."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from app.errors import AppError, UserError
from app.services import tags
from app.ui.desk import Desk
from app.ui.preferences.tags_section import TagsSection


class TagsPresenter(QObject):
    """Creates, renames and deletes tags."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.section = TagsSection()
        self.section.created.connect(self._create)
        self.section.renamed.connect(self._rename)
        self.section.deletion_asked.connect(self._delete)

    def refresh(self) -> None:
        """Show the tags as they are now."""
        self._desk.attempt(lambda: self.section.show_tags(tags.mine(self._desk.database)))

    def _create(self, name: str) -> None:
        if self._try(lambda: tags.create(self._desk.database, name)):
            self.section.new.clear()

    def _rename(self, id_: UUID, name: str) -> None:
        if self._try(lambda: tags.rename(self._desk.database, id_, name)):
            self.refresh()

    def _delete(self, id_: UUID) -> None:
        database = self._desk.database
        if self._try(lambda: tags.delete(database, id_)):
            self._desk.said.emit("Étiquette supprimée", lambda: tags.restore(database, id_))

    def _try(self, call: Callable[[], object]) -> bool:
        """Make a call; a refused name is told beside the names, the rest at the bottom of the window."""
        try:
            call()
        except UserError as error:
            self.section.say(str(error))
        except AppError as error:
            self._desk.said.emit(str(error), None)
        else:
            return True
        return False
