"""The other computers."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QPushButton, QWidget

from app.models.ids import new_id
from app.sync.joining import Asking
from app.sync.members import Computers, Invitation, JoinRequest, Member
from app.ui.synchronisation.computer_row import ComputerRow
from app.ui.synchronisation.presenter import SynchronisationPresenter
from app.ui.synchronisation.view import SynchronisationView
from app.ui.workspace import Workspace
from tests.ui.screens.stage import SENTENCE, Stage


def synchronisation(stage: Stage) -> QWidget:
    return stage.show(stage.workspace("synchronisation"))


def waiting_to_join(stage: Stage) -> QWidget:
    workspace = stage.workspace("synchronisation")
    view = _synchronisation(workspace)
    view.joining.show_asking(Asking("https://passerelle.exemple.fr", "ABCDEFGHJKMN", "NXSD-4JDQ"))
    view.joining.show_fault(SENTENCE)
    view.show_membership(is_in=False, is_asking=True)
    return stage.show(workspace)


def computers_of_the_notebook(stage: Stage) -> QWidget:
    workspace = stage.workspace("synchronisation")
    view = _synchronisation(workspace)
    names = ("PC-FLORAC-03", True, True), ("PORTABLE-DE-LA-MEDIATHEQUE", False, True), ("", False, False)
    members = tuple(
        Member(new_id(), name, "Marie-Thérèse de La Tour-Vernhet", is_mine, is_known, last_at=0)
        for name, is_mine, is_known in names
    )
    request = JoinRequest(new_id(), "NXSD-4JDQ", bytes(32), bytes(32))
    view.computers.show_computers(Computers(members, (request,)), date.today())
    view.computers.show_invitation(Invitation("https://passerelle.exemple.fr", "ABCD-EFGH-JKMN", 24))
    view.show_membership(is_in=True, is_asking=False)
    window = stage.show(workspace)
    for row in view.findChildren(ComputerRow)[:2]:
        row.findChildren(QPushButton)[0].click()
    return stage.show_window(window)


def _synchronisation(workspace: Workspace) -> SynchronisationView:
    presenter = workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    return presenter.view


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (synchronisation, waiting_to_join, computers_of_the_notebook)
