"""A person who asked to be forgotten: nothing of them can be dug out of this computer, and no figure moves."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from app import erasures
from app.database import Database
from app.errors import KnownError
from app.forgetting import person
from app.models import Activity, Appointment, Assessment, Beneficiary, Case, Mandate, MandateEntry
from app.models.local import change, imported, outbox
from app.paths import Paths
from app.recovery import new_code
from app.services import (
    activities,
    activity_detail,
    activity_lists,
    backup_files,
    backups,
    beneficiaries,
    case_lists,
    cases,
    drafts,
    merging,
    report_drafts,
    restoring,
)
from app.services.commands import ActivityFilter, MergePeople, SaveCase
from app.services.privacy import erasing, upkeep
from app.services.progress import Progress
from app.services.report_drafts import ReportDraft
from app.services.statistics import pages
from app.vault import Vault, recovery_key
from protocol.vocabulary import ActivityKind, Autonomy, Gender, MandateAct, SkillDomain, SocialStatus
from tests.decrypted import in_clear
from tests.notebook import KEY, TODAY, a_beneficiary, an_activity, new_database, recorded, traces
from tests.raw_bytes import Hunt, spellings, spoken
from tests.recount import recount, told

LAST, FIRST, PHONE, EMAIL = "Zwanzigerova", "Oberlinette", "0698765432", "oberlinette.z@exemple.fr"
NOTE, STREET, CASE_NOTE, ACT = "secretissime", "12 chemin des Xylophones", "quittancieux", "mandatissime"
WORDS = (LAST, FIRST, EMAIL, NOTE, "Xylophones", CASE_NOTE, ACT, "referencieuse", "objectivissime")
TRACES = Hunt({spelling for word in WORDS for spelling in spellings(word)} | spoken(PHONE))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    Vault(tmp_path / "cles.json").create(recovery_key(new_code()).public, "quatre mots sans rapport")
    return Paths(tmp_path)


def the_person(database: Database) -> UUID:
    """With all that may be known of somebody, and a past."""
    id_ = a_beneficiary(
        database, LAST, FIRST, birth_year=1950, phone=PHONE, email=EMAIL, address=STREET, municipality="48061",
        postal_code="48400", gender=Gender.FEMALE, status=SocialStatus.RETIRED, notes=f"Fille de Mme {LAST}. {NOTE}",
    )  # fmt: skip
    beneficiaries.save(database, replace(beneficiaries.form_of(database, id_), notes=f"{NOTE}, {FIRST}"))
    return id_


def what_follows_her(database: Database, id_: UUID) -> None:
    """A case that an activity moved on, a mandate and its journal, an assessment, an appointment."""
    case = Case(beneficiary=id_, name="Carte grise", reference="referencieuse", notes=CASE_NOTE)
    mandate = Mandate(beneficiary=id_, acts=ACT, made_at="Florac")
    entry = MandateEntry(mandate=mandate.id, at=1, act=MandateAct.USED, said=f"{ACT} pour {FIRST} {LAST}")
    scores = {SkillDomain.SAFETY.value: 1}
    assessment = Assessment(beneficiary=id_, day=TODAY, scores=scores, objectives=["objectivissime"], notes=NOTE)
    expected = Appointment(
        beneficiary=id_,
        starts=datetime(2026, 12, 3, 14, 30),
        subject=NOTE,
        place_note=f"Chez {FIRST} {LAST}",
        case=case.id,
    )
    with database.work() as work:
        work.save_all((case, mandate, entry, assessment, expected))
    recorded(database, participants=(id_,), cases=frozenset({case.id}), minutes=50)


def what_was_done(database: Database, id_: UUID, other: UUID) -> None:
    """Accompaniments with notes since corrected, workshops that name her, notes on others that do."""
    for days in (400, 40, 2):
        day = TODAY - timedelta(days=days)
        one = recorded(database, day=day, participants=(id_,), notes=f"{NOTE} {days}", autonomy=Autonomy.GUIDED)
        form = activities.form_of(database, one)
        activities.record(database, replace(form, notes=f"{FIRST} revient. {NOTE}", procedure_note=""), TODAY)
    recorded(
        database, kind=ActivityKind.WORKSHOP, title=f"Chez {LAST}", participants=(id_, other),
        notes=f"{FIRST} a aidé M. Roux.\n{LAST.upper()} est ravie\u00a0; {PHONE[:2]} {PHONE[2:4]} 76 54 32",
    )  # fmt: skip
    activities.delete(database, recorded(database, participants=(id_,), notes=NOTE))
    recorded(database, participants=(other,), notes=f"Vient avec {FIRST} {LAST}.\nMme {LAST} l’attend.")
    recorded(database, participants=(other,), notes="Rien à signaler")


def what_is_typed(database: Database, id_: UUID) -> None:
    """Drafts of all sorts, the words of a report."""
    typed = replace(beneficiaries.form_of(database, id_), first_name=f"{FIRST}x")
    drafts.keep(database, an_activity(participants=(id_,), notes=NOTE), person=typed)
    drafts.keep(database, an_activity(), typed_who=FIRST[:6])
    drafts.keep(database, an_activity(kind=ActivityKind.WORKSHOP, participants=(id_,), notes=f"{FIRST} viendra"))
    report_drafts.keep(database, TODAY, TODAY, ReportDraft(highlights=(f"Mme {LAST} est autonome", "", "")))


@pytest.fixture
def lived(database: Database) -> tuple[UUID, UUID]:
    """She and somebody else, after years of work."""
    other = a_beneficiary(database, "Roux", "Marcel", notes=f"Cousin de {FIRST} {LAST}")
    id_ = the_person(database)
    what_follows_her(database, id_)
    what_was_done(database, id_, other)
    what_is_typed(database, id_)
    with database.work() as work:
        work.connection.execute(imported.insert(), {"batch": other, "kind": "beneficiary", "record_id": id_})
    return id_, other


def dug_out(folder: Path) -> dict[str, set[bytes]]:
    """What every file of a folder says of her, once decrypted."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    found = {one.name: TRACES.within(in_clear(one)) for one in files}
    return {name: words for name, words in found.items() if words}


