"""The tab « Parcours »: what the person worked on, and everything that happened, the newest first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app import labels
from app.labels import NBSP
from app.services import lost_values, timeline
from app.services.appointments.rows import SaveAppointment
from app.services.timeline import LATEST, Given, Moment, Timeline
from app.ui import icons, theme
from app.ui.appointments.follower import AppointmentFollower
from app.ui.desk import Desk
from app.ui.lost_version import sentence as lost_sentence
from app.ui.people.autonomy_trend import AutonomyTrend
from app.ui.people.moment_card import MomentCard
from app.ui.people.panels import PersonPanel
from app.ui.widgets.surfaces import Card, SectionLabel, label
from protocol.vocabulary import RecordKind

_KINDS = (
    RecordKind.ACTIVITY,
    RecordKind.ATTENDANCE,
    RecordKind.BENEFICIARY,
    RecordKind.PLACE,
    RecordKind.CASE,
    RecordKind.MANDATE,
    RecordKind.ASSESSMENT,
    RecordKind.APPOINTMENT,
)


class HistoryPanel(PersonPanel):
    """Older activities come forty at a time."""

    changes = frozenset(kind.value for kind in _KINDS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._person: UUID | None = None
        self._latest = LATEST
        self.topics = label("", wraps=True)
        self.trend = AutonomyTrend()
        self._summary = self._make_summary()
        self._nothing = label("", "muted", wraps=True)
        self._coming_title = SectionLabel("Rendez-vous à venir")
        self.appoint = QPushButton("Donner un rendez-vous")
        self.appoint.setProperty("role", "link")
        self.appoint.setToolTip("Donner un rendez-vous à cette personne (Ctrl+Maj+R)")
        icons.set_icon(self.appoint, "calendar", "primary", 16)
        self.appoint.clicked.connect(self._appoint)
        self._coming, self._list = QVBoxLayout(), QVBoxLayout()
        for cards in (self._coming, self._list):
            cards.setSpacing(0)
        self.appointments = AppointmentFollower(desk, self)
        self.more = QPushButton("Afficher les plus anciens")
        icons.set_icon(self.more, "chevron-down")
        self.more.clicked.connect(self._show_more)
        self.all = QPushButton("Voir dans les activités")
        self.all.setProperty("role", "link")
        self.all.setToolTip("La liste des activités de cette personne, avec ses filtres")
        self.all.clicked.connect(lambda: self.desk.activities_of_asked.emit(self._person))
        self._lay_out()

    def show_person(self, id_: UUID) -> None:
        """Show what happened with this person."""
        if id_ != self._person:
            self._person, self._latest = id_, LATEST
            self._scroll.verticalScrollBar().setValue(0)
        self._show(timeline.of(self.desk.database, id_, date.today(), self._latest))

    def cards(self) -> list[MomentCard]:
        """What happened, the newest first."""
        return _cards_in(self._list)

    def coming_cards(self) -> list[MomentCard]:
        """The appointments to come, the first to begin first."""
        return _cards_in(self._coming)

    def _show(self, shown: Timeline) -> None:
        self._summary.setVisible(bool(shown.topics or shown.autonomy))
        self.topics.setText(f"{NBSP}· ".join(f"{labels.label(topic)}{NBSP}({times})" for topic, times in shown.topics))
        self.trend.show_levels(shown.autonomy)
        self._fill(self._coming, [Given(one.starts.date(), one) for one in shown.coming])
        self._fill(self._list, shown.moments)
        self._coming_title.set_text("Rendez-vous à venir" if shown.coming else "Aucun rendez-vous à venir")
        is_empty = not shown.moments and not shown.coming
        self._nothing.setText("Rien n’est encore noté. Enregistrez un premier accompagnement." if is_empty else "")
        self._nothing.setVisible(is_empty)
        self.more.setVisible(shown.has_more)
        self.all.setVisible(bool(shown.topics))

    def _fill(self, cards: QVBoxLayout, moments: Sequence[Moment]) -> None:
        for old in _cards_in(cards):
            cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        day = None
        for moment in moments:
            card = MomentCard(moment, is_new_day=moment.day != day, warning=self._replaced(moment))
            card.activity_asked.connect(self.desk.activity_asked)
            card.case_asked.connect(self.desk.case_asked)
            card.sheet_asked.connect(self.desk.sheet_asked)
            card.appointment_acted.connect(self.appointments.do)
            card.tab_asked.connect(self.desk.person_tab_asked)
            cards.addWidget(card)
            day = moment.day

    def _replaced(self, moment: Moment) -> str:
        """What is said of an appointment to come of which a colleague replaced what was written here."""
        if not isinstance(moment, Given) or not moment.row.is_expected:
            return ""
        lost = lost_values.of(self.desk.database, RecordKind.APPOINTMENT, moment.row.id)
        return f"{lost_sentence(lost[0])} «{NBSP}Déplacer, modifier…{NBSP}» (M) la montre." if lost else ""

    def _appoint(self) -> None:
        if self._person is not None:
            self.appointments.give(SaveAppointment(beneficiary=self._person))

    def _show_more(self) -> None:
        if self._person is not None:
            self._latest += LATEST
            self.show_person(self._person)

    def _make_summary(self) -> QWidget:
        card = Card(gap=12)
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        for title, content, share in (("Thématiques", self.topics, 3), ("Autonomie", self.trend, 2)):
            column = QVBoxLayout()
            column.setSpacing(theme.px(4))
            column.addWidget(SectionLabel(title))
            column.addWidget(content)
            column.addStretch(1)
            row.addLayout(column, share)
        card.body.addLayout(row)
        return card

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.px(8), theme.px(12), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self._summary)
        title = QHBoxLayout()
        title.addWidget(self._coming_title, 1)
        title.addWidget(self.appoint)
        column.addLayout(title)
        column.addLayout(self._coming)
        column.addWidget(self._nothing)
        column.addLayout(self._list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._scroll)


def _cards_in(layout: QVBoxLayout) -> list[MomentCard]:
    items = [layout.itemAt(place) for place in range(layout.count())]
    return [card for item in items if item is not None and isinstance(card := item.widget(), MomentCard)]
