"""What the advisor wrote and a colleague replaced, shown with the activity and with the person, and settled there."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models import RECORDS
from app.services import activities, beneficiaries
from app.ui.activities.presenter import ActivitiesPresenter
from app.ui.desk import Desk
from app.ui.lost_version import LostVersion
from app.ui.people.person_dialog import PersonDialog
from app.work import Received
from protocol.vocabulary import RecordKind
from tests.notebook import TODAY, a_beneficiary, a_lost_note, recorded
from tests.ui.forms import button, field


@pytest.fixture
def activity(desk: Desk) -> UUID:
    id_ = recorded(desk.database, notes="De Jeanne")
    a_lost_note(desk.database, RecordKind.ACTIVITY, id_, mine="De Camille")
    return id_


@pytest.fixture
def presenter(desk: Desk, activity: UUID, qtbot: QtBot) -> ActivitiesPresenter:
    """The screen « Activités », with the activity chosen."""
    made = ActivitiesPresenter(desk, lambda: TODAY)
    qtbot.addWidget(made.view)
    made.view.show()
    made.select(activity)
    return made


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel)).replace("\u00a0", " ")


def is_asked(page: QWidget) -> bool:
    return any(not one.isHidden() for one in page.findChildren(LostVersion))


def test_the_activity_says_what_a_colleague_replaced(presenter: ActivitiesPresenter) -> None:
    said = words(presenter.view.detail)
    assert "Jeanne Roux a remplacé votre version de « Notes »." in said
    assert "Vous aviez écrit : De Camille" in said


def test_the_version_taken_back_can_be_undone(
    presenter: ActivitiesPresenter, desk: Desk, activity: UUID, qtbot: QtBot
) -> None:
    undone = []
    desk.said.connect(lambda _, undo: undone.append(undo))
    button(presenter.view.detail, "Reprendre ma version").click()
    assert activities.form_of(desk.database, activity).notes == "De Camille"
    qtbot.waitUntil(lambda: not is_asked(presenter.view.detail))
    undone[0]()
    assert activities.form_of(desk.database, activity).notes == "De Jeanne"
    qtbot.waitUntil(lambda: is_asked(presenter.view.detail))


def test_the_colleagues_version_can_be_kept(
    presenter: ActivitiesPresenter, desk: Desk, activity: UUID, qtbot: QtBot
) -> None:
    undone = []
    desk.said.connect(lambda _, undo: undone.append(undo))
    button(presenter.view.detail, "Garder celle-ci").click()
    qtbot.waitUntil(lambda: not is_asked(presenter.view.detail))
    assert activities.form_of(desk.database, activity).notes == "De Jeanne"
    undone[0]()
    qtbot.waitUntil(lambda: is_asked(presenter.view.detail))


def test_the_history_names_the_colleague(presenter: ActivitiesPresenter, qtbot: QtBot) -> None:
    body = presenter.view.detail.body
    assert body is not None
    body.history.set_open(True)
    assert "Modifié par Jeanne Roux · " in words(body)
    assert ", par Jeanne Roux" in words(body)


def test_a_change_of_an_unknown_computer_is_told_so(desk: Desk, presenter: ActivitiesPresenter, activity: UUID) -> None:
    with desk.database.receive() as work:
        kept = work.find(RECORDS[RecordKind.ACTIVITY], activity)
        assert kept is not None
        work.apply(Received(RecordKind.ACTIVITY, activity, {**kept.wire(), "minutes": 50}))
    presenter.select(activity)
    body = presenter.view.detail.body
    assert body is not None
    body.history.set_open(True)
    assert "Sur un autre ordinateur · " in words(body)


@pytest.fixture
def behind(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(desk: Desk, behind: QWidget) -> PersonDialog:
    id_ = a_beneficiary(desk.database, "Fabre", "Lucette", notes="De Jeanne")
    a_lost_note(desk.database, RecordKind.BENEFICIARY, id_, mine="De Camille")
    made = PersonDialog(desk.database, beneficiaries.form_of(desk.database, id_), behind)
    made.open()
    return made


def test_a_persons_version_taken_back_is_shown_and_what_is_being_typed_stays(dialog: PersonDialog, desk: Desk) -> None:
    field(dialog, "E-mail").setText("lucette@exemple.fr")
    button(dialog, "Reprendre ma version").click()
    typed = dialog.typed()
    assert (typed.notes, typed.email) == ("De Camille", "lucette@exemple.fr")
    assert typed.id is not None
    assert beneficiaries.form_of(desk.database, typed.id).notes == "De Camille"
    assert not is_asked(dialog)


def test_a_persons_version_taken_back_can_be_undone(dialog: PersonDialog, desk: Desk, qtbot: QtBot) -> None:
    id_ = dialog.typed().id
    assert id_ is not None
    button(dialog, "Reprendre ma version").click()
    button(dialog, "Annuler la reprise").click()
    assert beneficiaries.form_of(desk.database, id_).notes == dialog.typed().notes == "De Jeanne"
    qtbot.waitUntil(lambda: is_asked(dialog))
    button(dialog, "Garder celle-ci").click()
    assert not is_asked(dialog)
    dialog.save()
    assert beneficiaries.form_of(desk.database, id_) == replace(dialog.typed(), opened=None)
