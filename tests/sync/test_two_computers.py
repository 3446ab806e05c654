"""Two computers of one notebook: both show the same, names included, and neither overwrites the other's work."""

from dataclasses import replace

from sqlalchemy import select, text

from app.database import now_ms
from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.models.local import outbox
from app.models.place import Place
from app.models.procedure_case import Case
from app.models.tag import Tag
from app.services import cases
from app.sync.engine import SyncEngine
from app.sync.outbox import start_epoch
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.bodies import unpack
from protocol.messages import SyncRequest
from protocol.vocabulary import CaseStatus, RecordKind
from tests.raw_bytes import Hunt, spellings, spoken
from tests.sync.computers import BadLink, Computer, Office


def found(computer: Computer, activity: Activity) -> Activity:
    with computer.database.work() as work:
        record = work.find(Activity, activity.id)
    assert record is not None
    return record


def test_two_edits_of_different_fields_both_stay(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30, title="Au début", notes="Au début")
    here.save(activity)
    here.sync()
    there.sync()
    here.save(replace(found(here, activity), title="Ici"))
    there.save(replace(found(there, activity), notes="Là-bas", minutes=60))
    for computer in (here, there, here):
        computer.sync()
    assert found(here, activity) == found(there, activity)
    assert (found(here, activity).title, found(here, activity).notes) == ("Ici", "Là-bas")


def test_topics_added_on_both_sides_are_all_there(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30, topics=frozenset({"email", "sante"}))
    here.save(activity)
    here.sync()
    there.sync()
    here.save(replace(found(here, activity), topics=frozenset({"email", "bureautique"})))
    there.save(replace(found(there, activity), topics=frozenset({"email", "sante", "parentalite"})))
    for computer in (here, there, here):
        computer.sync()
    assert found(here, activity).topics == found(there, activity).topics == {"email", "bureautique", "parentalite"}


