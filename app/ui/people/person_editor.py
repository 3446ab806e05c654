"""What is known of a person, typed and saved: with who may be the same, the values lost to a colleague, the faults."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.database import Database
from app.errors import AppError, UserError
from app.services import beneficiaries, duplicates
from app.services.age_bands import age_band_at
from app.services.commands import SaveBeneficiary
from app.services.typed import Typed
from app.ui import theme
from app.ui.duplicates.likely import LikelyBanner
from app.ui.people.lost_versions import LostVersions
from app.ui.people.person_form import PersonForm
from app.ui.widgets.banner import Banner
from protocol.vocabulary import RecordKind


class PersonEditor(QWidget):
    """Nothing typed is lost when the notebook changes meanwhile, nor when a save is refused."""

    saved = Signal(object)
    """UUID of the person, once kept."""
    chosen = Signal(object)
    """UUID of somebody already in the notebook, chosen instead of a second one."""

    def __init__(self, database: Database, person: SaveBeneficiary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self.form = PersonForm(age_band_at)
        self.form.set_value(person)
        self.form.named.connect(self._look_for_same)
        self.twin = LikelyBanner()
        self.twin.chosen.connect(self.chosen)
        self.fault = Banner("danger", "")
        self.lost = LostVersions(database, RecordKind.BENEFICIARY, person.id)
        self.lost.changed.connect(self.follow_notebook)
        self.lost.refused.connect(self._refused)
        self._lay_out()
        self._look_for_same()

    def typed(self) -> SaveBeneficiary:
        """The person as typed so far."""
        return self.form.value()

    def content(self) -> Typed[SaveBeneficiary]:
        """The same, and the letters of a commune not chosen yet."""
        return Typed(self.form.value(), self.form.loose())

    def resume(self, loose: Mapping[str, str]) -> None:
        """Go on with what was typed before: the letters that stood for nothing, and what is wrong with the rest."""
        self.follow_notebook()
        self.form.set_loose(loose)
        if self.form.value().id is not None:
            self.form.show_faults(self._faults())

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that the notebook does not hold."""
        typed = self.form.value()
        return bool(self.form.loose_ends()) or (typed.opened is not None and typed != _as_typed(typed.opened))

    def save(self) -> bool:
        """Keep the person, or say beside each field what is wrong; answers whether it was kept."""
        if self.form.loose_ends():
            self.form.show_faults(self._faults())
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
        loose = self.form.loose()
        self.form.set_value(replace(typed, **changed, opened=now))
        self.form.set_loose(loose)

    def go_back(self) -> None:
        """Show again what the notebook holds, without what was typed."""
        opened = self.form.value().opened
        if opened is not None:
            self.form.set_value(replace(opened, opened=opened))
            self.form.show_faults({})
            self.fault.hide()

    def _faults(self) -> Mapping[str, str]:
        """What is wrong with what is typed, by field."""
        loose = self.form.loose_ends()
        try:
            beneficiaries.check(self.form.value(), date.today())
        except UserError as error:
            return {**loose, **error.fields}
        return loose

    def _refused(self, error: AppError) -> None:
        faults = error.fields if isinstance(error, UserError) else {}
        self.form.show_faults(faults)
        self.fault.set_text(str(error))
        self.fault.setVisible(not faults)

    def _look_for_same(self) -> None:
        """Who may be the new person typed; the file of a known one says it itself."""
        typed = self.form.value()
        if typed.id is None:
            self.twin.show_people(duplicates.of(self._database, typed))

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
