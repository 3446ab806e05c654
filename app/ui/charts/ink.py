"""What charts are drawn with: colours and patterns that stay apart in grey, the family and the size of the text."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QFont

from app.ui import theme
from app.ui.palette import DARK, LIGHT, Palette, contrast, mix


class Pattern(Enum):
    """What tells a fill from another one of the same grey."""

    PLAIN = "plain"
    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    DOTS = "dots"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour and the pattern that is laid upon it."""

    colour: str
    pattern: Pattern = Pattern.PLAIN


_PATTERNS = (
    Pattern.PLAIN,
    Pattern.PLAIN,
    Pattern.RISING,
    Pattern.FALLING,
    Pattern.DOTS,
    Pattern.LEVEL,
    Pattern.CROSSED,
)
"""In the order of the fills: the first two are told apart by their greys alone."""

_LIGHT = ("#2456A6", "#C9740A", "#5B2A6E", "#1B8F86", "#7A2E1F", "#7B8797", "#1F5132")
_DARK = ("#8AB4F8", "#B8741A", "#E3C6F0", "#2F9D92", "#F0B8A6", "#8290A2", "#BFE3CB")
_GREY = ("#2E2E2E", "#8C8C8C", "#2E2E2E", "#8C8C8C", "#555555", "#8C8C8C", "#2E2E2E")
"""Dark and middling by turns (light and middling in the dark), so that neighbours differ in grey."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Everything that the drawing of a chart takes from where it is drawn."""

    family: str
    scale: float
    """Units of the painter for one pixel of the design (CSS pixels at 100 %)."""
    surface: str
    text: str
    muted: str
    line: str
    main: str
    """The colour of a single series, and of the fullest cell of a heat map."""
    fills: tuple[Fill, ...]
    """The colours of several series or parts, in their order."""
    is_exact: bool = False
    """Letters are set where they fall, not at whole pixels: for paper and pictures."""

    @property
    def label_lines(self) -> int:
        """The lines that a long label may take: more where no pointer can ask for the rest."""
        return 4 if self.is_exact else 2

    def px(self, length: float) -> float:
        """A length of the design in units of the painter."""
        return length * self.scale

    def font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The font at a size of the design."""
        made = QFont(self.family)
        made.setPixelSize(max(1, round(self.px(size))))
        made.setWeight(weight)
        if self.is_exact:
            made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return made

    def fill(self, place: int) -> Fill:
        """The fill of the series or part at this place."""
        return self.fills[place % len(self.fills)]

    def shade(self, share: float) -> QColor:
        """The colour of a heat map's cell: from hardly anything (0) to the fullest (1)."""
        return QColor(mix(self.surface, self.main, 0.08 + 0.92 * min(1.0, max(0.0, share))))


def text_on(colour: str) -> str:
    """Black or white, whichever is best read on a colour: never under 4.5:1."""
    return max(("#000000", "#FFFFFF"), key=lambda one: contrast(one, colour))


def screen() -> Ink:
    """The ink of the theme and of the text size on screen now."""
    look = theme.current()
    return _of(look.palette, look.family, look.scale)


def picture() -> Ink:
    """The ink of a picture to save or to copy: the light theme at 100 %, whatever is on screen."""
    return _of(LIGHT, theme.current().family, 1.0, is_exact=True)


def paper(points: float) -> Ink:
    """Black and greys on white, for a painter whose unit is the point; `points` is the size of the running text."""
    return Ink(
        family=theme.current().family,
        scale=points / theme.BASE_SIZE,
        surface="#FFFFFF",
        text="#000000",
        muted="#444444",
        line="#CCCCCC",
        main="#4A4A4A",
        fills=_fills(_GREY),
        is_exact=True,
    )


def _of(palette: Palette, family: str, scale: float, is_exact: bool = False) -> Ink:
    return Ink(
        family=family,
        scale=scale,
        surface=palette.surface,
        text=palette.text,
        muted=palette.muted,
        line=palette.line,
        main=palette.primary,
        fills=_fills(_DARK if palette.name == DARK.name else _LIGHT),
        is_exact=is_exact,
    )


def _fills(colours: tuple[str, ...]) -> tuple[Fill, ...]:
    return tuple(Fill(colour, pattern) for colour, pattern in zip(colours, _PATTERNS, strict=True))
