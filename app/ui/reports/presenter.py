"""Opens the activity report, before it is handed over on paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.services import report_drafts, report_periods, reports
from app.services.commands import ActivityFilter
from app.ui.desk import Desk
from app.ui.reports import activity_report
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.reports.report_form import ReportForm

_PAUSE_MS = 400
"""What is typed is kept, and drawn, after this pause."""


class ReportPresenter(QObject):
    """The dialog « Rapport d’activité »; what is written is kept for its period as it is typed."""

    def __init__(
        self, desk: Desk, filter_: ActivityFilter, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        self.form = ReportForm(today)
        self.dialog = PaperDialog("Rapport d’activité", self.form, parent)
        super().__init__(self.dialog)
        self._desk, self._filter, self._today = desk, reports.outside(filter_), today
        self.paper = Paperwork(self.dialog, self._compose)
        self._kept = self._period, self.form.draft()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self._keep_and_draw)
        self._listen()
        self._begin(filter_)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.form.focus_first()

    @property
    def _period(self) -> tuple[date, date]:
        return self.form.period.value()

    def keep(self) -> None:
        """Keep at once what is written, for the period it was written for."""
        self._typing.stop()
        period, draft = self._kept[0], self.form.draft()
        if (period, draft) != self._kept and self._desk.attempt(
            lambda: report_drafts.keep(self._desk.database, *period, draft)
        ):
            self._kept = period, draft

    def _begin(self, filter_: ActivityFilter) -> None:
        """Begin with the period looked at, if it has two dates, else with the month that was last over."""
        usual = report_periods.usual(self._today())
        is_dated = filter_.since is not None and filter_.until is not None
        since, until = (filter_.since, filter_.until) if is_dated else (usual.since, usual.until)
        assert since is not None
        assert until is not None
        self.form.period.set_value(since, until)
        self._show_draft()

    def _show_draft(self) -> None:
        draft = report_drafts.kept(self._desk.database, *self._period)
        self.form.show_draft(draft)
        self.dialog.file_name = _file_name(draft.title, self._period)
        self._kept = self._period, draft

    def _listen(self) -> None:
        self.form.typed.connect(self._typing.start)
        self.form.period_changed.connect(self._turn)
        self.paper.composed.connect(lambda composed: self.dialog.show_warning(_warning(composed.names)))
        self.paper.refused.connect(lambda error: self.dialog.show_fault(str(error)))
        self.dialog.finished.connect(self._close)
        self.dialog.lock_asked.connect(self._desk.lock_asked)
        self._desk.keeping.connect(self.keep)

    def _turn(self) -> None:
        self.keep()
        self._desk.attempt(self._show_draft)
        self.paper.refresh()

    def _keep_and_draw(self) -> None:
        self.keep()
        self.dialog.file_name = _file_name(self._kept[1].title, self._period)
        self.paper.refresh()

    def _compose(self) -> Compose:
        database, draft, today = self._desk.database, self.form.draft(), self._today()
        since, until = self._period
        filter_ = replace(self._filter, since=since, until=until)

        def compose() -> Composed:
            report = reports.gather(database, filter_, draft, today)
            return Composed(activity_report.document(report), report.names)

        return compose

    def _close(self) -> None:
        self.keep()
        self.dialog.deleteLater()


def _warning(names: Sequence[str]) -> str:
    """Which words look like somebody's name, kindly."""
    if not names:
        return ""
    quoted = ", ".join(f"«\u00a0{name}\u00a0»" for name in names)
    told = "est-ce une personne" if len(names) == 1 else "sont-ce des personnes"
    return f"{quoted}\u00a0: {told} de votre carnet\u00a0? Un rapport ne nomme pas les personnes accompagnées."


def _file_name(title: str, period: tuple[date, date]) -> str:
    return f"{title} – {report_periods.name_of(*period)}"
