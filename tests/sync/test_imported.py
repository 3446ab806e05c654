"""A notebook filled by an import synchronises like any other, and so does its undoing."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete

from app.models import Activity, Attendance
from app.models.activity import activity, activity_choice
from app.services import activity_lists, beneficiaries, lost_values, places, tags
from app.services.commands import SaveBeneficiary
from app.services.imports import taking
from app.services.imports.lines import ActivityLine, FileKind, PersonSaid, PlaceSaid, ReadFile
from app.services.imports.planning import plan
from app.services.progress import Progress
from app.sync.engine import SyncEngine
from app.sync.outcome import Ending
from app.sync.standing import standing
from app.work import find
from protocol.ids import presence_id
from protocol.vocabulary import PlaceKind, RecordKind
from tests.notebook import an_activity
from tests.sync.computers import Office


def a_list(activities: int) -> ReadFile:
    """A list of accompaniments of one person at one place, the latest first."""
    jeanne = PersonSaid("Jeanne Delmas", SaveBeneficiary(first_name="Jeanne", last_name="Delmas"))
    lines = tuple(
        ActivityLine(
            where=f"Ligne {number}",
            id=uuid5(UUID(int=1), str(number)),
            form=an_activity(
                day=date(2026, 11, 24) - timedelta(number), place_kind=PlaceKind.PLACE, notes=f"Note {number}"
            ),
            people=(jeanne,),
            place=PlaceSaid("Mairie", municipality="48061"),
            tags=("Aidants",),
            recorded_at=1_700_000_000_000 + number,
        )
        for number in range(activities)
    )
    return ReadFile("liste.xlsx", FileKind.ACTIVITIES, lines)


def test_what_was_imported_and_undone_here_is_so_there(office: Office) -> None:
    here, there = office.computer(), office.computer()
    file = a_list(30)
    batch = taking.take_in(here.database, plan(here.database, file, Progress()), Progress())
    for computer in (here, there):
        computer.sync()
    (person,) = beneficiaries.search(there.database, "delmas")
    assert person.accompaniments == 30
    for line in file.activities:
        with here.database.read() as mine, there.database.read() as theirs:
            assert find(mine, Activity, line.id) == find(theirs, Activity, line.id) is not None
            presence = presence_id(line.id, person.id)
            assert find(mine, Attendance, presence) == find(theirs, Attendance, presence) is not None
    taking.undo(here.database, batch.id, Progress())
    for computer in (here, there):
        computer.sync()
    assert activity_lists.page(there.database).total == 0
    assert beneficiaries.search(there.database, "delmas") == ()


def test_two_computers_that_take_in_the_same_list_hold_it_once(office: Office) -> None:
    """One of them takes in a longer list, in which later activities come first."""
    here, there = office.computer(), office.computer()
    longer = a_list(6)
    shorter = replace(longer, activities=longer.activities[2:])
    for computer, file in ((here, longer), (there, shorter)):
        taking.take_in(computer.database, plan(computer.database, file, Progress()), Progress())
    for computer in (here, there, here):
        computer.sync()
    for computer in (here, there):
        (person,) = beneficiaries.search(computer.database, "delmas")
        assert person.accompaniments == 6
        assert activity_lists.page(computer.database).total == 6
        assert [one.uses for one in places.mine(computer.database)] == [6]
        assert [one.uses for one in tags.mine(computer.database)] == [6]
        for line in longer.activities:
            assert lost_values.of(computer.database, RecordKind.ACTIVITY, line.id) == ()
        assert lost_values.of(computer.database, RecordKind.BENEFICIARY, person.id) == ()


def test_what_was_renamed_since_is_never_written_over(office: Office) -> None:
    database = office.computer().database
    file = a_list(2)
    taking.take_in(database, plan(database, file, Progress()), Progress())
    (person,) = beneficiaries.search(database, "delmas")
    form = beneficiaries.form_of(database, person.id)
    beneficiaries.save(database, replace(form, last_name="Delmas-Roux"))
    with database.work() as work:
        for table in (activity_choice, activity):  # as where a synchronisation was cut before the activities came
            work.connection.execute(delete(table))
    taking.take_in(database, plan(database, file, Progress()), Progress())
    assert {one.last_name for one in beneficiaries.search(database, "jeanne")} == {"Delmas", "Delmas-Roux"}


def test_a_run_waits_for_an_import_and_stopping_it_does_not(office: Office) -> None:
    here = office.computer()
    engine = SyncEngine(here.database, here.transport)
    with ThreadPoolExecutor(2) as threads:
        with here.database.long_work() as work:
            stopped, waiting = threads.submit(engine.run), threads.submit(here.sync)
            time.sleep(0.2)  # both are at the door
            engine.stop()
            work.save(Activity(minutes=30))
        assert (stopped.result(5).ending, waiting.result(5).ending) == (Ending.STOPPED, Ending.DONE)
    assert standing(here.database).waiting == 0
