"""The figures, and the papers that tell them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.commands import (
    ActivityFilter,
)
from app.ui.reports.presenter import ReportPresenter
from app.ui.statistics.presenter import StatisticsPresenter
from app.ui.widgets.info_button import InfoButton
from app.ui.workspace import Workspace
from tests.notebook import recorded
from tests.ui.screens.stage import Stage


def no_statistics(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    window = stage.show(workspace)
    workspace.go_to("statistics")
    return stage.wait(window, _statistics(workspace).view.empty.isVisible)


def statistics(stage: Stage) -> QWidget:
    workspace = stage.workspace()
    window = stage.show(workspace)
    workspace.go_to("statistics")
    presenter = _statistics(workspace)
    stage.wait(window, presenter.view.area.isVisible)
    for button in window.findChildren(InfoButton):
        button.click()
    presenter.view.page.done.card.show_table(True)
    return stage.show_window(window)


def _statistics(workspace: Workspace) -> StatisticsPresenter:
    presenter = workspace.presenter("statistics")
    assert isinstance(presenter, StatisticsPresenter)
    return presenter


def report(stage: Stage) -> QWidget:
    recorded(stage.desk.database)
    return stage.show_paper(lambda behind: ReportPresenter(stage.desk, ActivityFilter(), behind))


def report_of_two_dates(stage: Stage) -> QWidget:
    filter_ = ActivityFilter(since=date(2026, 11, 3), until=date(2026, 11, 24))
    return stage.show_paper(lambda behind: ReportPresenter(stage.desk, filter_, behind))


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (no_statistics, statistics, report, report_of_two_dates)