def test_she_can_be_dug_out_before(database: Database, lived: tuple[UUID, UUID]) -> None:
    """Else the next tests would find nothing for want of looking."""
    folder = database.path.parent
    assert "carnet.db-wal" in dug_out(folder)
    assert TRACES.in_files(folder) == {}
    database.close()
    assert {LAST.encode(), NOTE.encode(), CASE_NOTE.encode(), LAST.lower().encode()} <= dug_out(folder)["carnet.db"]


def test_no_page_of_any_file_shows_her_afterwards(database: Database, lived: tuple[UUID, UUID], paths: Paths) -> None:
    yesterday = datetime.now() - timedelta(days=1)
    made = backups.make(database, paths, Progress(), yesterday)
    id_, other = lived
    erasing.erase(database, id_)
    assert {word for word in WORDS if traces(database, word)} == set()

    done = upkeep.look_after(database, paths, Progress())

    assert done.is_clean
    assert dug_out(database.path.parent) == {}
    assert [one.path for one in backup_files.list_in(paths.backups)] == [done.copy and done.copy.path, made.path]
    database.close()
    assert dug_out(database.path.parent) == {}
    assert str(id_) in (paths.root / erasures.FILE).read_text()
    assert other not in erasures.noted(paths.root)


def test_no_figure_moves(database: Database, lived: tuple[UUID, UUID]) -> None:
    id_, _ = lived
    before = {name: told(pages.page(database, one, TODAY)) for name, one in FILTERS.items()}
    erasing.erase(database, id_)
    assert {name: told(pages.page(database, one, TODAY)) for name, one in FILTERS.items()} == before
    assert all(recount(database, one, TODAY) == before[name] for name, one in FILTERS.items())


FILTERS = {
    "all": ActivityFilter(),
    "two months": ActivityFilter(since=TODAY - timedelta(days=60), until=TODAY),
    "individual": ActivityFilter(kinds=frozenset({ActivityKind.INDIVIDUAL})),
    "workshops": ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP})),
}


def test_what_is_about_others_stays_with_its_history(database: Database, lived: tuple[UUID, UUID]) -> None:
    id_, other = lived
    erasing.erase(database, id_)
    notes = sorted(
        activities.form_of(database, row.id).notes
        for row in activity_lists.page(database, ActivityFilter(beneficiary=other)).rows
    )
    assert notes == [
        "Rien à signaler",
        "Vient avec une personne.\nune personne l’attend.",
        "une personne a aidé M. Roux.\nune personne est ravie\u00a0; …",
    ]
    assert beneficiaries.form_of(database, other).notes == "Cousin d’une personne"
    [workshop] = activity_lists.page(database, ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP}))).rows
    assert (workshop.people, activities.form_of(database, workshop.id).title) == (2, "Chez une personne")
    assert activity_detail.history(database, workshop.id)[-1].created
    assert beneficiaries.search(database, LAST) == ()


