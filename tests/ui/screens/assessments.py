"""What a person can do with digital tools."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services import beneficiaries
from app.services.assessments import history, interviews, questionnaire
from app.ui.assessments.finer_dialog import FinerDialog
from app.ui.assessments.interview_dialog import InterviewDialog
from tests.notebook import a_beneficiary
from tests.ui.screens.people import history_of_a_person, show_tab
from tests.ui.screens.stage import Stage


def no_assessment(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    show_tab(window, "assessments")
    return stage.show_window(window)


def assessments_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    for day in (date(2026, 3, 3), date(2026, 11, 24)):
        interviews.finish(stage.desk.database, _answered(stage, person, questionnaire.NO), day)
    _answered(stage, person, questionnaire.ALONE)
    show_tab(window, "assessments")
    return stage.show_window(window)


def question_of_an_assessment(stage: Stage) -> QWidget:
    person = a_beneficiary(stage.desk.database)
    row = history.one(stage.desk.database, _answered(stage, person, questionnaire.ALONE))
    name = "Marie-Thérèse de La Tour-Vernhet"
    return stage.show_dialog(lambda behind: InterviewDialog(stage.desk.database, person, name, row, behind))


def finer_grid(stage: Stage) -> QWidget:
    person = a_beneficiary(stage.desk.database)
    id_ = _answered(stage, person, questionnaire.ALONE)
    return stage.show_dialog(lambda behind: FinerDialog(stage.desk.database, id_, {"1.1": 3}, behind))


def _answered(stage: Stage, person: UUID, use: str) -> UUID:
    return interviews.answer(stage.desk.database, person, None, questionnaire.USE, use)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    no_assessment,
    assessments_of_a_person,
    question_of_an_assessment,
    finer_grid,
)
