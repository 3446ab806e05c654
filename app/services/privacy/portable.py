"""The file of a person for another program (RGPD, articles 15 and 20): JSON with French keys, told in
docs/fiche-de-suivi-json.md."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.services.person_file import FileActivity, PersonFile
from app.services.privacy.followed import FileAppointment, FileAssessment, FileCase, FileMandate

FORMAT = "passerelle/fiche-de-suivi/1"


def as_json(file: PersonFile) -> str:
    """All that is held on a person; codes are those of the official lists, days are ISO 8601."""
    return json.dumps(_plain(_whole(file)), ensure_ascii=False, indent=2) + "\n"


def _whole(file: PersonFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "etablie_le": file.drawn_up_on,
        "conseiller": file.advisor,
        "structure": file.structure,
        "personne": _person(file),
        "confidentialite": _confidentiality(file),
        "accompagnements": [_activity(one) for one in file.activities],
        "demarches": [_case(one) for one in file.followed.cases],
        "rendez_vous": [_appointment(one) for one in file.followed.appointments],
        "mandats": [_mandate(one) for one in file.followed.mandates],
        "diagnostics": [_assessment(one) for one in file.followed.assessments],
        "historique": [{"date": one.at, "champs": one.fields} for one in file.followed.changes],
    }


def _person(file: PersonFile) -> dict[str, Any]:
    person = file.person
    return {
        "identifiant": person.id,
        "nom": person.last_name,
        "prenom": person.first_name,
        "annee_de_naissance": person.birth_year,
        "tranche_d_age": person.age_band,
        "genre": person.gender,
        "telephone": person.phone,
        "sans_telephone": person.no_phone,
        "email": person.email,
        "adresse": person.address,
        "code_postal": person.postal_code,
        "commune": file.municipality,
        "code_insee": person.municipality,
        "situation": person.status,
        "notes": person.notes,
    }


def _confidentiality(file: PersonFile) -> dict[str, Any]:
    known = file.confidentiality
    return {
        "information_remise_le": known.choices.informed_on,
        "accord": known.choices.consent,
        "accord_du": known.choices.consent_on,
        "dernier_contact": known.last_contact,
        "a_garder_jusqu_au": known.choices.keep_until,
        "anonymisation_le": known.due_on,
    }


def _activity(one: FileActivity) -> dict[str, Any]:
    return {
        "date": one.day,
        "type": one.kind,
        "titre": one.title,
        "minutes": one.minutes,
        "canal": one.place_kind,
        "lieu": one.place,
        "thematiques": one.topics,
        "familles_de_demarches": one.families,
        "demarches": one.procedures,
        "materiel": one.equipment,
        "etiquettes": one.tags,
        "autonomie": one.autonomy,
        "orientee": one.referred,
        "structure_de_redirection": one.referral,
        "niveau": one.level,
        "fiches_remises": one.sheets,
        "notes": one.notes,
    }


def _case(one: FileCase) -> dict[str, Any]:
    return {
        "nom": one.name,
        "famille": one.family,
        "etat": one.status,
        "numero_de_dossier": one.reference,
        "ouverte_le": one.opened_on,
        "close_le": one.closed_on,
        "echeance": one.deadline,
        "etapes": [{"etape": said, "faite": is_done} for said, is_done in one.steps],
        "notes": one.notes,
    }


def _appointment(one: FileAppointment) -> dict[str, Any]:
    return {
        "date": one.starts,
        "minutes": one.minutes,
        "lieu": one.place,
        "objet": one.subject,
        "demarche": one.case,
        "etat": one.status,
    }


def _mandate(one: FileMandate) -> dict[str, Any]:
    return {
        "debut": one.starts_on,
        "fin": one.expires_on,
        "duree": one.duration,
        "familles": one.families,
        "familles_retirees": [{"famille": family, "le": day} for family, day in one.revoked],
        "actes": one.acts,
        "fait_a": one.made_at,
        "signe": one.signing,
        "signature": one.person_signature,
        "journal": [
            {"date": use.at, "acte": use.act, "famille": use.family, "detail": use.said, "par": use.author}
            for use in one.journal
        ],
    }


def _assessment(one: FileAssessment) -> dict[str, Any]:
    return {
        "date": one.day,
        "niveaux": dict(one.scores),
        "internet_ces_trois_derniers_mois": one.internet_use,
        "reponses": one.answers,
        "competences": one.finer,
        "objectifs": one.objectives,
        "notes": one.notes,
    }


def _plain(value: Any) -> Any:
    """Days and moments as ISO 8601, ids as text; enumerations are text already."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