def test_the_notes_of_her_accompaniments_are_gone_and_the_rest_of_them_stays(
    database: Database, lived: tuple[UUID, UUID]
) -> None:
    id_, _ = lived
    rows = activity_lists.page(
        database, ActivityFilter(beneficiary=id_, kinds=frozenset({ActivityKind.INDIVIDUAL}))
    ).rows
    assert len(rows) == 4
    erasing.erase(database, id_)
    for row in rows:
        form = activities.form_of(database, row.id)
        assert (form.notes, form.procedure_note, form.cases) == ("", "", frozenset())
        assert (form.minutes, form.participants) == (row.minutes, (id_,))


def test_of_an_assessment_the_levels_stay_and_an_unfinished_one_goes(database: Database) -> None:
    gone = a_beneficiary(database, LAST, FIRST)
    scores = {SkillDomain.SAFETY.value: 1}
    ended = Assessment(beneficiary=gone, day=TODAY, scores=scores, internet_use=True, answers={"a": NOTE}, notes=NOTE)
    begun = Assessment(beneficiary=gone, answers={"a": NOTE})
    with database.work() as work:
        work.save_all((ended, begun))
    erasing.erase(database, gone)
    with database.work() as work:
        kept = work.find(Assessment, ended.id)
        assert kept is not None
        assert (kept.day, kept.scores, kept.internet_use, kept.answers, kept.notes) == (TODAY, scores, True, None, None)
        assert work.find(Assessment, begun.id) is None
    assert traces(database, NOTE) == set()


def test_those_found_to_be_the_same_person_go_too(database: Database) -> None:
    kept, twin, older = (a_beneficiary(database, LAST, FIRST) for _ in range(3))
    with database.work() as work:
        for one, into in ((twin, kept), (older, twin)):
            found = work.find(Beneficiary, one)
            assert found is not None
            work.save(replace(found, deleted=True, merged_into=into, merge={"last_name": LAST}))
    erasing.erase(database, kept)
    assert traces(database, LAST) == set()
    assert set(erasures.noted(database.path.parent)) == {kept, twin, older}


def test_somebody_named_where_others_were_merged_or_in_their_procedures_goes_from_there(database: Database) -> None:
    gone = a_beneficiary(database, LAST, FIRST)
    kept = a_beneficiary(database, "Roux", "Paul", notes=f"Cousin de Mme {LAST}.\n{LAST} l’amène.")
    twin = a_beneficiary(database, "Roux", "Paulo", notes="Préfère le mardi")
    cases.save(database, SaveCase(beneficiary=kept, name=f"Procuration à Mme {LAST}"), TODAY)
    case = cases.save(database, SaveCase(beneficiary=kept, name="Carte grise"), TODAY)
    cases.add_step(database, case, f"Appeler Mme {LAST}")
    merging.merge_all(database, (MergePeople(kept, twin),))
    erasing.erase(database, gone)
    assert traces(database, LAST) == set()
    merging.unmerge_all(database, (twin,))
    assert beneficiaries.form_of(database, kept).notes == "Cousin d’une personne.\nune personne l’amène."
    assert beneficiaries.form_of(database, twin).notes == "Préfère le mardi"
    names = sorted(row.name for row in case_lists.of_person(database, kept, TODAY))
    assert names == ["Carte grise", "Procuration à une personne"]


def test_a_namesake_keeps_their_name(database: Database) -> None:
    gone, other = a_beneficiary(database, "Martin", "Odette"), a_beneficiary(database, "Martin", "Paul")
    workshop = recorded(
        database, kind=ActivityKind.WORKSHOP, title="Écrire", participants=(gone, other),
        notes="Paul Martin aide Odette. Odette Martin écrit seule.",
    )  # fmt: skip
    elsewhere = recorded(database, participants=(other,), notes="M. Martin et Odette Dupuis. Petit exercice de Martin.")
    erasing.erase(database, gone)
    assert activities.form_of(database, workshop).notes == "Paul Martin aide une personne. une personne écrit seule."
    assert activities.form_of(database, elsewhere).notes == "M. Martin et Odette Dupuis. Petit exercice de Martin."


def test_a_name_that_is_a_word_is_left_at_the_head_of_a_sentence_about_somebody_else(database: Database) -> None:
    gone, other = a_beneficiary(database, "Petit", "Odette"), a_beneficiary(database, "Roux", "Paul")
    activity = recorded(database, participants=(other,), notes="Petit exercice. Avec Mme Petit, puis M. Petit.")
    erasing.erase(database, gone)
    said = "Petit exercice. Avec une personne, puis une personne."
    assert activities.form_of(database, activity).notes == said


