"""Writes the files that advisors import, as « La Coop » and spreadsheet programs make them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from app.services.exports import ods
from app.services.exports.sheets import Row, Sheet
from app.services.imports import reading
from app.services.imports.lines import ReadFile
from app.services.progress import Progress

TODAY = date(2026, 11, 28)
HEADINGS = (
    "Date", "Enregistré le", "Dernière modification le", "Type", "Participants", "Bénéficiaire",
    "Canaux d’accompagnement", "Nom du lieu", "Adresse", "Commune", "Code postal", "Code Insee", "Durée (min)",
    "Nom de l’atelier", "Matériel numérique utilisé", "Thématique(s) d’accompagnement", "Tags",
    "Nom de la démarche administrative", "Niveau d’autonomie (ou de l’atelier)", "Bénéficiaire réorienté",
    "Structure de redirection", "Commune du bénéficiaire", "Code postal du bénéficiaire", "Code Insee du bénéficiaire",
    "Genre du bénéficiaire", "Tranche d’âge du bénéficiaire", "Statut du bénéficiaire", "Notes supplémentaires",
    "ID CRA",
)  # fmt: skip
"""Of « La Coop »'s own export (fact sheet §5.3)."""
ID = "0b8f0f5c-6f0e-4a7e-9a53-3f1d2c4b5a69"
SAID = {
    "Date": "12/03/2024",
    "Enregistré le": "12/03/2024 à 17:05",
    "Type": "Accompagnement individuel",
    "Participants": "1",
    "Bénéficiaire": "Jeanne Delmas",
    "Canaux d’accompagnement": "Lieu d’activité",
    "Nom du lieu": "Médiathèque des Cévennes",
    "Adresse": "2 rue du Marché",
    "Commune": "Florac Trois Rivières",
    "Code postal": "48400",
    "Code Insee": "48061",
    "Durée (min)": 45,
    "Matériel numérique utilisé": "Ordinateur\nTéléphone",
    "Thématique(s) d’accompagnement": "E-mail\nAide aux démarches administratives\nLogement",
    "Tags": "Été 2024\nMairie, service social",
    "Nom de la démarche administrative": "Aide au logement (APL, ALS, ALF)\nDossier de la rue Haute",
    "Niveau d’autonomie (ou de l’atelier)": "2/3",
    "Bénéficiaire réorienté": "Oui",
    "Structure de redirection": "Administration (mairie, préfecture…)",
    "Commune du bénéficiaire": "Bourg-en-Bresse",
    "Code postal du bénéficiaire": "01000",
    "Code Insee du bénéficiaire": "01053",
    "Genre du bénéficiaire": "Féminin",
    "Tranche d’âge du bénéficiaire": "70 ans et plus",
    "Statut du bénéficiaire": "Retraité",
    "Notes supplémentaires": "Revenir avec le bail.\nTrès contente.",
    "ID CRA": ID,
}
BEFORE = [
    ["Informations export"], ["Nom", "Vidal"], ["Prénom", "Camille"], ["Rôle", "Conseiller Numérique"], ["Total", 1],
    [], ["Filtres"], ["Période", "-"], ["Type d’accompagnement", "-"], ["Tags", "-"], [],
]  # fmt: skip


def row(**other: Any) -> dict[str, Any]:
    """One row of an export; `Date=…` or, for other headings, `**{"Code postal": …}` changes it."""
    return {**SAID, **other}


def workshop(*people: str, **other: Any) -> list[dict[str, Any]]:
    """The rows of a workshop of these people, empty for an anonymous one."""
    common: dict[str, Any] = {
        "Type": "Atelier collectif", "Nom de l’atelier": "Découvrir sa messagerie", "Bénéficiaire réorienté": "",
        "Structure de redirection": "",
    }  # fmt: skip
    return [
        row(
            **common
            | {"Participants": f"{place}/{len(people)}", "Bénéficiaire": name or "Bénéficiaire anonyme"}
            | other
        )
        for place, name in enumerate(people, start=1)
    ]


def table(rows: Iterable[dict[str, Any]], headings: Sequence[str] = HEADINGS, before: Any = BEFORE) -> list[list[Any]]:
    """The rows of a sheet."""
    return [*before, list(headings), *([one.get(name, "") for name in headings] for one in rows)]


def xlsx(path: Path, rows: Iterable[Sequence[Any]], sheet: str = "Activités") -> Path:
    """Write a workbook as « La Coop » does."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        written = workbook.add_worksheet(sheet)
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    written.write_datetime(number, place, cell, day)
                else:
                    written.write(number, place, cell)
    return path


def ods_file(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """Write an OpenDocument workbook."""
    ods.write(path, [Sheet("Activités", [Row(cells) for cells in rows])])
    return path


def csv_file(path: Path, rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    """Write a text table."""
    with path.open("w", newline="", encoding=encoding) as file:
        for cells in rows:
            csv.writer(file, delimiter=separator).writerow([_shown(cell) for cell in cells])
    return path


def _shown(cell: Any) -> Any:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date | datetime) else cell


def read(path: Path) -> ReadFile:
    """What the program reads in a file."""
    return reading.read(path, Progress(), TODAY)
