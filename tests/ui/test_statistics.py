"""The screen « Statistiques »: what it shows is what the service counts, whatever is filtered and chosen."""

from datetime import date, timedelta
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app import labels
from app.errors import KnownError
from app.services import tags
from app.services.commands import ActivityFilter, AnonymousGroup
from app.services.filter_words import filter_in_words
from app.services.statistics import pages
from app.services.statistics.figures import Comparison, Statistics, Totals
from app.ui.charts.plots import Bars
from app.ui.desk import Desk
from app.ui.filters.popups import ChoicePopup, PeriodPopup, SearchPopup
from app.ui.reading_order import fields_of
from app.ui.statistics import words
from app.ui.statistics.key_figures import LAST_YEAR
from app.ui.statistics.panels import BreakdownPanel
from app.ui.statistics.plotting import Measure
from app.ui.statistics.presenter import StatisticsPresenter
from app.ui.statistics.words import KEY_FIGURES, KeyFigure
from protocol.vocabulary import ActivityKind, Autonomy, Gender, PlaceKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded

NBSP = "\u00a0"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
"""What the offscreen platform says of every menu."""


@pytest.fixture
def presenter(desk: Desk, qtbot: QtBot) -> StatisticsPresenter:
    """The screen over a notebook that has something of everything, once its figures are there."""
    a_year(desk)
    return opened(desk, qtbot)


def a_year(desk: Desk) -> None:
    """Two people and a workshop over two years."""
    database = desk.database
    place, seniors = a_place(database), tags.create(database, "Seniors")
    jeanne, paul = (
        a_beneficiary(database, gender=Gender.FEMALE, birth_year=1950),
        a_beneficiary(database, "Roux", "Paul"),
    )
    here = {"place_kind": PlaceKind.PLACE, "place": place, "tags": frozenset({seniors})}
    recorded(database, day=date(2025, 3, 3), participants=(jeanne,), autonomy=Autonomy.GUIDED, **here)
    for month in (1, 6, 11):
        recorded(
            database, day=date(2026, month, 5), participants=(jeanne,), minutes=45, autonomy=Autonomy.PARTLY, **here
        )
    recorded(database, day=TODAY, participants=(paul,), topics=frozenset({Topic.EMAIL, Topic.HEALTH}))
    group = AnonymousGroup(total=4, already=1)
    workshop = {"kind": ActivityKind.WORKSHOP, "participants": (jeanne, paul), "anonymous": group, "minutes": 120}
    recorded(database, day=date(2026, 10, 1), topics=frozenset({Topic.DIGITAL_SAFETY}), **workshop, **here)


def opened(desk: Desk, qtbot: QtBot) -> StatisticsPresenter:
    """The screen in front, as wide as a laptop leaves it."""
    made = StatisticsPresenter(desk, lambda: TODAY)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    made.view.show()
    made.shown()
    settle(made, desk, qtbot)
    return made


