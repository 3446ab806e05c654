"""The tab « Confidentialité »: what the person was told and agreed to, until when they are kept, and their rights."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.services.privacy import consent
from app.services.privacy.consent import Choices, Confidentiality
from app.ui import icons, theme
from app.ui.cases.optional_day import OptionalDay
from app.ui.desk import Desk
from app.ui.people.panels import PersonPanel
from app.ui.privacy import words
from app.ui.privacy.erase_dialog import ErasurePresenter
from app.ui.privacy.sheet_presenter import information_sheet_for
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import day_shown, french_date_edit, show_day
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import Card, SectionLabel, label
from protocol.vocabulary import Consent, RecordKind

WIDTH = 820
_KINDS = (
    RecordKind.BENEFICIARY,
    RecordKind.ATTENDANCE,
    RecordKind.ACTIVITY,
    RecordKind.CASE,
    RecordKind.MANDATE,
    RecordKind.MANDATE_ENTRY,
    RecordKind.ASSESSMENT,
    RecordKind.APPOINTMENT,
)
_CONSENTS = (
    (Consent.GIVEN, "Donné", "La personne est d’accord"),
    (Consent.REFUSED, "Refusé", "La personne n’est pas d’accord"),
    (Consent.WITHDRAWN, "Retiré", "La personne était d’accord, et ne l’est plus"),
)
_YEAR = timedelta(days=365)


class PrivacyPanel(PersonPanel):
    """Every choice is kept at once, and undone by « Annuler »."""

    changes = frozenset(kind.value for kind in _KINDS)

    def __init__(self, desk: Desk, parent: QWidget | None = None, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk, parent)
        self._today = today
        self._shown: Confidentiality | None = None
        self.informed = label("", wraps=True)
        self.hand_over = _button("Remise aujourd’hui", "check", "Ctrl+I")
        self.sheet = _button("Feuille d’information…", "printer")
        self.consent: ChipGroup[Consent] = ChipGroup()
        self.consent.set_choices(_CONSENTS)
        self.consent.setAccessibleName("Accord")
        self.consent_on = french_date_edit(self)
        self.consent_on.setKeyboardTracking(False)
        self.consent_on.setAccessibleName("Date de l’accord")
        self.warning = Banner("warning", "")
        self.warning.add_action("Effacer…", self._erase)
        self.last, self.due = label("", wraps=True), label("", "strong", wraps=True)
        self.keep_until = OptionalDay("À garder jusqu’au", "Garder plus longtemps", today)
        self.access = _button("Droit d’accès\u00a0: sa fiche…", "file-text")
        self.rectify = _button("Rectifier", "pencil")
        self.erase = _button("Effacer…", "trash-2", role="danger", colour="danger")
        self._lay_out()
        self._listen()

    def show_person(self, id_: UUID) -> None:
        """Show what this person was told, agreed to, and until when they are kept."""
        shown = self._shown = consent.of(self.desk.database, id_)
        today, choices = self._today(), shown.choices
        self.informed.setText(words.informed(choices.informed_on, today))
        self.hand_over.setEnabled(choices.informed_on != today)
        self.consent.set_value(choices.consent)
        was_blocked = self.consent_on.blockSignals(True)
        show_day(self.consent_on, choices.consent_on or today)
        self.consent_on.blockSignals(was_blocked)
        self.consent_on.setVisible(choices.consent is not None)
        sentence = words.TO_DO_WITHOUT_CONSENT.get(choices.consent, "") if choices.consent else ""
        self.warning.set_text(sentence)
        self.warning.setVisible(bool(sentence))
        last, due = words.kept(shown, today)
        self.last.setText(last)
        self.due.setText(due)
        self.keep_until.propose(max(shown.due_on, today) + _YEAR)
        self.keep_until.set_value(choices.keep_until)

    def _listen(self) -> None:
        self.hand_over.clicked.connect(self._hand_over)
        QShortcut(
            QKeySequence("Ctrl+I"), self, self.hand_over.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.sheet.clicked.connect(self._open_sheet)
        self.consent.changed.connect(self._consent)
        self.consent_on.dateChanged.connect(lambda: self._choose(consent_on=day_shown(self.consent_on)))
        self.keep_until.changed.connect(lambda: self._choose(keep_until=self.keep_until.value()))
        self.access.clicked.connect(lambda: self._ask(self.desk.person_file_asked))
        self.rectify.clicked.connect(lambda: self._ask(self.desk.person_edit_asked))
        self.erase.clicked.connect(self._erase)

    def _ask(self, wanted: SignalInstance) -> None:
        if self._shown is not None:
            wanted.emit(self._shown.id)

    def _hand_over(self) -> None:
        self._choose("Feuille d’information\u00a0: remise aujourd’hui", informed_on=self._today())

    def _consent(self) -> None:
        chosen = self.consent.value()
        self._choose(
            words.CONSENT_NOTED[chosen] if chosen else "Noté",
            consent=chosen,
            consent_on=self._today() if chosen else None,
        )

    def _choose(self, said: str = "Noté", **changes: object) -> None:
        """Keep a choice; one that cannot be kept is said, and what was there comes back."""
        shown = self._shown
        if shown is None:
            return
        id_, wanted = shown.id, replace(shown.choices, **changes)  # type: ignore[arg-type]
        if wanted == shown.choices:
            return
        if self.desk.attempt(lambda: consent.choose(self.desk.database, id_, wanted, self._today())):
            self.desk.said.emit(said, lambda: self._put_back(id_, shown.choices))
        self.desk.attempt(lambda: self.show_person(id_))

    def _put_back(self, id_: UUID, before: Choices) -> None:
        self.desk.attempt(lambda: consent.choose(self.desk.database, id_, before, self._today()))

    def _open_sheet(self) -> None:
        if self._shown is not None:
            information_sheet_for(self.desk, self._shown.id, self, self._today).open()

    def _erase(self) -> None:
        if self._shown is not None:
            id_ = self._shown.id
            self.desk.attempt(lambda: ErasurePresenter(self.desk, id_, self).open())

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.px(8), theme.px(12), theme.px(16))
        column.setSpacing(theme.px(6))
        for title, content in (
            ("Information", (self.informed, _row(self.hand_over, self.sheet))),
            ("Accord", (label(words.BASIS, "muted", wraps=True), _row(self.consent, self.consent_on), self.warning)),
            ("Conservation", (self.last, self.due, self.keep_until, label(words.RULE, "small", wraps=True))),
            ("Ses droits", (_row(self.access, self.rectify, self.erase),)),
        ):
            card = Card(gap=10)
            for widget in content:
                card.body.addWidget(widget)
            column.addWidget(SectionLabel(title))
            column.addWidget(card)
            column.addSpacing(theme.px(8))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scroll)


def _button(text: str, icon: str, keys: str = "", role: str = "", colour: str = "text") -> QPushButton:
    made = QPushButton(text)
    icons.set_icon(made, icon, colour)
    if role:
        made.setProperty("role", role)
    if keys:
        made.setToolTip(keys)
    return made


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    flow = FlowLayout(made, gap=8)
    for widget in widgets:
        flow.addWidget(widget)
    return made
