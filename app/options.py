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
    self_test: str | None = None
    report_startup: bool = False

    @property
    def opens_alone(self) -> bool:
        """Whether the notebook is opened with the demonstration's passphrase, without asking anybody."""
        return self.demo or self.report_startup or self.self_test is not None
