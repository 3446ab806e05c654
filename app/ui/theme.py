"""The look of the whole program: colours, type and sizes, chosen in the settings and followed by every widget.

A widget takes its colours from `current().palette` when it paints, its sizes from `px()`, and its icons from
`icons.set_icon`; style sheet roles (`role="primary"` and so on) do the rest.
"""

import re
from dataclasses import dataclass, field
from string import Template
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.resources import resource
from app.ui.palette import DARK, LIGHT, Palette

BASE_SIZE = 15
SMALLEST_SCALE, LARGEST_SCALE = 0.9, 2.0

_PLAIN_FACES = ("SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-Bold", "SourceSans3-It")
_LEGIBLE_FACES = tuple(f"AtkinsonHyperlegibleNext-{style}" for style in ("Regular", "SemiBold", "Bold", "Italic"))


class LookSettings(Protocol):
    """The part of the settings that decides the look."""

    @property
    def theme(self) -> str:
        """« systeme », « clair » or « sombre »."""

    @property
    def text_percent(self) -> int:
        """Size of the text, 90 to 200 %."""

    @property
    def legible_font(self) -> bool:
        """Atkinson Hyperlegible Next instead of Source Sans 3."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is on screen now."""

    palette: Palette = LIGHT
    scale: float = 1.0
    family: str = "Source Sans 3"
    colours: dict[str, str] = field(default_factory=LIGHT.colours)


class _Announcer(QObject):
    """Says that the look has changed, and remembers what the person chose while the system's theme comes and goes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.look = Look()
        self.chosen: LookSettings | None = None
        self.is_following_system = False

    def follow_system(self, app: QApplication) -> None:
        """Put the look again each time the system goes from light to dark or back."""
        if not self.is_following_system:
            hints = app.styleHints()
            hints.colorSchemeChanged.connect(self._system_changed)
            self.is_following_system = True

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.chosen is not None and self.chosen.theme == "systeme":
            _put_on(app, self.chosen, scheme)


_announcer = _Announcer()
changed = _announcer.changed
"""Emitted once the new look is in place; connect a method of a QObject to it."""


def current() -> Look:
    """The palette and the scale on screen now."""
    return _announcer.look


def px(length: float) -> int:
    """A length of the design (CSS pixels at 100 %) at the chosen text size."""
    return round(length * _announcer.look.scale)


def colour(name: str) -> QColor:
    """A token (`primary`) or shade (`warning_wash`) as a Qt colour."""
    return QColor(_announcer.look.colours[name])


def apply(app: QApplication, settings: LookSettings) -> None:
    """Give the program the look of the settings, now and whenever the system changes between light and dark."""
    _announcer.chosen = settings
    hints = app.styleHints()
    wanted = {"clair": Qt.ColorScheme.Light, "sombre": Qt.ColorScheme.Dark}.get(settings.theme)
    if wanted is None:
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(wanted)
    _announcer.follow_system(app)
    _put_on(app, settings, hints.colorScheme() if wanted is None else wanted)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role of the style sheet (`primary`, `muted`, `card`…), even once it is shown."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def font(points: float = BASE_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's font at a size of the design (pixels at 100 %)."""
    made = QFont(_announcer.look.family)
    made.setPixelSize(px(points))
    made.setWeight(weight)
    return made


def _put_on(app: QApplication, settings: LookSettings, scheme: Qt.ColorScheme) -> None:
    palette = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, settings.text_percent / 100))
    family = _load_family(settings.legible_font)
    look = Look(palette, scale, family, palette.colours())
    if look == _announcer.look and app.styleSheet():  # it is on: dressing every widget again takes half a second
        return
    _announcer.look = look
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_qt_palette(_announcer.look.colours))
    app.setFont(font())
    app.setStyleSheet(_style_sheet(_announcer.look))
    changed.emit()


def _load_family(legible: bool) -> str:
    family, faces = ("Atkinson Hyperlegible Next", _LEGIBLE_FACES) if legible else ("Source Sans 3", _PLAIN_FACES)
    if family not in QFontDatabase.families():
        for face in faces:
            QFontDatabase.addApplicationFont(str(resource("fonts", f"{face}.ttf")))
    return family


def _style_sheet(look: Look) -> str:
    """The style sheet with its tokens named, and its lengths of 3 px or more at the scale of the text."""
    names = look.colours | {"theme": look.palette.name, "controls": resource("controls").as_posix()}
    sheet = Template(resource("style.qss").read_text(encoding="utf-8")).substitute(names)
    return re.sub(r"\b(\d+)px", lambda found: f"{_scaled(int(found[1]), look.scale)}px", sheet)


def _scaled(length: int, scale: float) -> int:
    return length if length < 3 else round(length * scale)


def _qt_palette(colours: dict[str, str]) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Highlight: "primary",
        role.HighlightedText: "on_primary",
        role.Accent: "primary",
        role.Link: "primary",
        role.LinkVisited: "primary",
        role.Light: "raised",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "control",
        role.Shadow: "control",
    }
    made = QPalette()
    for each, name in pairs.items():
        made.setColor(each, QColor(colours[name]))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours["disabled"]))
    return made
