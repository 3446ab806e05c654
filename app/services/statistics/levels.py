"""How the accompaniments ended: autonomy, orientation, and the level of the workshops."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from app import labels
from app.services.statistics.definitions import NO, NOT_SAID, REFERRED, YES
from app.services.statistics.figures import Breakdown, Unit
from app.services.statistics.lists import Breakdowns, closed, listed
from app.services.statistics.scope import Conditions
from app.services.statistics.tallies import Weights, tally
from protocol.vocabulary import ActivityKind


def reached(connection: Connection, conditions: Conditions) -> Breakdowns:
    """Autonomy and orientation of the individual accompaniments, level of the workshops: each by activities."""
    autonomy, referred, referrals, levels = (Weights() for _ in range(4))
    for parts, activities in tally(connection, _PARTS, conditions):
        minutes, is_referred, kind, level, towards, star = parts
        weight = activities, activities, int(minutes) * activities
        if kind == ActivityKind.WORKSHOP:
            levels.add(level, *weight)
        elif kind == ActivityKind.INDIVIDUAL:
            autonomy.add(star, *weight)
            referred.add(_ANSWERS.get(is_referred, ""), *weight)
            if is_referred == "1":
                referrals.add(towards, *weight)
    return {
        "autonomy": _by_activity("autonomy", labels.AUTONOMY, autonomy),
        "levels": _by_activity("levels", labels.LEVELS, levels),
        "referrals": _by_activity("referrals", labels.REFERRALS, referrals),
        "referred": listed("referred", REFERRED, referred, Unit.ACTIVITIES, referred.total),
    }


def _by_activity(key: str, words: Mapping[Any, str], counted: Weights) -> Breakdown:
    return closed(key, words, counted, Unit.ACTIVITIES, counted.total, untold=NOT_SAID)


_ANSWERS = {"1": YES, "0": NO}
_PARTS = (
    "coalesce(activity.minutes, 0)", "activity.referred", "activity.kind", "activity.level", "activity.referral",
    "activity.autonomy",
)  # fmt: skip
