"""Finds where a table starts and what it is: the row of its headings, below whatever blocks come before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from app.errors import UserError
from app.folding import fold
from app.services.imports import cells
from app.services.imports.lines import FileKind
from app.services.imports.opening import Cell, Table

_FIRST_ROWS = 80
"""Headings are looked for in these; blocks « Informations export » and « Filtres » take about twenty."""
_FEWEST = 2

_ACTIVITIES = {
    "day": ("Date", "Date de l’accompagnement"),
    "recorded_at": ("Enregistré le", "Enregistrée le"),
    "changed_at": ("Dernière modification le",),
    "advisor_first_name": ("Prénom du médiateur",),
    "advisor_last_name": ("Nom du médiateur",),
    "kind": ("Type", "Type d’accompagnement"),
    "participants": ("Participants",),
    "person": ("Bénéficiaire", "Bénéficiaires"),
    "place_kind": ("Canaux d’accompagnement", "Canal d’accompagnement", "Canaux", "Canal"),
    "place": ("Nom du lieu", "Lieu d’activité"),
    "address": ("Adresse",),
    "commune": ("Commune",),
    "postal_code": ("Code postal",),
    "insee_code": ("Code Insee",),
    "minutes": ("Durée (min)", "Durée", "Durée (minutes)"),
    "title": ("Nom de l’atelier", "Titre de l’atelier"),
    "equipment": ("Matériel numérique utilisé", "Matériel utilisé", "Matériel"),
    "topics": ("Thématique(s) d’accompagnement", "Thématiques d’accompagnement", "Thématique(s)", "Thématiques"),
    "tags": ("Tags", "Tags spécifiques", "Étiquettes"),
    "procedures": ("Nom de la démarche administrative", "Démarche administrative"),
    "stars": ("Niveau d’autonomie (ou de l’atelier)", "Niveau d’autonomie"),
    "referred": ("Bénéficiaire réorienté", "Bénéficiaire orienté"),
    "referral": ("Structure de redirection",),
    "person_commune": ("Commune du bénéficiaire",),
    "person_postal_code": ("Code postal du bénéficiaire",),
    "person_insee_code": ("Code Insee du bénéficiaire",),
    "gender": ("Genre du bénéficiaire",),
    "age_band": ("Tranche d’âge du bénéficiaire",),
    "status": ("Statut du bénéficiaire",),
    "notes": ("Notes supplémentaires", "Notes"),
    "id": ("ID CRA",),
}
_PEOPLE = {
    "last_name": ("Nom", "Nom d’usage", "Nom de famille"),
    "first_name": ("Prénom", "Prénom(s)", "Prénoms"),
    "birth_year": ("Année de naissance",),
    "commune": ("Nom de la commune", "Commune", "Commune de résidence"),
    "insee_code": ("Code INSEE",),
    "postal_code": ("Code postal",),
    "phone": ("N° de téléphone", "Nº de téléphone", "Numéro de téléphone", "Téléphone"),
    "email": ("E-mail", "Email", "Adresse e-mail", "Courriel"),
    "gender": ("Genre",),
    "age_band": ("Tranche d’âge",),
    "status": ("Statut", "Statut du bénéficiaire"),
    "accompaniments": ("Nombre d’accompagnements",),
    "notes": ("Notes supplémentaires", "Notes complémentaires", "Notes"),
}
_CRA = {
    "_id": ("_id", "id", "ID CRA", "_id.$oid"),
    "createdAt": ("createdAt", "createdAt.$date", "Date de création", "Enregistré le", "Date de saisie"),
    "dateAccompagnement": (
        "dateAccompagnement", "dateAccompagnement.$date", "Date de l’accompagnement", "Date d’accompagnement", "Date",
    ),
    "cp": ("cp",),
    "codePostal": ("codePostal", "Code postal"),
    "nomCommune": ("nomCommune", "Commune", "Nom de la commune"),
    "codeCommune": ("codeCommune", "Code INSEE", "Code commune"),
    "canal": ("canal", "Canal", "Canal d’accompagnement", "Lieu de l’accompagnement"),
    "permanence": (
        "permanence", "permanence.nomEnseigne", "nomEnseigne", "Lieu d’activité", "Permanence", "Nom du lieu",
    ),
    "activite": ("activite", "Activité", "Type d’activité", "Type d’accompagnement"),
    "nbParticipants": ("nbParticipants", "Nombre de participants", "Participants"),
    "nbParticipantsRecurrents": (
        "nbParticipantsRecurrents", "Nombre de participants récurrents", "Participants récurrents",
    ),
    "age": ("age", "Âge", "Tranche d’âge", "Catégorie d’âge ou âge moyen du groupe"),
    "age.moins12ans": ("age.moins12ans", "moins12ans", "-12 ans", "Moins de 12 ans"),
    "age.de12a18ans": ("age.de12a18ans", "de12a18ans", "12-18 ans", "De 12 à 18 ans"),
    "age.de18a35ans": ("age.de18a35ans", "de18a35ans", "18-35 ans", "De 18 à 35 ans"),
    "age.de35a60ans": ("age.de35a60ans", "de35a60ans", "35-60 ans", "De 35 à 60 ans"),
    "age.plus60ans": ("age.plus60ans", "plus60ans", "Plus de 60 ans", "+60 ans"),
    "statut": ("statut", "Statut"),
    "statut.etudiant": ("statut.etudiant", "etudiant", "Scolarisé(e)", "Étudiant(e)"),
    "statut.sansEmploi": ("statut.sansEmploi", "sansEmploi", "Sans emploi"),
    "statut.enEmploi": ("statut.enEmploi", "enEmploi", "En emploi"),
    "statut.retraite": ("statut.retraite", "retraite", "Retraité"),
    "statut.heterogene": ("statut.heterogene", "heterogene", "Non renseigné ou hétérogène"),
    "themes": ("themes", "Thèmes", "Thématiques", "Thématique(s) de l’accompagnement", "Thème(s)"),
    "sousThemes": ("sousThemes", "Sous-thèmes"),
    "annotation": ("annotation", "Annotation"),
    "duree": ("duree", "Durée", "Temps"),
    "accompagnement": ("accompagnement", "Suite", "Accompagnement poursuivi"),
    "accompagnement.individuel": ("accompagnement.individuel",),
    "accompagnement.atelier": ("accompagnement.atelier",),
    "accompagnement.redirection": ("accompagnement.redirection", "redirection"),
    "organismes": ("organismes", "Organismes", "Organismes de réorientation"),
}  # fmt: skip
_NEEDED = {
    FileKind.ACTIVITIES: ("day", "kind", "place_kind", "minutes", "topics"),
    FileKind.PEOPLE: ("last_name", "first_name"),
    FileKind.CRA_V2: ("canal", "activite", "themes", "duree"),
}
_HEADINGS = {FileKind.ACTIVITIES: _ACTIVITIES, FileKind.PEOPLE: _PEOPLE, FileKind.CRA_V2: _CRA}
_UNKNOWN = (
    "Passerelle ne reconnaît pas les colonnes de ce fichier\u00a0: choisissez une liste d’accompagnements ou de "
    "bénéficiaires de «\u00a0La Coop\u00a0», d’anciens comptes rendus, ou un fichier de Passerelle."
)
_OTHER_FILES = {
    "Organisé par": (
        "Ce fichier liste des activités de coordination, que Passerelle ne garde pas\u00a0: "
        "choisissez une liste d’accompagnements."
    ),
    "Statistiques générales": (
        "Ce fichier contient des statistiques, et non la liste dont elles viennent\u00a0: "
        "choisissez une liste d’accompagnements."
    ),
}
"""What is said of other files of « La Coop », by a cell that each has among its first rows."""


def _key(heading: str) -> str:
    return fold(heading).replace(" ", "")


_FIELDS = {
    kind: {_key(name): field for field, names in fields.items() for name in names} for kind, fields in _HEADINGS.items()
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose headings are known."""

    kind: FileKind
    places: Mapping[str, int]
    """In which column each field is, from 0."""
    headings: Mapping[str, str]
    """How the file itself names each field that it has; the usual name of those that it lacks."""
    rows: Iterator[tuple[int, Sequence[Cell]]]
    """What comes below the headings, with the number of each row."""
    height: int
    merged: frozenset[int] = frozenset()
    follows_template: bool = False
    """The headings take two rows, as in the template of « La Coop »."""


