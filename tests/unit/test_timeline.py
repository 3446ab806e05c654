"""What happened with a person is told once, at its day, the newest first."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.database import Database
from app.errors import UserError
from app.models import Assessment, Beneficiary, Case, Mandate
from app.services import activities, beneficiaries, timeline
from app.services.timeline import Agreed, Assessed, Came, CaseMoved, Informed, MandateEnded, MandateSigned
from protocol.vocabulary import (
    ActivityKind,
    Autonomy,
    CaseStatus,
    Consent,
    MandateFamily,
    ProcedureFamily,
    SkillDomain,
    Topic,
)
from tests.notebook import TODAY, a_beneficiary, recorded

DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - days * DAY


def test_everything_that_happened_is_told_newest_first(database: Database) -> None:
    jeanne = a_beneficiary(database)
    recorded(
        database, participants=(jeanne,), day=ago(10), autonomy=Autonomy.PARTLY, notes="Revoir les pièces jointes."
    )
    recorded(database, participants=(jeanne,), day=ago(3), sheets=frozenset({"envoyer-un-e-mail"}))
    with database.work() as work:
        kept = work.find(Beneficiary, jeanne)
        assert kept is not None
        work.save(replace(kept, informed_on=ago(10), consent=Consent.GIVEN, consent_on=ago(9)))
        work.save(
            Assessment(beneficiary=jeanne, day=ago(8), scores={"protection": 1}, objectives=["Trier ses e-mails"])
        )
        work.save(
            Case(
                beneficiary=jeanne,
                name="Carte grise",
                family=ProcedureFamily.TRANSPORT,
                status=CaseStatus.DONE,
                opened_on=ago(7),
                closed_on=ago(2),
            )
        )
        work.save(
            Mandate(
                beneficiary=jeanne,
                families=[MandateFamily.SOCIAL.value, MandateFamily.HOUSING.value],
                revoked={MandateFamily.HOUSING.value: ago(4).isoformat()},
                starts_on=ago(6),
                expires_on=ago(5),
            )
        )
    told = timeline.of(database, jeanne, TODAY)
    kinds = [type(one) for one in told.moments]
    assert kinds == [
        CaseMoved, Came, MandateEnded, MandateEnded, MandateSigned, CaseMoved, Assessed, Agreed, Came, Informed,
    ]  # fmt: skip
    assert [one.day for one in told.moments] == [ago(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 10)]
    closed, came, revoked, ended, _, _, assessed, *_ = told.moments
    assert isinstance(closed, CaseMoved)
    assert (closed.is_end, closed.name, closed.status) == (True, "Carte grise", CaseStatus.DONE)
    assert isinstance(came, Came)
    assert came.sheets == (("envoyer-un-e-mail", "Envoyer un e-mail"),)
    assert isinstance(revoked, MandateEnded)
    assert (revoked.revoked, revoked.is_over) == ((MandateFamily.HOUSING,), False)
    assert isinstance(ended, MandateEnded)
    assert ended.revoked == ()
    assert isinstance(assessed, Assessed)
    assert assessed.scores == ((SkillDomain.SAFETY, 1),)


def test_a_workshop_tells_neither_its_notes_nor_the_autonomy_of_one(database: Database) -> None:
    jeanne = a_beneficiary(database)
    recorded(
        database, kind=ActivityKind.WORKSHOP, title="Ma tablette", participants=(jeanne,), notes="Marcel s’endort."
    )
    (came,) = timeline.of(database, jeanne, TODAY).moments
    assert isinstance(came, Came)
    assert (came.notes, came.autonomy, came.row.who) == ("", None, "Ma tablette")


def test_topics_are_counted_and_autonomy_followed_over_everything(database: Database) -> None:
    jeanne, marcel = a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel")
    for number in range(60):
        topics = frozenset({Topic.EMAIL, Topic.HEALTH} if number % 3 else {Topic.EMAIL})
        level = list(Autonomy)[number // 20]
        recorded(database, participants=(jeanne,), day=ago(100 - number), topics=topics, autonomy=level)
    recorded(database, participants=(marcel,), topics=frozenset({Topic.CREATING}))
    told = timeline.of(database, jeanne, TODAY)
    assert told.topics == ((Topic.EMAIL, 60), (Topic.HEALTH, 40))
    assert Counter(level for _, level in told.autonomy) == dict.fromkeys(Autonomy, 20)
    assert told.autonomy[0] == (ago(100), Autonomy.GUIDED)
    assert told.has_more
    assert len(told.moments) == timeline.LATEST
    assert len(timeline.of(database, jeanne, TODAY, latest=100).moments) == 60


def test_what_happened_before_the_activities_left_out_waits_with_them(database: Database) -> None:
    jeanne = a_beneficiary(database)
    for number in range(5):
        recorded(database, participants=(jeanne,), day=ago(number))
    with database.work() as work:
        work.save(Case(beneficiary=jeanne, name="Carte grise", opened_on=ago(30)))
    assert [type(one) for one in timeline.of(database, jeanne, TODAY, latest=3).moments] == [Came] * 3
    assert isinstance(timeline.of(database, jeanne, TODAY, latest=5).moments[-1], CaseMoved)


def test_what_was_deleted_is_not_told(database: Database) -> None:
    jeanne = a_beneficiary(database)
    activities.delete(database, recorded(database, participants=(jeanne,)))
    with database.work() as work:
        work.save(Case(beneficiary=jeanne, name="Carte grise", opened_on=TODAY, deleted=True))
    assert timeline.of(database, jeanne, TODAY).moments == ()


def test_somebody_who_is_gone_has_no_timeline(database: Database) -> None:
    jeanne = a_beneficiary(database)
    beneficiaries.delete(database, [jeanne])
    with pytest.raises(UserError, match="plus dans le carnet"):
        timeline.of(database, jeanne, TODAY)
