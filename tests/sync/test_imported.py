"""A notebook filled by an import synchronises like any other, and so does its undoing."""

from uuid import UUID, uuid5

from app.models import Activity, Attendance
from app.services import activity_lists, beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.imports import taking
from app.services.imports.lines import ActivityLine, FileKind, PersonSaid, PlaceSaid, ReadFile
from app.services.imports.planning import plan
from app.services.progress import Progress
from app.work import find
from protocol.ids import presence_id
from protocol.vocabulary import PlaceKind
from tests.notebook import an_activity
from tests.sync.computers import Office


def test_what_was_imported_and_undone_here_is_so_there(office: Office) -> None:
    here, there = office.computer(), office.computer()
    jeanne = PersonSaid("Jeanne Delmas", SaveBeneficiary(first_name="Jeanne", last_name="Delmas"))
    lines = tuple(
        ActivityLine(
            where=f"Ligne {number}",
            id=uuid5(UUID(int=1), str(number)),
            form=an_activity(place_kind=PlaceKind.PLACE, notes=f"Note {number}"),
            people=(jeanne,),
            place=PlaceSaid("Mairie", municipality="48061"),
            tags=("Aidants",),
            recorded_at=1_700_000_000_000 + number,
        )
        for number in range(30)
    )
    file = ReadFile("liste.xlsx", FileKind.ACTIVITIES, lines)
    batch = taking.take_in(here.database, plan(here.database, file, Progress()), Progress())
    for computer in (here, there):
        computer.sync()
    (person,) = beneficiaries.search(there.database, "delmas")
    assert person.accompaniments == 30
    for line in lines:
        with here.database.read() as mine, there.database.read() as theirs:
            assert find(mine, Activity, line.id) == find(theirs, Activity, line.id) is not None
            presence = presence_id(line.id, person.id)
            assert find(mine, Attendance, presence) == find(theirs, Attendance, presence) is not None
    taking.undo(here.database, batch.id, Progress())
    for computer in (here, there):
        computer.sync()
    assert activity_lists.page(there.database).total == 0
    assert beneficiaries.search(there.database, "delmas") == ()
