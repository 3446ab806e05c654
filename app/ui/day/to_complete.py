"""« À compléter »: the drafts, then what is left to set up or to look at."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.services.rows import DraftRow
from app.ui import icons, theme
from app.ui.day.notices import Notice
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import SectionLabel, label

Item = tuple[DraftRow, str] | Notice
"""A draft and its sentence, or a notice."""


class ToComplete(QWidget):
    """One banner for each thing; absent when there is nothing."""

    resumed = Signal(object)
    """« Reprendre » for this DraftRow."""
    discarded = Signal(object)
    """« Jeter » for this DraftRow."""
    screen_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(8))
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(SectionLabel("À compléter"))
        self._banners: list[Banner | _QuietLine] = []

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; what has not changed keeps the keyboard."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        for old in self._banners:
            old.hide()
            old.deleteLater()
        self._banners = [self._banner(item) for item in items]
        for banner in self._banners:
            self._column.addWidget(banner)
            banner.show()
        self.setVisible(bool(items))

    def sentences(self) -> list[str]:
        """What is said, line by line."""
        return [banner.text() for banner in self._banners]

    def _banner(self, item: Item) -> "Banner | _QuietLine":
        return self._notice(item) if isinstance(item, Notice) else self._draft(*item)

    def _draft(self, draft: DraftRow, sentence: str) -> Banner:
        banner = Banner("warning", sentence, icon="pencil", parent=self)
        resume = banner.add_action("Reprendre", lambda: self.resumed.emit(draft))
        discard = banner.add_action("Jeter", lambda: self.discarded.emit(draft), role="quiet")
        for button in (resume, discard):
            button.setAccessibleName(f"{button.text()}\u00a0: {sentence}")
        return banner

    def _notice(self, notice: Notice) -> "Banner | _QuietLine":
        if notice.kind is None:
            line = _QuietLine(notice)
            line.acted.connect(lambda: self.screen_wanted.emit(notice.screen))
            return line
        banner = Banner(notice.kind, notice.sentence, icon=notice.icon, parent=self)
        banner.add_action(notice.action, lambda: self.screen_wanted.emit(notice.screen))
        return banner


class _QuietLine(QWidget):
    """What is good to know, without a frame, and a link."""

    acted = Signal()

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        picture = QLabel()
        icons.set_icon(picture, notice.icon, "muted")
        self._words = label(notice.sentence, "muted", wraps=True)
        link = QPushButton(notice.action)
        link.setProperty("role", "link")
        link.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(17), 0, theme.px(10), 0)
        row.setSpacing(theme.px(10))
        row.addWidget(picture)
        row.addWidget(self._words, 1)
        row.addWidget(link)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()
