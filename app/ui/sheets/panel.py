"""The sheet chosen, as it will be printed, and what can be done with it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, SignalInstance
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from app.services.sheets.sheet import Sheet
from app.ui import icons, theme
from app.ui.paper.preview import Preview
from app.ui.sheets import words
from app.ui.widgets.banner import Banner
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.surfaces import label

WIDTH = 540
"""Pixels at 100 %."""
_VERIFY = "Une source n’a pas pu être lue\u00a0: relisez cette fiche avec le site officiel avant de la remettre."
_IMPROVE = "Cette fiche n’est pas encore facile à lire\u00a0: modifiez-la pour voir ce qui peut être plus simple."


class SheetPanel(SidePanel):
    """Says what is wanted for the sheet it shows: each signal gives its code."""

    handed = Signal(str)
    print_asked = Signal()
    file_asked = Signal(str)
    """A PDF is wanted: where is to be asked."""
    save_asked = Signal(object)
    """The Path chosen for the PDF."""
    share_asked = Signal(str)
    edit_asked = Signal(str)
    archive_asked = Signal(str, bool)
    delete_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self._saved: Path | None = None
        self._title, self._about = label("", "subtitle", wraps=True), label("", "small", wraps=True)
        self.hand = self._button("Remettre", "Ajouter à l’activité de la personne, Entrée", "user", self.handed)
        self.hand.setAccessibleName("Remettre à une personne")
        self.print_button = self._button("Imprimer…", "Ctrl+P", "printer", None)
        self.pdf = self._button("PDF…", "Enregistrer en PDF, Ctrl+S", "download", self.file_asked)
        self.more = QPushButton("Plus", self)
        self.more.setToolTip("Plus (Alt+P)")
        self.more.setShortcut("Alt+P")
        icons.set_icon(self.more, "ellipsis")
        self._menu = QMenu(self)
        self.share = self._action("Partager…", "upload", "Ctrl+Shift+E", self.share_asked)
        self.edit = self._action("", "pencil", "Ctrl+E", self.edit_asked)
        self.archive = self._action("", "square", "", None)
        self.delete = self._action("Supprimer", "trash-2", "Del", self.delete_asked)
        self.more.setMenu(self._menu)
        self._sources_text = label("", "small", wraps=True)
        self._sources = Collapsible("Sources", self._sources_text)
        self.mark = Banner("warning", "")
        self.said, self.fault = Banner("success", ""), Banner("danger", "")
        self.said.add_action("Ouvrir le fichier", self._open_saved)
        self.preview = Preview(self)
        self._lay_out()
        self.print_button.clicked.connect(self.ask_print)
        self.archive.triggered.connect(self._archive)
        self.hide()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet; its pages follow once they are drawn."""
        is_other = self.sheet is None or self.sheet.code != sheet.code
        self.sheet = sheet
        self._title.setText(sheet.title)
        self._about.setText(words.about(sheet))
        self.edit.setText("Modifier…" if sheet.own else "Copier dans mes fiches…")
        self.archive.setText("Proposer à nouveau" if sheet.archived else "Archiver")
        for action in (self.archive, self.delete):
            action.setVisible(sheet.own)
        self.mark.set_text(_IMPROVE if sheet.to_improve else _VERIFY)
        self.mark.setVisible(sheet.to_improve or sheet.to_verify)
        self._sources_text.setText(words.sources(sheet))
        self._sources.setVisible(bool(sheet.sources))
        if is_other:
            self.said.hide()
            self.fault.hide()
            self.preview.show_pages(())
            self.preview.verticalScrollBar().setValue(0)
        self.preview.setAccessibleDescription(" ".join(step.text for step in sheet.steps))
        self.show()

    def code(self) -> str:
        """The code of the sheet shown; empty while the panel is closed."""
        return self.sheet.code if self.sheet is not None and not self.isHidden() else ""

    def ask_print(self) -> None:
        """A printer is wanted for the sheet shown."""
        if self.code() and self.print_button.isEnabled():
            self.print_asked.emit()

    def show_busy(self, is_busy: bool) -> None:
        """While a file is written, neither button answers."""
        for button in (self.print_button, self.pdf):
            button.setEnabled(not is_busy)

    def show_saved(self, path: Path) -> None:
        """Say that the file is there, in the place of what else is to know of the sheet."""
        self.mark.hide()
        self._saved = path
        self.said.set_text(f"Enregistré\u00a0: {path.name}")
        self.said.show()
        self.fault.hide()

    def show_fault(self, sentence: str) -> None:
        """Say what could not be done, likewise."""
        self.mark.hide()
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))
        self.said.hide()

    def _archive(self) -> None:
        if self.sheet is not None:
            self.archive_asked.emit(self.sheet.code, not self.sheet.archived)

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def _ask(self, signal: SignalInstance) -> None:
        if self.sheet is not None:
            signal.emit(self.sheet.code)

    def _button(self, text: str, tip: str, icon: str, signal: SignalInstance | None) -> QPushButton:
        made = QPushButton(text, self)
        made.setToolTip(f"{text} ({tip})" if text else tip)
        if icon:
            icons.set_icon(made, icon)
        if signal is not None:
            made.clicked.connect(partial(self._ask, signal))
        return made

    def _action(self, text: str, icon: str, keys: str, signal: SignalInstance | None) -> QAction:
        """A line of the menu « Plus »; its keys are only told there, the screen obeys them."""
        made = self._menu.addAction(text)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        icons.set_icon(made, icon)
        if signal is not None:
            made.triggered.connect(lambda: self._ask(signal))
        return made

    def _lay_out(self) -> None:
        self.hand.setProperty("role", "primary")
        icons.set_icon(self.hand, "user", "on_primary")
        actions = FlowLayout(gap=8)
        for button in (self.hand, self.print_button, self.pdf, self.more):
            actions.addWidget(button)
        column = QVBoxLayout(self)
        side = theme.px(16)
        column.setContentsMargins(side, theme.px(12), side, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self.head(self._title))
        column.addWidget(self._about)
        column.addLayout(actions)
        for part in (self.mark, self.said, self.fault):
            part.hide()
            column.addWidget(part)
        column.addWidget(self._sources)
        column.addWidget(self.preview, 1)
