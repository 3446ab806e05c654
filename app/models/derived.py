"""What is computed from the records, in the transaction that changes them: first accompaniments, counts, search text.

Also, for the figures, the day of each presence and the headings of each activity, which they then find without joining
hundreds of thousands of rows.

First accompaniment: of the activities a person came to, the earliest by day, then by id (fact sheet §1.13).
"""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, CursorResult, TextClause, text

from app.folding import fold
from app.models.ids import listed
from app.models.person_words import FOUND_BY, sorted_as, words_of
from protocol.vocabulary import ActivityKind, Autonomy, RecordKind

Touched = set[tuple[RecordKind, UUID]]
"""The records that a transaction changed."""
Values = dict[str, Any] | list[dict[str, Any]]
"""What a statement is executed with, once or for each."""
LEVELS = len(Autonomy) + 1
"""`attendance.moment` is the day, as Python counts them, times this, plus the place of the level of autonomy from 1;
0 for the day or the level that was not told.
"""
PROCEDURES, PLACED, REACHED = "procedures", "placed", "reached"
"""Fields of headings, besides those of `activity_choice`.

The procedures of an activity are one heading, their JSON; a procedure in free text is another, without its words. So
is where it was, [id of the place in hexadecimal, kind of place, commune], and how it ended, [kind, referred, referral,
level, autonomy].
"""
GROUPED = {"gender": "group_gender", "age_band": "group_age_band", "status": "group_status"}
"""For each part of `activity.anonymous`, the field of its headings: [the whole group, {word: people}]."""
COUNTED = ("topics", "families", "equipment", "tags")
"""The fields of `activity_choice` that the figures count by."""
LETTER = "char(heading.number + iif(heading.number < 55296, 0, 2048))"
"""What stands for a heading in `activity.headings`, in SQL: every character but the surrogates, which are none."""


def refresh(connection: Connection, touched: Touched, renamed: Iterable[UUID] = ()) -> None:
    """Bring every derived value in line with the records that were touched, and with the places `renamed`."""
    people = _of_kind(touched, RecordKind.BENEFICIARY)
    activities = _of_kind(touched, RecordKind.ACTIVITY)
    activities |= _ids(connection, _ACTIVITIES_OF_ATTENDANCES, _of_kind(touched, RecordKind.ATTENDANCE))
    followed = people | _ids(connection, _PEOPLE_OF_ACTIVITIES, activities)
    count(connection, activities)
    activities |= _ids(connection, _ACTIVITIES_OF_PEOPLE, people)
    activities |= _ids(connection, _ACTIVITIES_AT, set(renamed))
    _run(connection, _FIRST, followed)
    _run(connection, _ACCOMPANIMENTS, followed)
    _index_people(connection, connection.execute(_PEOPLE_OF, {"ids": listed(people)}) if people else ())
    _index(connection, _ACTIVITY_WORDS, _ACTIVITY_INDEX, activities)


def rebuild(connection: Connection) -> None:
    """Name every person again, as this version of the program sorts and finds them."""
    _index_people(connection, connection.execute(_PEOPLE))


def count(connection: Connection, activities: Iterable[UUID]) -> None:
    """Bring what the figures read in line with the activities, with what is ticked on them and who came."""
    wanted = {"ids": listed(activities)}
    _execute(connection, _HEADINGS, wanted)
    _execute(connection, _COUNTED, wanted)
    _execute(connection, _MOMENTS, wanted)


def forget(connection: Connection, kind: RecordKind, id_: UUID) -> Touched:
    """Take a record that is about to be erased out of the search; answers the records it counted for."""
    if kind is RecordKind.ATTENDANCE:
        beside = connection.execute(_BESIDE, {"id": id_.bytes}).one_or_none() or (None, None)
        kinds = RecordKind.ACTIVITY, RecordKind.BENEFICIARY
        return {(one, UUID(bytes=raw)) for one, raw in zip(kinds, beside, strict=True) if raw}
    if kind in _FORGET:
        connection.execute(_FORGET[kind], {"id": id_.bytes})
    return set()


