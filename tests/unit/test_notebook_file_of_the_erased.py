"""The file of a whole notebook, made before somebody was erased: it says so, and does not bring them back."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from app.database import Database
from app.errors import UserError
from app.forgetting import person
from app.models import Assessment, Case, Mandate, MandateEntry
from app.services import activities, beneficiaries, drafts, merging
from app.services.commands import ActivityFilter, MergePeople
from app.services.exports.notebook_file import write
from app.services.imports import taking
from app.services.imports.notebook_file import NotebookPlan
from app.services.imports.plans import Outcome
from app.services.privacy import erasing
from app.services.progress import Progress
from app.services.statistics import pages
from app.work import Received
from protocol.vocabulary import ActivityKind, Gender, RecordKind
from tests.notebook import TODAY, a_beneficiary, a_lost_note, an_activity, new_database, recorded, traces
from tests.recount import told

NAME, NOTE, STREET = "Zwanzigerova", "secretissime", "12 chemin des Xylophones"


@pytest.fixture
def gone(database: Database) -> UUID:
    """Somebody with all that may follow a person, and another who came to the same workshop."""
    gone = a_beneficiary(database, NAME, "Jeanne", notes=NOTE, address=STREET, gender=Gender.FEMALE, birth_year=1950)
    other = a_beneficiary(database, "Roux", "Marcel", notes=f"Cousin de Mme {NAME}")
    case, mandate = Case(beneficiary=gone, notes=NOTE), Mandate(beneficiary=gone, acts=NOTE)
    with database.work() as work:
        entry, assessment = MandateEntry(mandate=mandate.id, at=1, said=NOTE), Assessment(beneficiary=gone, notes=NOTE)
        work.save_all((case, mandate, entry, assessment))
    one = recorded(database, participants=(gone,), notes=NOTE, cases=frozenset({case.id}))
    activities.record(database, replace(activities.form_of(database, one), notes=f"{NOTE} bis"), TODAY)
    recorded(database, kind=ActivityKind.WORKSHOP, participants=(gone, other), notes=f"{NAME} est venue")
    drafts.keep(database, an_activity(participants=(gone,), notes=NOTE))
    a_lost_note(database, RecordKind.BENEFICIARY, gone, NOTE)
    return gone


def plan(database: Database, path: Path) -> NotebookPlan:
    planned = taking.plan_file(database, path, Progress())
    assert isinstance(planned, NotebookPlan)
    return planned


def refused(planned: NotebookPlan) -> list[str]:
    return [row.why.partition("\u00a0: ")[0] for row in planned.preview.rows if row.outcome is Outcome.REFUSED]


OF_HER = ["Cette personne a été effacée de ce carnet", *4 * ["C’est d’une personne effacée de ce carnet"]]


def test_what_is_of_somebody_erased_is_refused_and_nothing_of_them_comes(
    database: Database, gone: UUID, tmp_path: Path
) -> None:
    write(database, tmp_path / "avant.jsonl", Progress())
    erasing.erase(database, gone)
    planned = plan(database, tmp_path / "avant.jsonl")
    assert refused(planned) == OF_HER
    assert not [row for row in planned.preview.rows if row.outcome is Outcome.CREATED]
    with pytest.raises(UserError, match="déjà dans le carnet"):
        taking.take_in(database, planned, Progress())


@pytest.mark.parametrize("knows_by", ["file", "notebook"])
def test_what_the_notebook_lacked_comes_without_them(
    database: Database, gone: UUID, tmp_path: Path, knows_by: str
) -> None:
    write(database, tmp_path / "avant.jsonl", Progress())
    figures = told(pages.page(database, ActivityFilter(), TODAY))
    folder = tmp_path / "autre" if knows_by == "notebook" else tmp_path
    folder.mkdir(exist_ok=True)
    empty = new_database(folder, "vide.db")
    if knows_by == "notebook":
        with empty.receive() as work:
            person.follow(work, Received(RecordKind.BENEFICIARY, gone, None))
    else:
        erasing.erase(database, gone)
    planned = plan(empty, tmp_path / "avant.jsonl")
    assert refused(planned) == OF_HER
    taking.take_in(empty, planned, Progress())
    assert [row.last_name for row in beneficiaries.search(empty, "")] == ["Roux"]
    assert not any(traces(empty, word) for word in (NAME, NOTE, "Xylophones"))
    assert told(pages.page(empty, ActivityFilter(), TODAY)) == figures
    empty.close()


def test_who_was_made_one_with_somebody_else_gives_them_nothing(database: Database, tmp_path: Path) -> None:
    kept = a_beneficiary(database, "Roux", "Marcelle")
    gone = a_beneficiary(database, NAME, "Jeanne", address=STREET)
    merging.merge_all(database, (MergePeople(kept, gone),))
    write(database, tmp_path / "avant.jsonl", Progress())
    merging.unmerge_all(database, (gone,))
    erasing.erase(database, gone)
    empty = new_database(tmp_path, "vide.db")
    taking.take_in(empty, plan(empty, tmp_path / "avant.jsonl"), Progress())
    assert beneficiaries.form_of(empty, kept).address == ""
    assert not traces(empty, "Xylophones")
    empty.close()


def test_whoever_was_made_one_with_one_made_one_with_them_does_not_come_unseen(
    database: Database, tmp_path: Path
) -> None:
    twin, other = a_beneficiary(database, NAME, "Jeanne", address=STREET), a_beneficiary(database, NAME, "J.")
    gone = a_beneficiary(database, NAME, "Jeanne-Marie")
    merging.merge_all(database, (MergePeople(other, twin),))
    merging.merge_all(database, (MergePeople(gone, other),))
    recorded(database, participants=(gone,))
    write(database, tmp_path / "avant.jsonl", Progress())
    (elsewhere := tmp_path / "autre").mkdir()
    empty = new_database(elsewhere, "vide.db")
    with empty.receive() as work:
        person.follow(work, Received(RecordKind.BENEFICIARY, gone, None))
    taking.take_in(empty, plan(empty, tmp_path / "avant.jsonl"), Progress())
    assert not any(traces(empty, word) for word in (NAME, "Xylophones"))
    empty.close()
