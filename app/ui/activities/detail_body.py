"""The facts of one activity, its people, and the history of its changes folded at the bottom."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import labels
from app.services.rows import ActivityDetail, ChangeRow, LostRow
from app.ui import activity_words, icons, theme
from app.ui.activities import facts
from app.ui.activities.facts import Fact
from app.ui.lost_version import LostVersion
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.star_rating import StarRating
from app.ui.widgets.surfaces import label, separator
from protocol.vocabulary import ActivityKind

FOLDED_FROM = 6
"""From this many participants on, their names are folded."""


class DetailBody(QWidget):
    """Made anew for each activity."""

    lost_taken_back = Signal(object)
    """The LostRow whose values are to be put back."""
    lost_let_go = Signal(object)
    """The LostRow that is to be forgotten."""

    def __init__(self, detail: ActivityDetail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(16))
        self._column.setSpacing(theme.px(12))
        self.participants: Collapsible | None = None
        self._add_people(detail)
        if detail.waiting:
            self._column.addWidget(_waiting())
        for row in detail.lost:
            self._column.addWidget(self._lost(row))
        for fact in facts.facts(detail):
            self._column.addWidget(_fact(fact))
        if detail.form.notes:
            self._column.addWidget(_fact(Fact("Notes", (detail.form.notes,))))
        self._column.addWidget(separator())
        self._column.addWidget(_lines(facts.saved(detail), "small"))
        self._changes = QWidget()
        self._changes_column = QVBoxLayout(self._changes)
        self._changes_column.setContentsMargins(0, 0, 0, 0)
        self.history = Collapsible("Historique des modifications", self._changes)
        self._column.addWidget(self.history)
        self._column.addStretch(1)

    def show_history(self, changes: Sequence[ChangeRow]) -> None:
        """List the changes, the newest first."""
        while (item := self._changes_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row in changes:
            when, lines = facts.change(row)
            self._changes_column.addWidget(_titled(when, lines))

    def _lost(self, row: LostRow) -> LostVersion:
        made = LostVersion(row)
        made.taken_back.connect(self.lost_taken_back)
        made.let_go.connect(self.lost_let_go)
        return made

    def _add_people(self, detail: ActivityDetail) -> None:
        """Who came: a name large for one person, names one under the other, folded when they are many."""
        if detail.row.kind is ActivityKind.WORKSHOP:
            self._add_workshop(detail)
            return
        names = tuple(facts.person(row) for row in detail.people)
        self._column.addWidget(_lines((*names, *facts.anonymous(detail.form)), "strong"))

    def _add_workshop(self, detail: ActivityDetail) -> None:
        if detail.row.who:
            self._column.addWidget(_lines((detail.row.who,), "strong"))
        names = tuple(facts.person(row) for row in detail.people)
        if len(names) >= FOLDED_FROM:
            title = labels.count(len(names), "participant nommé", "participants nommés")
            self.participants = Collapsible(title, _lines(names))
            self._column.addWidget(_titled("Participants", (activity_words.who(detail.row),)))
            self._column.addWidget(self.participants)
        elif names:
            self._column.addWidget(_titled("Participants", names))
        hidden = facts.anonymous(detail.form)
        if hidden:
            self._column.addWidget(_titled("Participants anonymes", hidden))


def _fact(fact: Fact) -> QWidget:
    made = _titled(fact.title, fact.lines)
    if fact.stars is not None:
        row = QHBoxLayout()
        row.addWidget(StarRating(fact.stars))
        row.addStretch(1)
        column = made.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, row)
    return made


def _titled(title: str, lines: Sequence[str], role: str = "") -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    column.addWidget(label(title, "small"))
    for line in lines:
        column.addWidget(_line(line, role))
    return made


def _lines(lines: Sequence[str], role: str = "") -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    for line in lines:
        column.addWidget(_line(line, role))
    return made


def _line(text: str, role: str) -> QLabel:
    made = label(text, role, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _waiting() -> QWidget:
    made = QWidget()
    picture = QLabel(made)
    icons.set_icon(picture, "cloud-upload", "warning", 16)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(picture)
    row.addWidget(label("À envoyer", "warning"), 1)
    return made
