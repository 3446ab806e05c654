"""« Doublons » as an advisor uses it: with the keyboard, over a real notebook."""

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.database import Database
from app.models import Attendance
from app.services import activities, attendances, beneficiaries, merging
from app.services.commands import MergePeople
from app.ui.desk import Desk
from app.ui.duplicates.comparison import Comparison
from app.ui.duplicates.follower import MergeFollower
from app.ui.duplicates.presenter import DuplicatesPresenter
from app.ui.workspace import Workspace
from app.work import Received, find
from protocol.vocabulary import RecordKind
from tests.notebook import TODAY, a_beneficiary, an_activity
from tests.ui.forms import Keyboard, button, focused, in_front

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Said:
    """What the workspace would say at the bottom."""

    def __init__(self, desk: Desk) -> None:
        self.text = ""
        self.undo: Callable[[], object] = lambda: None
        desk.said.connect(self._heard)

    def _heard(self, text: str, undo: Callable[[], object]) -> None:
        self.text, self.undo = text, undo


@pytest.fixture
def said(desk: Desk) -> Said:
    return Said(desk)


@pytest.fixture
def jeanne(database: Database) -> tuple[UUID, UUID]:
    """The same person twice; the second file is the fuller one."""
    first = a_beneficiary(database, phone="06 12 34 56 78", notes="Préfère le matin.")
    second = a_beneficiary(database, phone="07 12 34 56 78", email="jeanne@exemple.fr", notes="Vient en bus.")
    activities.record(database, an_activity(participants=(second,)), TODAY)
    return first, second


def opened(qtbot: QtBot, desk: Desk, person: UUID | None = None) -> DuplicatesPresenter:
    made = DuplicatesPresenter(desk)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    in_front(qtbot, made.view)
    made.open(person)
    qtbot.waitUntil(lambda: not made.view.work.isVisible())
    return made


def comparison(screen: DuplicatesPresenter) -> Comparison:
    assert screen.view.comparison is not None
    return screen.view.comparison


def people(database: Database) -> list[UUID]:
    return [row.id for row in beneficiaries.search(database, "")]


def test_ctrl_enter_makes_one_file_of_two_and_annuler_gives_both_back(
    qtbot: QtBot, desk: Desk, said: Said, jeanne: tuple[UUID, UUID]
) -> None:
    screen = opened(qtbot, desk)
    assert screen.view.list.item(0).text().endswith("Très probable · nom, prénom")
    assert comparison(screen).kept == jeanne[1], "the file with the more accompaniments"
    Keyboard().press(Key.Key_Return, CTRL)
    assert people(desk.database) == [jeanne[1]]
    assert said.text == "Fiches fusionnées"
    assert screen.view.list.count() == 0
    said.undo()
    assert set(people(desk.database)) == set(jeanne)
    assert screen.view.list.count() == 1


def test_another_value_is_chosen_for_one_field(qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID]) -> None:
    screen = opened(qtbot, desk)
    button(screen.view, "Téléphone\u00a0: 06 12 34 56 78").click()
    assert comparison(screen).command().take == {"phone"}
    Keyboard().press(Key.Key_Return, CTRL)
    kept = beneficiaries.form_of(desk.database, jeanne[1])
    assert (kept.phone, kept.email) == ("06 12 34 56 78", "jeanne@exemple.fr")
    assert kept.notes == "Vient en bus.\n\nPréfère le matin."


def test_the_other_file_is_kept_by_one_key(qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID]) -> None:
    screen = opened(qtbot, desk)
    Keyboard().press(Key.Key_G, ALT)
    assert comparison(screen).kept == jeanne[0]
    assert comparison(screen).command().take == frozenset()
    screen.view.merge.click()
    assert beneficiaries.form_of(desk.database, jeanne[0]).phone == "06 12 34 56 78"


def test_two_people_told_apart_are_proposed_no_more(
    qtbot: QtBot, desk: Desk, said: Said, jeanne: tuple[UUID, UUID]
) -> None:
    screen = opened(qtbot, desk)
    Keyboard().press(Key.Key_Delete)
    assert said.text.startswith("Ce sont deux personnes")
    assert opened(qtbot, desk).view.list.count() == 0
    said.undo()
    assert screen.view.list.count() == 1
    assert len(people(desk.database)) == 2


