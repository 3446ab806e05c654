"""What another computer says that no screen could show is left out; the rest of the record is kept and shown."""

from typing import Any
from uuid import UUID

import pytest

from app.database import Database
from app.models import Activity, Assessment, Mandate, Procedure, Record
from app.models.ids import new_id
from app.services import activities, guides
from app.services.commands import ActivityFilter
from app.services.statistics import pages
from app.work import Received, find
from tests.notebook import TODAY

GOOD = {"total": 3, "already": 1, "gender": {"feminin": 2, "d_une_version_suivante": 1}}


def received(database: Database, cls: type[Record], **fields: Any) -> Any:
    """The record that is kept of these fields."""
    id_: UUID = new_id()
    with database.receive() as work:
        work.apply(Received(cls.record_kind, id_, {"created_at": 1, **fields}))
    with database.read() as connection:
        return find(connection, cls, id_)


@pytest.mark.parametrize(
    "said",
    [
        {"procedures": 5},
        {"procedures": [5]},
        {"procedures": {"carte_grise": 1}},
        {"anonymous": "x"},
        {"anonymous": [3]},
        {"anonymous": {"total": "3"}},
        {"anonymous": {"total": {"x": 1}}},
        {"anonymous": {"total": 3, "gender": 2}},
        {"anonymous": {"total": 3, "gender": {"feminin": -1}}},
        {"anonymous": {"total": True}},
    ],
)
def test_a_malformed_activity_is_opened_and_counted_without_what_is_malformed(
    database: Database, said: dict[str, Any]
) -> None:
    kept = received(database, Activity, kind="collectif", day="2026-11-24", minutes=30, title="Atelier", **said)
    assert activities.form_of(database, kept.id).title == "Atelier"
    totals = pages.page(database, ActivityFilter(), TODAY).totals
    assert (totals.workshops, totals.accompaniments, totals.minutes) == (1, 0, 30)


def test_what_is_well_formed_is_kept_with_the_words_of_a_newer_program(database: Database) -> None:
    kept = received(database, Activity, kind="collectif", procedures=["carte_grise"], anonymous={**GOOD, "seen": 2})
    assert (kept.procedures, kept.anonymous) == (["carte_grise"], {**GOOD, "seen": 2})


def test_a_word_that_identifies_nothing_does_not_keep_an_activity_from_being_opened(database: Database) -> None:
    tag, case = new_id(), new_id()
    kept = received(database, Activity, tags=["x", str(tag)], cases=[str(case), ""], sheets=["faire-son-cv"])
    form = activities.form_of(database, kept.id)
    assert form.tags == {tag}
    assert form.cases == {case}
    assert form.sheets == {"faire-son-cv"}


@pytest.mark.parametrize(
    ("cls", "field", "value"),
    [
        (Procedure, "bring", 5),
        (Procedure, "steps", [{"id": "a", "said": "Venir"}]),
        (Mandate, "families", {"a": 1}),
        (Mandate, "revoked", ["a"]),
        (Mandate, "revoked", {"logement": "hier"}),
        (Assessment, "scores", {"a": "2"}),
        (Assessment, "answers", []),
    ],
)
def test_so_is_what_follows_a_person(database: Database, cls: type[Record], field: str, value: Any) -> None:
    assert getattr(received(database, cls, **{field: value}), field) is None
    assert {row.steps for row in guides.mine(database)} <= {()}
