"""The right of access: all that is held on one person, for that person and for another program."""

import json
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.database import Database
from app.models import Appointment, Assessment, Beneficiary, Case, Mandate, MandateEntry
from app.services import person_file
from app.services.privacy import portable
from protocol.vocabulary import ActivityKind, CaseStatus, Consent, MandateAct, MandateFamily, Signing, SkillDomain
from tests.notebook import TODAY, a_beneficiary, recorded


def somebody(database: Database) -> UUID:
    id_ = a_beneficiary(database, "Delmas", "Jeanne", birth_year=1950, phone="0612345678", address="3 rue Haute")
    with database.work() as work:
        known = work.find(Beneficiary, id_)
        assert known is not None
        work.save(replace(known, informed_on=TODAY, consent=Consent.GIVEN, consent_on=TODAY))
        mandate = Mandate(
            beneficiary=id_, families=["logement"], revoked={"logement": "2026-11-20"}, acts="Actes", made_at="Mende",
            signing=Signing.SCREEN, person_signature="0,0 4,4",
        )  # fmt: skip
        case = Case(
            beneficiary=id_, name="Carte grise", status=CaseStatus.WAITING, reference="AB-12",
            steps=[{"id": "a", "said": "Photo"}, {"id": "b", "said": "Envoi"}], done=frozenset({"a"}), notes="Note",
        )  # fmt: skip
        entry = MandateEntry(
            mandate=mandate.id, at=1_790_000_000_000, act=MandateAct.USED, said="APL", author="Camille"
        )
        assessment = Assessment(
            beneficiary=id_, day=TODAY, scores={SkillDomain.SAFETY.value: 2}, internet_use=False, objectives=["Écrire"],
            finer={"2.1": 3},
        )  # fmt: skip
        expected = Appointment(
            beneficiary=id_, starts=datetime(2026, 12, 3, 14, 30), minutes=45, subject="Sa carte", case=case.id
        )
        work.save_all((mandate, case, entry, assessment, expected))
        work.save(Case(beneficiary=id_, name="Erreur", deleted=True))
    recorded(database, participants=(id_,), notes="Pour elle", sheets=frozenset({"envoyer-un-e-mail"}))
    recorded(database, kind=ActivityKind.WORKSHOP, title="Ma tablette", participants=(id_,), notes="De tous")
    return id_


def test_everything_held_on_a_person_is_said(database: Database) -> None:
    said = json.loads(portable.as_json(person_file.gather(database, somebody(database), TODAY)))
    assert said["format"] == portable.FORMAT
    assert (said["personne"]["nom"], said["personne"]["adresse"]) == ("Delmas", "3 rue Haute")
    assert said["confidentialite"]["accord"] == Consent.GIVEN.value
    assert said["confidentialite"]["information_remise_le"] == TODAY.isoformat()
    [case] = said["demarches"]
    assert case["etapes"] == [{"etape": "Photo", "faite": True}, {"etape": "Envoi", "faite": False}]
    assert (case["etat"], case["numero_de_dossier"], case["notes"]) == (CaseStatus.WAITING.value, "AB-12", "Note")
    [expected] = said["rendez_vous"]
    assert (expected["date"], expected["minutes"]) == ("2026-12-03T14:30:00", 45)
    assert (expected["objet"], expected["demarche"]) == ("Sa carte", "Carte grise")
    [mandate] = said["mandats"]
    assert [use["detail"] for use in mandate["journal"]] == ["APL"]
    assert mandate["familles_retirees"] == [{"famille": MandateFamily.HOUSING.value, "le": "2026-11-20"}]
    assert (mandate["fait_a"], mandate["signe"], mandate["signature"]) == ("Mende", Signing.SCREEN.value, "0,0 4,4")
    [assessment] = said["diagnostics"]
    assert assessment["competences"] == {"2.1": 3}
    assert assessment["niveaux"] == {SkillDomain.SAFETY.value: 2}
    assert assessment["internet_ces_trois_derniers_mois"] is False
    notes = {one["notes"] for one in said["accompagnements"]}
    assert notes == {"Pour elle", ""}, "those of a workshop speak of everybody"
    assert ["Envoyer un e-mail"] in [one["fiches_remises"] for one in said["accompagnements"]]
    assert said["historique"][0]["champs"]


def test_no_field_of_a_person_is_forgotten(database: Database) -> None:
    """A field added to the record must be told, or be known to say nothing of the person to that person."""
    file = person_file.gather(database, somebody(database), TODAY)
    told = {one.name for one in fields(file.person)} | {one.name for one in fields(file.confidentiality.choices)}
    silent = {"created_at", "deleted", "distinct_from", "merged_into", "merge"}
    assert {one.name for one in fields(Beneficiary)} - told - silent == set()


def test_the_keys_are_those_of_the_documentation(database: Database) -> None:
    said = json.loads(portable.as_json(person_file.gather(database, somebody(database), TODAY)))
    page = (Path(__file__).parents[2] / "docs" / "fiche-de-suivi-json.md").read_text(encoding="utf-8")
    keys = {*said, *(key for part in said.values() if isinstance(part, dict) for key in part)}
    keys |= {key for part in said.values() if isinstance(part, list) for one in part for key in one}
    assert {key for key in keys if f"`{key}`" not in page} == set()
