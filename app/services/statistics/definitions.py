"""What each figure counts, in the words of the advisors: shown at one hover or one key, printed under the figure.

The decisions are in docs/decisions/0014-what-the-figures-count.md.
"""

NOT_TOLD = "Non communiqué"
NOT_SAID = "Non précisé"
NEWER = "Autre (d’une version plus récente de Passerelle)"
NOTED_PROCEDURE = "Autre démarche, précisée en texte libre"
NEWER_PROCEDURE = "Autre démarche (d’une version plus récente de Passerelle)"
ELSEWHERE = "Hors d’un lieu d’activité"
NAMELESS = "Sans nom"
NO_EMPLOYER = "Employeur non renseigné"
DURATIONS = {
    "0-30": "Moins de 30\u00a0min",
    "30-60": "30\u00a0min à 1\u00a0h",
    "60-120": "1\u00a0h à 2\u00a0h",
    "120+": "2\u00a0h et plus",
}
YES, NO = "oui", "non"
REFERRED = {YES: "Oui", NO: "Non", "": NOT_SAID}

_WEIGHTED = "Un atelier de six personnes compte six fois."
_SEVERAL = (
    "Un accompagnement peut en avoir plusieurs\u00a0: la part est celle des accompagnements, ou celle des choix. "
    "Le temps est celui des activités, entier pour chaque ligne."
)
_AT_THE_PLACE = "La commune est celle du lieu, ou celle saisie pour l’activité\u00a0; à distance, il n’y en a pas."
_PEOPLE = "Chaque personne suivie compte une fois, chaque présence anonyme une fois."
SHARED = _WEIGHTED, _SEVERAL, _PEOPLE
"""Sentences that several definitions have in common, said once where all of them stand together."""

TOTALS = {
    "accompaniments": (
        "Chaque personne présente à une activité est un accompagnement\u00a0: un accompagnement individuel en compte "
        "un, un atelier autant que de participants, nommés ou anonymes."
    ),
    "activities": "Les accompagnements individuels et les ateliers enregistrés, sans ceux qui ont été supprimés.",
    "individual": "Les accompagnements d’une seule personne, suivie ou anonyme.",
    "workshops": "Les ateliers collectifs, chacun compté une fois.",
    "workshop_people": "La somme des participants des ateliers, nommés ou anonymes\u00a0: autant d’accompagnements.",
    "people": (
        f"Les personnes différentes. {_PEOPLE} Une personne effacée depuis reste comptée comme une personne suivie."
    ),
    "followed": "Les personnes différentes qui ont une fiche, ou qui en ont eu une, venues au moins une fois.",
    "anonymous": "Les présences sans fiche\u00a0: chacune compte pour une personne, puisque rien ne dit qui c’est.",
    "new_people": (
        "Les personnes accompagnées pour la première fois\u00a0: pour une personne suivie, son tout premier "
        "accompagnement est dans la période\u00a0; une personne anonyme est nouvelle si "
        "«\u00a0déjà accompagné\u00a0» n’est pas coché."
    ),
    "known_people": "Les personnes accompagnées, moins les nouvelles.",
    "came_back": "Les personnes suivies venues au moins deux fois dans la période.",
    "minutes": (
        "La durée des activités. Un atelier d’une heure compte une heure, quel que soit le nombre de participants."
    ),
    "face_to_face_minutes": "La durée des accompagnements individuels qui n’étaient pas à distance.",
    "remote_minutes": "La durée des accompagnements individuels à distance.",
    "workshop_minutes": "La durée des ateliers collectifs, quel que soit le nombre de participants.",
    "mean_workshop_people": "Le nombre de participants des ateliers, divisé par le nombre d’ateliers.",
}
"""For each figure of `Totals`."""

