"""The scale of an axis: round steps from zero, and how its figures are written."""

from math import ceil, floor, log10

from app.labels import figure

_ROUND = (1, 2, 5, 10)


def ticks(highest: float, steps: int = 4, is_whole: bool = False) -> tuple[float, ...]:
    """Round figures from 0 to `highest` or just above, `steps` intervals or a little more; whole ones on demand."""
    wanted = highest / steps
    power = 10.0 ** floor(log10(wanted))
    step = next(times * power for times in _ROUND if times * power >= wanted * (1 - 1e-9))
    if is_whole:
        step = max(1.0, step)
    return tuple(place * step for place in range(max(1, ceil(highest / step - 1e-9)) + 1))


def written(value: float) -> str:
    """A figure as it is read in French: « 1 250 », « 2,5 »."""
    rounded = round(value, 2)
    if rounded == int(rounded):
        return figure(int(rounded))
    whole, _, decimals = f"{rounded:.2f}".rstrip("0").partition(".")
    return f"{figure(int(whole))},{decimals}"
