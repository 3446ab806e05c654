"""Who came to a workshop: its title, the participants by name, and the anonymous ones counted."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import labels
from app.services.activity_rules import MOST_ANONYMOUS
from app.services.commands import AnonymousGroup, RecordActivity
from app.ui import theme
from app.ui.people.words import person_suggestion
from app.ui.recording.group_counts import GroupDetail
from app.ui.recording.part import Part
from app.ui.recording.sources import PEOPLE_WIDTH, Sources, people_of
from app.ui.recording.who import UNPICKED_PERSON
from app.ui.widgets.bounded import FIELD_WIDTH
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.surfaces import label
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ActivityKind

TITLE = "Titre de l’atelier, facultatif"


class WorkshopPart(Part):
    """At least one participant, named or anonymous."""

    create_asked = Signal(str)

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._title = QLineEdit()
        self._title.setPlaceholderText(TITLE)
        self._people: TypeAhead[UUID] = TypeAhead(
            people_of(sources, lambda: self.people()),
            placeholder="Nom, prénom ou téléphone",
            create_label=lambda typed: f"Créer «\u00a0{typed}\u00a0»",
            multiple=True,
        )
        self._total = Stepper(0, MOST_ANONYMOUS)
        self._detail = GroupDetail()
        self._fold = Collapsible("Préciser\u00a0: déjà accompagnés, genre, âge, statut", self._detail)
        self._sum = label("", "strong")
        self._lay_out()
        self._listen()

    def people(self) -> tuple[UUID, ...]:
        """The participants named."""
        return tuple(self._people.values())

    def typed(self) -> str:
        """Letters typed that are nobody yet."""
        return self._people.text().strip()

    def set_typed(self, typed: str) -> None:
        """Put letters back as they were typed."""
        self._people.field.setText(typed)

    def add_person(self, person: UUID) -> None:
        """Add somebody who was just created, as the advisor would."""
        self._show_people((*(one for one in self.people() if one != person), person))
        self._count()
        self._people.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self, form: RecordActivity) -> None:
        is_workshop = form.kind is ActivityKind.WORKSHOP
        self.setVisible(is_workshop)
        self._title.setText(form.title)
        self._show_people(form.participants if is_workshop else ())
        self._show_group(form.anonymous)

    def fill(self, form: RecordActivity) -> RecordActivity:
        group = self._detail.group(self._total.value())
        return replace(form, title=self._title.text(), participants=self.people(), anonymous=group)

    def loose_ends(self) -> dict[str, str]:
        return {"participants": UNPICKED_PERSON} if self.typed() else {}

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_people(self, people: tuple[UUID, ...]) -> None:
        self._people.set_picked(*map(self._shown, people))
        self._tell()

    def _show_group(self, group: AnonymousGroup) -> None:
        self._total.set_value(group.total)
        self._detail.show_group(group)
        self._fold.set_open(self._detail.has_counts())
        self._tell()

    def _total_changed(self) -> None:
        self._detail.set_total(self._total.value())
        if not self._total.value():
            self._fold.set_open(False)
        self._count()

    def _count(self) -> None:
        self._tell()
        self.changed.emit()
        if excess := self._detail.excess():
            sentence = f"Le détail compte {labels.count(excess, 'personne')} de trop."
            self.show_faults({"anonymous": sentence})

    def _tell(self) -> None:
        everybody = len(self.people()) + self._total.value()
        self._sum.setText(f"Total des participants\u00a0: {labels.figure(everybody)}")
        self._fold.setVisible(self._total.value() > 0)

    def _shown(self, person: UUID) -> Suggestion[UUID]:
        row = self._sources.person(person)
        return person_suggestion(row) if row else Suggestion(person, "Personne retirée du carnet")

    def _lay_out(self) -> None:
        self._people.set_list_width(PEOPLE_WIDTH)
        self._people.field.setMaximumWidth(theme.px(FIELD_WIDTH))
        counted = QWidget()
        counted.setFocusProxy(self._total)
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        line.addWidget(self._total)
        line.addWidget(self._sum)
        line.addStretch(1)
        column = QVBoxLayout(counted)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(line)
        column.addWidget(self._fold)
        self.add_row(FieldRow("Titre", self._title), "title")
        self.add_row(FieldRow("Participants", self._people), "participants")
        self.add_row(FieldRow("Anonymes", counted), "anonymous")
        self._total.setAccessibleName("Participants anonymes")

    def _listen(self) -> None:
        self._title.textChanged.connect(self.changed)
        self._people.create_requested.connect(self.create_asked)
        self._people.changed.connect(self._count)
        self._people.field.textChanged.connect(self.changed)
        self._total.changed.connect(self._total_changed)
        self._detail.changed.connect(self._count)
