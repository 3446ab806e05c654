"""What the accompaniments were about and with what: topics, families and names of procedures, equipment, tags."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from app import labels
from app.models.derived import PROCEDURES
from app.models.tag import tag
from app.services import procedures
from app.services.statistics.definitions import NEWER_PROCEDURE, NOTED_PROCEDURE
from app.services.statistics.figures import Breakdown, Unit
from app.services.statistics.lists import Breakdowns, closed, opened
from app.services.statistics.tallies import Tally, Weights

NOTED = "note"
"""Stands for a procedure that was written in free text, which no figure shows: it may name somebody."""
_WORDS: dict[str, Mapping[Any, str]] = {
    "topics": labels.TOPICS,
    "families": labels.FAMILIES,
    "equipment": labels.EQUIPMENT,
}


def ticked(connection: Connection, tally: Tally, total: int) -> Breakdowns:
    """Topics, families, procedures, equipment and tags of the activities that were counted."""
    counted = tally.headings
    found = {field: closed(field, words, counted[field], Unit.ACCOMPANIMENTS, total) for field, words in _WORDS.items()}
    names = {str(id_): name or "" for id_, name in connection.execute(_TAGS)}
    kept = counted["tags"].gathered((code, code) for code in counted["tags"] if code in names)
    return {
        **found,
        "procedures": _helped_with(_procedures(counted[PROCEDURES]), total),
        "tags": opened("tags", names, kept, Unit.ACCOMPANIMENTS, total, untold=""),
    }


def _procedures(counted: Weights) -> Weights:
    """The lines of the procedures of each activity, each once; those of a newer program are one."""
    return counted.gathered((codes, line) for codes in counted for line in _lines(codes))


def _lines(codes: str) -> frozenset[str]:
    return frozenset(one if procedures.get(one) else "" for one in json.loads(codes)) if codes else frozenset({NOTED})


def _helped_with(counted: Weights, total: int) -> Breakdown:
    """The procedures of the catalogue, by name."""
    names = {NOTED: NOTED_PROCEDURE, **{code: found.label for code in counted if (found := procedures.get(code))}}
    return opened("procedures", names, counted, Unit.ACCOMPANIMENTS, total, untold=NEWER_PROCEDURE)


_TAGS = select(tag.c.id, tag.c.name).where(tag.c.deleted.is_(False))