def settle(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    """Wait until the figures shown are those of what is wanted."""
    wanted = filter_in_words(desk.database, presenter.filter, TODAY)
    qtbot.waitUntil(lambda: copied(presenter)[:1] == [wanted])


def copied(presenter: StatisticsPresenter) -> list[str]:
    """The lines that « Copier » gives: first what the figures on screen are those of."""
    QGuiApplication.clipboard().clear()
    presenter.view.copy.click()
    return QGuiApplication.clipboard().text().splitlines()


def ask(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot, filter_: ActivityFilter) -> Statistics:
    """Filter as the bar does; answers what the service counts."""
    presenter.view.filter_changed.emit(filter_)
    settle(presenter, desk, qtbot)
    return pages.page(desk.database, filter_, TODAY)


def shown_figures(presenter: StatisticsPresenter) -> dict[str, str]:
    """The large figure of each tile."""
    return {field: tile.figure.text() for field, tile in presenter.view.page.key_figures.tiles.items()}


def expected_figures(totals: Totals) -> dict[str, str]:
    return {one.field: one.say(one.value(totals)) for one in KEY_FIGURES}


def bars_shown(panel: BreakdownPanel) -> Bars:
    assert isinstance(panel.card.plot, Bars)
    return panel.card.plot


def test_the_screen_opens_on_this_year_with_the_figures_of_the_service(
    presenter: StatisticsPresenter, desk: Desk
) -> None:
    assert presenter.filter == ActivityFilter(since=date(2026, 1, 1), until=TODAY)
    counted = pages.page(desk.database, presenter.filter, TODAY)
    assert counted.totals.accompaniments == 10
    assert shown_figures(presenter) == expected_figures(counted.totals)
    assert [chip.text() for chip in presenter.view.active.chips()] == ["Cette année"]


FILTERS = (
    ActivityFilter(),
    ActivityFilter(since=date(2026, 6, 1), until=date(2026, 10, 31)),
    ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP})),
    ActivityFilter(topics=frozenset({Topic.HEALTH})),
    ActivityFilter(municipalities=frozenset({"48061"})),
    ActivityFilter(since=date(2019, 1, 1), until=date(2019, 1, 31)),
)


