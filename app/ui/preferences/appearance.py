"""How the program looks: theme, size of the text, font; every choice is seen at once."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.settings import Settings
from app.ui.preferences.section import Section
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.segmented_control import SegmentedControl

_SIZES = (90, 100, 110, 125, 150, 175, 200)
_THEMES = (("systeme", "Comme l’ordinateur"), ("clair", "Clair"), ("sombre", "Sombre"))


class AppearanceSection(Section):
    """Three choices."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Apparence", "Chaque choix s’applique aussitôt à toute l’application.", parent)
        self.theme = SegmentedControl(_THEMES, self)
        self.text_size = ChipGroup[int](required=True, parent=self)
        self.legible = QCheckBox("Caractères faciles à distinguer (Atkinson Hyperlegible)", self)
        for name, field in (("Thème", self.theme), ("Taille du texte", self.text_size), ("Lisibilité", self.legible)):
            self.body.addWidget(FieldRow(name, field))
        self.legible.setAccessibleName("Lisibilité\u00a0: caractères faciles à distinguer")
        self.theme.changed.connect(self.changed)
        self.text_size.changed.connect(self.changed)
        self.legible.clicked.connect(lambda: self.changed.emit())

    def set_value(self, settings: Settings) -> None:
        """Show what is chosen; a size set by hand in the file stays a choice."""
        sizes = sorted({*_SIZES, settings.text_percent})
        self.text_size.set_choices([(size, f"{size}\u00a0%", "") for size in sizes], [settings.text_percent])
        self.theme.set_value(settings.theme)
        self.legible.setChecked(settings.legible_font)

    def applied_to(self, settings: Settings) -> Settings:
        """The same settings with these choices."""
        return replace(
            settings,
            theme=self.theme.value(),
            text_percent=self.text_size.value() or settings.text_percent,
            legible_font=self.legible.isChecked(),
        )
