"""Everything about one activity, and the history of its changes as people read it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.database import Database
from app.errors import UserError
from app.models.ids import new_id
from app.services import activities, activity_detail, tags
from app.services.commands import AnonymousGroup
from protocol.vocabulary import ActivityKind, Equipment, PlaceKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, enrolled, recorded

NBSP = "\u00a0"


def changed(database: Database, id_: UUID, **more: Any) -> None:
    """An activity opened, changed and saved again."""
    activities.record(database, replace(activities.form_of(database, id_), **more), today=TODAY)


def test_the_detail_holds_the_people_in_their_order_and_the_tags(database: Database) -> None:
    people = tuple(a_beneficiary(database, name) for name in ("Roux", "Delmas", "Pagès"))
    tag = tags.create(database, "Bus numérique")
    id_ = recorded(database, kind=ActivityKind.WORKSHOP, participants=people, tags=frozenset({tag}))
    found = activity_detail.detail(database, id_)
    assert [row.last_name for row in found.people] == ["Roux", "Delmas", "Pagès"]
    assert [row.name for row in found.tags] == ["Bus numérique"]
    assert found.row.people == 3
    assert found.modified_at is None
    assert not found.waiting
    enrolled(database)
    assert activity_detail.detail(database, found.row.id).waiting


def test_a_changed_activity_says_when(database: Database) -> None:
    id_ = recorded(database)
    changed(database, id_, minutes=45)
    found = activity_detail.detail(database, id_)
    assert found.modified_at is not None
    assert found.modified_at >= found.row.recorded_at


def test_saving_without_a_change_is_not_a_change(database: Database) -> None:
    id_ = recorded(database)
    changed(database, id_)
    assert activity_detail.detail(database, id_).modified_at is None
    assert len(activity_detail.history(database, id_)) == 1


@pytest.mark.parametrize("is_deleted", [True, False])
def test_an_activity_that_is_gone_is_said_to_be(database: Database, is_deleted: bool) -> None:
    id_ = recorded(database) if is_deleted else new_id()
    if is_deleted:
        activities.delete(database, id_)
    with pytest.raises(UserError, match="plus dans le carnet"):
        activity_detail.detail(database, id_)


def test_the_history_reads_from_the_newest_change_to_the_recording(database: Database) -> None:
    id_ = recorded(database, minutes=30)
    changed(database, id_, minutes=45)
    changed(database, id_, minutes=90, day=TODAY - timedelta(days=1))
    last, before, first = activity_detail.history(database, id_)
    assert first.created
    assert before.fields == (("Durée", f"30{NBSP}min", f"45{NBSP}min"),)
    assert set(last.fields) == {
        ("Durée", f"45{NBSP}min", f"1{NBSP}h{NBSP}30"),
        ("Date", "24/11/2026", "23/11/2026"),
    }
    assert last.here


def test_the_history_names_places_topics_and_tags_as_people_do(database: Database) -> None:
    place, tag = a_place(database), tags.create(database, "Bus numérique")
    id_ = recorded(database, topics=frozenset({Topic.EMAIL}))
    changed(
        database,
        id_,
        place_kind=PlaceKind.PLACE,
        place=place,
        topics=frozenset({Topic.HEALTH}),
        tags=frozenset({tag}),
        equipment=frozenset({Equipment.PHONE}),
    )
    fields = {name: (before, after) for name, before, after in activity_detail.history(database, id_)[0].fields}
    assert fields["Lieu d’activité"] == ("—", "Médiathèque de Florac")
    assert fields["Thématiques"] == ("E-mail", "Santé")
    assert fields["Étiquettes"] == ("—", "Bus numérique")
    assert fields["Matériel"] == ("—", "Téléphone")


def test_the_history_keeps_the_deletion_and_its_undoing(database: Database) -> None:
    id_ = recorded(database)
    activities.delete(database, id_)
    activities.restore(database, id_)
    undone, deleted, _ = activity_detail.history(database, id_)
    assert deleted.fields == (("Suppression", "Non", "Oui"),)
    assert undone.fields == (("Suppression", "Oui", "Non"),)


def test_the_anonymous_participants_are_counted_in_the_history(database: Database) -> None:
    id_ = recorded(database, kind=ActivityKind.WORKSHOP, anonymous=AnonymousGroup(total=3))
    changed(database, id_, anonymous=AnonymousGroup(total=5))
    assert activity_detail.history(database, id_)[0].fields == (
        ("Participants anonymes", f"3{NBSP}personnes", f"5{NBSP}personnes"),
    )
