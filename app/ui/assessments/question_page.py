"""One question, in large type: what is asked aloud, the answers, and a word for the advisor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.labels import NBSP
from app.services.assessments.questionnaire import ALONE, HELPED, NO, Choice, Question
from app.ui import icons, theme
from app.ui.widgets.surfaces import label

LETTERS = {ALONE: "O", HELPED: "A", NO: "N"}
"""The key of an answer, besides its number."""
_MOST = 3


class QuestionPage(QWidget):
    """One key answers and goes on."""

    answered = Signal(str)
    """The code of the answer."""
    cleared = Signal()
    """The answer is taken back."""
    passed = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self.part, self.place = label("", "section"), label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.question = label("", "title", wraps=True)
        self.hint = label("", "muted", wraps=True)
        self.buttons = [QPushButton() for _ in range(_MOST)]
        self.back, self.skip = QPushButton("Question précédente"), QPushButton("Passer")
        self._lay_out()
        self._listen()

    def show_question(self, question: Question, part: str, place: int, total: int, answer: str | None) -> None:
        """Ask this question; the answer it has already stands out, and has the keyboard."""
        self._question = question
        self.part.setText(part)
        self.place.setText(f"{place} sur {total}")
        self.bar.setRange(0, total)
        self.bar.setValue(place - 1)
        self.bar.setAccessibleName(f"Question {place} sur {total}")
        self.question.setText(question.text)
        self.hint.setText(question.hint)
        self.back.setEnabled(place > 1)
        self._show_choices(question.choices, answer)

    def choose(self, code: str) -> None:
        """Answer, if the question has this answer."""
        if self._question is not None and code in {one.code for one in self._question.choices}:
            self.answered.emit(code)

    def _show_choices(self, choices: Sequence[Choice], answer: str | None) -> None:
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(choices))
            if place >= len(choices):
                continue
            choice = choices[place]
            key = LETTERS.get(choice.code, str(place + 1))
            button.setText(f"{key}{NBSP}{NBSP}·{NBSP}{NBSP}{choice.text}")
            is_chosen = choice.code == answer
            button.setAccessibleName(f"{choice.text}{', réponse choisie' if is_chosen else ''}")
            theme.set_role(button, "primary" if is_chosen else "")
        codes = [one.code for one in choices]
        self.buttons[codes.index(answer) if answer in codes else 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_at(self, place: int) -> None:
        if self._question is not None and place < len(self._question.choices):
            self.answered.emit(self._question.choices[place].code)

    def _listen(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.skip.clicked.connect(self.passed)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked, it=place: self._choose_at(it))
            QShortcut(QKeySequence(str(place + 1)), self, lambda it=place: self._choose_at(it), context=here)
        for code, key in LETTERS.items():
            QShortcut(QKeySequence(key), self, lambda it=code: self.choose(it), context=here)
        for key, call in (("Backspace", self.back.click), ("Left", self.back.click), ("Right", self.skip.click)):
            QShortcut(QKeySequence(key), self, call, context=here)
        QShortcut(QKeySequence("Delete"), self, self.cleared.emit, context=here)
        for key, step in (("Down", 1), ("Up", -1)):
            QShortcut(QKeySequence(key), self, lambda it=step: self._move(it), context=here)

    def _move(self, step: int) -> None:
        shown = [one for one in self.buttons if not one.isHidden()]
        here = next((place for place, one in enumerate(shown) if one.hasFocus()), -step if step > 0 else 0)
        shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.part, 1)
        head.addWidget(self.place)
        inside = QWidget()
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(0, theme.px(20), theme.px(8), theme.px(8))
        middle.setSpacing(theme.px(10))
        middle.addWidget(self.question)
        middle.addSpacing(theme.px(10))
        for button in self.buttons:
            button.setProperty("answer", True)
            button.setAutoDefault(True)  # Enter answers with what has the keyboard
            middle.addWidget(button)
        middle.addSpacing(theme.px(10))
        middle.addWidget(self.hint)
        middle.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(area, 1)
        self._dress_moves()

    def _dress_moves(self) -> None:
        """The two moves are laid out by the dialog, at the foot."""
        icons.set_icon(self.back, "arrow-left")
        icons.set_icon(self.skip, "arrow-right")
        self.back.setToolTip("Revenir (Retour arrière, ou flèche gauche)")
        self.skip.setToolTip("Laisser cette question sans réponse (flèche droite)")
        for button in (self.back, self.skip):
            button.setAutoDefault(False)
