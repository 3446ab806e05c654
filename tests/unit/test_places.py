"""The advisor's places of activity."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database
from app.errors import UserError
from app.services import places
from app.services.commands import SavePlace
from protocol.vocabulary import PlaceKind
from tests.notebook import a_place, new_database, recorded

BUS = SavePlace(name="Bus numérique", municipality="48061", source="Hinaura", source_id="42")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def names(database: Database) -> list[str]:
    return [place.name for place in places.mine(database)]


def test_the_most_used_place_comes_first(database: Database) -> None:
    a_place(database, "Mairie")
    used = a_place(database, "Médiathèque")
    recorded(database, place_kind=PlaceKind.PLACE, place=used)
    assert [(place.name, place.uses) for place in places.mine(database)] == [("Médiathèque", 1), ("Mairie", 0)]


def test_a_place_needs_a_name_and_a_commune(database: Database) -> None:
    with pytest.raises(UserError) as refused:
        places.save(database, SavePlace(name=" "))
    assert set(refused.value.fields) == {"name", "municipality"}


def test_changing_a_place_keeps_what_the_form_does_not_show(database: Database) -> None:
    id_ = places.save(database, BUS)
    places.save(database, places.form_of(database, id_))
    assert places.form_of(database, id_).source_id == "42"


def test_an_archived_place_leaves_the_choices_and_comes_back(database: Database) -> None:
    id_ = a_place(database, "Mairie")
    places.archive(database, id_)
    assert names(database) == []
    assert [place.archived for place in places.mine(database, with_archived=True)] == [True]
    places.archive(database, id_, archived=False)
    assert names(database) == ["Mairie"]


def test_places_are_added_all_or_none(database: Database) -> None:
    with pytest.raises(UserError):
        places.add_all(database, [BUS, SavePlace(name="Sans commune")])
    assert names(database) == []
    assert places.origins(database) == frozenset()


def test_an_import_is_remembered_and_can_be_undone(database: Database) -> None:
    added = places.add_all(database, [BUS])
    assert places.origins(database) == {("Hinaura", "42")}
    places.delete(database, added)
    assert names(database) == []
    assert places.origins(database) == frozenset()
