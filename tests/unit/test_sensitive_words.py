"""Notes warn of what they should not keep, and of nothing else."""

import pytest

from app.services.sensitive_words import Sensitive, found_in

NIR = "2 55 08 14 168 025 38"
"""The example printed on the specimen of the Carte Vitale."""


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ("Mot de passe : Soleil48", Sensitive.PASSWORD),
        ("mdp=azerty", Sensitive.PASSWORD),
        ("Son mot de passe Ameli est jeanne1948", Sensitive.PASSWORD),
        ("Code secret de la carte : 1234", Sensitive.PASSWORD),
        ("MDP Soleil48", Sensitive.PASSWORD),
        (f"Sécu {NIR}", Sensitive.SOCIAL_SECURITY),
        (NIR.replace(" ", ""), Sensitive.SOCIAL_SECURITY),
        ("Numéro 2550814168025", Sensitive.SOCIAL_SECURITY),
        ("Carte 4970 1012 3456 7893", Sensitive.CARD),
        ("Est en dépression depuis mars.", Sensitive.HEALTH),
        ("Suivi pour un CANCER", Sensitive.HEALTH),
    ],
)
def test_what_should_not_be_kept_is_seen(notes: str, kind: Sensitive) -> None:
    assert kind in found_in(notes)


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "A oublié son mot de passe, revient mardi.",
        "Nous avons changé le mot de passe ensemble. Elle l’a noté chez elle.",
        "Compte Ameli créé, carte Vitale à renouveler.",
        "Assurance maladie : attestation téléchargée.",
        "Rendez-vous médical en ligne à la MDPH.",
        "Dossier n° 2026-11-24-000123, rappeler le 06 12 34 56 78.",
        "Appeler le 04 66 00 00 00 entre 9 h et 12 h",
        "Préfère venir avec sa fille, 12 rue de la Mairie 48400 Florac.",
    ],
)
def test_ordinary_notes_are_left_alone(notes: str) -> None:
    assert found_in(notes) == ()
