"""A notebook written in bulk whose every figure has something to count, for the bench and the tests of the figures.

Also what a real one holds of the unusual: deleted activities and tags, people erased, two employers, workshops with
anonymous groups, records of nobody's commune.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from app.database import Database
from app.models import Activity, Assessment, Attendance, Beneficiary, Organisation, Place, Tag
from app.models.activity import activity_choice
from app.models.derived import count
from app.services import procedures
from app.services.age_bands import age_band_at
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SkillDomain,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

TODAY = date(2026, 11, 24)
DAYS = 1800
_COMMUNES = ("48061", "48075", "48096", "48095", "30007", "48166", "13055", "75111", "97411", "2A004", "31555", "12145")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the notebook holds, to make filters of."""

    people: list[UUID]
    places: list[UUID]
    tags: list[UUID]


def fill(database: Database, activities: int, people: int, seed: int = 3) -> Filled:
    """Five years of work, the same each time for the same numbers."""
    draw = Random(seed)
    filled = Filled(_ids(draw, people), _ids(draw, 12), _ids(draw, 15))
    born = {id_: draw.choice((None, *range(1930, 2013))) for id_ in filled.people}
    days = [TODAY - timedelta(days=DAYS - number * DAYS // activities) for number in range(1, activities + 1)]
    rows = [_activity(draw, number, day, filled.places) for number, day in enumerate(days, 1)]
    came = [one for row in rows for one in _presences(draw, row, filled.people, born)]
    tables = {
        Beneficiary.table: [_person(draw, id_, born[id_]) for id_ in filled.people if draw.random() > 0.01],
        Place.table: [_place(draw, number, id_) for number, id_ in enumerate(filled.places)],
        Tag.table: [{**_record(id_), "name": f"Étiquette {id_.hex[:4]}"} for id_ in filled.tags],
        Organisation.table: _employers(draw),
        Activity.table: rows,
        Attendance.table: came,
        Assessment.table: list(_assessments(Random(seed), filled.people)),
        activity_choice: [one for row in rows for one in _choices(draw, row, filled.tags)],
    }
    with database.receive() as work:
        for table, content in tables.items():
            if content:
                work.connection.execute(insert(table), content)
        count(work.connection, [row["id"] for row in rows])
        for statement in _DERIVED:
            work.connection.execute(text(statement))
    return filled


def _ids(draw: Random, number: int) -> list[UUID]:
    return [_id(draw) for _ in range(number)]


def _id(draw: Random) -> UUID:
    return UUID(int=draw.getrandbits(128))


def _record(id_: UUID, deleted: bool = False) -> Row:
    return {"id": id_, "created_at": 1, "deleted": deleted}


def _person(draw: Random, id_: UUID, born: int | None) -> Row:
    return {
        **_record(id_, draw.random() < 0.01),
        "first_name": draw.choice(("Jeanne", "Éléonore", "Marcel", "Noëmie", "André")),
        "last_name": f"Delmas-{id_.hex[:5]}",
        "birth_year": born,
        "gender": draw.choice((None, *Gender)),
        "status": draw.choice((None, *SocialStatus)),
        "age_band": None if born else draw.choice((None, *AgeBand)),
        "municipality": draw.choice((None, *_COMMUNES)),
    }


def _assessments(draw: Random, people: list[UUID]) -> Iterator[Row]:
    """Of a third of the people, from one to four each, some not ended, some with scores of a newer program."""
    for person in people:
        for _ in range(draw.choice((0, 0, 0, 0, 1, 4))):
            day = None if draw.random() < 0.1 else TODAY - timedelta(days=draw.randint(0, DAYS))
            asked = [domain.value for domain in SkillDomain if draw.random() < 0.95] + ["nouveau"]
            top = draw.choice((0, 1, 2, 3))
            yield {
                **_record(_id(draw), draw.random() < 0.05),
                "beneficiary": person,
                "day": day,
                "scores": {domain: draw.randint(0, top) for domain in asked} if day else None,
                "internet_use": draw.choice((True, True, True, False, None)),
            }


def _place(draw: Random, number: int, id_: UUID) -> Row:
    return {**_record(id_), "name": f"Lieu {number}", "municipality": None if number == 0 else draw.choice(_COMMUNES)}


def _employers(draw: Random) -> list[Row]:
    since = (TODAY - timedelta(days=DAYS // 2), TODAY - timedelta(days=DAYS // 4))
    names = ("Communauté de communes", "Mairie")
    return [{**_record(_id(draw)), "name": name, "since": day} for name, day in zip(names, since, strict=True)]


def _activity(draw: Random, number: int, day: date, places: list[UUID]) -> Row:
    is_workshop = draw.random() < 0.15
    day = day if draw.random() < 0.9 else TODAY - timedelta(days=draw.randint(0, DAYS))
    where = draw.choice((PlaceKind.PLACE,) * 8 + (PlaceKind.REMOTE, PlaceKind.HOME, PlaceKind.OTHER))
    at_place = where is PlaceKind.PLACE
    recorded = datetime.combine(day, time(draw.randint(8, 18), draw.randint(0, 59)))
    late = timedelta(days=draw.choice((0, 0, 0, 0, 1, 3)))
    helped = draw.random() < 0.4
    return {
        **_record(_sorted_id(draw, number), draw.random() < 0.02),
        "number": number,
        "created_at": int((recorded + late).timestamp() * 1000),
        "kind": ActivityKind.WORKSHOP if is_workshop else ActivityKind.INDIVIDUAL,
        "day": day,
        "minutes": draw.choice((15, 30, 30, 45, 60, 90, 120, 180)),
        "place_kind": where,
        "place": draw.choice(places) if at_place else None,
        "municipality": None if at_place or where is PlaceKind.REMOTE else draw.choice(_COMMUNES),
        "notes": "A su joindre le justificatif seule." if draw.random() < 0.02 else "Revoir l’envoi de pièces jointes.",
        "procedures": _helped(draw) if helped else None,
        "procedure_note": "Pension d’invalidité" if helped and draw.random() < 0.1 else None,
        **(_of_workshop(draw) if is_workshop else _of_individual(draw)),
    }


def _sorted_id(draw: Random, number: int) -> UUID:
    """As real ids are: in the order of time, then anything."""
    return UUID(int=(number << 80) | draw.getrandbits(80))


def _helped(draw: Random) -> list[str]:
    known = procedures.of_family(draw.choice(list(ProcedureFamily)))
    return sorted({draw.choice(known).code for _ in range(draw.choice((1, 1, 2)))})


def _of_individual(draw: Random) -> Row:
    referred = draw.choice((None, False, False, True))
    return {
        "autonomy": draw.choice((None, *Autonomy)),
        "referred": referred,
        "referral": draw.choice((None, *ReferralTarget)) if referred else None,
        "level": None,
        "anonymous": None,
    }


def _of_workshop(draw: Random) -> Row:
    total = draw.randint(0, 12)
    women, old, retired = (draw.randint(0, total) for _ in range(3))
    group = {
        "total": total,
        "already": draw.randint(0, total),
        "gender": {Gender.FEMALE.value: women, Gender.MALE.value: draw.randint(0, total - women)},
        "age_band": {AgeBand.OVER_70.value: old, AgeBand.FROM_60_TO_69.value: draw.randint(0, total - old)},
        "status": {SocialStatus.RETIRED.value: retired},
    }
    return {
        "autonomy": None,
        "referred": None,
        "referral": None,
        "level": draw.choice((None, *WorkshopLevel)),
        "anonymous": group if total else None,
    }


def _presences(draw: Random, row: Row, people: list[UUID], born: dict[UUID, int | None]) -> Iterator[Row]:
    if row["kind"] is ActivityKind.INDIVIDUAL and draw.random() < 0.2:
        yield {
            **_blank(draw, row),
            "gender": draw.choice((None, *Gender)),
            "age_band": draw.choice((None, *AgeBand)),
            "status": draw.choice((None, *SocialStatus)),
            "municipality": draw.choice((None, *_COMMUNES)),
            "already": draw.choice((None, True)),
        }
        return
    number = draw.randint(1, 5) if row["kind"] is ActivityKind.WORKSHOP else 1
    for person in dict.fromkeys(draw.choices(people, k=number)):
        told = draw.choice((None, *AgeBand)) if draw.random() < 0.1 else None
        yield {**_blank(draw, row), "beneficiary": person, "age_band": age_band_at(born[person], row["day"]) or told}


def _blank(draw: Random, row: Row) -> Row:
    told = dict.fromkeys(("beneficiary", "age_band", "gender", "status", "municipality", "already"))
    return {**_record(_id(draw), draw.random() < 0.01), "activity": row["id"], **told}


def _choices(draw: Random, row: Row, tags: list[UUID]) -> Iterator[Row]:
    ticked: dict[str, set[str]] = {
        "topics": {one.value for one in draw.choices(list(Topic), k=draw.choice((1, 1, 2, 3)))},
        "equipment": {draw.choice(list(Equipment)).value},
        "tags": {str(draw.choice(tags))} if draw.random() < 0.3 else set(),
        "families": {draw.choice(list(ProcedureFamily)).value} if row["procedures"] else set(),
    }
    for field, codes in ticked.items():
        for code in sorted(codes):
            yield {"activity": row["id"], "field": field, "code": code}


_DERIVED = (
    """UPDATE attendance SET first = 1 WHERE id IN (SELECT id FROM (
        SELECT t.id, row_number() OVER (PARTITION BY t.beneficiary ORDER BY a.day, a.id) AS place
        FROM attendance t JOIN activity a ON a.id = t.activity
        WHERE t.beneficiary IS NOT NULL AND NOT t.deleted AND NOT a.deleted) WHERE place = 1)""",
    """UPDATE beneficiary SET accompaniments = (
        SELECT count(*) FROM attendance t JOIN activity a ON a.id = t.activity
        WHERE t.beneficiary = beneficiary.id AND NOT t.deleted AND NOT a.deleted)""",
    "UPDATE tag SET deleted = 1 WHERE number = 1",
    "ANALYZE",
)
