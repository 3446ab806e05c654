"""The French words people read for the field's codes, and French ways of writing durations, dates and counts.

Labels of codes: « La Coop de la médiation numérique », fact sheet §1.1 to 2.2 (state of 2026-06-30).
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    AppointmentStatus,
    Autonomy,
    CaseStatus,
    Consent,
    Equipment,
    Gender,
    MandateAct,
    MandateDuration,
    MandateFamily,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    Signing,
    SkillDomain,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

NBSP = "\u00a0"

KINDS = {ActivityKind.INDIVIDUAL: "Accompagnement individuel", ActivityKind.WORKSHOP: "Atelier collectif"}

PLACE_KINDS = {
    PlaceKind.PLACE: "Lieu d’activité",
    PlaceKind.OTHER: "Autre lieu",
    PlaceKind.HOME: "À domicile",
    PlaceKind.REMOTE: "À distance",
}

EQUIPMENT = {
    Equipment.COMPUTER: "Ordinateur",
    Equipment.PHONE: "Téléphone",
    Equipment.TABLET: "Tablette",
    Equipment.OTHER: "Autre",
    Equipment.NONE: "Pas de matériel",
}

TOPICS = {
    Topic.ASSESSMENT: "Diagnostic numérique",
    Topic.FIRST_STEPS_WITH_EQUIPMENT: "Prendre en main du matériel",
    Topic.EQUIPMENT_MAINTENANCE: "Maintenance de matériel",
    Topic.MANAGING_CONTENT: "Gérer ses contenus numériques",
    Topic.BROWSING: "Navigation sur internet",
    Topic.EMAIL: "E-mail",
    Topic.OFFICE_SOFTWARE: "Bureautique",
    Topic.SOCIAL_NETWORKS: "Réseaux sociaux communication",
    Topic.HEALTH: "Santé",
    Topic.BANKING_AND_SHOPPING: "Banque et achats en ligne",
    Topic.BUSINESS: "Accompagner un professionnel",
    Topic.EMPLOYMENT: "Insertion professionnelle",
    Topic.DIGITAL_SAFETY: "Prévention en sécurité numérique",
    Topic.PARENTING: "Parentalité",
    Topic.SCHOOLING: "Scolarité et numérique",
    Topic.CREATING: "Créer avec le numérique",
    Topic.DIGITAL_CULTURE: "Culture numérique",
    Topic.ARTIFICIAL_INTELLIGENCE: "Intelligence artificielle (IA)",
    Topic.ADMINISTRATIVE_HELP: "Aide aux démarches administratives",
}

TOPIC_HINTS = {
    Topic.ASSESSMENT: "Faire le point sur ce que la personne sait faire, avec un questionnaire ou en parlant.",
    Topic.FIRST_STEPS_WITH_EQUIPMENT: "Ordinateur, tablette, téléphone\u00a0: les premiers gestes et réglages.",
    Topic.EQUIPMENT_MAINTENANCE: "Petites pannes, installation de logiciels, mises à jour.",
    Topic.MANAGING_CONTENT: "Ranger, retrouver et sauvegarder ses fichiers et ses photos, sur l’appareil ou en ligne.",
    Topic.BROWSING: "Chercher, ouvrir un site, se connecter à un compte, remplir un formulaire.",
    Topic.EMAIL: "Créer une boîte, lire, écrire, joindre un document.",
    Topic.OFFICE_SOFTWARE: "Traitement de texte, tableur, mise en page d’un document.",
    Topic.SOCIAL_NETWORKS: "Réseaux sociaux, messageries, appels en vidéo avec ses proches.",
    Topic.HEALTH: "Compte Ameli, Mon espace santé, rendez-vous médical en ligne.",
    Topic.BANKING_AND_SHOPPING: "Application de sa banque, achat en ligne, suivi de son budget.",
    Topic.BUSINESS: "Créer, faire connaître ou gérer une activité professionnelle.",
    Topic.EMPLOYMENT: "France Travail, CV, offres d’emploi, compte formation.",
    Topic.DIGITAL_SAFETY: "Mots de passe, données personnelles, arnaques\u00a0: se protéger en ligne.",
    Topic.PARENTING: "Suivre l’école en ligne, accompagner ses enfants, connaître les risques.",
    Topic.SCHOOLING: "Aider des élèves ou un groupe scolaire avec les outils numériques.",
    Topic.CREATING: "Photo, son, vidéo, impression 3D, programmation.",
    Topic.DIGITAL_CULTURE: "Fausses nouvelles, vie privée, logiciels libres, usages sobres.",
    Topic.ARTIFICIAL_INTELLIGENCE: "Comprendre l’IA, l’essayer, garder un regard critique.",
    Topic.ADMINISTRATIVE_HELP: "Faire une démarche en ligne\u00a0: sa famille et son nom se précisent dessous.",
}

FAMILIES = {
    ProcedureFamily.IDENTITY_AND_CITIZENSHIP: "Papiers - Élections - Citoyenneté",
    ProcedureFamily.FAMILY_AND_SCHOOL: "Famille - Scolarité",
    ProcedureFamily.SOCIAL_AND_HEALTH: "Social - Santé",
    ProcedureFamily.WORK_AND_TRAINING: "Travail - Formation - Entreprise",
    ProcedureFamily.HOUSING: "Logement",
    ProcedureFamily.TRANSPORT: "Transports - Mobilité",
    ProcedureFamily.MONEY_AND_TAX: "Argent - Impôts",
    ProcedureFamily.JUSTICE: "Justice",
    ProcedureFamily.FOREIGNERS_AND_EUROPE: "Étrangers - Europe",
    ProcedureFamily.LEISURE_AND_CULTURE: "Loisirs - Sports - Culture",
    ProcedureFamily.ASSOCIATIONS: "Associations",
}

FAMILY_HINTS = {
    ProcedureFamily.IDENTITY_AND_CITIZENSHIP: "Carte d’identité, passeport, état civil, listes électorales.",
    ProcedureFamily.FAMILY_AND_SCHOOL: "Naissance, mariage, allocations familiales, inscription à l’école.",
    ProcedureFamily.SOCIAL_AND_HEALTH: "Carte Vitale, RSA, handicap, remboursements.",
    ProcedureFamily.WORK_AND_TRAINING: "Emploi, formation, retraite, création d’entreprise.",
    ProcedureFamily.HOUSING: "Aide au logement, logement social, énergie, travaux.",
    ProcedureFamily.TRANSPORT: "Carte grise, permis de conduire, amendes, vignette.",
    ProcedureFamily.MONEY_AND_TAX: "Déclaration de revenus, taxe, surendettement.",
    ProcedureFamily.JUSTICE: "Casier judiciaire, plainte, aide juridictionnelle.",
    ProcedureFamily.FOREIGNERS_AND_EUROPE: "Titre de séjour, naturalisation, regroupement familial.",
    ProcedureFamily.LEISURE_AND_CULTURE: "Permis de chasse ou bateau, animaux, vacances, sport.",
    ProcedureFamily.ASSOCIATIONS: "Créer, déclarer, financer une association.",
}

AUTONOMY = {
    Autonomy.GUIDED: "Avec guidage",
    Autonomy.PARTLY: "Autonome avec guidage en cas de besoin",
    Autonomy.AUTONOMOUS: "Autonome",
}

REFERRALS = {
    ReferralTarget.ADMINISTRATION: "Administration (mairie, préfecture…)",
    ReferralTarget.DIGITAL_MEDIATION: "Autre structure de médiation numérique",
    ReferralTarget.OPERATOR: "Opérateur ou organisme en charge de la démarche administrative",
    ReferralTarget.SOCIAL_CARE: "Structure d’aide sociale (maison des solidarités, centre social…)",
    ReferralTarget.EMPLOYMENT: (
        "Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)"
    ),
    ReferralTarget.ADMINISTRATIVE_HELP: "Structure d’aide aux démarches administratives (France Services…)",
    ReferralTarget.OTHER: "Autre",
}

LEVELS = {
    WorkshopLevel.BEGINNER: "Débutant",
    WorkshopLevel.INTERMEDIATE: "Intermédiaire",
    WorkshopLevel.ADVANCED: "Avancé",
}

GENDERS = {Gender.MALE: "Masculin", Gender.FEMALE: "Féminin", Gender.UNKNOWN: "Non communiqué"}

AGE_BANDS = {
    AgeBand.OVER_70: "70 ans et plus",
    AgeBand.FROM_60_TO_69: "60 - 69 ans",
    AgeBand.FROM_40_TO_59: "40 - 59 ans",
    AgeBand.FROM_25_TO_39: "25 - 39 ans",
    AgeBand.FROM_18_TO_24: "18 - 24 ans",
    AgeBand.FROM_12_TO_17: "12 - 17 ans",
    AgeBand.UNDER_12: "Moins de 12 ans",
    AgeBand.UNKNOWN: "Non communiqué",
}

STATUSES = {
    SocialStatus.RETIRED: "Retraité",
    SocialStatus.JOBLESS: "Sans emploi",
    SocialStatus.EMPLOYED: "En emploi",
    SocialStatus.AT_SCHOOL: "Scolarisé",
    SocialStatus.UNKNOWN: "Non communiqué ou hétérogène",
}

CASE_STATUSES = {
    CaseStatus.TO_PREPARE: "À préparer",
    CaseStatus.SUBMITTED: "Déposée",
    CaseStatus.WAITING: "En attente",
    CaseStatus.TO_COMPLETE: "À compléter",
    CaseStatus.DONE: "Terminée",
    CaseStatus.ABANDONED: "Abandonnée",
}

CASE_STATUS_HINTS = {
    CaseStatus.TO_PREPARE: "Les pièces et les informations sont à réunir\u00a0: rien n’est encore envoyé.",
    CaseStatus.SUBMITTED: "La demande est envoyée ou déposée.",
    CaseStatus.WAITING: "L’administration l’a reçue\u00a0: on attend sa réponse.",
    CaseStatus.TO_COMPLETE: "L’administration demande une pièce ou une précision.",
    CaseStatus.DONE: "La démarche a abouti, ou sa réponse est reçue.",
    CaseStatus.ABANDONED: "La personne n’y donne pas suite.",
}
"""What each status means."""

MANDATE_DURATIONS = {
    MandateDuration.DAY: "1 jour",
    MandateDuration.MONTH: "1 mois (31 jours)",
    MandateDuration.SEMESTER: "6 mois (182 jours)",
    MandateDuration.YEAR: "1 an (365 jours)",
}

MANDATE_FAMILIES = {
    MandateFamily.IDENTITY: "Papiers - Citoyenneté - Élections",
    MandateFamily.FAMILY: "Famille - Scolarité",
    MandateFamily.SOCIAL: "Social - Santé",
    MandateFamily.WORK: "Travail - Formation",
    MandateFamily.HOUSING: "Logement",
    MandateFamily.TRANSPORT: "Transports - Mobilité",
    MandateFamily.MONEY: "Argent - Impôts - Consommation",
    MandateFamily.JUSTICE: "Justice",
    MandateFamily.FOREIGNERS: "Étranger - Europe",
    MandateFamily.LEISURE: "Loisirs - Sport - Culture",
}
"""Aidants Connect, fact sheet programme.md §5.1."""

MANDATE_ACTS = {
    MandateAct.SIGNED: "Signature du mandat",
    MandateAct.USED: "Démarche faite",
    MandateAct.REVOKED: "Famille retirée",
    MandateAct.ENDED: "Fin du mandat",
}

SIGNINGS = {Signing.PAPER: "Sur papier", Signing.SCREEN: "À l’écran"}

CONSENTS = {Consent.GIVEN: "Accord donné", Consent.REFUSED: "Accord refusé", Consent.WITHDRAWN: "Accord retiré"}

SKILL_DOMAINS = {
    SkillDomain.INFORMATION: "Chercher l’information",
    SkillDomain.COMMUNICATION: "Communiquer",
    SkillDomain.CONTENT: "Créer des documents",
    SkillDomain.SAFETY: "Se protéger",
    SkillDomain.PROBLEMS: "Résoudre un problème",
}
CNIL = f"3 place de Fontenoy, TSA{NBSP}80715, 75334 Paris Cedex{NBSP}07"
"""Where a letter to it is sent."""
SKILL_LEVELS = ("À découvrir", "Les bases", "À l’aise")
"""The scores 0, 1 and 2 of a domain, as they are said to the person."""

APPOINTMENT_STATUSES = {
    AppointmentStatus.EXPECTED: "À venir",
    AppointmentStatus.HONOURED: "Honoré",
    AppointmentStatus.MISSED: "Absence",
    AppointmentStatus.EXCUSED: "Annulé par bénéficiaire",
    AppointmentStatus.CANCELLED: "Annulé",
}
"""How an appointment ended (fact sheet §4.4); one that is over and of which nothing is told is « Passé »."""

FIELDS = {
    "kind": "Type",
    "day": "Date",
    "minutes": "Durée",
    "place_kind": "Lieu",
    "place": "Lieu d’activité",
    "municipality": "Commune",
    "topics": "Thématiques",
    "families": "Famille de démarches",
    "procedures": "Démarches",
    "procedure_note": "Précision sur la démarche",
    "equipment": "Matériel",
    "tags": "Étiquettes",
    "cases": "Démarches suivies",
    "sheets": "Fiches remises",
    "autonomy": "Autonomie",
    "referred": "Orientation",
    "referral": "Structure de redirection",
    "level": "Niveau de l’atelier",
    "anonymous": "Participants anonymes",
    "title": "Titre de l’atelier",
    "notes": "Notes",
    "deleted": "Suppression",
}
"""The fields of an activity, as its history names them."""

PERSON_FIELDS = {
    "last_name": "Nom",
    "first_name": "Prénom",
    "birth_year": "Année de naissance",
    "phone": "Téléphone",
    "no_phone": "N’a pas de téléphone",
    "email": "E-mail",
    "municipality": "Commune",
    "gender": "Genre",
    "age_band": "Âge",
    "status": "Statut",
    "address": "Adresse",
    "notes": "Notes",
    "informed_on": "Information remise le",
    "consent": "Accord",
    "consent_on": "Date de l’accord",
    "keep_until": "À garder jusqu’au",
}
"""The fields of a person, as its form names them."""

CASE_FIELDS = {
    "name": "Démarche",
    "family": "Famille",
    "status": "État",
    "steps": "Étapes",
    "reference": "Numéro de dossier",
    "deadline": "Échéance",
    "notes": "Notes",
}
"""Fields of a case, in the order of its panel."""

APPOINTMENT_FIELDS = {
    "starts": "Jour et heure",
    "minutes": "Durée",
    "place": "Lieu",
    "place_note": "Précision",
    "subject": "Objet",
    "case": "Démarche",
    "status": "État",
}
"""Fields of an appointment, in the order of its dialog."""

_WORDS: dict[str, str] = {
    f"{type(code).__name__}.{code.value}": label
    for words in (
        KINDS, PLACE_KINDS, EQUIPMENT, TOPICS, FAMILIES, AUTONOMY, REFERRALS, LEVELS, GENDERS, AGE_BANDS, STATUSES,
        CASE_STATUSES, MANDATE_DURATIONS, MANDATE_FAMILIES, MANDATE_ACTS, SIGNINGS, CONSENTS, SKILL_DOMAINS,
        APPOINTMENT_STATUSES,
    )
    for code, label in words.items()
}  # fmt: skip


def label(code: str) -> str:
    """The French word of a code; a code that this version does not know is shown as it is."""
    return _WORDS.get(f"{type(code).__name__}.{code.value}", code.value) if isinstance(code, StrEnum) else code


_OF_FIELD: dict[str, Mapping[Any, str]] = {
    "kind": KINDS, "place_kind": PLACE_KINDS, "equipment": EQUIPMENT, "topics": TOPICS, "families": FAMILIES,
    "family": FAMILIES,
    "autonomy": AUTONOMY, "referral": REFERRALS, "level": LEVELS, "gender": GENDERS, "age_band": AGE_BANDS,
    "status": {**STATUSES, **CASE_STATUSES, **APPOINTMENT_STATUSES}, "duration": MANDATE_DURATIONS, "consent": CONSENTS,
}  # fmt: skip


def field_word(field: str, code: str) -> str:
    """The French word of a code found in a field; anything else is shown as it is."""
    return _OF_FIELD.get(field, {}).get(code, code)


def duration(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{figure(hours)}{NBSP}h{NBSP}{rest:02d}" if rest else f"{figure(hours)}{NBSP}h"


def count(number: int, one: str, many: str | None = None) -> str:
    """« 1 personne », « 12 personnes »: in French, zero and one are singular."""
    return f"{figure(number)}{NBSP}{one if number < 2 else many or one + 's'}"


def figure(number: int) -> str:
    """A whole number with its thousands parted: « 12 345 »."""
    return f"{number:,}".replace(",", "\u202f")


def percent(share: float) -> str:
    """« 34 % », « 12,5 % » of a share from 0 to 1; « < 0,1 % » rather than nothing for what is hardly anything."""
    if 0 < share < 0.0005:
        return f"<{NBSP}0,1{NBSP}%"
    return f"{100 * share:.1f}".removesuffix(".0").replace(".", ",") + f"{NBSP}%"


_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def weekday(number: int) -> str:
    """« lundi » for 0."""
    return _DAYS[number]


def day(when: date, today: date | None = None) -> str:
    """« mardi 24 novembre », with the year when it is not this one."""
    number = "1er" if when.day == 1 else str(when.day)
    year = f" {when.year}" if when.year != (today or date.today()).year else ""
    return f"{_DAYS[when.weekday()]} {number} {_MONTHS[when.month - 1]}{year}"


def month(number: int) -> str:
    """« janvier » for 1."""
    return _MONTHS[number - 1]


def short_day(when: date) -> str:
    """« 24/11/2026 »."""
    return when.strftime("%d/%m/%Y")


def moment(when: datetime) -> str:
    """« 24/11/2026 à 14 h 52 »."""
    return f"{short_day(when)} à {hour(when)}"


def day_at(when: datetime, today: date | None = None) -> str:
    """« mardi 24 novembre à 9 h 12 »."""
    return f"{day(when.date(), today)} à {hour(when)}"


def size(octets: int) -> str:
    """« 640 ko », « 4,2 Mo »: what a file weighs."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{NBSP}ko"
    return f"{octets / 1_000_000:.1f}{NBSP}Mo".replace(".", ",")


def hour(when: datetime) -> str:
    """« 14 h 05 »."""
    return f"{when.hour}{NBSP}h{NBSP}{when.minute:02d}"
