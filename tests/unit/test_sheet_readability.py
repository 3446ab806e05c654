"""How easy a text is: its syllables as they are said, its words and sentences, and what the measure makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.sheets.readability import measure, sentences, syllables, words_of

SPOKEN = {
    1: "mot passe page que feuille yeux oui août le les je voient aiment lieu compte banque carte grise vue rue langue "
    "quelque longue",
    2: "école cliquez adresse message ouvrez client créer naïf image souvent demandent papier démarche bouton écran "
    "nouveau famille bouteille essaye argent dernière impôts clavier souris dossier photo réponse idée année "
    "entrée monnaie voyez pays crayon guichet jeudi patient l’adresse vous-même premier Noël moment",
    3: "envoyer appuyez téléphone travailler essayez création réunion poésie aérien oublier document imprimante "
    "vérifiez société conseiller caméra médecin revenus numéro vidéo appeler confirmez connexion étudiant février",
    4: "ordinateur identité navigateur application enregistrez déclaration sécurité électronique",
}


@pytest.mark.parametrize(("word", "count"), [(word, n) for n, words in SPOKEN.items() for word in words.split()])
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_dots_of_an_address_end_no_sentence() -> None:
    assert len(sentences("Tapez impots.gouv.fr dans la barre. Une page s’ouvre.")) == 2
    assert words_of("Tapez impots.gouv.fr : 12 signes.") == ["Tapez", "impots.gouv.fr", "signes"]


def test_easy_french_is_told_from_the_french_of_an_office() -> None:
    easy = measure(["Ouvrez votre messagerie.", "Cliquez sur « Envoyer ».", "Votre message part tout de suite."])
    hard = measure(
        [
            "L’authentification préalable de l’administré conditionne la recevabilité de toute sollicitation "
            "dématérialisée adressée aux services instructeurs compétents."
        ]
    )
    assert easy.score > 70 > 20 > hard.score
    assert hard.mean > 11 > easy.mean


@given(st.text(max_size=200))
def test_any_text_can_be_measured(text: str) -> None:
    ease = measure([text])
    assert ease.syllables >= ease.words >= ease.sentences >= 0
    assert ease.score <= 207
