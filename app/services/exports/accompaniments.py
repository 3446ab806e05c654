"""The list of accompaniments, with the headings of « La Coop » in their order (fact sheet §5.3, own export)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Text, bindparam, case, func, select, type_coerce

from app import labels, municipalities
from app.folding import fold
from app.models.activity import activity, activity_choice
from app.models.attendance import attendance
from app.models.base import Uid
from app.models.beneficiary import beneficiary
from app.models.local import change
from app.models.place import place
from app.models.tag import tag
from app.services import procedures
from app.services.activity_lists import conditions_of
from app.services.commands import ActivityFilter
from app.services.exports.sheets import Cell, Row, Sheet, Style
from app.services.progress import Progress
from protocol.vocabulary import ActivityKind, AgeBand, Gender, PlaceKind, SocialStatus

SHEET = "Activités"
COLUMNS = {
    "Date": 31,
    "Enregistré le": 19,
    "Dernière modification le": 19,
    "Type": 27,
    "Participants": 14,
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
"""The headings, and the widths of their columns in characters; the first one also holds the names of the filters."""
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


class _Activity(NamedTuple):
    """An activity as the file holds it; a row of the engine takes twenty times longer to say each of its columns."""

    number: int
    id: bytes
    kind: str
    place_kind: str
    place: bytes
    autonomy: str
    referral: str
    level: str
    created_at: int
    day: date
    minutes: int | None
    municipality: str | None
    postal_code: str | None
    referred: bool | None
    anonymous: dict[str, Any] | None
    title: str | None
    procedures: list[str] | None
    procedure_note: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the activities read together need from elsewhere, by their local numbers."""

    places: Mapping[bytes, Cells]
    choices: Mapping[tuple[int, str], list[tuple[int, str]]]
    """Of an activity and a field: rank and word of each choice."""
    came: Mapping[int, list[_Person]]
    changed: Mapping[int, int]


def _rows(connection: Connection, filter_: ActivityFilter, progress: Progress) -> Iterator[Row]:
    order = activity.c.day.desc(), activity.c.id.desc()
    wanted = select(activity.c.number).where(*conditions_of(filter_)).order_by(*order)
    numbers = connection.execute(wanted).scalars().all()
    places, words = _places(connection), _words(connection)
    for start in range(0, len(numbers), _AT_ONCE):
        together = numbers[start : start + _AT_ONCE]
        found = {row[0]: _Activity(*row) for row in connection.execute(_ACTIVITIES, {"numbers": together})}
        beside = _beside(connection, together, places, words)
        for done, number in enumerate(together, start):
            progress.step(done, len(numbers))
            yield from _rows_of(found[number], beside)


def _beside(connection: Connection, numbers: Sequence[int], places: Mapping[bytes, Cells], words: _Words) -> _Beside:
    choices: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for number, field, code in connection.execute(_CHOICES, {"numbers": numbers}):
        known = words.get(field)  # the cases and the sheets of an activity have no column
        if known is not None and (field != "tags" or code in known):  # a deleted tag is on its activities no more
            choices[number, field].append(known.get(code, (len(known), code)))
    came: dict[int, list[_Person]] = defaultdict(list)
    for number, first_name, last_name, is_gone, *about in connection.execute(_CAME, {"numbers": numbers}):
        name = "" if is_gone else f"{first_name or ''} {last_name or ''}".strip()
        came[number].append(_person(name, *about))
    changed = connection.execute(_CHANGED, {"numbers": numbers}).all()
    return _Beside(places, choices, came, dict(map(tuple, changed)))


def _rows_of(row: _Activity, beside: _Beside) -> Iterator[Row]:
    """The rows of one activity: the people named first, then the anonymous; its notes are told once."""
    before, between, id_ = _before(row, beside), _between(row, beside), str(UUID(bytes=row.id))
    people = sorted(beside.came.get(row.number, ()))
    if row.anonymous:
        people += _group(row.anonymous)
    is_workshop = row.kind == ActivityKind.WORKSHOP
    for number, (_, name, *about) in enumerate(people, 1):
        part = f"{number}/{len(people)}" if is_workshop else "1"
        yield Row((*before, part, name, *between, *about, row.notes if number == 1 else None, id_))


def _before(row: _Activity, beside: _Beside) -> Cells:
    changed = beside.changed.get(row.number)
    return row.day, _moment(row.created_at), _moment(changed) if changed else None, _KINDS.get(row.kind, row.kind)


