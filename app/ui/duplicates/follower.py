"""Keeps what speaks of people merged with them: what another computer recorded without knowing is moved in time."""

from PySide6.QtCore import QObject, QTimer

from app.services import merging
from app.ui.desk import Desk
from app.ui.tasks import Task
from protocol.vocabulary import RecordKind

_PAUSE_MS = 1_000
"""After the last commit: what comes in pages is looked at once."""
_KINDS = frozenset(
    kind.value
    for kind in (
        RecordKind.BENEFICIARY, RecordKind.ATTENDANCE, RecordKind.CASE, RecordKind.MANDATE, RecordKind.ASSESSMENT,
        RecordKind.APPOINTMENT,
    )
)  # fmt: skip


class MergeFollower(QObject):
    """Looks when the notebook opens and after what was received or saved; what cannot be done now is done next time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._desk.attempt(self._look))
        desk.bus.committed.connect(self._heard)
        self._pause.start()

    def _heard(self, kinds: frozenset[str]) -> None:
        if kinds & _KINDS:
            self._pause.start()

    def _look(self) -> None:
        database = self._desk.database
        if not merging.is_anybody_merged(database):
            return
        Task(lambda: merging.follow(database)).start()