HOURS = (
    "Les activités enregistrées le jour même, selon l’heure de leur enregistrement sur l’horloge de cet ordinateur. "
    "Celles qui ont été saisies un autre jour n’y sont pas."
)
AUTONOMY_PATHS = (
    "Les personnes suivies dont le niveau d’autonomie a été noté au moins deux fois dans la période\u00a0: "
    "de leur premier niveau au dernier."
)

ASSESSMENTS = (
    "Les diagnostics numériques terminés dont la date est dans la période, et les personnes différentes qui en ont eu "
    "un. Illectronisme\u00a0: aucun des cinq domaines n’a les bases, ou internet n’a pas été utilisé depuis trois mois "
    "(Insee, 2021). Les progrès vont du premier diagnostic de la période au dernier, pour qui en a eu au moins deux. "
    "Seules les dates et la personne du filtre comptent ici."
)

BREAKDOWNS = {
    "topics": ("Thématiques de médiation numérique", f"Les accompagnements par thématique. {_WEIGHTED} {_SEVERAL}"),
    "families": (
        "Thématiques de démarches administratives",
        f"Les accompagnements par famille de démarches. {_WEIGHTED} {_SEVERAL}",
    ),
    "procedures": (
        "Démarches",
        "Les accompagnements par démarche de la liste. Les démarches écrites en texte libre tiennent sur une seule "
        f"ligne, car un texte peut nommer quelqu’un. {_SEVERAL}",
    ),
    "tags": (
        "Étiquettes",
        f"Les accompagnements par étiquette, sans les étiquettes supprimées. {_WEIGHTED} {_SEVERAL}",
    ),
    "equipment": ("Matériel utilisé", f"Les accompagnements par matériel utilisé. {_WEIGHTED} {_SEVERAL}"),
    "place_kinds": ("Canaux", f"Les accompagnements selon l’endroit où ils ont eu lieu. {_WEIGHTED}"),
    "durations": ("Durées", f"Les accompagnements selon la durée de leur activité. {_WEIGHTED}"),
    "places": (
        "Lieux d’activité",
        "Les accompagnements par lieu d’activité\u00a0; à domicile, à distance et ailleurs sont sur la dernière ligne. "
        f"{_WEIGHTED}",
    ),
    "municipalities": ("Communes", f"Les accompagnements par commune. {_AT_THE_PLACE}"),
    "epcis": ("Intercommunalités (EPCI)", f"Les accompagnements par intercommunalité. {_AT_THE_PLACE}"),
    "departments": ("Départements", f"Les accompagnements par département. {_AT_THE_PLACE}"),
    "organisations": (
        "Structures employeuses",
        "Les accompagnements par employeur\u00a0: celui dont le contrat avait commencé en dernier au jour de "
        "l’activité, le premier pour ce qui vient avant.",
    ),
    "autonomy": ("Autonomie", "Les accompagnements individuels par niveau d’autonomie noté."),
    "levels": ("Niveau des ateliers", "Les ateliers par niveau, chacun compté une fois."),
    "referred": (
        "Orientation",
        "Les accompagnements individuels selon que la personne a été orientée vers une autre structure.",
    ),
    "referrals": (
        "Structures de redirection",
        "Les accompagnements individuels suivis d’une orientation, par sorte de structure.",
    ),
    "genders": (
        "Genre",
        f"Les personnes différentes, selon leur fiche ou, sans fiche, leur présence. {_PEOPLE}",
    ),
    "age_bands": (
        "Tranches d’âge",
        "Les personnes différentes selon leur âge au jour de l’activité\u00a0; pour une personne venue plusieurs fois, "
        f"au jour de la dernière. {_PEOPLE}",
    ),
    "statuses": (
        "Statuts",
        f"Les personnes différentes selon leur situation, d’après leur fiche ou, sans fiche, leur présence. {_PEOPLE}",
    ),
    "residences": (
        "Communes de résidence",
        f"Les personnes différentes selon la commune où elles habitent. {_PEOPLE} Les participants anonymes d’un "
        "atelier n’en ont pas.",
    ),
}
"""Title and definition of each breakdown."""
