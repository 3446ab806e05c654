"""Two files of one person become one, and two again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import Database
from app.errors import UserError
from app.merges.taking_back import FOLLOWING
from app.models import RECORDS, Attendance, Beneficiary
from app.models.attendance import attendance
from app.models.local import draft
from app.services import activities, beneficiaries, drafts, duplicates, merging, timeline
from app.services.commands import MergePeople, SaveBeneficiary
from app.services.privacy import consent
from app.services.privacy.consent import Choices
from app.work import find
from protocol.vocabulary import ActivityKind, AgeBand, Consent, Gender
from tests.notebook import TODAY, a_beneficiary, an_activity, new_database

UNSEEN = {"number", "version", "deleted"}


def content(database: Database) -> dict[str, Any]:
    """All that is not deleted, of every kind, derived values too, and the drafts."""
    with database.read() as connection:
        kept = {
            kind.value: {
                row["id"]: {name: value for name, value in row.items() if name not in UNSEEN}
                for row in connection.execute(select(cls.table).where(~cls.table.c.deleted)).mappings()
            }
            for kind, cls in RECORDS.items()
        }
        kept["drafts"] = {row.id: row.form for row in connection.execute(select(draft))}
    return kept


def person(database: Database, id_: UUID) -> Beneficiary:
    with database.read() as connection:
        found = find(connection, Beneficiary, id_)
    assert found is not None
    return found


def came(database: Database, id_: UUID) -> set[UUID]:
    with database.read() as connection:
        wanted = select(attendance.c.activity).where(attendance.c.beneficiary == id_, ~attendance.c.deleted)
        return set(connection.execute(wanted).scalars())


PEOPLE = st.builds(
    Beneficiary,
    created_at=st.integers(1_000, 9_000),
    last_name=st.sampled_from(("Martin", "Benali", "", None)),
    first_name=st.sampled_from(("Odette", "Aïcha", None)),
    birth_year=st.sampled_from((None, 1948, 1990)),
    phone=st.sampled_from((None, "+33612345678")),
    no_phone=st.sampled_from((None, True, False)),
    email=st.sampled_from((None, "", "a@exemple.fr")),
    municipality=st.sampled_from((None, "48061", "30007")),
    postal_code=st.sampled_from((None, "48400")),
    gender=st.sampled_from((None, *Gender)),
    notes=st.sampled_from((None, "Préfère le matin.", "Vient avec sa fille.")),
    consent=st.sampled_from((None, *Consent)),
    consent_on=st.sampled_from((None, date(2026, 3, 2), date(2026, 9, 1))),
    informed_on=st.sampled_from((None, date(2026, 3, 2), date(2026, 9, 1))),
    keep_until=st.sampled_from((None, date(2027, 3, 2), date(2028, 9, 1))),
    distinct_from=st.sampled_from((None, ["0190a0c1-0000-7000-8000-000000000001"])),
)
WHO = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=5)
"""For each activity: whether the one, the other came, and whether the other's presence was taken back."""


def filled(database: Database, one: Beneficiary, other: Beneficiary, who: list[tuple[bool, bool, bool]]) -> None:
    with database.work() as work:
        work.save_all((one, other))
        work.save_all([cls(beneficiary=id_) for cls in FOLLOWING.values() for id_ in (one.id, other.id)])
    for place, (is_one, is_other, is_gone) in enumerate(who):
        people = tuple(id_ for id_, is_there in ((one.id, is_one), (other.id, is_other)) if is_there)
        form = an_activity(
            kind=ActivityKind.WORKSHOP,
            day=TODAY - timedelta(days=place),
            participants=people,
            anonymous=replace(an_activity().anonymous, total=1),
        )
        kept = activities.record(database, form, TODAY)
        if is_gone and is_other:
            opened = activities.form_of(database, kept)
            without = tuple(id_ for id_ in opened.participants if id_ != other.id)
            activities.record(database, replace(opened, participants=without), TODAY)
    drafts.keep(database, an_activity(participants=(other.id,)))