def test_a_key_pressed_twice_merges_one_pair_only(
    qtbot: QtBot, desk: Desk, said: Said, jeanne: tuple[UUID, UUID]
) -> None:
    for _ in range(2):
        a_beneficiary(desk.database, "Martin", "Odette", birth_year=1948)
    screen = opened(qtbot, desk)
    Keyboard().press(Key.Key_Return, CTRL, times=2)
    assert len(people(desk.database)) == 3
    qtbot.waitUntil(lambda: not screen._pause.isActive())
    Keyboard().press(Key.Key_Return, CTRL)
    assert len(people(desk.database)) == 2


def test_several_pairs_are_merged_at_once(qtbot: QtBot, desk: Desk, said: Said, jeanne: tuple[UUID, UUID]) -> None:
    for _ in range(3):
        a_beneficiary(desk.database, "Martin", "Odette", birth_year=1948)
    screen = opened(qtbot, desk)
    assert screen.view.list.count() == 4
    screen.view.list.selectAll()
    assert button(screen.view, "Fusionner les 4 paires").isVisible()
    Keyboard().press(Key.Key_Return, CTRL)
    assert len(people(desk.database)) == 2
    said.undo()
    assert len(people(desk.database)) == 5


def test_escape_goes_back(qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID]) -> None:
    screen = opened(qtbot, desk)
    with qtbot.waitSignal(screen.closed):
        Keyboard().press(Key.Key_Escape)


def test_a_pair_of_which_one_is_gone_meanwhile_is_said_and_forgotten(
    qtbot: QtBot, desk: Desk, said: Said, jeanne: tuple[UUID, UUID]
) -> None:
    screen = opened(qtbot, desk)
    beneficiaries.delete(desk.database, (jeanne[0],))
    Keyboard().press(Key.Key_Return, CTRL)
    assert "n’est plus dans le carnet" in said.text
    assert screen.view.list.count() == 0


def test_every_button_has_a_name_and_each_file_says_whose_it_is(
    qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID]
) -> None:
    screen = opened(qtbot, desk)
    shown = (one for one in screen.view.findChildren(QAbstractButton) if one.isVisible())
    assert all(one.accessibleName() or one.text() for one in shown)
    names = {one.accessibleName() for one in comparison(screen).findChildren(QAbstractButton)}
    assert {"Garder la fiche de gauche\u00a0: Delmas Jeanne", "Garder la fiche de droite\u00a0: Delmas Jeanne"} <= names


def test_the_file_says_who_may_be_the_same_and_leads_there_and_back(
    qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID], window: Workspace
) -> None:
    desk.person_asked.emit(jeanne[0])
    file = window.people.file.view
    assert file.twin.text() == "Doublon possible\u00a0: Delmas Jeanne"
    QTest.keyClick(focused(), Key.Key_U, CTRL | Qt.KeyboardModifier.ShiftModifier)
    presenter = window.people._duplicates
    assert presenter is not None
    qtbot.waitUntil(lambda: presenter.view.list.count() == 1)
    presenter.view.merge.click()
    assert merging.resolve(desk.database, jeanne[0]) == jeanne[1]
    presenter.view.back.click()
    assert file.isVisible()
    assert window.people.file.person == jeanne[1]
    assert file.twin.isHidden()


def test_what_arrives_for_a_person_merged_meanwhile_follows_them_without_being_asked(
    qtbot: QtBot, desk: Desk, jeanne: tuple[UUID, UUID]
) -> None:
    merging.merge_all(desk.database, (MergePeople(jeanne[1], jeanne[0]),))
    MergeFollower(desk)
    elsewhere = an_activity(participants=(jeanne[1],))
    visit = activities.record(desk.database, elsewhere, TODAY)
    with desk.database.receive() as work:
        late = attendances.named(visit, jeanne[0], None)
        work.apply(Received(RecordKind.ATTENDANCE, late.id, late.wire(), 1))

    def is_moved() -> bool:
        with desk.database.read() as connection:
            found = find(connection, Attendance, late.id)
        return found is not None and found.deleted

    assert not is_moved()
    qtbot.waitUntil(is_moved, timeout=10_000)
    assert beneficiaries.named(desk.database, (jeanne[1],))[0].accompaniments == 2
