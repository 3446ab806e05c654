"""« Ma journée », over a real notebook."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.services import drafts
from app.services.commands import AnonymousGroup, RecordActivity
from app.services.rows import DraftRow
from app.ui.day.presenter import DayPresenter
from app.ui.desk import Desk
from app.ui.sync_lane import SyncLane
from protocol.vocabulary import ActivityKind, PlaceKind, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12)


class Clock:
    """A clock that a test may move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def day(qtbot: QtBot, desk: Desk, clock: Clock) -> DayPresenter:
    presenter = DayPresenter(desk, clock)
    qtbot.addWidget(presenter.view)
    presenter.view.resize(1182, 710)
    presenter.view.show()
    presenter.shown()
    return presenter


def sentences(day: DayPresenter) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in day.view.to_complete.sentences()]


def button(day: DayPresenter, word: str) -> QPushButton:
    return next(one for one in day.view.findChildren(QPushButton) if one.text() == word and one.isVisible())


def test_the_first_day_says_what_to_do_first(day: DayPresenter, desk: Desk, qtbot: QtBot) -> None:
    assert day.view.title() == "Mardi 24 novembre"
    assert sentences(day)[0].startswith("Ajoutez votre premier lieu d’activité")
    with qtbot.waitSignal(desk.form_asked) as asked:
        button(day, "Enregistrer une activité").click()
    assert asked.args == [ActivityKind.INDIVIDUAL]


def test_the_place_to_add_leads_to_the_settings(day: DayPresenter, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.screen_asked) as asked:
        button(day, "Ajouter un lieu").click()
    assert asked.args == ["preferences"]
    a_place(desk.database)
    assert not any("premier lieu" in sentence for sentence in sentences(day))


def test_what_is_saved_appears_with_its_totals(day: DayPresenter, desk: Desk) -> None:
    roux = a_beneficiary(desk.database, "Roux", "Marcel")
    recorded(desk.database, participants=(roux,), minutes=45)
    recorded(desk.database, kind=ActivityKind.WORKSHOP, minutes=90, anonymous=AnonymousGroup(total=8))
    recorded(desk.database, day=TODAY - timedelta(days=1))
    assert day.view.totals().replace("\u00a0", " ") == "9 personnes · 2 h 15"
    model = day.view.list.model()
    assert model.rowCount() == 2
    assert "Roux Marcel" in model.index(0, 0).data()


def test_enter_and_a_click_open_the_activity(day: DayPresenter, desk: Desk) -> None:
    first, second = recorded(desk.database), recorded(desk.database)
    list_ = day.view.list
    asked: list[UUID] = []
    desk.activity_asked.connect(asked.append)
    list_.setFocus()
    QTest.keyClick(list_, Qt.Key.Key_Down)
    QTest.keyClick(list_, Qt.Key.Key_Return)
    where = list_.visualRect(list_.model().index(0, 0)).center()
    QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked == [second, first]


def test_a_draft_is_resumed(day: DayPresenter, desk: Desk, qtbot: QtBot) -> None:
    who = a_beneficiary(desk.database)
    drafts.keep(desk.database, RecordActivity(day=TODAY, participants=(who,), place_kind=PlaceKind.REMOTE))
    day.shown()
    assert any("accompagnement de Delmas Jeanne, thème et durée à préciser" in one for one in sentences(day))
    with qtbot.waitSignal(desk.form_asked) as asked:
        button(day, "Reprendre").click()
    assert isinstance(asked.args[0], DraftRow)


def test_a_draft_thrown_away_comes_back_as_it_was(day: DayPresenter, desk: Desk, qtbot: QtBot) -> None:
    drafts.keep(desk.database, RecordActivity(topics=frozenset({Topic.EMAIL})), typed_who="delm")
    before = drafts.waiting(desk.database)
    day.shown()
    with qtbot.waitSignal(desk.said) as said:
        button(day, "Jeter").click()
    assert drafts.waiting(desk.database) == ()
    assert not any("Brouillon" in sentence for sentence in sentences(day))
    said.args[1]()
    assert drafts.waiting(desk.database) == before
    assert any("« delm »" in sentence for sentence in sentences(day))


def test_a_new_day_begins_at_midnight(day: DayPresenter, desk: Desk, clock: Clock) -> None:
    recorded(desk.database)
    clock.now = NOON + timedelta(hours=12)
    day.look_at_the_date()
    assert day.view.title() == "Mercredi 25 novembre"
    assert day.view.totals() == ""


def test_every_control_is_reached_by_the_keyboard_and_has_a_name(day: DayPresenter, desk: Desk) -> None:
    drafts.keep(desk.database, RecordActivity())
    recorded(desk.database)
    day.shown()
    buttons = [one for one in day.view.findChildren(QPushButton) if one.isVisible()]
    assert buttons
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus and (one.accessibleName() or one.text()) for one in buttons)
    assert day.view.list.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_once_enrolled_the_day_no_longer_offers_it(qtbot: QtBot, desk: Desk, clock: Clock) -> None:
    sync = SyncLane(desk.database)
    presenter = DayPresenter(Desk(desk.database, desk.paths, sync), clock)
    qtbot.addWidget(presenter.view)
    presenter.view.show()
    presenter.shown()
    assert any("Sur cet ordinateur seulement" in said for said in sentences(presenter))
    with desk.database.receive() as work:
        work.set_state("sync.notebook_key", "une clé")
    sync.begin()
    assert not any("Sur cet ordinateur seulement" in said for said in sentences(presenter))
    sync.stop()
