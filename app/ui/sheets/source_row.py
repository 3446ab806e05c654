"""A source of a sheet in the form: its name, its address, and whether it was read."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from app.services.sheets.sheet import Source
from app.ui import theme
from app.ui.sheets.rows import Row


class SourceRow(Row[Source]):
    """Where facts come from; one that was not read makes the sheet to verify."""

    def __init__(self) -> None:
        super().__init__("Source", "Service Public, le nom de la page…")
        self.address = self.line("https://…")
        self.read = QCheckBox("Lue")
        self.read.setToolTip(
            "Décochez si vous n’avez pas pu lire cette page\u00a0: la fiche dira «\u00a0à vérifier\u00a0»"
        )
        self.read.setChecked(True)
        self.read.clicked.connect(lambda: self.typed.emit())
        under = QHBoxLayout()
        under.setSpacing(theme.px(8))
        under.addWidget(self.address, 1)
        under.addWidget(self.read)
        self.below.addLayout(under)

    def value(self) -> Source:
        return Source(self.field.text(), self.address.text(), self.read.isChecked())

    def show_value(self, value: Source) -> None:
        self.show_words(self.field, value.title)
        self.show_words(self.address, value.address)
        self.read.setChecked(value.read)

    def says_something(self) -> bool:
        return bool(super().says_something() or self.address.text().strip())

    def show_place(self, sign: str, name: str) -> None:
        super().show_place(sign, name)
        self.address.setAccessibleName(f"Adresse, {name.lower()}")
        self.read.setAccessibleName(f"Lue, {name.lower()}")
