"""The words of a filter, on whatever leaves the program."""

from datetime import date

import pytest

from app.database import Database
from app.services import beneficiaries, places, tags
from app.services.commands import ActivityFilter
from app.services.filter_words import filter_in_words, filter_lines
from protocol.vocabulary import ActivityKind, PlaceKind, ProcedureFamily, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded

LABELS = (
    "Période", "Source", "Lieux d’accompagnement", "Communes", "Départements", "Type d’accompagnement", "Rôle",
    "Thématiques non administratives", "Thématiques administratives", "Tags", "Bénéficiaires",
)  # fmt: skip


@pytest.fixture
def everything(database: Database) -> ActivityFilter:
    """A filter that asks for something of everything."""
    return ActivityFilter(
        since=date(2026, 1, 1),
        until=TODAY,
        kinds=frozenset({ActivityKind.WORKSHOP}),
        places=frozenset({a_place(database)}),
        place_kinds=frozenset({PlaceKind.HOME}),
        topics=frozenset({Topic.HEALTH, Topic.EMAIL}),
        families=frozenset({ProcedureFamily.JUSTICE}),
        tags=frozenset({tags.create(database, "Seniors")}),
        municipalities=frozenset({"48061"}),
        beneficiary=a_beneficiary(database),
    )


def test_every_line_is_there_even_without_filter(database: Database) -> None:
    lines = filter_lines(database, ActivityFilter(), TODAY)
    assert tuple(label for label, _ in lines) == LABELS
    assert dict(lines)["Période"] == "Depuis le début, jusqu’au 24/11/2026"
    assert dict(lines)["Communes"] == "Toutes"
    assert filter_in_words(database, ActivityFilter(), TODAY) == "Depuis le début, jusqu’au 24/11/2026"


def test_every_filter_is_said(database: Database, everything: ActivityFilter) -> None:
    said = dict(filter_lines(database, everything, TODAY))
    assert said["Période"] == "Du 01/01/2026 au 24/11/2026"
    assert said["Lieux d’accompagnement"] == "Médiathèque de Florac, À domicile"
    assert said["Communes"] == "Florac Trois Rivières"
    assert said["Type d’accompagnement"] == "Atelier collectif"
    assert said["Thématiques non administratives"] == "E-mail, Santé"
    assert said["Thématiques administratives"] == "Justice"
    assert said["Tags"] == "Seniors"
    assert said["Bénéficiaires"] == "Delmas Jeanne"


def test_a_picture_or_a_report_names_nobody(database: Database, everything: ActivityFilter) -> None:
    said = filter_in_words(database, everything, TODAY)
    assert "Delmas" not in said
    assert said.startswith("Du 01/01/2026 au 24/11/2026 · Médiathèque de Florac ou À domicile · Florac Trois Rivières")
    assert said.endswith("E-mail ou Santé ou Justice · Seniors · Une personne suivie")
    assert "Delmas" not in str(filter_lines(database, everything, TODAY, with_names=False))
    searched = ActivityFilter(text="delmas")
    assert filter_in_words(database, searched, TODAY).endswith(" · Des mots recherchés")
    assert filter_lines(database, searched, TODAY, with_names=False)[-1] == ("Recherche", "Des mots recherchés")
    assert filter_lines(database, searched, TODAY)[-1] == ("Recherche", "delmas")


def test_what_was_deleted_is_still_said_to_restrict(database: Database, everything: ActivityFilter) -> None:
    places.delete(database, everything.places)
    (tag,) = everything.tags
    tags.delete(database, tag)
    assert everything.beneficiary is not None
    beneficiaries.erase(database, everything.beneficiary)
    said = dict(filter_lines(database, everything, TODAY))
    assert said["Lieux d’accompagnement"] == "(supprimé), À domicile"
    assert said["Tags"] == "(supprimé)"
    assert said["Bénéficiaires"] == "Une personne suivie"


def test_searched_words_come_last(database: Database) -> None:
    assert filter_lines(database, ActivityFilter(text="caf"), TODAY)[-1] == ("Recherche", "caf")


def test_the_communes_offered_are_those_of_places_and_activities(database: Database) -> None:
    a_place(database, municipality="48061")
    recorded(database, place_kind=PlaceKind.HOME, municipality="48096", postal_code="48150")
    recorded(database, place_kind=PlaceKind.HOME, municipality="48096", postal_code="48150")
    assert places.communes(database) == (("48061", "Florac Trois Rivières"), ("48096", "Meyrueis"))
