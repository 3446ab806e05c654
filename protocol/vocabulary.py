"""The closed lists of the field: English names, official French codes as values.

Source of the codes: public API v1 of « La Coop de la médiation numérique » (ANCT), read 2026-06-30.
The order of each list is the order on screen.
"""

from enum import StrEnum


class RecordKind(StrEnum):
    """The sorts of record that a notebook keeps and synchronises."""

    ACTIVITY = "activity"
    ATTENDANCE = "attendance"
    BENEFICIARY = "beneficiary"
    PLACE = "place"
    TAG = "tag"
    COMPUTER = "computer"
    ORGANISATION = "organisation"
    CASE = "case"
    PROCEDURE = "procedure"
    MANDATE = "mandate"
    MANDATE_ENTRY = "mandate_entry"
    ASSESSMENT = "assessment"
    SHEET = "sheet"
    APPOINTMENT = "appointment"


class ActivityKind(StrEnum):
    """Accompaniment of one person, or workshop of several."""

    INDIVIDUAL = "individuel"
    WORKSHOP = "collectif"


class PlaceKind(StrEnum):
    """Where an activity took place (« canal »)."""

    PLACE = "lieu_activite"
    OTHER = "autre"
    HOME = "domicile"
    REMOTE = "a_distance"


class Equipment(StrEnum):
    """Digital equipment used during an activity."""

    COMPUTER = "ordinateur"
    PHONE = "telephone"
    TABLET = "tablette"
    OTHER = "autre"
    NONE = "aucun"


class Topic(StrEnum):
    """The 19 topics of digital mediation; ADMINISTRATIVE_HELP unlocks the families of procedures."""

    ASSESSMENT = "diagnostic_numerique"
    FIRST_STEPS_WITH_EQUIPMENT = "prendre_en_main_du_materiel"
    EQUIPMENT_MAINTENANCE = "maintenance_de_materiel"
    MANAGING_CONTENT = "gere_ses_contenus_numeriques"
    BROWSING = "navigation_sur_internet"
    EMAIL = "email"
    OFFICE_SOFTWARE = "bureautique"
    SOCIAL_NETWORKS = "reseaux_sociaux"
    HEALTH = "sante"
    BANKING_AND_SHOPPING = "banque_et_achats_en_ligne"
    BUSINESS = "entrepreneuriat"
    EMPLOYMENT = "insertion_professionnelle"
    DIGITAL_SAFETY = "securite_numerique"
    PARENTING = "parentalite"
    SCHOOLING = "scolarite_et_numerique"
    CREATING = "creer_avec_le_numerique"
    DIGITAL_CULTURE = "culture_numerique"
    ARTIFICIAL_INTELLIGENCE = "intelligence_artificielle"
    ADMINISTRATIVE_HELP = "aide_aux_demarches_administratives"


class ProcedureFamily(StrEnum):
    """The 11 families of administrative procedures (démarches)."""

    IDENTITY_AND_CITIZENSHIP = "papiers_elections_citoyennete"
    FAMILY_AND_SCHOOL = "famille_scolarite"
    SOCIAL_AND_HEALTH = "social_sante"
    WORK_AND_TRAINING = "travail_formation"
    HOUSING = "logement"
    TRANSPORT = "transports_mobilite"
    MONEY_AND_TAX = "argent_impots"
    JUSTICE = "justice"
    FOREIGNERS_AND_EUROPE = "etrangers_europe"
    LEISURE_AND_CULTURE = "loisirs_sports_culture"
    ASSOCIATIONS = "associations"


class Autonomy(StrEnum):
    """How far the person did it alone, from one to three stars."""

    GUIDED = "entierement_accompagne"
    PARTLY = "partiellement_autonome"
    AUTONOMOUS = "autonome"


