"""Many people looked for in a text at once: the same are found as one after the other, each sign being sound."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.database import Database
from app.forgetting import identity
from app.forgetting.spotting import Spotter
from app.models import Beneficiary

NAMES = st.sampled_from(
    ["Li", "Ba", "Jean", "Jean-Paul", "Paul", "D’Œuvre", "De la Tour", "Benali", "Aïcha", "Petit", "Ñandú", "O", ""]
)
PEOPLE = st.builds(
    Beneficiary,
    last_name=NAMES,
    first_name=NAMES,
    phone=st.sampled_from([None, "0698765432", "+262692123456", "3949"]),
    email=st.sampled_from([None, "aicha.b@exemple.fr", "j-p_o+x@exemple.fr"]),
)
WORDS = st.sampled_from(
    ["LI", "ba", "jean", "Jean Paul", "JEAN-PAUL", "d’oeuvre", "DE LA TOUR,", "Bénali", "aicha", "Mme Petit.", "O",
     "06 98 76 54 32", "06.98-76/54.32", "+33 (0)698765432", "0692 12 34 56", "Aicha.B@Exemple.fr", "3949",
     "j-p_o+x@exemple.fr", "vient", ";", "\n"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(PEOPLE, max_size=5), words=st.lists(WORDS, max_size=8))
def test_a_text_names_whoever_it_would_be_told_without(
    database: Database, people: list[Beneficiary], words: list[str]
) -> None:
    text = " ".join(words)
    with database.read() as connection:
        known = identity.of_all(connection, people)
    expected = [id_ for id_, who in known.items() if who.out_of(text, is_theirs=False) != text]
    found: list[UUID] = list(Spotter(known).named_in(text))
    assert found == expected
