"""The hand that works in the program and takes the pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.self_test import Hand

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.ui.desk import Desk
    from app.ui.recording.form_view import FormView
    from app.ui.workspace import Workspace


class Sitting(Hand):
    """A hand that works in the program and takes the pictures that are wanted: all of them where `wanted` is None."""

    def __init__(self, program: "Program", target: Path, wanted: frozenset[str] | None, suffix: str) -> None:
        self.program, self._folder, self._wanted, self._suffix = program, target, wanted, suffix

    @property
    def workspace(self) -> "Workspace":
        """The open notebook."""
        self.wait(lambda: self.program.workspace)
        assert self.program.workspace is not None
        return self.program.workspace

    @property
    def desk(self) -> "Desk":
        """What its screens share."""
        assert self.program.desk is not None
        return self.program.desk

    @property
    def form(self) -> "FormView":
        """The recording form."""
        return self.workspace.recording.view

    def picture(self, name: str, is_told: bool = False) -> None:
        """Take a picture of the window, or of a dialog over it; `is_told` keeps the line that says what was done."""
        self.rest()
        if self._wanted is None or name in self._wanted:
            self.wait(lambda: is_told or not self.program.workspace or not self.program.workspace.notice)
            front = QApplication.activeWindow() or self.program.window
            shown = front.grab()
            if popup := QApplication.activePopupWidget():
                with QPainter(shown) as painter:
                    painter.drawPixmap(front.mapFromGlobal(popup.pos()), popup.grab())
            file = name if self._wanted is None else f"{name}-{self._suffix}"
            shown.save(str(self._folder / f"{file}.png"), "PNG", 0)

    def show(self, screen: str, name: str) -> None:
        """Take a picture of a screen of the rail."""
        self.workspace.go_to(screen)
        self.picture(name)

    def write(self, text: str) -> None:
        """Type a text with its accents, as an input method does."""
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(self._target(), typed)
        self.pressed()

    def pick(self, typed: str, down: int = 0) -> None:
        """Type letters, go down the list, and take the answer."""
        self.type(typed)
        self.rest(80)
        for _ in range(down):
            self.press("Down")
        self.press("Return")
        self.rest(80)

    def leave_form(self) -> None:
        """Save the form and wait until it is closed."""
        self.press("Ctrl+Return")
        self.wait(lambda: not self.form.isVisible())


def button(page: QWidget, text: str) -> QPushButton:
    """The button of a page that bears these words."""
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())
