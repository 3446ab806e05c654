"""Who may be twice in the notebook."""

from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.database import Database
from app.models import Beneficiary
from app.services import beneficiaries, duplicates
from app.services.commands import SaveBeneficiary
from app.services.likeness import Told, compared, matched, matched_exactly, told, trigrams
from app.services.progress import CancelledError, Progress
from tests.notebook import a_beneficiary, new_database


def found(database: Database) -> set[frozenset[UUID]]:
    return {frozenset((pair.first, pair.second)) for pair in duplicates.pairs(database, Progress())}


def similarity(one: str, other: str) -> float:
    """The definition of pg_trgm, word for word."""
    mine, theirs = trigrams(one), trigrams(other)
    return len(mine & theirs) / len(mine | theirs) if one and other else 0.0


def naively(people: list[Told]) -> set[frozenset[UUID]]:
    pairs = set()
    for one, other in combinations(people, 2):
        shares = [similarity(one.last_name, other.last_name), similarity(one.first_name, other.first_name)]
        last, first = (share if share > 0.4 else 0.0 for share in shares)
        if matched(one, other, last, first) and one.id and other.id:
            pairs.add(frozenset((one.id, other.id)))
    return pairs


NAMES = st.sampled_from(
    ("Müller", "Mueller", "Muller", "Martin", "Martinez", "Martins", "Benali", "Ben Ali", "Delmas", "Delmasse", "Roux")
)
FIRSTS = st.sampled_from(("Jean-Pierre", "Jean Pierre", "Jeanne", "Jean", "Aïcha", "Aicha", "Odette", "Odile", ""))
PEOPLE = st.lists(
    st.builds(
        Beneficiary,
        last_name=NAMES | st.text("abcé -", max_size=8),
        first_name=FIRSTS,
        phone=st.sampled_from((None, None, "+33612345678", "+33612345679")),
        email=st.sampled_from((None, None, "a@exemple.fr", "b@exemple.fr")),
        birth_year=st.sampled_from((None, 1948, 1949, 1960)),
    ),
    max_size=14,
)


@settings(max_examples=30)
@given(PEOPLE)
def test_the_pairs_are_those_that_comparing_each_with_each_finds(people: list[Beneficiary]) -> None:
    with TemporaryDirectory() as folder:
        database = new_database(Path(folder))
        with database.work() as work:
            work.save_all(people)
        assert found(database) == naively([told(one) for one in people])
        for one in people:
            exact = {like.person.id for like in duplicates.of(database, one.id)}
            assert exact == {
                other.id for other in people if other.id != one.id and matched_exactly(told(one), told(other))
            }
        database.close()


def test_a_name_is_compared_by_its_trigrams_padded_like_those_of_pg_trgm() -> None:
    assert trigrams("cat") == {"  c", " ca", "cat", "at "}
    assert compared("Jean-Pierre") == compared("JEAN PIERRE") == "jeanpierre"
    assert similarity("muller", "mueller") > 0.4


def test_close_names_are_told_before_a_second_file_is_made(database: Database) -> None:
    known = a_beneficiary(database, "Nguyễn-Lefèvre", "Yvette")
    a_beneficiary(database, "Nguyễn-Lefèvre", "Marcel")
    typed = SaveBeneficiary(last_name="Nguyen Lefevre", first_name="Yvete")
    assert [like.person.id for like in duplicates.of(database, typed)] == [known]
    assert duplicates.of(database, SaveBeneficiary(first_name="Yvette")) == ()


def test_close_names_are_no_mark_on_a_file(database: Database) -> None:
    first = a_beneficiary(database, "Müller", "Jean-Pierre")
    second = a_beneficiary(database, "Mueller", "Jean Pierre")
    assert found(database) == {frozenset((first, second))}
    assert duplicates.of(database, first) == ()


@pytest.mark.parametrize(
    ("year", "phone", "is_found"), [(1949, "", True), (1960, "", False), (1960, "06 12 34 56 78", True)]
)
def test_years_of_birth_far_apart_say_that_they_are_two(
    database: Database, year: int, phone: str, is_found: bool
) -> None:
    a_beneficiary(database, "Martin", "Odette", birth_year=1948, phone="06 12 34 56 78")
    a_beneficiary(database, "Martin", "Odette", birth_year=year, phone=phone)
    pairs = duplicates.pairs(database, Progress())
    assert bool(pairs) == is_found
    assert all(pair.is_doubtful == (year == 1960) for pair in pairs)


def test_what_is_surest_comes_first_and_what_is_doubtful_last(database: Database) -> None:
    close = a_beneficiary(database, "Benali", "Aïcha"), a_beneficiary(database, "Ben Ali", "Aïchat")
    doubtful = [a_beneficiary(database, "Roux", "Jean", birth_year=year, phone="0466000001") for year in (1950, 1980)]
    sure = [a_beneficiary(database, "Martin", "Odette", email="odette@exemple.fr") for _ in range(2)]
    pairs = duplicates.pairs(database, Progress())
    assert [{pair.first, pair.second} for pair in pairs] == [set(sure), set(close), set(doubtful)]


def test_two_people_told_apart_are_never_proposed_again(database: Database) -> None:
    first, second = (a_beneficiary(database, "Martin", "Odette") for _ in range(2))
    duplicates.tell_apart(database, first, second)
    assert not found(database)
    assert duplicates.of(database, first) == duplicates.of(database, second) == ()
    duplicates.take_back(database, first, second)
    assert found(database) == {frozenset((first, second))}
    assert duplicates.of(database, first)[0].person.id == second


def test_somebody_typed_is_recognised_while_the_phone_is_not_whole(database: Database) -> None:
    known = a_beneficiary(database, "Ben Ali", "Aïcha", phone="06 12 34 56 78")
    typed = SaveBeneficiary(last_name="BENALI", first_name="", phone="06 12")
    assert duplicates.of(database, typed) == ()
    typed = SaveBeneficiary(last_name="Benali", first_name="", phone="+33 6 12 34 56 78")
    (like,) = duplicates.of(database, typed)
    assert like.person.id == known
    assert like.alike == {"last_name", "phone"}


def test_people_deleted_are_nobodys_duplicates(database: Database) -> None:
    first, second = (a_beneficiary(database, "Martin", "Odette") for _ in range(2))
    beneficiaries.delete(database, (second,))
    assert not found(database)
    assert duplicates.of(database, first) == ()


def test_the_search_stops_when_nobody_wants_it_any_more(database: Database) -> None:
    a_beneficiary(database)
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        duplicates.pairs(database, progress)