def purge(connection: Connection) -> None:
    """Take the words of what was erased out of the search for good: they are only hidden until its parts are merged."""
    for merge in _MERGE:
        connection.execute(merge)


def _of_kind(touched: Touched, kind: RecordKind) -> set[UUID]:
    return {id_ for one, id_ in touched if one is kind}


def _ids(connection: Connection, query: TextClause, ids: set[UUID]) -> set[UUID]:
    """What a query answers for all these records at once."""
    found = _execute(connection, query, {"ids": listed(ids)}).scalars().all() if ids else ()
    return {UUID(bytes=one) for one in found if one}


def _run(connection: Connection, statement: TextClause, ids: Iterable[UUID]) -> None:
    rows = [{"id": id_.bytes} for id_ in ids]
    if rows:
        _execute(connection, statement, rows)


def _execute(connection: Connection, statement: TextClause, values: Values) -> CursorResult[Any]:
    """Execute what the driver understands as it is, in half the time that SQLAlchemy takes to read it first."""
    return connection.exec_driver_sql(statement.text, values)


def _index(connection: Connection, words: TextClause, index: TextClause, ids: set[UUID]) -> None:
    """Index the words of many records; in the order of their numbers, which the index takes best."""
    if not ids:
        return
    found = _execute(connection, words, {"ids": listed(ids)}).all()
    rows = [{"number": row[0], "words": searchable(row[1:])} for row in found]
    if rows:
        _execute(connection, index, sorted(rows, key=itemgetter("number")))


def _index_people(connection: Connection, found: Iterable[Any]) -> None:
    rows = [{"number": row.number, "words": words_of(row), "sorted_as": sorted_as(row)} for row in found]
    if rows:
        connection.execute(_PERSON_INDEX, sorted(rows, key=itemgetter("number")))
        connection.execute(_SORTED_AS, rows)


def searchable(parts: Iterable[str | None]) -> str:
    """The folded words that an activity is found by."""
    return " ".join(fold(part) for part in parts if part)


_LISTED = "IN (SELECT unhex(value) FROM json_each(:ids))"
_ACTIVITIES_OF_ATTENDANCES = text(f"SELECT DISTINCT activity FROM attendance WHERE id {_LISTED}")
_PEOPLE_OF_ACTIVITIES = text(f"SELECT DISTINCT beneficiary FROM attendance WHERE activity {_LISTED}")
_ACTIVITIES_OF_PEOPLE = text(f"SELECT DISTINCT activity FROM attendance WHERE beneficiary {_LISTED}")
_ACTIVITIES_AT = text(f"SELECT id FROM activity WHERE place {_LISTED}")
_BESIDE = text("SELECT activity, beneficiary FROM attendance WHERE id = :id")
_FORGET = {
    RecordKind.ACTIVITY: text("DELETE FROM activity_search WHERE rowid = (SELECT number FROM activity WHERE id = :id)"),
    RecordKind.BENEFICIARY: text(
        "DELETE FROM beneficiary_search WHERE rowid = (SELECT number FROM beneficiary WHERE id = :id)"
    ),
}

