"""The questionnaire to fill in by hand: two pages, in large type."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.services.assessments.questionnaire import Choice, Part, Question, whole
from app.ui.paper.blocks import Block, Text, Title
from app.ui.paper.document import Document
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.sheet import INK, LINE, QUIET
from protocol.vocabulary import SkillDomain

_POINTS = 13.5
_BODY, _ANSWER = Style(_POINTS), Style(12.5)
_SECOND_PAGE = SkillDomain.CONTENT
"""What begins the second page."""
_BOX, _GAP = 13.0, 6.0
_TICKS = 168.0
"""The width of the answers at the right of a question."""
_TICK_WORDS = ("oui", "aidé", "non")


@dataclass(frozen=True, slots=True)
class Asked(Block):
    """A question with its three boxes at the right."""

    text: str
    below: float = 5.5

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return self._passage(width).height

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        self._passage(width).draw(painter, left, top)
        for place, word in enumerate(_TICK_WORDS):
            _draw_box(painter, left + width - _TICKS + place * _TICKS / 3, top, word, _TICKS / 3)

    def _passage(self, width: float) -> Passage:
        return Passage(self.text, _BODY, width - _TICKS - 10)


@dataclass(frozen=True, slots=True)
class Choices(Block):
    """The answers of a question one beside the other, as long as there is room."""

    choices: tuple[Choice, ...]
    below: float = 6

    @property
    def after(self) -> float:
        return self.below

    def height(self, width: float) -> float:
        return (self._places(width)[-1][1] + 1) * self._line

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        for choice, (x, line) in zip(self.choices, self._places(width), strict=True):
            _draw_box(painter, left + x, top + line * self._line, choice.text, width)

    @property
    def _line(self) -> float:
        return Passage("É", _ANSWER, 100).height + 2

    def _places(self, width: float) -> list[tuple[float, int]]:
        """How far to the right each begins, and on which line."""
        places: list[tuple[float, int]] = []
        x, line = 0.0, 0
        for choice in self.choices:
            taken = _BOX + _GAP + Passage(choice.text, _ANSWER, width).widest + 14
            if places and x + taken > width:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += taken
        return places


@dataclass(frozen=True, slots=True)
class Blanks(Block):
    """Names of things to write, each with a line to write it on."""

    names: tuple[str, ...]

    @property
    def after(self) -> float:
        return 8

    def height(self, width: float) -> float:
        return 24

    def draw(self, painter: QPainter, left: float, top: float, width: float) -> None:
        each = width / len(self.names)
        for place, name in enumerate(self.names):
            words = Passage(name, _BODY, each)
            words.draw(painter, left + place * each, top + 4)
            start = left + place * each + words.widest + 6
            painter.fillRect(QRectF(start, top + 20, left + (place + 1) * each - start - 10, 0.7), QColor(LINE))


def document() -> Document:
    """The empty questionnaire, to be saved or printed."""
    return Document(
        title="Questionnaire du diagnostic numérique",
        blocks=tuple(_blocks()),
        foot="Diagnostic numérique · à saisir ensuite dans Passerelle",
        subject="Questionnaire vide, à remplir à la main",
    )


def _blocks() -> Iterator[Block]:
    yield Title("Faisons le point ensemble", points=21, level=0, above=0, below=2)
    yield Text(_INTRODUCTION, Style(12, colour=QUIET), below=4)
    yield Blanks(("Prénom et nom", "Date"))
    for part in whole().parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[Block]:
    yield Title(part.title, points=15.5, above=9, below=4, on_new_page=part.domain is _SECOND_PAGE)
    for question in part.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[Block]:
    if question.domain is not None:
        yield Asked(question.text)
        return
    yield Text(question.text, _BODY, below=2)
    yield Choices(question.choices)


def _draw_box(painter: QPainter, left: float, top: float, words: str, room: float) -> None:
    painter.setPen(QPen(QColor(INK), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(left + 0.5, top + 2.5, _BOX, _BOX), 2, 2)
    Passage(words, _ANSWER, room - _BOX - _GAP + 60).draw(painter, left + _BOX + _GAP, top)


_INTRODUCTION = (
    "Ce n’est pas un examen\u00a0: répondez simplement. «\u00a0Aidé\u00a0» veut dire avec l’aide de quelqu’un. Si vous "
    "n’utilisez pas internet, passez les questions qui en parlent."
)
