"""The French words of the screens: durations, with their no-break spaces."""

NBSP = "\u00a0"
"""No-break space: before : ; ? ! and inside « », and between a figure and its unit."""


def duration_label(minutes: int) -> str:
    """A duration as one says it: « 15 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"
