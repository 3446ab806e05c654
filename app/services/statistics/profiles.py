"""Who the people are: gender, age, situation, commune where they live."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app import labels
from app.services.statistics.figures import Breakdown, Unit
from app.services.statistics.lists import Breakdowns, closed
from app.services.statistics.people import People
from app.services.statistics.tallies import Weights
from app.services.statistics.where import lived_in


def described(people: People) -> Breakdowns:
    """The four breakdowns of the people, each counted once."""
    return {
        "genders": _closed("genders", labels.GENDERS, people.genders, people.total),
        "age_bands": _closed("age_bands", labels.AGE_BANDS, people.age_bands, people.total),
        "statuses": _closed("statuses", labels.STATUSES, people.statuses, people.total),
        "residences": lived_in(_weights(people.residences), people.total),
    }


def _closed(key: str, words: Mapping[Any, str], counted: Counter[str], total: int) -> Breakdown:
    return closed(key, words, _weights(counted), Unit.PEOPLE, total)


def _weights(counted: Counter[str]) -> Weights:
    result = Weights()
    for code, number in counted.items():
        result.add(code, number)
    return result
