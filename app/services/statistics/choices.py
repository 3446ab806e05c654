"""What the accompaniments were about and with what: topics, families and names of procedures, equipment, tags."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, or_, select, text

from app import labels
from app.models.activity import activity
from app.models.tag import tag
from app.services import procedures
from app.services.statistics.definitions import NEWER_PROCEDURE, NOTED_PROCEDURE
from app.services.statistics.figures import Unit
from app.services.statistics.lists import Breakdowns, closed, opened
from app.services.statistics.scope import Conditions
from app.services.statistics.tallies import Weights, tally

NOTED = "note"
"""Stands for a procedure that was written in free text, which no figure shows: it may name somebody."""
_WORDS: dict[str, Mapping[Any, str]] = {
    "topics": labels.TOPICS,
    "families": labels.FAMILIES,
    "equipment": labels.EQUIPMENT,
}


def ticked(connection: Connection, total: int) -> Breakdowns:
    """Topics, families, equipment and tags of the activities set aside."""
    counted: dict[str, Weights] = defaultdict(Weights)
    for row in connection.execute(_TICKED):
        counted[row.field].add(row.code, row.people, row.activities, row.minutes)
    found = {field: closed(field, words, counted[field], Unit.ACCOMPANIMENTS, total) for field, words in _WORDS.items()}
    names = {str(id_): name or "" for id_, name in connection.execute(_TAGS)}
    kept = counted["tags"].gathered((code, code) for code in counted["tags"] if code in names)
    return {**found, "tags": opened("tags", names, kept, Unit.ACCOMPANIMENTS, total, untold="")}


def helped_with(connection: Connection, conditions: Conditions, total: int) -> Breakdowns:
    """The procedures of the catalogue, by name."""
    told = or_(activity.c.procedures.is_not(None), activity.c.procedure_note.is_not(None))
    counted = Weights()
    for (people, minutes, noted, codes), activities in tally(connection, _HELPED, [*conditions, told]).items():
        lines = {code if procedures.get(code) else "" for code in json.loads(codes or "[]")}
        for line in lines | ({NOTED} if noted == "1" else set()):
            counted.add(line, int(people) * activities, activities, int(minutes) * activities)
    names = {NOTED: NOTED_PROCEDURE, **{code: found.label for code in counted if (found := procedures.get(code))}}
    return {"procedures": opened("procedures", names, counted, Unit.ACCOMPANIMENTS, total, untold=NEWER_PROCEDURE)}


_HELPED = ("activity.people", "coalesce(activity.minutes, 0)", "activity.procedure_note <> ''", "activity.procedures")
_TAGS = select(tag.c.id, tag.c.name).where(tag.c.deleted.is_(False))
_TICKED = text(
    """SELECT ticked.field, ticked.code,
        sum(kept.people) AS people, count(*) AS activities, sum(kept.minutes) AS minutes
    FROM activity_choice ticked CROSS JOIN statistics_scope kept ON kept.id = ticked.activity
    GROUP BY ticked.field, ticked.code"""
)
"""`CROSS JOIN` says which table leads: choices are read in the order of their index, already grouped."""
