"""All that was known of a person, gone from the server and from the colleague's computer once both synchronised."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from app import erasures
from app.models import Activity, Appointment, Assessment, Beneficiary, Case, Mandate, MandateEntry
from app.models.local import change, outbox
from app.paths import Paths
from app.services import activities, activity_detail, backup_files, backups, beneficiaries, merging
from app.services.commands import ActivityFilter, MergePeople
from app.services.privacy import erasing, upkeep
from app.services.progress import Progress
from app.services.statistics import pages
from app.sync.outcome import Ending
from app.sync.standing import standing
from app.vault import Vault
from protocol.vocabulary import ActivityKind, Gender, MandateAct
from tests.decrypted import in_clear
from tests.notebook import TODAY, a_beneficiary, recorded, traces
from tests.raw_bytes import Hunt, spellings
from tests.recount import told
from tests.sync.computers import BadLink, Computer, Office

NOW = datetime(2026, 11, 24, 9, 12)
NAME, NOTE = "Zwanzigerova", "secretissime"
TRACES = Hunt(spellings(NAME) | spellings(NOTE))


def done(*computers: Computer) -> None:
    for computer in computers:
        assert computer.sync().ending is Ending.DONE
        now = standing(computer.database)
        assert (now.waiting, now.refused) == (0, 0)


def a_life(computer: Computer) -> tuple[UUID, UUID, list[UUID]]:
    """A person with all that may follow somebody, a workshop; the ids of her own records, and of an accompaniment."""
    gone = a_beneficiary(computer.database, NAME, "Jeanne", gender=Gender.FEMALE, birth_year=1950, notes=NOTE)
    case, mandate = Case(beneficiary=gone, notes=NOTE), Mandate(beneficiary=gone, acts=NOTE)
    entry = MandateEntry(mandate=mandate.id, at=1, act=MandateAct.USED, said=NOTE)
    assessment = Assessment(beneficiary=gone, day=TODAY, notes=NOTE)
    expected = Appointment(beneficiary=gone, subject=NOTE)
    computer.save(case, mandate, entry, assessment, expected)
    alone = recorded(computer.database, participants=(gone,), notes=NOTE, cases=frozenset({case.id}))
    form = activities.form_of(computer.database, alone)
    activities.record(computer.database, replace(form, notes=f"{NOTE} bis"), TODAY)
    workshop = recorded(
        computer.database, kind=ActivityKind.WORKSHOP, title="Ma tablette", participants=(gone,), notes=f"Avec {NAME}"
    )
    return gone, workshop, [gone, case.id, mandate.id, entry.id, expected.id, assessment.id, alone]


def sealed_of(office: Office, records: list[UUID]) -> int:
    """How many sealed pieces the server keeps of some records."""
    query = text("SELECT count(*) FROM operation WHERE record = ANY(:ids) AND piece IS NOT NULL")
    with office.server.database.transaction() as connection:
        return int(connection.execute(query, {"ids": records}).scalar_one())


def said_of(office: Office, records: list[UUID]) -> list[object]:
    """What the server holds in clear of erased records."""
    query = text(
        "SELECT fields, clocks, changed, lost, pieces FROM record WHERE id = ANY(:ids) AND erased_at IS NOT NULL"
    )
    with office.server.database.transaction() as connection:
        return [value for row in connection.execute(query, {"ids": records}) for value in row if value]


def is_clean(computer: Computer) -> bool:
    """Nothing readable in any table, nor in any page once the file was written anew."""
    erasing.scrub(computer.database)
    path = computer.database.path
    files = [one for one in path.parent.glob(f"{path.stem}*") if one.is_file()]
    return not traces(computer.database, NAME) | traces(computer.database, NOTE) and not any(
        TRACES.within(in_clear(one)) for one in files
    )


def figures(computer: Computer) -> object:
    return told(pages.page(computer.database, ActivityFilter(), TODAY))


def test_nothing_of_a_person_is_left_on_the_server_nor_on_the_other_computer(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, workshop, hers = a_life(here)
    done(here, there)
    assert traces(there.database, NOTE) >= {
        "procedure_case",
        "mandate",
        "assessment",
        "appointment",
        "activity",
        "change",
    }
    before = figures(here)

    erasing.erase(here.database, gone)
    done(here)

    alone = hers[-1]
    assert sealed_of(office, hers[:-2]) == 0
    assert sealed_of(office, hers) == 2, "the accompaniment and the assessment, which have no note any more"
    assert said_of(office, hers[:-2]) == []
    assert sealed_of(office, [workshop]) == 1
    done(there)
    done(here, there)
    for computer in (here, there):
        assert is_clean(computer)
        assert figures(computer) == before
        assert activities.form_of(computer.database, workshop).notes == "Avec une personne"
        assert activities.form_of(computer.database, alone).notes == ""
        assert gone in erasures.noted(computer.database.path.parent)
    assert activity_detail.history(there.database, workshop)


def test_no_page_of_the_older_copies_of_the_other_computer_shows_her_either(office: Office) -> None:
    here, there, paths = office.computer(), office.computer(), Paths(office.folder)
    Vault(paths.slots).create(office.recovery.public, "quatre mots sans rapport")
    gone, *_ = a_life(here)
    done(here, there)
    for days in (9, 1):
        backups.make(there.database, paths, Progress(), NOW - timedelta(days=days))
    erasing.erase(here.database, gone)
    done(here)
    upkeep.look_after(there.database, paths, Progress(), NOW)
    assert len(showing(paths)) == 3, "it did not hear of it yet"
    done(there)
    upkeep.look_after(there.database, paths, Progress(), NOW + timedelta(days=7))
    assert len(backup_files.list_in(paths.backups)) == 4
    assert showing(paths) == set()


def showing(paths: Paths) -> set[str]:
    return {one.name for one in paths.backups.rglob("*") if one.is_file() and TRACES.within(in_clear(one))}


def test_the_other_computer_has_nothing_to_say_of_it(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, *_ = a_life(here)
    done(here, there)
    erasing.erase(here.database, gone)
    done(here, there)
    with there.database.read() as connection:
        assert connection.execute(select(outbox.c.seq).where(outbox.c.kind != "computer")).all() == []


def test_what_a_colleague_wrote_meanwhile_goes_too(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, workshop, _ = a_life(here)
    done(here, there)
    late = recorded(there.database, participants=(gone,), notes=f"{NOTE} ailleurs")
    form = activities.form_of(there.database, workshop)
    activities.record(there.database, replace(form, notes=f"{NAME} a fini", minutes=75), TODAY)
    case = Case(beneficiary=gone, notes=NOTE)
    there.save(case)
    erasing.erase(here.database, gone)
    done(here, there, here, there)
    for computer in (here, there):
        assert is_clean(computer)
        assert activities.form_of(computer.database, late).notes == ""
        assert activities.form_of(computer.database, workshop).minutes == 75
    assert said_of(office, [case.id]) == []
    assert figures(here) == figures(there)


@pytest.mark.parametrize("fate", ["answer_lost", "request_lost"])
def test_what_was_on_its_way_goes_too(office: Office, fate: str) -> None:
    here, there = office.computer(), office.computer()
    gone, workshop, hers = a_life(here)
    here.sync(BadLink(here.transport, lambda: fate))
    erasing.erase(here.database, gone)
    done(here, there)
    for computer in (here, there):
        assert is_clean(computer)
    assert sealed_of(office, hers) == 2
    assert activities.form_of(there.database, workshop).title == "Ma tablette"


def test_a_note_written_afterwards_stays(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, workshop, _ = a_life(here)
    done(here, there)
    erasing.erase(here.database, gone)
    done(here)
    form = activities.form_of(here.database, workshop)
    activities.record(here.database, replace(form, notes="Une séance de plus"), TODAY)
    done(here, there, here)
    for computer in (here, there):
        assert activities.form_of(computer.database, workshop).notes == "Une séance de plus"
        assert is_clean(computer)


def test_a_computer_that_joins_later_hears_of_nobody(office: Office) -> None:
    here = office.computer()
    gone, *_ = a_life(here)
    done(here)
    erasing.erase(here.database, gone)
    done(here)
    later = office.computer()
    done(later)
    assert is_clean(later)
    with later.database.read() as connection:
        assert connection.execute(select(change.c.number)).all()
    with later.database.work() as work:
        assert work.find(Beneficiary, gone) is None


def test_erasing_on_both_computers_at_once_comes_to_the_same(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, workshop, _ = a_life(here)
    done(here, there)
    for computer in (here, there):
        erasing.erase(computer.database, gone)
    done(here, there, here, there)
    assert figures(here) == figures(there)
    with here.database.work() as one, there.database.work() as other:
        assert one.find(Activity, workshop) == other.find(Activity, workshop)
    assert all(is_clean(computer) for computer in (here, there))


def test_somebody_merged_into_another_is_gone_everywhere(office: Office) -> None:
    here, there = office.computer(), office.computer()
    kept, twin = a_beneficiary(here.database, NAME, "Jeanne"), a_beneficiary(here.database, NAME, "Jane")
    with here.database.work() as work:
        found = work.find(Beneficiary, twin)
        assert found is not None
        work.save(replace(found, deleted=True, merged_into=kept))
    done(here, there)
    beneficiaries.erase(there.database, kept)
    done(there, here)
    assert all(is_clean(computer) for computer in (here, there))


def test_somebody_merged_into_a_person_erased_meanwhile_goes_with_them(office: Office) -> None:
    here, there = office.computer(), office.computer()
    kept, twin = a_beneficiary(here.database, NAME, "Jeanne"), a_beneficiary(here.database, NAME, "Jane", notes=NOTE)
    recorded(here.database, participants=(kept,))
    recorded(here.database, participants=(twin,), notes=f"Mme {NAME} progresse")
    done(here, there)
    merging.merge_all(there.database, (MergePeople(kept, twin),))
    erasing.erase(here.database, kept)
    done(here, there, here, there)
    for computer in (here, there):
        merging.follow(computer.database)
    done(here, there, here, there)
    assert all(is_clean(computer) for computer in (here, there))
    assert sealed_of(office, [kept, twin]) == 0
    assert said_of(office, [kept, twin]) == []
    assert figures(here) == figures(there)
