"""A document before it leaves: what is said of it at the left, its pages at the right, saved as PDF or printed."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from app.ui import icons, theme
from app.ui.dialog import Dialog
from app.ui.file_choice import choose_target
from app.ui.paper.preview import Preview
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

SIZE = 1180, 700
_FORM = 470
"""Pixels at 100 %."""
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What the name of a file may not have on one system or another."""
_LARGEST_FORM = 0.52
"""The most of the width that the left side takes with large letters."""


class PaperDialog(Dialog):
    """Escape closes; it asks for what takes time, and is told how it ended."""

    save_asked = Signal(object)
    """The Path chosen."""
    print_asked = Signal()

    def __init__(self, title: str, form: QWidget, parent: QWidget) -> None:
        super().__init__(title, SIZE, parent)
        self._title = title
        self._saved: Path | None = None
        self._left, self._row = QScrollArea(), QHBoxLayout()
        self.file_name = ""
        """Proposed without its extension."""
        self.preview = Preview(self)
        self.warning, self.said, self.fault = Banner("warning", ""), Banner("success", ""), Banner("danger", "")
        self.open_file = self.said.add_action("Ouvrir le fichier", self._open_saved)
        self.close_button = QPushButton("Fermer")
        self.print_button, self.save_button = QPushButton("Imprimer…"), QPushButton("Enregistrer en PDF…")
        self._lay_out(form)
        self._listen()

    def add_main_button(self, text: str) -> QPushButton:
        """One more button, the main one: to save as a PDF comes after it."""
        self.save_button.setProperty("role", "")
        icons.set_icon(self.save_button, "download")
        made = QPushButton(text)
        made.setProperty("role", "primary")
        made.setAutoDefault(False)
        self._row.addWidget(made)
        return made

    def add_button(self, text: str, icon: str, call: Callable[[], object]) -> QPushButton:
        """One more thing that can be done with it, before the print."""
        made = QPushButton(text)
        made.setAutoDefault(False)
        icons.set_icon(made, icon)
        made.clicked.connect(lambda: call())
        self._row.insertWidget(self._row.indexOf(self.print_button), made)
        return made

    def choose_file(self) -> None:
        """Ask where to save, and say it."""
        proposed = self.proposed(".pdf")
        path = choose_target(self, "Enregistrer en PDF", proposed, "PDF (*.pdf)")
        if path is not None and isValid(self):
            self.save_asked.emit(path)

    def proposed(self, suffix: str) -> str:
        """A name for its file, which every system takes."""
        return _UNFIT.sub("-", self.file_name) + suffix

    def show_busy(self, is_busy: bool) -> None:
        """While a file is written, neither button answers."""
        self.save_button.setEnabled(not is_busy)
        self.print_button.setEnabled(not is_busy)

    def show_saved(self, path: Path) -> None:
        """Say that the file is there."""
        self._saved = path
        self.said.set_text(f"Enregistré\u00a0: {path.name}")
        self.said.show()
        self.fault.hide()

    def show_fault(self, sentence: str) -> None:
        """Say what could not be done; an empty sentence says nothing any more."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))
        self.said.hide()

    def show_warning(self, sentence: str) -> None:
        """Say what deserves a second look, refusing nothing; an empty sentence says nothing any more."""
        self.warning.set_text(sentence)
        self.warning.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(min(theme.px(_FORM), round(self.width() * _LARGEST_FORM)))

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def _listen(self) -> None:
        self.save_button.clicked.connect(self.choose_file)
        self.print_button.clicked.connect(self.print_asked)
        self.close_button.clicked.connect(self.reject)
        self.on("Ctrl+P", self.print_button.click)
        self.on("Ctrl+S", self.save_button.click)

    def _lay_out(self, form: QWidget) -> None:
        self._left.setWidgetResizable(True)
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setWidget(form)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._left)
        row.addWidget(self.preview, 1)
        column = self.column(side=20, top=20)
        column.addWidget(label(self._title, "title", wraps=True))
        column.addLayout(row, 1)
        for banner in (self.warning, self.said, self.fault):
            banner.hide()
            column.addWidget(banner)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.save_button.setProperty("role", "primary")
        icons.set_icon(self.print_button, "printer")
        icons.set_icon(self.save_button, "download", "on_primary")
        self.print_button.setToolTip("Ctrl+P")
        self.save_button.setToolTip("Ctrl+S")
        self._row.addStretch(1)
        for button in (self.close_button, self.print_button, self.save_button):
            button.setAutoDefault(False)
            self._row.addWidget(button)
        return self._row
