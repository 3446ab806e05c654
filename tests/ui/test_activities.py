"""The screen « Activités »: list, table, filters, detail, and what is done from it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services import activities, activity_lists, periods, tags
from app.services.commands import ActivityFilter, AnonymousGroup, RecordActivity
from app.ui.activities.listing import BY_DAY, PAGE, TABLE
from app.ui.activities.presenter import ActivitiesPresenter
from app.ui.activities.table import COLUMNS, DAY_ROLE, ActivityTable
from app.ui.activities.view import ActivitiesView
from app.ui.desk import Desk
from app.ui.filters.popups import ChoicePopup, PeriodPopup
from protocol.vocabulary import ActivityKind, Autonomy, Gender, PlaceKind, ProcedureFamily, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, enrolled, recorded

NBSP = "\u00a0"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
"""What the offscreen platform says of every menu."""


@pytest.fixture
def presenter(desk: Desk, qtbot: QtBot) -> ActivitiesPresenter:
    """The screen, in front, as wide as a laptop leaves it."""
    made = ActivitiesPresenter(desk, lambda: TODAY)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    made.view.show()
    made.shown()
    return made


def a_month(desk: Desk, number: int = 120) -> list[UUID]:
    """Activities over the last weeks, four a day, the newest first."""
    return [recorded(desk.database, day=TODAY - timedelta(days=n // 4), minutes=15 + n % 50) for n in range(number)]


def shown_column(view: ActivitiesView, title: str) -> list[str]:
    """The words of a column of the page."""
    column = next(number for number, one in enumerate(COLUMNS) if one.title == title)
    return [str(view.table.index(row, column).data()) for row in range(view.table.rowCount())]


def refreshed(presenter: ActivitiesPresenter) -> ActivitiesPresenter:
    """The screen once it has read the notebook again."""
    presenter.shown()
    return presenter


def test_the_table_model_keeps_the_rules_of_qt(presenter: ActivitiesPresenter, desk: Desk) -> None:
    model = presenter.view.table
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    a_month(desk, 60)
    refreshed(presenter)
    presenter.view.page_turned.emit(1)
    presenter.view.sort_changed.emit("minutes", True)
    assert model.rowCount() == PAGE
    assert isinstance(tester.model(), QAbstractItemModel)


def test_the_title_counts_everything_and_the_page_says_which_part_is_shown(
    presenter: ActivitiesPresenter, desk: Desk
) -> None:
    a_month(desk, 120)
    view = refreshed(presenter).view
    assert view.totals.text().startswith(f"120{NBSP}activités · 120{NBSP}accompagnements · ")
    assert view.pager.range_text() == "1–50 sur 120"
    view.pager.next.click()
    view.pager.next.click()
    assert view.pager.range_text() == "101–120 sur 120"
    assert view.table.rowCount() == 20
    assert not view.pager.next.isEnabled()
    view.pager.previous.click()
    assert view.pager.range_text() == "51–100 sur 120"


def test_down_on_the_last_line_goes_on_to_the_next_page(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    ids = a_month(desk, 60)
    view = refreshed(presenter).view
    view.select_row(PAGE - 1)
    QTest.keyClick(view.day_list, Qt.Key.Key_Down)
    assert view.pager.range_text() == "51–60 sur 60"
    assert view.selected_row() == 0
    QTest.keyClick(view.day_list, Qt.Key.Key_Up)
    assert view.pager.range_text() == "1–50 sur 60"
    assert view.selected_row() == PAGE - 1
    assert view.selected() in ids


def test_each_day_is_said_once_with_the_figures_of_the_whole_day(presenter: ActivitiesPresenter, desk: Desk) -> None:
    for minutes in (45, 30):
        recorded(desk.database, day=TODAY, minutes=minutes)
    recorded(desk.database, day=TODAY - timedelta(days=1), minutes=60)
    model = refreshed(presenter).view.table
    said = [model.index(row, 0).data(DAY_ROLE) for row in range(model.rowCount())]
    assert said == [f"2{NBSP}personnes · 1{NBSP}h{NBSP}15", None, f"1{NBSP}personne · 1{NBSP}h"]


def test_a_day_cut_by_the_end_of_a_page_keeps_the_figures_of_the_whole_day(
    presenter: ActivitiesPresenter, desk: Desk
) -> None:
    for _ in range(PAGE + 10):
        recorded(desk.database, day=TODAY, minutes=60)
    view = refreshed(presenter).view
    view.page_turned.emit(1)
    assert view.table.index(0, 0).data(DAY_ROLE) == f"60{NBSP}personnes · 60{NBSP}h"


def test_up_and_down_cross_the_days(presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot) -> None:
    yesterday = recorded(desk.database, day=TODAY - timedelta(days=1))
    today = recorded(desk.database, day=TODAY)
    view = refreshed(presenter).view
    QTest.keyClick(view.day_list, Qt.Key.Key_Down)
    assert view.selected() == today
    QTest.keyClick(view.day_list, Qt.Key.Key_Down)
    assert view.selected() == yesterday
    QTest.keyClick(view.day_list, Qt.Key.Key_Up)
    assert view.selected() == today


def test_a_click_on_a_title_sorts_the_whole_list_and_a_second_one_turns_it_over(
    presenter: ActivitiesPresenter, desk: Desk
) -> None:
    for minutes in (30, 90, 15, 60):
        recorded(desk.database, minutes=minutes)
    view = refreshed(presenter).view
    view.style_changed.emit(TABLE)
    number = next(number for number, one in enumerate(COLUMNS) if one.title == "Durée")
    header = view.table_view.horizontalHeader()
    header.sectionClicked.emit(number)
    longest_first = [f"1{NBSP}h{NBSP}30", f"1{NBSP}h", f"30{NBSP}min", f"15{NBSP}min"]
    assert shown_column(view, "Durée") == longest_first
    header.sectionClicked.emit(number)
    assert shown_column(view, "Durée") == longest_first[::-1]
    assert header.sortIndicatorSection() == number


def test_going_back_to_the_days_puts_the_newest_first_again(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database, minutes=15, day=TODAY)
    recorded(desk.database, minutes=90, day=TODAY - timedelta(days=3))
    view = refreshed(presenter).view
    view.style_changed.emit(TABLE)
    view.sort_changed.emit("minutes", True)
    view.style_changed.emit(BY_DAY)
    assert shown_column(view, "Durée") == [f"15{NBSP}min", f"1{NBSP}h{NBSP}30"]


def test_who_and_topics_do_not_sort() -> None:
    asked: list[str] = []
    model = ActivityTable()
    model.sort_asked.connect(lambda key, descending: asked.append(key))
    for number, column in enumerate(COLUMNS):
        if column.title in ("Qui", "Thématiques"):
            model.sort(number)
    assert asked == []


def test_filters_are_any_of_inside_one_and_all_of_together(presenter: ActivitiesPresenter, desk: Desk) -> None:
    place = a_place(desk.database)
    here = {"place_kind": PlaceKind.PLACE, "place": place}
    email = recorded(desk.database, topics=frozenset({Topic.EMAIL}), **here)
    health = recorded(desk.database, topics=frozenset({Topic.HEALTH}), **here)
    recorded(desk.database, topics=frozenset({Topic.BANKING_AND_SHOPPING}), **here)
    recorded(desk.database, topics=frozenset({Topic.EMAIL}))
    view = refreshed(presenter).view
    view.filter_changed.emit(ActivityFilter(places=frozenset({place}), topics=frozenset({Topic.EMAIL, Topic.HEALTH})))
    rows = {view.table.row(view.table.index(row, 0)) for row in range(view.table.rowCount())}
    assert {row.id for row in rows if row} == {email, health}
    assert [chip.text() for chip in view.active.chips()] == ["Médiathèque de Florac", "E-mail", "Santé"]


def test_a_filter_chip_is_removed_by_a_click_and_all_by_one_button(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database)
    view = refreshed(presenter).view
    wanted = ActivityFilter(since=date(2026, 11, 1), until=date(2026, 11, 30), topics=frozenset({Topic.HEALTH}))
    view.filter_changed.emit(wanted)
    assert [chip.text() for chip in view.active.chips()] == ["Ce mois-ci", "Santé"]
    view.active.chips()[1].click()
    assert view.table.rowCount() == 1
    view.active.clear_all.click()
    assert presenter.listing.filter == ActivityFilter()
    assert view.active.isHidden()


def test_the_file_of_a_person_is_one_key_away_in_their_list(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    person = a_beneficiary(desk.database)
    recorded(desk.database, participants=(person,))
    view = refreshed(presenter).view
    with qtbot.assertNotEmitted(desk.person_file_asked):
        QTest.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    presenter.show_person(person)
    with qtbot.waitSignal(desk.person_file_asked) as asked:
        QTest.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [person]


def test_a_menu_ticks_with_the_keyboard_and_the_list_follows(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    recorded(desk.database)
    workshop = recorded(desk.database, kind=ActivityKind.WORKSHOP, anonymous=AnonymousGroup(total=3))
    view = refreshed(presenter).view
    view.filters.open_menu("Type")
    popup = view.filters.popup
    assert isinstance(popup, ChoicePopup)
    QTest.keyClick(popup.choices, Qt.Key.Key_Down)
    QTest.keyClick(popup.choices, Qt.Key.Key_Space)
    popup.close()
    view.select_row(0)
    assert view.table.rowCount() == 1
    assert view.selected() == workshop
    assert view.filters.menu_button("Type").text() == "Type (1)"


def test_the_menu_of_topics_pools_mediation_and_procedures(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database, topics=frozenset({Topic.EMAIL}))
    helped = frozenset({Topic.ADMINISTRATIVE_HELP})
    recorded(desk.database, topics=helped, families=frozenset({ProcedureFamily.JUSTICE}))
    recorded(desk.database, topics=frozenset({Topic.CREATING}))
    view = refreshed(presenter).view
    families = frozenset({ProcedureFamily.JUSTICE})
    view.filter_changed.emit(ActivityFilter(topics=frozenset({Topic.EMAIL}), families=families))
    assert view.table.rowCount() == 2


def test_any_two_dates_make_a_period(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database, day=date(2026, 11, 10))
    recorded(desk.database, day=TODAY)
    view = refreshed(presenter).view
    view.filters.open_period()
    popup = view.filters.popup
    assert isinstance(popup, PeriodPopup)
    popup.since.setDate(date(2026, 11, 12))  # type: ignore[arg-type]
    popup.until.setDate(date(2026, 11, 9))  # type: ignore[arg-type]
    popup.apply.click()
    assert shown_column(view, "Date") == ["10/11/2026"]
    assert [chip.text() for chip in view.active.chips()] == ["Du 09/11/2026 au 12/11/2026"]


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("Aujourd’hui", date(2026, 11, 24), date(2026, 11, 24)),
        ("Cette semaine", date(2026, 11, 23), date(2026, 11, 29)),
        ("Ce mois-ci", date(2026, 11, 1), date(2026, 11, 30)),
        ("Mois dernier", date(2026, 10, 1), date(2026, 10, 31)),
        ("Cette année", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_usual_period_keeps_its_name(name: str, since: date, until: date) -> None:
    assert [(it.since, it.until) for it in periods.presets(TODAY) if it.label == name] == [(since, until)]
    assert periods.name_of(since, until, TODAY) == name


@pytest.mark.parametrize("typed", ["nguyen", "NGUYEN lef", "oeuv"])
def test_the_search_ignores_accents_ligatures_and_case(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    person = a_beneficiary(desk.database, "Nguyễn-Lefèvre", "Œuvrard")
    recorded(desk.database)
    found = recorded(desk.database, participants=(person,))
    view = refreshed(presenter).view
    QTest.keyClicks(view.filters.search, typed)
    qtbot.waitUntil(lambda: view.table.rowCount() == 1)
    view.select_row(0)
    assert view.selected() == found


def test_letter_f_goes_to_the_search_and_escape_comes_back(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    recorded(desk.database)
    view = refreshed(presenter).view
    QTest.keyClick(view.day_list, Qt.Key.Key_F)
    assert view.focusWidget() is view.filters.search
    QTest.keyClick(view.filters.search, Qt.Key.Key_Escape)
    assert view.focusWidget() is view.day_list


def test_escape_empties_the_search_before_it_closes_anything(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    id_ = recorded(desk.database)
    presenter.select(id_)
    search = presenter.view.filters.search
    search.setFocus()
    QTest.keyClicks(search, "introuvable")
    qtbot.waitUntil(lambda: presenter.view.table.rowCount() == 0)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), presenter.view.table.rowCount()) == ("", 1)
    assert presenter.view.focusWidget() is search


def test_every_place_of_the_keyboard_has_a_name(presenter: ActivitiesPresenter, desk: Desk) -> None:
    presenter.select(recorded(desk.database))
    for widget in presenter.view.findChildren(QWidget):
        takes_keyboard = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        words = widget.accessibleName() or getattr(widget, "text", str)()
        assert words or not takes_keyboard, widget


def test_an_activity_just_recorded_is_selected_in_the_list_behind(presenter: ActivitiesPresenter, desk: Desk) -> None:
    a_month(desk, 120)
    new = recorded(desk.database, day=TODAY - timedelta(days=20))
    presenter.select(new)
    assert presenter.view.selected() == new
    assert presenter.view.detail.shown_id() == new
    assert presenter.listing.offset == PAGE


def test_selecting_an_activity_that_the_filters_hide_clears_them(presenter: ActivitiesPresenter, desk: Desk) -> None:
    new = recorded(desk.database, topics=frozenset({Topic.EMAIL}))
    refreshed(presenter).view.filter_changed.emit(ActivityFilter(topics=frozenset({Topic.HEALTH})))
    presenter.select(new)
    assert presenter.view.selected() == new
    assert presenter.listing.filter == ActivityFilter()


def test_a_commit_refreshes_the_list_and_keeps_the_selection_and_the_scroll(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    ids = a_month(desk, 40)
    view = refreshed(presenter).view
    presenter.select(ids[30])
    place = view.day_list.verticalScrollBar().value()
    recorded(desk.database, day=TODAY - timedelta(days=40))
    qtbot.waitUntil(lambda: view.table.rowCount() == 41)
    assert view.selected() == ids[30]
    assert view.day_list.verticalScrollBar().value() == place > 0


def test_delete_goes_at_once_and_annuler_brings_it_back(
    presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot
) -> None:
    first, second = recorded(desk.database), recorded(desk.database)
    said: list[tuple[str, object]] = []
    desk.said.connect(lambda text, undo: said.append((text, undo)))
    presenter.select(second)
    QTest.keyClick(presenter.view.day_list, Qt.Key.Key_Delete)
    assert presenter.view.selected() == first
    assert activity_lists.page(desk.database).total == 1
    text, undo = said[0]
    assert text == "Activité supprimée"
    assert callable(undo)
    undo()
    assert presenter.view.selected() == second
    assert activity_lists.page(desk.database).total == 2


def test_enter_modifies_the_activity_selected(presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot) -> None:
    id_ = recorded(desk.database, notes="Revenir avec la carte.")
    asked: list[RecordActivity] = []
    desk.form_asked.connect(asked.append)
    presenter.select(id_)
    QTest.keyClick(presenter.view.day_list, Qt.Key.Key_Return)
    assert asked == [activities.form_of(desk.database, id_)]
    assert asked[0].id == id_


def test_duplicate_opens_a_new_form_of_today_without_the_notes(presenter: ActivitiesPresenter, desk: Desk) -> None:
    id_ = recorded(desk.database, day=TODAY - timedelta(days=9), notes="Revenir avec la carte.")
    asked: list[RecordActivity] = []
    desk.form_asked.connect(asked.append)
    presenter.select(id_)
    presenter.view.detail.duplicate_asked.emit(id_)
    assert (asked[0].id, asked[0].day, asked[0].notes) == (None, TODAY, "")
    assert asked[0].topics == frozenset({Topic.EMAIL})


def words_of(presenter: ActivitiesPresenter) -> str:
    """Everything the panel says."""
    body = presenter.view.detail.body
    assert body is not None
    return "\n".join(one.text() for one in body.findChildren(QLabel))


def test_the_history_says_each_field_before_and_after(presenter: ActivitiesPresenter, desk: Desk) -> None:
    id_ = recorded(desk.database, minutes=30)
    form = activities.form_of(desk.database, id_)
    activities.record(desk.database, replace(form, minutes=45, autonomy=Autonomy.PARTLY), today=TODAY)
    presenter.select(id_)
    body = presenter.view.detail.body
    assert body is not None
    body.history.set_open(True)
    said = words_of(presenter)
    assert f"Durée{NBSP}: 30{NBSP}min → 45{NBSP}min" in said
    assert f"Autonomie{NBSP}: — → Autonome avec guidage en cas de besoin" in said
    assert "Activité enregistrée" in said
    assert "Modifiée le" in said


def test_the_detail_of_a_workshop_folds_its_fifteen_participants(presenter: ActivitiesPresenter, desk: Desk) -> None:
    people = tuple(a_beneficiary(desk.database, f"Personne{n:02d}", "Test") for n in range(15))
    tag = tags.create(desk.database, "Bus numérique")
    group = AnonymousGroup(total=8, already=2, gender={Gender.FEMALE: 5, Gender.MALE: 3})
    id_ = recorded(
        desk.database,
        kind=ActivityKind.WORKSHOP,
        title="Ma tablette",
        participants=people,
        anonymous=group,
        tags=frozenset({tag}),
    )
    enrolled(desk.database)
    presenter.select(id_)
    body = presenter.view.detail.body
    assert body is not None
    assert body.participants is not None
    assert not body.participants.is_open()
    said = words_of(presenter)
    for words in ("Ma tablette", "Personne14 Test", "Bus numérique", f"23{NBSP}participants", "À envoyer"):
        assert words in said
    assert f"8{NBSP}participants anonymes, dont 2 déjà accompagnés" in said
    assert f"Masculin{NBSP}: 3 · Féminin{NBSP}: 5" in said


def test_escape_closes_the_detail_and_keeps_the_line(presenter: ActivitiesPresenter, desk: Desk, qtbot: QtBot) -> None:
    id_ = recorded(desk.database)
    presenter.select(id_)
    presenter.view.detail.close_panel()
    assert presenter.view.detail.isHidden()
    assert presenter.view.selected() == id_
    QTest.keyClick(presenter.view.day_list, Qt.Key.Key_Space)
    assert presenter.view.detail.shown_id() == id_


def test_an_empty_notebook_proposes_the_first_activity(presenter: ActivitiesPresenter, desk: Desk) -> None:
    asked: list[object] = []
    desk.form_asked.connect(asked.append)
    assert presenter.view.empty.isVisible()
    presenter.view.empty.acted.emit()
    assert asked == [ActivityKind.INDIVIDUAL]


def test_filters_that_hide_everything_can_be_cleared(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database)
    view = refreshed(presenter).view
    view.filter_changed.emit(ActivityFilter(text="introuvable"))
    assert view.nothing.isVisible()
    view.nothing.acted.emit()
    assert view.table.rowCount() == 1
    assert view.filters.search.text() == ""


def test_a_person_searched_for_is_a_filter_that_can_be_removed(presenter: ActivitiesPresenter, desk: Desk) -> None:
    delmas, roux = a_beneficiary(desk.database), a_beneficiary(desk.database, "Roux", "Marcel")
    recorded(desk.database, participants=(roux,))
    recorded(desk.database, participants=(delmas,))
    recorded(desk.database)
    presenter.show_person(delmas)
    view = presenter.view
    assert (view.table.rowCount(), [chip.text() for chip in view.active.chips()]) == (1, ["Delmas Jeanne"])
    view.active.chips()[0].removed.emit()
    assert (view.table.rowCount(), view.active.chips()) == (3, [])


def test_columns_step_aside_instead_of_scrolling_sideways(presenter: ActivitiesPresenter, desk: Desk) -> None:
    recorded(desk.database)
    view = refreshed(presenter).view
    view.style_changed.emit(TABLE)
    wide = [number for number in range(len(COLUMNS)) if not view.table_view.isColumnHidden(number)]
    view.resize(700, 710)
    narrow = [number for number in range(len(COLUMNS)) if not view.table_view.isColumnHidden(number)]
    assert len(wide) == len(COLUMNS)
    assert {COLUMNS[number].title for number in narrow} >= {"Date", "Qui", "Thématiques", "Durée"}
    assert sum(view.table_view.columnWidth(number) for number in narrow) <= view.table_view.viewport().width()


def test_the_list_and_the_table_share_their_selection(presenter: ActivitiesPresenter, desk: Desk) -> None:
    ids = a_month(desk, 10)
    view = refreshed(presenter).view
    presenter.select(ids[4])
    view.style_changed.emit(TABLE)
    shared = view.table_view.selectionModel()
    assert isinstance(shared, QItemSelectionModel)
    assert len(shared.selectedRows()) == 1
    assert view.selected() == ids[4]
