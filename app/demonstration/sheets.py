"""The learner sheets of the demonstration: those handed over, and one that the advisor wrote."""

from datetime import date, timedelta

from app.database import Database
from app.services.sheets import own
from protocol.vocabulary import Topic

HANDED_OVER = {
    Topic.EMAIL: "envoyer-un-e-mail",
    Topic.BROWSING: "naviguer-sur-internet",
    Topic.HEALTH: "prendre-rendez-vous-chez-le-medecin",
    Topic.DIGITAL_SAFETY: "reconnaitre-une-arnaque",
}
"""What is handed over with a topic, every other day."""
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


def write_a_sheet(database: Database, today: date) -> None:
    """A sheet about the place itself, checked some days ago."""
    own.save(database, _OWN_SHEET.format(day=today - timedelta(days=12)))
