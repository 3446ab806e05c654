"""Several advisors in one notebook: who wrote what, and what becomes of a version that lost to a colleague's."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from app.models import Activity, Attendance, Beneficiary
from app.services import activity_detail, beneficiaries, lost_values
from app.services.access import rename_advisor
from app.services.rows import LostRow
from protocol.vocabulary import ActivityKind, PlaceKind, RecordKind
from tests.notebook import a_beneficiary, recorded
from tests.sync.computers import Computer, Office
from tests.sync.joining_computers import joined

Fields = Mapping[str, object]
NBSP = "\u00a0"


@pytest.fixture
def colleagues(office: Office) -> tuple[Computer, Computer]:
    """Camille, and Jeanne whom she let in."""
    camille, jeanne = office.computer(), office.blank()
    for computer, name in ((camille, "Camille Fabre"), (jeanne, "Jeanne Roux")):
        rename_advisor(computer.database, name)
    joined(office, camille, jeanne)
    for computer in (camille, jeanne, camille):
        computer.sync()
    return camille, jeanne


def found(computer: Computer, id_: UUID) -> Activity:
    with computer.database.work() as work:
        kept = work.find(Activity, id_)
    assert kept is not None
    return kept


def both_write(colleagues: tuple[Computer, Computer], id_: UUID, mine: Fields, hers: Fields) -> None:
    """Camille changes an activity, Jeanne too a moment later, neither knowing of the other; then all is exchanged."""
    camille, jeanne = colleagues
    camille.save(replace(found(camille, id_), **mine))  # type: ignore[arg-type]
    jeanne.save(replace(found(jeanne, id_), **hers))  # type: ignore[arg-type]
    for computer in (jeanne, camille, jeanne):
        computer.sync()


def lost(computer: Computer, id_: UUID, kind: RecordKind = RecordKind.ACTIVITY) -> tuple[LostRow, ...]:
    return lost_values.of(computer.database, kind, id_)


def shared(colleagues: tuple[Computer, Computer], **more: object) -> UUID:
    """An activity that both have."""
    camille, jeanne = colleagues
    id_ = recorded(camille.database, **more)
    for computer in colleagues:
        computer.sync()
    assert found(jeanne, id_).id == id_
    return id_


def test_the_history_says_who_changed_what(colleagues: tuple[Computer, Computer]) -> None:
    camille, jeanne = colleagues
    id_ = shared(colleagues, notes="Au début")
    jeanne.save(replace(found(jeanne, id_), minutes=45))
    jeanne.sync()
    camille.sync()
    last, first = activity_detail.history(camille.database, id_)
    assert (last.here, last.author, first.here, first.author) == (False, "Jeanne Roux", True, "")
    seen = activity_detail.detail(camille.database, id_)
    assert (seen.recorded_by, seen.modified_by) == ("", "Jeanne Roux")
    assert activity_detail.detail(jeanne.database, id_).recorded_by == "Camille Fabre"


def test_a_version_that_lost_is_shown_to_the_one_who_wrote_it(colleagues: tuple[Computer, Computer]) -> None:
    camille, jeanne = colleagues
    id_ = shared(colleagues, notes="Au début")
    both_write(colleagues, id_, {"notes": "De Camille", "minutes": 45}, {"notes": "De Jeanne", "minutes": 90})
    [row] = lost(camille, id_)
    assert row.author == "Jeanne Roux"
    assert row.fields == (("Durée", f"45{NBSP}min", f"1{NBSP}h{NBSP}30"), ("Notes", "De Camille", "De Jeanne"))
    assert activity_detail.detail(camille.database, id_).lost == (row,)
    assert lost(jeanne, id_) == ()


def test_a_version_taken_back_wins_everywhere_and_can_be_undone(colleagues: tuple[Computer, Computer]) -> None:
    camille, jeanne = colleagues
    id_ = shared(colleagues, notes="Au début")
    both_write(colleagues, id_, {"notes": "De Camille"}, {"notes": "De Jeanne"})
    [row] = lost(camille, id_)
    taken = lost_values.take_back(camille.database, RecordKind.ACTIVITY, row)
    assert (found(camille, id_).notes, lost(camille, id_)) == ("De Camille", ())
    lost_values.undo(camille.database, taken)
    assert (found(camille, id_).notes, lost(camille, id_)) == ("De Jeanne", (row,))
    lost_values.take_back(camille.database, RecordKind.ACTIVITY, row)
    for computer in (camille, jeanne, camille):
        computer.sync()
    assert found(jeanne, id_).notes == found(camille, id_).notes == "De Camille"
    assert lost(camille, id_) == lost(jeanne, id_) == ()


def test_the_colleagues_version_may_be_kept_for_good(colleagues: tuple[Computer, Computer]) -> None:
    camille, jeanne = colleagues
    id_ = shared(colleagues, notes="Au début")
    both_write(colleagues, id_, {"notes": "De Camille"}, {"notes": "De Jeanne"})
    [row] = lost(camille, id_)
    lost_values.let_go(camille.database, row)
    assert lost(camille, id_) == ()
    jeanne.save(replace(found(jeanne, id_), minutes=10))
    jeanne.sync()
    camille.sync()
    assert lost(camille, id_) == ()
    lost_values.let_go(camille.database, row, is_settled=False)
    assert lost(camille, id_) == (row,)


def test_a_field_written_again_here_asks_nothing_more(colleagues: tuple[Computer, Computer]) -> None:
    camille, _ = colleagues
    id_ = shared(colleagues, notes="Au début")
    both_write(colleagues, id_, {"notes": "De Camille", "minutes": 45}, {"notes": "De Jeanne", "minutes": 90})
    camille.save(replace(found(camille, id_), notes="Les deux ensemble"))
    [row] = lost(camille, id_)
    assert [name for name, _, _ in row.fields] == ["Durée"]
    lost_values.take_back(camille.database, RecordKind.ACTIVITY, row)
    assert (found(camille, id_).notes, found(camille, id_).minutes) == ("Les deux ensemble", 45)


def test_a_place_is_taken_back_with_all_that_goes_with_it(colleagues: tuple[Computer, Computer]) -> None:
    camille, _ = colleagues
    id_ = shared(colleagues)
    home = {"place_kind": PlaceKind.HOME, "municipality": "48061", "postal_code": "48400"}
    elsewhere = {"place_kind": PlaceKind.OTHER, "municipality": "30007", "postal_code": "30100"}
    both_write(colleagues, id_, home, elsewhere)
    [row] = lost(camille, id_)
    assert row.fields == (("Lieu", "À domicile", "Autre lieu"), ("Commune", "Florac Trois Rivières", "Alès"))
    lost_values.take_back(camille.database, RecordKind.ACTIVITY, row)
    now = found(camille, id_)
    assert (now.place_kind, now.municipality, now.postal_code) == (PlaceKind.HOME, "48061", "48400")


def test_a_year_of_birth_taken_back_tells_the_age_again(colleagues: tuple[Computer, Computer]) -> None:
    camille, jeanne = colleagues
    person = a_beneficiary(camille.database, birth_year=1950)
    recorded(camille.database, kind=ActivityKind.INDIVIDUAL, participants=(person,))
    for computer in colleagues:
        computer.sync()
    for computer, year in ((camille, 1990), (jeanne, 1995)):
        form = beneficiaries.form_of(computer.database, person)
        beneficiaries.save(computer.database, replace(form, birth_year=year))
    for computer in (jeanne, camille):
        computer.sync()
    [row] = lost(camille, person, RecordKind.BENEFICIARY)
    assert row.fields == (("Année de naissance", "1990", "1995"),)
    lost_values.take_back(camille.database, RecordKind.BENEFICIARY, row)
    with camille.database.read() as connection:
        [band] = connection.execute(Attendance.table.select()).mappings()
        assert band["age_band"] == "vingt_cinq_trente_neuf"
        kept = connection.execute(Beneficiary.table.select()).mappings().one()
    assert kept["birth_year"] == 1990
