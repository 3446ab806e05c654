"""People are found by all that is known of them, however it is written, one typing mistake a word forgiven."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.folding import fold
from app.services import beneficiaries, people_lists, search
from app.services.commands import PeopleFilter
from app.services.known_words import SHORTEST
from tests.notebook import a_beneficiary, new_database

NAMES = (
    ("Bœuf", "Gaël"),
    ("L’Haÿ", "Éléonore"),
    ("Nguyễn-Lefèvre", "Linh"),
    ("de La Tour-Vernhet", "André"),
    ("Delmas", "Marie-Thérèse"),
    ("Roux", "Jean-Loup"),
    ("Öztürk", "Hüseyin"),
    ("Benali", "Aïcha"),
    ("Martin", "Odette"),
    ("Deleuze", "Fatima"),
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, dict[tuple[str, str], UUID]]]:
    """A notebook where each of NAMES is followed."""
    database = new_database(tmp_path_factory.mktemp("carnet"))
    yield database, {name: a_beneficiary(database, *name) for name in NAMES}
    database.close()


@st.composite
def mistyped(draw: st.DrawFn, word: str) -> str:
    """A word one letter away: one less, one more, another, or two that changed places."""
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    return draw(
        st.sampled_from(
            (
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            )
        )
    )


@st.composite
def typed_name(draw: st.DrawFn) -> tuple[tuple[str, str], str]:
    """A name, and the words of it in any order, each long one mistyped or not."""
    name = draw(st.sampled_from(NAMES))
    words = draw(st.permutations(fold(" ".join(name)).split()))
    return name, " ".join(draw(mistyped(one)) if len(one) >= SHORTEST and draw(st.booleans()) else one for one in words)


@given(asked=typed_name())
def test_a_name_is_found_in_any_order_with_a_mistake_in_each_long_word(
    known: tuple[Database, dict[tuple[str, str], UUID]], asked: tuple[tuple[str, str], str]
) -> None:
    (database, people), (name, typed) = known, asked
    assert people[name] in [row.id for row in beneficiaries.search(database, typed)]
    assert people[name] in [row.id for row in people_lists.page(database, PeopleFilter(typed)).rows]


@given(name=st.sampled_from(NAMES), length=st.integers(1, 30))
def test_a_name_is_found_from_its_first_letter_on(
    known: tuple[Database, dict[tuple[str, str], UUID]], name: tuple[str, str], length: int
) -> None:
    database, people = known
    typed = " ".join(name)[:length]
    found = [row.id for row in people_lists.page(database, PeopleFilter(typed)).rows]
    assert people[name] in found or not fold(typed)


@pytest.fixture
def person(database: Database) -> UUID:
    return a_beneficiary(
        database,
        "Benali",
        "Aïcha",
        birth_year=1951,
        phone="06 12 34 56 78",
        email="aicha.benali@exemple.fr",
        address="12 rue de l’Église",
        municipality="48061",
        postal_code="48400",
        notes="Vient avec sa petite-fille le jeudi.",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "florac trois rivieres",
        "rivières benali",
        "48400",
        "eglise",
        "petite fille",
        "jeudi aicha",
        "aicha.benali@exemple.fr",
        "1951 benali",
        "benali 1951 48400",
        "benali 06 12",
        "0612 3456",
        "+33 (0)6 12 34",
        "0033 6 12 34",
        "34 56 78",
        "5678",
        "florca",
        "égilse",
    ],
)
def test_everything_known_finds_a_person(database: Database, person: UUID, typed: str) -> None:
    a_beneficiary(database, "Martin", "Odette", phone="04 66 00 00 00", municipality="30007", postal_code="30100")
    found = [row.id for row in beneficiaries.search(database, typed)]
    assert found == [person]


@pytest.mark.parametrize("typed", ["06 00 00 75 03", "0600 0075 03", "+33 6 00 00 75 03"])
def test_the_figures_of_a_phone_may_come_back(database: Database, typed: str) -> None:
    person = a_beneficiary(database, phone="06 00 00 75 03")
    a_beneficiary(database, "Roux", "Marcel", phone="06 00 75 03 00")
    assert [row.id for row in beneficiaries.search(database, typed)] == [person]


@pytest.mark.parametrize(
    "typed", ["delmas " * 2000, "1 2 3 " * 2000, "x" * 20_000, '"*()OR NEAR AND NOT -', "\x00", "²½"]
)
def test_whatever_is_pasted_is_searched_without_waiting(database: Database, typed: str) -> None:
    a_beneficiary(database)
    assert len(beneficiaries.search(database, typed)) <= 1
    assert search.everything(database, typed) == search.everything(database, typed)


def test_numbers_from_abroad_are_found_by_their_last_figures(database: Database) -> None:
    person = a_beneficiary(database, phone="+352 621 123 456")
    assert [row.id for row in beneficiaries.search(database, "621 123")] == [person]
    assert [row.id for row in beneficiaries.search(database, "+352 621")] == [person]


def test_who_holds_the_words_comes_before_who_nearly_does(database: Database) -> None:
    nearly, exactly = a_beneficiary(database, "Rouxel", "Zoé"), a_beneficiary(database, "Roue", "Anne")
    assert [row.id for row in beneficiaries.search(database, "roue")] == [exactly, nearly]
    listed = people_lists.page(database, PeopleFilter("roue"), descending=True).rows
    assert [row.id for row in listed] == [exactly, nearly]


def test_a_short_word_is_taken_as_it_is_typed(database: Database) -> None:
    a_beneficiary(database, "Roux", "Luc")
    assert beneficiaries.search(database, "lic") == ()


def test_somebody_just_saved_or_renamed_is_found_with_a_mistake(database: Database) -> None:
    first = a_beneficiary(database, "Castanier", "Yvette")
    assert [row.id for row in beneficiaries.search(database, "catsanier")] == [first]
    second = a_beneficiary(database, "Chabrol", "Mamadou")
    assert [row.id for row in beneficiaries.search(database, "chabrlo")] == [second]


def test_somebody_deleted_is_found_nowhere(database: Database, person: UUID) -> None:
    beneficiaries.delete(database, [person])
    assert beneficiaries.search(database, "benali") == ()
    assert people_lists.page(database, PeopleFilter("benali")).total == 0
    assert search.everything(database, "benali") == ()
    beneficiaries.restore(database, [person])
    assert [one.id for one in search.everything(database, "benail")] == [person]


def test_an_older_notebook_is_searched_like_a_new_one(tmp_path: Path) -> None:
    """A file written before the commune was looked for is read again when it is brought up to date."""
    kept = Path(__file__).parent.parent / "migrations" / "released" / "carnet-1.db"
    (tmp_path / "carnet.db").write_bytes(kept.read_bytes())
    database = new_database(tmp_path)
    (row,) = people_lists.page(database).rows
    assert [one.id for one in beneficiaries.search(database, "dlemas")] == [row.id]
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT sorted_as FROM beneficiary").scalar_one().startswith("delmas")
    database.close()
