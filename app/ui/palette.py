"""The colours of the program: the tokens of the design, for the light and the dark theme."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours, as `#RRGGBB`; a field's name is the token's name everywhere (style sheet, icons, roles)."""

    name: str
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    control: str
    tint: str
    primary: str
    on_primary: str
    success: str
    warning: str
    danger: str

    def shades(self) -> dict[str, str]:
        """Colours derived from the tokens: what a pointer hovers or presses, quiet backgrounds, disabled text."""
        return {
            "hover": mix(self.surface, self.text, 0.05),
            "pressed": mix(self.surface, self.text, 0.11),
            "primary_hover": mix(self.primary, self.text, 0.18),
            "primary_pressed": mix(self.primary, self.text, 0.34),
            "info_wash": self.tint,
            "success_wash": mix(self.surface, self.success, 0.09),
            "warning_wash": mix(self.surface, self.warning, 0.09),
            "danger_wash": mix(self.surface, self.danger, 0.08),
            "warning_line": mix(self.surface, self.warning, 0.45),
            "danger_line": mix(self.surface, self.danger, 0.45),
            "success_line": mix(self.surface, self.success, 0.45),
            "disabled": mix(self.surface, self.muted, 0.62),
            "bar": mix(self.line, self.control, 0.35),
        }

    def colours(self) -> dict[str, str]:
        """Every colour by its name, tokens and shades together."""
        tokens = {name: str(value) for name, value in asdict(self).items() if name != "name"}
        return tokens | self.shades()


def mix(base: str, over: str, share: float) -> str:
    """The colour `over` laid upon `base` with an opacity of `share` (0 to 1)."""
    pairs = zip(_channels(base), _channels(over), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, « contrast ratio »)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


LIGHT = Palette(
    name="light",
    window="#F6F7F9",
    surface="#FFFFFF",
    raised="#FFFFFF",
    text="#1B2430",
    muted="#566173",
    line="#D8DEE7",
    control="#838EA0",
    tint="#E8EEF8",
    primary="#2456A6",
    on_primary="#FFFFFF",
    success="#1C7A4A",
    warning="#8F5A00",
    danger="#B3261E",
)

DARK = Palette(
    name="dark",
    window="#16191D",
    surface="#1E2227",
    raised="#262B31",
    text="#E8ECF1",
    muted="#A3AEBD",
    line="#343B44",
    control="#77838F",
    tint="#263248",
    primary="#8AB4F8",
    on_primary="#0F1B2D",
    success="#6CCB95",
    warning="#F0B35A",
    danger="#F28B82",
)
