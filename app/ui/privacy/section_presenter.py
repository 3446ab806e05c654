"""Joins the settings of confidentiality with the notebook."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject

from app.services.privacy import consent, retention_of_people
from app.ui.desk import Desk
from app.ui.privacy.erase_dialog import ErasurePresenter
from app.ui.privacy.section import PrivacySection
from app.ui.privacy.sheet_presenter import information_sheet_for


class PrivacySectionPresenter(QObject):
    """Follows who is coming, and answers the gestures of the section."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.section = PrivacySection()
        self.section.automatic_chosen.connect(self._set_automatic)
        self.section.sheet_asked.connect(lambda: information_sheet_for(desk, None, self.section).open())
        self.section.person_asked.connect(desk.person_asked)
        self.section.keep_asked.connect(self._keep)
        self.section.erasure_asked.connect(self._erase)

    def refresh(self) -> None:
        """Show who is coming, and remember that they were shown."""
        self._desk.attempt(self._show)

    def _show(self) -> None:
        database, today = self._desk.database, date.today()
        coming = retention_of_people.coming(database, today)
        self.section.show_people(coming, retention_of_people.is_automatic(database), today)
        retention_of_people.note_shown(database, coming, today)

    def _set_automatic(self, is_wanted: bool) -> None:
        self._desk.attempt(lambda: retention_of_people.set_automatic(self._desk.database, is_wanted))

    def _keep(self, id_: UUID) -> None:
        """A year more from today, which « Annuler » takes back."""
        database, today = self._desk.database, date.today()
        until = retention_of_people.due_on(today)

        def keep() -> None:
            choices = consent.of(database, id_).choices
            before = consent.choose(database, id_, replace(choices, keep_until=until), today)
            self._desk.said.emit("Gardée un an de plus", lambda: consent.choose(database, id_, before, today))

        self._desk.attempt(keep)

    def _erase(self, id_: UUID) -> None:
        self._desk.attempt(lambda: ErasurePresenter(self._desk, id_, self.section).open())
