"""The procedures of people: opened, followed step by step, closed, listed by urgency."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.models import Case, Procedure
from app.models.ids import new_id
from app.services import activities, beneficiaries, case_lists, case_rules, cases, guides, own_procedures
from app.services.activity_lists import last_with
from app.services.commands import CaseFilter, SaveCase, SaveProcedure
from app.services.rows import CaseRow, StepRow, Urgency
from app.work import Received, find
from protocol.vocabulary import CaseStatus, ProcedureFamily, RecordKind
from tests.notebook import TODAY, a_beneficiary, recorded

OPEN = [status for status in CaseStatus if status not in (CaseStatus.DONE, CaseStatus.ABANDONED)]


def a_case(database: Database, person: UUID, **more: Any) -> UUID:
    """An identity card to renew, unless said otherwise."""
    return cases.save(database, SaveCase(**{"beneficiary": person, "procedure": "carte_identite", **more}), TODAY)


def row_of(database: Database, id_: UUID) -> CaseRow:
    return case_lists.detail(database, id_, TODAY).row


def kept(database: Database, id_: UUID) -> Case:
    with database.read() as connection:
        found = find(connection, Case, id_)
    assert found is not None
    return found


def change(database: Database, id_: UUID, **fields: Any) -> None:
    """Change a case as another program might."""
    with database.receive() as work:
        work.save(replace(kept(database, id_), **fields))


def steps_of(database: Database, id_: UUID) -> tuple[StepRow, ...]:
    return case_lists.detail(database, id_, TODAY).steps


def said(database: Database, id_: UUID) -> list[str]:
    return [step.said for step in steps_of(database, id_)]


def test_a_case_of_the_catalogue_keeps_its_name_its_family_and_its_steps(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database))
    guide = guides.find(database, "carte_identite")
    assert guide is not None
    row = row_of(database, id_)
    assert (row.name, row.family, row.person) == (guide.name, guide.family, "Delmas Jeanne")
    assert (row.status, row.opened_on, row.closed_on) == (CaseStatus.TO_PREPARE, TODAY, None)
    assert said(database, id_) == list(guide.steps)
    assert len({step.id for step in steps_of(database, id_)}) == len(guide.steps) > 2


def test_a_case_of_the_advisor_s_own_procedure_has_its_steps(database: Database) -> None:
    command = SaveProcedure(
        name="Carte de la médiathèque", family=ProcedureFamily.LEISURE_AND_CULTURE, steps=("Venir", " ", "Signer ")
    )
    own = own_procedures.save(database, command)
    id_ = a_case(database, a_beneficiary(database), procedure=str(own))
    assert row_of(database, id_).name == "Carte de la médiathèque"
    assert said(database, id_) == ["Venir", "Signer"]


def test_a_case_may_have_a_free_name(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database), procedure="", name="  Retrouver   ses photos ")
    assert (row_of(database, id_).name, row_of(database, id_).family, said(database, id_)) == (
        "Retrouver ses photos",
        None,
        [],
    )


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("beneficiary", {"beneficiary": None}),
        ("name", {"procedure": "", "name": "  "}),
        ("name", {"name": "x" * 201}),
        ("reference", {"reference": "x" * 201}),
        ("deadline", {"deadline": date(26, 11, 24)}),
        ("notes", {"notes": "x" * 10_001}),
    ],
)
def test_what_does_not_do_is_said_field_by_field(database: Database, field: str, more: dict[str, Any]) -> None:
    with pytest.raises(UserError) as refused:
        a_case(database, a_beneficiary(database), **more)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("closed", [CaseStatus.DONE, CaseStatus.ABANDONED])
def test_closing_keeps_the_day_and_opening_again_forgets_it(database: Database, closed: CaseStatus) -> None:
    id_ = a_case(database, a_beneficiary(database), deadline=TODAY - timedelta(days=1))
    cases.set_status(database, id_, closed, TODAY)
    cases.set_status(database, id_, CaseStatus.DONE, TODAY + timedelta(days=3))
    row = row_of(database, id_)
    assert (row.closed_on, row.is_open, row.urgency) == (TODAY, False, Urgency.UNDATED)
    cases.set_status(database, id_, CaseStatus.TO_COMPLETE, TODAY)
    assert (row_of(database, id_).closed_on, row_of(database, id_).urgency) == (None, Urgency.LATE)


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-30, Urgency.LATE), (-1, Urgency.LATE), (0, Urgency.SOON), (7, Urgency.SOON), (8, Urgency.LATER)],
)
def test_a_deadline_is_late_the_day_after_and_recalled_seven_days_before(
    database: Database, days: int, urgency: Urgency
) -> None:
    id_ = a_case(database, a_beneficiary(database), deadline=TODAY + timedelta(days=days))
    assert row_of(database, id_).urgency is urgency
    is_recalled = urgency in (Urgency.LATE, Urgency.SOON)
    assert [row.id for row in case_lists.pressing(database, TODAY)] == ([id_] if is_recalled else [])


@given(st.sampled_from(CaseStatus), st.none() | st.dates(), st.dates())
def test_only_what_is_open_and_has_a_deadline_is_pressing(
    status: CaseStatus, deadline: date | None, today: date
) -> None:
    is_undated = case_rules.urgency(status, deadline, today) is Urgency.UNDATED
    assert is_undated == (deadline is None or status not in OPEN)


def test_the_most_urgent_comes_first(database: Database) -> None:
    person = a_beneficiary(database)
    days = (None, 30, 2, -5, -1, 7)
    ids = {day: a_case(database, person, deadline=None if day is None else TODAY + timedelta(days=day)) for day in days}
    order = [ids[day] for day in (-5, -1, 2, 7, 30, None)]
    assert [row.id for row in case_lists.listed(database, TODAY)] == order
    assert [row.id for row in case_lists.pressing(database, TODAY)] == order[:4]


def test_the_list_keeps_what_the_filter_asks_for(database: Database) -> None:
    jeanne, marcel = a_beneficiary(database), a_beneficiary(database, "Bœuf", "Marcel")
    card = a_case(database, jeanne)
    car = a_case(database, marcel, procedure="carte_grise", status=CaseStatus.WAITING)
    done = a_case(database, jeanne, procedure="carte_grise", status=CaseStatus.DONE)

    def found(**wanted: Any) -> set[UUID]:
        return {row.id for row in case_lists.listed(database, TODAY, CaseFilter(**wanted))}

    assert found() == {card, car}
    assert found(statuses=frozenset({CaseStatus.DONE, CaseStatus.WAITING})) == {car, done}
    assert found(families=frozenset({ProcedureFamily.TRANSPORT})) == {car}
    assert found(text="boeuf") == found(text="grise marc") == {car}


def test_the_cases_of_a_person_are_the_open_ones_then_those_closed_last(database: Database) -> None:
    person, other = a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel")
    first = a_case(database, person, status=CaseStatus.DONE)
    cases.set_status(database, first, CaseStatus.DONE, TODAY)
    second = a_case(database, person)
    cases.set_status(database, second, CaseStatus.ABANDONED, TODAY + timedelta(days=1))
    third = a_case(database, person)
    a_case(database, other)
    assert [row.id for row in case_lists.of_person(database, person, TODAY)] == [third, second, first]


def test_a_deleted_case_comes_back_as_it_was(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = a_case(database, person)
    before = case_lists.detail(database, id_, TODAY)
    cases.delete(database, id_)
    assert case_lists.of_person(database, person, TODAY) == ()
    with pytest.raises(UserError, match="n’est plus dans le carnet"):
        case_lists.detail(database, id_, TODAY)
    cases.restore(database, id_)
    assert case_lists.detail(database, id_, TODAY) == before


def test_the_cases_of_a_person_who_is_gone_are_shown_nowhere(database: Database) -> None:
    person = a_beneficiary(database)
    a_case(database, person, deadline=TODAY)
    beneficiaries.erase(database, person)
    assert case_lists.listed(database, TODAY) == case_lists.pressing(database, TODAY) == ()


def test_steps_are_ticked_added_reworded_moved_and_taken_away(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database), procedure="", name="Photos")
    one = cases.add_step(database, id_, "Brancher le téléphone")
    two = cases.add_step(database, id_, "  Copier   les photos ")
    cases.tick(database, id_, one, True)
    cases.move_step(database, id_, two, -1)
    cases.move_step(database, id_, two, -1)
    cases.reword_step(database, id_, two, "Tout copier")
    assert steps_of(database, id_) == (
        StepRow(two, "Tout copier", False),
        StepRow(one, "Brancher le téléphone", True),
    )
    assert (row_of(database, id_).done, row_of(database, id_).next_step) == (1, "Tout copier")
    before = steps_of(database, id_)
    put_back = cases.remove_step(database, id_, one)
    assert said(database, id_) == ["Tout copier"]
    put_back()
    assert steps_of(database, id_) == before
    with pytest.raises(UserError):
        cases.add_step(database, id_, "   ")


def test_what_a_newer_program_says_of_a_step_stays_when_it_is_reworded_moved_and_put_back(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database))
    told = [{"id": "a", "said": "", "day": "2026-12-01"}, {"id": "b", "said": "Envoyer", "day": "2026-12-02"}]
    change(database, id_, steps=told)
    cases.reword_step(database, id_, "b", "Tout envoyer")
    cases.move_step(database, id_, "b", -1)
    cases.remove_step(database, id_, "a")()
    assert kept(database, id_).steps == [{**told[1], "said": "Tout envoyer"}, told[0]]


def test_words_of_a_newer_program_stay_while_the_rest_is_changed(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database))
    change(database, id_, family="nouvelle", status="classee", closed_on=TODAY)
    form = cases.form_of(database, id_)
    cases.save(database, SaveCase(**{**_fields(form), "notes": "Vu"}), TODAY)
    now = kept(database, id_)
    assert (form.family, now.family, now.status, now.closed_on, now.notes) == (None, "nouvelle", "classee", TODAY, "Vu")
    assert [row.id for row in case_lists.listed(database, TODAY)] == [id_]


def test_a_case_that_one_closed_while_a_colleague_kept_it_open_is_closed_on_the_day_it_then_is(
    database: Database,
) -> None:
    id_ = a_case(database, a_beneficiary(database))
    change(database, id_, closed_on=TODAY - timedelta(days=9))  # the day arrived, the status lost
    assert row_of(database, id_).closed_on is None
    cases.set_status(database, id_, CaseStatus.DONE, TODAY)
    assert row_of(database, id_).closed_on == TODAY


def test_a_case_deleted_while_its_form_was_open_is_not_changed_unseen(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database))
    form = cases.form_of(database, id_)
    cases.delete(database, id_)
    with pytest.raises(UserError, match="n’est plus dans le carnet"):
        cases.save(database, form, TODAY)


@pytest.mark.parametrize("steps", [5, "ab", ["ab"], {"a": 1}, [{"id": "a"}], [{"id": 1, "said": "Venir"}], [None]])
def test_steps_that_are_none_stop_no_list(database: Database, steps: Any) -> None:
    person, fields = a_beneficiary(database), {"created_at": 1, "name": "Photos", "done": ["a", "x"], "steps": steps}
    received = Received(RecordKind.CASE, new_id(), {**fields, "beneficiary": str(person)})
    with database.receive() as work:
        work.apply(received)
    row = case_lists.listed(database, TODAY)[0]
    assert (row.name, row.steps, row.done) == ("Photos", 0, 0)
    added = cases.add_step(database, received.id, "Trier")
    cases.tick(database, received.id, added, True)
    assert steps_of(database, received.id) == (StepRow(added, "Trier", True),)


def test_an_address_that_is_not_of_the_web_is_not_offered(database: Database) -> None:
    own = Procedure(name="Carte", address="file:///C:/Windows", bring=["Venir"])
    with database.receive() as work:
        work.save(own)
    assert guides.mine(database)[0].address == ""


def test_a_form_changes_only_what_it_changed(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database), notes="Au début")
    form = cases.form_of(database, id_)
    cases.set_status(database, id_, CaseStatus.SUBMITTED, TODAY)
    cases.save(database, SaveCase(**{**_fields(form), "reference": "D-42", "opened": form.opened}), TODAY)
    now = cases.form_of(database, id_)
    assert (now.status, now.reference, now.notes) == (CaseStatus.SUBMITTED, "D-42", "Au début")


def test_an_activity_is_linked_from_either_side(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = a_case(database, person)
    from_form = recorded(database, participants=(person,), cases=frozenset({id_}))
    from_case = recorded(database, participants=(person,))
    cases.link(database, id_, from_case, True)
    shown = {one.activity.id: one.is_linked for one in case_lists.detail(database, id_, TODAY).activities}
    assert shown == {from_form: True, from_case: True}
    assert activities.form_of(database, from_case).cases == {id_}
    cases.link(database, id_, from_form, False)
    assert activities.form_of(database, from_form).cases == frozenset()
    assert {row.id for row in last_with(database, person)} == {from_form, from_case}


def test_without_anybody_an_activity_has_no_case(database: Database) -> None:
    id_ = a_case(database, a_beneficiary(database))
    assert activities.form_of(database, recorded(database, cases=frozenset({id_}))).cases == frozenset()


def test_own_procedures_are_created_changed_archived_and_offered_again(database: Database) -> None:
    command = SaveProcedure(
        name="Carte de la médiathèque",
        family=ProcedureFamily.LEISURE_AND_CULTURE,
        bring=("Un justificatif de domicile",),
        address="mediatheque-florac.exemple.fr",
    )
    id_ = own_procedures.save(database, command)
    row = guides.find(database, str(id_))
    assert row is not None
    assert (row.is_own, row.to_verify, row.bring) == (True, True, ("Un justificatif de domicile",))
    assert row.address == "https://mediatheque-florac.exemple.fr"
    form = own_procedures.form_of(database, id_)
    own_procedures.save(database, SaveProcedure(**{**_fields(form), "source": "L’accueil", "opened": form.opened}))
    changed = guides.find(database, str(id_))
    assert changed is not None
    assert (changed.to_verify, changed.name) == (False, "Carte de la médiathèque")
    own_procedures.archive(database, id_)
    assert guides.mine(database) == ()
    assert guides.search(database, "mediatheque justificatif", 200) == ()
    own_procedures.restore(database, id_)
    assert guides.search(database, "mediatheque justificatif", 200)[0] == changed


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": " "}),
        ("family", {"family": None}),
        ("address", {"address": "ftp://exemple.fr"}),
        ("bring", {"bring": ("x" * 201,)}),
        ("steps", {"steps": ("x",) * 61}),
    ],
)
def test_an_own_procedure_that_does_not_do_is_refused(database: Database, field: str, more: dict[str, Any]) -> None:
    usual = {"name": "Carte", "family": ProcedureFamily.JUSTICE}
    with pytest.raises(UserError) as refused:
        own_procedures.save(database, SaveProcedure(**{**usual, **more}))
    assert set(refused.value.fields) == {field}


def test_every_procedure_of_the_catalogue_can_be_found_and_read(database: Database) -> None:
    everything = guides.search(database, "", limit=500)
    assert len(everything) > 100
    assert sum(bool(row.steps and row.bring and row.address) for row in everything) >= 40
    assert guides.search(database, "carte grise")[0].key == "carte_grise"


def _fields(form: object) -> dict[str, Any]:
    return {name: getattr(form, name) for name in form.__dataclass_fields__}  # type: ignore[attr-defined]
