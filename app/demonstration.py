"""A notebook that holds nobody's data, for demonstrations, self-tests and benches: its passphrase is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from app.database import Database, now_ms
from app.folding import fold
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths
from app.services import access, activities, beneficiaries, case_lists, cases, municipalities, places, procedures
from app.services.access import SetUp
from app.services.assessments import advice, interviews, questionnaire
from app.services.commands import (
    AnonymousGroup,
    AnonymousPerson,
    RecordActivity,
    SaveBeneficiary,
    SaveCase,
    SavePlace,
)
from app.services.mandates import making
from app.services.mandates.rows import NoteUse, SignMandate
from app.services.privacy import consent
from app.services.privacy.consent import Choices
from app.services.sheets import own
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    CaseStatus,
    Consent,
    Equipment,
    Gender,
    MandateDuration,
    MandateFamily,
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
    reach = Random(49)
    followed = [beneficiaries.save(database, _reachable(reach, _person(draw, today)), today) for _ in range(people)]
    known_places = [places.save(database, one) for one in _places()]
    for day in days:
        commands = list(_day(draw, day, followed, known_places))
        last = min(datetime.combine(day, CLOSING), datetime.now())
        for left, command in zip(reversed(range(len(commands))), commands, strict=True):
            _believe(database, last - left * PACE)
            activities.record(database, command, today)
    _somebody_long_gone(database, today)
    database.now_ms = now_ms
    _follow_cases(database, followed, today)
    own.save(database, _OWN_SHEET.format(day=today - timedelta(days=12)))
    _have_mandates(database, followed, today)
    database.now_ms = now_ms
    _assess(database, followed, today)
    _tell_rights(database, followed, today)
    _write_twice(database, today)


def _write_twice(database: Database, today: date) -> None:
    """Two people written twice, on two days."""
    written = (
        SaveBeneficiary(first_name="Odette", last_name="Martin", birth_year=1948, phone="06 00 00 12 34"),
        SaveBeneficiary(
            first_name="Odette", last_name="Martins", phone="06 00 00 12 34", email="odette.martin@exemple.fr"
        ),
        SaveBeneficiary(first_name="Jean-Pierre", last_name="Müller", phone="06 00 00 56 78"),
        SaveBeneficiary(first_name="Jean Pierre", last_name="Mueller", birth_year=1961),
    )
    for person in written:
        beneficiaries.save(database, person, today)


def _tell_rights(database: Database, followed: Sequence[UUID], today: date) -> None:
    """Most were handed the information sheet, some agreed to be called back, one of them no longer does."""
    for number, person in enumerate(followed):
        informed = today - timedelta(days=7 + number % 40)
        agreed = {0: Consent.GIVEN, 7: Consent.REFUSED, 14: Consent.WITHDRAWN}.get(number % 21)
        choices = Choices(informed if number % 4 else None, agreed, informed if agreed else None)
        if choices != Choices():
            consent.choose(database, person, choices, today)


def _somebody_long_gone(database: Database, today: date) -> None:
    """Met once, almost a year ago: about to become anonymous."""
    last = today - timedelta(days=350)
    _believe(database, datetime.combine(last, OPENING))
    beneficiaries.save(database, SaveBeneficiary(first_name="Simone", last_name="Bonnefoy"), last)


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


def _have_mandates(database: Database, followed: Sequence[UUID], today: date) -> None:
    """A few mandates: one that ends soon, one that was used and half taken back, one that is over."""
    for place, (families, duration, ago, acts, said) in enumerate(_MANDATES):
        signed = today - timedelta(days=ago)
        _believe(database, datetime.combine(signed, OPENING))
        mandate = making.sign(
            database,
            SignMandate(
                beneficiary=followed[place // 2 * 7],
                families=frozenset(families),
                duration=duration,
                starts_on=signed,
                acts=acts,
                made_at="Florac",
            ),
            signed,
        )
        for days, done in enumerate(said):
            day = min(signed + timedelta(days=days), today)
            _believe(database, datetime.combine(day, OPENING) + (days + 1) * PACE)
            making.note_use(database, NoteUse(mandate, families[0], done), day)
        if len(families) > 2:
            taken_back = min(signed + timedelta(9), today)
            _believe(database, datetime.combine(taken_back, OPENING))
            making.revoke(database, mandate, families[1:2], "Sa fille s’en charge.", taken_back)


def _assess(database: Database, followed: Sequence[UUID], today: date) -> None:
    """What a few people can do: some twice, one without internet, one whose questions are not all asked yet."""
    for place, days, reach in _ASSESSED:
        answers = {
            one.code: one.choices[0 if number % _OF < reach else 1 if number % 3 else -1].code
            for number, one in enumerate(questionnaire.whole().questions)
        }
        answers[questionnaire.USE] = questionnaire.ALONE if reach else questionnaire.NO
        asked = [one.code for one in questionnaire.asked(answers)]
        id_ = None
        for code in asked if days is not None else asked[:8]:
            id_ = interviews.answer(database, followed[place], id_, code, answers[code])
        if id_ is None or days is None:
            continue
        interviews.finish(database, id_, today - timedelta(days=days))
        aims = [one.text for one in advice.aims(answers)]
        interviews.set_objectives(database, id_, aims[:2])


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
        sheets=frozenset(_SHEETS[topic] for topic in topics if topic in _SHEETS)
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


def _reachable(draw: Random, person: SaveBeneficiary) -> SaveBeneficiary:
    """An e-mail for some, an address for others, a few words on how they come."""
    words = fold(f"{person.first_name} {person.last_name}").split()
    return replace(
        person,
        email=f"{'.'.join(words)}@exemple.fr" if draw.random() < 0.35 else "",
        address=f"{draw.randint(1, 60)} {draw.choice(_STREETS)}" if draw.random() < 0.5 else "",
        notes=draw.choice(_HABITS),
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
_STREETS = ("rue de la Mairie", "avenue Jean Monestier", "chemin du Causse", "place de l’Église", "quai du Tarnon")
_HABITS = (
    "", "", "", "Vient en bus, le jeudi matin.", "Accompagnée de sa petite-fille.", "Préfère qu’on l’appelle.",
    "Apprend vite, prend des notes.",
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
_SHEETS = {
    Topic.EMAIL: "envoyer-un-e-mail",
    Topic.BROWSING: "naviguer-sur-internet",
    Topic.HEALTH: "prendre-rendez-vous-chez-le-medecin",
    Topic.DIGITAL_SAFETY: "reconnaitre-une-arnaque",
}
_OWN_SHEET = """+++
titre = "Utiliser les ordinateurs de la médiathèque"
resume = "Ouvrir une séance sur un ordinateur prêté, et bien la fermer."
themes = ["prendre_en_main_du_materiel"]
niveau = "debutant"
duree = 15
verifiee = {day}
mots = ["poste", "prêt", "Florac"]
sources = [{{ titre = "Médiathèque de Florac, règles de l’espace numérique" }}]
+++

