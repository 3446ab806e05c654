"""What an advisor of the demonstration does in a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from uuid import UUID

from app.demonstration.sheets import HANDED_OVER
from app.services import procedures
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

_USUAL = {Topic.ADMINISTRATIVE_HELP: 12, Topic.EMAIL: 8, Topic.BROWSING: 6, Topic.HEALTH: 5, Topic.OFFICE_SOFTWARE: 3}
"""How many times more often than the others a topic comes."""
_PROCEDURES = ("carte_identite", "carte_grise", "declaration_revenus", "rendez_vous_medical")
_WORKSHOPS = (
    ("Ma tablette pas à pas", Topic.FIRST_STEPS_WITH_EQUIPMENT),
    ("Écrire à ses proches", Topic.EMAIL),
    ("Déjouer les arnaques", Topic.DIGITAL_SAFETY),
    ("Café IA", Topic.ARTIFICIAL_INTELLIGENCE),
    ("Chercher et trouver sur internet", Topic.BROWSING),
)
_NOTES = (
    "", "", "", "A su joindre le justificatif seule. Revoir l’envoi de pièces jointes.",
    "Revient la semaine prochaine avec son téléphone.", "Préfère un rendez-vous le matin.",
)  # fmt: skip


def activities_of(
    draw: Random, day: date, followed: Sequence[UUID], known_places: Sequence[UUID]
) -> Iterator[RecordActivity]:
    """A few accompaniments at the place of that weekday, and a workshop twice a week."""
    place = known_places[day.weekday() % len(known_places)]
    for _ in range(draw.randint(3, 7)):
        yield _accompaniment(draw, day, followed, place)
    if day.weekday() in (1, 3):
        yield _workshop(draw, day, followed, place)


def _accompaniment(draw: Random, day: date, followed: Sequence[UUID], place: UUID) -> RecordActivity:
    topics = frozenset(draw.choices(list(Topic), [_USUAL.get(topic, 1) for topic in Topic], k=draw.choice((1, 1, 2))))
    helped = Topic.ADMINISTRATIVE_HELP in topics
    procedure = draw.choice(_PROCEDURES)
    family = procedures.get(procedure)
    named = draw.random() < 0.75
    return RecordActivity(
        kind=ActivityKind.INDIVIDUAL,
        day=day,
        minutes=draw.choice((15, 30, 30, 30, 45, 45, 60, 60, 90)),
        place_kind=draw.choice((PlaceKind.PLACE,) * 8 + (PlaceKind.REMOTE,)),
        place=place,
        topics=topics,
        procedures=frozenset({procedure}) if helped else frozenset(),
        families=frozenset({family.family}) if helped and family else frozenset(),
        equipment=frozenset({draw.choice((Equipment.COMPUTER, Equipment.PHONE, Equipment.TABLET))}),
        notes=draw.choice(_NOTES),
        participants=(draw.choice(followed),) if named else (),
        person=AnonymousPerson(gender=draw.choice(list(Gender)), age_band=draw.choice(list(AgeBand)[:4])),
        autonomy=draw.choice((None, *Autonomy)),
        sheets=frozenset(HANDED_OVER[topic] for topic in topics if topic in HANDED_OVER)
        if day.toordinal() % 2
        else frozenset(),
    )


def _workshop(draw: Random, day: date, followed: Sequence[UUID], place: UUID) -> RecordActivity:
    title, topic = draw.choice(_WORKSHOPS)
    anonymous = draw.randint(0, 6)
    women = draw.randint(0, anonymous)
    return RecordActivity(
        kind=ActivityKind.WORKSHOP,
        day=day,
        minutes=draw.choice((90, 120)),
        place_kind=PlaceKind.PLACE,
        place=place,
        topics=frozenset({topic}),
        equipment=frozenset({Equipment.COMPUTER}),
        participants=tuple(draw.sample(list(followed), draw.randint(2, 6))),
        anonymous=AnonymousGroup(
            total=anonymous,
            gender={Gender.FEMALE: women, Gender.MALE: anonymous - women},
            age_band={AgeBand.OVER_70: anonymous // 2, AgeBand.FROM_60_TO_69: anonymous // 3},
            status={SocialStatus.RETIRED: anonymous // 2},
        ),
        level=draw.choice(list(WorkshopLevel)),
        title=title,
    )
