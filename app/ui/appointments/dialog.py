"""The dialog of an appointment: which day, at what hour, where, what about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app import labels
from app.database import Database
from app.errors import UserError
from app.services import beneficiaries, case_lists, hints, places
from app.services.appointments import lists, making, rules
from app.services.appointments.rows import SaveAppointment
from app.services.typed import Typed
from app.ui import icons
from app.ui.appointments import words
from app.ui.appointments.typed_fields import DayField, HourField, beside
from app.ui.cases.scrolled import scrolled
from app.ui.form_dialog import FormDialog
from app.ui.people.lost_versions import LostVersions
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import better_not
from app.ui.widgets.surfaces import label
from protocol.vocabulary import ActivityKind, RecordKind

SIZE = 700, 600
"""Pixels at 100 %."""
NO_DAY = "Ce jour ne se lit pas\u00a0: écrivez par exemple 3/12, jeudi, ou demain."
NO_HOUR = "Cette heure ne se lit pas\u00a0: écrivez par exemple 14h30."
_PLACES_IN_SIGHT = 4


class AppointmentDialog(FormDialog):
    """Enter gives it, Escape closes; what it runs into is said, and stands in nobody's way."""

    saved = Signal(object, bool)
    """It was kept: a call that undoes it, and whether its card is wanted."""

    def __init__(
        self, database: Database, form: SaveAppointment, parent: QWidget, now: Callable[[], datetime] = datetime.now
    ) -> None:
        """Raises UserError if the person is gone."""
        super().__init__("Modifier le rendez-vous" if form.id else "Donner un rendez-vous", SIZE, parent)
        self._database, self._form, self._now = database, form, now
        self.kept: UUID | None = form.id
        self.day, self.hour = DayField(self._today), HourField()
        self.minutes = DurationPicker()
        self.place: ChipGroup[UUID] = ChipGroup(visible=_PLACES_IN_SIGHT, others="lieux")
        self.place_note, self.subject = QLineEdit(form.place_note), QLineEdit(form.subject)
        self.case: ChipGroup[UUID] = ChipGroup()
        self.lost = LostVersions(database, RecordKind.APPOINTMENT, form.id)
        self._day_said, self._others = label("", "muted", wraps=True), label("", "small", wraps=True)
        self.taken, self.secret = Banner("warning", ""), Banner("warning", "")
        self._lay_out()
        self._begin()
        self._listen()

    def save(self, with_card: bool = False) -> None:
        """Keep the appointment, or say beside each field what is wrong; nothing typed is lost."""
        undo: list[Callable[[], None]] = []
        if faults := self._unread():
            self.show_faults(faults)
        elif self.attempt(lambda: undo.append(self._keep(self.content().form))):
            self.accept()
            self.saved.emit(undo[0], with_card)

    def content(self) -> Typed[SaveAppointment]:
        """The appointment as it stands, and what is typed of its day and its hour."""
        form = replace(
            self._form,
            starts=self._starts(),
            minutes=self.minutes.value(),
            place=self.place.value(),
            place_note=self.place_note.text(),
            subject=self.subject.text(),
            case=self.case.value(),
        )
        return Typed(form, {"day": self.day.text(), "hour": self.hour.text()})

    def resume(self, loose: Mapping[str, str]) -> None:
        super().resume(loose)
        self.day.setText(loose.get("day", self.day.text()))
        self.hour.setText(loose.get("hour", self.hour.text()))

    def _keep(self, command: SaveAppointment) -> Callable[[], None]:
        if command.id:
            return making.move(self._database, command, self._today())
        kept = self.kept = making.give(self._database, command, self._today())
        return lambda: making.delete(self._database, kept)

    def _today(self) -> date:
        return self._now().date()

    def _starts(self) -> datetime | None:
        day, hour = self.day.value(), self.hour.value()
        return datetime.combine(day, hour) if day and hour else None

    def _unread(self) -> dict[str, str]:
        """What is typed and is neither a day nor an hour."""
        faults = {}
        if self.day.value() is None:
            faults["day"] = NO_DAY
        if self.hour.value() is None:
            faults["hour"] = NO_HOUR
        return faults

    def _begin(self) -> None:
        """Show what is known; of a new one the next working day, the usual place, an hour long."""
        form, database = self._form, self._database
        usual = hints.for_form(database, ActivityKind.INDIVIDUAL, self._today()).form.place
        place = form.place if form.id else form.place or usual
        offered = [row for row in places.mine(database, with_archived=True) if not row.archived or row.id == place]
        self.place.set_choices([(row.id, row.name, row.municipality_name) for row in offered], [place] if place else [])
        cases = [row for row in case_lists.of_person(database, self._person(), self._today()) if row.is_open]
        known = {row.id for row in cases}
        if form.case and form.case not in known:
            cases.extend(case_lists.named(database, (form.case,), self._today()))
        self.case.set_choices([(row.id, row.name, labels.label(row.status)) for row in cases])
        self.case.set_value(form.case)
        self.rows["case"].setVisible(bool(cases))
        self.day.set_value(form.starts.date() if form.starts else rules.next_working_day(self._today()))
        self.hour.set_value(form.starts.time() if form.starts else None)
        self.minutes.set_value(form.minutes or rules.USUAL_MINUTES)
        self._follow()
        self.day.selectAll()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _person(self) -> UUID:
        assert self._form.beneficiary is not None
        return self._form.beneficiary

    def _follow(self) -> None:
        """Say the day in full, what else is that day, and what the time runs into."""
        day, starts, minutes = self.day.value(), self._starts(), self.minutes.value()
        self._day_said.setText(words.day_said(day, self._today()) if day else "")
        that_day = lists.between(self._database, day, day) if day else ()
        self._others.setText(words.that_day([row for row in that_day if row.id != self._form.id]))
        taken = lists.overlapping(self._database, starts, minutes, self._form.id) if starts and minutes else ()
        for banner, sentence in ((self.taken, words.runs_into(taken)), (self.secret, better_not(self.subject.text()))):
            banner.set_text(sentence)
            banner.setVisible(bool(sentence))

    def _follow_notebook(self) -> None:
        """A version was taken back: show the appointment as it is now."""
        if self._form.id:
            self._form = making.form_of(self._database, self._form.id)
            self.place_note.setText(self._form.place_note)
            self.subject.setText(self._form.subject)
            self._begin()

    def _listen(self) -> None:
        self.lost.changed.connect(self._follow_notebook)
        self.lost.refused.connect(lambda error: self.show_faults({}, str(error)))
        for signal in (self.day.changed, self.hour.changed, self.minutes.changed, self.subject.textChanged):
            signal.connect(lambda *_: self._follow())
        self.on("Ctrl+P", lambda: self.save(with_card=True))

    def _lay_out(self) -> None:
        (person,) = beneficiaries.named(self._database, (self._person(),)) or (None,)
        if person is None:
            raise UserError("Cette personne n’est plus dans le carnet.")
        self.place_note.setPlaceholderText("Bureau 2, chez la personne, par téléphone…")
        self.subject.setPlaceholderText("Ce que vous ferez ensemble")
        rows = self.rows = {
            "day": FieldRow("Jour", beside(self.day, self._day_said)),
            "hour": FieldRow("Heure", beside(self.hour, self._others)),
            "minutes": FieldRow("Durée", self.minutes),
            "place": FieldRow("Lieu", self.place),
            "place_note": FieldRow("Précision", self.place_note),
            "case": FieldRow("Démarche", self.case),
            "subject": FieldRow("Objet", self.subject),
        }
        name = f"{person.first_name} {person.last_name}".strip()
        title = label(f"Rendez-vous avec {name}", "subtitle", wraps=True)
        shown = list(rows.values())
        card = QPushButton("Enregistrer et imprimer…")
        icons.set_icon(card, "printer")
        card.setToolTip("Puis imprimer la carte «\u00a0Mon rendez-vous\u00a0» (Ctrl+P)")
        card.clicked.connect(lambda: self.save(with_card=True))
        content = scrolled(title, self.lost, *shown[:2], self.taken, *shown[2:], self.secret)
        self.lay_out(content, QPushButton("Enregistrer" if self._form.id else "Donner ce rendez-vous"), aside=card)
