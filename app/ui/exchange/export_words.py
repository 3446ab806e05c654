"""What is said of an export: what it holds, how it is written, and who can read it."""

from app.labels import count
from app.services.exports.requests import ExportKind, FileFormat

KINDS = (
    (ExportKind.ACCOMPANIMENTS, "Liste des accompagnements"),
    (ExportKind.STATISTICS, "Statistiques"),
    (ExportKind.BENEFICIARIES, "Bénéficiaires"),
    (ExportKind.NOTEBOOK, "Tout le carnet"),
)
FORMATS = ((FileFormat.XLSX, "Excel"), (FileFormat.CSV, "CSV"), (FileFormat.ODS, "ODS"))
JSON_LINES = "JSON Lines\u00a0: un texte documenté, que Passerelle relit sans rien perdre."
FILES = {
    FileFormat.XLSX: "Excel (*.xlsx)",
    FileFormat.CSV: "CSV (*.csv)",
    FileFormat.ODS: "OpenDocument (*.ods)",
    FileFormat.JSONL: "Carnet Passerelle (*.jsonl)",
}
_CARE = "Gardez-le en lieu sûr, et supprimez-le quand il ne sert plus."
_ENCRYPTED = "Pour une copie de secours, préférez une sauvegarde\u00a0: elle est chiffrée."
WARNINGS = {
    ExportKind.ACCOMPANIMENTS: f"Ce fichier contiendra les noms et vos notes en clair, sans chiffrement. {_CARE}",
    ExportKind.BENEFICIARIES: f"Ce fichier contiendra noms, coordonnées et notes en clair, sans chiffrement. {_CARE}",
    ExportKind.NOTEBOOK: f"Ce fichier contiendra tout en clair, noms et notes compris. {_ENCRYPTED}",
}
"""Statistics name nobody."""
_COUNTED = {
    ExportKind.ACCOMPANIMENTS: "accompagnement",
    ExportKind.STATISTICS: "accompagnement compté",
    ExportKind.BENEFICIARIES: "personne",
    ExportKind.NOTEBOOK: "activité",
}
_MANY = {ExportKind.STATISTICS: "accompagnements comptés"}


def concerned(what: ExportKind, number: int) -> str:
    """« 412 accompagnements »."""
    said = count(number, _COUNTED[what], _MANY.get(what))
    return f"{said}, et tout ce qui va avec" if what is ExportKind.NOTEBOOK else said


def done(name: str, rows: int) -> str:
    """« Exporté : passerelle_accompagnements_2026-11-24.xlsx (412 lignes) »."""
    return f"Exporté\u00a0: {name} ({count(rows, 'ligne')})"