def test_what_arrives_never_overwrites_what_waits_here(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    here.sync()
    there.sync()
    there.save(Activity(id=activity.id, minutes=60, title="Colonne"))
    there.sync()
    here.save(replace(found(here, activity), minutes=90))
    to_save = iter([120])

    def save_once_meanwhile() -> str:
        for minutes in to_save:
            here.save(replace(found(here, activity), minutes=minutes))
        return "ok"

    here.sync(BadLink(here.transport, save_once_meanwhile))
    assert found(here, activity).minutes == 120
    here.sync()
    there.sync()
    assert found(here, activity) == found(there, activity)
    assert (found(there, activity).minutes, found(there, activity).title) == (120, "Colonne")


def test_a_deletion_travels_and_an_edit_later_than_it_brings_back(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30)
    here.save(activity)
    here.sync()
    there.sync()
    here.save(replace(found(here, activity), deleted=True))
    here.sync()
    there.save(replace(found(there, activity), minutes=45))
    there.sync()
    assert not found(there, activity).deleted
    here.sync()
    assert found(here, activity) == found(there, activity)
    assert not found(here, activity).deleted


def test_a_copied_disk_starts_a_new_epoch_and_loses_nothing(office: Office) -> None:
    here = office.computer()
    shared = Activity(minutes=1, title="Avant la copie")
    here.save(shared)
    here.sync()
    clone = office.copy(here)

    here.save(Activity(minutes=10, title="Sur l’original"))
    clone.save(Activity(minutes=20, title="Sur la copie"))
    for computer in (here, clone, here, clone, here):
        assert computer.sync().ending is Ending.DONE

    for computer in (here, clone):
        assert standing(computer.database).waiting == 0
        with computer.database.read() as connection:
            assert set(connection.execute(text("SELECT minutes FROM activity")).scalars()) == {1, 10, 20}


def test_a_restored_computer_sends_again_what_is_new_only(office: Office) -> None:
    here, witness = office.computer(), office.computer()
    here.save(Activity(minutes=1))
    here.sync()
    restored = office.copy(here)
    here.save(Activity(minutes=2))
    here.sync()

    restored.save(Activity(minutes=3))
    assert restored.sync().ending is Ending.DONE
    witness.sync()
    for computer in (restored, witness):
        with computer.database.read() as connection:
            minutes = sorted(connection.execute(text("SELECT minutes FROM activity")).scalars())
        assert minutes == [1, 2, 3]


def test_a_refused_operation_is_shown_and_blocks_nothing(office: Office) -> None:
    here = office.computer()
    here.save(Place(name="x" * 900), Place(name="Médiathèque"))
    assert here.sync().ending is Ending.DONE
    now = standing(here.database)
    assert (now.waiting, now.refused) == (0, 1)


def test_what_corrects_a_refused_operation_sends_all_of_it(office: Office) -> None:
    here, there = office.computer(), office.computer()
    place = Place(name="x" * 900, address="Rue Haute", municipality="48061")
    here.save(place)
    here.sync()
    here.save(replace(place, name="Médiathèque"))
    here.sync()
    there.sync()
    with there.database.work() as work:
        arrived = work.find(Place, place.id)
    assert arrived is not None
    assert (arrived.name, arrived.address, arrived.municipality) == ("Médiathèque", "Rue Haute", "48061")
    assert standing(here.database).refused == 0


def test_what_was_refused_stays_here_when_the_rest_comes_back(office: Office) -> None:
    here, there = office.computer(), office.computer()
    place = Place(name="x" * 900, address="Rue Haute")
    here.save(place)
    here.sync()
    there.save(Place(id=place.id, municipality="48061"))
    there.sync()
    here.sync()
    with here.database.work() as work:
        kept = work.find(Place, place.id)
    assert kept is not None
    assert (kept.address, kept.municipality) == ("Rue Haute", "48061")


def test_what_is_saved_of_a_record_erased_meanwhile_goes_with_it(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30, title="À effacer")
    here.save(activity)
    here.sync()
    there.sync()
    form = found(there, activity)
    with here.database.work() as work:
        work.erase(RecordKind.ACTIVITY, activity.id)
    here.sync()
    there.sync()
    there.save(replace(form, minutes=45))
    there.sync()
    with there.database.work() as work:
        assert work.find(Activity, activity.id) is None


def test_nothing_is_left_to_check_of_a_record_that_was_erased(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=2**60)
    here.save(activity)
    here.sync()
    copy = office.copy(here)
    with here.database.work() as work:
        work.erase(RecordKind.ACTIVITY, activity.id)
    here.sync()
    with copy.database.receive() as work:
        start_epoch(work)
    for computer in (copy, there):
        computer.sync()
    assert [standing(one.database).refused for one in (here, copy, there)] == [0, 0, 0]


def test_a_clock_wrong_by_years_never_stops_the_synchronisation(office: Office) -> None:
    here, there = office.computer(), office.computer()
    years = 5 * 365 * 86_400_000
    for off in (-years, years):
        activity = Activity(minutes=30)
        here.save(activity)
        with here.database.receive() as work:
            work.set_state("sync.hlc", [now_ms() + off, 0])
            work.set_state("sync.clock_offset_ms", 0)
        here.save(replace(activity, minutes=31))
        outcome = SyncEngine(here.database, here.transport, lambda off=off: now_ms() + off).run()  # type: ignore[misc]
        assert outcome.ending is Ending.DONE
        there.sync()
        assert found(there, activity).minutes == 31
        there.save(replace(found(there, activity), minutes=32))
        there.sync()
        here.sync()
        here.save(replace(found(here, activity), minutes=33))
        here.sync()
        there.sync()
        assert found(there, activity).minutes == 33


def test_what_was_acknowledged_is_kept_when_a_wrong_clock_is_set_right(office: Office) -> None:
    here = office.computer()
    here.save(Activity(minutes=30))
    SyncEngine(here.database, here.transport, lambda: now_ms() - 5 * 365 * 86_400_000).run()
    here.sync()
    with here.database.read() as connection:
        kept = connection.scalars(select(outbox.c.kind)).all()
    assert RecordKind.ACTIVITY in kept


def test_the_server_never_reads_a_name(office: Office) -> None:
    here = office.computer()
    core, phone = "quetzalcoatl", "0699887766"
    note = f"Bavarder avec {core}"
    person = Beneficiary(first_name=f"Zé{core}", last_name=core, phone="+33699887766", email=f"{core}@exemple.fr")
    here.save(person, Activity(minutes=20, title=note, notes=note), Tag(name=core, description=note))
    link = BadLink(here.transport, lambda: "ok")
    assert here.sync(link).sent == 3
    names = Hunt(spellings(core) | spoken(phone))
    said = b"".join(unpack(SyncRequest, body).model_dump_json().encode() for body in link.sent)
    assert names.within(said) == set()
    with office.server.database.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
    assert names.in_files(office.server.data_dir) == {}
    assert Hunt({person.id.bytes}).in_files(office.server.data_dir), "the search reads what the server keeps"


def test_steps_that_two_computers_tick_at_once_are_all_done(office: Office) -> None:
    here, there = office.computer(), office.computer()
    case = Case(name="Carte grise", steps=[{"id": "a", "said": "Réunir"}, {"id": "b", "said": "Envoyer"}])
    here.save(case)
    here.sync()
    there.sync()
    cases.tick(here.database, case.id, "a", True)
    cases.tick(there.database, case.id, "b", True)
    cases.set_status(there.database, case.id, CaseStatus.SUBMITTED)
    for computer in (here, there, here):
        computer.sync()
    for computer in (here, there):
        with computer.database.work() as work:
            kept = work.find(Case, case.id)
        assert kept is not None
        assert (kept.done, kept.status) == (frozenset({"a", "b"}), CaseStatus.SUBMITTED)
