"""A person erased here while there, unaware, more is written of them or their file is made one with another's."""

from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models import Assessment, Beneficiary, Case, Mandate, MandateEntry, Record
from app.models.local import outbox
from app.services import activities, beneficiaries, merging
from app.services.commands import MergePeople
from app.services.privacy import erasing
from app.work import find
from protocol.vocabulary import Gender, MandateAct, SkillDomain
from tests.notebook import TODAY, a_beneficiary, recorded, traces
from tests.sync.computers import BadLink, Computer, Office
from tests.sync.test_leaving_everywhere import NAME, NOTE, done, figures, is_clean, said_of, sealed_of

STREET, PHONE, EMAIL = "12 chemin des Xylophones", "0698765432", "oberlinette.z@exemple.fr"


def found(computer: Computer, record: Record) -> Record | None:
    with computer.database.read() as connection:
        return find(connection, type(record), record.id)


def person(computer: Computer, id_: UUID) -> Beneficiary | None:
    with computer.database.read() as connection:
        return find(connection, Beneficiary, id_)


def never_hears(office: Office, computer: Computer) -> None:
    """Its changes arrive, no answer ever does: it is never seen again."""
    computer.sync(BadLink(computer.transport, lambda: "answer_lost"))
    computer.database.close()


def operations(computer: Computer) -> int:
    with computer.database.read() as connection:
        return len(connection.execute(select(outbox.c.seq)).all())


def a_late_life(computer: Computer, gone: UUID) -> list[Record]:
    """All that may be written of somebody alone."""
    case, mandate = Case(beneficiary=gone, name="Carte grise", notes=NOTE), Mandate(beneficiary=gone, acts=NOTE)
    entry = MandateEntry(mandate=mandate.id, at=1, act=MandateAct.USED, said=NOTE)
    begun = Assessment(beneficiary=gone, notes=NOTE)
    computer.save(case, mandate, entry, begun)
    return [case, mandate, entry, begun]


def test_what_came_too_late_of_a_person_is_erased_by_whoever_receives_it(office: Office) -> None:
    here, there, third = (office.computer() for _ in range(3))
    gone = a_beneficiary(here.database, NAME, "Jeanne")
    done(here, there, third)
    erasing.erase(here.database, gone)
    done(here, third)
    late = a_late_life(there, gone)
    ended = Assessment(beneficiary=gone, day=TODAY, scores={SkillDomain.SAFETY.value: 1}, notes=NOTE)
    there.save(ended)
    activity = recorded(there.database, cases=frozenset({late[0].id}))
    never_hears(office, there)
    done(here, third, here, third)
    for computer in (here, third):
        assert [one for one in late if found(computer, one)] == []
        assert found(computer, ended) == replace(ended, notes=None, created_at=found(computer, ended).created_at)  # type: ignore[union-attr]
        assert activities.form_of(computer.database, activity).cases == frozenset()
        assert is_clean(computer)
    assert said_of(office, [one.id for one in late]) == []
    assert sealed_of(office, [one.id for one in late]) == 0
    told = [operations(computer) for computer in (here, third)]
    done(here, third, here, third)
    assert [operations(computer) for computer in (here, third)] == told, "they never stop telling each other"


