"""Qui: the person accompanied, found while typing, created in place, or anonymous."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from app.services.commands import RecordActivity
from app.ui import icons, theme
from app.ui.people.words import person_detail, person_suggestion
from app.ui.recording.part import Part
from app.ui.recording.sources import PEOPLE_WIDTH, Sources, people_of
from app.ui.widgets.bounded import FIELD_WIDTH
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.surfaces import label
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ActivityKind

UNPICKED_PERSON = "Choisissez cette personne dans la liste, créez-la, ou effacez le champ."
ANONYMOUS = "Personne anonyme"


class WhoPart(Part):
    """One person, or nobody: then the person is anonymous."""

    person_changed = Signal(object)
    """The UUID of the person now chosen, or None."""
    settled = Signal()
    """A person was picked with Enter or the mouse: the conversation goes on to « Quoi »."""
    create_asked = Signal(str)
    edit_asked = Signal(object)

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._is_tabbing = False
        self._search: TypeAhead[UUID] = TypeAhead(
            people_of(sources),
            placeholder="Nom, prénom ou téléphone",
            create_label=lambda typed: f"Créer «\u00a0{typed}\u00a0»",
        )
        self._told = label(ANONYMOUS, "muted", wraps=True)
        self._edit = QPushButton("Modifier la fiche")
        self._edit.setProperty("role", "link")
        icons.set_icon(self._edit, "pencil", "primary", 16)
        self._edit.clicked.connect(lambda: self.edit_asked.emit(self.person()))
        self._lay_out()
        self._listen()

    def person(self) -> UUID | None:
        """The person chosen."""
        return self._search.value()

    def typed(self) -> str:
        """The letters typed that are nobody yet."""
        return "" if self.person() else self._search.text().strip()

    def set_typed(self, typed: str) -> None:
        """Put letters back as they were typed."""
        if typed and not self.person():
            self._search.field.setText(typed)
            self._tell()

    def choose(self, person: UUID | None) -> None:
        """Show a person as chosen."""
        self._search.set_picked(*([self._shown(person)] if person else []))
        self._tell()

    def set_narrow(self, is_narrow: bool) -> None:
        """Tell who it is about under the field, where there is no room at its right."""
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def show_form(self, form: RecordActivity) -> None:
        is_individual = form.kind is ActivityKind.INDIVIDUAL
        self.setVisible(is_individual)
        self.choose(next(iter(form.participants), None) if is_individual else None)

    def fill(self, form: RecordActivity) -> RecordActivity:
        person = self.person()
        return replace(form, participants=(person,) if person else ())

    def loose_ends(self) -> dict[str, str]:
        return {"participants": UNPICKED_PERSON} if self.typed() else {}

    def focus_first(self) -> None:
        """Put the keyboard in the field."""
        self._search.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab picks as Enter does, then goes where Tab goes: the conversation must not move twice."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._is_tabbing = event.key() == Qt.Key.Key_Tab
        return False

    def _picked(self) -> None:
        if not self._is_tabbing:
            self.settled.emit()

    def _person_changed(self) -> None:
        self._tell()
        self.person_changed.emit(self.person())

    def _shown(self, person: UUID) -> Suggestion[UUID]:
        row = self._sources.person(person)
        return person_suggestion(row) if row else Suggestion(person, "Personne retirée du carnet")

    def _tell(self) -> None:
        """Say plainly who it is about: what is known of the person, nobody, or a choice to make."""
        person = self.person()
        row = self._sources.person(person) if person else None
        self._edit.setVisible(row is not None)
        if row:
            self._told.setText(person_detail(row, with_history=False))
        else:
            self._told.setText("À choisir dans la liste" if self.typed() else ANONYMOUS)

    def _lay_out(self) -> None:
        self._search.set_list_width(PEOPLE_WIDTH)
        self._search.setMaximumWidth(theme.px(FIELD_WIDTH))
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(12))
        beside.addWidget(self._told, 1)
        beside.addWidget(self._edit)
        content = QWidget()
        content.setFocusProxy(self._search.field)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(12))
        self._line.addWidget(self._search, 1, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(beside, 1)
        self.add_row(FieldRow("Qui", content), "participants")
        self._search.setAccessibleName("Qui")

    def _listen(self) -> None:
        self._search.field.installEventFilter(self)
        self._search.picked.connect(self._picked)
        self._search.create_requested.connect(self.create_asked)
        self._search.changed.connect(self._person_changed)
        self._search.changed.connect(self.changed)
        self._search.field.textChanged.connect(self._tell)
        self._search.field.textChanged.connect(self.changed)
