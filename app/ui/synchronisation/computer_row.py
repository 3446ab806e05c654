"""One computer of the notebook: its name, who works on it, what it sent last, and how it is taken out."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.sync.members import Member
from app.ui import icons, theme
from app.ui.synchronisation import words
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_LEAVING = (
    "Cet ordinateur n’enverra ni ne recevra plus rien\u00a0; ce qui n’est pas encore parti reste ici. "
    "Rien n’est effacé, ni ici ni dans le carnet partagé."
)
_LAST = (
    "C’est le seul ordinateur de ce carnet\u00a0: ensuite, seule la feuille de secours rouvrira les noms que garde "
    "le serveur."
)
_TAKING_OUT = (
    "Cet ordinateur n’enverra ni ne recevra plus rien, tout de suite, et la clé du carnet sera changée. "
    "Ce qu’il contient déjà reste sur lui, chiffré."
)
_UNKNOWN = "Le serveur le compte dans ce carnet, mais personne ne l’y a autorisé\u00a0: retirez-le."


class ComputerRow(QWidget):
    """A line, and what it means to take this computer out before it is done."""

    removal_asked = Signal(object)
    """The Member, once the consequences were read."""

    def __init__(self, member: Member, is_alone: bool, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._member = member
        self._name = label(_name(member), "strong", wraps=True)
        self._about = label(_about(member, today), "muted" if member.is_known else "warning", wraps=True)
        verb = "Quitter ce carnet" if member.is_mine else "Retirer"
        self._ask = _button(verb, "quiet" if member.is_mine else "", member)
        self._warning = Banner("danger", _consequences(member, is_alone))
        self._sure = self._warning.add_action(verb, lambda: self.removal_asked.emit(member), role="danger")
        self._sure.setAccessibleName(f"{verb} pour de bon\u00a0: {_name(member)}")
        self._keep = self._warning.add_action("Annuler", lambda: self._warn(False))
        self._warning.hide()
        self._ask.clicked.connect(lambda: self._warn(True))
        self._lay_out()

    def said(self) -> str:
        """The words of the line."""
        return f"{self._name.text()}\u00a0: {self._about.text()}"

    def _warn(self, is_asked: bool) -> None:
        self._warning.setVisible(is_asked)
        self._ask.setVisible(not is_asked)
        (self._keep if is_asked else self._ask).setFocus()

    def _lay_out(self) -> None:
        picture = QLabel()
        icons.set_icon(picture, "monitor", "muted" if self._member.is_known else "warning")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._name)
        text.addWidget(self._about)
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(picture)
        line.addLayout(text, 1)
        line.addWidget(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(line)
        column.addWidget(self._warning)


def _name(member: Member) -> str:
    """« PC-MAIRIE · Jeanne Roux »."""
    return " · ".join(part for part in (member.name, member.advisor) if part) or "Ordinateur sans nom"


def _about(member: Member, today: date) -> str:
    if not member.is_known:
        return _UNKNOWN
    sent = words.when(datetime.fromtimestamp(member.last_at / 1000), today) if member.last_at else ""
    if member.is_mine:
        return f"Cet ordinateur · dernier envoi {sent}" if sent else "Cet ordinateur"
    return f"Dernier envoi {sent}" if sent else "N’a encore rien envoyé"


def _consequences(member: Member, is_alone: bool) -> str:
    if not member.is_mine:
        return _TAKING_OUT
    return f"{_LEAVING} {_LAST}" if is_alone else _LEAVING


def _button(text: str, role: str, member: Member) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(f"{text}\u00a0: {_name(member)}")
    return made
