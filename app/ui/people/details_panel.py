"""The tab « Coordonnées »: what is known of the person, changed in place."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.typed import Name, Typed
from app.ui import theme
from app.ui.desk import Desk
from app.ui.keeper import FormKeeper
from app.ui.people.panels import DETAILS, PersonPanel
from app.ui.people.person_editor import PersonEditor
from app.ui.widgets.surfaces import label
from protocol.vocabulary import RecordKind

WIDTH = 820


class DetailsPanel(PersonPanel):
    """Ctrl+Enter saves, and so does leaving the file; what cannot be saved yet waits until the file is opened again."""

    changes = frozenset({RecordKind.BENEFICIARY.value})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.editor: PersonEditor | None = None
        self._state = label("", "muted", wraps=True)
        self.save_button, self.undo_button = QPushButton("Enregistrer   Ctrl+↵"), QPushButton("Rétablir")
        self.save_button.setAccessibleName("Enregistrer")
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip("Enregistrer (Ctrl+Entrée)")
        self.undo_button.setToolTip("Revenir à ce que garde le carnet")
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self._go_back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._holder = QVBoxLayout()
        self._keeper = FormKeeper(desk, self._content, self)
        self._lay_out()

    def show_person(self, id_: UUID) -> None:
        """Show this person; what is being typed of them is not lost."""
        if self.editor is not None and self.editor.typed().id == id_:
            self.desk.attempt(self.editor.follow_notebook)
            return
        known = beneficiaries.form_of(self.desk.database, id_)
        self._keeper.follow(Name(DETAILS, id_))
        found = self._keeper.found(SaveBeneficiary)
        if self.editor is not None:
            self._holder.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = PersonEditor(self.desk.database, found.form if found else known)
        self._holder.addWidget(self.editor)
        if found:
            self.editor.resume(found.loose)
        self.editor.form.changed.connect(self._changed)
        self.setFocusProxy(self.editor.form)
        self._show_state()

    def leave(self) -> bool:
        """Keep what is typed; where it cannot be, stay and say why."""
        return self.save()

    def save(self) -> bool:
        """Keep what is typed, if anything is."""
        if self.editor is None or not self.editor.is_changed:
            return True
        if not self.editor.save():
            self._keeper.keep_now()
            return False
        self._keeper.note_change()
        self._keeper.keep_now()
        self.desk.said.emit("Fiche enregistrée", None)
        self.desk.attempt(self.editor.follow_notebook)
        self._show_state()
        return True

    def _go_back(self) -> None:
        if self.editor is not None:
            self.editor.go_back()
            self._show_state()
            self.editor.form.focus_first()

    def _changed(self) -> None:
        self._keeper.note_change()
        self._show_state()

    def _content(self) -> Typed[SaveBeneficiary] | None:
        """What is typed of the person, where the notebook does not hold it."""
        return self.editor.content() if self.editor is not None and self.editor.is_changed else None

    def _show_state(self) -> None:
        is_changed = self.editor is not None and self.editor.is_changed
        self.save_button.setEnabled(is_changed)
        self.undo_button.setEnabled(is_changed)
        self._state.setText("Modifications à enregistrer" if is_changed else "")

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(self._state, 1)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.save_button)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(12))
        column.addLayout(self._holder, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside, 1)
        row.addStretch(0)
