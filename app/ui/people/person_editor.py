"""What is known of a person, typed and saved: with the namesake, the values lost to a colleague and the faults told."""

from dataclasses import fields, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.database import Database
from app.errors import AppError, UserError
from app.folding import fold
from app.services import beneficiaries
from app.services.age_bands import age_band_at
from app.services.commands import SaveBeneficiary
from app.services.rows import PersonRow
from app.ui import theme
from app.ui.people.lost_versions import LostVersions
from app.ui.people.person_form import PersonForm
from app.ui.people.words import person_detail
from app.ui.widgets.banner import Banner


class PersonEditor(QWidget):
    """Nothing typed is lost when the notebook changes meanwhile, nor when a save is refused."""

    saved = Signal(object)
    """UUID of the person, once kept."""
    chosen = Signal(object)
    """UUID of somebody already in the notebook, chosen instead of a second one."""

    def __init__(self, database: Database, person: SaveBeneficiary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._same: PersonRow | None = None
        self.form = PersonForm(age_band_at)
        self.form.set_value(person)
        self.form.named.connect(self._look_for_same)
        self.twin = Banner("info", "")
        self._choose: QPushButton = self.twin.add_action("Choisir cette personne", self._choose_same)
        self._choose.setAutoDefault(False)
        self.fault = Banner("danger", "")
        self.lost = LostVersions(database, person.id)
        self.lost.changed.connect(self.follow_notebook)
        self.lost.refused.connect(self._refused)
        self._lay_out()
        self._look_for_same()

    def typed(self) -> SaveBeneficiary:
        """The person as typed so far."""
        return self.form.value()

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that the notebook does not hold."""
        typed = self.form.value()
        return bool(self.form.loose_ends()) or (typed.opened is not None and typed != _as_typed(typed.opened))

    def save(self) -> bool:
        """Keep the person, or say beside each field what is wrong; answers whether it was kept."""
        faults = self.form.loose_ends()
        if faults:
            self.form.show_faults(faults)
            return False
        try:
            kept = beneficiaries.save(self._database, self.form.value())
        except AppError as error:
            self._refused(error)
            return False
        self.form.show_faults({})
        self.fault.hide()
        self.saved.emit(kept)
        return True

    def follow_notebook(self) -> None:
        """Show what the person has become in the notebook; what is being typed stays."""
        typed = self.form.value()
        if typed.id is None or typed.opened is None:
            return
        now, before = beneficiaries.form_of(self._database, typed.id), typed.opened
        names = [one.name for one in fields(now) if one.name != "opened"]
        changed = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(before, name)}
        self.form.set_value(replace(typed, **changed, opened=now))

    def go_back(self) -> None:
        """Show again what the notebook holds, without what was typed."""
        opened = self.form.value().opened
        if opened is not None:
            self.form.set_value(replace(opened, opened=opened))
            self.form.show_faults({})
            self.fault.hide()

    def _refused(self, error: AppError) -> None:
        faults = error.fields if isinstance(error, UserError) else {}
        self.form.show_faults(faults)
        self.fault.set_text(str(error))
        self.fault.setVisible(not faults)

    def _look_for_same(self) -> None:
        """Somebody else who has the same last and first names."""
        typed = self.form.value()
        self._same = self._same_as(typed) if typed.last_name and typed.first_name else None
        self.twin.setVisible(self._same is not None)
        if self._same:
            detail = person_detail(self._same)
            told = f" ({detail})" if detail else ""
            self.twin.set_text(f"{self._same.name}{told} est déjà dans le carnet.")
            self._choose.setVisible(typed.id is None)

    def _same_as(self, typed: SaveBeneficiary) -> PersonRow | None:
        names = fold(typed.last_name), fold(typed.first_name)
        found = beneficiaries.search(self._database, f"{typed.last_name} {typed.first_name}")
        return next(
            (row for row in found if (fold(row.last_name), fold(row.first_name)) == names and row.id != typed.id), None
        )

    def _choose_same(self) -> None:
        if self._same:
            self.chosen.emit(self._same.id)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.fault.hide()
        for widget in (self.twin, self.fault, self.lost):
            column.addWidget(widget)
        column.addWidget(scroll, 1)


def _as_typed(person: SaveBeneficiary) -> SaveBeneficiary:
    """What the form gives back of a person when nothing is typed."""
    band = None if person.birth_year else person.age_band
    texts = ("first_name", "last_name", "phone", "email", "address", "notes")
    return replace(person, age_band=band, **{name: getattr(person, name).strip() for name in texts})
