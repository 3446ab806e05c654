"""One search for people, activities and sheets."""

import timeit
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database
from app.services import activities, search
from app.services.commands import AnonymousGroup
from app.services.search import FoundKind
from app.services.sheets import own
from protocol.vocabulary import ActivityKind
from tests.notebook import a_beneficiary, new_database, recorded
from tests.unit.test_sheets import EASY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def test_people_come_before_their_activities(database: Database) -> None:
    who = a_beneficiary(database, "Lefèvre", "Cœline")
    what = recorded(database, participants=(who,))
    found = search.everything(database, "coeline lefe")
    assert [(one.kind, one.id) for one in found] == [(FoundKind.PERSON, who), (FoundKind.ACTIVITY, what)]
    assert found[1].label == "Lefèvre Cœline — E-mail"


def test_a_workshop_is_found_by_its_title(database: Database) -> None:
    recorded(database, kind=ActivityKind.WORKSHOP, title="Ma tablette", anonymous=AnonymousGroup(total=3))
    assert search.everything(database, "tabl")[0].label == "Ma tablette — E-mail"


def test_the_latest_activities_come_first_and_are_few(database: Database) -> None:
    made = [recorded(database, notes="suivi du dossier") for _ in range(search.MOST_ACTIVITIES + 2)]
    found = [one for one in search.everything(database, "dossier") if one.kind is FoundKind.ACTIVITY]
    assert [one.id for one in found] == list(reversed(made))[: search.MOST_ACTIVITIES]


def test_what_was_deleted_is_not_found(database: Database) -> None:
    activities.delete(database, recorded(database, notes="suivi du jardin"))
    assert search.everything(database, "jardin") == ()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("carte gri ach", "Faire sa carte grise après un achat"),
        ("COURRIEL", "Envoyer un e-mail"),
        ("santé", "Prendre rendez-vous chez le médecin"),
    ],
    ids=["title", "other word", "theme"],
)
def test_a_sheet_is_found_by_its_title_its_other_words_and_its_theme(
    database: Database, typed: str, title: str
) -> None:
    found = [one for one in search.everything(database, typed) if one.kind is FoundKind.SHEET]
    assert title in [one.label for one in found]
    assert len(found) <= search.MOST_SHEETS


def test_an_own_sheet_is_found_until_it_is_put_away(database: Database) -> None:
    id_ = own.save(database, EASY)
    (found,) = search.everything(database, "ardoise")
    assert (found.kind, found.id, found.label) == (FoundKind.SHEET, str(id_), "Allumer la tablette du club")
    assert found.detail.startswith("Fiche")
    own.set_archived(database, id_)
    assert search.everything(database, "ardoise") == ()


@pytest.mark.parametrize("typed", ["", "  ", '"', "-"])
def test_nothing_is_found_for_nothing(database: Database, typed: str) -> None:
    recorded(database)
    assert search.everything(database, typed) == ()


def test_an_answer_comes_between_two_letters(database: Database) -> None:
    for _ in range(20):
        recorded(database, participants=(a_beneficiary(database),))
    search.everything(database, "d")
    assert min(timeit.repeat(lambda: search.everything(database, "delm"), repeat=5, number=1)) < 0.05
