"""The advisor's places of activity: the list, and a form that unfolds above it."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.labels import count
from app.services.commands import SavePlace
from app.services.rows import PlaceRow
from app.ui import icons
from app.ui.preferences.place_form import PlaceForm
from app.ui.preferences.section import Line, Section, buttons, empty
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.surfaces import label, separator

_ABOUT = "Les lieux où vous recevez le public\u00a0: le formulaire les propose, les plus utilisés d’abord."


class PlacesSection(Section):
    """Emits what is wanted of a place; archived ones wait at the bottom."""

    form_asked = Signal(object)
    """A place to change (UUID), or None for a new one."""
    submitted = Signal(object)
    """A SavePlace."""
    archiving_asked = Signal(object, bool)
    """A place (UUID), to archive or to put back."""
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mes lieux d’activité", _ABOUT, parent)
        self.add = QPushButton("Ajouter un lieu", self)
        self.import_file = QPushButton("Importer depuis un fichier…", self)
        icons.set_icon(self.add, "plus")
        icons.set_icon(self.import_file, "import")
        self.form = PlaceForm(self)
        self._list, self._archived = _column(), _column()
        self._fold = Collapsible("", _holding(self._archived))
        for each in (self.form, _holding(self._list), self._fold):
            self.body.addWidget(each)
        self.body.insertLayout(0, buttons(self.add, self.import_file))
        self.form.hide()
        self.add.clicked.connect(lambda: self.form_asked.emit(None))
        self.import_file.clicked.connect(self.import_asked)
        self.form.submitted.connect(self.submitted)
        self.form.cancelled.connect(self.close_form)

    def show_places(self, places: Sequence[PlaceRow]) -> None:
        """Show these places, the archived ones apart."""
        empty(self._list)
        empty(self._archived)
        kept, archived = [p for p in places if not p.archived], [p for p in places if p.archived]
        for place in kept:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(place))
        if not kept:
            words = "Aucun lieu pour l’instant\u00a0: ajoutez celui où vous recevez le plus souvent."
            self._list.addWidget(label(words, "muted", wraps=True))
        for place in archived:
            self._archived.addWidget(self._line(place))
        self._fold.set_title(count(len(archived), "lieu archivé", "lieux archivés"))
        self._fold.setVisible(bool(archived))

    def open_form(self, place: SavePlace) -> None:
        """Unfold the form on a place."""
        self.form.show()
        self.form.set_value(place)

    def close_form(self) -> None:
        """Fold the form."""
        self.form.hide()
        self.add.setFocus()

    def _line(self, place: PlaceRow) -> Line:
        town = f"{place.postal_code} {place.municipality_name}".strip()
        detail = " · ".join(filter(None, (place.address, town)))
        made = Line(place.name, detail, count(place.uses, "activité"), self)
        if place.archived:
            made.add_button("Remettre", lambda: self._archive(place.id, False))
        else:
            made.add_button("Modifier", lambda: self.form_asked.emit(place.id))
            made.add_button("Archiver", lambda: self._archive(place.id, True))
        return made

    def _archive(self, id_: UUID, is_archived: bool) -> None:
        self.archiving_asked.emit(id_, is_archived)


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(4)
    return made


def _holding(layout: QVBoxLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
