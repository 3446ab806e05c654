"""The panel of one mandate: where it has come to, what may be done with it, and its journal."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import labels
from app.labels import NBSP
from app.services.mandates.rows import MandateDetail, MandateRow, MandateState
from app.ui import icons, theme
from app.ui.mandates import words
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.surfaces import SectionLabel, label


class MandatePanel(SidePanel):
    """Shows one mandate; its buttons say what is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: MandateDetail | None = None
        self._title, self._facts = label("", "subtitle", wraps=True), label("", wraps=True)
        self._families, self._acts = label("", wraps=True), label("", wraps=True)
        self.use = _button("Noter une démarche faite…", "check", "Ctrl+D", "primary", "on_primary")
        self.revoke = _button("Retirer…", "x", "Retirer une famille, ou mettre fin au mandat (Suppr dans la liste)")
        self.renew = _button("Renouveler…", "refresh-cw", "Un nouveau mandat à faire signer, avec les mêmes choix")
        self.print = _button("Mandat…", "printer", "Le voir, l’imprimer")
        self.print_journal = _button("Journal…", "printer", "Imprimer le journal")
        self.intact, self.altered, self.warned = (Banner(kind, "") for kind in ("success", "danger", "warning"))
        self._journal = SectionLabel("Journal")
        self.entries = LineList("Journal du mandat", is_whole=True)
        self._lay_out()
        self.hide()

    def show_detail(self, detail: MandateDetail, today: date) -> None:
        """Show a mandate."""
        self.detail = detail
        row = detail.row
        self._title.setText(words.state(row, today)[0])
        self._facts.setText(_facts(row))
        self._families.setText("\n".join(_family_lines(row)))
        self._acts.setText(row.acts)
        self.use.setEnabled(row.is_active)
        self.revoke.setEnabled(bool(row.left) and row.state is not MandateState.OVER)
        self._show_faults(detail)
        self._journal.set_aside(labels.count(len(detail.entries), "ligne"))
        self.entries.show_lines([words.entry_line(one) for one in detail.entries])
        self.show()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that may be done."""
        first = self.use if self.use.isEnabled() else self.renew
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _show_faults(self, detail: MandateDetail) -> None:
        sentence, is_altered = words.alarm(detail.faults)
        self.intact.set_text(words.INTACT)
        self.intact.setVisible(not detail.faults)
        for banner, is_said in ((self.altered, is_altered), (self.warned, not is_altered)):
            banner.set_text(sentence)
            banner.setVisible(bool(detail.faults) and is_said)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.setSpacing(theme.px(8))
        for widget in (self._facts, SectionLabel("Familles"), self._families, SectionLabel("Demandé"), self._acts,
                       self._journal, self.intact, self.altered, self.warned, self.entries):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        self.lay_out(self._title, self._actions(), body)

    def _actions(self) -> FlowLayout:
        row = FlowLayout(gap=8)
        for button in (self.use, self.revoke, self.renew, self.print, self.print_journal):
            row.addWidget(button)
        return row


def _facts(row: MandateRow) -> str:
    dates = f"Du {labels.short_day(row.starts_on)} au {labels.short_day(row.expires_on)} compris"
    signed = f"signé {labels.label(row.signing).lower()}" if row.signing else ""
    return " · ".join(filter(None, (dates, signed, f"à {row.made_at}" if row.made_at else "")))


def _family_lines(row: MandateRow) -> list[str]:
    gone = dict(row.revoked)
    return [
        f"{labels.label(code)}{NBSP}: retirée le {labels.short_day(gone[code])}" if code in gone else labels.label(code)
        for code in row.families
    ]


def _button(text: str, icon: str, tip: str, role: str = "", ink: str = "text") -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setToolTip(tip)
    icons.set_icon(made, icon, ink)
    return made
