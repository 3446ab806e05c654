"""The catalogue of démarches answers to the words that people use."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.procedures import Procedure, get, of_family, search
from protocol.vocabulary import ProcedureFamily

CATALOGUE = [one for family in ProcedureFamily for one in of_family(family)]


def test_every_family_has_its_procedures_and_every_code_is_its_own() -> None:
    assert all(len(of_family(family)) >= 6 for family in ProcedureFamily)
    assert len({one.code for one in CATALOGUE}) == len({one.label for one in CATALOGUE}) == len(CATALOGUE) >= 100
    assert all(re.fullmatch(r"[a-z0-9_]+", one.code) for one in CATALOGUE)


def test_labels_keep_french_typography() -> None:
    for one in CATALOGUE:
        written = " ".join((one.label, *one.synonyms))
        assert "'" not in written
        assert not re.search(r"[^\u00a0]:", one.label)


def test_a_code_leads_to_its_procedure() -> None:
    assert all(get(one.code) is one for one in CATALOGUE)
    assert get("inconnue") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CNI", "carte_identite"),
        ("carte d'identite", "carte_identite"),
        ("ants", "carte_identite"),
        ("passeport", "passeport"),
        ("passeprot", "passeport"),
        ("permis de condiure", "permis_conduire"),
        ("carte grise", "carte_grise"),
        ("permis", "permis_conduire"),
        ("impôts", "declaration_revenus"),
        ("déclaration de revenus", "declaration_revenus"),
        ("doctolib", "rendez_vous_medical"),
        ("rendez-vous médical", "rendez_vous_medical"),
        ("ameli", "compte_ameli"),
        ("vitale", "carte_vitale"),
        ("CAF", "caf_compte"),
        ("apl", "aide_logement"),
        ("RSA", "rsa"),
        ("pole emploi", "inscription_france_travail"),
        ("France Travail", "inscription_france_travail"),
        ("retraite", "retraite_demande"),
        ("cesu", "cesu"),
        ("MSA", "msa_compte"),
        ("ma prime rénov'", "maprimerenov"),
        ("parcoursup", "parcoursup"),
        ("titre de séjour", "titre_sejour"),
        ("casier judiciaire", "casier_judiciaire"),
        ("logement", "aide_logement"),
        ("crit'air", "critair"),
    ],
)
def test_what_people_type_brings_what_they_mean_first(typed: str, code: str) -> None:
    assert search(typed)[0].code == code


def test_a_site_brings_every_procedure_made_there() -> None:
    assert {"carte_identite", "passeport", "carte_grise", "permis_conduire"} <= {one.code for one in search("ants")}


@given(st.sampled_from(CATALOGUE))
def test_every_procedure_is_found_by_its_label_and_each_of_its_synonyms(one: Procedure) -> None:
    assert search(one.label)[0] is one
    assert all(one in search(synonym, limit=len(CATALOGUE)) for synonym in one.synonyms)


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(search(text)) <= 8


def test_nothing_typed_brings_nothing() -> None:
    assert search("") == search(" ’- ") == search("zzzz") == ()
