"""Forms not yet saved that speak of a person who becomes another."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, cast, delete, select, update

from app.models.local import TYPED, draft, state
from app.work import get_state, set_state

Said = dict[str, list[Any]]
"""By the id of a draft, or the name of a form typed: whom it spoke of before and after."""


def repoint(connection: Connection, before: UUID, after: UUID) -> Said:
    """Speak of one person instead of another; answers what it takes to go back."""
    said: Said = {}
    wanted = select(draft.c.id, draft.c.form).where(cast(draft.c.form, Text).contains(str(before)))
    for row in connection.execute(wanted).all():
        people = _people(row.form)
        other = _renamed(people, str(before), str(after))
        if other != people:
            _keep(connection, row.id, _with(row.form, other))
            said[str(row.id)] = [people, other]
    theirs = state.c.key.startswith(TYPED) & state.c.key.endswith(str(before))
    for key in connection.execute(select(state.c.key).where(theirs)).scalars().all():
        if _moved(connection, key, str(before), str(after)):
            said[key] = [str(before), str(after)]
    return said


def point_back(connection: Connection, said: Said) -> None:
    """Undo `repoint` where nobody else was chosen since."""
    for id_, (before, after) in said.items():
        if id_.startswith(TYPED):
            _moved(connection, id_.replace(before, after), after, before)
            continue
        form = connection.execute(select(draft.c.form).where(draft.c.id == UUID(id_))).scalar_one_or_none()
        if form is not None and _people(form) == after:
            _keep(connection, UUID(id_), _with(form, before))


def _moved(connection: Connection, key: str, before: str, after: str) -> bool:
    """Whether a form typed of one person is now of another: not where one like it is begun already."""
    value, there = get_state(connection, key), key.replace(before, after)
    if value is None or get_state(connection, there) is not None:
        return False
    connection.execute(delete(state).where(state.c.key == key))
    set_state(connection, there, json.loads(json.dumps(value).replace(before, after)))
    return True


def _people(form: dict[str, Any]) -> list[Any]:
    """Who takes part now and when the form was opened, whose file is open in it, and was."""
    opened, person = form.get("opened") or {}, form.get("person") or {}
    of_person = (person.get("id"), (person.get("opened") or {}).get("id"))
    return [form.get("participants"), opened.get("participants"), *of_person]


def _with(form: dict[str, Any], people: list[Any]) -> dict[str, Any]:
    made = {**form, "participants": people[0]}
    if made.get("opened"):
        made["opened"] = {**made["opened"], "participants": people[1]}
    if person := made.get("person"):
        opened = person.get("opened")
        made["person"] = {**person, "id": people[2], "opened": {**opened, "id": people[3]} if opened else opened}
    return made


def _renamed(people: list[Any], before: str, after: str) -> list[Any]:
    def other(one: Any) -> Any:
        if isinstance(one, list):
            return list(dict.fromkeys(map(other, one)))
        return after if one == before else one

    return [other(one) for one in people]


def _keep(connection: Connection, id_: UUID, form: dict[str, Any]) -> None:
    connection.execute(update(draft).where(draft.c.id == id_).values(form=form))
