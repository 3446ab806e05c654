"""The lines of a file of our JSON Lines, one at a time; a line that cannot be read does not stop the others."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NoReturn

from app.errors import KnownError, UserError
from app.services.exports.notebook_file import FORMAT, VERSION
from app.services.progress import Progress

LONGEST = 4_000_000
"""Octets of a line: the longest note with its history is a hundredth of it."""
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, or why it cannot be read."""

    number: int
    said: dict[str, Any]
    why: str = ""


@dataclass(slots=True)
class Source:
    """A file and what was seen of it; read twice, it must be the same."""

    path: Path
    progress: Progress
    digest: bytes = b""
    is_whole: bool = False
    """Whether it has its last line, which counts the others."""
    _hash: Any = field(default_factory=lambda: blake2b(digest_size=32))

    def lines(self) -> Iterator[Line]:
        """Every line after the first; raises UserError if that one is not of a notebook this program can read."""
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                _check(file.readline(LONGEST))
                file.seek(0)
                done = 0
                for number, (raw, is_long) in enumerate(self._raw(file), start=1):
                    if number % _EVERY == 0:
                        self.progress.step(done, size)
                    done += len(raw)
                    if number > 1 and raw.strip():
                        yield from self._line(number, raw, is_long)
        except OSError as error:
            raise KnownError(f"Le fichier «\u00a0{self.path.name}\u00a0» ne peut pas être lu.") from error
        self.digest = self._hash.digest()

    def _raw(self, file: Any) -> Iterator[tuple[bytes, bool]]:
        """The lines; of one that never seems to end, its beginning, and that it was too long."""
        while raw := file.readline(LONGEST):
            self._hash.update(raw)
            is_long = len(raw) == LONGEST and not raw.endswith(b"\n")
            rest = raw
            while is_long and rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST)
                self._hash.update(rest)
            yield raw, is_long

    def _line(self, number: int, raw: bytes, is_long: bool) -> Iterator[Line]:
        if is_long:
            yield Line(number, {}, "Cette ligne est trop longue.")
            return
        try:
            said = parsed(raw)
        except ValueError as error:
            yield Line(number, {}, str(error))
            return
        if said.get("line") == "end":
            self.is_whole = said.get("lines") == number
        else:
            self.is_whole = False  # what comes after the end was added by something else
            yield Line(number, said)


def parsed(raw: bytes) -> dict[str, Any]:
    """The object that a line says; raises ValueError with a sentence."""
    try:
        said = json.loads(raw.decode(), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise ValueError("Cette ligne n’est pas en UTF-8.") from None
    except (ValueError, RecursionError):
        raise ValueError("Cette ligne n’est pas du JSON.") from None
    if not isinstance(said, dict):
        raise ValueError("Cette ligne n’est pas un objet JSON.")
    return said


def is_notebook(path: Path) -> bool:
    """Whether a file begins as a whole notebook does, of whatever version."""
    if not path.is_file():  # a pipe would be waited for
        return False
    try:
        with path.open("rb") as file:
            return parsed(file.readline(LONGEST)).get("format") == FORMAT
    except (OSError, ValueError):
        return False


def _check(raw: bytes) -> None:
    try:
        first = parsed(raw)
    except ValueError:
        first = {}
    if first.get("format") != FORMAT or not isinstance(first.get("version"), int):
        raise UserError("Ce fichier n’est pas un carnet de Passerelle.")
    if first["version"] > VERSION:
        raise UserError(
            "Ce carnet a été écrit par une version plus récente de Passerelle\u00a0: "
            "mettez le programme à jour, puis recommencez."
        )


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
