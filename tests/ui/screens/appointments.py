"""Appointments: on the day, in the file of a person, being given, on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services import beneficiaries
from app.services.appointments import making
from app.services.appointments.rows import SaveAppointment
from app.ui.appointments.dialog import AppointmentDialog
from app.ui.appointments.paper_presenter import paper_of_appointment
from tests.notebook import a_beneficiary
from tests.ui.screens.cases import a_case
from tests.ui.screens.stage import Stage


def appointments_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    _appointment(stage)
    window = stage.show(workspace)
    stage.desk.person_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def day_of_appointments(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    _appointment(stage)
    workspace.go_to("day")
    return stage.show(workspace)


def appointment(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    form = making.form_of(stage.desk.database, _appointment(stage))
    return stage.show_dialog(lambda behind: AppointmentDialog(stage.desk.database, replace(form, id=None), behind))


def card_of_an_appointment(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    id_ = _appointment(stage)
    return stage.show_paper(lambda behind: paper_of_appointment(stage.desk, id_, behind))


def _appointment(stage: Stage) -> UUID:
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    starts = datetime.combine(date.today(), time(23))
    return making.give(stage.desk.database, SaveAppointment(None, person, starts, 45, case=a_case(stage)))


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    appointments_of_a_person,
    day_of_appointments,
    appointment,
    card_of_an_appointment,
)
