"""A learner sheet (fiche): what a person takes home to do it again alone."""

from dataclasses import dataclass
from datetime import date

from protocol.vocabulary import ProcedureFamily, Topic, WorkshopLevel

Theme = Topic | ProcedureFamily
UNTITLED = "Fiche sans titre"


@dataclass(frozen=True, slots=True)
class Source:
    """What a sheet rests on; `read` is false for an official site that is named without having been read."""

    title: str
    address: str = ""
    read: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of a step: the name of its file, and in words what it shows."""

    file: str
    said: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and at most a short line on what one sees then, or what to do if it differs."""

    text: str
    note: str = ""
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is shown and printed; what its file does not say is empty."""

    code: str
    """The name of its file in the library, the id of its record if it is the advisor's own."""
    title: str
    summary: str
    themes: tuple[Theme, ...]
    """The most fitting first."""
    level: WorkshopLevel | None
    minutes: int
    """To do it once with an advisor."""
    checked_on: date | None
    words: tuple[str, ...]
    """Other words that people search it by."""
    to_verify: bool
    """A source could not be read: it says « à vérifier »."""
    sources: tuple[Source, ...]
    materials: tuple[str, ...]
    steps: tuple[Step, ...]
    to_remember: tuple[str, ...]
    warnings: tuple[str, ...]
    drawings: tuple[tuple[str, str], ...] = ()
    """Drawings that its own text carries: the name of the file, the SVG."""
    own: bool = False
    archived: bool = False
    to_improve: bool = False
    """An own sheet that is kept although it is not easy enough to read."""

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Its topics of digital mediation."""
        return tuple(one for one in self.themes if isinstance(one, Topic))

    @property
    def families(self) -> tuple[ProcedureFamily, ...]:
        """Its families of administrative procedures."""
        return tuple(one for one in self.themes if isinstance(one, ProcedureFamily))


def theme_of(code: object) -> Theme | None:
    """The topic or family of a code; None if neither list has it."""
    return _THEMES.get(code) if isinstance(code, str) else None


_THEMES: dict[str, Theme] = {one.value: one for words in (Topic, ProcedureFamily) for one in words}
