"""The dialog of a form: fields in rows, what is wrong beside them; what is typed in it is not lost."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.errors import AppError, UserError
from app.services import typed
from app.services.typed import Name, Typed
from app.ui.desk import Desk
from app.ui.dialog import Dialog
from app.ui.keeper import FormKeeper
from app.ui.widgets.banner import Banner
from app.ui.widgets.field_row import FieldRow

RESUMED = "Vous aviez commencé\u00a0: voici ce que vous aviez tapé."
GIVEN_UP = "Saisie annulée"
T = TypeVar("T")


class FormDialog(Dialog):
    """Escape closes, Ctrl+Enter does the main thing, Enter too where no field takes it."""

    restart_asked = Signal()
    """Forget what had been typed before, and begin again."""

    def __init__(self, title: str, size: tuple[int, int], parent: QWidget) -> None:
        super().__init__(title, size, parent)
        self.rows: Mapping[str, FieldRow] = {}
        self.resumed, self.fault = Banner("info", RESUMED), Banner("danger", "")
        self.resumed.add_action("Repartir du début", self.restart_asked.emit).setAutoDefault(False)
        for banner in (self.resumed, self.fault):
            banner.hide()
        self.on_enter(self.save)
        self.finished.connect(self.deleteLater)

    @abstractmethod
    def save(self) -> None:
        """Keep the form, or say beside each field what is wrong; nothing typed is lost."""

    @abstractmethod
    def content(self) -> Typed[Any]:
        """The form as it stands; asking for it changes nothing of what is being typed."""

    def resume(self, loose: Mapping[str, str]) -> None:
        """Say that it was begun before; the letters that stood for nothing yet are back in their fields."""
        self.resumed.show()

    def attempt(self, call: Callable[[], object]) -> bool:
        """Make a call; say what is wrong if it cannot be done. Answers whether it was done."""
        try:
            call()
        except AppError as error:
            self.show_faults(error.fields if isinstance(error, UserError) else {}, str(error))
            return False
        return True

    def show_faults(self, faults: Mapping[str, str], sentence: str = "") -> None:
        """Say what is wrong beside each field, and go to the first one; the sentence where it is about none."""
        show_faults(self.rows, faults)
        is_beside = any(field in faults for field in self.rows)
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence) and not is_beside)

    def lay_out(
        self,
        content: QWidget,
        main: QPushButton,
        others: Sequence[QPushButton] = (),
        aside: QPushButton | None = None,
        is_for_good: bool = False,
    ) -> None:
        """Put the content over the buttons, « Annuler » first and the main one last; one may stand `aside`.

        Enter does the main thing from a field too, unless that is `is_for_good`.
        """
        cancel = QPushButton("Annuler")
        cancel.clicked.connect(self.reject)
        main.setProperty("role", "primary")
        main.setToolTip("Ctrl+Entrée" if is_for_good else "Entrée, ou Ctrl+Entrée")
        main.clicked.connect(self.save)
        row = QHBoxLayout()
        if aside is not None:
            aside.setAutoDefault(False)
            row.addWidget(aside)
        row.addStretch(1)
        for button in (cancel, *others, main):
            button.setAutoDefault(not is_for_good)
            row.addWidget(button)
        main.setDefault(not is_for_good)
        column = self.column()
        column.addWidget(self.resumed)
        column.addWidget(self.fault)
        column.addWidget(content, 1)
        column.addLayout(row)


def show_faults(rows: Mapping[str, FieldRow], faults: Mapping[str, str]) -> None:
    """Say what is wrong beside each field, and go to the first one."""
    for field, row in rows.items():
        row.set_error(faults.get(field))
    if first := next((row for field, row in rows.items() if field in faults), None):
        first.content.setFocus(Qt.FocusReason.OtherFocusReason)


def open_form(desk: Desk, name: Name, form: T, make: Callable[[T], FormDialog]) -> None:
    """Open a dialog on what was typed in it and neither saved nor given up, else on this form; keep what is typed."""
    found = typed.kept(desk.database, name, type(form))
    dialog = make(found.form if found else form)
    if found:
        dialog.resume(found.loose)
    first, keeper = dialog.content(), FormKeeper(desk, dialog.content, dialog, name)
    keeper.watch()

    def closed(result: int) -> None:
        last = dialog.content()
        keeper.end()
        if not result and (found or last != first):
            desk.said.emit(GIVEN_UP, lambda: bring_back(last))

    def bring_back(last: Typed[Any]) -> None:
        if desk.attempt(lambda: typed.keep(desk.database, name, last)):
            open_form(desk, name, form, make)

    def restart() -> None:
        dialog.reject()
        open_form(desk, name, form, make)

    dialog.finished.connect(closed)
    dialog.restart_asked.connect(restart)
    dialog.lock_asked.connect(desk.lock_asked)
    dialog.open()