## Ce qu’il vous faut

- Votre carte de la médiathèque

## Les étapes

1. Demandez un ordinateur à l’accueil.
   C’est gratuit, une heure par jour.
2. Tapez le numéro de votre carte.
   ![Un clavier, la touche Entrée est bleue](dessins/clavier-entree.svg)
3. Ouvrez le navigateur.
   ![Un écran, le dessin du navigateur est bleu](dessins/ouvrir-le-navigateur.svg)
4. Enregistrez vos papiers sur une clé USB.
5. Cliquez sur « Terminer » à la fin.
   L’ordinateur efface tout.

## À retenir

- Demandez de l’aide le mardi et le jeudi matin.
"""
_MANDATES = (
    (
        (MandateFamily.MONEY, MandateFamily.SOCIAL), MandateDuration.MONTH, 25,
        "Déclarer mes revenus sur impots.gouv.fr, et demander le remboursement de mes lunettes sur ameli.fr.",
        ("Déclaration de revenus remplie et envoyée avec Madame.", "Accusé de réception imprimé et remis."),
    ),
    (
        (MandateFamily.IDENTITY,), MandateDuration.DAY, 48,
        "Faire la pré-demande de carte d’identité.", ("Pré-demande faite, numéro remis sur papier.",),
    ),
    (
        (MandateFamily.HOUSING, MandateFamily.MONEY, MandateFamily.WORK), MandateDuration.SEMESTER, 40,
        "Suivre ma demande d’aide au logement, et envoyer les papiers que la CAF demande.",
        ("Demande d’aide au logement déposée.", "Attestation de loyer envoyée.", "Message lu avec Monsieur."),
    ),
)  # fmt: skip
"""Families, duration, signed how many days ago, acts, what was done with it."""
_OF = 7
_ASSESSED = ((0, 120, 0), (0, 9, 3), (7, 90, 1), (7, 2, 4), (14, 40, 2), (21, 5, 5), (28, 3, 0), (35, None, 3))
"""Whom, how many days ago (None: not ended), and how many questions of seven they answer by the first answer."""
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
