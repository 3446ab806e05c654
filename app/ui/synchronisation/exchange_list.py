"""The last exchanges with the server, folded: when, what was carried, and how each ended."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.sync.exchanges import Exchange
from app.ui.synchronisation import words
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.surfaces import label


class ExchangeList(Collapsible):
    """One line for each exchange, the newest first; absent before the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lines = label("", "muted", wraps=True)
        super().__init__("Derniers échanges", self._lines, parent=parent)

    def show_exchanges(self, exchanges: Sequence[Exchange], today: date) -> None:
        """Show these."""
        self._lines.setText("\n".join(words.exchange(one, today) for one in exchanges))
        self.setVisible(bool(exchanges))

    def lines(self) -> list[str]:
        """What is said, line by line."""
        return self._lines.text().splitlines()
