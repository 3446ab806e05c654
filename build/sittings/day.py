"""A working day in a filled notebook, screen after screen."""

from typing import TYPE_CHECKING

from build.sittings.appointments import appointments
from build.sittings.cases import cases
from build.sittings.exchange import exchange
from build.sittings.figures import statistics
from build.sittings.hand import Sitting
from build.sittings.joined import send
from build.sittings.lists import lists
from build.sittings.mandates import mandates
from build.sittings.papers import papers
from build.sittings.people import assessments, people
from build.sittings.preferences import preferences
from build.sittings.privacy import privacy
from build.sittings.recording import accompaniments, leave_a_draft, workshop
from build.sittings.sheets import sheets

if TYPE_CHECKING:
    from bench.link import CuttableLink


def notebook(hand: Sitting, link: "CuttableLink", code: str) -> None:
    """A working day in a filled notebook, sent at its end."""
    hand.wait(lambda: hand.workspace.recording)
    leave_a_draft(hand)
    hand.show("day", "ma-journee")
    accompaniments(hand)
    workshop(hand)
    lists(hand)
    people(hand)
    sheets(hand)
    privacy(hand)
    statistics(hand)
    papers(hand)
    cases(hand)
    appointments(hand)
    assessments(hand)
    mandates(hand)
    preferences(hand)
    exchange(hand)
    send(hand, link, code)