def test_every_figure_follows_the_filter(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    page = presenter.view.page
    for wanted in FILTERS:
        counted = ask(presenter, desk, qtbot, wanted)
        assert shown_figures(presenter) == expected_figures(counted.totals)
        assert sum(one.value for one in bars_shown(page.done).data) == counted.topics.choices
        assert sum(one.value for one in bars_shown(page.where).data) == counted.places.choices
        assert presenter.view.nothing.isVisible() == (counted.totals.activities == 0)


def test_filters_that_keep_nothing_are_cleared_by_one_button(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    ask(presenter, desk, qtbot, ActivityFilter(since=date(2019, 1, 1), until=date(2019, 1, 31)))
    active = presenter.view.active
    qtbot.waitUntil(lambda: active.clear_all.x() > active.chips()[-1].geometry().right())
    presenter.view.clear.click()
    settle(presenter, desk, qtbot)
    assert presenter.filter == ActivityFilter()
    assert not presenter.view.nothing.isVisible()
    assert shown_figures(presenter)["accompaniments"] == "11"


def test_an_empty_notebook_says_what_will_be_here(desk: Desk, qtbot: QtBot) -> None:
    view = opened(desk, qtbot).view
    assert view.empty.isVisible()
    assert not view.filters.isVisible()
    assert not view.export.isVisible()
    with qtbot.waitSignal(desk.form_asked):
        view.empty.findChildren(QPushButton)[0].click()


def test_the_first_activity_brings_the_keyboard_to_the_figures(desk: Desk, qtbot: QtBot) -> None:
    view = opened(desk, qtbot).view
    assert view.empty.isAncestorOf(QApplication.focusWidget() or view)
    recorded(desk.database, day=TODAY)
    qtbot.waitUntil(view.area.isVisible)
    assert view.filters.period_button.hasFocus()


def test_what_is_saved_meanwhile_is_counted_at_once(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    recorded(desk.database, day=TODAY)
    tags.create(desk.database, "Jeunes")
    qtbot.waitUntil(lambda: shown_figures(presenter)["accompaniments"] == "11")
    qtbot.waitUntil(lambda: number_offered(presenter, "Étiquette") == 2)


def number_offered(presenter: StatisticsPresenter, title: str) -> int:
    """How many choices the menu of a filter has now."""
    presenter.view.filters.open_menu(title)
    popup = presenter.view.filters.popup
    assert isinstance(popup, ChoicePopup)
    return popup.choices.count()


def test_a_hidden_screen_counts_only_once_it_is_back(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    presenter.view.hide()
    recorded(desk.database, day=TODAY)
    qtbot.wait(400)
    assert shown_figures(presenter)["accompaniments"] == "10"
    presenter.view.show()
    presenter.shown()
    qtbot.waitUntil(lambda: shown_figures(presenter)["accompaniments"] == "11")


def test_the_former_figures_stay_while_the_next_ones_are_counted_and_only_the_last_asked_are_shown(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    before = shown_figures(presenter)
    for since in (date(2019, 1, 1), date(2020, 1, 1), date(2026, 11, 1)):
        presenter.view.filter_changed.emit(ActivityFilter(since=since, until=since + timedelta(days=29)))
        assert shown_figures(presenter) == before
        assert not presenter.view.nothing.isVisible()
    settle(presenter, desk, qtbot)
    assert shown_figures(presenter)["accompaniments"] == "2"


def test_the_notebook_may_close_while_figures_are_counted(desk: Desk, qtbot: QtBot) -> None:
    made = StatisticsPresenter(desk, lambda: TODAY)
    made.view.show()
    made.shown()
    assert not made.view.area.isVisible()
    made.view.close()
    made.view.deleteLater()
    made.deleteLater()
    desk.database.close()
    qtbot.wait(300)


def test_a_notebook_that_cannot_be_read_says_so_and_is_counted_again_later(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Statistics:
        raise KnownError("Le carnet est occupé par une autre opération.")

    with monkeypatch.context() as patched, qtbot.waitSignal(desk.said) as told:
        patched.setattr(pages, "page", refuse)
        presenter.view.filter_changed.emit(ActivityFilter())
    assert told.args == ["Le carnet est occupé par une autre opération.", None]
    presenter.shown()
    settle(presenter, desk, qtbot)
    assert shown_figures(presenter)["accompaniments"] == "11"


def test_a_new_day_moves_the_usual_periods(desk: Desk, qtbot: QtBot) -> None:
    a_year(desk)
    days = [TODAY]
    made = StatisticsPresenter(desk, lambda: days[0])
    qtbot.addWidget(made.view)
    made.view.show()
    made.shown()
    settle(made, desk, qtbot)
    days[0] = TODAY + timedelta(days=1)
    made.shown()
    assert made.filter.until == TODAY + timedelta(days=1)
    settle(made, desk, qtbot)


@pytest.mark.parametrize("figure", KEY_FIGURES, ids=lambda one: one.field)
def test_a_comparison_is_said_with_an_arrow_a_sign_and_a_share(figure: KeyFigure) -> None:
    def said(now: int, before: int) -> str:
        return words.compared(figure, Totals(**{figure.field: now}), Totals(**{figure.field: before}))

    assert said(162, 150) == f"↑ +{figure.say(12)} (+8{NBSP}%) par rapport à {figure.say(150)}"
    assert said(75, 150) == f"↓ \u2212{figure.say(75)} (\u221250{NBSP}%) par rapport à {figure.say(150)}"
    assert said(3, 0) == f"↑ +{figure.say(3)} par rapport à {figure.say(0)}"
    assert said(3, 3) == "= autant"
    assert said(0, 0) == ""


def test_the_tiles_compare_with_the_period_before_then_with_last_year(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    page = presenter.view.page.key_figures
    counted = ask(presenter, desk, qtbot, ActivityFilter(since=date(2026, 3, 1), until=date(2026, 3, 31)))
    assert counted.last_year is not None
    assert not page.tiles["accompaniments"].moved.isVisible()
    page.choice.set_value(LAST_YEAR)
    page.choice.changed.emit()
    expected = words.compared(KEY_FIGURES[0], counted.totals, counted.last_year.totals)
    assert expected.startswith("↓ \u22121")
    assert page.tiles["accompaniments"].moved.text() == expected


def test_without_two_dates_nothing_is_compared(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    ask(presenter, desk, qtbot, ActivityFilter())
    page = presenter.view.page.key_figures
    assert not page.choice.isVisible()
    assert not any(tile.moved.isVisible() for tile in page.tiles.values())


def test_a_period_without_activity_is_not_compared_with() -> None:
    empty = Comparison("du 01/01/2019 au 31/01/2019", date(2019, 1, 1), date(2019, 1, 31), Totals())
    assert not words.is_comparable(empty)
    assert not words.is_comparable(None)


def test_hours_and_shares_are_chosen_above_the_chart(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    counted = ask(presenter, desk, qtbot, ActivityFilter())
    panel = presenter.view.page.done
    assert bars_shown(panel).note.startswith(f"Part de {counted.totals.accompaniments}{NBSP}accompagnements")
    panel.share.set_value(True)
    panel.share.changed.emit()
    assert bars_shown(panel).note == f"Part de {counted.topics.choices}{NBSP}choix"
    panel.measure.set_value(Measure.HOURS)
    panel.measure.changed.emit()
    assert not panel.share.isVisible()
    assert bars_shown(panel).data[0].value == max(line.minutes for line in counted.topics.lines)
    panel.which.chip("tags").click()
    assert bars_shown(panel).title == counted.tags.title
    assert [one.label for one in bars_shown(panel).data] == ["Seniors"]


def test_what_was_chosen_is_kept_when_the_filter_changes(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    page = presenter.view.page
    page.where.which.chip("municipalities").click()
    page.evolution.step.set_value("by_week")
    page.evolution.step.changed.emit()
    counted = ask(presenter, desk, qtbot, ActivityFilter(since=date(2026, 10, 1), until=TODAY))
    assert bars_shown(page.where).title == counted.municipalities.title
    assert len(page.evolution.card.plot.table.rows) == len(counted.by_week)


STEPS = (
    (date(2026, 11, 1), "by_day"),
    (date(2026, 9, 1), "by_week"),
    (date(2026, 1, 1), "by_month"),
    (None, "by_month"),
)


def test_the_evolution_begins_with_the_step_that_suits_the_period(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    for since, step in STEPS:
        counted = ask(presenter, desk, qtbot, ActivityFilter(since=since, until=TODAY))
        rows = presenter.view.page.evolution.card.plot.table.rows
        assert [row[0] for row in rows] == [labels.short_day(point.since) for point in getattr(counted, step)]


def test_a_definition_is_one_key_away(presenter: StatisticsPresenter, desk: Desk) -> None:
    tile = presenter.view.page.key_figures.tiles["people"]
    definition = pages.page(desk.database, presenter.filter, TODAY).definitions["people"]
    assert escape(definition) in tile.info.toolTip()
    assert definition in tile.info.accessibleDescription()
    assert tile.info.accessibleName().startswith(f"Définition{NBSP}: Personnes accompagnées, {tile.figure.text()}, ")
    tile.info.setFocus()
    QTest.keyClick(tile.info, Qt.Key.Key_Return)
    assert tile.info.isChecked()
    QTest.keyClick(tile.info, Qt.Key.Key_Space)
    assert not tile.info.isChecked()


def test_the_figures_are_copied_as_a_text(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.said):
        presenter.view.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Du 01/01/2026 au 24/11/2026"
    assert lines[1].startswith("\tPériode choisie\tdu ")
    assert any(line.startswith("Accompagnements\t10\t") for line in lines)


def test_the_report_and_the_export_are_asked_for_what_is_counted(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.export_asked) as exported:
        presenter.view.export.click()
    with qtbot.waitSignal(desk.report_asked) as reported:
        presenter.view.report.click()
    assert exported.args == reported.args == [presenter.filter]


def test_a_chart_is_saved_where_the_person_says(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "graphique"), ""))
    card = presenter.view.page.done.card
    for kind in ("png", "svg"):
        with qtbot.waitSignal(desk.said) as told:
            card.file_asked.emit(card.plot, kind)
        assert told.args == [f"Enregistré{NBSP}: graphique.{kind}", None]
        assert (tmp_path / f"graphique.{kind}").stat().st_size > 1000


def test_a_picture_that_cannot_be_written_is_said(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "absent" / "graphique"), ""))
    card = presenter.view.page.done.card
    with qtbot.waitSignal(desk.said) as told:
        card.file_asked.emit(card.plot, "png")
    assert "choisissez un autre dossier" in str(told.args)


def test_a_person_is_searched_for_with_the_keyboard_alone(
    presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot
) -> None:
    view = presenter.view
    view.filters.menu_button("Personne").setFocus()
    QTest.keyClick(view.filters.menu_button("Personne"), Qt.Key.Key_Space)
    popup = view.filters.popup
    assert isinstance(popup, SearchPopup)
    QTest.keyClicks(popup.field, "roux")
    assert popup.choices.count() == 1
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    settle(presenter, desk, qtbot)
    assert shown_figures(presenter)["accompaniments"] == "7"
    assert [chip.text() for chip in view.active.chips()] == ["Cette année", "Roux Paul"]
    QTest.keyClick(view.active.chips()[-1], Qt.Key.Key_Delete)
    settle(presenter, desk, qtbot)
    assert shown_figures(presenter)["accompaniments"] == "10"


def test_tab_follows_the_page_from_its_filters_to_its_last_chart(presenter: StatisticsPresenter) -> None:
    view, page = presenter.view, presenter.view.page
    stops = fields_of(view)
    wanted = [
        view.report, view.filters.period_button, view.active.clear_all, page.key_figures.tiles["accompaniments"].info,
        page.evolution.card.view, page.done.which.chip("topics"), page.done.card.view, page.where.card.view,
        page.panels()[-1].card.view,
    ]  # fmt: skip
    places = [stops.index(one) for one in wanted]
    assert places == sorted(places)


def test_a_commune_is_ticked_with_the_keyboard_alone(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    filters = presenter.view.filters
    QTest.keyClick(filters.menu_button("Commune"), Qt.Key.Key_Space)
    popup = filters.popup
    assert isinstance(popup, ChoicePopup)
    QTest.keyClick(popup.choices, Qt.Key.Key_Space)
    popup.close()
    settle(presenter, desk, qtbot)
    assert presenter.filter.municipalities == frozenset({"48061"})


def test_letters_find_a_choice_by_any_word_without_accents(presenter: StatisticsPresenter) -> None:
    presenter.view.filters.open_menu("Thématique")
    popup = presenter.view.filters.popup
    assert isinstance(popup, ChoicePopup)
    QTest.keyClicks(popup.choices, "demar")
    assert popup.choices.currentItem().text() == "Aide aux démarches administratives"
    QTest.keyClicks(popup.choices, "zz")
    assert popup.choices.currentItem().text() == "Aide aux démarches administratives"


def test_the_usual_periods_of_figures_are_offered(presenter: StatisticsPresenter, desk: Desk, qtbot: QtBot) -> None:
    filters = presenter.view.filters
    QTest.keyClick(filters.period_button, Qt.Key.Key_Space)
    popup = filters.popup
    assert isinstance(popup, PeriodPopup)
    QTest.keyClick(QApplication.focusWidget() or popup, Qt.Key.Key_Home)
    QTest.keyClick(QApplication.focusWidget() or popup, Qt.Key.Key_Space)
    settle(presenter, desk, qtbot)
    assert presenter.filter == ActivityFilter(since=date(2026, 11, 1), until=TODAY)
    assert [chip.text() for chip in presenter.view.active.chips()] == ["Ce mois-ci"]


def test_the_progress_of_people_is_a_sentence() -> None:
    assert words.progress_words(0, 0, 0).startswith("Personne n’a encore")
    said = words.progress_words(7, 4, 1)
    assert said.startswith(f"Sur 12{NBSP}personnes dont le niveau est noté au moins deux fois{NBSP}: ")
    assert f"7{NBSP}ont gagné en autonomie, 4{NBSP}sont au même niveau, 1{NBSP}a eu besoin" in said
    assert words.progress_words(0, 1, 0).endswith(f"deux fois{NBSP}: 1{NBSP}est au même niveau.")
