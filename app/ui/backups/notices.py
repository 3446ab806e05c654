"""Above every screen: what happened to the notebook, until it is read, and that it is damaged, until it is mended."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.paths import Paths
from app.services import news
from app.ui import theme
from app.ui.announce import announce
from app.ui.desk import Desk
from app.ui.widgets.banner import Banner, Kind

if TYPE_CHECKING:
    from app.database import Database

_DAMAGED = (
    "Votre carnet est abîmé. Passerelle peut remettre la dernière bonne copie\u00a0; "
    "le fichier abîmé sera gardé de côté."
)


class NotebookNotices(QWidget):
    """Absent while there is nothing to say."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_damaged = False
        self._column = QVBoxLayout(self)
        side = theme.px(24)
        self._column.setContentsMargins(side, theme.px(12), side, 0)
        self._column.setSpacing(theme.px(8))
        self.hide()
        desk.damaged.connect(self._offer_to_mend)
        said = news.of(desk.database)
        if said:
            self._add("success", said, "J’ai lu", self._read)

    def sentences(self) -> list[str]:
        """What is said now."""
        return [one.text() for one in self.findChildren(Banner) if not one.isHidden()]

    def _offer_to_mend(self) -> None:
        if not self._is_damaged:
            self._is_damaged = True
            self._add("danger", _DAMAGED, "Réparer maintenant", self._mend)

    def _add(self, kind: Kind, sentence: str, action: str, call: Callable[[Banner], object]) -> None:
        banner = Banner(kind, sentence, parent=self)
        banner.add_action(action, lambda: call(banner), "primary" if kind == "danger" else "")
        self._column.addWidget(banner)
        self.show()
        announce(self, sentence)

    def _read(self, banner: Banner) -> None:
        if self._desk.attempt(lambda: news.read(self._desk.database)):
            banner.hide()
            self.setVisible(bool(self.sentences()))

    def _mend(self, _: Banner) -> None:
        self._desk.replacement_asked.emit(_rebuilt)


def _rebuilt(paths: Paths, key: bytearray) -> "Database":
    from app.services.rebuilding import rebuild

    return rebuild(paths, key)
