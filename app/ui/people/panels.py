"""The tabs of the file of a person: each is a panel, made the first time it is wanted."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk


class PersonPanel(QWidget):
    """What one tab shows of a person; it does its own work through the desk."""

    changes: frozenset[str] = frozenset()
    """Kinds of record (RecordKind values) whose changes it shows: it is then asked to show the person again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    @abstractmethod
    def show_person(self, id_: UUID) -> None:
        """Show this person, as the notebook knows them now; what is being typed is not lost."""

    def leave(self) -> bool:
        """Keep what is typed and not saved; answers whether the person may be left, which nothing typed prevents."""
        return True

    def answers(self, keys: str) -> bool:
        """Do what these keys of the file (« Ctrl+P ») mean to what is open inside; False where they mean nothing to it.

        Two shortcuts of one window that share their keys cancel each other: the file asks, the panel declares none.
        """
        return False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the file."""

    key: str
    label: str
    make: Callable[[Desk], PersonPanel]


def _cases(desk: Desk) -> PersonPanel:
    from app.ui.cases.person_panel import CasesPanel

    return CasesPanel(desk)


def _documents(desk: Desk) -> PersonPanel:
    from app.ui.mandates.panel import DocumentsPanel

    return DocumentsPanel(desk)


def _history(desk: Desk) -> PersonPanel:
    from app.ui.people.history_panel import HistoryPanel

    return HistoryPanel(desk)


def _details(desk: Desk) -> PersonPanel:
    from app.ui.people.details_panel import DetailsPanel

    return DetailsPanel(desk)


def _assessments(desk: Desk) -> PersonPanel:
    from app.ui.assessments.person_panel import AssessmentsPanel

    return AssessmentsPanel(desk)


def _privacy(desk: Desk) -> PersonPanel:
    from app.ui.privacy.panel import PrivacyPanel

    return PrivacyPanel(desk)


ASSESSMENTS, INTERVIEW_KEYS = "assessments", "Ctrl+Shift+Q"
"""The tab of the questionnaire, and the keys that begin it, or go on with it, from every tab."""
DETAILS = "details"
"""The tab where what is known of the person is changed, and the name of its form."""
TABS: tuple[Tab, ...] = (
    Tab("history", "Parcours", _history),
    Tab(DETAILS, "Coordonnées", _details),
    Tab("cases", "Démarches", _cases),
    Tab(ASSESSMENTS, "Diagnostic", _assessments),
    Tab("documents", "Documents", _documents),
    Tab("privacy", "Confidentialité", _privacy),
)
"""The code of each is imported the first time it is wanted.

In the order of the eye: parcours, coordonnées, démarches, diagnostic, documents, confidentialité.
"""
