"""The advisor's data in the settings: take them out, bring some in, take an import out again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.labels import count
from app.services.imports.plans import Batch
from app.ui import icons
from app.ui.exchange.words import when
from app.ui.preferences.section import Line, Section, beside, empty, words
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import separator
from app.ui.widgets.work_bar import WorkBar

_ABOUT = "Ce que vous avez saisi est à vous\u00a0: faites-le sortir, ou entrer, quand vous voulez."
_EXPORT = "Des listes et des statistiques pour un tableur, ou tout le carnet, à reprendre ailleurs sans rien perdre."
_IMPORT = (
    "Un fichier de La Coop, d’anciens comptes rendus ou un carnet exporté. Vous voyez tout avant d’accepter. "
    "Vous pouvez aussi déposer le fichier ici."
)


class DataSection(Section):
    """Emits what is wanted of the data; a work under way says how far it is."""

    export_asked = Signal()
    import_asked = Signal()
    dropped = Signal(object)
    """The Path of a file let go over the section."""
    undo_asked = Signal(object)
    """The Batch to take out again."""
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Vos données", _ABOUT, parent)
        self.export_data, self.import_file = QPushButton("Exporter…", self), QPushButton("Importer…", self)
        icons.set_icon(self.export_data, "download")
        icons.set_icon(self.import_file, "import")
        self._import_row = FieldRow("Importer", beside(words(_IMPORT), self.import_file))
        self.work = WorkBar()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        holder = QWidget()
        holder.setLayout(self._list)
        self.fold = Collapsible("", holder)
        for each in (FieldRow("Exporter", beside(words(_EXPORT), self.export_data)), self._import_row):
            self.body.addWidget(each)
        self.body.addWidget(self.work)
        self.body.addWidget(self.fold)
        self.setAcceptDrops(True)
        self.export_data.clicked.connect(self.export_asked)
        self.import_file.clicked.connect(self.import_asked)
        self.work.stop_asked.connect(self.stop_asked)

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Show the files that were imported, the latest first."""
        empty(self._list)
        for batch in batches:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(batch))
        self.fold.set_title(count(len(batches), "fichier importé", "fichiers importés"))
        self.fold.setVisible(bool(batches))

    def show_working(self, said: str) -> None:
        """A work begins: nothing else can be asked meanwhile."""
        self.show_trouble("")
        self._set_busy(True)
        self.work.begin(said)

    def show_rest(self) -> None:
        """There is no work any more."""
        had_focus = self.work.stop.hasFocus()
        self.work.end()
        self._set_busy(False)
        if had_focus:
            self.import_file.setFocus()

    def show_trouble(self, sentence: str) -> None:
        """Say why a file could not be read, or an import taken out."""
        self._import_row.set_error(sentence)

    def trouble(self) -> str:
        """What is said to be wrong."""
        return self._import_row.error()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None and self.import_file.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _set_busy(self, is_busy: bool) -> None:
        for each in (self.export_data, self.import_file, self.fold):
            each.setEnabled(not is_busy)

    def _line(self, batch: Batch) -> Line:
        made = Line(batch.file, when(batch), parent=self)
        if not batch.undone:
            made.add_button("Retirer", lambda: self.undo_asked.emit(batch))
        return made


def _file_of(event: QDropEvent) -> Path | None:
    """The one file that is carried, None for anything else."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
