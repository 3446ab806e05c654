"""Charts: every kind follows its data, keeps to its room, stays readable in grey, and can be read without eyes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.settings import Settings
from app.ui import theme
from app.ui.charts import ink, lettering, scales, shapes
from app.ui.charts.card import ChartCard
from app.ui.charts.drawing import draw, height_for, spots
from app.ui.charts.files import image, save_png, save_svg
from app.ui.charts.framing import draw_titled, titled_height
from app.ui.charts.ink import Ink, Pattern
from app.ui.charts.plots import Bars, Columns, Datum, Donut, Heat, Lines, Plot, Series, Stack, Table
from app.ui.charts.view import ChartView
from app.ui.palette import DARK, LIGHT, contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")

Key = Qt.Key
LONG = "Médiathèque intercommunale de Florac-Trois-Rivières et des Cévennes, antenne du Pont-de-Montvert"
CAPTION = "Période\u00a0: du 01/11/2026 au 30/11/2026"
KINDS = (Bars, Columns, Stack, Lines, Donut, Heat)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Settings(theme="clair"))
    yield
    theme.apply(qapp, Settings(theme="clair"))


def plot(kind: type[Plot], values: tuple[float, ...], label: str = "Mars") -> Plot:
    """A chart of one kind over these values."""
    labels = tuple(f"{label} {place}" for place in range(len(values)))
    words = tuple(f"{value:.0f} (12\u00a0%)" for value in values)
    table = Table(("Mois", "Nombre"), tuple(zip(labels, words, strict=True)))
    title, note = f"Titre de {kind.__name__}", "Part des 412 accompagnements"
    data = tuple(Datum(name, value, said) for name, value, said in zip(labels, values, words, strict=True))
    series = (Series("En atelier", values), Series("Individuels", tuple(reversed(values))))
    if kind is Heat:
        return Heat(title, table, note, ("Lundi", label), labels, (values, tuple(reversed(values))))
    if kind in (Stack, Lines):
        return kind(title, table, note, labels, series)
    return kind(title, table, note, data)  # type: ignore[call-arg]


def drawn(shown: Plot, width: float = 500, colours: Ink | None = None, around: int = 40) -> QImage:
    """The chart in a picture that is larger than it by `around` on every side."""
    used = colours or ink.screen()
    height = round(height_for(shown, width, used) + 0.5)
    picture = QImage(round(width) + 2 * around, height + 2 * around, QImage.Format.Format_RGB32)
    picture.fill(QColor(used.surface))
    painter = QPainter(picture)
    draw(shown, painter, QRectF(around, around, width, height), used)
    painter.end()
    return picture


def is_blank_around(picture: QImage, around: int = 40, tolerance: int = 3) -> bool:
    inside = picture.rect().adjusted(around, around, -around, -around)
    kept = inside.adjusted(-tolerance, -tolerance, tolerance, tolerance)
    blank = picture.copy()
    painter = QPainter(blank)
    painter.fillRect(kept, picture.pixelColor(0, 0))
    painter.end()
    uniform = QImage(picture.size(), picture.format())
    uniform.fill(picture.pixelColor(0, 0))
    return blank == uniform


# What is drawn


@pytest.mark.parametrize("kind", KINDS)
def test_other_figures_are_drawn_otherwise(kind: type[Plot]) -> None:
    first, second = drawn(plot(kind, (4, 9, 2))), drawn(plot(kind, (4, 3, 2)))
    assert first != second
    assert first == drawn(plot(kind, (4, 9, 2)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [1, 3, 100])
@pytest.mark.parametrize("colours", [ink.picture, lambda: replace(ink.screen(), scale=2.0), lambda: ink.paper(9)])
def test_nothing_is_drawn_out_of_its_room(kind: type[Plot], number: int, colours: object) -> None:
    assert callable(colours)
    values = tuple(float(1 + (place * 37) % 1400) for place in range(number))
    for width in (240, 640):
        assert is_blank_around(drawn(plot(kind, values, LONG), width, colours()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", [(), (0.0, 0.0)])
def test_a_chart_without_figures_says_so_calmly(kind: type[Plot], values: tuple[float, ...]) -> None:
    picture = drawn(plot(kind, values))
    assert picture.height() < 150
    assert picture == drawn(plot(Bars, ()))
    assert spots(plot(kind, values), QRectF(0, 0, 400, 100), ink.screen()) == ()


def test_a_single_label_makes_one_horizontal_bar_of_its_layers() -> None:
    parts = spots(plot(Stack, (9,)), QRectF(0, 0, 400, 100), ink.screen())
    assert [part.words for part in parts] == ["En atelier\u00a0: 9", "Individuels\u00a0: 9"]
    assert parts[0].area.right() == pytest.approx(200)


def test_a_part_that_is_everything_is_a_ring_without_a_seam() -> None:
    picture = drawn(plot(Donut, (7.0,)))
    assert picture.pixelColor(40 + 95, 40 + 12) == QColor(ink.screen().fill(0).colour), "at the top, inside the ring"
    assert picture.pixelColor(40 + 95, 40 + 95) == QColor(ink.screen().surface), "in the hole"


def test_the_smallest_part_of_a_donut_can_still_be_seen() -> None:
    parts = spots(plot(Donut, (5000, 1, 0)), QRectF(0, 0, 500, 200), ink.screen())
    assert parts[1].shape is not None
    assert parts[1].shape.boundingRect().width() > 2
    assert parts[2].shape is not None
    assert parts[2].shape.isEmpty()


def test_the_words_given_with_a_series_are_those_that_are_read() -> None:
    table = Table(("", ""), ())
    hours = Lines("Temps", table, labels=("11/26",), series=(Series("Ateliers", (2.5,), ("2 h 30",)),))
    assert spots(hours, QRectF(0, 0, 400, 200), ink.screen())[0].words == "11/26\u00a0: Ateliers 2 h 30"
    plain = replace(hours, series=(Series("Ateliers", (1250.5,)),))
    assert spots(plain, QRectF(0, 0, 400, 200), ink.screen())[0].words == "11/26\u00a0: Ateliers 1\u202f250,5"


@given(st.floats(min_value=0.001, max_value=1e9), st.booleans())
def test_an_axis_has_a_few_round_steps_up_to_the_highest_figure(highest: float, is_whole: bool) -> None:
    marks = scales.ticks(highest, is_whole=is_whole)
    assert marks[0] == 0
    assert marks[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(marks) <= 6
    if len(marks) > 2:
        assert marks[-2] < highest
    if is_whole:
        assert all(mark == int(mark) for mark in marks)


@settings(max_examples=60)
@given(st.text(alphabet="abcdeéà WMil-’\u00a0", min_size=1, max_size=120), st.integers(40, 400), st.integers(1, 4))
def test_wrapped_words_keep_to_their_width(text: str, width: int, most: int) -> None:
    font = ink.picture().font(14)
    lines = lettering.wrapped(text, width, font, most)
    assert 1 <= len(lines) <= most
    assert all(lettering.width_of(line, font) <= width + 0.5 for line in lines)
    if lettering.width_of(text, font) <= width:
        assert lines == (text,)


# In grey


def inks() -> tuple[Ink, ...]:
    light = ink.picture()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, Settings(theme="sombre"))
    return light, ink.screen(), ink.paper(10)


def grey(colour: str | QColor) -> float:
    colour = QColor(colour)
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()


def test_every_colour_stands_out_from_its_surface() -> None:
    light, dark, paper = inks()
    assert (light.surface, dark.surface, paper.surface) == (LIGHT.surface, DARK.surface, "#FFFFFF")
    for one in (light, dark, paper):
        assert min(contrast(fill.colour, one.surface) for fill in one.fills) >= 3
        assert contrast(one.main, one.surface) >= 4.5
        assert min(contrast(one.text, one.surface), contrast(one.muted, one.surface)) >= 4.5


def test_neighbours_are_told_apart_ingrey() -> None:
    for one in inks():
        first, second = one.fills[:2]
        assert (first.pattern, second.pattern) == (Pattern.PLAIN, Pattern.PLAIN)
        assert abs(grey(first.colour) - grey(second.colour)) >= 35
        for fill, neighbour in zip(one.fills, one.fills[1:] + one.fills[:1], strict=True):
            assert fill.pattern is not neighbour.pattern or abs(grey(fill.colour) - grey(neighbour.colour)) >= 35


def test_no_two_fills_look_alike_on_a_grey_page() -> None:
    for one in inks():
        pictures = [_grey_of(one, place) for place in range(len(one.fills))]
        for place, picture in enumerate(pictures):
            for other in pictures[:place]:
                gaps = [abs(mine - its) for mine, its in zip(picture, other, strict=True)]
                assert sum(gaps) / len(gaps) >= 15


def _grey_of(colours: Ink, place: int) -> bytes:
    picture = QImage(48, 48, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shapes.paint_swatch(painter, QRectF(0, 0, 48, 48), colours.fill(place), colours)
    painter.end()
    return bytes(picture.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_the_first_five_lines_differ_by_their_grey_or_their_stroke_and_by_their_marker() -> None:
    for one in inks():
        pens = [shapes.line_pen(place, one) for place in range(5)]
        for place, pen in enumerate(pens):
            for other in pens[:place]:
                is_other_grey = abs(grey(pen.color()) - grey(other.color())) >= 35
                assert pen.style() is not other.style() or is_other_grey
        assert len({_marker(one, place) for place in range(5)}) == 5


def _marker(colours: Ink, place: int) -> bytes:
    """The outline of a marker, whatever its colour."""
    plain = replace(colours, fills=(colours.fills[0],))
    picture = QImage(32, 32, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    shapes.paint_marker(painter, QRectF(0, 0, 32, 32).center(), place, 9, plain)
    painter.end()
    return bytes(picture.constBits())


def test_the_figures_of_a_heat_map_are_readable_on_their_cells() -> None:
    for one in inks():
        for step in range(21):
            cell = one.shade(step / 20).name()
            assert contrast(ink.text_on(cell), cell) >= 4.5


def test_a_heat_map_goes_one_way_ingrey() -> None:
    for one in inks():
        greys = [grey(one.shade(step / 10)) for step in range(11)]
        assert greys in (sorted(greys), sorted(greys, reverse=True))


# Pictures and files


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_svg_is_well_formed_and_keeps_its_words(kind: type[Plot], tmp_path: Path) -> None:
    shown = replace(plot(kind, (4, 9, 2), "Été & co"), title="Âge <60")
    save_svg(shown, tmp_path / "a.svg", CAPTION)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    words = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Âge <60", CAPTION, "Part des 412 accompagnements"} <= set(words)
    assert any(word.startswith("Été & co 0") for word in words)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Âge <60"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.svg"]


def test_a_saved_png_names_itself_and_is_light_whatever_the_theme(qapp: QApplication, tmp_path: Path) -> None:
    shown = plot(Columns, (4, 9, 2))
    save_png(shown, tmp_path / "clair.png", CAPTION)
    theme.apply(qapp, Settings(theme="sombre", text_percent=200))
    save_png(shown, tmp_path / "sombre.png", CAPTION)
    light, dark = QImage(str(tmp_path / "clair.png")), QImage(str(tmp_path / "sombre.png"))
    assert light == dark
    assert (light.text("Title"), light.text("Description")) == (shown.title, CAPTION)
    assert light.width() == 2 * 860
    assert light.pixelColor(0, 0) == QColor("#FFFFFF")


@pytest.mark.parametrize("save", [save_png, save_svg])
def test_a_picture_that_cannot_be_written_is_a_sentence(save: object, tmp_path: Path) -> None:
    assert callable(save)
    with pytest.raises(KnownError, match="choisissez un autre dossier"):
        save(plot(Bars, (1,)), tmp_path / "absent" / "a.png", CAPTION)


def test_a_chart_with_its_title_takes_the_height_that_it_says() -> None:
    shown, used = replace(plot(Bars, (3, 4)), title=LONG * 2), ink.paper(10)
    height = titled_height(shown, 300, used, CAPTION)
    picture = QImage(380, round(height + 80.5), QImage.Format.Format_RGB32)
    picture.fill(QColor("#FFFFFF"))
    painter = QPainter(picture)
    draw_titled(shown, painter, QRectF(40, 40, 300, height), used, CAPTION)
    painter.end()
    assert is_blank_around(picture)
    assert height > titled_height(shown, 300, used)


# On screen


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(700, 700)
    yield window
    window.close()


def card_on(page: QWidget, shown: Plot, definition: str = "") -> ChartCard:
    made = ChartCard(shown, definition, page)
    page.layout().addWidget(made)  # type: ignore[union-attr]
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return made


def button(card: ChartCard, name: str) -> QToolButton:
    return next(one for one in card.findChildren(QToolButton) if one.accessibleName().startswith(name))


def act(card: ChartCard, text: str) -> None:
    next(action for action in card.menu.actions() if action.text() == text).trigger()
    QApplication.processEvents()


def test_the_table_takes_the_place_of_the_chart_and_stays_over_new_figures(page: QWidget) -> None:
    card = card_on(page, plot(Columns, (4, 9)))
    card.view.setFocus()
    act(card, "Voir le tableau")
    assert card.table is not None
    assert (card.view.isVisible(), card.table.isVisible(), card.table.hasFocus()) == (False, True, True)
    card.set_plot(plot(Columns, (5, 9, 7)))
    assert (card.is_table, card.table.rowCount()) == (True, 3)
    cell = card.table.item(0, 1)
    assert cell is not None
    assert cell.text() == "5 (12\u00a0%)"
    assert card.table.accessibleName() == "Tableau\u00a0: Titre de Columns"
    act(card, "Voir le graphique")
    assert (card.view.isVisible(), card.table.isVisible(), card.view.hasFocus()) == (True, False, True)


def test_no_label_of_the_table_is_cut(page: QWidget) -> None:
    page.resize(300, 700)
    card = card_on(page, plot(Bars, (3, 4), LONG))
    card.show_table(True)
    QApplication.processEvents()
    assert card.table is not None
    room = QRect(0, 0, card.table.columnWidth(0) - 2 * theme.px(8), 0)
    needed = card.table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, f"{LONG} 0").height()
    assert needed > 2 * card.table.fontMetrics().height()
    assert card.table.rowHeight(0) >= needed
    assert card.table.height() >= card.table.rowHeight(0) + card.table.rowHeight(1)


def test_the_table_is_copied_as_cells_and_never_as_formulas(qtbot: QtBot, page: QWidget) -> None:
    table = Table(("Tag", "Nombre"), (("=1+1", "3"), ("deux\nlignes\tici", "4")))
    card = card_on(page, replace(plot(Bars, (3, 4)), table=table))
    with qtbot.waitSignal(card.copied):
        act(card, "Copier le tableau")
    assert QGuiApplication.clipboard().text() == "Tag\tNombre\n'=1+1\t3\ndeux lignes ici\t4"


def test_the_picture_is_copied_with_its_filter(page: QWidget) -> None:
    card = card_on(page, plot(Bars, (3, 4)))
    card.set_caption(CAPTION)
    act(card, "Copier l’image")
    copied = QGuiApplication.clipboard().image()
    assert copied.size() == image(card.plot, CAPTION).size()
    assert copied.height() > image(card.plot).height()


def test_a_file_is_asked_for_with_the_whole_plot(qtbot: QtBot, page: QWidget) -> None:
    card = card_on(page, plot(Bars, tuple(range(1, 35))))
    for text, kind in (("Enregistrer en PNG…", "png"), ("Enregistrer en SVG…", "svg")):
        with qtbot.waitSignal(card.file_asked) as asked:
            act(card, text)
        assert asked.args == [card.plot, kind]


def test_long_lists_show_their_first_bars_then_all_of_them(page: QWidget) -> None:
    card = card_on(page, plot(Bars, tuple(range(1, 35))))
    assert isinstance(card.view.plot, Bars)
    assert len(card.view.plot.data) == 8
    QTest.keyClick(card.all_button, Key.Key_Space)
    assert (card.all_button.text(), len(card.view.plot.data)) == ("Voir moins", 34)
    card.set_plot(plot(Bars, tuple(range(1, 36))))
    assert len(card.view.plot.data) == 35
    card.set_plot(plot(Bars, (1, 2)))
    assert not card.all_button.isVisible()


def test_the_definition_opens_by_the_keyboard(page: QWidget) -> None:
    card = card_on(page, plot(Bars, (3, 4)), "Chaque thème compte une fois.")
    info = button(card, "Définition")
    assert "Chaque thème compte une fois." in info.toolTip()
    assert info.accessibleDescription() == "Chaque thème compte une fois."
    for key, is_shown in ((Key.Key_Return, True), (Key.Key_Space, False)):
        QTest.keyClick(info, key)
        assert card.definition.isVisible() is is_shown
    info.click()
    card.set_definition("")
    assert (info.isVisible(), card.definition.isVisible()) == (False, False)


def test_every_control_is_reached_by_tab_and_named(page: QWidget) -> None:
    card = card_on(page, plot(Bars, tuple(range(1, 35))), "Une définition.")
    button(card, "Définition").setFocus()
    met = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.append(focused.accessibleName())
        QTest.keyClick(focused, Key.Key_Tab)
    assert met[:2] == ["Définition\u00a0: Titre de Bars", "Actions\u00a0: Titre de Bars"]
    assert met[2].startswith("Titre de Bars. Mars 7\u00a0: 8 (12\u00a0%)")
    assert met[3] == "Voir tout (34)\u00a0: Titre de Bars"


def test_enter_opens_the_menu(page: QWidget) -> None:
    card = card_on(page, plot(Bars, (3, 4)))
    QTest.keyClick(button(card, "Actions"), Key.Key_Return)
    assert card.menu.isVisible()
    assert card.menu.activeAction().text() == "Voir le tableau"
    card.menu.close()


def view_on(page: QWidget, shown: Plot) -> ChartView:
    view = ChartView(shown, page)
    page.layout().addWidget(view)  # type: ignore[union-attr]
    page.show()
    QApplication.processEvents()
    return view


def test_the_arrows_read_each_value(page: QWidget) -> None:
    view = view_on(page, plot(Columns, (4, 9, 2)))
    readings = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_End, Key.Key_Right, Key.Key_Home, Key.Key_Escape):
        QTest.keyClick(view, key)
        readings.append(view.reading)
    first, second, third = (f"Mars {place}\u00a0: {value} (12\u00a0%)" for place, value in enumerate((4, 9, 2)))
    assert readings == [first, second, first, third, third, first, ""]


def test_the_arrows_walk_a_heat_map_by_rows_and_columns(page: QWidget) -> None:
    view = view_on(page, plot(Heat, (4, 9, 2)))
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Right):
        QTest.keyClick(view, key)
    assert view.reading == "Mars, Mars 1\u00a0: 9"


def test_the_same_figures_again_leave_the_reader_where_they_are(page: QWidget) -> None:
    card = card_on(page, plot(Columns, (4, 9, 2)))
    QTest.keyClick(card.view, Key.Key_End)
    card.set_plot(plot(Columns, (4, 9, 2)))
    assert card.view.reading == "Mars 2\u00a0: 2 (12\u00a0%)"
    card.set_plot(plot(Columns, (4, 9)))
    assert card.view.reading == ""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_pointed_at_is_read_and_shown(kind: type[Plot], page: QWidget) -> None:
    view = view_on(page, plot(kind, (4, 9, 2)))
    before = view.grab().toImage()
    places = spots(view.plot, QRectF(view.rect()).adjusted(6, 6, -6, -6), ink.screen())
    QTest.mouseMove(view, places[1].area.center().toPoint())
    QApplication.processEvents()
    assert view.reading == places[1].words
    assert view.grab().toImage() != before
    QTest.mouseMove(view, QPoint(view.width() - 1, view.height() - 1))
    assert view.reading == ""


def test_other_figures_and_another_theme_are_drawn_at_once(qapp: QApplication, page: QWidget) -> None:
    view = view_on(page, plot(Columns, (4, 9, 2)))
    first = view.grab().toImage()
    view.set_plot(plot(Columns, (4, 3, 2)))
    second = view.grab().toImage()
    theme.apply(qapp, Settings(theme="sombre"))
    assert len({bytes(one.constBits()) for one in (first, second, view.grab().toImage())}) == 3


def test_a_part_of_the_ring_is_read_too(page: QWidget) -> None:
    view = view_on(page, plot(Donut, (4, 9, 2)))
    places = spots(view.plot, QRectF(view.rect()).adjusted(6, 6, -6, -6), ink.screen())
    assert places[0].shape is not None
    QTest.mouseMove(view, places[0].shape.pointAtPercent(0.02).toPoint() + QPoint(4, 8))
    assert view.reading == places[0].words


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_says_its_title_and_main_figures(kind: type[Plot], page: QWidget) -> None:
    view = view_on(page, plot(kind, (4, 9, 2)))
    assert view.accessibleName().startswith(f"Titre de {kind.__name__}. ")
    assert "9" in view.accessibleName() or "2" in view.accessibleName()
    view.set_plot(plot(kind, ()))
    assert view.accessibleName() == f"Titre de {kind.__name__}"


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_card_is_as_high_as_its_chart_at_every_text_size(qapp: QApplication, page: QWidget, percent: int) -> None:
    theme.apply(qapp, Settings(theme="sombre", text_percent=percent))
    card = card_on(page, plot(Bars, (3, 4, 5), LONG), "Une définition.")
    assert card.view.height() >= card.view.heightForWidth(card.view.width())
    assert card.minimumSizeHint().width() <= 500
    assert QRect(QPoint(), page.size()).contains(card.geometry())
