"""How large a file may be, so that reading one never fills the memory; and what is said of a file that is too large."""

from app.errors import UserError

MOST_BYTES = 80_000_000
"""A file as it lies on the disk."""
MOST_ROWS = 100_000
"""Ten years of a very busy advisor."""
MOST_CELLS = 8_000_000
MOST_COLUMNS = 1_024
"""As many as older spreadsheet programs have."""

TOO_HEAVY = (
    "Ce fichier est beaucoup trop gros une fois ouvert\u00a0: il n’a pas été lu. "
    "Exportez une période plus courte, puis recommencez."
)
LOCKED = (
    "Ce fichier est protégé par un mot de passe\u00a0: ouvrez-le dans votre tableur, "
    "enregistrez-le sans mot de passe, puis recommencez."
)
DAMAGED = "Ce fichier est abîmé ou incomplet\u00a0: téléchargez-le ou enregistrez-le de nouveau, puis recommencez."


TOO_MANY_ROWS = (
    "Ce fichier a plus de 100\u202f000 lignes\u00a0: partagez-le en plusieurs fichiers, "
    "par exemple un par année, puis recommencez."
)
TOO_WIDE = (
    "Ce fichier a beaucoup trop de colonnes ou de cases\u00a0: supprimez les colonnes vides ou inutiles, "
    "puis recommencez."
)


def check_rows(rows: int) -> None:
    """Raise UserError for a sheet that has too many rows."""
    if rows > MOST_ROWS:
        raise UserError(TOO_MANY_ROWS)


def check_size(cells: int) -> None:
    """Raise UserError for a sheet that has too many cells."""
    if cells > MOST_CELLS:
        raise UserError(TOO_WIDE)
