"""Tab follows the eye: the order of the layouts, even for what was added after the page was made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def follow_reading_order(page: QWidget) -> None:
    """Make Tab go through the fields of a page in the order in which they are read."""
    for before, after in pairwise(fields_of(page)):
        QWidget.setTabOrder(before, after)


def fields_of(page: QWidget) -> list[QWidget]:
    """What can have the keyboard, in the order of the layouts."""
    return [one for one in _walk(page) if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None]


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, QScrollArea) and (page := widget.widget()) is not None:
        yield from _walk(page)
    elif (layout := widget.layout()) is not None:
        yield from _walk_layout(layout)


def _walk_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _walk(widget)
        elif (inner := item.layout()) is not None:
            yield from _walk_layout(inner)
