"""A file is taken into the notebook at once or not at all, once only, and can be taken out again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from app.database import Database
from app.errors import UserError
from app.models import Activity, Attendance, Beneficiary, Place, Record
from app.models.local import change, outbox
from app.services import (
    activities,
    activity_detail,
    activity_lists,
    attendances,
    beneficiaries,
    case_lists,
    cases,
    drafts,
    places,
    tags,
)
from app.services.commands import AnonymousPerson, SaveBeneficiary, SaveCase
from app.services.imports import brought, taking
from app.services.imports.lines import ActivityLine, FileKind, PersonLine, PersonSaid, PlaceSaid, ReadFile, RefusedLine
from app.services.imports.planning import Plan, plan
from app.services.imports.plans import Batch, Outcome
from app.services.progress import CancelledError, Progress
from app.work import find
from protocol.ids import presence_id
from protocol.vocabulary import ActivityKind, AgeBand, Gender, PlaceKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, an_activity, new_database, recorded

NAMESPACE = UUID(int=7)


def a_line(number: int = 1, **more: Any) -> ActivityLine:
    """An accompaniment as a file tells it."""
    usual: dict[str, Any] = {"where": f"Ligne {number}", "id": uuid5(NAMESPACE, str(number)), "form": an_activity()}
    return ActivityLine(**{**usual, **more})


def jeanne(**more: Any) -> PersonSaid:
    """Somebody named in a list."""
    return PersonSaid("Jeanne Delmas", SaveBeneficiary(first_name="Jeanne", last_name="Delmas", **more))


def a_file(*lines: ActivityLine, people: tuple[PersonLine, ...] = (), **more: Any) -> ReadFile:
    kind = FileKind.PEOPLE if people else FileKind.ACTIVITIES
    return ReadFile("liste.xlsx", kind, lines, people, **more)


def planned(database: Database, file: ReadFile) -> Plan:
    return plan(database, file, Progress())


def outcomes(database: Database, file: ReadFile) -> list[Outcome]:
    return [row.outcome for row in planned(database, file).preview.rows]


def take(database: Database, file: ReadFile) -> Batch:
    return taking.take_in(database, planned(database, file), Progress())


def everything(database: Database) -> Mapping[str, list[Any]]:
    """All the rows of the notebook."""
    tables = "activity", "attendance", "beneficiary", "place", "tag", "change", "outbox", "import_batch", "imported"
    with database.read() as connection:
        return {name: list(connection.execute(text(f"SELECT * FROM {name}"))) for name in tables}


def test_a_list_is_taken_in_with_its_people_places_and_tags(database: Database) -> None:
    place = PlaceSaid("Médiathèque", municipality="48061")
    there = an_activity(place_kind=PlaceKind.PLACE)
    file = a_file(
        a_line(1, form=there, place=place, people=(replace(jeanne(gender=Gender.FEMALE), age_band=AgeBand.OVER_70),)),
        a_line(2, form=there, place=replace(place, name="MEDIATHEQUE"), people=(jeanne(),), tags=("Aidants",)),
        a_line(3, form=an_activity(person=AnonymousPerson(gender=Gender.MALE))),
        refused=(RefusedLine("Ligne 4", "12/03", "Il manque la durée."),),
    )
    preview = planned(database, file).preview
    assert (preview.new_people, preview.new_places, preview.new_tags) == (1, ("Médiathèque",), ("Aidants",))
    assert [row.outcome for row in preview.rows] == [Outcome.CREATED] * 3 + [Outcome.REFUSED]
    assert preview.rows[0].what == "24/11/2026 · Jeanne Delmas · E-mail"
    assert take(database, file).records == 6
    (person,) = beneficiaries.search(database, "delmas")
    assert (person.accompaniments, person.gender) == (2, Gender.FEMALE)
    assert (places.mine(database)[0].uses, tags.mine(database)[0].uses) == (2, 1)
    with database.read() as connection:
        presence = find(connection, Attendance, presence_id(a_line(1).id, person.id))
        nobody = find(connection, Attendance, presence_id(a_line(3).id, None))
    assert presence is not None
    assert presence.age_band is AgeBand.OVER_70
    assert nobody is not None
    assert nobody.gender is Gender.MALE


def test_nobody_comes_with_a_refused_accompaniment(database: Database) -> None:
    other = PersonSaid("Paul Vidal", SaveBeneficiary(first_name="Paul", last_name="Vidal", birth_year=12))
    file = a_file(a_line(1, form=an_activity(kind=ActivityKind.WORKSHOP), people=(jeanne(), other)), a_line(2))
    preview = planned(database, file).preview
    assert ([row.outcome for row in preview.rows], preview.new_people) == ([Outcome.REFUSED, Outcome.CREATED], 0)
    take(database, file)
    assert beneficiaries.search(database, "delmas") == ()


def test_the_preview_follows_the_file(database: Database) -> None:
    refused = (RefusedLine("Ligne 2", "31/02", "Pas une date."), RefusedLine("Ligne 10", "", "Vide."))
    lines = a_line(1), a_line(3, where="Lignes 3 à 9"), a_line(11)
    rows = planned(database, a_file(*lines, refused=refused)).preview.rows
    assert [row.where for row in rows] == ["Ligne 1", "Ligne 2", "Lignes 3 à 9", "Ligne 10", "Ligne 11"]


def test_when_it_was_recorded_and_last_changed_is_what_the_file_says(database: Database) -> None:
    take(database, a_file(a_line(1, recorded_at=1_700_000_000_000, changed_at=1_700_000_900_000)))
    detail = activity_detail.detail(database, a_line(1).id)
    assert detail.modified_at is not None
    assert round(detail.modified_at.timestamp()) == 1_700_000_900
    first = activity_detail.history(database, a_line(1).id)[0]
    assert (first.created, round(first.at.timestamp())) == (True, 1_700_000_000)


def test_importing_twice_creates_nothing_new(database: Database) -> None:
    file = a_file(a_line(1, people=(jeanne(),)), a_line(1))
    assert outcomes(database, file) == [Outcome.CREATED, Outcome.MATCHED]
    take(database, file)
    before = everything(database)
    assert outcomes(database, file) == [Outcome.MATCHED] * 2
    with pytest.raises(UserError, match="déjà dans le carnet"):
        take(database, file)
    assert everything(database) == before


def test_people_are_matched_by_name_unless_something_says_otherwise(database: Database) -> None:
    known = a_beneficiary(database, "DELMAS", "Jeanne", birth_year=1950, phone="06 12 34 56 78")
    people = (
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas"),
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas", phone="0612345678", birth_year=1950),
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas", birth_year=1980),
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas", phone="0700000000"),
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas", birth_year=1980, email="j@exemple.fr"),
        SaveBeneficiary(first_name="Jeanne", last_name="Delmas", birth_year=12),
    )
    file = a_file(people=tuple(PersonLine(f"Ligne {number}", one) for number, one in enumerate(people, 4)))
    rows = planned(database, file).preview.rows
    matched, created, refused = Outcome.MATCHED, Outcome.CREATED, Outcome.REFUSED
    assert [row.outcome for row in rows] == [matched, matched, created, matched, matched, refused]
    assert rows[4].why == "Même personne\u00a0: ligne 6."
    assert "1900" in rows[5].why
    take(database, file)
    assert beneficiaries.form_of(database, known).birth_year == 1950
    (created_id,) = {row.id for row in beneficiaries.search(database, "delmas")} - {known}
    form = beneficiaries.form_of(database, created_id)
    assert (form.birth_year, form.phone, form.email) == (1980, "07 00 00 00 00", "j@exemple.fr")


def test_of_two_namesakes_the_only_one_that_fits_is_taken(database: Database) -> None:
    old, young = (a_beneficiary(database, birth_year=year) for year in (1950, 1990))
    take(database, a_file(a_line(1, people=(jeanne(birth_year=1990),))))
    assert beneficiaries.named(database, (old, young))[1].accompaniments == 1
    doubtful = planned(database, a_file(a_line(2, people=(jeanne(),)))).preview.rows[0]
    assert "Plusieurs personnes" in doubtful.why


def test_undoing_keeps_what_something_else_uses(database: Database) -> None:
    place = PlaceSaid("Mairie", municipality="48061")
    there = an_activity(place_kind=PlaceKind.PLACE)
    ahmed = PersonSaid("Ahmed Roux", SaveBeneficiary(first_name="Ahmed", last_name="Roux"))
    batch = take(
        database,
        a_file(a_line(1, form=there, place=place, people=(jeanne(),), tags=("Seul",)), a_line(2, people=(ahmed,))),
    )
    used = beneficiaries.search(database, "delmas")[0].id
    recorded(database, participants=(used,), place_kind=PlaceKind.PLACE, place=places.mine(database)[0].id)
    undone = taking.undo(database, batch.id, Progress())
    assert (len(undone.taken), undone.people, undone.places, undone.tags) == (4, 1, 1, 0)
    assert activity_lists.page(database).total == 1
    assert [row.last_name for row in beneficiaries.search(database, "")] == ["Delmas"]
    assert tags.mine(database) == ()
    assert taking.batches(database)[0].undone
    with pytest.raises(UserError, match="déjà été retiré"):
        taking.undo(database, batch.id, Progress())


def test_an_import_taken_out_by_mistake_comes_back_as_it_had_become(database: Database) -> None:
    file = a_file(*(a_line(number, people=(jeanne(),), tags=("Aidants",)) for number in (1, 2, 3)))
    batch = take(database, file)
    activities.delete(database, a_line(1).id)
    activities.record(database, an_activity(id=a_line(2).id, notes="Vue de nouveau."), TODAY)
    undone = taking.undo(database, batch.id, Progress())
    taking.bring_back(database, undone, Progress())
    assert activity_lists.page(database).total == 2  # what was deleted by hand stays deleted
    assert activities.form_of(database, a_line(2).id).notes == "Vue de nouveau."
    assert (len(beneficiaries.search(database, "delmas")), len(tags.mine(database))) == (1, 1)
    assert not taking.batches(database)[0].undone
    with pytest.raises(UserError, match="déjà été remis"):
        taking.bring_back(database, undone, Progress())
    assert len(taking.undo(database, batch.id, Progress()).taken) == 4


def test_a_person_that_a_draft_speaks_of_stays(database: Database) -> None:
    batch = take(database, a_file(a_line(1, people=(jeanne(),))))
    drafts.keep(database, an_activity(participants=(beneficiaries.search(database, "delmas")[0].id,)))
    assert taking.undo(database, batch.id, Progress()).people == 1


def test_a_person_whose_case_is_followed_stays(database: Database) -> None:
    batch = take(database, a_file(a_line(1, people=(jeanne(),))))
    person = beneficiaries.search(database, "delmas")[0].id
    case = cases.save(database, SaveCase(beneficiary=person, name="Carte grise"), TODAY)
    assert taking.undo(database, batch.id, Progress()).people == 1
    assert [row.id for row in case_lists.of_person(database, person, TODAY)] == [case]


def test_what_was_undone_comes_back_with_another_import_and_leaves_with_it(database: Database) -> None:
    place = PlaceSaid("Mairie", municipality="48061")
    there = an_activity(place_kind=PlaceKind.PLACE)
    file = a_file(a_line(1, form=there, place=place, people=(jeanne(),), tags=("Aidants",)))
    taking.undo(database, take(database, file).id, Progress())
    assert outcomes(database, file) == [Outcome.RESTORED]
    again = take(database, file)
    assert again.records == 4
    assert beneficiaries.search(database, "delmas")[0].accompaniments == 1
    assert (len(places.mine(database)), len(tags.mine(database))) == (1, 1)
    taking.undo(database, again.id, Progress())
    assert beneficiaries.search(database, "") == ()
    assert places.mine(database) == ()


def test_what_was_deleted_by_hand_comes_back_and_it_is_said(database: Database) -> None:
    file = a_file(a_line(1))
    take(database, file)
    activities.delete(database, a_line(1).id)
    (row,) = planned(database, file).preview.rows
    assert (row.outcome, row.why) == (Outcome.RESTORED, "Elle a été supprimée du carnet\u00a0: elle revient.")


def test_a_plan_made_before_the_notebook_changed_is_made_again(database: Database) -> None:
    accepted = planned(database, a_file(a_line(1, people=(jeanne(),))))
    recorded(database)
    taking.take_in(database, accepted, Progress())  # what changed is something else
    stale = planned(database, a_file(a_line(2, place=PlaceSaid("Mairie", municipality="48061"))))
    a_place(database, "Mairie")
    with pytest.raises(UserError, match="a changé"):
        taking.take_in(database, stale, Progress())


class Stopping(Progress):
    """Somebody who gives up, or a computer that stops, in the middle."""

    def __init__(self, error: type[BaseException]) -> None:
        super().__init__()
        self.error = error

    def step(self, done: int, total: int) -> None:
        if done:
            raise self.error


@pytest.mark.parametrize("error", [CancelledError, KeyboardInterrupt])
def test_an_import_cut_in_the_middle_leaves_nothing(
    database: Database, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (brought, taking):
        monkeypatch.setattr(module, "PART", 2)
    before = everything(database)
    file = a_file(*(a_line(number, people=(jeanne(),)) for number in range(5)))
    accepted = planned(database, file)
    with pytest.raises(error):
        taking.take_in(database, accepted, Stopping(error))
    assert everything(database) == before


RECORDS = st.lists(
    st.one_of(
        st.builds(
            Activity,
            id=st.uuids(),
            created_at=st.none() | st.integers(1, 2**40),
            day=st.just(TODAY),
            minutes=st.none() | st.integers(1, 90),
            topics=st.frozensets(st.sampled_from([topic.value for topic in Topic]), max_size=3),
            kind=st.sampled_from(ActivityKind),
            notes=st.none() | st.text(max_size=5),
            deleted=st.booleans(),
        ),
        st.builds(Beneficiary, id=st.uuids(), last_name=st.text("abc", max_size=3), phone=st.none()),
        st.builds(Place, id=st.uuids(), name=st.text("abc", max_size=3)),
    ),
    max_size=6,
    unique_by=lambda record: record.id,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records=RECORDS, again=st.data())
def test_many_saved_at_once_are_as_if_saved_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], again: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("lots")
    both = [new_database(folder, name) for name in ("un.db", "plusieurs.db")]
    presences: list[Record] = [
        attendances.named(one.id, other.id, None)
        for one in records
        for other in records
        if isinstance(one, Activity) and isinstance(other, Beneficiary)
    ]
    changed = [replace(one, deleted=again.draw(st.booleans())) if again.draw(st.booleans()) else one for one in records]
    for database in both:
        database.now_ms = lambda: 1_795_000_000_000
        for turn in ([*records, *presences], changed):
            with database.work() as work:
                if database is both[0]:
                    for record in turn:
                        work.save(record)
                else:
                    work.save_all(turn)
    assert seen(both[0]) == seen(both[1])
    for database in both:
        database.close()


def seen(database: Database) -> list[Any]:
    """The whole of a notebook and its operations in order, without the ids drawn for them."""
    operations = [one for one in outbox.c if one.name != "op_id"]
    with database.read() as connection:
        rows = [list(connection.execute(select(*operations))), list(connection.execute(select(change)))]
        for name in ("activity", "attendance", "beneficiary", "place", "activity_choice"):
            rows.append(list(connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))))
        searches = "SELECT rowid FROM activity_search ORDER BY 1", "SELECT rowid FROM beneficiary_search ORDER BY 1"
        return [*rows, *(list(connection.execute(text(one))) for one in searches)]


def test_somebody_new_who_resembles_somebody_known_is_created_and_said_to_be_looked_at(database: Database) -> None:
    a_beneficiary(database, "Müller", "Jean-Pierre", birth_year=1950)
    a_beneficiary(database, "Benali", "Aïcha", phone="06 12 34 56 78")
    people = (
        SaveBeneficiary(first_name="Jean Pierre", last_name="Mueller"),
        SaveBeneficiary(first_name="A.", last_name="Ben Ali", phone="0612345678"),
        SaveBeneficiary(first_name="Jean Pierre", last_name="Mueller", birth_year=1990),
        SaveBeneficiary(first_name="Odette", last_name="Martin"),
    )
    lines = tuple(PersonLine(f"Ligne {number}", one) for number, one in enumerate(people, 4))
    rows = planned(database, a_file(people=lines[:2])).preview.rows
    assert [row.outcome for row in rows] == [Outcome.CREATED, Outcome.CREATED]
    assert [row.why for row in rows] == [
        "À vérifier\u00a0: ressemble à Jean-Pierre Müller, 1950.",
        "À vérifier\u00a0: ressemble à Aïcha Benali.",
    ]
    assert [row.why for row in planned(database, a_file(people=lines[2:])).preview.rows] == ["", ""]