def test_a_computer_that_never_knew_the_person_does_so_too(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone = a_beneficiary(here.database, NAME, "Jeanne")
    done(here, there)
    erasing.erase(here.database, gone)
    done(here)
    later = office.computer()
    late = a_late_life(there, gone)
    never_hears(office, there)
    done(later, later)
    assert [one for one in late if found(later, one)] == []
    assert said_of(office, [one.id for one in late]) == []
    assert sealed_of(office, [one.id for one in late]) == 0


def test_a_use_of_a_mandate_that_is_gone_goes_too(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone = a_beneficiary(here.database, NAME, "Jeanne")
    mandate = Mandate(beneficiary=gone, acts="Impôts")
    here.save(mandate)
    done(here, there)
    erasing.erase(here.database, gone)
    done(here)
    entry = MandateEntry(mandate=mandate.id, at=1, act=MandateAct.USED, said=NOTE)
    there.save(entry)
    never_hears(office, there)
    done(here, here)
    assert found(here, entry) is None
    assert sealed_of(office, [entry.id]) == 0


def test_whoever_was_merged_into_a_person_who_was_gone_goes_with_them(office: Office) -> None:
    here, there = office.computer(), office.computer()
    kept, twin = (a_beneficiary(here.database, NAME, "Jeanne", notes=NOTE) for _ in range(2))
    done(here, there)
    erasing.erase(here.database, kept)
    done(here)
    merging.merge_all(there.database, (MergePeople(kept, twin),))
    never_hears(office, there)
    done(here, here)
    assert person(here, twin) is None
    assert is_clean(here)
    assert sealed_of(office, [kept, twin]) == 0


def two_files(computer: Computer) -> tuple[UUID, UUID]:
    kept = a_beneficiary(computer.database, "Roux", "Marcelle", notes="Préfère le matin.")
    gone = a_beneficiary(
        computer.database, NAME, "Jeanne", birth_year=1950, phone=PHONE, email=EMAIL, address=STREET,
        gender=Gender.FEMALE, notes=NOTE,
    )  # fmt: skip
    for id_ in (kept, gone):
        recorded(computer.database, participants=(id_,))
        computer.save(Case(beneficiary=id_, name=f"Démarche {id_}"))
    return kept, gone


def has_lost(computer: Computer, kept: UUID, before: Beneficiary) -> bool:
    """The file kept says what it said, and nothing of the other is left anywhere."""
    words = (NAME, NOTE, "Xylophones", EMAIL, "698765432")
    return person(computer, kept) == before and not any(traces(computer.database, word) for word in words)


MERGED, ERASED, THIRD = "there", "here", "third"


@pytest.mark.parametrize("knows_first", [False, True])
@pytest.mark.parametrize("order", list(permutations((MERGED, ERASED, THIRD))))
def test_an_erasure_that_meets_a_merge_takes_back_what_it_filled_in(
    office: Office, order: tuple[str, ...], knows_first: bool
) -> None:
    """Whoever synchronises first; the third perhaps knew of the merge before anybody knew of the erasure."""
    computers = {name: office.computer() for name in (ERASED, MERGED, THIRD)}
    here, there, third = computers.values()
    kept, gone = two_files(here)
    done(here, there, third)
    before = person(here, kept)
    assert before is not None
    merging.merge_all(there.database, (MergePeople(kept, gone),))
    assert person(there, kept) != before
    if knows_first:
        done(there, third)
    erasing.erase(here.database, gone)
    for name in order:
        done(computers[name])
    for _ in range(2):
        for computer in computers.values():
            merging.follow(computer.database)
            done(computer)
    for computer in computers.values():
        assert person(computer, gone) is None
        assert person(computer, kept) == before
        assert figures(computer) == figures(here)
    is_known_first = not knows_first and order.index(ERASED) < order.index(MERGED)
    for computer in computers.values() if is_known_first else (there, third) if knows_first else (there,):
        assert has_lost(computer, kept, before), "its history says nothing of it either"
        assert is_clean(computer)
    assert sealed_of(office, [gone]) == 0
    assert sealed_of(office, [kept]) == 1, "it was told anew"


def test_what_the_advisor_changed_since_stays_with_the_file_kept(office: Office) -> None:
    here, there = office.computer(), office.computer()
    kept, gone = two_files(here)
    done(here, there)
    merging.merge_all(there.database, (MergePeople(kept, gone),))
    form = beneficiaries.form_of(there.database, kept)
    beneficiaries.save(
        there.database, replace(form, email="marcelle@exemple.fr", notes=f"{form.notes}\n\nVient à pied.")
    )
    erasing.erase(here.database, gone)
    done(here, there, here)
    for computer in (here, there):
        now = person(computer, kept)
        assert now is not None
        assert (now.email, now.phone, now.notes) == ("marcelle@exemple.fr", None, "Préfère le matin.\n\nVient à pied.")
        assert is_clean(computer)


def test_what_was_filled_in_goes_from_where_it_went_on(office: Office) -> None:
    here, there = office.computer(), office.computer()
    kept, gone = two_files(here)
    last = a_beneficiary(here.database, "Roux", "M.", notes="Vient en bus.")
    done(here, there)
    merging.merge_all(there.database, (MergePeople(kept, gone),))
    merging.merge_all(there.database, (MergePeople(last, kept),))
    erasing.erase(here.database, gone)
    done(here, there, here)
    for computer in (here, there):
        now = person(computer, last)
        assert now is not None
        assert (now.phone, now.email, now.notes) == (None, None, "Vient en bus.\n\nPréfère le matin.")
        assert is_clean(computer)


def test_of_a_merge_taken_back_before_nothing_is_remembered_either(office: Office) -> None:
    here, there = office.computer(), office.computer()
    gone, other = two_files(here)[::-1]
    merging.merge_all(here.database, (MergePeople(gone, other),))
    merging.unmerge_all(here.database, (other,))
    done(here, there)
    erasing.erase(here.database, gone)
    done(here, there)
    for computer in (here, there):
        assert traces(computer.database, "Xylophones") == set()
        assert is_clean(computer)
