"""What should never stay in notes: passwords, numbers of social security or of a card, words about health.

Nothing is refused: the advisor is told, kindly, and decides. Sources: RGPD, article 9 (health); CNIL, « NIR » (number
of social security); guidance of « Aidants Connect » (passwords are never kept).
"""

import re
from enum import Enum
from functools import cache

from app.folding import fold


class Sensitive(Enum):
    """A sort of information that notes need not keep."""

    PASSWORD = "password"
    SOCIAL_SECURITY = "social_security"
    CARD = "card"
    HEALTH = "health"


_PASSWORDS = re.compile(
    r"\b(?:mots? de passe|mdp|password|code (?:secret|pin|confidentiel|de (?:la )?carte)|code d acces|identifiants?)\b"
    r"[^.;!?\n]{0,20}(?:[:=]|\best\b)\s*\S"
    r"|\b(?:mdp|password)\s+\S*\d"
)
_NAMES = re.compile(r"\b(?:mots?|mdp|password|code|identifiants?)\b")
"""A password is told by what follows its name: « a oublié son mot de passe » is no secret."""
_SECURITY = re.compile(
    r"(?<!\d)[12378][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[ab])[ .]?\d{3}[ .]?\d{3}(?:[ .]?(\d{2}))?(?!\d)", re.I
)
_CARD = re.compile(r"(?<!\d)(?:\d[ .-]?){12,18}\d(?!\d)")
_HEALTH = (
    "addiction", "alcoolique", "alcoolisme", "alzheimer", "anorexie", "autisme", "autiste", "avc", "bipolaire",
    "cancer", "chimiotherapie", "depressif", "depression", "depressive", "diabete", "diabetique", "drogue", "enceinte",
    "epilepsie", "epileptique", "grossesse", "hepatite", "hospitalise", "hospitalisee", "hospitalisation", "invalidite",
    "maladie", "malade", "medicament", "medicaments", "parkinson", "psychiatre", "psychiatrie", "psychiatrique",
    "schizophrene", "schizophrenie", "seropositif", "seropositive", "sida", "suicidaire", "suicide", "toxicomane",
    "tumeur", "vih",
)  # fmt: skip
_NO_HEALTH = ("assurance maladie", "caisse primaire d assurance maladie", "arret maladie")
"""What the procedures are about, and says nothing of the person's health."""


def found_in(notes: str) -> tuple[Sensitive, ...]:
    """What a text seems to hold, in the order of the list."""
    looks = {
        Sensitive.PASSWORD: _has_password,
        Sensitive.SOCIAL_SECURITY: _has_security_number,
        Sensitive.CARD: _has_card,
        Sensitive.HEALTH: _has_health,
    }
    return tuple(kind for kind, look in looks.items() if look(notes))


@cache
def _health_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_HEALTH)})\b")


def _has_password(notes: str) -> bool:
    named = (line for line in notes.splitlines() if _NAMES.search(fold(line)))
    lines = (re.sub(r"\s+", " ", _plain(line)) for line in named)
    return any(_PASSWORDS.search(line) for line in lines)


def _plain(line: str) -> str:
    """Without accents nor apostrophes, the signs that part a password from its name kept."""
    return "".join(fold(one) or (one if one in ":=.;!?" else " ") for one in line)


def _has_security_number(notes: str) -> bool:
    return any(_is_security_number(found) for found in _SECURITY.finditer(notes))


def _is_security_number(found: re.Match[str]) -> bool:
    """With its key, the key is right; without it, a month of birth is enough."""
    written = re.sub(r"[ .]", "", found[0]).upper()
    body, key = written[:13], found[1]
    if key is None:
        return body[3:5] in _MONTHS
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(key)


_MONTHS = {f"{month:02d}" for month in range(1, 13)} | {"20", "30", "50", "99"}


def _has_card(notes: str) -> bool:
    return any(_luhn(re.sub(r"\D", "", found[0])) for found in _CARD.finditer(notes))


def _luhn(figures: str) -> bool:
    """The check of the numbers of bank cards (ISO/IEC 7812)."""
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(figures))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _has_health(notes: str) -> bool:
    said = fold(notes)
    for words in _NO_HEALTH:
        said = said.replace(words, "")
    return _health_words().search(said) is not None
