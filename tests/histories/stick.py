"""The USB stick of a history: courier files and receipts, handed in and brought back in any order."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from app.errors import UserError
from app.sync import courier
from tests.histories.central import Central
from tests.histories.computers import Computer


@dataclass
class Stick:
    """What lies on it."""

    folder: Path
    central: Central
    couriers: list[Path] = field(default_factory=list)
    receipts: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = self.folder / uuid4().hex
        self.folder.mkdir()

    def write(self, computer: Computer) -> None:
        """What waits on a computer is put on the stick; nothing where nothing waits."""
        if any(one.is_waiting for one in computer.queued()):
            self.couriers.append(courier.write(computer.database, self._place(), computer.clock))

    def hand_in(self, which: int) -> None:
        """A courier reaches the server; it stays on the stick and may be handed in again."""
        if self.couriers:
            handed = self.couriers[which % len(self.couriers)]
            self.receipts.append(courier.hand_in(handed, self.central))

    def bring_back(self, which: int, computer: Computer) -> None:
        """A receipt is brought to a computer, which says so kindly if it is not its own."""
        if self.receipts:
            try:
                courier.take_receipt(computer.database, self.receipts[which % len(self.receipts)], computer.clock)
            except UserError:
                return

    def _place(self) -> Path:
        place = self.folder / str(len(self.couriers))
        place.mkdir()
        return place
