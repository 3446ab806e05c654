"""The value of a field as people read it, wherever it is told outside its form."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app import labels, municipalities
from app.models.place import place
from app.models.procedure_case import procedure_case
from app.models.tag import tag
from app.services import phones, procedures
from app.services.sheets import library, own

NOTHING = "—"


def names_in(connection: Connection) -> dict[str, str]:
    """The names of what a field holds the identifier of: places, tags, cases and own learner sheets."""
    tables = place, tag, procedure_case
    found = [row for table in tables for row in connection.execute(select(table.c.id, table.c.name))]
    return {**{str(id_): name or "" for id_, name in found}, **own.titles_in(connection)}


def said(name: str, value: Any, names: Mapping[str, str]) -> str:
    """A field's value in words; `names` are those of `names_in`."""
    if value in (None, "", [], {}):
        return NOTHING
    if name == "anonymous":
        return labels.count(value.get("total", 0), "personne")
    if isinstance(value, list):
        return ", ".join(_word(name, one, names) for one in value)
    return _word(name, value, names)


def _word(name: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):  # a step of a case
        return str(value.get("said", ""))
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if str(value) in names:
        return names[str(value)] or labels.field_word(name, str(value))
    return _IN_WORDS[name](value) if name in _IN_WORDS else labels.field_word(name, str(value))


def _day(value: str) -> str:
    return labels.short_day(date.fromisoformat(value))


def _moment(value: str) -> str:
    return labels.moment(datetime.fromisoformat(value))


def _municipality(insee: str) -> str:
    found = municipalities.get(insee)
    return found.name if found else insee


def _procedure(code: str) -> str:
    found = procedures.get(code)
    return found.label if found else code


_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "minutes": labels.duration,
    **dict.fromkeys(("day", "deadline", "informed_on", "consent_on", "keep_until"), _day),
    "starts": _moment,
    "municipality": _municipality,
    "procedures": _procedure,
    "phone": phones.national,
    "sheets": library.title_of,
}
