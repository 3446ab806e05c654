"""The digital assessments of a period: how many, of how many people, and how the domains went from first to last."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select, text

from app.models.assessment import assessment
from app.models.beneficiary import beneficiary
from app.services.assessments import scoring
from app.services.commands import ActivityFilter
from app.services.statistics.definitions import ASSESSMENTS
from app.services.statistics.figures import AssessmentFigures, DomainPath
from protocol.vocabulary import SkillDomain

Made = tuple[dict[SkillDomain, int], bool | None]
"""Scores, and whether it is illectronisme."""


def made(connection: Connection, filter_: ActivityFilter) -> AssessmentFigures:
    """The ended assessments of the people of the notebook, and of those erased since.

    Only the dates and the person of a filter choose them.
    """
    of_each: dict[Any, list[Made]] = defaultdict(list)
    for person, told, uses_internet in connection.execute(_wanted(filter_)):
        of_each[person].append(_made(told, uses_internet))
    again = [(one[0][0], one[-1][0]) for one in of_each.values() if len(one) > 1]
    return AssessmentFigures(
        definition=ASSESSMENTS,
        number=sum(map(len, of_each.values())),
        people=len(of_each),
        illectronism_first=sum(one[0][1] is True for one in of_each.values()),
        illectronism_last=sum(one[-1][1] is True for one in of_each.values()),
        again=len(again),
        paths=tuple(_path(domain, again) for domain in SkillDomain),
    )


@lru_cache(2048)
def _made(told: str | None, uses_internet: int | None) -> Made:
    """What a row says: few are different, and each is read once."""
    scores = scoring.known(json.loads(told)) if told else {}
    return scores, scoring.is_illectronism(scores, None if uses_internet is None else bool(uses_internet))


def _path(domain: SkillDomain, again: Sequence[tuple[dict[SkillDomain, int], dict[SkillDomain, int]]]) -> DomainPath:
    ways = Counter(
        (last[domain] > first[domain]) - (last[domain] < first[domain])
        for first, last in again
        if domain in first and domain in last
    )
    return DomainPath(domain, up=ways[1], same=ways[0], down=ways[-1])


def _wanted(filter_: ActivityFilter) -> Select[Any]:
    """Person, scores and use of the internet of each, as they are written, the oldest first."""
    kept, who = assessment.c, beneficiary.c
    is_known_or_erased = who.id.is_(None) | (who.deleted.is_(False) & who.merged_into.is_(None))
    there = kept.deleted.is_(False), kept.beneficiary.is_not(None), is_known_or_erased
    wanted = select(text("assessment.beneficiary, assessment.scores, assessment.internet_use")).select_from(assessment)
    wanted = (
        wanted.outerjoin(beneficiary, who.id == kept.beneficiary)
        .where(*there, kept.day.is_not(None))
        .order_by(kept.day, kept.created_at, kept.id)
    )
    if filter_.since:
        wanted = wanted.where(kept.day >= filter_.since)
    if filter_.until:
        wanted = wanted.where(kept.day <= filter_.until)
    return wanted.where(kept.beneficiary == filter_.beneficiary) if filter_.beneficiary else wanted