def test_what_left_loses_all_it_had_sealed_and_is_said_anew_whole(database: Database) -> None:
    gone = a_beneficiary(database, LAST, FIRST)
    workshop = recorded(database, kind=ActivityKind.WORKSHOP, title=f"Avec {LAST}", participants=(gone,), minutes=45)
    with database.receive() as work:
        left = work.connection.execute(select(outbox.c.op_id).where(outbox.c.record_id == workshop)).scalar_one()
        work.connection.execute(outbox.update().values(sent=True, piece=b"ferme", acked_at=None))
    erasing.erase(database, gone)
    with database.read() as connection:
        wanted = select(outbox).where(outbox.c.record_id == workshop).order_by(outbox.c.seq)
        first, second = connection.execute(wanted).all()
    assert first.op_id != left, "a copy of this disk may have to say it whole under its own id"
    assert (first.piece, first.fields["minutes"], first.fields.get("title")) == (None, 45, None)
    assert second.fields == {"title": "Avec une personne", "procedures": None, "procedure_note": None, "notes": None}


def test_a_copy_that_is_put_back_forgets_her_again(database: Database, lived: tuple[UUID, UUID], paths: Paths) -> None:
    id_, other = lived
    copy = backups.make(database, paths, Progress())
    figures = told(pages.page(database, ActivityFilter(), TODAY))
    erasing.erase(database, id_)
    database.close()
    again = restoring.restore(paths, bytearray(KEY), copy)
    try:
        assert {word for word in WORDS if traces(again, word)} == set()
        assert beneficiaries.form_of(again, other).last_name == "Roux"
        assert told(pages.page(again, ActivityFilter(), TODAY)) == figures
        assert dug_out(paths.root).keys() == {copy.path.name}
    finally:
        again.close()


def test_a_copy_put_back_keeps_those_who_were_not_erased(database: Database, paths: Paths) -> None:
    kept, gone = a_beneficiary(database, "Roux", "Marcel"), a_beneficiary(database, LAST)
    erasing.erase(database, gone)
    copy = backups.make(database, paths, Progress())
    database.close()
    again = restoring.restore(paths, bytearray(KEY), copy)
    assert [row.id for row in beneficiaries.search(again, "")] == [kept]
    again.close()


def test_the_file_of_erasures_holds_ids_only_and_survives_a_power_cut(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    first, second = a_beneficiary(database, LAST), a_beneficiary(database, "Roux")
    erasing.erase(database, first)
    with (tmp_path / erasures.FILE).open("a") as file:
        file.write("\n0192f0c1-2222")
    erasing.erase(database, second)
    database.close()
    assert erasures.noted(tmp_path) == (first, second)


def test_the_history_that_stays_is_sound(database: Database, lived: tuple[UUID, UUID]) -> None:
    erasing.erase(database, lived[0])
    with database.read() as connection:
        for row in connection.execute(select(change)):
            assert json.dumps((row.before, row.after))
    with database.work() as work:
        assert all(work.find(Activity, row.id) for row in activity_lists.page(database).rows)


def test_an_erasure_that_was_noted_and_never_kept_is_forgotten(database: Database, paths: Paths) -> None:
    """Else a copy put back a year later would erase, everywhere, somebody who was to stay."""
    kept, gone = a_beneficiary(database), a_beneficiary(database, LAST)
    copy = backups.make(database, paths, Progress())
    erasing.erase(database, gone)
    with pytest.raises(OperationalError), database.work() as work:
        person.erase(work, (kept,))
        event.listen(work.connection.engine, "commit", _cut, once=True)
    assert set(erasures.noted(paths.root)) == {gone, kept}
    upkeep.look_after(database, paths, Progress())
    assert erasures.noted(paths.root) == (gone,)
    database.close()
    again = restoring.restore(paths, bytearray(KEY), copy)
    assert [one.id for one in beneficiaries.search(again, "")] == [kept]
    again.close()


def _cut(_: Connection) -> None:
    raise OperationalError("COMMIT", {}, Exception("the power went"))


def test_nobody_is_erased_where_it_cannot_be_noted(database: Database) -> None:
    gone = a_beneficiary(database)
    (database.path.parent / erasures.FILE).mkdir()
    with pytest.raises(KnownError, match="personne n’a été effacé"):
        erasing.erase(database, gone)
    assert beneficiaries.form_of(database, gone).id == gone
