"""The advisor's own tags."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database
from app.errors import UserError
from app.services import tags
from tests.notebook import new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def shown(database: Database) -> list[tuple[str, int]]:
    return [(tag.name, tag.uses) for tag in tags.mine(database)]


def test_the_same_name_is_the_same_tag_whatever_its_accents(database: Database) -> None:
    assert tags.create(database, "Été  connecté") == tags.create(database, "ete connecte")
    assert shown(database) == [("Été connecté", 0)]


@pytest.mark.parametrize("name", ["", "ab", "x" * 81])
def test_a_name_too_short_or_too_long_is_refused(database: Database, name: str) -> None:
    id_ = tags.create(database, "Séniors")
    with pytest.raises(UserError):
        tags.create(database, name)
    with pytest.raises(UserError):
        tags.rename(database, id_, name)
    assert shown(database) == [("Séniors", 0)]


def test_a_renamed_tag_keeps_its_activities(database: Database) -> None:
    id_ = tags.create(database, "Seniors")
    recorded(database, tags=frozenset({id_}))
    tags.rename(database, id_, "Séniors")
    assert shown(database) == [("Séniors", 1)]


def test_a_tag_cannot_take_the_name_of_another(database: Database) -> None:
    tags.create(database, "Séniors")
    id_ = tags.create(database, "Jeunes")
    with pytest.raises(UserError, match="déjà ce nom"):
        tags.rename(database, id_, "seniors")


def test_a_deleted_tag_comes_back_with_its_activities(database: Database) -> None:
    id_ = tags.create(database, "Séniors")
    recorded(database, tags=frozenset({id_}))
    tags.delete(database, id_)
    assert shown(database) == []
    tags.restore(database, id_)
    assert shown(database) == [("Séniors", 1)]
