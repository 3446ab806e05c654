"""How the accompaniments ended: autonomy, orientation, and the level of the workshops."""

import json
from collections.abc import Mapping
from typing import Any

from app import labels
from app.models.derived import REACHED
from app.services.statistics.definitions import NO, NOT_SAID, REFERRED, YES
from app.services.statistics.figures import Breakdown, Unit
from app.services.statistics.lists import Breakdowns, closed, listed
from app.services.statistics.tallies import Tally, Weights
from protocol.vocabulary import ActivityKind


def reached(tally: Tally) -> Breakdowns:
    """Autonomy and orientation of the individual accompaniments, level of the workshops: each by activities."""
    autonomy, referred, referrals, levels = (Weights() for _ in range(4))
    counted = tally.headings[REACHED]
    for code in counted:
        kind, is_referred, towards, level, star = json.loads(code)
        _, activities, minutes = counted[code]
        weight = activities, activities, minutes
        if kind == ActivityKind.WORKSHOP:
            levels.add(level or "", *weight)
        elif kind == ActivityKind.INDIVIDUAL:
            autonomy.add(star or "", *weight)
            referred.add(_ANSWERS[is_referred], *weight)
            if is_referred:
                referrals.add(towards or "", *weight)
    return {
        "autonomy": _by_activity("autonomy", labels.AUTONOMY, autonomy),
        "levels": _by_activity("levels", labels.LEVELS, levels),
        "referrals": _by_activity("referrals", labels.REFERRALS, referrals),
        "referred": listed("referred", REFERRED, referred, Unit.ACTIVITIES, referred.total),
    }


def _by_activity(key: str, words: Mapping[Any, str], counted: Weights) -> Breakdown:
    return closed(key, words, counted, Unit.ACTIVITIES, counted.total, untold=NOT_SAID)


_ANSWERS = {None: "", 0: NO, 1: YES}
