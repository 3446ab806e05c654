"""What is filled to have a mandate signed, at the left of its preview."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app import labels
from app.services.mandates import rules
from app.services.mandates.rows import SignMandate
from app.ui import theme
from app.ui.mandates.signature_pad import SignaturePad
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label
from protocol.vocabulary import MandateDuration, MandateFamily, Signing

NEVER = "Ne gardez jamais un mot de passe, un code ou un numéro de carte bancaire, ni ici ni ailleurs."
ACTS = "Ce qu’il faut faire, précisément. Le mandat ne permet rien d’autre."
_SHORT = {
    MandateDuration.DAY: "1 jour",
    MandateDuration.MONTH: "1 mois",
    MandateDuration.SEMESTER: "6 mois",
    MandateDuration.YEAR: "1 an",
}
_EXAMPLES = {
    MandateFamily.IDENTITY: "État civil, passeport, carte d’identité, élections",
    MandateFamily.FAMILY: "Allocations, naissance, mariage, PACS, école",
    MandateFamily.SOCIAL: "Carte Vitale, handicap, RSA, chômage, personnes âgées",
    MandateFamily.WORK: "Contrat, concours, formation, retraite",
    MandateFamily.HOUSING: "Aide au logement, logement social, énergie, fin de bail",
    MandateFamily.TRANSPORT: "Carte grise, permis, contrôle technique, amendes",
    MandateFamily.MONEY: "Impôts, banque, assurance, surendettement",
    MandateFamily.JUSTICE: "Casier judiciaire, plainte, aide juridictionnelle",
    MandateFamily.FOREIGNERS: "Titre de séjour, attestation d’accueil",
    MandateFamily.LEISURE: "Animaux, permis bateau, chasse, associations",
}
_ON_PAPER = "Imprimez deux exemplaires (Ctrl+P), faites signer, puis enregistrez."


class MandateForm(QWidget):
    """Families, acts, duration, first day, place, signatures; the preview follows what is typed."""

    typed = Signal()

    def __init__(self, form: SignMandate, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.families: ChipGroup[MandateFamily] = ChipGroup(multiple=True)
        self.families.set_choices([(code, name, _EXAMPLES[code]) for code, name in labels.MANDATE_FAMILIES.items()])
        self.families.set_values(form.families)
        self.acts = NotesEdit(reminder="Ni mot de passe, ni code, ni numéro de carte.", limit=rules.LONGEST_ACTS)
        self.acts.set_value(form.acts)
        self.duration: ChipGroup[MandateDuration] = ChipGroup(required=True)
        self.duration.set_choices([(code, name, labels.label(code)) for code, name in _SHORT.items()], [form.duration])
        self.starts_on = DayPicker(today, until_today=False)
        self.starts_on.set_value(form.starts_on or today())
        self._until = label("", "small", wraps=True)
        self.made_at = QLineEdit(form.made_at)
        self.signing: SegmentedControl[Signing] = SegmentedControl(list(labels.SIGNINGS.items()))
        self.signing.set_value(form.signing)
        self.person, self.advisor = SignaturePad("Signature de la personne"), SignaturePad("Votre signature")
        self._how = FieldRow("", label(_ON_PAPER, "small", wraps=True))
        self._rows: Mapping[str, FieldRow] = self._lay_out()
        self._listen()
        self._follow()

    def value(self) -> SignMandate:
        """The mandate as it is typed and drawn."""
        is_drawn = self.signing.value() is Signing.SCREEN
        return replace(
            self._form,
            families=frozenset(self.families.values()),
            acts=self.acts.value(),
            duration=self.duration.value() or MandateDuration.DAY,
            starts_on=self.starts_on.value(),
            made_at=self.made_at.text(),
            signing=self.signing.value(),
            person_signature=self.person.value() if is_drawn else "",
            advisor_signature=self.advisor.value() if is_drawn else "",
        )

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what is wrong, and put the keyboard in the first one."""
        for name, row in self._rows.items():
            row.set_error(faults.get(name))
        first = next((row for name, row in self._rows.items() if name in faults), None)
        if first:
            first.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the keyboard on the families, or on what is wanted where they are chosen."""
        if self.families.values():
            self.acts.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.families.focus_first()

    def _follow(self) -> None:
        """Say until when it lasts, and show where to sign on the screen."""
        last = rules.expires_on(self.starts_on.value(), self.duration.value() or MandateDuration.DAY)
        self._until.setText(f"Jusqu’au {labels.day(last, date.min)} compris.")
        is_drawn = self.signing.value() is Signing.SCREEN
        for name in ("person_signature", "advisor_signature"):
            self._rows[name].setVisible(is_drawn)
        self._how.setVisible(not is_drawn)
        self.typed.emit()

    def _listen(self) -> None:
        for field in (self.families, self.acts, self.duration, self.starts_on, self.signing, self.person, self.advisor):
            field.changed.connect(self._follow)
        self.made_at.textEdited.connect(self._follow)

    def _lay_out(self) -> Mapping[str, FieldRow]:
        rows = {
            "families": FieldRow("Familles", self.families),
            "acts": FieldRow("Demande", self.acts, hint=ACTS),
            "duration": FieldRow("Durée", self.duration),
            "starts_on": FieldRow("À partir de", _under(self.starts_on, self._until)),
            "made_at": FieldRow("Fait à", self.made_at),
            "signing": FieldRow("Signature", self.signing),
            "person_signature": FieldRow("", self.person),
            "advisor_signature": FieldRow("", self.advisor),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(12), 0)
        column.setSpacing(theme.px(12))
        for name, row in rows.items():
            column.addWidget(row)
            if name == "signing":
                column.addWidget(self._how)
        column.addWidget(Banner("info", NEVER))
        column.addStretch(1)
        return rows


def _under(field: QWidget, said: QWidget) -> QWidget:
    """A field, and what follows from it just under."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    column.addWidget(field)
    column.addWidget(said)
    made.setFocusProxy(field)
    return made
