"""Where and how long: kinds of place, durations, places, communes, EPCI and départements."""

import json
from collections.abc import Callable

from sqlalchemy import Connection, select

from app import labels
from app.models.derived import PLACED
from app.models.place import place
from app.services import municipalities
from app.services.municipalities import Municipality
from app.services.statistics.definitions import DURATIONS, ELSEWHERE, NAMELESS, NOT_TOLD
from app.services.statistics.figures import Breakdown, Unit
from app.services.statistics.lists import Breakdowns, closed, listed, opened
from app.services.statistics.tallies import Tally, Weights
from protocol.vocabulary import PlaceKind


def took_place(connection: Connection, tally: Tally, total: int) -> Breakdowns:
    """Every breakdown by place of the activities that were counted, and by duration."""
    kinds, durations, places, communes = Weights(), Weights(), Weights(), Weights()
    for people, minutes, activities in tally.sizes:
        durations.add(_duration(minutes), people * activities, activities, minutes * activities)
    known = {row.id.hex.upper(): row for row in connection.execute(_PLACES)}
    placed = tally.headings[PLACED]
    for code in placed:
        id_, kind, own = json.loads(code)
        at = known.get(id_)
        kinds.add(kind or "", *placed[code])
        places.add(str(at.id) if at else LOST if id_ else "", *placed[code])
        communes.add("" if kind == PlaceKind.REMOTE else (at.municipality if at else None) or own or "", *placed[code])
    names = {LOST: NAMELESS, **{str(row.id): row.name or NAMELESS for row in known.values()}}
    return {
        "place_kinds": closed("place_kinds", labels.PLACE_KINDS, kinds, Unit.ACCOMPANIMENTS, total),
        "durations": listed("durations", DURATIONS, durations, Unit.ACCOMPANIMENTS, total),
        "places": opened("places", names, places, Unit.ACCOMPANIMENTS, total, ELSEWHERE),
        **_territories(communes, total),
    }


def lived_in(residences: Weights, total: int) -> Breakdown:
    """The communes where people live."""
    return _by_commune("residences", residences, Unit.PEOPLE, total, _commune)


def _territories(communes: Weights, total: int) -> Breakdowns:
    levels = {"municipalities": _commune, "epcis": _epci, "departments": _department}
    return {key: _by_commune(key, communes, Unit.ACCOMPANIMENTS, total, level) for key, level in levels.items()}


Territory = tuple[str, str]
"""Code and name; both empty where there is none."""


def _by_commune(
    key: str, communes: Weights, unit: Unit, total: int, level: Callable[[str, Municipality | None], Territory]
) -> Breakdown:
    """The territory, at one level, of each commune."""
    territories = {code: level(code, municipalities.get(code)) for code in communes}
    counted = communes.gathered((code, territory[0]) for code, territory in territories.items())
    return opened(key, dict(territories.values()), counted, unit, total, NOT_TOLD)


def _commune(code: str, found: Municipality | None) -> Territory:
    """A commune as it is today; a code that France does not have (any more) stays as it is."""
    if found is None:
        return code, code
    postal_code = found.postal_codes[0] if found.postal_codes else ""
    return found.insee_code, f"{found.name} · {postal_code}" if postal_code else found.name


def _epci(_code: str, found: Municipality | None) -> Territory:
    return (found.epci_code or "", found.epci or "") if found else ("", "")


def _department(_code: str, found: Municipality | None) -> Territory:
    return (found.department_code, f"{found.department} ({found.department_code})") if found else ("", "")


def _duration(minutes: int) -> str:
    return next(code for most, code in _LONGEST if minutes < most)


_LONGEST = ((30, "0-30"), (60, "30-60"), (120, "60-120"), (float("inf"), "120+"))
"""Below how many minutes each step of `DURATIONS` ends."""
LOST = "lieu"
"""Stands for every place that the notebook does not have: not received yet, or erased."""
_PLACES = select(place.c.id, place.c.name, place.c.municipality)
