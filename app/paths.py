"""Where the program keeps its files: one local folder, never a roaming profile."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_dir

from app.errors import KnownError


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one data folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted notebook."""
        return self.root / "carnet.db"

    @property
    def slots(self) -> Path:
        """The wrapped copies of the database's key."""
        return self.root / "cles.json"

    @property
    def settings(self) -> Path:
        """What a person chose on this computer."""
        return self.root / "reglages.toml"

    @property
    def backups(self) -> Path:
        """Encrypted copies: each day's, those made before an update or a restoration, and files found damaged."""
        return self.root / "sauvegardes"

    @property
    def logs(self) -> Path:
        """Reports of faults, without names."""
        return self.root / "journaux"

    @property
    def window(self) -> Path:
        """Where the window was when it was closed."""
        return self.root / "fenetre.ini"

    @property
    def lock(self) -> Path:
        """Held while the program runs: one at a time."""
        return self.root / "passerelle.lock"

    @property
    def bell(self) -> Path:
        """Written by a second start, to bring the first one's window forward."""
        return self.root / "passerelle.appel"


def data_folder(chosen: Path | None = None) -> Paths:
    """The data folder, made if needed and readable by its owner only; raises KnownError if it cannot be written."""
    root = chosen or Path(user_data_dir("Passerelle", appauthor=False, roaming=False))
    paths = Paths(root.expanduser().absolute())
    try:
        paths.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = paths.root / ".essai"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise cannot_write(paths.root) from error
    return paths


def cannot_write(root: Path) -> KnownError:
    """What to say when the data folder takes no file."""
    return KnownError(
        "Passerelle ne peut pas écrire dans son dossier de données\u00a0: "
        f"vérifiez l’espace libre et les droits de {root}."
    )
