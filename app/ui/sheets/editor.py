"""The dialog where a sheet is written: a form at the left, what is left to correct and the pages at the right."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.services.sheets.checking import Fault
from app.services.sheets.reading import read, sheet_of
from app.services.sheets.sheet import Drawing
from app.services.sheets.writing import is_whole, write
from app.ui import theme
from app.ui.dialog import Dialog
from app.ui.paper.preview import Preview
from app.ui.sheets.fault_list import FaultList
from app.ui.sheets.sheet_form import SheetForm
from app.ui.sheets.sheet_text import SheetText
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

SIZE, _SIDE = (1240, 720), 120
_AS_TEXT = "Le formulaire ne peut pas montrer tout ce que dit cette fiche\u00a0: corrigez son texte."


class SheetEditor(Dialog):
    """Escape closes it; it refuses nothing by itself."""

    typed = Signal()
    keep_asked = Signal()
    restart_asked = Signal()
    """Forget what had been begun, and take the sheet as it is kept."""

    def __init__(self, title: str, known: Sequence[Drawing], today: Callable[[], date], parent: QWidget) -> None:
        """`known` are the drawings of the library."""
        super().__init__(title, SIZE, parent)
        self.form, self.text = SheetForm(known, today), SheetText()
        self._ways = QStackedWidget()
        for way in (self.form, self.text):
            self._ways.addWidget(way)
        self.faults, self.preview = FaultList(), Preview()
        self.preview.setAccessibleName("La fiche telle qu’elle sera imprimée")
        self.resumed = Banner("info", "Vous aviez commencé à écrire cette fiche\u00a0: la voici.")
        self.restart = self.resumed.add_action("Repartir du début", self.restart_asked.emit)
        self.as_text = Banner("info", _AS_TEXT)
        self.to_form = self.as_text.add_action("Passer au formulaire", lambda: self.show_text(self.written()))
        self.undo = Banner("info", "")
        self._bring_back: Callable[[], None] = lambda: None
        self.undo.add_action("La remettre", self._undo)
        self.fault = Banner("danger", "")
        self.cancel, self.save = QPushButton("Annuler"), QPushButton("Enregistrer")
        self._lay_out(title)
        self._listen()

    def is_text(self) -> bool:
        """Whether the text itself is written, since the form cannot show all of it."""
        return self._ways.currentWidget() is self.text

    def written(self) -> str:
        """The text of the sheet as it is now."""
        return self.text.value() if self.is_text() else write(self.form.value())

    def show_text(self, text: str) -> None:
        """Show a sheet, in the form where it holds all that the text says; emits nothing."""
        whole = is_whole(text)
        if whole:
            self.form.show_sheet(sheet_of("", read(text)))
        else:
            self.text.show_text(text)
        self._ways.setCurrentWidget(self.form if whole else self.text)
        self.as_text.setVisible(not whole)
        self.to_form.hide()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is left to correct, each with where it is."""
        self.faults.show_faults(faults, None if self.is_text() else read(self.written()))
        if self.is_text():
            self.to_form.setVisible(is_whole(self.written()))

    def go_to(self, fault: Fault) -> None:
        """Put the keyboard where a fault is."""
        if self.is_text():
            self.text.go_to_line(fault.line)
        else:
            self.form.focus_on(self.faults.place(fault))

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        (self.text if self.is_text() else self.form.title).setFocus()

    def show_fault(self, sentence: str) -> None:
        """Say why it was not kept; an empty sentence says nothing any more."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _taken_away(self, said: str, bring_back: Callable[[], None]) -> None:
        self._bring_back = bring_back
        self.undo.set_text(said)
        self.undo.show()

    def _undo(self) -> None:
        self.undo.hide()
        self._bring_back()

    def _listen(self) -> None:
        for way in (self.form, self.text):
            way.typed.connect(self.undo.hide)
            way.typed.connect(self.typed)
        self.form.taken_away.connect(self._taken_away)
        self.faults.chosen.connect(self.go_to)
        self.save.clicked.connect(self.keep_asked)
        self.cancel.clicked.connect(self.reject)
        self.on("Ctrl+S", self.save.click)
        self.on_enter(self.save.click)

    def _lay_out(self, title: str) -> None:
        side = QWidget()
        side.setMinimumWidth(theme.px(_SIDE))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        self.preview.setMinimumHeight(1)  # it gives way to what is to correct
        right.addWidget(self.faults)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._ways, 5)
        row.addWidget(side, 3)
        column = self.column(side=20, top=16, gap=10)
        column.addWidget(label(title, "title", wraps=True))
        for banner in (self.resumed, self.as_text, self.fault):
            banner.hide()
            column.addWidget(banner)
        column.addLayout(row, 1)
        self.undo.hide()
        column.addWidget(self.undo)
        column.addLayout(self._buttons())
        for button in self.findChildren(QPushButton):  # Enter goes to the next line, it never saves nor closes
            button.setAutoDefault(False)

    def _buttons(self) -> QHBoxLayout:
        self.save.setProperty("role", "primary")
        self.save.setToolTip("Ctrl+S")
        self.cancel.setToolTip("Échap")
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.save):
            row.addWidget(button)
        return row
