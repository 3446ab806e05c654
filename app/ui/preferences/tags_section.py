"""The advisor's tags: their names and their uses; a name is changed in its place."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.labels import count
from app.services.rows import TagRow
from app.ui import theme
from app.ui.preferences.section import Line, Section, empty
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.surfaces import label, separator

_ABOUT = "Vos mots à vous pour retrouver des activités\u00a0: une étiquette renommée l’est partout."


class TagsSection(Section):
    """Emits new names and deletions."""

    created = Signal(str)
    renamed = Signal(object, str)
    """A tag (UUID) and its new name."""
    deletion_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Étiquettes", _ABOUT, parent)
        self.new = QLineEdit(self)
        self.new.setPlaceholderText("Nouvelle étiquette")
        self.new.setAccessibleName("Nouvelle étiquette")
        self.add = QPushButton("Ajouter", self)
        self._error = ErrorLine(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.new, 1)
        row.addWidget(self.add)
        self.body.addLayout(row)
        self.body.addWidget(self._error)
        self.body.addLayout(self._list)
        self.add.clicked.connect(self._create)
        self.new.returnPressed.connect(self._create)

    def show_tags(self, tags: Sequence[TagRow]) -> None:
        """Show these tags."""
        empty(self._list)
        self.say("")
        for tag in tags:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(tag))
        if not tags:
            self._list.addWidget(label("Aucune étiquette pour l’instant.", "muted"))

    def say(self, sentence: str) -> None:
        """Say why a name is refused, or nothing any more."""
        self._error.say(sentence)

    def sentence(self) -> str:
        """What is said to be wrong."""
        return self._error.sentence()

    def _create(self) -> None:
        if self.new.text().strip():
            self.created.emit(self.new.text())

    def _line(self, tag: TagRow) -> Line:
        made = Line(tag.name, aside=count(tag.uses, "activité"), parent=self)
        made.add_button("Renommer", lambda: self._edit(made, tag))
        made.add_button("Supprimer", lambda: self.deletion_asked.emit(tag.id))
        return made

    def _edit(self, line: Line, tag: TagRow) -> None:
        editor = NameEditor(tag.id, tag.name, self)
        editor.submitted.connect(self.renamed)
        editor.cancelled.connect(lambda: self._put_back(editor, line))
        self._list.replaceWidget(line, editor)
        line.hide()
        editor.field.setFocus()

    def _put_back(self, editor: "NameEditor", line: Line) -> None:
        self._list.replaceWidget(editor, line)
        line.show()
        editor.hide()
        editor.deleteLater()
        self.say("")


class NameEditor(QWidget):
    """A name being changed: Enter keeps it, Escape leaves it as it was."""

    submitted = Signal(object, str)
    cancelled = Signal()

    def __init__(self, id_: UUID, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = QLineEdit(name, self)
        self.field.setAccessibleName(f"Nouveau nom de l’étiquette {name}")
        self.field.selectAll()
        keep, leave = QPushButton("Renommer", self), QPushButton("Annuler", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(keep)
        row.addWidget(leave)
        self.field.returnPressed.connect(lambda: self.submitted.emit(id_, self.field.text()))
        keep.clicked.connect(lambda: self.submitted.emit(id_, self.field.text()))
        leave.clicked.connect(self.cancelled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
