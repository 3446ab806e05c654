"""What the command line may say."""

from dataclasses import dataclass
from pathlib import Path

DEMONSTRATION_PASSPHRASE = "demonstration"
"""Opens the notebooks that hold nobody's data: demonstration, self-test, benches."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one start."""

    data_dir: Path | None = None
    server: str = ""
    enrolment_code: str = ""
    demo: bool = False
    unattended: bool = False
    """Nobody is there: the notebook is made and opened with the demonstration's passphrase."""

    @property
    def opens_alone(self) -> bool:
        """Whether the notebook is opened with the demonstration's passphrase, without asking anybody."""
        return self.demo or self.unattended
