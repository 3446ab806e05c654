"""A part of the form: it shows its slice of an activity, and gives it back as answered."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.commands import RecordActivity
from app.ui import theme
from app.ui.widgets.field_row import FieldRow

GAP = 12
"""Between two rows of the form (pixels at 100 %)."""
UNPICKED = "Choisissez dans la liste, ou effacez ce qui est écrit."


class Part(QWidget):
    """Rows of the form, one under the other; the fields of each row are those that the rules name."""

    changed = Signal()
    """An answer changed by the hand of the advisor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, FieldRow] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(GAP))
        self.changed.connect(lambda: self.show_faults({}))

    def show_form(self, form: RecordActivity) -> None:
        """Show the answers of a form."""
        raise NotImplementedError

    def fill(self, form: RecordActivity) -> RecordActivity:
        """The form with the answers of this part."""
        raise NotImplementedError

    def loose_ends(self) -> dict[str, str]:
        """What is typed and stands for nothing yet: a sentence for each field."""
        return {}

    def add_row(self, row: FieldRow, *fields: str) -> FieldRow:
        """Put a row under the others; it shows the faults of these fields."""
        self.column.addWidget(row)
        for field in fields:
            self._fields[field] = row
        return row

    def show_faults(self, faults: Mapping[str, str]) -> FieldRow | None:
        """Say what is wrong beside each field; answers the first row at fault."""
        sentences: dict[FieldRow, list[str]] = {row: [] for row in self._fields.values()}
        for field, row in self._fields.items():
            if field in faults:
                sentences[row].append(faults[field])
        for row, said in sentences.items():
            row.set_error(" ".join(said))
        return next((row for row, said in sentences.items() if said), None)

    def knows(self, field: str) -> bool:
        """Whether a row of this part shows the faults of a field."""
        return field in self._fields
