"""The dialog of an export: what, how, of which period; how many lines it holds, and who will be able to read them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.services import periods
from app.services.commands import ActivityFilter
from app.services.exports.requests import ExportKind, FileFormat
from app.services.periods import Period
from app.ui import theme
from app.ui.dialog import Dialog
from app.ui.exchange import export_words
from app.ui.preferences.section import words
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.work_bar import WorkBar

SIZE = 780, 500
"""Pixels at 100 %."""


class ExportDialog(Dialog):
    """Enter exports, Escape stops what is under way, then closes."""

    changed = Signal()
    """Something else is wanted: how many lines that is must be told."""
    export_asked = Signal()
    stop_asked = Signal()
    folder_asked = Signal()

    def __init__(self, what: ExportKind, filter_: ActivityFilter, today: date, parent: QWidget) -> None:
        super().__init__("Exporter", SIZE, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._filter, self._is_busy = filter_, False
        self.what = ChipGroup[ExportKind](required=True)
        self.what.set_choices([(kind, word, "") for kind, word in export_words.KINDS], [what])
        self.format = SegmentedControl(export_words.FORMATS)
        self.period = ChoiceBox(_periods(filter_, today))
        self._filter_said, self._lines_said = words(""), words("")
        self._rows = {
            "what": FieldRow("Quoi", self.what),
            "format": FieldRow("Format", self.format),
            "json": FieldRow("Format", words(export_words.JSON_LINES)),
            "period": FieldRow("Période", self.period),
            "filter": FieldRow("Filtre", self._filter_said),
            "lines": FieldRow("Contenu", self._lines_said),
        }
        self._warning, self.trouble, self.success = Banner("warning", ""), Banner("danger", ""), Banner("success", "")
        self._open_folder = self.success.add_action("Ouvrir le dossier", self.folder_asked.emit)
        self.work = WorkBar()
        self.leave, self.export = QPushButton("Annuler"), QPushButton("Exporter…")
        self._lay_out()
        self._connect()
        self._show_wanted()
        self.export.setFocus()

    def kind(self) -> ExportKind:
        """What is wanted."""
        return self.what.value() or ExportKind.ACCOMPANIMENTS

    def file_format(self) -> FileFormat:
        """How it is to be written."""
        return FileFormat.JSONL if self.kind() is ExportKind.NOTEBOOK else self.format.value()

    def filter(self) -> ActivityFilter:
        """The activities wanted: those of the screen behind, over the period chosen; all of them for the notebook."""
        if self.kind() is ExportKind.NOTEBOOK:
            return ActivityFilter()
        period = self.period.value()
        return replace(self._filter, since=period.since, until=period.until)

    def show_concerned(self, lines: str, filter_: str) -> None:
        """Say how much that is, and the filter in words."""
        self._lines_said.setText(lines)
        self._filter_said.setText(filter_)

    def show_working(self, name: str) -> None:
        """The file is being written."""
        self._set_busy(True)
        self.work.begin(f"Export de «\u00a0{name}\u00a0»")

    def show_done(self, sentence: str) -> None:
        """The file is there."""
        self._set_busy(False)
        self.success.set_text(sentence)
        self.success.show()
        self._warning.hide()
        self.leave.setText("Fermer")
        self.leave.setFocus()

    def show_not_done(self, sentence: str) -> None:
        """There is no file, for this reason."""
        self._set_busy(False)
        self.trouble.set_text(sentence)
        self.trouble.show()
        self.export.setFocus()

    def reject(self) -> None:
        """Escape and « Annuler »: while a file is being written, they stop that and no more."""
        if self._is_busy:
            self.work.stop.click()
        else:
            super().reject()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for row in self._rows.values():
            row.setEnabled(not is_busy)
        for button in (self.leave, self.export):
            button.setVisible(not is_busy)
        for each in (self.trouble, self.success):
            each.hide()
        if not is_busy:
            self.work.end()

    def _connect(self) -> None:
        for field in (self.what, self.format, self.period):
            field.changed.connect(self._show_wanted)
        self.leave.clicked.connect(self.reject)
        self.export.clicked.connect(self.export_asked)
        self.work.stop_asked.connect(self.stop_asked)

    def _show_wanted(self) -> None:
        kind = self.kind()
        is_whole = kind is ExportKind.NOTEBOOK
        for name in ("format", "period", "filter"):
            self._rows[name].setHidden(is_whole)
        self._rows["json"].setVisible(is_whole)
        warning = export_words.WARNINGS.get(kind, "")
        self._warning.set_text(warning)
        self._warning.setVisible(bool(warning))
        for each in (self.trouble, self.success):
            each.hide()
        self.leave.setText("Annuler")
        self.changed.emit()

    def _lay_out(self) -> None:
        inner = QWidget()
        fields = QVBoxLayout(inner)
        fields.setContentsMargins(0, 0, theme.px(8), 0)
        fields.setSpacing(theme.px(12))
        for each in (*self._rows.values(), self._warning, self.trouble, self.success):
            fields.addWidget(each)
        fields.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin - theme.px(8), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(scroll, 1)
        self.work.setContentsMargins(0, 0, theme.px(8), 0)
        column.addWidget(self.work)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.export.setProperty("role", "primary")
        self.export.setDefault(True)
        self._open_folder.setAutoDefault(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.px(8), 0)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.export)
        return row


def _periods(filter_: ActivityFilter, today: date) -> Sequence[tuple[Period, str]]:
    """The usual periods, that of the screen behind first if it is another one."""
    asked = Period(periods.name_of(filter_.since, filter_.until, today), filter_.since, filter_.until)
    usual = periods.so_far(today)
    known = next((one for one in usual if (one.since, one.until) == (asked.since, asked.until)), None)
    others = [one for one in usual if one not in (known, asked) and one.label != asked.label]
    return [(one, one.label[0].upper() + one.label[1:]) for one in (known or asked, *others)]
