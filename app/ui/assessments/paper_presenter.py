"""The dialogs of the two papers: the result of an assessment, and the questionnaire to fill in by hand."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.services.assessments import result_paper
from app.ui import theme
from app.ui.assessments import blank_paper, paper
from app.ui.desk import Desk
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_RESULT = (
    "Le résultat en grands caractères, que la personne emporte\u00a0: le dessin, une phrase pour chaque domaine, ce "
    "que vous avez choisi ensemble, et les fiches à essayer.",
    "Vos notes n’y sont pas, ni le mot «\u00a0illectronisme\u00a0».",
)
_BLANK = (
    "Deux pages à remplir à la main, seul ou avec vous, quand l’ordinateur gêne ou manque.",
    "Ensuite, saisissez les réponses dans la fiche de la personne\u00a0: «\u00a0Nouveau diagnostic\u00a0», puis "
    "changez la date.",
)
_CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."
_NO_SECRET = "Une fois saisie, rendez la feuille à la personne ou détruisez-la."


class AssessmentPaperPresenter(QObject):
    """Shows a paper before it is saved or printed."""

    def __init__(self, desk: Desk, title: str, notice: QWidget, compose: Compose, window: QWidget) -> None:
        super().__init__(window)
        self.dialog = PaperDialog(title, notice, window)
        self._desk, self._composition = desk, compose
        self.paper = Paperwork(self.dialog, self._compose)
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(self._refuse)
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.finished.connect(self._close)

    @classmethod
    def of_result(
        cls, desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today
    ) -> "AssessmentPaperPresenter":
        """The result of an assessment, for the person."""
        database, day = desk.database, today()
        notice = _notice(_RESULT, Banner("warning", _CLEAR))
        return cls(
            desk,
            "Mon point numérique",
            notice,
            lambda: Composed(paper.document(result_paper.gather(database, id_, day))),
            window,
        )

    @classmethod
    def of_blank(cls, desk: Desk, window: QWidget) -> "AssessmentPaperPresenter":
        """The questionnaire, empty."""
        notice = _notice(_BLANK, Banner("info", _NO_SECRET))
        return cls(desk, "Questionnaire à imprimer", notice, lambda: Composed(blank_paper.document()), window)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.print_button.setFocus()

    def _compose(self) -> Compose:
        return self._composition

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _refuse(self, error: AppError) -> None:
        self._desk.say(error)
        self.dialog.reject()

    def _close(self) -> None:
        self.dialog.deleteLater()
        self.deleteLater()


def _notice(sentences: tuple[str, ...], *banners: Banner) -> QWidget:
    """Plain sentences, nothing to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in sentences:
        column.addWidget(label(sentence, wraps=True))
    for banner in banners:
        column.addWidget(banner)
    column.addStretch(1)
    return made
