"""Phone numbers: kept with their country, said as people of France say them.

Source of the overseas prefixes: fact sheet of « La Coop » §2.1; of what a number may be: the `phonenumbers` library,
which takes long to import and is only asked about what is typed, or comes from abroad.
"""

import re
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_OVERSEAS = {"0262": "+262", "0269": "+262", "0590": "+590", "0594": "+594", "0596": "+596"}
"""The beginnings of overseas numbers said in ten figures, and the country code they are kept with."""
_IN_TEN = re.compile(r"\+(?:33|262|590|594|596)(\d{9})")
"""The country codes whose numbers are said in ten figures, with a 0."""
_BAD = (
    "Ce numéro de téléphone ne semble pas complet\u00a0: dix chiffres, "
    "ou + puis le code du pays pour un numéro de l’étranger (+352…)."
)


def canonical(typed: str) -> str | None:
    """A number with its country code (« +33612345678 »), None if nothing is typed; raises UserError."""
    written = re.sub(r"^\s*00", "+", typed)
    if not re.search(r"\d", written):
        if written.strip():
            raise _fault()
        return None
    figures = re.sub(r"\D", "", written)
    if not written.lstrip(" (").startswith("+"):
        if not re.fullmatch(r"0\d{9}", figures):
            raise _fault()
        return _OVERSEAS.get(figures[:4], "+33") + figures[1:]
    return _from_abroad(written)


def national(kept: str) -> str:
    """« 06 12 34 56 78 », as people say it; with its country from abroad, or where that would be another number."""
    found = _IN_TEN.fullmatch(kept)
    if not found:
        return kept
    said = "0" + found[1]
    if _OVERSEAS.get(said[:4], "+33") + said[1:] != kept:
        return kept
    return " ".join(said[i : i + 2] for i in range(0, 10, 2))


def _from_abroad(written: str) -> str:
    """A number typed with its country; those of France and overseas have nine figures after it."""
    import phonenumbers

    number = _parsed(written)
    if number is None or not phonenumbers.is_possible_number(number):
        raise _fault()
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if re.match(r"\+(?:33|262|590|594|596)", kept) and not _IN_TEN.fullmatch(kept):
        raise _fault()
    return kept


def _parsed(written: str) -> "PhoneNumber | None":
    import phonenumbers

    try:
        return phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None


def _fault() -> UserError:
    return UserError(_BAD, {"phone": _BAD})
