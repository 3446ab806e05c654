"""The questionnaire of one person, a question at a time; each answer is kept as it is given."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.database import Database
from app.errors import AppError
from app.services.assessments import interviews, questionnaire
from app.services.assessments.history import AssessmentRow
from app.ui import theme
from app.ui.assessments.question_page import QuestionPage
from app.ui.dialog import Dialog
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

SIZE = 720, 560
"""Pixels at 100 %."""


class InterviewDialog(Dialog):
    """Escape leaves: what is answered waits to be taken up again."""

    finished_at = Signal(object)
    """UUID of the assessment, once its last question is answered."""
    left = Signal(object)
    """UUID of the assessment that was begun and is left for later."""

    def __init__(
        self,
        database: Database,
        person: UUID,
        name: str,
        row: AssessmentRow | None,
        parent: QWidget,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Go on with `row`, or look at its answers again if it is ended; None begins another."""
        super().__init__(f"Diagnostic numérique\u00a0: {name}", SIZE, parent)
        self._database, self._person, self._today = database, person, today
        self._id = row.id if row else None
        self._is_again = row is not None and row.day is not None
        self.answers: dict[str, str] = dict(row.answers) if row else {}
        first = None if self._is_again else questionnaire.next_of(self.answers)
        self._code = (first or questionnaire.asked(self.answers)[0]).code
        self.page, self._fault = QuestionPage(), Banner("danger", "")
        self.later = QPushButton("Fermer" if self._is_again else "Continuer plus tard")
        self.end = QPushButton("Terminer maintenant")
        self._lay_out(name)
        self._listen()
        self._show()

    def reject(self) -> None:
        """Leave; nothing is lost."""
        super().reject()
        if self._id is not None and not self._is_again:
            self.left.emit(self._id)

    def _answer(self, code: str) -> None:
        if self._attempt(lambda: self._keep(code)):
            self._go(1)

    def _clear(self) -> None:
        if self._code in self.answers and self._attempt(lambda: self._keep(None)):
            self._show()

    def _keep(self, code: str | None) -> None:
        self._id = interviews.answer(self._database, self._person, self._id, self._code, code)
        self.answers.pop(self._code, None)
        if code is not None:
            self.answers[self._code] = code

    def _go(self, step: int) -> None:
        codes = [one.code for one in questionnaire.asked(self.answers)]
        place = codes.index(self._code) + step
        if place >= len(codes):
            self._end()
        elif place >= 0:
            self._code = codes[place]
            self._show()

    def _end(self) -> None:
        id_ = self._id
        if id_ is None:
            self._tell("Répondez au moins à une question, ou fermez.")
        elif self._attempt(lambda: interviews.finish(self._database, id_, self._today())):
            self.accept()
            self.finished_at.emit(id_)

    def _attempt(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except AppError as error:
            self._tell(str(error))
            return False
        self._tell("")
        return True

    def _tell(self, sentence: str) -> None:
        self._fault.set_text(sentence)
        self._fault.setVisible(bool(sentence))

    def _show(self) -> None:
        to_ask, asked = questionnaire.whole(), questionnaire.asked(self.answers)
        place, question = next((n, one) for n, one in enumerate(asked, 1) if one.code == self._code)
        answer = self.answers.get(question.code)
        self.page.show_question(question, to_ask.part_of(question).title, place, len(asked), answer)
        self.page.skip.setText("Suivante" if answer else "Passer")
        self.end.setVisible(bool(self.answers) and place < len(asked))

    def _listen(self) -> None:
        self.page.answered.connect(self._answer)
        self.page.cleared.connect(self._clear)
        self.page.passed.connect(lambda: self._go(1))
        self.page.back_asked.connect(lambda: self._go(-1))
        self.later.clicked.connect(self.reject)
        self.end.clicked.connect(self._end)
        self.on_enter(self._end)

    def _lay_out(self, name: str) -> None:
        self.later.setToolTip("Échap\u00a0: les réponses données sont gardées")
        self.end.setToolTip("Ctrl+Entrée\u00a0: les questions sans réponse le restent")
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.page.back)
        foot.addWidget(self.page.skip)
        foot.addStretch(1)
        for button in (self.end, self.later):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = self.column(top=16, gap=10)
        column.addWidget(label(name, "strong", wraps=True))
        column.addWidget(self.page, 1)
        self._fault.hide()
        column.addWidget(self._fault)
        column.addLayout(foot)
