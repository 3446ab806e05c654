"""Sentences of notes, drawn word by word from words of this bench alone: no dictionary of ours was made of them.

zstd at level 9 leaves 28 % of a thousand of them, and 35 % of a thousand sentences of the French messages of Debian's
programs: were they less varied than what people type, the peers, which compress them in clear, would be favoured.
"""

from random import Random

LENGTH = range(60, 121)
"""Characters of a sentence."""
SLIPS = 0.08
"""The share of the words that are mistyped."""


def sentence(draw: Random) -> str:
    """A sentence of notes, the same for the same state of the draw."""
    while True:
        said = draw.choice(_OPENINGS)(draw)
        if draw.random() < 0.5:
            said += draw.choice(_JOINTS) + draw.choice(_CLOSINGS)(draw)
        said = " ".join(_typed(draw, word) for word in said.split(" "))
        said = said[0].upper() + said[1:] + draw.choice((".", ".", ".", "", "\u00a0!"))
        if len(said) in LENGTH:
            return said


def _typed(draw: Random, word: str) -> str:
    """A word as hurried fingers type it: now and then a letter is missing, doubled or changed places."""
    if len(word) < 4 or draw.random() > SLIPS:
        return word
    at = draw.randrange(1, len(word) - 1)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _one(words: str, draw: Random) -> str:
    return draw.choice(words.split("/"))


def _done(draw: Random) -> str:
    return f"{_one(_SUBJECTS, draw)} {_one(_DONE, draw)} {_thing(draw)} {_one(_MANNERS, draw)}"


def _trouble(draw: Random) -> str:
    return f"{_one(_TROUBLES, draw)} {_thing(draw)}, {_one(_STATES, draw)} {_one(_ABOUT, draw)} {_one(_TOOLS, draw)}"


def _wish(draw: Random) -> str:
    return f"{_one(_WISHES, draw)} {_one(_TO_DO, draw)} {_thing(draw)} {_one(_FOR_WHOM, draw)}"


def _thing(draw: Random) -> str:
    return f"{_one(_THINGS, draw)} {draw.choice((_of, _number, _somebody))(draw)}"


def _of(draw: Random) -> str:
    return _one(_OF, draw)


def _somebody(draw: Random) -> str:
    name = _one(_HEADS, draw) + _one(_MIDDLES, draw) + _one(_TAILS, draw)
    return f"{_one(_TITLES, draw)} {name}"


def _meeting(draw: Random) -> str:
    time = f"{draw.randint(8, 18)} h{draw.choice(('', '15', '30', '45'))}"
    return f"{_one(_MEETINGS, draw)} {_one(_DAYS, draw)} {draw.randint(1, 30)} à {time} {_somebody(draw)}"


def _to_do(draw: Random) -> str:
    return f"{_one(_LEFT, draw)} {_one(_TO_DO, draw)} {_thing(draw)}"


def _number(draw: Random) -> str:
    after = draw.choice(("", f",{draw.randint(10, 99)} €", f"-{draw.randint(2, 99)}", f"/{draw.randint(1, 12)}"))
    return f"{_one(_NUMBERS, draw)} {draw.randint(11, 9899)}{after}"


