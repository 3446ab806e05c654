"""The words of the activity reports of 2021 to 2024, and what they are in the lists of today.

Source: the State's own migration to « La Coop de la médiation numérique », fact sheet of the programme §1.1 to 1.4
(2026-06-30). Where a report tells less than the lists of today, the nearest wider answer is taken, and said.
"""

from app.folding import fold
from protocol.vocabulary import ActivityKind, AgeBand, Equipment, PlaceKind, ReferralTarget, SocialStatus, Topic

_THEMES: tuple[tuple[tuple[str, ...], tuple[Topic, ...]], ...] = (
    (
        (
            "equipement informatique",
            "Prendre en main un équipement informatique (ordinateur, smartphone, tablette, etc.)",
            "Équipement informatique",
            "Prendre en main du matériel",
        ),
        (Topic.FIRST_STEPS_WITH_EQUIPMENT, Topic.MANAGING_CONTENT),
    ),
    (("internet", "Naviguer sur Internet", "Comment naviguer sur Internet"), (Topic.BROWSING,)),
    (
        ("courriel", "Envoyer, recevoir, gérer ses courriels", "Courriels", "Gérer ses courriels"),
        (Topic.EMAIL,),
    ),
    (
        (
            "smartphone",
            "Installer et utiliser des applications utiles sur son smartphone",
            "Applications smartphone",
        ),
        (Topic.FIRST_STEPS_WITH_EQUIPMENT,),
    ),
    (
        (
            "contenus numeriques",
            "Créer et gérer (stocker, ranger, partager) ses contenus numériques",
            "Gestion de contenus numériques",
        ),
        (Topic.CREATING,),
    ),
    (
        (
            "vocabulaire",
            "Connaître l’environnement et le vocabulaire numérique",
            "Env., vocab. numérique",
            "Culture numérique",
        ),
        (Topic.DIGITAL_CULTURE,),
    ),
    (
        ("traitement texte", "Apprendre les bases du traitement de texte", "Traitement de texte", "Bureautique"),
        (Topic.OFFICE_SOFTWARE,),
    ),
    (("echanger", "Échanger avec ses proches"), (Topic.SOCIAL_NETWORKS,)),
    (("trouver emploi", "Trouver un emploi ou une formation", "Emploi, formation"), (Topic.EMPLOYMENT,)),
    (("accompagner enfant", "Accompagner son enfant", "Accompagner un aidant"), (Topic.PARENTING,)),
    (
        (
            "tpe/pme",
            "Comprendre ce que le numérique peut apporter à sa TPE/PME",
            "Numérique et TPE/PME",
            "Assister un professionnel",
        ),
        (Topic.BUSINESS,),
    ),
    (
        (
            "demarche en ligne",
            "Réaliser une démarche en ligne",
            "Démarche en ligne",
            "Démarches administratives",
        ),
        (Topic.ADMINISTRATIVE_HELP,),
    ),
    (("autre", "Autre…"), ()),
    (
        (
            "securite", "Sécuriser un équipement", "fraude et harcelement", "Prévenir les fraudes, le harcèlement",
            "Fraude et harcèlement",
        ),
        (Topic.DIGITAL_SAFETY,),
    ),
    (("sante", "Santé"), (Topic.HEALTH,)),
    (("diagnostic", "Diagnostic numérique"), (Topic.ASSESSMENT,)),
    (("budget", "Budget"), (Topic.BANKING_AND_SHOPPING,)),
    (("scolaire", "Scolaire"), (Topic.SCHOOLING,)),
)  # fmt: skip
THEMES = {fold(name): topics for names, topics in _THEMES for name in names}

