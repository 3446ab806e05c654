"""Carries what the notebook says of its changes to the screens, in the thread of the screens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.database import Database


class Bus(QObject):
    """`committed` gives the kinds of record that a transaction changed, whichever thread committed it."""

    committed = Signal(object)

    def __init__(self, database: "Database") -> None:
        super().__init__()
        database.on_commit(self.committed.emit)
