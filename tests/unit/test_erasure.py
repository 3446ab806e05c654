"""Erasing a person for good: nothing readable is left, and the figures do not move."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from app.database import Database
from app.errors import UserError
from app.models import Activity, Attendance, Beneficiary
from app.models.attendance import attendance
from app.models.local import outbox
from app.services import activities, activity_lists, beneficiaries, case_lists, cases, drafts, merging, outgoing
from app.services.assessments import history, interviews, questionnaire
from app.services.commands import ActivityFilter, MergePeople, SaveCase
from app.services.privacy import consent
from protocol.ids import presence_id
from protocol.vocabulary import ActivityKind, RecordKind
from tests.notebook import TODAY, a_beneficiary, an_activity, recorded, traces

NAME = "Zwanzigerova"


def test_nothing_of_the_person_is_left_and_nothing_else_is_touched(database: Database) -> None:
    kept = a_beneficiary(database, "Roux", "Marcel")
    gone = a_beneficiary(database, NAME, "Jeanne", notes=f"La fille de Mme {NAME}")
    beneficiaries.save(database, replace(beneficiaries.form_of(database, gone), last_name=f"{NAME}-Roux"))
    recorded(database, kind=ActivityKind.WORKSHOP, title="Ma tablette", participants=(kept, gone), notes="Deux venus")
    assert traces(database, NAME) >= {"beneficiary", "change", "outbox", "activity_search_data"}

    beneficiaries.erase(database, gone)

    assert traces(database, NAME) == set()
    assert beneficiaries.search(database, NAME) == beneficiaries.named(database, (gone,)) == ()
    assert [row.id for row in beneficiaries.search(database, "")] == [kept]
    [row] = activity_lists.page(database, ActivityFilter(text="deux venus")).rows
    assert row.people == 2
    assert not activity_lists.page(database, ActivityFilter(text=NAME)).rows


def test_the_presence_of_a_person_erased_stays_when_the_activity_is_corrected(database: Database) -> None:
    kept, gone = a_beneficiary(database, "Roux", "Marcel"), a_beneficiary(database, NAME, birth_year=1950)
    workshop = recorded(database, kind=ActivityKind.WORKSHOP, title="Ma tablette", participants=(kept, gone))
    form = activities.form_of(database, workshop)
    beneficiaries.erase(database, gone)
    for opened in (form, activities.form_of(database, workshop)):
        activities.record(database, replace(opened, day=TODAY - timedelta(days=1), minutes=75), TODAY)
        with database.work() as work:
            presence = work.find(Attendance, presence_id(workshop, gone))
        assert presence is not None
        assert (presence.deleted, presence.beneficiary, presence.age_band) == (False, gone, "soixante_dix_plus")


def test_a_form_still_open_on_a_person_erased_says_so_and_brings_nobody_back(database: Database) -> None:
    gone = a_beneficiary(database, NAME)
    form = beneficiaries.form_of(database, gone)
    beneficiaries.erase(database, gone)
    with pytest.raises(UserError):
        beneficiaries.save(database, replace(form, first_name="Jeannette"))
    with pytest.raises(UserError):
        recorded(database, participants=(gone,))
    assert traces(database, NAME) == set()


def test_the_dialog_kept_in_a_draft_goes_with_the_person_and_the_draft_stays(database: Database) -> None:
    gone, other = a_beneficiary(database, NAME), a_beneficiary(database, "Roux", "Marcel")
    typed = beneficiaries.form_of(database, gone)
    drafts.keep(database, an_activity(minutes=45, notes="À finir", participants=(gone,)), person=typed)
    drafts.keep(database, an_activity(), person=beneficiaries.form_of(database, other))
    beneficiaries.erase(database, gone)
    assert traces(database, NAME) == set()
    waiting = drafts.waiting(database)
    assert {(one.form.minutes, one.person and one.person.last_name) for one in waiting} == {(45, None), (30, "Roux")}
    assert {(one.form.participants, one.form.notes) for one in waiting} == {((), "")}


def test_what_the_server_refused_of_a_person_erased_needs_no_check_any_more(database: Database) -> None:
    gone = a_beneficiary(database, NAME)
    with database.receive() as work:
        work.connection.execute(update(outbox).values(acked_at=1, sent=True, refusal="invalid:municipality"))
    assert len(outgoing.refused(database)) == 1
    beneficiaries.erase(database, gone)
    assert outgoing.refused(database) == ()


def test_erasing_is_one_operation_however_often_it_is_asked(database: Database) -> None:
    gone, unknown = a_beneficiary(database, NAME), uuid4()
    for person in (gone, gone, unknown):
        beneficiaries.erase(database, person)
    with database.read() as connection:
        waiting = connection.execute(select(outbox).order_by(outbox.c.seq)).all()
    assert [(one.record_id, one.erases, one.fields, one.piece) for one in waiting] == [
        (gone, True, {}, None),
        (unknown, True, {}, None),
    ]


def test_an_erasure_cut_short_leaves_everything_as_it_was(database: Database) -> None:
    person = a_beneficiary(database, NAME)
    activity = recorded(database, participants=(person,))
    before = traces(database, NAME)

    def cut() -> None:
        with database.work() as work:
            work.erase(RecordKind.BENEFICIARY, person)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        cut()
    assert traces(database, NAME) == before
    with database.work() as work:
        assert work.find(Beneficiary, person) is not None
        assert work.find(Activity, activity) is not None
    with database.read() as connection:
        assert connection.execute(select(attendance.c.first)).scalar_one()


def test_an_activity_erased_takes_its_words_out_of_the_search(database: Database) -> None:
    activity = recorded(database, notes=NAME)
    with database.work() as work:
        work.erase(RecordKind.ACTIVITY, activity)
    assert traces(database, NAME) == set()


def test_nothing_new_is_kept_of_a_person_erased_or_merged_while_a_form_was_open(database: Database) -> None:
    gone, kept, twin = (a_beneficiary(database) for _ in range(3))
    ended = interviews.answer(database, gone, None, questionnaire.USE, questionnaire.NO)
    interviews.finish(database, ended, TODAY)
    beneficiaries.erase(database, gone)
    for keep in (
        lambda: cases.save(database, SaveCase(beneficiary=gone, name=NAME), TODAY),
        lambda: interviews.answer(database, gone, None, questionnaire.USE, questionnaire.NO),
        lambda: interviews.set_notes(database, ended, NAME),
    ):
        with pytest.raises(UserError, match="n’est plus dans le carnet"):
            keep()
    assert traces(database, NAME) == set()
    merging.merge_all(database, (MergePeople(kept, twin),))
    cases.save(database, SaveCase(beneficiary=twin, name="Carte grise"), TODAY)
    interviews.answer(database, twin, None, questionnaire.USE, questionnaire.NO)
    consent.choose(database, twin, consent.Choices(informed_on=TODAY), TODAY)
    assert [row.name for row in case_lists.of_person(database, kept, TODAY)] == ["Carte grise"]
    assert len(history.of_person(database, kept)) == 1
    assert consent.of(database, kept).choices.informed_on == TODAY