def _between(row: _Activity, beside: _Beside) -> Cells:
    helped = [found.label if (found := procedures.get(code)) else code for code in row.procedures or ()]
    return (
        _PLACE_KINDS.get(row.place_kind, row.place_kind),
        *_where(row, beside),
        row.minutes,
        row.title,
        _chosen(row.number, beside, "equipment"),
        _chosen(row.number, beside, "topics", "families"),
        _chosen(row.number, beside, "tags"),
        "\n".join([*helped, *([row.procedure_note] if row.procedure_note else ())]),
        _STARS.get(row.level if row.kind == ActivityKind.WORKSHOP else row.autonomy),
        None if row.referred is None else "Oui" if row.referred else "Non",
        _REFERRALS.get(row.referral, row.referral),
    )


def _chosen(number: int, beside: _Beside, *fields: str) -> str:
    """The choices of some fields, one a line, in the order of their lists."""
    return "\n".join([word for field in fields for _, word in sorted(beside.choices.get((number, field), ()))])


def _where(row: _Activity, beside: _Beside) -> Cells:
    """Name of the place, address, commune, postal code, INSEE code; nothing at a distance."""
    if row.place_kind == PlaceKind.PLACE:
        return beside.places.get(row.place, _NOWHERE)
    return (None, None, *_commune(row.municipality, row.postal_code))


def _person(name: str, insee: str | None, postal_code: str | None, gender: str, age_band: str, status: str) -> _Person:
    """A person at the date of the activity; one who was erased or deleted since has no name any more."""
    about = _GENDERS.get(gender, gender), _AGE_BANDS.get(age_band, age_band), _STATUSES.get(status, status)
    return not name, name or ANONYMOUS, *_commune(insee, postal_code), *about


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


@lru_cache(maxsize=4096)
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
    names = connection.execute(select(tag.c.id, tag.c.name).where(tag.c.deleted.is_(False)))
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
_KINDS: Mapping[Any, str] = labels.KINDS
_PLACE_KINDS: Mapping[Any, str] = labels.PLACE_KINDS
_REFERRALS: Mapping[Any, str] = labels.REFERRALS
_GENDERS: Mapping[Any, str] = labels.GENDERS
_AGE_BANDS: Mapping[Any, str] = labels.AGE_BANDS
_STATUSES: Mapping[Any, str] = labels.STATUSES
_GROUPS = {"gender": _GENDERS, "age_band": _AGE_BANDS, "status": _STATUSES}
_STARS: dict[Any, str] = {
    code: f"{stars}/3" for words in (labels.AUTONOMY, labels.LEVELS) for stars, code in enumerate(words, 1)
}
_BARE = {"id", "kind", "place_kind", "place", "autonomy", "referral", "level"}
_OF_THEM = activity.c.number.in_(bindparam("numbers", expanding=True))
"""Asked for by their local numbers: the driver takes twenty times longer to be told the identifiers."""
_ACTIVITIES = select(
    *(_bare(activity.c[name]) if name in _BARE else activity.c[name] for name in _Activity._fields)
).where(_OF_THEM)
_CHOICES = (
    select(activity.c.number, activity_choice.c.field, activity_choice.c.code)
    .join(activity_choice, activity_choice.c.activity == activity.c.id)
    .where(_OF_THEM, activity_choice.c.field.in_(("equipment", "topics", "families", "tags")))
)
"""The choices that have a column: neither the cases nor the learner sheets, which are a person's."""
_LIVES = beneficiary.c.municipality.is_not(None)
_CAME = (
    select(
        activity.c.number,
        beneficiary.c.first_name,
        beneficiary.c.last_name,
        beneficiary.c.deleted,
        case((_LIVES, beneficiary.c.municipality), else_=attendance.c.municipality),
        case((_LIVES, beneficiary.c.postal_code), else_=attendance.c.postal_code),
        func.coalesce(_bare(beneficiary.c.gender), _bare(attendance.c.gender), Gender.UNKNOWN.value),
        func.coalesce(_bare(attendance.c.age_band), _bare(beneficiary.c.age_band), AgeBand.UNKNOWN.value),
        func.coalesce(_bare(beneficiary.c.status), _bare(attendance.c.status), SocialStatus.UNKNOWN.value),
    )
    .select_from(activity)
    .join(attendance, attendance.c.activity == activity.c.id)
    .outerjoin(beneficiary, beneficiary.c.id == attendance.c.beneficiary)
    .where(_OF_THEM, attendance.c.deleted.is_(False))
)
"""The people of activities: what is known of them now, but their age on the day."""
_CHANGED = (
    select(activity.c.number, func.max(change.c.at))
    .join(change, change.c.record_id == activity.c.id)
    .where(_OF_THEM)
    .group_by(activity.c.number)
    .having(func.count() > 1)
)
"""When an activity that was changed since it was recorded was last."""
