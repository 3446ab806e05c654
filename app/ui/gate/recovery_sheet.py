"""The recovery sheet, the same on paper and in a PDF: one page, large type, black on white."""

from dataclasses import dataclass
from datetime import date

from app.labels import short_day
from app.ui.paper.blocks import Frame, Item, Text, Title
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET

_WHY = (
    "Ce code rouvre votre carnet quand rien d’autre ne le peut\u00a0: phrase de passe oubliée, ordinateur perdu, "
    "volé ou en panne. Il sert aussi à installer le même carnet sur un autre ordinateur."
)
_RULES = (
    "Gardez cette feuille sous clé, ailleurs que dans la sacoche de l’ordinateur.",
    "Ne la photographiez pas, ne l’envoyez pas par e-mail, ne la donnez à personne.",
    "Passerelle ne garde pas ce code\u00a0: ni votre coordinateur ni le serveur ne peuvent le retrouver.",
    "Sans cette feuille et sans aucun de vos ordinateurs, les noms et les notes du carnet sont perdus "
    "(les chiffres restent).",
)
_ALPHABET = "Ni I, ni L, ni O, ni U dans ce code\u00a0: ce qui est rond est un zéro, ce qui est droit est un 1."
_HOW = (
    "Pour vous en servir\u00a0: au démarrage de Passerelle, choisissez «\u00a0J’ai perdu ma phrase de passe\u00a0» "
    "ou, sur un nouvel ordinateur, «\u00a0J’ai déjà une feuille\u00a0»."
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says."""

    code: str
    name: str
    made_on: date


_LARGE = Style(15)


def document(sheet: RecoverySheet) -> Document:
    """The sheet, to be saved or printed."""
    return Document(
        title="Feuille de secours Passerelle",
        blocks=(
            Title("Feuille de secours", points=30, level=0, below=11),
            Text(f"Carnet de {sheet.name} · faite le {short_day(sheet.made_on)}", Style(14, colour=QUIET), below=28),
            Text(_WHY, _LARGE, below=28),
            _code(sheet.code),
            *(Item(rule, _LARGE) for rule in _RULES),
            Text("", Style(6)),
            Text(_HOW, _LARGE),
        ),
        foot="Passerelle · carnet d’accompagnement numérique",
    )


def _code(code: str) -> Frame:
    """The code in a frame, four groups then three."""
    groups = code.split("-")
    lines = ("   ".join(groups[:4]), "   ".join(groups[4:]))
    large = (Text(line, Style(34, bold=True, align="centre"), below=4) for line in lines)
    return Frame((*large, Text(_ALPHABET, Style(12, colour=QUIET))), below=22)
