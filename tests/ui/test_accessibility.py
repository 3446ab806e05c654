"""Every screen, walked: each place of the keyboard has a name, and at 200 % of text none of them is out of reach."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui import theme
from app.ui.desk import Desk
from tests.ui.screens import SCREENS
from tests.ui.screens.stage import HEIGHT, WIDTH, Stage


@pytest.fixture
def stage(desk: Desk, qtbot: QtBot) -> Stage:
    return Stage(desk, qtbot)


@pytest.fixture
def _large_text(desk: Desk, qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Settings("clair", 200))
    yield
    theme.apply(qapp, Settings("clair"))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_place_of_the_keyboard_has_a_name(screen: Callable[[Stage], QWidget], stage: Stage) -> None:
    window = screen(stage)
    places = list(_places_of_the_keyboard(window))
    assert places
    assert [_told(one) for one in places if not _name(one)] == []


@pytest.mark.usefixtures("_large_text")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_at_200_percent_nothing_is_out_of_reach(screen: Callable[[Stage], QWidget], stage: Stage) -> None:
    window = screen(stage)
    assert (window.width() <= WIDTH, window.height() <= HEIGHT) == (True, True), window.size()
    assert [_told(one) for one in _places_of_the_keyboard(window) if not _can_be_reached(one)] == []


def test_a_control_cut_by_its_page_is_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    cut = QWidget(page)
    cut.setGeometry(350, 10, 100, 30)
    page.resize(400, 300)
    page.show()
    assert not _can_be_reached(cut)


def _places_of_the_keyboard(window: QWidget) -> Iterator[QWidget]:
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one.focusProxy() is None:
            yield one


def _name(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name)


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} « {_name(widget)} » in {type(widget.parentWidget()).__name__}"


def _can_be_reached(widget: QWidget) -> bool:
    """Whether every parent shows the whole of it, or can be scrolled to it."""
    rect, here = QRect(QPoint(), widget.size()), widget
    while not here.isWindow():
        around = here.parentWidget()
        if around is None:
            break
        rect.translate(here.pos())
        area = around.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is around:
            rect = _once_scrolled(rect, area)
        if not around.rect().adjusted(-1, -1, 1, 1).contains(rect):
            return False
        here = around
    return True


def _once_scrolled(rect: QRect, area: QAbstractScrollArea) -> QRect:
    """The same rectangle, brought into the viewport along the ways that scroll."""
    seen, never = area.viewport().rect(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    scrolled = QRect(rect)
    if area.horizontalScrollBarPolicy() is not never:
        scrolled.setLeft(0)
        scrolled.setWidth(min(rect.width(), seen.width()))
    if area.verticalScrollBarPolicy() is not never:
        scrolled.moveTop(0)
        scrolled.setHeight(min(rect.height(), seen.height()))
    return scrolled
