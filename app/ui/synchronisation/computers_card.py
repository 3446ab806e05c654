"""« Ordinateurs de ce carnet »: who is in, who asks to join, and the code for one more."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.sync.members import Computers, Invitation, JoinRequest, Member
from app.ui import icons, theme
from app.ui.synchronisation.computer_row import ComputerRow
from app.ui.synchronisation.invitation_panel import InvitationPanel
from app.ui.synchronisation.request_panel import RequestPanel
from app.ui.widgets.surfaces import Card, label


class ComputersCard(Card):
    """Requests first, then the computers, this one before the others, then the button for one more."""

    invite_asked = Signal()
    invitation_closed = Signal()
    allow_asked = Signal(object)
    """Let this JoinRequest in."""
    refuse_asked = Signal(object)
    """Refuse this JoinRequest."""
    removal_asked = Signal(object)
    """Take this Member out; this computer itself leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=12, parent=parent)
        self._shown: Computers | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        self._state = label("", "muted", wraps=True)
        self._invite = QPushButton("Ajouter un ordinateur ou un collègue")
        icons.set_icon(self._invite, "plus")
        self._invite.clicked.connect(self.invite_asked)
        self.invitation = InvitationPanel()
        self.invitation.closed.connect(self.close_invitation)
        self.invitation.hide()
        self._lay_out()

    def show_computers(self, found: Computers, today: date) -> None:
        """Show these; what has not changed keeps the keyboard."""
        if found == self._shown:
            return
        self._shown = found
        kept = self._focused()
        self._clear()
        is_alone = len(found.members) == 1
        for part in (*map(self._request, found.requests), *(self._row(one, is_alone, today) for one in found.members)):
            self._list.addWidget(part)
            part.show()
        self._focus(kept)

    def show_invitation(self, invitation: Invitation) -> None:
        """Show the code for one more computer."""
        self.invitation.show_invitation(invitation)
        self.invitation.show()
        self._invite.hide()
        self.invitation.setFocus()

    def close_invitation(self) -> None:
        """Show the code no more: it was used, or noted down."""
        if not self.invitation.isHidden():
            self.invitation.hide()
            self._invite.show()
            self._invite.setFocus()
            self.invitation_closed.emit()

    def say(self, sentence: str) -> None:
        """Say what keeps the list from being up to date, or nothing."""
        self._state.setText(sentence)
        self._state.setVisible(bool(sentence))

    def set_busy(self, is_busy: bool) -> None:
        """Something is being asked of the server, or no longer."""
        for button in self.findChildren(QPushButton):
            button.setEnabled(not is_busy)

    def said(self) -> str:
        """All the words shown of the computers, line by line."""
        return "\n".join((*(one.said() for one in self._parts()), self._state.text()))

    def _request(self, request: JoinRequest) -> RequestPanel:
        made = RequestPanel(request)
        made.allowed.connect(lambda: self.allow_asked.emit(request))
        made.refused.connect(lambda: self.refuse_asked.emit(request))
        return made

    def _row(self, member: Member, is_alone: bool, today: date) -> ComputerRow:
        made = ComputerRow(member, is_alone, today)
        made.removal_asked.connect(self.removal_asked)
        return made

    def _parts(self) -> Iterable[RequestPanel | ComputerRow]:
        widgets = (item.widget() for n in range(self._list.count()) if (item := self._list.itemAt(n)) is not None)
        return (one for one in widgets if isinstance(one, RequestPanel | ComputerRow))

    def _clear(self) -> None:
        for old in list(self._parts()):
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _focused(self) -> str:
        """The name of the button that has the keyboard, empty where none of the list has it."""
        return next((one.accessibleName() for one in self._buttons() if one.hasFocus()), "")

    def _focus(self, name: str) -> None:
        for button in self._buttons():
            if name and button.accessibleName() == name:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> Iterable[QPushButton]:
        return (button for part in self._parts() for button in part.findChildren(QPushButton))

    def _lay_out(self) -> None:
        self.body.addLayout(self._list)
        self.body.addWidget(self._state)
        self.body.addWidget(self.invitation)
        buttons = QHBoxLayout()
        buttons.addWidget(self._invite)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