_OPENINGS = (_done, _done, _trouble, _trouble, _wish)
_CLOSINGS = (_meeting, _to_do, _to_do, _number)
_JOINTS = (", ", "\u00a0; ", ". ", " mais ", " donc ", " puis ", "\u00a0: ", " et ")
_SUBJECTS = (
    "a/on a/a pu/avons/a enfin/a bien/a tout seul/a presque/n’a pas/a de nouveau/a fini par/sa fille a/son voisin a/"
    "elle a/il a/le mari a/nous avons/a déjà/a d’abord/a su"
)
_DONE = (
    "imprimé/téléchargé/scanné/envoyé/complété/retrouvé/effacé/classé/signé/recopié/photographié/vérifié/relu/payé/"
    "annulé/renommé/déplacé/installé/mis à jour/ouvert/corrigé/enregistré/transféré/rempli/validé/commandé/résilié/"
    "actualisé/partagé/reçu/joint/daté/traduit/archivé/consulté/demandé/modifié/comparé/réservé/publié/créé/débloqué"
)
_THINGS = (
    "l’attestation/un avis d’imposition/la demande/son relevé/un dossier/les photos/la facture/son CV/une lettre/"
    "le formulaire/un justificatif/la carte grise/le contrat/un bulletin/l’ordonnance/les billets/l’inscription/"
    "le certificat/sa déclaration/un courrier/le devis/la convocation/son bail/le RIB/un virement/la carte Vitale/"
    "son permis/le passeport/un rendez-vous/l’abonnement/la box/le mot de passe/sa boîte mail/un compte/le chèque/"
    "la mutuelle/une réclamation/l’extrait/les vaccins/la quittance/un remboursement/le bon/son annonce/la recette/"
    "le carnet/les contacts/la musique/un fichier/la mise à jour/l’antivirus/le réseau/la messagerie/les horaires"
)
_OF = (
    "de retraite/du logement/de la CAF/d’EDF/de la mairie/de Free/de son fils/du mois de mars/de la CPAM/de l’école/"
    "du médecin/de 2025/d’avril/de la banque/du garage/de France Travail/de la préfecture/du notaire/de la MSA/"
    "de sa mère/du lycée/de cantine/d’Orange/du propriétaire/de l’assurance/du club/de la SNCF/d’Agirc-Arrco/"
    "de la pension/du collège/de juin/de la piscine/du syndic/de la crèche/d’invalidité/de stage/du vétérinaire"
)
_MANNERS = (
    "sans aide/avec un peu d’aide/pas à pas/au deuxième essai/malgré la lenteur/depuis son téléphone/sur notre poste/"
    "en pièce jointe/au bon format/en PDF/avec sa carte/hors connexion/par courriel/sur clé USB/en vingt minutes/"
    "à la maison/avant de partir/avec ses lunettes/en confiance/avec beaucoup de patience/à partir d’un modèle/"
    "sur tablette/par SMS/devant moi/pour la première fois/dans le bon dossier/en ligne/avec FranceConnect"
)
_TROUBLES = (
    "ne trouvait plus/a perdu/n’arrive pas à ouvrir/s’inquiète pour/ne reçoit pas/bloque sur/confond/n’ose pas envoyer/"
    "a supprimé sans le vouloir/a payé deux fois/hésite à signer/se trompe dans/ne comprend pas/attend toujours/"
    "a oublié/voit mal/a jeté/ne sait pas où est/ne peut pas lire/a fermé trop vite/croyait avoir envoyé"
)
_TOOLS = (
    "Ameli/Gmail/WhatsApp/son Samsung/l’ordinateur du salon/la tablette prêtée/Doctolib/un vieux PC/l’appli bancaire/"
    "Windows/le site des impôts/Pronote/LibreOffice/sa box/Firefox/Leboncoin/ANTS/la clé/le nuage/une imprimante/"
    "Facebook/le Wi-Fi/l’écran tactile/la souris/Google Photos/le clavier/son iPhone/Service-public/Skype/Outlook/"
    "Info-retraite/Vinted/le GPS/Teams/le correcteur/Mappy/YouTube/le scanner/la webcam/un forum/Le Bon Sens"
)
_WISHES = (
    "voudrait/souhaite/aimerait/demande comment/vient pour/a besoin de/doit/préfère/pense à/tient à/a promis de/"
    "espère/compte/cherche à/apprend à/veut d’abord/refuse de/n’a jamais su/accepte de"
)
_TO_DO = (
    "envoyer/imprimer/trier/comparer/ranger/sauvegarder/vendre/traduire/agrandir/retrouver/réserver/suivre/payer/"
    "partager/remplir/annuler/contester/déclarer/vérifier/copier/nommer/bloquer/noter/relancer/prolonger/ouvrir/"
    "reprendre/supprimer/montrer/préparer/changer/protéger/lire/chercher/joindre/apporter/rappeler/installer"
)
_FOR_WHOM = (
    "pour son petit-fils/avant la fin du mois/toute seule/sans déranger ses enfants/pour un emploi saisonnier/"
    "à distance/avec sa sœur/cette semaine/pour l’association/avant ses vacances/dès que possible/à son rythme/"
    "pour le loyer/chez elle/en deux fois/pour la rentrée/à la place de son mari/sans passer par un guichet"
)
_MEETINGS = "revient/rdv/à revoir/repasse/atelier/on se revoit/rappeler/séance/absente jusqu’au/suite/viendra/noté pour"
_LEFT = "reste à/penser à/il faut/prochaine fois/à faire\u00a0:/va/doit encore/voudrait vite/saura/il manque pour"
_NUMBERS = "dossier n°/réf./montant/code postal/reçu/solde/ligne/numéro/ticket/devis/relevé/compteur/chambre/borne"
_STATES = (
    "très à l’aise/un peu perdue/rassuré/fatigué/autonome/ravie/encore hésitante/agacé/motivée/pressé/méfiante/curieux/"
    "plus sûre d’elle/découragé/concentrée/soulagée/inquiet/à l’écoute/contente/débordé/intimidée/patient"
)
_ABOUT = "avec/devant/sur/grâce à/malgré/face à/sans/quand il ouvre/pour/depuis/quand elle utilise/à propos de/par"
_TITLES = "pour Mme/avec M./de Mme/par M./chez Mme/vu M./(cf. Mme/sa voisine Mme/le Dr/à la place de M."
_HEADS = "Ber/Cha/Del/Fau/Gra/Jal/Lab/Mar/Nou/Pey/Rou/Sal/Tri/Vai/Ar/Bou/Cou/Do/Fes/La/Ma/Pra/Ser/Ver"
_MIDDLES = "/be/cha/di/gué/la/mi/no/ri/sa/ti/vi/lle/ga"
_TAILS = "c/gnac/lin/nel/rt/ssade/zet/l/dier/quet/nd/tou/roux/ve/don/ze"
_DAYS = "lundi/mardi/mercredi/jeudi/vendredi/samedi/lun./mar./jeu./le/demain"
