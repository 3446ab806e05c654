"""The list of accompaniments, with the headings of « La Coop » in their order (fact sheet §5.3, own export)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Text, bindparam, func, select, type_coerce

from app import labels
from app.folding import fold
from app.models.activity import activity, activity_choice
from app.models.attendance import attendance
from app.models.base import Uid
from app.models.beneficiary import beneficiary
from app.models.local import change
from app.models.place import place
from app.models.tag import tag
from app.services import municipalities, procedures
from app.services.activity_lists import conditions_of
from app.services.commands import ActivityFilter
from app.services.exports.sheets import Cell, Row, Sheet, Style
from app.services.progress import Progress
from protocol.vocabulary import ActivityKind, AgeBand, Gender, PlaceKind, SocialStatus

SHEET = "Activités"
COLUMNS = {
    "Date": 11,
    "Enregistré le": 19,
    "Dernière modification le": 19,
    "Type": 25,
    "Participants": 12,
    "Bénéficiaire": 25,
    "Canaux d’accompagnement": 17,
    "Nom du lieu": 30,
    "Adresse": 30,
    "Commune": 22,
    "Code postal": 11,
    "Code Insee": 11,
    "Durée (min)": 10,
    "Nom de l’atelier": 30,
    "Matériel numérique utilisé": 18,
    "Thématique(s) d’accompagnement": 36,
    "Tags": 22,
    "Nom de la démarche administrative": 36,
    "Niveau d’autonomie (ou de l’atelier)": 18,
    "Bénéficiaire réorienté": 13,
    "Structure de redirection": 36,
    "Commune du bénéficiaire": 22,
    "Code postal du bénéficiaire": 13,
    "Code Insee du bénéficiaire": 13,
    "Genre du bénéficiaire": 16,
    "Tranche d’âge du bénéficiaire": 17,
    "Statut du bénéficiaire": 27,
    "Notes supplémentaires": 60,
    "ID CRA": 37,
}
"""The headings, and the widths of their columns in characters."""
ANONYMOUS = "Bénéficiaire anonyme"
_AT_ONCE = 500
"""Activities asked for together."""

Cells = tuple[Cell, ...]
_Person = tuple[bool, str, str, str, str, str, str, str]
"""Whether nameless (these come last), name, commune, postal code, INSEE code, gender, age band, status."""
_Words = Mapping[str, Mapping[str, tuple[int, str]]]


def sheet(connection: Connection, filter_: ActivityFilter, opening: Iterable[Row], progress: Progress) -> Sheet:
    """One row for each accompaniment of the activities that match, the newest day first; `opening` stands above."""

    def rows() -> Iterator[Row]:
        yield from opening
        yield Row(tuple(COLUMNS), Style.HEADING)
        yield from _rows(connection, filter_, progress)

    return Sheet(SHEET, rows(), tuple(COLUMNS.values()), has_filter=True)


def count(connection: Connection, filter_: ActivityFilter) -> int:
    """How many accompaniments the activities that match count for."""
    return connection.execute(select(func.sum(activity.c.people)).where(*conditions_of(filter_))).scalar_one() or 0


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the activities read together need from elsewhere, by their bare ids."""

    places: Mapping[bytes, Cells]
    choices: Mapping[bytes, Mapping[str, list[str]]]
    came: Mapping[bytes, list[_Person]]
    changed: Mapping[bytes, int]


def _rows(connection: Connection, filter_: ActivityFilter, progress: Progress) -> Iterator[Row]:
    order = activity.c.day.desc(), activity.c.id.desc()
    wanted = select(activity.c.number).where(*conditions_of(filter_)).order_by(*order)
    numbers = connection.execute(wanted).scalars().all()
    places, words = _places(connection), _words(connection)
    for start in range(0, len(numbers), _AT_ONCE):
        together = numbers[start : start + _AT_ONCE]
        found = {row.number: row for row in connection.execute(_ACTIVITIES, {"numbers": together})}
        beside = _beside(connection, [row.id for row in found.values()], places, words)
        for done, number in enumerate(together, start):
            progress.step(done, len(numbers))
            yield from _rows_of(found[number], beside)


