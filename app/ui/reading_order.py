"""Tab follows the eye: the order of the layouts, even for what was added after the page was made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QToolButton, QWidget


def move_focus(page: QWidget, forward: bool) -> bool:
    """Give the keyboard to the field of a page that is read next, or before; beyond its ends, to the window around.

    For `QWidget.focusNextPrevChild`: answers whether the keyboard moved.
    """
    order = fields_of(page)
    here = QApplication.focusWidget()
    if not order:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    step = 1 if forward else -1
    place = order.index(here) + step if here in order else 0
    target = order[place] if 0 <= place < len(order) else _outside(page, forward) or order[place % len(order)]
    target.setFocus(reason)
    _bring_in_sight(target)
    return True


def fields_of(page: QWidget) -> list[QWidget]:
    """What Tab can reach, in the order of the layouts."""
    return [one for one in _walk(page) if _is_tab_stop(one)]


def _bring_in_sight(field: QWidget) -> None:
    around = field.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(field)
        around = around.parentWidget()


def _is_tab_stop(widget: QWidget) -> bool:
    takes_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(takes_tab) and widget.focusProxy() is None and widget.isVisible() and widget.isEnabled()


def _outside(page: QWidget, forward: bool) -> QWidget | None:
    """The nearest tab stop of the window that is not in the page, if the page is not the whole window."""
    widget = None if page.isWindow() else _beside(page, forward)
    while widget is not None and widget is not page:
        if not page.isAncestorOf(widget) and widget.window() is page.window() and _is_tab_stop(widget):
            return widget
        widget = _beside(widget, forward)
    return None


def _beside(widget: QWidget, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, QScrollArea) and (page := widget.widget()) is not None:
        yield from _walk(page)
    elif (layout := widget.layout()) is not None:
        yield from _walk_layout(layout)
    else:  # a button that a field carries inside itself
        yield from widget.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _walk_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _walk(widget)
        elif (inner := item.layout()) is not None:
            yield from _walk_layout(inner)
