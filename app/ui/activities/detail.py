"""The panel at the right: everything about one activity, and what can be done with it."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QWidget

from app import labels
from app.services.rows import ActivityDetail, ChangeRow
from app.ui.activities.detail_body import DetailBody
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.surfaces import label

WIDTH = 380


class DetailPanel(SidePanel):
    """Shows one activity; Escape closes it."""

    edit_asked = Signal(object)
    duplicate_asked = Signal(object)
    delete_asked = Signal(object)
    history_asked = Signal(object)
    """The history of this activity was unfolded."""
    lost_taken_back = Signal(object)
    """Put the values of this LostRow back."""
    lost_let_go = Signal(object)
    """Keep the colleague's version instead of this LostRow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ActivityDetail | None = None
        self._is_history_open = False
        self.body: DetailBody | None = None
        self._title = label("", "subtitle", wraps=True)
        self._scroll = self.lay_out(self._title, self._actions())
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName("Détail de l’activité")
        self.hide()

    def show_detail(self, detail: ActivityDetail) -> None:
        """Show an activity; the same one unchanged is left as it is."""
        if detail != self._shown:
            is_same = self._shown is not None and self._shown.row.id == detail.row.id
            place = self._scroll.verticalScrollBar().value() if is_same else 0
            self._shown = detail
            self._title.setText(labels.label(detail.row.kind))
            self._renew_body(detail)
            self._scroll.verticalScrollBar().setValue(place)
        self.show()

    def show_history(self, id_: UUID, changes: Sequence[ChangeRow]) -> None:
        """Fill the history, if this activity is still the one shown."""
        if self.body is not None and self.shown_id() == id_:
            self.body.show_history(changes)

    def shown_id(self) -> UUID | None:
        """The activity shown, None while the panel is closed."""
        return self._shown.row.id if self._shown is not None and not self.isHidden() else None

    def _renew_body(self, detail: ActivityDetail) -> None:
        self.body = DetailBody(detail)
        self.body.history.toggled.connect(self._history_toggled)
        self.body.lost_taken_back.connect(self.lost_taken_back)
        self.body.lost_let_go.connect(self.lost_let_go)
        self._scroll.setWidget(self.body)
        self.body.history.set_open(self._is_history_open)

    def _history_toggled(self, is_open: bool) -> None:
        self._is_history_open = is_open
        if is_open:
            self._ask(self.history_asked)

    def _ask(self, signal: SignalInstance) -> None:
        if self._shown is not None:
            signal.emit(self._shown.row.id)

    def _actions(self) -> FlowLayout:
        actions = FlowLayout(gap=8)
        for text, keys, role, signal in (
            ("Modifier", "Entrée ou Ctrl+E", "primary", self.edit_asked),
            ("Dupliquer", "Ctrl+D", "", self.duplicate_asked),
            ("Supprimer", "Suppr", "", self.delete_asked),
        ):
            actions.addWidget(self._action(text, keys, role, partial(self._ask, signal)))
        return actions

    def _action(self, text: str, keys: str, role: str, call: Callable[[], object]) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", role)
        made.setToolTip(f"{text} ({keys})")
        made.clicked.connect(lambda: call())
        return made