KINDS = {
    **dict.fromkeys(("collectif", "atelier collectif", "atelier"), ActivityKind.WORKSHOP),
    **dict.fromkeys(("individuel", "accompagnement individuel"), ActivityKind.INDIVIDUAL),
    **dict.fromkeys(("ponctuel", "demande ponctuelle"), ActivityKind.INDIVIDUAL),
}
CANALS = {
    **dict.fromkeys(("rattachement", "lieu de rattachement", "lieu d activite"), PlaceKind.PLACE),
    **dict.fromkeys(("autre", "autre lieu"), PlaceKind.OTHER),
    **dict.fromkeys(("distance", "a distance"), PlaceKind.REMOTE),
    **dict.fromkeys(("domicile", "a domicile"), PlaceKind.HOME),
}
LENGTHS = {
    **dict.fromkeys(("0 30", "30 min ou moins", "moins de 30 minutes", "moins de 30 min"), 30),
    **dict.fromkeys(("30 60", "30 min a 1h", "30 minutes a 1h"), 60),
}
"""Minutes, as the time statistics of the programme counted them (§2.1)."""

AGES: dict[str, tuple[tuple[AgeBand, int], ...]] = {
    "moins12ans": ((AgeBand.UNDER_12, 100),),
    "de12a18ans": ((AgeBand.FROM_12_TO_17, 100),),
    "de18a35ans": ((AgeBand.FROM_18_TO_24, 29), (AgeBand.FROM_25_TO_39, 71)),
    "de35a60ans": ((AgeBand.FROM_40_TO_59, 100),),
    "plus60ans": ((AgeBand.FROM_60_TO_69, 48), (AgeBand.OVER_70, 52)),
}
"""Per cent of each age band of the time in the age bands of today."""
ONE_AGE = {
    **dict.fromkeys(("12", "moins de 12"), "moins12ans"),
    **dict.fromkeys(("12 18", "de 12 a 18"), "de12a18ans"),
    **dict.fromkeys(("18 35", "de 18 a 35"), "de18a35ans"),
    **dict.fromkeys(("35 60", "de 35 a 60"), "de35a60ans"),
    **dict.fromkeys(("60", "plus de 60"), "plus60ans"),
}
STATUSES = {
    "etudiant": SocialStatus.AT_SCHOOL,
    "sansEmploi": SocialStatus.JOBLESS,
    "enEmploi": SocialStatus.EMPLOYED,
    "retraite": SocialStatus.RETIRED,
    "heterogene": SocialStatus.UNKNOWN,
}
ONE_STATUS = {
    **dict.fromkeys(("etudiant", "etudiant e", "scolarise e", "scolarise"), "etudiant"),
    **dict.fromkeys(("sans emploi", "sansemploi"), "sansEmploi"),
    **dict.fromkeys(("en emploi", "enemploi"), "enEmploi"),
    **dict.fromkeys(("retraite", "retraite e"), "retraite"),
    **dict.fromkeys(("heterogene", "non renseigne ou heterogene", "non renseigne"), "heterogene"),
}
EQUIPMENT = {"ordinateur": Equipment.COMPUTER, "tablette": Equipment.TABLET, "telephone": Equipment.PHONE}
SUB_THEMES = {
    "espace-sante": "Mon espace santé",
    "fourniture": "Fourniture (impression, scanner)",
    "parent": "Parent, proche",
    "social": "Travailleur social",
    "enseignant": "Enseignant",
    "ordinateur": "Ordinateur",
    "tablette": "Tablette",
    "telephone": "Téléphone",
}

_BODIES = {
    ReferralTarget.OPERATOR: ("ANTS", "CAF", "CARSAT", "CPAM", "DGFIP"),
    ReferralTarget.SOCIAL_CARE: ("Assistante sociale", "CCAS", "CEFS"),
    ReferralTarget.EMPLOYMENT: ("CIP", "Mission locale", "Pôle emploi", "France Travail"),
    ReferralTarget.ADMINISTRATIVE_HELP: ("France Services",),
    ReferralTarget.ADMINISTRATION: ("Mairie", "Préfecture", "Sous-préfecture", "Service de police", "Gendarmerie"),
    ReferralTarget.DIGITAL_MEDIATION: ("Médiathèque", "Tiers-lieu / Fablab"),
}
BODIES = {fold(name): target for target, names in _BODIES.items() for name in names}
"""The sort of structure of each « organisme »; any other is « Autre »."""
