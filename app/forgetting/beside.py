"""What this computer keeps beside the records: drafts, forms not saved, words of reports, traces of imports."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from app.folding import fold
from app.forgetting.identity import Identity
from app.models.ids import listed, those_listed
from app.models.local import TYPED, draft, import_batch, imported, state
from app.work import Work
from protocol.vocabulary import ActivityKind

_REPORTS = "report.%"


def forget(work: Work, person: UUID, who: Identity) -> None:
    """Take a person out of the drafts, the forms, the words of reports and the names of the files imported."""
    for id_, form in work.connection.execute(select(draft.c.id, draft.c.form)).all():
        kept = _draft_without(form, str(person), who)
        if kept != form:
            work.connection.execute(update(draft).where(draft.c.id == id_).values(form=kept))
    for key, value in work.connection.execute(select(state).where(state.c.key.like(_REPORTS))).all():
        left = who.out_of_value(value, is_theirs=False)
        if left != value:
            work.set_state(key, left)
    for key, value in _typed(work):
        if str(person) in key or _is_form_of(value["form"], str(person), who):
            work.connection.execute(delete(state).where(state.c.key == key))
        elif (left := who.out_of_value(value, is_theirs=False)) != value:
            work.set_state(key, left)
    for id_, file in work.connection.execute(select(import_batch.c.id, import_batch.c.file)).all():
        named = who.out_of(file, is_theirs=False)
        if named != file:
            work.connection.execute(update(import_batch).where(import_batch.c.id == id_).values(file=named))


def _typed(work: Work) -> Sequence[tuple[str, Any]]:
    """The forms neither saved nor given up."""
    rows = work.connection.execute(select(state.c.key, state.c.value).where(state.c.key.startswith(TYPED))).all()
    return [(row.key, row.value) for row in rows]


def _is_form_of(form: Any, person: str, who: Identity) -> bool:
    """Whether a form not saved speaks of this person, by their id or as they are called."""
    is_named = isinstance(form, dict) and "last_name" in form and _is_of(form, person, who)
    return is_named or person in json.dumps(form)


def forget_ids(work: Work, gone: Iterable[UUID]) -> None:
    """No import remembers to have brought these, and no draft of another kind speaks of them."""
    ids = tuple(gone)
    work.connection.execute(delete(imported).where(imported.c.record_id.in_(those_listed())), {"ids": listed(ids)})
    for id_, form in work.connection.execute(select(draft.c.id, draft.c.form)).all():
        said = json.dumps(form)
        if any(str(one) in said for one in ids):
            left = _without_ids(form, {str(one) for one in ids})
            work.connection.execute(update(draft).where(draft.c.id == id_).values(form=left))


def _draft_without(form: dict[str, Any], person: str, who: Identity) -> dict[str, Any]:
    left = {**form}
    for name in ("typed_who", "person"):
        if form.get(name) and _is_of(form[name], person, who):
            left[name] = None if name == "person" else ""
    if form.get("opened"):
        left["opened"] = _form_without(form["opened"], person, who)
    return _form_without(left, person, who)


def _form_without(form: dict[str, Any], person: str, who: Identity) -> dict[str, Any]:
    """The content of a form: of an accompaniment of the person, the texts go whole."""
    is_theirs = person in (form.get("participants") or ())
    is_alone = is_theirs and form.get("kind") != ActivityKind.WORKSHOP
    left = dict(form)
    for name in ("notes", "procedure_note", "title"):
        text = form.get(name)
        if isinstance(text, str):
            left[name] = "" if is_alone and name != "title" else who.out_of(text, is_theirs=is_theirs)
    return left


def _is_of(typed: Any, person: str, who: Identity) -> bool:
    """Whether what was typed of somebody begins as this person is called, or is their very form."""
    if isinstance(typed, dict):
        names = fold(typed.get("last_name") or "").split(), fold(typed.get("first_name") or "").split()
        return typed.get("id") == person or names == (who.last, who.first)
    words = fold(str(typed)).split()
    return bool(words) and all(any(name.startswith(word) for name in (*who.last, *who.first)) for word in words)


def _without_ids(value: Any, gone: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(one, gone) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_ids(one, gone) for one in value if not (isinstance(one, str) and one in gone)]
    return None if isinstance(value, str) and value in gone else value
