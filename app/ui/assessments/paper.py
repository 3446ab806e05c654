"""The result of an assessment laid out for the person: large type, the drawing, kind sentences, what comes next."""

from collections.abc import Iterator

from app import labels
from app.services.assessments import history
from app.services.assessments.result_paper import ResultPaper
from app.ui.assessments import words
from app.ui.assessments.levels import LevelsBlock
from app.ui.paper.blocks import Block, Frame, Item, Text, Title, Together
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET

_BODY, _SMALL = Style(15), Style(13, colour=QUIET)


def document(paper: ResultPaper) -> Document:
    """The result, to be saved or printed."""
    return Document(
        title=f"Mon point numérique - {paper.person}",
        blocks=tuple(_blocks(paper)),
        foot=f"Mon point numérique · {paper.person} · {labels.short_day(paper.row.day or paper.row.begun_on)}",
        author=paper.advisor,
        subject="Résultat du diagnostic numérique, remis à la personne",
    )


def _blocks(paper: ResultPaper) -> Iterator[Block]:
    row, before = paper.row, paper.before
    yield Text("Mon point numérique", Style(15, colour=QUIET), below=2)
    yield Title(paper.person, points=24, level=0, above=0, below=4)
    yield Text(f"Le {words.long_day(row.day or row.begun_on)}. {_NO_EXAM}", _SMALL, below=12)
    yield Frame((LevelsBlock(words.levels(row, before), below=0),), padding=12, below=12)
    if before is not None:
        yield from _progress(paper)
    yield Title("Ce que cela veut dire", points=17, above=6, below=6)
    for _, said in words.sentences(row):
        yield Text(said, _BODY, below=6)
    if row.objectives:
        yield _listed("Ce que nous avons choisi d’apprendre", row.objectives)
    if paper.sheets:
        yield _listed("Les fiches à essayer", paper.sheets)
    helper = Text(_helper(paper), _BODY, below=8)
    yield Together((Title("Qui m’aide", points=17, above=8, below=4), helper, Text(_WARNING, _SMALL, below=0)))


def _progress(paper: ResultPaper) -> Iterator[Block]:
    """What went up since the last time; what did not is seen in the drawing."""
    assert paper.before is not None
    told = words.progressed(history.changes(paper.before.scores, paper.row.scores))
    if told:
        yield Title("Vos progrès", points=17, above=6, below=6)
        yield from (Item(said, _BODY, sign="+", indent=18, below=5) for said in told)


def _listed(title: str, said: tuple[str, ...]) -> Block:
    items = (Item(one, _BODY, sign="•", indent=16, below=5) for one in said)
    return Together((Title(title, points=17, above=8, below=6), *items))


def _helper(paper: ResultPaper) -> str:
    who = paper.advisor or "Votre conseiller numérique"
    return ", ".join(dict.fromkeys(part for part in (who, paper.structure, paper.place) if part)) + "."


_NO_EXAM = "Ce n’est pas un examen\u00a0: c’est un repère pour avancer à votre rythme."
_WARNING = (
    "Cette feuille est à vous\u00a0: vous choisissez à qui la montrer. N’y écrivez jamais vos mots de passe, et ne les "
    "dites à personne, pas même à votre conseiller."
)