def _beside(connection: Connection, ids: Sequence[bytes], places: Mapping[bytes, Cells], words: _Words) -> _Beside:
    choices: dict[bytes, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for id_, field, code in connection.execute(_CHOICES, {"ids": ids}):
        if field != "tags" or code in words["tags"]:  # a deleted tag is on its activities no more
            choices[id_][field].append(words[field].get(code, (len(words[field]), code)))
    came: dict[bytes, list[_Person]] = defaultdict(list)
    for row in connection.execute(_CAME, {"ids": ids}):
        came[row.activity].append(_person(row))
    return _Beside(
        places,
        {
            id_: {field: [word for _, word in sorted(all_)] for field, all_ in one.items()}
            for id_, one in choices.items()
        },
        came,
        dict(connection.execute(_CHANGED, {"ids": ids}).tuples().all()),
    )


def _rows_of(row: Any, beside: _Beside) -> Iterator[Row]:
    """The rows of one activity: the people named first, then the anonymous; its notes are told once."""
    before, between, id_ = _before(row, beside), _between(row, beside), str(UUID(bytes=row.id))
    people = [*sorted(beside.came.get(row.id, ())), *_group(row.anonymous or {})]
    is_workshop = row.kind == ActivityKind.WORKSHOP
    for number, (_, name, *about) in enumerate(people, 1):
        part = f"{number}/{len(people)}" if is_workshop else 1
        yield Row((*before, part, name, *between, *about, row.notes if number == 1 else None, id_))


def _before(row: Any, beside: _Beside) -> Cells:
    changed = beside.changed.get(row.id)
    return row.day, _moment(row.created_at), _moment(changed) if changed else None, labels.field_word("kind", row.kind)


def _between(row: Any, beside: _Beside) -> Cells:
    chosen = beside.choices.get(row.id, {})
    helped = [found.label if (found := procedures.get(code)) else code for code in row.procedures or ()]
    return (
        labels.field_word("place_kind", row.place_kind),
        *_where(row, beside),
        row.minutes,
        row.title,
        "\n".join(chosen.get("equipment", ())),
        "\n".join([*chosen.get("topics", ()), *chosen.get("families", ())]),
        "\n".join(chosen.get("tags", ())),
        "\n".join([*helped, *([row.procedure_note] if row.procedure_note else ())]),
        _STARS.get(row.level if row.kind == ActivityKind.WORKSHOP else row.autonomy),
        None if row.referred is None else "Oui" if row.referred else "Non",
        labels.field_word("referral", row.referral),
    )


def _where(row: Any, beside: _Beside) -> Cells:
    """Name of the place, address, commune, postal code, INSEE code; nothing at a distance."""
    if row.place_kind == PlaceKind.PLACE:
        return beside.places.get(row.place, _NOWHERE)
    return (None, None, *_commune(row.municipality, row.postal_code))


def _person(row: Any) -> _Person:
    """A person at the date of the activity; one who was erased or deleted since has no name any more."""
    name = "" if row.deleted else f"{row.first_name or ''} {row.last_name or ''}".strip()
    place_of = (row.lives_in, row.lives_at) if row.lives_in else (row.municipality, row.postal_code)
    return (
        not name,
        name or ANONYMOUS,
        *_commune(*place_of),
        labels.field_word("gender", row.their_gender or row.gender or Gender.UNKNOWN),
        labels.field_word("age_band", row.age_band or row.their_age_band or AgeBand.UNKNOWN),
        labels.field_word("status", row.their_status or row.status or SocialStatus.UNKNOWN),
    )


def _group(counted: Mapping[str, Any]) -> Iterator[_Person]:
    """The anonymous participants of a workshop; what is counted of them is counted group by group, never crossed."""
    total = counted.get("total", 0)
    groups = (_told(counted, field, words, total) for field, words in _GROUPS.items())
    for gender, age_band, status in zip(*groups, strict=True):
        yield True, ANONYMOUS, "", "", "", gender, age_band, status


def _told(counted: Mapping[str, Any], field: str, words: Mapping[Any, str], total: int) -> list[str]:
    """One word for each anonymous participant, in the order of the vocabulary; the last ones told nothing."""
    *known, unknown = words
    numbers = counted.get(field) or {}
    told = [words[code] for code in known for _ in range(numbers.get(code, 0))][:total]
    return told + [words[unknown]] * (total - len(told))


def _commune(insee: str | None, postal_code: str | None) -> tuple[str, str, str]:
    """Its name, postal code and INSEE code."""
    found = municipalities.get(insee) if insee else None
    return (found.name if found else ""), postal_code or "", insee or ""


def _places(connection: Connection) -> dict[bytes, Cells]:
    columns = "name", "address", "municipality", "postal_code"
    wanted = select(_bare(place.c.id), *(place.c[name] for name in columns))
    return {
        row.id: (row.name, row.address, *_commune(row.municipality, row.postal_code))
        for row in connection.execute(wanted)
    }


def _words(connection: Connection) -> _Words:
    """For each field of several choices, the rank and the word of each code."""
    names = connection.execute(select(tag.c.id, tag.c.name).where(tag.c.deleted.is_(False))).tuples()
    tags = {str(id_): name or "" for id_, name in sorted(names, key=lambda one: fold(one[1] or ""))}
    fields: dict[str, Mapping[Any, str]] = {
        "equipment": labels.EQUIPMENT,
        "topics": labels.TOPICS,
        "families": labels.FAMILIES,
        "tags": tags,
    }
    return {
        field: {str(code): (rank, word) for rank, (code, word) in enumerate(words.items())}
        for field, words in fields.items()
    }


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000)


