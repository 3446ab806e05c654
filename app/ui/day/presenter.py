"""Fills « Ma journée » and answers its gestures; a new day begins at midnight."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer

from app.services import draft_words, drafts, my_day
from app.services.my_day import MyDay
from app.services.privacy import retention_of_people
from app.services.rows import DraftRow
from app.sync.standing import standing
from app.ui.appointments.follower import AppointmentFollower
from app.ui.day.notices import PRIVACY, notices
from app.ui.day.to_complete import Item
from app.ui.day.view import DayView
from app.ui.desk import Desk
from app.ui.privacy import words as leaving_words
from protocol.vocabulary import ActivityKind

MINUTE_MS = 60_000
"""How often the date is looked at: a sleeping computer misses midnight."""


class DayPresenter(QObject):
    """Today, read again each time something is saved or the day changes."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime] = datetime.now) -> None:
        view = DayView()
        super().__init__(view)
        self._desk, self._clock = desk, clock
        self._shown_day: date | None = None
        self._leaving = ""
        self.view = view
        self.view.list.opened.connect(desk.activity_asked)
        self.appointments = AppointmentFollower(desk, self.view, clock)
        self.view.appointments.list.acted.connect(self.appointments.do)
        self.view.deadlines.opened.connect(desk.case_asked)
        self.view.deadlines.person_opened.connect(desk.person_asked)
        self.view.deadlines.all_asked.connect(lambda: desk.screen_asked.emit("cases"))
        self.view.empty.acted.connect(lambda: desk.form_asked.emit(ActivityKind.INDIVIDUAL))
        self.view.to_complete.resumed.connect(desk.form_asked)
        self.view.to_complete.discarded.connect(self._discard)
        self.view.to_complete.screen_wanted.connect(self._go)
        desk.bus.committed.connect(self._changed)
        if desk.sync is not None:
            desk.sync.state_changed.connect(self._changed)
        self._minutes = QTimer(self)
        self._minutes.setInterval(MINUTE_MS)
        self._minutes.timeout.connect(self.look_at_the_date)
        self._minutes.start()

    def shown(self) -> None:
        """Read the day again: drafts leave no trace on the bus."""
        self._look_for_leaving()
        self._refresh()

    def look_at_the_date(self) -> None:
        """Begin the new day if there is one."""
        if self.view.isVisible() and self._shown_day != self._clock().date():
            self.shown()

    def _changed(self) -> None:
        if self.view.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        now = self._clock()
        self._shown_day = now.date()
        day = my_day.of(self._desk.database, now.date())
        self.view.show_day(day, self._items(day, now), now)

    def _items(self, day: MyDay, now: datetime) -> list[Item]:
        waiting: list[Item] = [(draft, draft_words.sentence(draft, now)) for draft in day.drafts]
        return [*waiting, *notices(bool(day.place), standing(self._desk.database), self._leaving)]

    def _look_for_leaving(self) -> None:
        """Who is about to become anonymous: once each time the day is shown, since it takes a while to find."""
        database, today = self._desk.database, self._clock().date()
        coming = retention_of_people.coming(database, today)
        self._leaving = leaving_words.notice(coming, today) if coming else ""
        self._desk.attempt(lambda: retention_of_people.note_shown(database, coming, today))

    def _go(self, screen: str) -> None:
        if screen == PRIVACY:
            self._desk.privacy_asked.emit()
        else:
            self._desk.screen_asked.emit(screen)

    def _discard(self, draft: DraftRow) -> None:
        if self._desk.attempt(lambda: drafts.discard(self._desk.database, draft.id)):
            self._refresh()
            self._desk.said.emit("Brouillon jeté", lambda: self._bring_back(draft))

    def _bring_back(self, draft: DraftRow) -> None:
        if self._desk.attempt(lambda: drafts.bring_back(self._desk.database, draft)):
            self._refresh()