_FIRST = text(
    """UPDATE attendance SET first = id IS (
        SELECT t.id FROM attendance t JOIN activity a ON a.id = t.activity
        WHERE t.beneficiary = :id AND NOT t.deleted AND NOT a.deleted ORDER BY a.day, a.id LIMIT 1)
    WHERE beneficiary = :id"""
)
_ACCOMPANIMENTS = text(
    """UPDATE beneficiary SET accompaniments = (
        SELECT count(*) FROM attendance t JOIN activity a ON a.id = t.activity
        WHERE t.beneficiary = :id AND NOT t.deleted AND NOT a.deleted)
    WHERE id = :id"""
)
_COUNTED_FIELDS = ", ".join(f"'{field}'" for field in COUNTED)
_GROUPS = " ".join(
    f"UNION ALL SELECT id, '{field}', json_extract(anonymous, '$.total', '$.{part}') FROM wanted"
    " WHERE anonymous IS NOT NULL"
    for part, field in GROUPED.items()
)
_FOUND = f"""WITH wanted AS (SELECT * FROM activity WHERE id {_LISTED}), found (id, field, code) AS (
        SELECT c.activity, c.field, c.code FROM wanted JOIN activity_choice c ON c.activity = wanted.id
        WHERE c.field IN ({_COUNTED_FIELDS})
        UNION ALL SELECT id, '{PROCEDURES}', procedures FROM wanted WHERE procedures IS NOT NULL
        UNION ALL SELECT id, '{PROCEDURES}', '' FROM wanted WHERE procedure_note <> ''
        UNION ALL SELECT id, '{PLACED}', json_array(hex(place), place_kind, municipality) FROM wanted
        UNION ALL SELECT id, '{REACHED}', json_array(kind, referred, referral, level, autonomy) FROM wanted
        {_GROUPS})"""
_HEADINGS = text(f"{_FOUND} INSERT OR IGNORE INTO heading (field, code) SELECT DISTINCT field, code FROM found")
_COUNTED = text(
    f"""{_FOUND} UPDATE activity SET
        people = coalesce(json_extract(anonymous, '$.total'), 0) + (
            SELECT count(*) FROM attendance t WHERE t.activity = activity.id AND NOT t.deleted),
        headings = under.letters
    FROM (
        SELECT found.id, group_concat({LETTER}, '') AS letters FROM found JOIN heading USING (field, code)
        GROUP BY found.id
    ) AS under WHERE under.id = activity.id"""
)
_PLACES = " ".join(f"WHEN '{word.value}' THEN {place}" for place, word in enumerate(Autonomy, 1))
_EPOCH = date(1970, 1, 1).toordinal()
_MOMENTS = text(
    f"""UPDATE attendance SET moment = (
        SELECT coalesce(unixepoch(a.day) / 86400 + {_EPOCH}, 0) * {LEVELS}
            + CASE WHEN a.kind = '{ActivityKind.INDIVIDUAL.value}' THEN CASE a.autonomy {_PLACES} ELSE 0 END ELSE 0 END
        FROM activity a WHERE a.id = attendance.activity AND NOT a.deleted)
    WHERE activity {_LISTED}"""
)
_PEOPLE = text(f"SELECT number, {', '.join(FOUND_BY)} FROM beneficiary")
_PEOPLE_OF = text(f"{_PEOPLE.text} WHERE id {_LISTED}")
_SORTED_AS = text("UPDATE beneficiary SET sorted_as = :sorted_as WHERE number = :number")
_PERSON_INDEX = text("INSERT OR REPLACE INTO beneficiary_search (rowid, words) VALUES (:number, :words)")
_ACTIVITY_WORDS = text(
    f"""SELECT a.number, a.title, a.procedure_note, a.notes, p.name, (
        SELECT group_concat(coalesce(b.first_name, '') || ' ' || coalesce(b.last_name, ''), ' ')
        FROM attendance t JOIN beneficiary b ON b.id = t.beneficiary
        WHERE t.activity = a.id AND NOT t.deleted AND NOT b.deleted)
    FROM activity a LEFT JOIN place p ON p.id = a.place WHERE a.id {_LISTED}"""
)
_ACTIVITY_INDEX = text("INSERT OR REPLACE INTO activity_search (rowid, words) VALUES (:number, :words)")
_MERGE = (
    text("INSERT INTO beneficiary_search (beneficiary_search) VALUES ('optimize')"),
    text("INSERT INTO activity_search (activity_search) VALUES ('optimize')"),
)