def _bare(column: Column[Any]) -> ColumnElement[Any]:
    """An identifier or a code as the file holds it: twenty thousand of them are not worth an object each."""
    return type_coerce(column, LargeBinary if isinstance(column.type, Uid) else Text).label(column.name)


_NOWHERE: Cells = (None, None, None, None, None)
_GROUPS: Mapping[str, Mapping[Any, str]] = {
    "gender": labels.GENDERS,
    "age_band": labels.AGE_BANDS,
    "status": labels.STATUSES,
}
_STARS = {code: f"{stars}/3" for words in (labels.AUTONOMY, labels.LEVELS) for stars, code in enumerate(words, 1)}
_BARE = "id", "kind", "place_kind", "place", "autonomy", "referral", "level"
_PLAIN = (
    "number", "created_at", "day", "minutes", "municipality", "postal_code", "referred", "anonymous", "title",
    "procedures", "procedure_note", "notes",
)  # fmt: skip
_ACTIVITIES = select(*(_bare(activity.c[name]) for name in _BARE), *(activity.c[name] for name in _PLAIN)).where(
    activity.c.number.in_(bindparam("numbers", expanding=True))
)
_CHOICES = select(_bare(activity_choice.c.activity), activity_choice.c.field, activity_choice.c.code).where(
    _bare(activity_choice.c.activity).in_(bindparam("ids", expanding=True))
)
_CAME = (
    select(
        *(_bare(attendance.c[name]) for name in ("activity", "gender", "age_band", "status")),
        attendance.c.municipality,
        attendance.c.postal_code,
        beneficiary.c.first_name,
        beneficiary.c.last_name,
        beneficiary.c.deleted,
        beneficiary.c.municipality.label("lives_in"),
        beneficiary.c.postal_code.label("lives_at"),
        _bare(beneficiary.c.gender).label("their_gender"),
        _bare(beneficiary.c.age_band).label("their_age_band"),
        _bare(beneficiary.c.status).label("their_status"),
    )
    .select_from(attendance.outerjoin(beneficiary, beneficiary.c.id == attendance.c.beneficiary))
    .where(_bare(attendance.c.activity).in_(bindparam("ids", expanding=True)), attendance.c.deleted.is_(False))
)
_CHANGED = (
    select(_bare(change.c.record_id), func.max(change.c.at))
    .where(_bare(change.c.record_id).in_(bindparam("ids", expanding=True)))
    .group_by(change.c.record_id)
    .having(func.count() > 1)
)
"""When an activity that was changed since it was recorded was last."""
