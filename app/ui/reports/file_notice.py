"""What to know before a person's file is handed over."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_SENTENCES = (
    "Toute personne peut demander ce que vous gardez sur elle. Cette fiche le dit en grands caractères\u00a0: ses "
    "coordonnées, chaque accompagnement, ses démarches, rendez-vous, mandats et diagnostics, vos notes, et ses droits.",
    "Les notes d’un atelier n’y sont pas\u00a0: elles parlent de tout le groupe.",
    "Remettez-la en main propre, à la personne elle-même.",
)
_READ = "Relisez vos notes avant de l’imprimer\u00a0: parlent-elles aussi de quelqu’un d’autre\u00a0?"
_CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."


class FileNotice(QWidget):
    """Plain sentences, nothing to fill."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(12), 0)
        column.setSpacing(theme.px(12))
        for sentence in _SENTENCES:
            column.addWidget(label(sentence, wraps=True))
        column.addWidget(Banner("info", _READ))
        column.addWidget(Banner("warning", _CLEAR))
        column.addStretch(1)