@settings(max_examples=30)
@given(PEOPLE, PEOPLE, WHO, st.sets(st.sampled_from(("phone", "email", "birth_year", "notes", "municipality"))))
def test_a_merge_taken_back_leaves_the_notebook_as_it_was(
    one: Beneficiary, other: Beneficiary, who: list[tuple[bool, bool, bool]], take: set[str]
) -> None:
    with TemporaryDirectory() as folder:
        database = new_database(Path(folder))
        filled(database, one, other, who)
        before, together = content(database), came(database, one.id) | came(database, other.id)
        merging.merge_all(database, (MergePeople(one.id, other.id, frozenset(take)),))
        assert came(database, one.id) == together
        assert not came(database, other.id)
        assert person(database, one.id).created_at == min(one.created_at or 0, other.created_at or 0)
        decided_as_both_files_say(person(database, one.id), one, other)
        merging.unmerge_all(database, (other.id,))
        assert content(database) == before
        merging.merge_all(database, (MergePeople(one.id, other.id, frozenset(take)),))
        assert came(database, one.id) == together
        database.close()


def decided_as_both_files_say(now: Beneficiary, *files: Beneficiary) -> None:
    """The later decision counts, a refusal before an agreement of the same day; so does what was told or asked last."""
    decided = [one for one in files if one.consent]
    latest = max((one.consent_on or date.min for one in decided), default=date.min)
    of_that_day = {one.consent for one in decided if (one.consent_on or date.min) == latest}
    assert now.consent in (of_that_day - {Consent.GIVEN} or of_that_day or {None})
    assert not decided or (now.consent_on or date.min) == latest
    for name in ("informed_on", "keep_until"):
        said = [value for one in files if (value := getattr(one, name))]
        assert getattr(now, name) == (max(said) if said else None)


