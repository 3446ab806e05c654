"""Signatures drawn by hand: as text, never too long, drawn again the same."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.signatures import MOST, as_text, from_text, simplified

POINTS = st.tuples(st.floats(-50, 700), st.floats(-50, 300))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(POINTS, min_size=1, max_size=60), min_size=1, max_size=30))
def test_what_is_drawn_comes_back_inside_its_frame(strokes: list[list[tuple[float, float]]]) -> None:
    text = as_text(600, 200, strokes)
    drawing = from_text(text)
    assert len(text.encode()) <= MOST
    assert drawing is not None
    assert len(drawing.strokes) == len(strokes)
    assert all(0 <= x <= 600 and 0 <= y <= 200 for stroke in drawing.strokes for x, y in stroke)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_is_none(text: str) -> None:
    from_text(text)
    from_text(f"600x200 {text}")


def test_a_scribble_of_a_minute_stays_short_and_keeps_its_shape() -> None:
    scribble = [(300 + 250 * math.sin(t / 7.3), 100 + 90 * math.cos(t / 5.1)) for t in range(12_000)]
    text = as_text(600, 200, [scribble])
    drawing = from_text(text)
    assert len(text) <= MOST
    assert drawing is not None
    assert len(drawing.strokes[0]) > 100


def test_a_straight_line_is_its_two_ends_and_a_dot_is_a_dot() -> None:
    assert simplified(tuple((x, 10) for x in range(100)), 0.5) == ((0, 10), (99, 10))
    assert as_text(600, 200, [[(5, 5)]]) == "600x200 5,5"
    assert as_text(600, 200, []) == ""
    assert from_text("") is None
    assert from_text("600x200 1,2;;3,4") is None
