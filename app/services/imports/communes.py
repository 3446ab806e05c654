"""The commune that a file means, by its codes or by its name."""

from dataclasses import dataclass
from functools import lru_cache

from app import municipalities
from app.folding import fold
from app.municipalities import Municipality


@dataclass(frozen=True, slots=True)
class Located:
    """The codes of a commune as the notebook keeps them, and a sentence where it was not found."""

    insee_code: str | None = None
    postal_code: str | None = None
    warning: str = ""


@lru_cache(maxsize=4096)
def located(name: str, postal_code: str, insee_code: str) -> Located:
    """The commune of these codes, whose leading zeros are there, or of this name."""
    found = municipalities.get(insee_code) or (_named(name, postal_code) if name or postal_code else None)
    postal = postal_code if len(postal_code) == 5 and postal_code.isdecimal() else None
    if found is None:
        said = " ".join(filter(None, (name, postal_code or insee_code)))
        return Located(
            postal_code=postal, warning=f"Commune inconnue\u00a0: «\u00a0{said[:60]}\u00a0»." if said else ""
        )
    return Located(found.insee_code, postal or found.postal_codes[0], _doubt(found, name))


def _named(name: str, postal_code: str) -> Municipality | None:
    if postal_code and name:
        return municipalities.find(name, postal_code)
    if postal_code:
        served = municipalities.of_postal_code(postal_code)
        return served[0] if len(served) == 1 else None
    named = [one for one in municipalities.search(name, 5) if fold(one.name) == fold(name)]
    return named[0] if len(named) == 1 else None


def _doubt(found: Municipality, name: str) -> str:
    """A sentence where the code and the name do not seem to mean the same commune."""
    said, known = set(fold(name).split()), set(fold(found.name).split())
    if not name or said & known or municipalities.find(name, found.postal_codes[0]) == found:
        return ""
    return f"Le code Insee {found.insee_code} est celui de {found.name}, et non de «\u00a0{name[:60]}\u00a0»."
