"""What a draft says of itself."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from app.services import draft_words
from app.services.commands import RecordActivity
from app.services.rows import DraftRow
from protocol.vocabulary import ActivityKind, PlaceKind, Topic

NOW = datetime(2026, 11, 24, 11, 5)
WHO = uuid4()
COMPLETE = RecordActivity(
    day=date(2026, 11, 24),
    minutes=30,
    place_kind=PlaceKind.REMOTE,
    topics=frozenset({Topic.EMAIL}),
    participants=(WHO,),
)


def a_draft(
    form: RecordActivity, who: str = "", typed: str = "", started: datetime = datetime(2026, 11, 24, 10, 40)
) -> DraftRow:
    return DraftRow(uuid4(), form, started, started, who or typed, typed)


def said(draft: DraftRow) -> str:
    return draft_words.sentence(draft, NOW).replace("\u00a0", " ")


def test_a_draft_says_whose_it_is_and_what_is_missing() -> None:
    form = RecordActivity(day=NOW.date(), place_kind=PlaceKind.REMOTE, participants=(WHO,))
    expected = "Brouillon de 10 h 40 — accompagnement de Delmas Jeanne, thème et durée à préciser"
    assert said(a_draft(form, "Delmas Jeanne")) == expected


def test_three_missing_things_are_enumerated() -> None:
    assert said(a_draft(RecordActivity(day=NOW.date()))).endswith("thème, durée et lieu à préciser")


def test_a_draft_with_everything_only_waits_to_be_saved() -> None:
    assert said(a_draft(COMPLETE, "Delmas Jeanne")).endswith("accompagnement de Delmas Jeanne, prêt à enregistrer")


def test_letters_typed_without_a_choice_ask_for_the_person() -> None:
    form = RecordActivity(day=NOW.date(), minutes=30, place_kind=PlaceKind.REMOTE, topics=frozenset({Topic.EMAIL}))
    assert said(a_draft(form, typed="delm")).endswith("accompagnement de « delm », personne à préciser")


def test_a_workshop_is_called_by_its_title_and_needs_people() -> None:
    form = RecordActivity(
        kind=ActivityKind.WORKSHOP,
        title="Ma tablette",
        day=NOW.date(),
        minutes=90,
        place_kind=PlaceKind.REMOTE,
        topics=frozenset({Topic.EMAIL}),
    )
    assert said(a_draft(form)).endswith("atelier « Ma tablette », participants à préciser")


def test_a_name_that_begins_with_a_vowel_is_elided() -> None:
    assert "accompagnement d’Éluard Paule" in said(a_draft(COMPLETE, "Éluard Paule"))


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (datetime(2026, 11, 23, 16, 0), "Brouillon d’hier, 16 h 00 —"),
        (datetime(2026, 11, 20, 9, 5), "Brouillon du vendredi 20 novembre, 9 h 05 —"),
    ],
)
def test_an_older_draft_says_its_day(started: datetime, expected: str) -> None:
    assert said(a_draft(COMPLETE, "Delmas Jeanne", started=started)).startswith(expected)
