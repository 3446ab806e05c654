"""Choose, in a file of the national standard, the places to add."""

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.labels import count
from app.services.place_files import PlaceFile
from app.ui import theme
from app.ui.preferences.candidate_table import CandidateTable
from app.ui.widgets.banner import Banner
from app.ui.widgets.decorated_field import SearchField
from app.ui.widgets.surfaces import label
from app.ui.widgets.wide_table import WideTable

_PAUSE_MS = 150
_SHARES = (30, 20, 25, 25)
"""How the width is shared between the columns, in hundredths."""
_SHOWN_FAULTS = 3


class ImportPage(QWidget):
    """A search, a table where one ticks, and the button that adds."""

    chosen = Signal(object)
    """The candidates to add."""
    cancelled = Signal()

    def __init__(
        self, name: str, file: PlaceFile, known: frozenset[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.table = CandidateTable(file.candidates, known, self)
        self.search = SearchField("Nom, commune ou code postal")
        self.rows = WideTable(self.table, _SHARES, "Lieux du fichier")
        self.add = QPushButton(self)
        self.add.setProperty("role", "primary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out(name, file)
        self._pause.timeout.connect(lambda: self.table.search(self.search.text()))
        self.search.textChanged.connect(lambda: self._pause.start())
        self.rows.activated.connect(self._toggle)
        self.table.ticked_changed.connect(self._show_ticked)
        self.add.clicked.connect(lambda: self.chosen.emit(self.table.ticked()))
        self._show_ticked()

    def focus_first(self) -> None:
        """Put the keyboard in the search."""
        self.search.setFocus()

    def _toggle(self, index: QModelIndex) -> None:
        self.table.toggle(index.row())

    def _show_ticked(self) -> None:
        number = len(self.table.ticked())
        self.add.setEnabled(number > 0)
        self.add.setText(f"Ajouter {count(number, 'lieu', 'lieux')}" if number else "Cochez les lieux à ajouter")

    def _lay_out(self, name: str, file: PlaceFile) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label("Importer des lieux", "title"))
        found = count(len(file.candidates), "lieu lu", "lieux lus")
        column.addWidget(label(f"{found} dans «\u00a0{name}\u00a0». Cochez les vôtres.", "muted", wraps=True))
        if file.problems:
            column.addWidget(Banner("warning", _faults(file.problems)))
        column.addWidget(self.search)
        column.addWidget(self.rows, 1)
        row = QHBoxLayout()
        cancel = QPushButton("Annuler", self)
        cancel.clicked.connect(self.cancelled)
        row.addWidget(cancel)
        row.addStretch(1)
        row.addWidget(self.add)
        column.addLayout(row)


def _faults(problems: tuple[str, ...]) -> str:
    rest = len(problems) - _SHOWN_FAULTS
    more = [f"… et {count(rest, 'autre ligne', 'autres lignes')}."] if rest > 0 else []
    return "\n".join([*problems[:_SHOWN_FAULTS], *more])
