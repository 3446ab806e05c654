"""What is known of the anonymous participants of the workshops, who are told in groups."""

import json
from collections.abc import Collection, Iterator

from app.models.derived import GROUPED
from app.services.statistics.people import KNOWN, UNKNOWN, People
from app.services.statistics.tallies import Tally
from protocol.vocabulary import AgeBand, Gender, SocialStatus


def add(people: People, tally: Tally) -> None:
    """Add the groups of the activities that were counted to what is known of the people who came to them."""
    for part, words, known in (
        ("gender", Gender, people.genders),
        ("age_band", AgeBand, people.age_bands),
        ("status", SocialStatus, people.statuses),
    ):
        alike = tally.headings[GROUPED[part]]
        for code in alike:
            _, groups, _ = alike[code]
            for word, number in _parts(KNOWN[words] - {UNKNOWN}, *json.loads(code)):
                known[word] += number * groups


def _parts(words: Collection[str], total: int | None, told: dict[str, int] | None) -> Iterator[tuple[str, int]]:
    """The people of each word of a group; those that no word tells are « non communiqué »."""
    untold = total or 0
    for word, number in (told or {}).items():
        if word in words:
            yield word, number
            untold -= number
    yield UNKNOWN, max(0, untold)
