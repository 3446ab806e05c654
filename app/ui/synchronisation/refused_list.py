"""« À vérifier »: what the server set aside, and what came and cannot be read yet: why, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.outgoing import RefusedRow
from app.ui import theme
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import SectionLabel


class RefusedList(QWidget):
    """One banner for each refused change, one for what cannot be read; absent when there is none."""

    open_asked = Signal(object)
    """Show this activity (UUID)."""
    again_asked = Signal(object)
    """Send this RefusedRow again."""
    settled = Signal(object)
    """Do not show this RefusedRow any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] | None = None
        self._banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(8), 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(SectionLabel("À vérifier"))

    def show_rows(self, rows: Sequence[RefusedRow], unreadable: Sequence[str] = ()) -> None:
        """Show these; what has not changed keeps the keyboard."""
        if (*rows, *unreadable) == self._shown:
            return
        self._shown = (*rows, *unreadable)
        for old in self._banners:
            old.hide()
            old.deleteLater()
        self._banners = [self._banner(row) for row in rows]
        self._banners += [Banner("info", sentence, icon="lock", parent=self) for sentence in unreadable]
        for banner in self._banners:
            self._column.addWidget(banner)
            banner.show()
        self.setVisible(bool(self._banners))

    def sentences(self) -> list[str]:
        """What is said, line by line."""
        return [banner.text() for banner in self._banners]

    def _banner(self, row: RefusedRow) -> Banner:
        made = Banner("warning", f"{row.title}\n{row.reason}", parent=self)
        if row.activity is not None:
            self._name(made.add_action("Ouvrir", lambda: self.open_asked.emit(row.activity)), row)
        self._name(made.add_action("Renvoyer", lambda: self.again_asked.emit(row)), row)
        self._name(made.add_action("C’est réglé", lambda: self.settled.emit(row), role="quiet"), row)
        return made

    @staticmethod
    def _name(button: QPushButton, row: RefusedRow) -> None:
        button.setAccessibleName(f"{button.text()}\u00a0: {row.title}")
