"""Keeps what is typed in the encrypted notebook within a second, and once more before the notebook closes."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.database import Database
from app.errors import KnownError
from app.services import typed
from app.services.typed import Name, Typed
from app.ui.desk import Desk

DELAY_MS = 400
"""From the first change that is not kept to its keeping; further typing does not put it off."""
AGAIN_MS = 2_000
"""Until it is tried again where the notebook could not keep it."""
T = TypeVar("T")


class Keeper(QObject):
    """Of one form, with which it goes away."""

    failed = Signal(str)
    """The notebook cannot keep it now: a sentence, empty once it can again."""

    def __init__(self, database: Database, form: QObject) -> None:
        super().__init__(form)
        self._database = database
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_now)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._application_changed)
        self._is_behind = False
        self._has_failed = False

    @abstractmethod
    def keep(self) -> None:
        """Keep what is typed; raises KnownError where the notebook cannot."""

    def note_change(self) -> None:
        """Something was typed."""
        self._is_behind = True
        if not self._timer.isActive():
            self._timer.start(DELAY_MS)

    def settle(self) -> None:
        """What is shown is what is kept."""
        self._timer.stop()
        self._is_behind = self._has_failed = False

    def keep_now(self) -> bool:
        """Keep what is typed, if something is not kept yet; false where the notebook cannot."""
        if not self._is_behind:
            return True
        self._timer.stop()
        try:
            self.keep()
        except KnownError as error:
            self._has_failed = True
            self._timer.start(AGAIN_MS)
            self.failed.emit(str(error))
            return False
        if self._has_failed:
            self.failed.emit("")
        self.settle()
        return True

    def keep_at_last(self) -> None:
        """The same before the notebook closes: a long work under way ends first."""
        if self._is_behind:
            self._database.wait_for_long_work()
        self.keep_now()

    def _application_changed(self, state: Qt.ApplicationState) -> None:
        """Another program came to the front, or the lid was closed."""
        if state is not Qt.ApplicationState.ApplicationActive:
            self.keep_now()


class FormKeeper(Keeper):
    """Of a form other than that of an activity: what is typed is there when the form is opened again."""

    def __init__(
        self, desk: Desk, content: Callable[[], Typed[Any] | None], form: QObject, name: Name | None = None
    ) -> None:
        """`content` is None where nothing is typed that has to be kept."""
        super().__init__(desk.database, form)
        self._content, self._name = content, name
        self._is_over, self._may_be_kept = False, True
        self._seen: Typed[Any] | None = None
        self._glance = QTimer(self, interval=DELAY_MS)
        self._glance.timeout.connect(self.look)
        desk.keeping.connect(self.keep_at_last)

    def watch(self) -> None:
        """Look at the form now and then from now on: it need not tell that something is typed."""
        self._seen = self._content()
        self._glance.start()

    def look(self) -> None:
        """Keep what was typed since the last glance."""
        if (now := self._content()) != self._seen:
            self._seen, self._is_behind = now, True
        self.keep_now()

    def keep_at_last(self) -> None:
        if self._glance.isActive():
            self.look()
        super().keep_at_last()

    def keep(self) -> None:
        content = None if self._is_over else self._content()
        if self._name is not None and (content or self._may_be_kept):
            typed.keep(self._database, self._name, content)
            self._may_be_kept = content is not None

    def follow(self, name: Name) -> None:
        """Keep another form from now on."""
        self.keep_now()
        self.settle()
        self._name, self._may_be_kept = name, True

    def found(self, kind: type[T]) -> Typed[T] | None:
        """What was typed and neither saved nor given up, as a form of this kind."""
        return typed.kept(self._database, self._name, kind) if self._name is not None else None

    def end(self) -> None:
        """The form was saved, or is given up."""
        self._glance.stop()
        self._is_over = self._is_behind = True
        self.keep_now()
