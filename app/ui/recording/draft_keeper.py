"""Keeps what is typed of an activity as a draft, which « Ma journée » shows."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app import labels
from app.database import Database
from app.services import drafts
from app.services.commands import RecordActivity, SaveBeneficiary
from app.ui.keeper import Keeper

Content = tuple[RecordActivity, str, SaveBeneficiary | None]
"""A form, the letters typed in « Qui », and what is typed in the dialog of a person if it is open."""


class DraftKeeper(Keeper):
    """One draft for one form."""

    told = Signal(str)
    """What to say of the draft, quietly."""

    def __init__(self, database: Database, content: Callable[[], Content], form: QObject) -> None:
        super().__init__(database, form)
        self._content = content
        self._is_changed = False
        self.id: UUID | None = None

    @property
    def is_changed(self) -> bool:
        """Whether something was typed since the form was opened."""
        return self._is_changed

    def follow(self, id_: UUID | None, kept_at: datetime | None = None) -> None:
        """Keep another form from now on, which may already be a draft."""
        self.settle()
        self._is_changed = False
        self.id = id_
        self.told.emit(_kept_at(kept_at) if kept_at else "")

    def note_change(self) -> None:
        """Something was typed."""
        self._is_changed = True
        super().note_change()

    def keep(self) -> None:
        form, typed_who, person = self._content()
        self.id = drafts.keep(self._database, form, self.id, typed_who, person)
        self.told.emit(_kept_at(datetime.now()))

    def discard(self) -> None:
        """The form is not wanted: no draft of it stays."""
        if self.id is not None:
            drafts.discard(self._database, self.id)
        self.follow(None)


def _kept_at(moment: datetime) -> str:
    return f"Brouillon gardé à {labels.hour(moment)}"
