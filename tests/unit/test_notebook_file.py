"""The whole notebook in a file: written again after it was taken in elsewhere, it is the same to the octet."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.database import Database
from app.errors import KnownError, UserError
from app.models import Appointment, Assessment, Case, Mandate, MandateEntry, Organisation, Procedure, Sheet
from app.models.activity import activity
from app.models.ids import new_id
from app.models.local import outbox
from app.services import activities, beneficiaries, drafts, tags
from app.services.commands import AnonymousGroup
from app.services.exports.notebook_file import write
from app.services.imports import json_lines, taking
from app.services.imports.notebook_file import NotebookPlan, is_notebook
from app.services.imports.plans import Outcome
from app.services.progress import CancelledError, Progress
from protocol.vocabulary import ActivityKind, Gender, PlaceKind, RecordKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_lost_note, a_place, an_activity, new_database, recorded

NOW = 1_795_000_000_000


@pytest.fixture
def notebooks(tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """As many empty notebooks as wanted, at the same moment."""
    opened: list[Database] = []

    def another() -> Database:
        database = new_database(tmp_path, f"{len(opened)}.db")
        database.now_ms = lambda: NOW
        opened.append(database)
        return database

    yield another
    for one in opened:
        one.close()


def fill(database: Database) -> None:
    """A little of everything that a notebook may hold."""
    with database.work() as work:
        work.set_state("advisor.name", "Camille Roux")
        work.save(Organisation(name="Mairie de Florac", siret="21480061900014"))
    jeanne, place = a_beneficiary(database, notes="Vient\navec « sa » fille \u2028 ☎"), a_place(database)
    tag = tags.create(database, "Aidants")
    kept = recorded(database, participants=(jeanne,), place_kind=PlaceKind.PLACE, place=place, tags=frozenset({tag}))
    with database.work() as work:
        steps = [{"id": "1a2b", "said": "Prendre rendez-vous"}]
        work.save_all((
            Procedure(name="Carte de pêche", bring=["Une photo"], steps=["Choisir une carte"]),
            Case(beneficiary=jeanne, name="Carte d’identité", done=frozenset({"1a2b"}), steps=steps, deadline=TODAY),
            mandate := Mandate(beneficiary=jeanne, families=["papiers"], revoked={"papiers": "2026-11-24"}),
            MandateEntry(mandate=mandate.id, at=NOW, previous=[], digest="0" * 64),
            Appointment(beneficiary=jeanne, starts=datetime(2026, 12, 3, 14, 30), minutes=60, subject="Ses papiers"),
            Assessment(beneficiary=jeanne, day=TODAY, scores={"protection": 1}, answers={"q1": True}),
            Sheet(text="+++\ntitre = \"Essai\"\n+++"),
        ))  # fmt: skip
    group = AnonymousGroup(total=5, gender={Gender.FEMALE: 3})
    recorded(database, kind=ActivityKind.WORKSHOP, anonymous=group, title="Atelier = 1", minutes=90)
    activities.record(database, replace(activities.form_of(database, kept), referred=False), today=TODAY)
    activities.delete(database, recorded(database, notes="à ôter"))
    drafts.keep(database, an_activity(notes="commencé"))
    a_lost_note(database, RecordKind.BENEFICIARY, jeanne, "À moi")


def exported(database: Database, path: Path) -> bytes:
    write(database, path, Progress())
    return path.read_bytes()


def plan(database: Database, path: Path) -> NotebookPlan:
    planned = taking.plan_file(database, path, Progress())
    assert isinstance(planned, NotebookPlan)
    return planned


def take_in(database: Database, path: Path) -> None:
    taking.take_in(database, plan(database, path), Progress())


def test_a_notebook_taken_in_and_written_again_is_the_same(notebooks: Callable[[], Database], tmp_path: Path) -> None:
    first, second = notebooks(), notebooks()
    fill(first)
    before = exported(first, tmp_path / "un.jsonl")
    take_in(second, tmp_path / "un.jsonl")
    assert exported(second, tmp_path / "deux.jsonl") == before
    names = {json.loads(line)["line"] for line in before.splitlines()}
    kinds = {kind.value for kind in RecordKind}
    assert names == kinds | {"notebook", "state", "change", "lost", "draft", "end"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
            st.sets(st.sampled_from(Topic), min_size=1, max_size=3),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_whatever_was_typed_comes_back(typed: list[tuple[str, set[Topic], bool]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = new_database(folder, "un.db"), new_database(folder, "deux.db")
        first.now_ms = second.now_ms = lambda: NOW
        for notes, topics, is_deleted in typed:
            kept = recorded(first, notes=notes, topics=frozenset(topics))
            if is_deleted:
                activities.delete(first, kept)
        before = exported(first, folder / "un.jsonl")
        if typed:
            take_in(second, folder / "un.jsonl")
        assert exported(second, folder / "deux.jsonl") == before
        first.close()
        second.close()


def test_what_is_known_is_never_changed_and_the_rest_is_queued(
    notebooks: Callable[[], Database], tmp_path: Path
) -> None:
    first, second = notebooks(), notebooks()
    jeanne = a_beneficiary(first)
    exported(first, tmp_path / "un.jsonl")
    take_in(second, tmp_path / "un.jsonl")
    recorded(first, participants=(jeanne,))
    beneficiaries.save(second, replace(beneficiaries.form_of(second, jeanne), notes="Écrit ici"))
    exported(first, tmp_path / "un.jsonl")
    outcomes = [row.outcome for row in plan(second, tmp_path / "un.jsonl").preview.rows]
    assert outcomes == [Outcome.MATCHED, Outcome.CREATED]
    take_in(second, tmp_path / "un.jsonl")
    assert beneficiaries.form_of(second, jeanne).notes == "Écrit ici"
    with second.read() as connection:
        assert connection.execute(select(func.count()).select_from(outbox)).scalar_one() == 3
    with pytest.raises(UserError, match="déjà dans le carnet"):
        take_in(second, tmp_path / "un.jsonl")


def test_undoing_takes_it_all_out_and_importing_again_brings_it_back(
    notebooks: Callable[[], Database], tmp_path: Path
) -> None:
    first, second = notebooks(), notebooks()
    jeanne = a_beneficiary(first)
    recorded(first, participants=(jeanne,))
    exported(first, tmp_path / "un.jsonl")
    take_in(second, tmp_path / "un.jsonl")
    (batch,) = taking.batches(second)
    assert (batch.records, batch.undone) == (2, False)
    assert len(taking.undo(second, batch.id, Progress()).taken) == 2
    assert beneficiaries.search(second, "delmas") == ()
    take_in(second, tmp_path / "un.jsonl")
    assert beneficiaries.search(second, "delmas")[0].accompaniments == 1


def test_a_line_that_cannot_be_read_is_refused_with_its_number(
    notebooks: Callable[[], Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = notebooks(), notebooks()
    a_beneficiary(first)
    path = tmp_path / "un.jsonl"
    good = exported(first, path).splitlines()
    person = json.loads(good[1])
    activity = {"line": "activity", "created_at": 1, "kind": "collectif"}
    a_draft = {"line": "draft", "started_at": 1, "kept_at": 1, "form": {}}
    harmful = [  # each made a screen or an export fail once it was kept
        {**person, "birth_year": 2**53},
        {**person, "created_at": 2**53},
        {**activity, "procedures": 5},
        {**activity, "anonymous": "x"},
        {**activity, "anonymous": {"total": "x"}},
        {**activity, "anonymous": {"total": 2**40}},
        {**a_draft, "form": {"day": "x"}},
        {**a_draft, "kept_at": 2**53},
    ]
    monkeypatch.setattr(json_lines, "LONGEST", 2_000)
    dirty = [
        b"{",
        b'{"line":"tag","id":"\x00"}',
        b'{"line":"tag","name":"\xff"}',
        b"[1]",
        b"[" * 1_000,
        b'"' + b"x" * 5_000 + b'"',
        b'{"line":"nouveau"}',
        b'{"line":"tag","id":"x"}',
        good[1],
        json.dumps({**person, "id": str(new_id()), "birth_year": "1950"}).encode(),
        json.dumps({**person, "id": str(new_id()), "inconnu": 1}).encode(),
        *(json.dumps({**line, "id": str(new_id())}).encode() for line in harmful),
        b'{"line":"place","id":"0192f0c1-2222-7000-8000-000000000001","created_at":1,"latitude":NaN}',
    ]
    path.write_bytes(b"\n".join([*good[:2], *dirty, *good[2:]]) + b"\n")
    rows = plan(second, path).preview.rows
    refused = [row for row in rows if row.outcome is Outcome.REFUSED]
    assert [row.where for row in refused[:-1]] == [f"Ligne {number}" for number in range(3, 3 + len(dirty))]
    assert refused[-1].where == "Fin du fichier"  # its count is no longer right
    take_in(second, path)
    assert len(beneficiaries.search(second, "")) == 1


def test_a_file_that_was_cut_is_told(notebooks: Callable[[], Database], tmp_path: Path) -> None:
    first, second = notebooks(), notebooks()
    fill(first)
    path = tmp_path / "un.jsonl"
    path.write_bytes(exported(first, path)[:-40])
    refused = [row.where for row in plan(second, path).preview.rows if row.outcome is Outcome.REFUSED]
    assert refused[-1] == "Fin du fichier"


def test_a_newer_version_and_another_file_are_refused_with_a_sentence(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "un.jsonl"
    path.write_text('{"line":"notebook","format":"passerelle-carnet","version":99}\n')
    with pytest.raises(UserError, match="plus récente"):
        taking.plan_file(database, path, Progress())
    for other in (b"", b"\x00\xff", b"Nom;Pr\xe9nom\n", b'{"a":1}\n'):
        path.write_bytes(other)
        assert not is_notebook(path)


def test_a_file_changed_after_its_preview_writes_nothing(notebooks: Callable[[], Database], tmp_path: Path) -> None:
    first, second = notebooks(), notebooks()
    a_beneficiary(first)
    path = tmp_path / "un.jsonl"
    exported(first, path)
    planned = plan(second, path)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(KnownError, match="a changé"):
        taking.take_in(second, planned, Progress())
    assert beneficiaries.search(second, "") == ()
    assert taking.batches(second) == ()


def test_cancelling_the_writing_leaves_no_file(notebooks: Callable[[], Database], tmp_path: Path) -> None:
    first = notebooks()
    recorded(first)
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        write(first, tmp_path / "un.jsonl", progress)
    assert not list(tmp_path.glob("*.jsonl*"))
    with first.read() as connection:
        assert connection.execute(select(func.count()).select_from(activity)).scalar_one() == 1
