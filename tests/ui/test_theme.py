"""The colours can be read, in both themes, and every widget follows a change of look."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.resources import resource
from app.settings import Settings
from app.ui import icons, theme
from app.ui.palette import DARK, LIGHT, Palette, contrast

THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    """Leave to the other tests the look they expect."""
    theme.apply(qapp, Settings(theme="clair"))
    yield
    theme.apply(qapp, Settings(theme="clair"))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_words_can_be_read_on_every_background(palette: Palette) -> None:
    colours = palette.colours()
    words = ("text", "muted", "primary")
    backgrounds = ("window", "surface", "raised", "tint", "hover")
    for word, background in product(words, backgrounds):
        assert contrast(colours[word], colours[background]) >= 4.5, (word, background)


@THEMES
def test_warnings_can_be_read_where_they_are_shown(palette: Palette) -> None:
    colours = palette.colours()
    for word in ("success", "warning", "danger"):
        for background in ("window", "surface", "raised", f"{word}_wash"):
            assert contrast(colours[word], colours[background]) >= 4.5, (word, background)
        assert contrast(colours["text"], colours[f"{word}_wash"]) >= 4.5, word


@THEMES
def test_the_primary_button_can_be_read_at_rest_hovered_and_pressed(palette: Palette) -> None:
    colours = palette.colours()
    for background in ("primary", "primary_hover", "primary_pressed"):
        assert contrast(colours["on_primary"], colours[background]) >= 4.5, background


@THEMES
def test_borders_of_controls_and_the_focus_ring_can_be_seen(palette: Palette) -> None:
    colours = palette.colours()
    for line, background in product(("control", "primary"), ("window", "surface", "raised")):
        assert contrast(colours[line], colours[background]) >= 3, (line, background)
    assert contrast(colours["bar"], colours["primary"]) >= 3 or contrast(colours["text"], colours["bar"]) >= 3


@THEMES
def test_the_marks_of_controls_are_drawn_in_the_colours_of_their_theme(palette: Palette) -> None:
    expected = {
        "check": palette.on_primary,
        "ring": palette.primary,
        "partial": palette.on_primary,
        "down": palette.muted,
        "up": palette.muted,
    }
    for mark, colour in expected.items():
        assert colour in resource("controls", f"{mark}-{palette.name}.svg").read_text(encoding="utf-8")


def test_the_style_sheet_leaves_no_name_unknown_and_no_picture_missing(qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    assert "$" not in re.sub(r"/\*.*?\*/", "", sheet)
    for picture in re.findall(r"url\(([^)]+)\)", sheet):
        assert resource("controls", picture.rsplit("/", 1)[-1]).is_file()


def test_lengths_and_letters_grow_with_the_text(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="clair", text_percent=200))
    assert theme.px(16) == 32
    assert qapp.font().pixelSize() == 30
    assert "border: 1px solid" in qapp.styleSheet()
    assert "min-height: 64px" in qapp.styleSheet()


def test_the_fonts_are_those_that_are_shipped(qapp: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    assert field.fontInfo().family() == "Source Sans 3"
    theme.apply(qapp, Settings(theme="clair", legible_font=True))
    assert field.fontInfo().family() == "Atkinson Hyperlegible Next"


def test_dark_is_announced_once_and_repaints_the_icons(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Ajouter")
    qtbot.addWidget(button)
    icons.set_icon(button, "square", "text")
    before = button.icon().pixmap(18, 18).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, Settings(theme="sombre"))
    assert theme.current().palette is DARK
    assert button.icon().pixmap(18, 18).toImage() != before


def test_the_theme_follows_the_system_unless_a_person_chose(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="systeme"))
    hints = qapp.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().palette is DARK
    theme.apply(qapp, Settings(theme="clair"))
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().palette is LIGHT


def test_an_icon_dies_with_its_button(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Ajouter")
    icons.set_icon(button, "plus")
    icons.set_icon(button, "minus")
    button.deleteLater()
    qtbot.wait(10)
    theme.apply(qapp, Settings(theme="sombre"))


def test_buttons_and_fields_are_tall_enough_to_be_hit(qtbot: QtBot) -> None:
    for widget in (QPushButton("Enregistrer"), QLineEdit()):
        qtbot.addWidget(widget)
        assert widget.sizeHint().height() >= 32


def test_a_look_that_is_on_is_not_put_on_again(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.apply(qapp, Settings(theme="clair", sync_paused=True))
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, Settings(theme="sombre"))