class ReferralTarget(StrEnum):
    """To what sort of structure the person was referred."""

    ADMINISTRATION = "administration"
    DIGITAL_MEDIATION = "mediation_numerique"
    OPERATOR = "operateur_ou_organisme_en_charge"
    SOCIAL_CARE = "aide_sociale"
    EMPLOYMENT = "insertion_professionnelle"
    ADMINISTRATIVE_HELP = "aide_aux_demarches_administratives"
    OTHER = "autre"


class WorkshopLevel(StrEnum):
    """Level of a workshop, from one to three stars."""

    BEGINNER = "debutant"
    INTERMEDIATE = "intermediaire"
    ADVANCED = "avance"


class Gender(StrEnum):
    """Gender as the person states it."""

    MALE = "masculin"
    FEMALE = "feminin"
    UNKNOWN = "non_communique"


class AgeBand(StrEnum):
    """Age band of a person at the date of an activity, oldest first."""

    OVER_70 = "soixante_dix_plus"
    FROM_60_TO_69 = "soixante_soixante_neuf"
    FROM_40_TO_59 = "quarante_cinquante_neuf"
    FROM_25_TO_39 = "vingt_cinq_trente_neuf"
    FROM_18_TO_24 = "dix_huit_vingt_quatre"
    FROM_12_TO_17 = "douze_dix_huit"
    UNDER_12 = "moins_de_douze"
    UNKNOWN = "non_communique"


class SocialStatus(StrEnum):
    """Situation of a person with regard to work."""

    RETIRED = "retraite"
    JOBLESS = "sans_emploi"
    EMPLOYED = "en_emploi"
    AT_SCHOOL = "scolarise"
    UNKNOWN = "non_communique"


class CaseStatus(StrEnum):
    """How far a person's procedure (démarche) has come."""

    TO_PREPARE = "a_preparer"
    SUBMITTED = "deposee"
    WAITING = "en_attente"
    TO_COMPLETE = "a_completer"
    DONE = "terminee"
    ABANDONED = "abandonnee"


class AppointmentStatus(StrEnum):
    """How an appointment (rendez-vous) ended; codes of RDV Service Public, which « La Coop » takes over (§4.4)."""

    EXPECTED = "unknown"
    """To come; once its time is past, how it ended is not told yet."""
    HONOURED = "seen"
    MISSED = "noshow"
    EXCUSED = "excused"
    """The person cancelled it."""
    CANCELLED = "revoked"
    """The advisor cancelled it."""


class MandateDuration(StrEnum):
    """How long a mandate lasts: 1, 31, 182 or 365 days (Aidants Connect, fact sheet programme.md §5.1)."""

    DAY = "un_jour"
    MONTH = "un_mois"
    SEMESTER = "six_mois"
    YEAR = "un_an"


class MandateFamily(StrEnum):
    """The ten families of procedures of a mandate, each revoked by itself (Aidants Connect, programme.md §5.1)."""

    IDENTITY = "papiers"
    FAMILY = "famille"
    SOCIAL = "social"
    WORK = "travail"
    HOUSING = "logement"
    TRANSPORT = "transports"
    MONEY = "argent"
    JUSTICE = "justice"
    FOREIGNERS = "etranger"
    LEISURE = "loisirs"


class MandateAct(StrEnum):
    """What an entry of the journal of a mandate tells."""

    SIGNED = "signature"
    USED = "utilisation"
    REVOKED = "revocation"
    ENDED = "fin"


class Signing(StrEnum):
    """How a mandate was signed."""

    PAPER = "papier"
    SCREEN = "ecran"


class Consent(StrEnum):
    """What the person answered where keeping their data rests on their consent (RGPD, articles 6-1 a and 7)."""

    GIVEN = "donne"
    REFUSED = "refuse"
    WITHDRAWN = "retire"


class SkillDomain(StrEnum):
    """The five domains of the digital skills indicator (Eurostat, Digital Skills Indicator 2.0, 2021; Insee)."""

    INFORMATION = "information"
    COMMUNICATION = "communication"
    CONTENT = "creation"
    SAFETY = "protection"
    PROBLEMS = "problemes"
