"""A notebook that holds nobody's data, for demonstrations, self-tests and benches: its passphrase is known."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from app.database import Database, now_ms
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths
from app.services import access, activities, beneficiaries, case_lists, cases, municipalities, places, procedures
from app.services.access import SetUp
from app.services.commands import (
    AnonymousGroup,
    AnonymousPerson,
    RecordActivity,
    SaveBeneficiary,
    SaveCase,
    SavePlace,
)
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    CaseStatus,
    Equipment,
    Gender,
    PlaceKind,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

WEEKS = 8
PEOPLE = 60
OPENING, CLOSING, PACE = time(9), time(17), timedelta(minutes=40)
"""The hours of a day, and what passes between two activities."""


def prepare(paths: Paths, options: Options) -> None:
    """Make the notebook, filled with a plausible past where a demonstration was asked."""
    wish = SetUp("Démonstration", access.recovery_code(), DEMONSTRATION_PASSPHRASE)
    database = access.set_up(paths, wish)
    if options.demo:
        fill(database, date.today())
    database.close()


def fill(database: Database, today: date, weeks: int = WEEKS, people: int = PEOPLE) -> None:
    """Eight weeks of an itinerant advisor's work, the same each time for the same day."""
    draw, days = Random(48), list(_working_days(today, weeks))
    _believe(database, datetime.combine(days[0], OPENING))
    followed = [beneficiaries.save(database, _person(draw, today), today) for _ in range(people)]
    known_places = [places.save(database, one) for one in _places()]
    for day in days:
        commands = list(_day(draw, day, followed, known_places))
        last = min(datetime.combine(day, CLOSING), datetime.now())
        for left, command in zip(reversed(range(len(commands))), commands, strict=True):
            _believe(database, last - left * PACE)
            activities.record(database, command, today)
    database.now_ms = now_ms
    _follow_cases(database, followed, today)
    for person in _TWICE:
        beneficiaries.save(database, person, today)


def _follow_cases(database: Database, followed: Sequence[UUID], today: date) -> None:
    """A few procedures under way, of which some are pressing, and some that are over."""
    for place, (procedure, status, days, done, reference) in enumerate(_CASES):
        deadline = None if days is None else today + timedelta(days=days)
        command = SaveCase(
            beneficiary=followed[place * 7 % len(followed)],
            procedure=procedure,
            status=status,
            deadline=deadline,
            reference=reference,
        )
        opened = cases.save(database, command, today - timedelta(days=20 - place))
        for step in case_lists.detail(database, opened, today).steps[:done]:
            cases.tick(database, opened, step.id, True)


def _believe(database: Database, moment: datetime) -> None:
    """Let a notebook be written as if it were then."""
    milliseconds = round(moment.timestamp() * 1000)
    database.now_ms = lambda: milliseconds


def _working_days(today: date, weeks: int) -> Iterator[date]:
    """Today is one whatever the day, so that « Ma journée » is never empty."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks)
    days = (monday + timedelta(days=number) for number in range((today - monday).days + 1))
    return (day for day in days if day.weekday() < 5 or day == today)


def _day(draw: Random, day: date, followed: Sequence[UUID], known_places: Sequence[UUID]) -> Iterator[RecordActivity]:
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


def _person(draw: Random, today: date) -> SaveBeneficiary:
    first_name, gender = draw.choice(_FIRST_NAMES)
    born = draw.choice((None, *range(1936, 2004)))
    commune = municipalities.get(draw.choice(_COMMUNES))
    return SaveBeneficiary(
        first_name=first_name,
        last_name=draw.choice(_LAST_NAMES),
        birth_year=born,
        phone=f"06 00 00 {draw.randint(0, 99):02d} {draw.randint(0, 99):02d}" if draw.random() < 0.6 else "",
        municipality=commune.insee_code if commune else None,
        postal_code=commune.postal_codes[0] if commune and commune.postal_codes else None,
        gender=gender,
        status=SocialStatus.RETIRED if born and today.year - born > 63 else draw.choice(list(SocialStatus)),
    )


def _places() -> Iterator[SavePlace]:
    for name, insee in (
        ("Médiathèque de Florac", "48061"),
        ("Mairie d’Ispagnac", "48075"),
        ("France Services de Meyrueis", "48096"),
    ):
        commune = municipalities.get(insee)
        postal_code = commune.postal_codes[0] if commune else None
        yield SavePlace(name=name, municipality=insee, postal_code=postal_code)


_USUAL = {Topic.ADMINISTRATIVE_HELP: 12, Topic.EMAIL: 8, Topic.BROWSING: 6, Topic.HEALTH: 5, Topic.OFFICE_SOFTWARE: 3}
"""How many times more often than the others a topic comes."""
_COMMUNES = ("48061", "48075", "48096", "48095", "30007", "48166")
_FIRST_NAMES = tuple(
    [(name, Gender.FEMALE) for name in ("Jeanne", "Éléonore", "Marie-Thérèse", "Noëmie", "Fatima", "Yvette", "Linh")]
    + [(name, Gender.MALE) for name in ("Marcel", "Jean-Loup", "Hüseyin", "André", "Mamadou", "Gaël", "Étienne")]
)
_LAST_NAMES = (
    "Delmas", "Roux", "L’Haÿ", "Nguyễn-Lefèvre", "Bœuf", "Martinez", "Chabrol", "Diallo", "Castanier", "Pagès",
    "Deleuze", "de La Tour-Vernhet", "Atger", "Öztürk",
)  # fmt: skip
_PROCEDURES = ("carte_identite", "carte_grise", "declaration_revenus", "rendez_vous_medical")
_CASES = (
    ("carte_grise", CaseStatus.TO_COMPLETE, -3, 3, "2026-VT-48-00317"),
    ("carte_identite", CaseStatus.TO_PREPARE, 2, 1, ""),
    ("aide_logement", CaseStatus.WAITING, 6, 2, "CAF 0482 117"),
    ("declaration_revenus", CaseStatus.TO_PREPARE, 24, 0, ""),
    ("titre_sejour", CaseStatus.SUBMITTED, 45, 4, ""),
    ("retraite_demande", CaseStatus.WAITING, None, 2, ""),
    ("rendez_vous_medical", CaseStatus.TO_PREPARE, None, 0, ""),
    ("carte_vitale", CaseStatus.DONE, None, 4, ""),
    ("listes_electorales", CaseStatus.ABANDONED, None, 1, ""),
)
"""Procedure, status, days until its deadline, steps done, reference."""
_TWICE = (
    SaveBeneficiary(None, "Odette", "Martin", 1948, "06 00 00 12 34", municipality="48061", postal_code="48400"),
    SaveBeneficiary(None, "Odette", "MARTIN", 1948, email="odette.martin@exemple.fr", notes="Vient avec sa fille."),
    SaveBeneficiary(None, "Jean-Pierre", "Müller", phone="06 00 00 56 78"),
    SaveBeneficiary(None, "Jean Pierre", "Mueller", 1961),
)
"""Two people written twice, on two days."""
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