def test_a_decision_changed_after_the_merge_keeps_its_own_date_when_the_merge_is_taken_back(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    spring, autumn = date(2026, 3, 2), date(2026, 9, 1)
    consent.choose(database, kept, Choices(consent=Consent.GIVEN, consent_on=spring), TODAY)
    consent.choose(database, gone, Choices(consent=Consent.REFUSED, consent_on=autumn), TODAY)
    merging.merge_all(database, (MergePeople(kept, gone),))
    assert consent.of(database, kept).choices == Choices(consent=Consent.REFUSED, consent_on=autumn)
    changed = Choices(consent=Consent.WITHDRAWN, consent_on=autumn)
    consent.choose(database, kept, changed, TODAY)
    merging.unmerge_all(database, (gone,))
    assert consent.of(database, kept).choices == changed
    assert consent.of(database, gone).choices == Choices(consent=Consent.REFUSED, consent_on=autumn)


def test_what_follows_the_person_follows_them_to_the_other_file(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    with database.work() as work:
        records = [cls(beneficiary=gone) for cls in FOLLOWING.values()]
        work.save_all(records)
    merging.merge_all(database, (MergePeople(kept, gone),))
    with database.read() as connection:
        assert {find(connection, type(one), one.id).beneficiary for one in records} == {kept}  # type: ignore[union-attr]


def test_blank_is_absent_and_no_is_an_answer(database: Database) -> None:
    kept = Beneficiary(last_name="Martin", first_name="Odette", email="", no_phone=False, postal_code=" ")
    gone = Beneficiary(last_name="Martin", first_name="O.", email="o@exemple.fr", no_phone=True, postal_code="48400")
    with database.work() as work:
        work.save_all((kept, gone))
    merging.merge_all(database, (MergePeople(kept.id, gone.id),))
    now = person(database, kept.id)
    assert (now.first_name, now.email, now.no_phone, now.postal_code) == ("Odette", "o@exemple.fr", False, "48400")


def test_the_notes_of_both_are_kept(database: Database) -> None:
    kept, gone = a_beneficiary(database, notes="Préfère le matin."), a_beneficiary(database, notes="Vient en bus.")
    merging.merge_all(database, (MergePeople(kept, gone),))
    assert person(database, kept).notes == "Préfère le matin.\n\nVient en bus."


def test_a_year_of_birth_that_is_learnt_tells_the_ages_of_every_presence(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database, birth_year=1990)
    activities.record(database, an_activity(participants=(kept,)), TODAY)
    merging.merge_all(database, (MergePeople(kept, gone),))
    with database.read() as connection:
        bands = connection.execute(select(attendance.c.age_band).where(~attendance.c.deleted)).scalars().all()
    assert bands == [AgeBand.FROM_25_TO_39]


def test_what_the_advisor_changed_since_stays_when_the_merge_is_taken_back(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database, phone="0612345678", email="j@exemple.fr")
    merging.merge_all(database, (MergePeople(kept, gone),))
    form = beneficiaries.form_of(database, kept)
    beneficiaries.save(database, replace(form, email="jeanne@exemple.fr"))
    after = activities.record(database, an_activity(participants=(kept,)), TODAY)
    merging.unmerge_all(database, (gone,))
    now = person(database, kept)
    assert (now.phone, now.email) == (None, "jeanne@exemple.fr")
    assert came(database, kept) == {after}


def test_several_are_merged_at_once_and_given_back_at_once(database: Database) -> None:
    one, two, three = (a_beneficiary(database) for _ in range(3))
    here = [activities.record(database, an_activity(participants=(id_,)), TODAY) for id_ in (one, two, three)]
    before = content(database)
    gone = merging.merge_all(database, (MergePeople(one, two), MergePeople(two, three), MergePeople(one, three)))
    assert gone == (two, three)
    assert came(database, one) == set(here)
    merging.unmerge_all(database, gone)
    assert content(database) == before


def test_a_merge_that_another_one_followed_is_taken_back_after_it(database: Database) -> None:
    one, two, three = (a_beneficiary(database) for _ in range(3))
    merging.merge_all(database, (MergePeople(two, three),))
    merging.merge_all(database, (MergePeople(one, two),))
    with pytest.raises(UserError, match="fusionnée à son tour"):
        merging.unmerge_all(database, (three,))
    assert merging.resolve(database, three) == one


def test_a_form_open_during_the_merge_is_recorded_for_the_file_kept(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    merging.merge_all(database, (MergePeople(kept, gone),))
    recorded = activities.record(database, an_activity(participants=(gone,)), TODAY)
    assert came(database, kept) == {recorded}
    with pytest.raises(UserError):
        timeline.of(database, gone, TODAY)


def test_a_draft_speaks_of_the_file_kept(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    drafts.keep(database, an_activity(participants=(gone,)), person=beneficiaries.form_of(database, gone))
    merging.merge_all(database, (MergePeople(kept, gone),))
    (waiting,) = drafts.waiting(database)
    assert waiting.form.participants == (kept,)
    assert waiting.person is not None
    assert waiting.person.id == kept


def test_what_is_told_apart_from_one_file_is_told_apart_from_both(database: Database) -> None:
    kept, gone, third = (a_beneficiary(database, "Martin", "Odette") for _ in range(3))
    duplicates.tell_apart(database, gone, third)
    merging.merge_all(database, (MergePeople(kept, gone),))
    assert duplicates.of(database, kept) == ()


def test_a_presence_taken_away_after_the_merge_does_not_come_back(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    activities.record(database, an_activity(participants=(gone,)), TODAY)
    merging.merge_all(database, (MergePeople(kept, gone),))
    with database.work() as work:
        (mine,) = work.connection.execute(select(attendance.c.id).where(~attendance.c.deleted)).scalars()
        found = work.find(Attendance, mine)
        assert found is not None
        work.save(replace(found, deleted=True))
    merging.unmerge_all(database, (gone,))
    assert not came(database, gone)
    assert not came(database, kept)


def test_the_same_file_twice_is_refused(database: Database) -> None:
    one = a_beneficiary(database)
    with pytest.raises(UserError, match="deux personnes"):
        merging.merge_all(database, (MergePeople(one, one),))


def test_a_form_that_is_saved_for_a_person_merged_meanwhile_says_so(database: Database) -> None:
    kept, gone = a_beneficiary(database), a_beneficiary(database)
    form = beneficiaries.form_of(database, gone)
    merging.merge_all(database, (MergePeople(kept, gone),))
    saved = beneficiaries.save(database, replace(form, phone="06 12 34 56 78"))
    assert saved == kept
    assert person(database, kept).phone == "+33612345678"
    assert isinstance(form, SaveBeneficiary)
