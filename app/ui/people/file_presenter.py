"""Joins the file of a person with the notebook: its header, and its tabs made the first time they are wanted."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app import labels, municipalities
from app.errors import UserError
from app.labels import NBSP
from app.services import beneficiaries, duplicates, merged, typed
from app.services.age_bands import age_band_at
from app.services.appointments.rows import SaveAppointment
from app.services.commands import RecordActivity, SaveBeneficiary
from app.services.typed import Name
from app.ui.appointments.follower import AppointmentFollower
from app.ui.desk import Desk
from app.ui.people.file_view import PersonFileView
from app.ui.people.panels import DETAILS, TABS, Tab
from protocol.vocabulary import RecordKind

_HEADER = frozenset(kind.value for kind in (RecordKind.BENEFICIARY, RecordKind.ATTENDANCE, RecordKind.ACTIVITY))


class PersonFilePanels(QObject):
    """One person at a time; a hidden tab is brought up to date when it comes to the front."""

    closed = Signal()
    """The list is wanted again."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = PersonFileView(TABS)
        super().__init__(view)
        self._desk, self._today = desk, today
        self._tabs: dict[str, Tab] = {one.key: one for one in TABS}
        self._fresh: set[str] = set()
        self.person: UUID | None = None
        self.view = view
        self._appointments = AppointmentFollower(desk, self.view)
        self.view.back_asked.connect(self.closed)
        self.view.record_asked.connect(self._record)
        self.view.paper_asked.connect(lambda: desk.person_file_asked.emit(self.person))
        self.view.edit_asked.connect(self._edit)
        self.view.appointment_asked.connect(self._appoint)
        self.view.duplicates_asked.connect(lambda: desk.duplicates_of_asked.emit(self.person))
        self.view.tab_chosen.connect(self._show_panel)
        desk.person_edit_asked.connect(self._edit)
        desk.person_tab_asked.connect(self.show_tab)
        desk.bus.committed.connect(self._committed)
        desk.keeping.connect(self.keep_at_last)

    def show_person(self, id_: UUID) -> None:
        """Show the file of a person, from its beginning if it is another person; raises UserError if they are gone."""
        self._show_header(id_)
        if id_ != self.person:
            self.leave()
            self.person = id_
            self._fresh.clear()
            self.view.tabs.choose(self._first_tab(id_))
        self._show_panel(self.view.tabs.key())

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.view.tabs.choose(key)

    def shown(self) -> None:
        """The file came to the front."""
        if self.view.tabs.key():
            self._show_panel(self.view.tabs.key())
            self.view.tabs.focus_chosen()

    def leave(self) -> bool:
        """Keep what was typed and not saved yet, in every tab; answers whether the file may be left."""
        made = [panel for key in self._tabs if (panel := self.view.panel(key)) is not None]
        left = [panel.leave() for panel in made]
        return all(left)

    def _first_tab(self, id_: UUID) -> str:
        """The first, or that of what was typed of the person and could not be saved."""
        is_begun = typed.kept(self._desk.database, Name(DETAILS, id_), SaveBeneficiary) is not None
        return DETAILS if is_begun else next(iter(self._tabs))

    def keep_at_last(self) -> None:
        """The same before the notebook closes: a long work under way ends first."""
        if not self.leave():
            self._desk.database.wait_for_long_work()
            self.leave()

    def _show_header(self, id_: UUID) -> None:
        known = beneficiaries.form_of(self._desk.database, id_)
        row = next(iter(beneficiaries.named(self._desk.database, (id_,))), None)
        if row is None:
            raise UserError(merged.GONE)
        count = labels.count(row.accompaniments, "accompagnement")
        about = (*_facts(known, self._today()), count)
        self.view.show_header(f"{known.first_name} {known.last_name}".strip(), " · ".join(about))
        self.view.show_twins([one.person.name for one in duplicates.of(self._desk.database, id_)])

    def _show_panel(self, key: str) -> None:
        if self.person is None or key not in self._tabs:
            return
        panel = self.view.panel(key) or self._tabs[key].make(self._desk)
        if key not in self._fresh:
            self._fresh.add(key)
            panel.show_person(self.person)
        self.view.show_panel(key, panel)

    def _committed(self, kinds: frozenset[str]) -> None:
        """Follow what changes; a person who is no longer there closes the file."""
        if self.person is None:
            return
        if kinds & _HEADER and not self._is_there():
            if self.view.isVisible():
                self.closed.emit()
            return
        for key in self._tabs:
            panel = self.view.panel(key)
            if panel is not None and panel.changes & kinds:
                self._fresh.discard(key)
        if self.view.isVisible():
            self._show_panel(self.view.tabs.key())

    def _is_there(self) -> bool:
        assert self.person is not None
        try:
            self._show_header(self.person)
        except UserError:
            self.person = None
            return False
        return True

    def _edit(self) -> None:
        self.show_tab(DETAILS)
        if panel := self.view.panel(DETAILS):
            panel.setFocus()

    def _appoint(self) -> None:
        if self.person is not None:
            self._appointments.give(SaveAppointment(beneficiary=self.person))

    def _record(self) -> None:
        if self.person is not None:
            self._desk.form_asked.emit(RecordActivity(participants=(self.person,)))


def _facts(known: SaveBeneficiary, today: date) -> tuple[str, ...]:
    """« 1948 · 70 ans et plus », commune, phone: what tells one person from another, and how to reach them."""
    band = age_band_at(known.birth_year, today) or known.age_band
    commune = municipalities.get(known.municipality) if known.municipality else None
    told = (
        f"Né{_agreement(known)} en {known.birth_year}" if known.birth_year else "",
        labels.label(band).replace(" - ", f"{NBSP}-{NBSP}") if band else "",
        commune.name if commune else "",
        "pas de téléphone" if known.no_phone else known.phone,
    )
    return tuple(filter(None, told))


def _agreement(known: SaveBeneficiary) -> str:
    return {"feminin": "e", "masculin": ""}.get(known.gender or "", "(e)")
