"""Opens the notebook: what to ask first, the opening itself away from the window, and what to say when it fails."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AppError, DamagedError, LostKeysError, UserError
from app.paths import Paths
from app.ui.gate.opening_page import OpeningPage
from app.ui.tasks import Task

if TYPE_CHECKING:
    from app.database import Database
    from app.services.access import SetUp
    from app.ui.gate.renew_page import RenewPage
    from app.ui.gate.set_up_page import SetUpPage
    from app.ui.gate.trouble_page import TroublePage
    from app.ui.gate.unlock_page import UnlockPage

_LOCKED = "Le carnet est verrouillé. Ce que vous étiez en train de saisir est gardé en brouillon."
_STORE_LOST = (
    "Cet ordinateur n’a plus la clé du carnet. Rien n’est perdu\u00a0: "
    "tapez le code de votre feuille de secours, puis choisissez comment ouvrir."
)
_KEYS_BACK = "Le fichier des clés était perdu\u00a0: celui de votre dernière copie a été remis."
_STORE_LOST_PHRASE = "Cet ordinateur n’a plus la clé du carnet\u00a0: tapez votre phrase de passe."

_UPDATING = "Mise à jour du carnet…\nUne seule fois, quelques secondes."


class Gate(QObject):
    """The pages before the notebook; nothing heavier than the first page is loaded before `start`.

    The database and the services are imported by the tasks, so that the window answers meanwhile.
    """

    opened = Signal(object)
    """The open Database."""
    _updating = Signal()
    """From the thread that opens it: an older notebook is about to be brought up to date."""

    def __init__(self, paths: Paths, demo_hint: str = "") -> None:
        super().__init__()
        self._paths, self._demo_hint = paths, demo_hint
        self.widget = QStackedWidget()
        self._opening = OpeningPage()
        self.widget.addWidget(self._opening)
        self._unlock_page: UnlockPage | None = None
        self._trouble_page: TroublePage | None = None
        self._updating.connect(self._say_updating)
        self._has_sheet = False
        """Whether the recovery sheet exists already: the set-up that follows asks for it."""

    def start(self) -> None:
        """Begin to open: by itself where the computer keeps the key, else by asking."""
        self._knock(is_locked=False)

    def lock(self) -> None:
        """Ask again; the notebook has just been closed."""
        self._knock(is_locked=True)

    def open_after(self, words: str, call: "Callable[[], Database]") -> None:
        """Open what a call puts in the place of the notebook, which has just been closed."""
        self._show(self._opening)
        self._run(call, self._pass, self.show_trouble, words)

    def open_with(self, passphrase: str) -> None:
        """Open with this passphrase."""

        def call() -> "Database":
            from app.vault import Vault

            key = Vault(self._paths.slots).from_passphrase(passphrase)
            from app.services import access

            return access.open_with_key(self._paths, key, self._updating.emit)

        self._run(call, self._pass, self._refused)

    def _knock(self, is_locked: bool, note: str = "") -> None:
        from app.vault import Door, door

        try:
            found = door(self._paths)
        except LostKeysError as error:
            self._look_for_keys(error)
            return
        if found is Door.NEW:
            self._run(self._prepare, self._ask_set_up, self.show_trouble)
        elif found is Door.STORE and not is_locked:
            self._open_with_store()
        else:
            self._ask(found.value, _LOCKED if is_locked else note)

    def _look_for_keys(self, error: LostKeysError) -> None:
        def call() -> bool:
            from app.services import adopting

            return adopting.put_keys_back(self._paths)

        def looked(is_found: bool) -> None:
            if is_found:
                self._knock(is_locked=False, note=_KEYS_BACK)
            else:
                self.show_trouble(error)

        self._run(call, looked, self.show_trouble)

    def _ask(self, door: str, note: str) -> None:
        page = self._unlock
        if door == "store":
            page.ask_nothing(note)
        elif door == "passphrase":
            page.ask_passphrase(note)
        else:
            page.ask_recovery(note)
        self._show(page)
        page.focus_first()

    def _open_with_store(self) -> None:
        def call() -> "Database | None":
            from app.services import access

            return access.open_with_store(self._paths, self._updating.emit)

        self._run(call, self._store_answered, self.show_trouble)

    def _store_answered(self, database: "Database | None") -> None:
        from app.vault import Vault

        if database is not None:
            self._pass(database)
        elif "passphrase" in Vault(self._paths.slots).kinds:
            self._ask("passphrase", _STORE_LOST_PHRASE)
        else:
            self._ask("recovery", _STORE_LOST)

    def _open_with_recovery(self, code: str) -> None:
        def call() -> "tuple[Database, bool]":
            from app.services import access

            return access.open_with_recovery(self._paths, code, self._updating.emit), access.store_works()

        self._run(call, self._ask_new_lock, self._refused)

    def _ask_new_lock(self, answer: "tuple[Database, bool]") -> None:
        from app.ui.gate.renew_page import RenewPage

        database, has_store = answer
        self._unlock.forget()
        page = RenewPage(has_store)
        page.chosen.connect(lambda passphrase: self._renew(page, database, passphrase))
        self.widget.addWidget(page)
        self._show(page)
        page.focus_first()

    def _renew(self, page: "RenewPage", database: "Database", passphrase: str | None) -> None:
        from app.services import access

        try:
            if passphrase is None:
                access.choose_store(self._paths, database)
            else:
                access.choose_passphrase(self._paths, database, passphrase)
        except AppError as error:
            page.choice.show_error(str(error))
            return
        self._drop(page)
        self._pass(database)

    def _prepare(self) -> tuple[str, bool]:
        from app.services import access

        return access.recovery_code(), access.store_works()

    def _ask_set_up(self, prepared: tuple[str, bool]) -> None:
        from app.ui.gate.set_up_page import SetUpPage

        page = SetUpPage(*prepared)
        page.set_up_asked.connect(lambda wish: self._set_up(page, wish))
        page.copy_asked.connect(self._choose_copy)
        if self._has_sheet:
            page.recovery.expect_existing()
        self.widget.addWidget(page)
        self._show(page)
        page.focus_first()

    def _set_up(self, page: "SetUpPage", wish: "SetUp") -> None:
        from app.services import access

        def made(database: "Database") -> None:
            self._drop(page)
            self._pass(database)

        def refused(error: AppError) -> None:
            page.set_busy(False)
            page.show_errors(error.fields if isinstance(error, UserError) else {}, str(error))

        page.set_busy(True)
        task = Task(lambda: access.set_up(self._paths, wish))
        task.done.connect(made)
        task.failed.connect(refused)
        task.start()

    def _choose_copy(self) -> None:
        from app.ui.backups.files import choose_copy

        chosen = choose_copy(self.widget)
        if chosen is not None:
            self.open_copy(chosen)

    def open_copy(self, path: Path) -> None:
        """Take over the notebook of a copy, once the advisor has seen what it holds."""
        from app.ui.gate.from_copy import FromCopy

        before, flow = self.widget.currentWidget(), FromCopy(self._paths, self.widget, path)

        def left() -> None:
            self._show(before or self._opening)
            flow.close()

        def adopted(database: "Database", has_store: bool | None) -> None:
            flow.close()
            if has_store is None:
                self._pass(database)
            else:
                self._ask_new_lock((database, has_store))

        flow.left.connect(left)
        flow.adopted.connect(adopted)
        flow.begin()

    def _start_over(self) -> None:
        def call() -> None:
            from app.services import adopting

            adopting.start_over(self._paths)

        self._has_sheet = True
        self._run(call, lambda _: self.start(), self.show_trouble)

    def _run(
        self,
        call: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
        words: str = "Ouverture du carnet…",
    ) -> None:
        """Make a call away from the window, which says meanwhile that it is busy."""
        if self._unlock_page is not None and self.widget.currentWidget() is self._unlock_page:
            self._unlock_page.set_busy(True)
        else:
            self._opening.say(words)
            self._show(self._opening)
        task = Task(call)
        task.done.connect(done)
        task.failed.connect(failed)
        task.start()

    def _say_updating(self) -> None:
        self._opening.say(_UPDATING)
        self._show(self._opening)

    def _pass(self, database: "Database") -> None:
        if self._unlock_page is not None:
            self._unlock_page.forget()
            self._unlock_page.set_busy(False)
        self.opened.emit(database)

    def _refused(self, error: AppError) -> None:
        """Wrong passphrase or code: typed again; anything else: the page that explains."""
        if not isinstance(error, UserError):
            self.show_trouble(error)
            return
        self._show(self._unlock)
        self._unlock.set_busy(False)
        self._unlock.show_error(str(error))

    def show_trouble(self, error: AppError) -> None:
        """Say why the notebook does not open, and what can be done."""
        from app.ui.gate.trouble_page import TroublePage

        if self._trouble_page is None:
            self._trouble_page = TroublePage(str(self._paths.root))
            self._trouble_page.retry_asked.connect(self.start)
            self._trouble_page.folder_asked.connect(self._open_folder)
            self._trouble_page.copy_asked.connect(self._choose_copy)
            self._trouble_page.sheet_asked.connect(self._start_over)
            self.widget.addWidget(self._trouble_page)
        self._trouble_page.say(str(error), is_lost=isinstance(error, DamagedError | LostKeysError))
        self._show(self._trouble_page)
        self._trouble_page.focus_first()

    @property
    def _unlock(self) -> "UnlockPage":
        from app.ui.gate.unlock_page import UnlockPage

        if self._unlock_page is None:
            self._unlock_page = UnlockPage(self._demo_hint)
            self._unlock_page.passphrase_given.connect(self.open_with)
            self._unlock_page.recovery_given.connect(self._open_with_recovery)
            self._unlock_page.opening_asked.connect(self._open_with_store)
            self.widget.addWidget(self._unlock_page)
        return self._unlock_page

    def _show(self, page: QWidget) -> None:
        self.widget.setCurrentWidget(page)

    def _drop(self, page: QWidget) -> None:
        self.widget.removeWidget(page)
        page.deleteLater()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths.root)))
