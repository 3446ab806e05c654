"""An advisor's working day, entered by the keyboard through the real widgets: nine people and three workshops."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QApplication, QDialog

from app.self_test import Hand
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.ui.recording.presenter import RecordingPresenter


@dataclass(frozen=True, slots=True)
class Visit:
    """One activity of the day; `people` are typed as names, nobody for an anonymous person."""

    people: tuple[str, ...] = ()
    title: str = ""
    """Of a workshop."""
    anonymous: int = 0
    topic: int = 0
    """How many times the right arrow is pressed before the topic is ticked."""
    duration: int = 1
    notes: str = ""

    @property
    def is_workshop(self) -> bool:
        """Whether several people came."""
        return bool(self.title)


DAY = (
    Visit(("Delmas Jeanne",), topic=1, notes="A su joindre le justificatif seule."),
    Visit(topic=0, duration=0, notes="Premier contact."),
    Visit(("Roux Marcel",), topic=2),
    Visit(("Delmas Jeanne", "Roux Marcel", "Chabrol Fatima"), title="Ma tablette", anonymous=5, duration=4),
    Visit(("Chabrol Fatima",), topic=1, notes="Revient jeudi."),
    Visit(("Atger Yvette",), topic=3),
    Visit(topic=1, duration=2),
    Visit(("Atger Yvette", "Diallo Mamadou"), title="Arnaques en ligne", anonymous=8, topic=2, duration=5),
    Visit(("Diallo Mamadou",), topic=0, notes="Carte grise en cours."),
    Visit(("Delmas Jeanne",), topic=2, notes="Revoir les pieces jointes."),
    Visit(title="Cafe du numerique", anonymous=11, topic=1, duration=3),
    Visit(("Martinez Gael",), topic=1, duration=3, notes="Son telephone est plein."),
)


class Advisor:
    """Enters visits; each key is a real key press on what has the keyboard."""

    def __init__(self, program: "Program", hand: Hand | None = None) -> None:
        assert program.workspace is not None
        self._program = program
        self._form: RecordingPresenter = program.workspace.recording
        self._hand = hand or Hand()
        self._recorded: list[UUID] = []
        self._form.recorded.connect(self._recorded.append)

    def enter(self, visit: Visit) -> UUID:
        """Open the form, answer it, save it; answers the id once « Enregistré » is shown."""
        self.fill(visit)
        return self.save()

    def fill(self, visit: Visit) -> None:
        """Open the form and answer it."""
        hand, form = self._hand, self._form.view
        hand.press("Ctrl+Shift+N" if visit.is_workshop else "Ctrl+N")
        if visit.is_workshop:
            hand.type(visit.title)
            hand.press("Tab")
        for name in visit.people:
            self._name(name)
        if visit.anonymous:
            hand.tab_into(form.workshop.findChild(Stepper))
            hand.type(str(visit.anonymous))
        hand.tab_into(form.what)
        self._tick(visit.topic)
        hand.tab_into(form.when.findChild(DurationPicker))
        hand.press("Home")
        self._tick(visit.duration)
        if visit.notes:
            hand.tab_into(form.findChild(NotesEdit))
            hand.type(visit.notes)

    def save(self) -> UUID:
        """Ctrl+Enter, and wait for « Enregistré »."""
        already = len(self._recorded)
        self._hand.press("Ctrl+Return")
        self._hand.wait(lambda: len(self._recorded) > already and self._is_told())
        return self._recorded[-1]

    def _name(self, name: str) -> None:
        """Type a name and take the first answer: the person, or « Créer… » and its form."""
        self._hand.type(name)
        self._hand.press("Return")
        self._hand.wait(lambda: self._dialog() or not self._form.view.typed_who())
        if (dialog := self._dialog()) is not None:
            self._hand.press("Return")
            self._hand.wait(lambda: self._dialog() is not dialog and not self._form.view.typed_who())
            self._program.window.activateWindow()  # unseen, no window manager gives the keyboard back

    def _tick(self, steps: int) -> None:
        for _ in range(steps):
            self._hand.press("Right")
        self._hand.press("Space")

    def _is_told(self) -> bool:
        workspace = self._program.workspace
        return workspace is not None and workspace.notice.startswith("Enregistré")

    @staticmethod
    def _dialog() -> QDialog | None:
        found = QApplication.activeWindow()
        return found if isinstance(found, QDialog) else None
