"""The day, the form, the activities."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.models.ids import new_id
from app.services import activity_detail, beneficiaries
from app.services.commands import (
    AnonymousGroup,
    RecordActivity,
)
from app.services.rows import LostRow
from app.ui.activities.listing import TABLE
from app.ui.workspace import Workspace
from protocol.vocabulary import ActivityKind, Topic
from tests.notebook import a_beneficiary
from tests.ui.screens.stage import SENTENCE, Stage, unfold

LOST = LostRow(
    new_id(),
    new_id(),
    datetime(2026, 11, 24, 14, 52),
    "Marie-Thérèse de La Tour-Vernhet",
    (("Durée", "45\u00a0min", "1\u00a0h"), ("Notes", "Revoir l’envoi de pièces jointes. " * 20, "Fait")),
)


def first_day(stage: Stage) -> QWidget:
    return stage.show(Workspace(stage.desk))


def day_with_a_draft(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    workspace.open_form(RecordActivity(title="Brouillon"))
    workspace.recording.view.changed.emit()
    workspace.go_to("day")
    return stage.show(workspace)


def accompaniment(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    person = a_beneficiary(stage.desk.database, "Bœuf", "Éléonore")
    window = stage.show(workspace)
    topics = frozenset({Topic.ADMINISTRATIVE_HELP})
    form = RecordActivity(participants=(person,), topics=topics, procedures=frozenset({"carte_grise"}))
    workspace.open_form(form)
    unfold(workspace.recording.view)
    return stage.show_window(window)


def anonymous_person_refused(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    workspace.open_form(ActivityKind.INDIVIDUAL)
    unfold(workspace.recording.view)
    workspace.recording.save()
    workspace.recording.view.say(SENTENCE)
    return stage.show_window(window)


def workshop(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    people = tuple(a_beneficiary(stage.desk.database, "Nguyễn-Lefèvre", f"Jean-Loup {n}") for n in range(6))
    group = AnonymousGroup(total=8, already=2)
    workspace.open_form(RecordActivity(kind=ActivityKind.WORKSHOP, participants=people, anonymous=group))
    unfold(workspace.recording.view)
    return stage.show_window(window)


def no_activity(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("activities")
    return stage.show(workspace)


def activities_by_day(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    workspace.activities.view.select_row(1)
    return stage.show_window(window)


def table_of_activities(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    workspace.activities.view.style_changed.emit(TABLE)
    return stage.show(workspace)


def activities_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    stage.desk.activities_of_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def lost_version_of_an_activity(stage: Stage) -> QWidget:
    workspace = stage.workspace("activities")
    window = stage.show(workspace)
    workspace.activities.view.select_row(1)
    panel = workspace.activities.view.detail
    shown = panel.shown_id()
    assert shown is not None
    panel.show_detail(replace(activity_detail.detail(stage.desk.database, shown), lost=(LOST,)))
    return stage.show_window(window)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    first_day,
    day_with_a_draft,
    accompaniment,
    anonymous_person_refused,
    workshop,
    no_activity,
    activities_by_day,
    table_of_activities,
    activities_of_a_person,
    lost_version_of_an_activity,
)
