"""The screen « Synchronisation »: where things stand, what to check, the courier, and what the server can read."""

import platform

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.synchronisation.computers_card import ComputersCard
from app.ui.synchronisation.courier_card import CourierCard
from app.ui.synchronisation.enrolment_form import EnrolmentForm
from app.ui.synchronisation.exchange_list import ExchangeList
from app.ui.synchronisation.help_card import HelpCard
from app.ui.synchronisation.joining_card import JoiningCard
from app.ui.synchronisation.refused_list import RefusedList
from app.ui.synchronisation.state_card import StateCard
from app.ui.widgets.surfaces import Card, SectionLabel, label

WIDEST = 820
_PRIVACY = (
    "Le serveur reçoit ce qu’il faut pour les statistiques\u00a0: dates, durées, thématiques, lieux, et pour chaque "
    "personne une tranche d’âge, un genre, un statut, une commune. Les noms, les coordonnées et les notes sont "
    "chiffrés ici avant de partir\u00a0: personne ne peut les lire sur le serveur."
)
_RECOVERY = (
    "La clé qui permet de les lire n’est que sur vos ordinateurs et sur la feuille de secours imprimée. "
    "Si vous perdez tous vos ordinateurs et cette feuille, les chiffres restent mais les noms sont perdus\u00a0: "
    "gardez la feuille en lieu sûr, ailleurs que dans le sac de l’ordinateur."
)


class SynchronisationView(QScrollArea):
    """One column, no wider than the eye likes to travel."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Synchronisation")
        self.state = StateCard()
        self.refused = RefusedList()
        self.exchanges = ExchangeList()
        self.state.body.addWidget(self.exchanges)
        self.enrolment, self.joining = EnrolmentForm(), JoiningCard()
        self._enrolment_title = SectionLabel("Relier cet ordinateur")
        self.computers = ComputersCard()
        self._computers_title = SectionLabel("Ordinateurs de ce carnet")
        self.courier = CourierCard()
        self._courier_title = SectionLabel("Sans réseau\u00a0: la clé USB")
        self.help = HelpCard()
        later = Qt.ConnectionType.QueuedConnection  # once the words have their place
        self.courier.told.connect(lambda: self.ensureWidgetVisible(self.courier), later)
        self._lay_out()

    def show_membership(self, is_in: bool, is_asking: bool) -> None:
        """The computers of the notebook and the courier for one of them; otherwise the way in, or the wait."""
        self._enrolment_title.setVisible(not is_in)
        self.enrolment.setVisible(not is_in and not is_asking)
        self.joining.setVisible(not is_in and is_asking)
        for part in (self._computers_title, self.computers, self._courier_title, self.courier):
            part.setVisible(is_in)

    def begin_again(self) -> None:
        """The screen comes to the front."""
        self.courier.forget()
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        page.setMaximumWidth(theme.px(WIDEST) + 2 * theme.px(24))
        column = QVBoxLayout(page)
        side = theme.px(24)
        column.setContentsMargins(side, theme.px(20), side, side)
        column.setSpacing(theme.px(8))
        column.addLayout(_heading())
        for part in self._parts():
            column.addWidget(part)
            if isinstance(part, SectionLabel):  # nearer to what it names than to what comes before
                part.setContentsMargins(0, theme.px(12), 0, 0)
        column.addStretch(1)
        self.setWidget(page)

    def _parts(self) -> tuple[QWidget, ...]:
        entry = (self._enrolment_title, self.enrolment, self.joining)
        inside = (self._computers_title, self.computers, self._courier_title, self.courier)
        privacy = (SectionLabel("Ce que le serveur peut lire"), _privacy())
        return (self.state, self.refused, *entry, *inside, *privacy, SectionLabel("Besoin d’aide\u00a0?"), self.help)


def _heading() -> QHBoxLayout:
    picture = QLabel()
    icons.set_icon(picture, "monitor", "muted")
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.setContentsMargins(0, 0, 0, theme.px(8))
    row.addWidget(label("Synchronisation", "title"), 1)
    row.addWidget(picture)
    row.addWidget(label(f"Cet ordinateur\u00a0: {platform.node()}", "muted"))
    return row


def _privacy() -> Card:
    card = Card(padding=20, gap=12)
    for sentence in (_PRIVACY, _RECOVERY):
        card.body.addWidget(label(sentence, wraps=True))
    return card
