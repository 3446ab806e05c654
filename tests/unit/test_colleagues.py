"""A form opened here while another computer, or a newer program, changes the same record."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.database import Database
from app.models import Activity, Attendance, Beneficiary, Record
from app.models.local import draft
from app.services import activities, activity_detail, drafts, hints
from app.services.commands import RecordActivity
from app.work import Received, find
from protocol.vocabulary import ActivityKind, Autonomy, RecordKind, Topic
from tests.notebook import TODAY, a_beneficiary, an_activity, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def arrives(database: Database, id_: UUID, **fields: Any) -> None:
    """What another computer made of an activity is received."""
    with database.receive() as work:
        kept = work.find(Activity, id_)
        assert kept is not None
        work.apply(Received(RecordKind.ACTIVITY, id_, {**kept.wire(), **fields}))


def changed(database: Database, form: RecordActivity, **more: Any) -> RecordActivity:
    """The form is saved with these changes; answers what the notebook then holds."""
    return activities.form_of(database, activities.record(database, replace(form, **more), TODAY))


def test_saving_a_form_keeps_what_a_colleague_changed_meanwhile(database: Database) -> None:
    form = activities.form_of(database, recorded(database, notes="Au début"))
    assert form.id is not None
    arrives(database, form.id, notes="Du collègue", topics=["email", "sante"])
    kept = changed(database, form, minutes=60, topics=frozenset({Topic.BANKING_AND_SHOPPING}))
    assert (kept.minutes, kept.notes) == (60, "Du collègue")
    assert kept.topics == {Topic.BANKING_AND_SHOPPING, Topic.HEALTH}


def test_saving_a_workshop_keeps_the_participant_a_colleague_added(database: Database) -> None:
    jeanne, marcel, lucie = (a_beneficiary(database, name) for name in ("Delmas", "Roux", "Vidal"))
    form = activities.form_of(database, recorded(database, kind=ActivityKind.WORKSHOP, participants=(jeanne, marcel)))
    changed(database, form, participants=(jeanne, marcel, lucie))
    assert set(changed(database, form, participants=(jeanne,)).participants) == {jeanne, lucie}


def copy(colleague: Database, database: Database, *kinds: type[Record]) -> None:
    """What a colleague has of these kinds is received."""
    for cls in kinds:
        with colleague.read() as connection:
            ids = connection.scalars(select(cls.table.c.id)).all()
            kept = [one for id_ in ids if (one := find(connection, cls, id_))]
        with database.receive() as work:
            for one in kept:
                work.apply(Received(cls.record_kind, one.id, one.wire()))


def test_a_presence_that_arrives_after_its_activity_is_not_doubled(database: Database, tmp_path: Path) -> None:
    colleague = new_database(tmp_path, "collegue.db")
    jeanne = a_beneficiary(colleague)
    id_ = recorded(colleague, participants=(jeanne,))
    copy(colleague, database, Beneficiary, Activity)
    changed(database, activities.form_of(database, id_), minutes=60)
    copy(colleague, database, Attendance)
    colleague.close()
    with database.read() as connection:
        assert connection.scalars(select(Attendance.table.c.beneficiary)).all() == [jeanne]


def test_a_draft_of_a_changed_activity_remembers_what_it_started_from(database: Database) -> None:
    form = activities.form_of(database, recorded(database, notes="Au début"))
    assert form.id is not None
    drafts.keep(database, replace(form, minutes=60))
    arrives(database, form.id, notes="Du collègue")
    [waiting] = drafts.waiting(database)
    assert changed(database, waiting.form).notes == "Du collègue"


def test_codes_of_a_newer_program_are_shown_as_nothing_and_stay(database: Database) -> None:
    jeanne = a_beneficiary(database)
    id_ = recorded(database, participants=(jeanne,))
    arrives(database, id_, topics=["email", "theme_2030"], autonomy="autonomie_2030", equipment=["casque_2030"])
    form = activity_detail.detail(database, id_).form
    assert form.topics == {Topic.EMAIL}
    assert form.autonomy is None
    assert hints.topics_of(database, jeanne) == (Topic.EMAIL,)
    changed(database, form, minutes=60)
    with database.work() as work:
        kept = work.find(Activity, id_)
    assert kept is not None
    assert kept.topics == {"email", "theme_2030"}
    assert str(kept.autonomy) == "autonomie_2030"
    assert changed(database, form, autonomy=Autonomy.PARTLY).autonomy is Autonomy.PARTLY


def test_a_draft_of_a_newer_program_opens_without_what_this_one_does_not_know(database: Database) -> None:
    drafts.keep(database, an_activity(notes="Gardé"))
    with database.work() as work:
        [row] = work.connection.execute(draft.select()).all()
        form = {**row.form, "topics": ["email", "theme_2030"], "autonomy": "autonomie_2030"}
        work.connection.execute(update(draft).values(form=form))
    [waiting] = drafts.waiting(database)
    assert waiting.form.topics == {Topic.EMAIL}
    assert waiting.form.autonomy is None
    assert waiting.form.notes == "Gardé"
