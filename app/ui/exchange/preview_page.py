"""What a file would bring to the notebook, line by line, before anything is written."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.labels import figure
from app.services.imports.plans import Outcome, Preview
from app.ui import theme
from app.ui.exchange import words
from app.ui.exchange.preview_table import SHARES, PreviewTable
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.surfaces import label
from app.ui.widgets.wide_table import WideTable
from app.ui.widgets.work_bar import WorkBar

_NOTHING_YET = "Rien n’est encore écrit dans votre carnet."
_ALL_THERE = "Tout ce que dit ce fichier est déjà dans votre carnet\u00a0: il n’y a rien à importer."
_ALL_REFUSED = "Rien de ce fichier ne peut être importé\u00a0: la colonne «\u00a0Pourquoi\u00a0» dit ce qui manque."


class PreviewPage(QWidget):
    """The figures, the lines, yes or no; then how far the import is."""

    accepted = Signal()
    cancelled = Signal()
    stop_asked = Signal()
    again_asked = Signal()
    """Read the file again, and show what it would bring to the notebook of now."""

    def __init__(self, preview: Preview, is_empty: bool = False, parent: QWidget | None = None) -> None:
        """`is_empty` says that accepting would write nothing."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self._preview, self._is_empty = preview, is_empty
        self.table = PreviewTable(preview.rows, self)
        self.rows = WideTable(self.table, SHARES, "Lignes du fichier")
        self.chips: ChipGroup[Outcome | None] = ChipGroup(required=True)
        self.chips.setAccessibleName("Lignes montrées")
        self.said = label("", "muted", wraps=True)
        self.work = WorkBar()
        self.cancel, self.accept = QPushButton("Annuler", self), QPushButton(words.accept(preview, is_empty), self)
        self.accept.setProperty("role", "primary")
        self.accept.setEnabled(not is_empty)
        self.trouble = Banner("danger", "")
        self.again = self.trouble.add_action("Relire le fichier", self.again_asked.emit)
        self._lay_out()
        self._connect()
        self._show_chips()
        self._show_row()

    def focus_first(self) -> None:
        """Put the keyboard on what imports, or on what leaves where there is nothing to import."""
        (self.accept if self.accept.isEnabled() else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_working(self) -> None:
        """The import begins: what can be pressed is what stops it."""
        self.trouble.hide()
        self._set_busy(True)
        self.work.begin(f"Import de {words.lines(self._preview.kind, words.wanted(self._preview))}")

    def show_not_done(self, sentence: str, can_read_again: bool = False) -> None:
        """The import did not take place, for this reason: everything is as it was."""
        self.work.end()
        self._set_busy(False)
        self.trouble.set_text(sentence)
        self.again.setVisible(can_read_again)
        self.trouble.show()
        self.focus_first()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _set_busy(self, is_busy: bool) -> None:
        self.cancel.setVisible(not is_busy)
        self.accept.setVisible(not is_busy)

    def _connect(self) -> None:
        self.chips.changed.connect(lambda: self.table.keep(self.chips.value()))
        self.table.modelReset.connect(self._show_row)
        self.rows.selectionModel().currentChanged.connect(self._show_row)
        self.cancel.clicked.connect(self.cancelled)
        self.accept.clicked.connect(self.accepted)
        self.work.stop_asked.connect(self.stop_asked)
        leave = QShortcut(QKeySequence("Esc"), self, self._leave)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _leave(self) -> None:
        """Escape stops what is under way, then leaves."""
        (self.cancel if self.work.isHidden() else self.work.stop).click()

    def _show_chips(self) -> None:
        """A chip for every way to end that a line has; none where they all end alike."""
        choices: list[tuple[Outcome | None, str, str]] = [(None, f"Toutes {figure(len(self._preview.rows))}", "")]
        for outcome in Outcome:
            number = self._preview.count(outcome)
            if number:
                word = words.outcome_word(outcome, number).capitalize()
                choices.append((outcome, f"{word} {figure(number)}", ""))
        self.chips.set_choices(choices, [None])
        self.chips.setVisible(len(choices) > 2)

    def _show_row(self, current: QModelIndex | None = None) -> None:
        """Say the whole of the line selected, which the columns may cut."""
        row = self.table.row(current) if current is not None else None
        self.said.setText(" — ".join(filter(None, (row.where, row.what, row.why))) if row else _NOTHING_YET)

    def _lay_out(self) -> None:
        """Large letters make the page scroll; the buttons stay in sight."""
        inner = QWidget()
        self._fill(QVBoxLayout(inner))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(scroll, 1)
        column.addWidget(self.work)
        column.addLayout(row)

    def _fill(self, column: QVBoxLayout) -> None:
        preview = self._preview
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        about = f"{words.KINDS[preview.kind]} · {preview.file}"
        brought = " · ".join(words.additions(preview))
        for said, role in ((words.TITLE, "title"), (about, "muted"), (words.summary(preview), "strong"), (brought, "")):
            if said:
                column.addWidget(label(said, role, wraps=True))
        if self._hindrance():
            column.addWidget(Banner("info", self._hindrance()))
        column.addWidget(self.trouble)
        column.addWidget(self.chips)
        column.addWidget(self.rows, 1)
        column.addWidget(self.said)
        self.trouble.hide()

    def _hindrance(self) -> str:
        if not self._is_empty:
            return ""
        return _ALL_REFUSED if self._preview.count(Outcome.REFUSED) else _ALL_THERE
