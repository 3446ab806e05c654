"""Where the server keeps its data and what it accepts: environment and command line, nothing else."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_dir

from protocol.messages import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator chooses; without `database_url` the server runs its own PostgreSQL in `data_dir`."""

    database_url: str | None = None
    data_dir: Path = Path(user_data_dir("Passerelle-serveur", appauthor=False))
    limits: Limits = field(default_factory=Limits)
    pool_size: int = 20

    @property
    def journal(self) -> Path:
        """The journal of erasures: outside the database, so that no backup of it brings an erased person back."""
        return self.data_dir / "effacements.jsonl"


def from_environment(data_dir: Path | None = None) -> Settings:
    """The settings of this computer: `DATABASE_URL`, and the data folder asked for on the command line."""
    url = os.environ.get("DATABASE_URL")
    return Settings(database_url=url) if data_dir is None else Settings(database_url=url, data_dir=data_dir)
