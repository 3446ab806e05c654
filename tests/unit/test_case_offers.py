"""What is offered once an accompaniment is recorded: to follow the procedure it was about, at most."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.database import Database
from app.services import case_offers, cases
from app.services.commands import RecordActivity, SaveCase
from protocol.vocabulary import ActivityKind, CaseStatus, ProcedureFamily, Topic
from tests.notebook import a_beneficiary

TODAY = date(2026, 11, 29)


@pytest.fixture
def odette(database: Database) -> UUID:
    return a_beneficiary(database, "Martin", "Odette")


def helped(person: UUID, *procedures: str) -> RecordActivity:
    topics = frozenset({Topic.ADMINISTRATIVE_HELP})
    return RecordActivity(participants=(person,), topics=topics, procedures=frozenset(procedures))


def test_the_procedure_helped_with_may_be_followed_for_the_person(database: Database, odette: UUID) -> None:
    found = case_offers.after(database, helped(odette, "carte_grise"), TODAY)
    assert found == SaveCase(beneficiary=odette, procedure="carte_grise", family=ProcedureFamily.TRANSPORT)


def test_a_procedure_in_free_words_is_offered_by_its_words_and_family(database: Database, odette: UUID) -> None:
    families = frozenset({ProcedureFamily.HOUSING})
    recorded = replace(helped(odette), families=families, procedure_note=" Badge d’immeuble ")
    wanted = SaveCase(beneficiary=odette, name="Badge d’immeuble", family=ProcedureFamily.HOUSING)
    assert case_offers.after(database, recorded, TODAY) == wanted


def test_what_is_followed_already_is_not_offered_and_the_next_one_is(database: Database, odette: UUID) -> None:
    followed = cases.save(database, SaveCase(beneficiary=odette, procedure="carte_grise"), TODAY)
    assert case_offers.after(database, helped(odette, "carte_grise"), TODAY) is None
    found = case_offers.after(database, helped(odette, "carte_grise", "passeport"), TODAY)
    assert found is not None
    assert found.procedure == "passeport"
    cases.set_status(database, followed, CaseStatus.DONE, TODAY)
    assert case_offers.after(database, helped(odette, "carte_grise"), TODAY) is not None


def test_nothing_is_offered_where_nobody_or_nothing_is_to_be_followed(database: Database, odette: UUID) -> None:
    whole = helped(odette, "carte_grise")
    for recorded in (
        replace(whole, topics=frozenset({Topic.EMAIL})),
        replace(whole, participants=()),
        replace(whole, kind=ActivityKind.WORKSHOP),
        replace(whole, id=odette),
        replace(whole, cases=frozenset({odette})),
    ):
        assert case_offers.after(database, recorded, TODAY) is None
