"""The dialog of one person: created in place, or changed; it warns kindly of somebody of the same name."""

from dataclasses import fields, replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.database import Database
from app.errors import AppError, UserError
from app.folding import fold
from app.services import beneficiaries
from app.services.age_bands import age_band_at
from app.services.commands import SaveBeneficiary
from app.services.rows import PersonRow
from app.ui import theme
from app.ui.people.lost_versions import LostVersions
from app.ui.people.names import split_name
from app.ui.people.person_form import PersonForm
from app.ui.people.words import person_detail
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner

WIDTH, HEIGHT = 740, 690
"""Pixels at 100 %."""


class PersonDialog(QDialog):
    """Enter saves, Escape closes; `saved` gives the person, new, changed, or chosen instead of a second one."""

    saved = Signal(object)
    """UUID of the person."""
    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(self, database: Database, person: SaveBeneficiary, parent: QWidget) -> None:
        super().__init__(parent)
        self._database = database
        self._same: PersonRow | None = None
        self._form = PersonForm(age_band_at)
        self._form.set_value(person)
        self._form.named.connect(self._look_for_same)
        self._twin = Banner("info", "")
        self._choose = self._twin.add_action("Choisir cette personne", self._choose_same)
        self._fault = Banner("danger", "")
        self._lost = LostVersions(database, person.id)
        self._lost.changed.connect(self._follow_notebook)
        self._lost.refused.connect(self._refused)
        self.setWindowTitle("Modifier la fiche" if person.id else "Nouvelle personne")
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)
        self._look_for_same()
        self._form.focus_first()

    @classmethod
    def to_create(
        cls, database: Database, typed: str, home: tuple[str, str | None] | None, parent: QWidget
    ) -> "PersonDialog":
        """The dialog of a new person, from the letters typed and where the activity takes place if it is at home."""
        last, first = split_name(typed)
        municipality, postal_code = home or (None, None)
        person = SaveBeneficiary(last_name=last, first_name=first, municipality=municipality, postal_code=postal_code)
        return cls(database, person, parent)

    def typed(self) -> SaveBeneficiary:
        """The person as typed so far."""
        return self._form.value()

    def save(self) -> None:
        """Keep the person, or say beside each field what is wrong; nothing typed is lost."""
        faults = self._form.loose_ends()
        if faults:
            self._form.show_faults(faults)
            return
        try:
            saved = beneficiaries.save(self._database, self._form.value())
        except AppError as error:
            self._refused(error)
            return
        self._answer(saved)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _refused(self, error: AppError) -> None:
        faults = error.fields if isinstance(error, UserError) else {}
        self._form.show_faults(faults)
        self._fault.set_text(str(error))
        self._fault.setVisible(not faults)

    def _answer(self, person: UUID) -> None:
        self.accept()
        self.saved.emit(person)

    def _follow_notebook(self) -> None:
        """Show what the person has become in the notebook; what is being typed stays."""
        typed = self._form.value()
        if typed.id is None or typed.opened is None:
            return
        now, before = beneficiaries.form_of(self._database, typed.id), typed.opened
        names = [one.name for one in fields(now) if one.name != "opened"]
        changed = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(before, name)}
        self._form.set_value(replace(typed, **changed, opened=now))

    def _look_for_same(self) -> None:
        """Somebody else who has the same last and first names."""
        typed = self._form.value()
        self._same = self._same_as(typed) if typed.last_name and typed.first_name else None
        self._twin.setVisible(self._same is not None)
        if self._same:
            detail = person_detail(self._same)
            told = f" ({detail})" if detail else ""
            self._twin.set_text(f"{self._same.name}{told} est déjà dans le carnet.")
            self._choose.setVisible(typed.id is None)

    def _same_as(self, typed: SaveBeneficiary) -> PersonRow | None:
        names = fold(typed.last_name), fold(typed.first_name)
        found = beneficiaries.search(self._database, f"{typed.last_name} {typed.first_name}")
        return next(
            (row for row in found if (fold(row.last_name), fold(row.first_name)) == names and row.id != typed.id), None
        )

    def _choose_same(self) -> None:
        if self._same:
            self._answer(self._same.id)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._form)
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(12))
        self._fault.hide()
        for widget in (self._twin, self._fault, self._lost):
            column.addWidget(widget)
        column.addWidget(scroll, 1)
        column.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HEIGHT), room.height()))

    def _buttons(self) -> QHBoxLayout:
        cancel, save = QPushButton("Annuler"), QPushButton("Enregistrer")
        save.setProperty("role", "primary")
        save.setDefault(True)
        cancel.setAutoDefault(False)
        self._choose.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row
