"""What the program is, its licence, the works of others in it, and where its data come from."""

import json
from datetime import date

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from app import __version__
from app.labels import short_day
from app.resources import resource
from app.ui import theme
from app.ui.preferences.section import Section, words
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.segmented_control import SegmentedControl

_ABOUT = "Passerelle est un logiciel libre, sous licence MIT."
_PAGES = (("THIRD_PARTY.md", "Liste"), ("TEXTS.txt", "Textes complets"))
_HEIGHT = 360


class AboutSection(Section):
    """Version, sources, and the licences, folded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("À propos", _ABOUT, parent)
        self.which = SegmentedControl(_PAGES, self)
        self.pages = QTextBrowser(self)
        self.pages.setAccessibleName("Licences")
        self.pages.setOpenExternalLinks(True)
        self.pages.setFixedHeight(theme.px(_HEIGHT))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.which)
        column.addWidget(self.pages)
        self.fold = Collapsible("Licences des œuvres utilisées", holder)
        self.body.addWidget(FieldRow("Version", words(__version__)))
        self.body.addWidget(FieldRow("Données", words(_sources())))
        self.body.addWidget(self.fold)
        self.fold.toggled.connect(lambda is_open: self._show() if is_open else None)
        self.which.changed.connect(self._show)

    def _show(self) -> None:
        """Read the file wanted; links to the other licences open in the same place."""
        self.pages.setSource(QUrl.fromLocalFile(str(resource("licences", self.which.value()))))


def _sources() -> str:
    found = json.loads(resource("reference", "SOURCES.json").read_bytes())
    lines = [
        f"{one['producers']}\u00a0: {one['package']} {one['version']}, publié le "
        f"{short_day(date.fromisoformat(one['published']))}."
        for one in found["packages"]
    ]
    return "\n".join([*lines, f"{found['licence']['name']}."])
