"""The dialog of a case: for whom, which procedure, before when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app import labels
from app.database import Database
from app.services import beneficiaries, cases, guides
from app.services.case_rules import SOON
from app.services.commands import SaveCase
from app.services.rows import GuideRow
from app.services.typed import Typed
from app.ui.cases import words
from app.ui.cases.optional_day import OptionalDay
from app.ui.cases.scrolled import scrolled
from app.ui.form_dialog import FormDialog
from app.ui.people.words import person_suggestion
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.surfaces import label
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ProcedureFamily

SIZE = 680, 460
"""Pixels at 100 %."""
UNPICKED_PERSON = "Choisissez cette personne dans la liste, créez-la, ou effacez le champ."
NOT_KNOWN = "Rien n’est noté pour cette démarche\u00a0: vous ajouterez ses étapes au fur et à mesure."


class CaseDialog(FormDialog):
    """Enter saves, Escape closes; a free name is kept as it is typed."""

    saved = Signal(object)
    """UUID of the case."""
    person_wanted = Signal(str)
    """Somebody new, by these letters: `choose_person` once they are there."""

    def __init__(
        self, database: Database, form: SaveCase, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__("Modifier la démarche" if form.id else "Nouvelle démarche", SIZE, parent)
        self._database, self._form, self._today = database, form, today
        self._procedure = form.procedure
        self.person: TypeAhead[UUID] = TypeAhead(
            lambda typed: [person_suggestion(row) for row in beneficiaries.search(database, typed)],
            placeholder="Nom, prénom ou téléphone",
            create_label=lambda typed: f"Créer «\u00a0{typed}\u00a0»",
        )
        self.procedure: TypeAhead[str] = TypeAhead(
            self._suggestions, placeholder="Carte grise, CAF, passeport, impôts…"
        )
        self.name = QLineEdit(form.name)
        self.family: ChipGroup[ProcedureFamily] = ChipGroup()
        self.family.set_choices([(code, name, labels.FAMILY_HINTS[code]) for code, name in labels.FAMILIES.items()])
        self.family.set_value(form.family)
        self.deadline = OptionalDay("Échéance", "Ajouter une échéance", today, SOON)
        self.deadline.set_value(form.deadline)
        self._told = label("", "small", wraps=True)
        self._lay_out()
        self._listen()
        self._begin()

    def save(self) -> None:
        """Keep the case, or say beside each field what is wrong; nothing typed is lost."""
        self.deadline.finish()
        content, made = self.content(), list[UUID]()
        if content.loose:
            self.show_faults({"beneficiary": UNPICKED_PERSON})
        elif self.attempt(lambda: made.append(cases.save(self._database, content.form, self._today()))):
            self.accept()
            self.saved.emit(made[0])

    def content(self) -> Typed[SaveCase]:
        """The case as it stands, and the letters of somebody not chosen yet."""
        is_free = self.procedure.value() is None
        typed = self.name.text() if self._form.id else self.procedure.text()
        form = replace(
            self._form,
            beneficiary=self.person.value(),
            procedure=self._procedure if self._form.id else self.procedure.value() or "",
            name=typed if self._form.id or is_free else "",
            family=self.family.value(),
            deadline=self.deadline.value(),
        )
        who = self.person.text().strip()
        return Typed(form, {"beneficiary": who} if who and form.beneficiary is None else {})

    def resume(self, loose: Mapping[str, str]) -> None:
        super().resume(loose)
        self.person.field.setText(loose.get("beneficiary", self.person.text()))

    def choose_person(self, id_: UUID) -> None:
        """The person of the case."""
        self._show_person(id_)
        self.procedure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _suggestions(self, typed: str) -> Sequence[Suggestion[str]]:
        return [_suggestion(row) for row in guides.search(self._database, typed)]

    def _begin(self) -> None:
        """Show what is known already, and put the keyboard in the first field that is empty."""
        if self._form.beneficiary:
            self._show_person(self._form.beneficiary)
        guide = guides.find(self._database, self._form.procedure) if self._form.procedure else None
        if guide is not None:
            self.procedure.set_picked(_suggestion(guide))
        elif not self._form.id:
            self.procedure.field.setText(self._form.name)
        self._follow()
        first: QWidget = self.person if self.person.value() is None else self.name if self._form.id else self.procedure
        if not self._form.id and self.person.value() and self.procedure.value():
            first = self.deadline
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_person(self, id_: UUID) -> None:
        found = beneficiaries.named(self._database, (id_,))
        self.person.set_picked(*map(person_suggestion, found))

    def _follow(self) -> None:
        """Say what the procedure brings; ask for the family of a free name only."""
        key = self.procedure.value()
        guide = guides.find(self._database, key) if key else None
        is_free = bool(self.procedure.text().strip()) and guide is None
        self.rows["family"].setVisible(bool(self._form.id) or is_free)
        if guide is not None and not self._form.id:
            self.family.set_value(guide.family)
        self._told.setText(_brings(guide) if guide else NOT_KNOWN if is_free else "")
        self._brought.setVisible(bool(self._told.text()) and not self._form.id)

    def _listen(self) -> None:
        self.person.create_requested.connect(self.person_wanted)
        self.person.picked.connect(lambda: self.procedure.setFocus(Qt.FocusReason.OtherFocusReason))
        self.procedure.changed.connect(self._follow)
        self.procedure.field.textChanged.connect(self._follow)
        self.procedure.picked.connect(lambda: self.deadline.setFocus(Qt.FocusReason.OtherFocusReason))

    def _lay_out(self) -> None:
        rows = self.rows = {
            "beneficiary": FieldRow("Pour qui", self.person),
            "name": FieldRow("Démarche", self.name if self._form.id else self.procedure),
            "family": FieldRow("Famille", self.family),
            "deadline": FieldRow("Échéance", self.deadline),
        }
        self.person.setAccessibleName("Pour qui")
        self.procedure.setAccessibleName("Démarche")
        self._brought = FieldRow("", self._told)
        for button in (self.deadline.add, self.deadline.remove):
            button.setAutoDefault(False)
        content = scrolled(rows["beneficiary"], rows["name"], self._brought, rows["family"], rows["deadline"])
        self.lay_out(content, QPushButton("Enregistrer" if self._form.id else "Suivre cette démarche"))


def _suggestion(row: GuideRow) -> Suggestion[str]:
    detail = words.OWN if row.is_own else words.family(row.family)
    return Suggestion(row.key, row.name, detail, "star" if row.is_own else "file-text")


def _brings(guide: GuideRow) -> str:
    """« 5 étapes à suivre, 4 choses à apporter »."""
    if not guide.steps:
        return NOT_KNOWN
    said = f"{labels.count(len(guide.steps), 'étape')} à suivre"
    brought = labels.count(len(guide.bring), "chose") if guide.bring else ""
    return f"{said}, {brought} à apporter." if brought else f"{said}."
