"""A signature drawn by hand, as text: short enough for a field of a record, drawn again the same.

« 600x200 12,40 15,44 20,50;80,30 82,34 »: the width and height of the frame, then the strokes, parted by semicolons.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[int, int]
Stroke = tuple[Point, ...]
MOST = 8_000
"""Octets of a signature as text."""
_SHAPE = re.compile(r"(?P<width>\d{1,4})x(?P<height>\d{1,4}) (?P<strokes>[\d,; ]+)")
_LARGEST = 9_999


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes inside a frame; a stroke of one point is a dot."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]


def as_text(width: float, height: float, strokes: Sequence[Sequence[tuple[float, float]]]) -> str:
    """The text of a drawing, as fine as fits in 8,000 octets; empty where nothing was drawn."""
    frame = _whole(width), _whole(height)
    kept = [_clean(stroke, frame) for stroke in strokes if stroke]
    tolerance = 0.5
    while True:
        text = ";".join(" ".join(f"{x},{y}" for x, y in simplified(one, tolerance)) for one in kept)
        if len(text) <= MOST - 12:
            return f"{frame[0]}x{frame[1]} {text}" if kept else ""
        tolerance *= 1.5
        if tolerance > _LARGEST:  # thousands of dots: the first ones are enough of a signature
            kept, tolerance = kept[: len(kept) // 2], 0.5


def from_text(text: str | None) -> Drawing | None:
    """The drawing of a text; None where there is none, or it cannot be read."""
    shape = _SHAPE.fullmatch(text or "")
    if shape is None:
        return None
    try:
        strokes = tuple(tuple(_point(one) for one in stroke.split()) for stroke in shape["strokes"].split(";"))
    except ValueError:
        return None
    width, height = int(shape["width"]), int(shape["height"])
    return Drawing(width, height, strokes) if width and height and all(strokes) else None


def simplified(stroke: Stroke, tolerance: float) -> Stroke:
    """The stroke without the points that are nearer than `tolerance` to the line (Ramer, Douglas and Peucker)."""
    keep, waiting = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = [_distance(stroke[place], stroke[first], stroke[last]) for place in range(first + 1, last)]
        if far and max(far) > tolerance:
            middle = first + 1 + far.index(max(far))
            keep.add(middle)
            waiting += [(first, middle), (middle, last)]
    return tuple(stroke[place] for place in sorted(keep))


def _clean(stroke: Sequence[tuple[float, float]], frame: Point) -> Stroke:
    """Whole points inside the frame, none twice in a row."""
    inside = [tuple(min(max(round(one), 0), most) for one, most in zip(point, frame, strict=True)) for point in stroke]
    points = [(x, y) for x, y in inside]
    return tuple(point for place, point in enumerate(points) if not place or point != points[place - 1])


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a segment."""
    along, up = end[0] - start[0], end[1] - start[1]
    length = along * along + up * up
    share = 0.0 if not length else ((point[0] - start[0]) * along + (point[1] - start[1]) * up) / length
    share = min(max(share, 0.0), 1.0)
    return float(((point[0] - start[0] - share * along) ** 2 + (point[1] - start[1] - share * up) ** 2) ** 0.5)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return int(x), int(y)


def _whole(length: float) -> int:
    return min(max(round(length), 1), _LARGEST)
