"""The top bar: search everything, the running timer, the light, and the big button."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.search.search_bar import SearchBar
from app.ui.synchronisation.light import SyncLight
from protocol.vocabulary import ActivityKind

_RECORD, _ROOMY = "Enregistrer une activité", 900
"""The big button, and the width under which its first word is enough (pixels of the design)."""


class TopBar(QFrame):
    """Always there, whatever the screen."""

    def __init__(self, desk: Desk, screens: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`screens` can be called by name from the search: key, name, icon."""
        super().__init__(parent)
        self.setProperty("role", "topbar")
        self._search = SearchBar(desk)
        self._search.set_screens(screens)
        self._search.activity_chosen.connect(desk.activity_asked)
        self._search.person_chosen.connect(desk.person_asked)
        self._timer = QPushButton()
        self._timer.setProperty("role", "quiet")
        self._timer.setToolTip("Enregistrer l’accompagnement en cours")
        icons.set_icon(self._timer, "timer", "muted")
        self._timer.clicked.connect(lambda: desk.form_asked.emit(ActivityKind.INDIVIDUAL))
        self._timer.setVisible(desk.stopwatch.is_running)
        desk.stopwatch.running_changed.connect(self._timer.setVisible)
        desk.stopwatch.ticked.connect(self._show_time)
        self._record = QPushButton(_RECORD)
        self._record.setAccessibleName(_RECORD)
        self._record.setProperty("role", "primary")
        self._record.setToolTip("Ctrl+N")
        icons.set_icon(self._record, "plus", "on_primary")
        self._record.clicked.connect(lambda: desk.form_asked.emit(ActivityKind.INDIVIDUAL))
        self._lay_out(SyncLight(desk))

    def search(self) -> None:
        """Move the keyboard to the search field."""
        self._search.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_roomy = self.width() >= theme.px(_ROOMY)
        self._record.setText(_RECORD if is_roomy else _RECORD.split()[0])

    def _show_time(self, elapsed: str) -> None:
        self._timer.setText(elapsed)
        self._timer.setAccessibleName(f"Chronomètre\u00a0: {elapsed}")

    def _lay_out(self, light: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(10))
        row.setSpacing(theme.px(16))
        row.addWidget(self._search, 1)
        row.addStretch()
        row.addWidget(self._timer)
        row.addWidget(light)
        row.addWidget(self._record)
