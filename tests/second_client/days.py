"""A day with everything that an advisor may keep, as our application saves it and as the second client writes it."""

from uuid import UUID

from app.database import Database
from app.services import tags
from app.services.commands import AnonymousGroup, AnonymousPerson
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    SocialStatus,
    Topic,
    WorkshopLevel,
)
from tests.notebook import a_beneficiary, a_place, recorded
from tests.second_client.client import Client
from tests.second_client.notebook import new_id
from tests.second_client.operations import presence_id
from tests.second_client.sealing import ZLIB
from tests.second_client.wire import Message
from tests.sync.computers import Computer


def save_a_day(computer: Computer) -> dict[str, UUID]:
    """Everything an advisor may keep in a day."""
    database = computer.database
    place = a_place(database, "Médiathèque de l’Hôtel-Dieu")
    tag = tags.create(database, "#été à l’écran")
    zoe, noel = save_people(database)
    alone = recorded(
        database,
        participants=(zoe,),
        place_kind=PlaceKind.PLACE,
        place=place,
        topics=frozenset({Topic.ADMINISTRATIVE_HELP, Topic.EMAIL}),
        families=frozenset({ProcedureFamily.HOUSING}),
        procedure_note="Demande d’aide « Mon logement »",
        equipment=frozenset({Equipment.PHONE}),
        tags=frozenset({tag}),
        autonomy=Autonomy.PARTLY,
        referred=False,
        notes="Première fois ; revient jeudi.",
    )
    workshop = recorded(
        database,
        kind=ActivityKind.WORKSHOP,
        title="Découvrir l’ordinateur",
        minutes=90,
        level=WorkshopLevel.BEGINNER,
        participants=(zoe, noel),
        anonymous=AnonymousGroup(5, 2, {Gender.FEMALE: 3, Gender.MALE: 2}, {AgeBand.OVER_70: 4}),
    )
    someone = recorded(database, person=AnonymousPerson(True, "48061", "48400", Gender.MALE))
    return {"place": place, "tag": tag, "zoe": zoe, "noel": noel, "alone": alone, "workshop": workshop, "one": someone}


def save_people(database: Database) -> tuple[UUID, UUID]:
    """Two people, of whom much and little is known."""
    zoe = a_beneficiary(
        database,
        "Éluard-N’Diaye",
        "Zoé",
        birth_year=1951,
        phone="06 00 00 00 01",
        email="zoe@example.org",
        gender=Gender.FEMALE,
        status=SocialStatus.RETIRED,
        municipality="48061",
        postal_code="48400",
        notes="Préfère être appelée ☎ le matin",
    )
    noel = a_beneficiary(database, "Œuvrard", "Noël", age_band=AgeBand.FROM_25_TO_39, no_phone=True)
    return zoe, noel


def write_a_day(client: Client) -> dict[str, UUID]:
    """The same sort of day, as the second client writes it; half of its pieces in the format of protocol 1."""
    notebook = client.notebook
    ids = {name: new_id() for name in ("place", "tag", "zoe", "alone", "workshop")}
    zoe, alone, tag, place = (ids[name] for name in ("zoe", "alone", "tag", "place"))
    notebook.save(
        "place", place, {"name": "Mairie d’Ispagnac", "municipality": "48075", "created_at": 1_790_000_000_000}
    )
    notebook.save("tag", tag, {"name": "Été", "created_at": 1_790_000_000_000})
    notebook.save("beneficiary", zoe, {"created_at": 1_790_000_000_001, "gender": "feminin", "first_name": "Zoé"}, ZLIB)
    notebook.save("beneficiary", zoe, {"last_name": "Éluard", "birth_year": 1951, "phone": "+33600000001"})
    activity: Message = {
        "kind": "individuel",
        "day": "2026-11-23",
        "minutes": 45,
        "place_kind": "lieu_activite",
        "place": str(place),
        "topics": ["email", "sante"],
        "tags": [str(tag)],
        "notes": "À revoir",
        "created_at": 1_790_000_000_002,
    }
    notebook.save("activity", alone, activity, ZLIB)
    notebook.save("attendance", presence_id(str(alone), str(zoe)), presence(alone, zoe))
    counters = {"total": 4, "already": 1, "gender": {"feminin": 4}, "age_band": {}, "status": {}}
    workshop = {"kind": "collectif", "title": "Écrire un courriel", "anonymous": counters, "topics": ["email"]}
    notebook.save("activity", ids["workshop"], activity | workshop | {"minutes": 120, "tags": []})
    return ids


def presence(activity: UUID, beneficiary: UUID) -> Message:
    return {"activity": str(activity), "beneficiary": str(beneficiary), "created_at": 1_790_000_000_003}
