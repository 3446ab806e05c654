"""What a person chooses on this computer: one dataclass, one TOML file, never a name."""

import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.errors import KnownError


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices that stay on this computer."""

    theme: str = "systeme"
    """« systeme », « clair » or « sombre »."""
    text_percent: int = 100
    """Size of the text, 90 to 200 %."""
    legible_font: bool = False
    """Atkinson Hyperlegible Next instead of Source Sans 3."""
    lock_minutes: int = 10
    """Minutes without a gesture before the program locks."""
    sync_paused: bool = False
    """The advisor asked to work without the network for now."""

    def checked(self) -> "Settings":
        """The same settings, each value brought back to what is allowed."""
        return replace(
            self,
            theme=self.theme if self.theme in {"systeme", "clair", "sombre"} else "systeme",
            text_percent=min(200, max(90, self.text_percent)),
            lock_minutes=min(60, max(1, self.lock_minutes)),
        )


def load(path: Path) -> Settings:
    """The settings of this computer; what is missing, unknown or of the wrong type takes its default."""
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Settings()
    import tomllib

    try:
        found = tomllib.loads(written)
    except tomllib.TOMLDecodeError:
        return Settings()
    known: dict[str, Any] = {
        field.name: found[field.name]
        for field in fields(Settings)
        if type(found.get(field.name)) is type(field.default)
    }
    return Settings(**known).checked()


def save(path: Path, settings: Settings) -> None:
    """Write the settings whole, or leave the old file as it was and raise KnownError."""
    import tomli_w

    aside = path.with_suffix(".nouveau")
    try:
        aside.write_text(tomli_w.dumps(asdict(settings.checked())), encoding="utf-8")
        os.replace(aside, path)
    except OSError as error:
        raise KnownError(
            "Le réglage n’a pas pu être gardé\u00a0: vérifiez l’espace libre, puis recommencez."
        ) from error
