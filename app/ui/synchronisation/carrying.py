"""Answers the courier's card: files are chosen here, then written, carried and read away from the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app import labels
from app.errors import AppError
from app.sync import courier
from app.sync.client import HttpTransport, Link
from app.sync.courier import COURIER_SUFFIX, RECEIPT_SUFFIX, Taken
from app.sync.identity import server_of
from app.ui.desk import Desk
from app.ui.file_choice import choose_source, choose_stick
from app.ui.synchronisation.courier_card import CourierCard
from app.ui.tasks import Task
from app.ui.widgets.banner import Kind


class Carrying(QObject):
    """One gesture at a time; the card tells how it went."""

    changed = Signal()
    """Something left in a courier, or is known to have arrived."""

    def __init__(self, desk: Desk, card: CourierCard, make_link: Callable[[str], Link] = HttpTransport) -> None:
        super().__init__(card)
        self._desk, self._card, self._make_link = desk, card, make_link
        card.write_asked.connect(self._choose_folder)
        card.hand_in_asked.connect(self._choose_courier)
        card.receipt_asked.connect(self._choose_receipt)

    def write(self, folder: Path) -> None:
        """Write what waits in this folder."""
        self._start(lambda: courier.write(self._desk.database, folder), self._written)

    def hand_in(self, path: Path) -> None:
        """Give this courier to the server."""
        server = server_of(self._desk.database)
        if server is not None:
            self._start(lambda: self._carry(path, server), self._handed_in)

    def read(self, path: Path) -> None:
        """Learn from this receipt what arrived."""
        self._start(lambda: courier.take_receipt(self._desk.database, path), self._read)

    def _carry(self, path: Path, server: str) -> Path:
        """In a thread of the pool."""
        link = self._make_link(server)
        try:
            return courier.hand_in(path, link)
        finally:
            link.close()

    def _start(self, call: Callable[[], object], answered: Callable[..., None]) -> None:
        self._card.set_busy(True)
        task = Task(call)
        task.done.connect(answered)
        task.failed.connect(self._fail)
        task.start_apart()

    def _written(self, path: Path) -> None:
        self._end("success", f"Le courrier est prêt\u00a0: {path.name}. Vous pouvez retirer la clé et la confier.")

    def _handed_in(self, receipt: Path) -> None:
        self._end("success", f"Le courrier est arrivé au serveur. Rendez la clé avec son reçu\u00a0: {receipt.name}.")

    def _read(self, taken: Taken) -> None:
        if self._desk.sync is not None:
            self._desk.sync.ask_now()
        if taken.is_to_renew:
            self._end("warning", f"{_arrived(taken)} Il faut préparer un autre courrier, qui contiendra le reste.")
        elif taken.arrived:
            self._end("success", _arrived(taken))
        else:
            self._end("info", "Ce reçu n’apprend rien de nouveau à cet ordinateur\u00a0: rien n’a changé.")

    def _fail(self, error: AppError) -> None:
        self._end("danger", str(error))

    def _end(self, kind: Kind, sentence: str) -> None:
        self._card.set_busy(False)
        self._card.say(kind, sentence)
        self.changed.emit()

    def _choose_folder(self) -> None:
        chosen = choose_stick(self._card)
        if chosen is not None and isValid(self):
            self.write(chosen)

    def _choose_courier(self) -> None:
        self._choose_file("Choisir le courrier à remettre", f"Courriers (*{COURIER_SUFFIX})", self.hand_in)

    def _choose_receipt(self) -> None:
        self._choose_file("Choisir le reçu", f"Reçus (*{RECEIPT_SUFFIX})", self.read)

    def _choose_file(self, title: str, kinds: str, use: Callable[[Path], None]) -> None:
        chosen = choose_source(self._card, title, kinds)
        if chosen and isValid(self):
            use(chosen)


def _arrived(taken: Taken) -> str:
    if not taken.arrived:
        return "Le serveur n’a pas reconnu la suite de vos envois\u00a0: rien n’est perdu."
    return f"{labels.count(taken.arrived, 'modification est arrivée', 'modifications sont arrivées')} au serveur."