def recognised(tables: Iterator[Table]) -> Sheet:
    """The first table whose headings are known; raises UserError if there is none, or where columns are missing."""
    missing = ""
    for table in tables:
        first = list(islice(table.rows, _FIRST_ROWS))
        best = max(
            ((kind, number) for number in range(len(first)) for kind in _HEADINGS),
            key=lambda one: len(_places(one[0], first[one[1]])),
            default=None,
        )
        missing = missing or _other_file(first)
        if best is None or len(_places(best[0], first[best[1]])) < _FEWEST:
            continue
        sheet = _sheet(best[0], best[1], first, table)
        missing = missing or _missing(best[0], sheet.places)
        if not _missing(best[0], sheet.places):
            return sheet
    raise UserError(missing or _UNKNOWN)


def _other_file(first: Sequence[Sequence[Cell]]) -> str:
    said = {cells.line(cell) for row in first for cell in row if isinstance(cell, str) and len(cell) < 50}
    return next((sentence for name, sentence in _OTHER_FILES.items() if name in said), "")


def check_objects(objects: Sequence[Mapping[str, Any]]) -> None:
    """Raise UserError unless objects of a JSON file, already flattened, are old activity reports."""
    if not all({"canal", "activite"} <= set(one) for one in objects[:_FIRST_ROWS]):
        raise UserError(_UNKNOWN)


