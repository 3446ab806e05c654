"""The words by which files name the field's codes: their label, their code, and other names in use."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app import labels
from app.folding import fold
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    SocialStatus,
    Topic,
)

C = TypeVar("C", bound=StrEnum)


def _words(named: Mapping[C, str], other: Mapping[str, C] | None = None) -> dict[str, C]:
    """Folded: labels, codes, codes in one word (as the code of « La Coop » writes them), other names."""
    codes = {fold(code.value): code for code in named}
    joined = {name.replace(" ", ""): code for name, code in codes.items()}
    return {**(other or {}), **joined, **codes, **{fold(label): code for code, label in named.items()}}


KINDS = _words(
    labels.KINDS,
    {"atelier": ActivityKind.WORKSHOP, "participants aux ateliers": ActivityKind.WORKSHOP}
    | dict.fromkeys(("accompagnements individuels", "demande ponctuelle", "ponctuel"), ActivityKind.INDIVIDUAL),
)
PLACE_KINDS = _words(
    labels.PLACE_KINDS,
    dict.fromkeys(("rattachement", "lieu de rattachement", "lieux d activite"), PlaceKind.PLACE)
    | {"autre lieu": PlaceKind.OTHER, "distance": PlaceKind.REMOTE, "au domicile": PlaceKind.HOME},
)
EQUIPMENT = _words(labels.EQUIPMENT, {"aucun materiel": Equipment.NONE, "smartphone": Equipment.PHONE})
TOPICS = _words(
    labels.TOPICS,
    {"reseaux sociaux": Topic.SOCIAL_NETWORKS, "intelligence artificielle": Topic.ARTIFICIAL_INTELLIGENCE},
)
FAMILIES = _words(labels.FAMILIES)
TOPICS_AND_FAMILIES: dict[str, Topic | ProcedureFamily] = {**FAMILIES, **TOPICS}
AUTONOMY = _words(labels.AUTONOMY)
LEVELS = _words(labels.LEVELS)
REFERRALS = _words(labels.REFERRALS)
GENDERS = _words(
    labels.GENDERS,
    dict.fromkeys(("homme", "h", "m", "monsieur"), Gender.MALE)
    | dict.fromkeys(("femme", "f", "madame"), Gender.FEMALE),
)
AGE_BANDS = _words(
    labels.AGE_BANDS, {fold(label).removesuffix(" ans"): band for band, label in labels.AGE_BANDS.items()}
)
STATUSES = _words(
    labels.STATUSES,
    dict.fromkeys(("scolarise e", "etudiant", "etudiant e", "eleve"), SocialStatus.AT_SCHOOL)
    | dict.fromkeys(("retraite e",), SocialStatus.RETIRED)
    | dict.fromkeys(("non communique", "heterogene", "non renseigne ou heterogene"), SocialStatus.UNKNOWN),
)
YES_OR_NO = {"oui": True, "o": True, "yes": True, "vrai": True, "non": False, "n": False, "no": False, "faux": False}

_UNSAID = (Gender.UNKNOWN, AgeBand.UNKNOWN, SocialStatus.UNKNOWN)


def stated(code: C | None) -> C | None:
    """The code, or None for « non communiqué »: nothing is known."""
    return None if code in _UNSAID else code