def _places(kind: FileKind, row: Sequence[Cell]) -> dict[str, int]:
    fields = _FIELDS[kind]
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        field = fields.get(_key(cells.line(cell))) if isinstance(cell, str) else None
        if field:
            found.setdefault(field, place)
    return found


def _sheet(kind: FileKind, number: int, first: list[Sequence[Cell]], table: Table) -> Sheet:
    row, below = first[number], first[number + 1 : number + 2]
    two_rows = (
        kind is FileKind.PEOPLE and bool(below) and {"Code INSEE", "Code postal"} <= set(map(cells.line, below[0]))
    )
    places = _places(kind, _joined(row, below[0]) if two_rows else row)
    start = number + 2 if two_rows else number + 1
    named = {field: cells.line(row[place]) if place < len(row) else "" for field, place in places.items()}
    return Sheet(
        kind=_generation(places) if kind is FileKind.CRA_V2 else kind,
        places=places,
        headings={field: named.get(field) or names[0] for field, names in _HEADINGS[kind].items()},
        rows=enumerate(chain(first[start:], table.rows), start=start + 1),
        height=table.height,
        merged=table.merged,
        follows_template=two_rows,
    )


def _joined(above: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """One row of headings from two: below « Commune », « Nom » is the name of the commune."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    return [up if up or cells.line(low) == "Nom" else low for up, low in zip(upper, lower, strict=True)]


def _generation(places: Mapping[str, int]) -> FileKind:
    is_second = "dateAccompagnement" in places or any(field.startswith(("age.", "statut.")) for field in places)
    return FileKind.CRA_V2 if is_second else FileKind.CRA_V1


def _missing(kind: FileKind, places: Mapping[str, int]) -> str:
    """A sentence that names the columns without which nothing can be read; empty if all are there."""
    needed = _NEEDED[FileKind.CRA_V2 if kind is FileKind.CRA_V1 else kind]
    missing = [_HEADINGS[kind][field][0] for field in needed if field not in places]
    if 2 * len(missing) > len(needed):
        return _UNKNOWN
    listed = ", ".join(f"«\u00a0{name}\u00a0»" for name in missing)
    columns, them = ("la colonne", "la") if len(missing) == 1 else ("les colonnes", "les")
    return f"Il manque à ce fichier {columns} {listed}\u00a0: ajoutez-{them}, puis recommencez." if missing else ""
