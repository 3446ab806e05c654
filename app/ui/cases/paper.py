"""« Ma démarche » laid out: one case in large type, for the person to take home."""

from collections.abc import Iterator
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.case_paper import CasePaper
from app.services.rows import GuideRow
from app.ui.paper.blocks import Block, Fact, Frame, Item, Text, Title, Together
from app.ui.paper.document import Document
from app.ui.paper.fitting import fitted
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from app.ui.paper.tick_box import TickBox
from protocol.vocabulary import CaseStatus

_LETTERS = (16.0, 15.5, 15.0, 14.5, 14.0)
"""Points: the largest with which it takes the fewest pages."""
_SMALL, _STRONG = Style(13, colour=QUIET), Style(18, bold=True)
_ALWAYS_WITH_YEAR = date.min
_STATES = {
    CaseStatus.TO_PREPARE: "à préparer\u00a0: rien n’est encore envoyé",
    CaseStatus.SUBMITTED: "envoyée",
    CaseStatus.WAITING: "envoyée, la réponse est attendue",
    CaseStatus.TO_COMPLETE: "à compléter\u00a0: il manque quelque chose",
    CaseStatus.DONE: "terminée",
    CaseStatus.ABANDONED: "arrêtée",
}
"""The status as it is said to the person."""
_GATHERING = (CaseStatus.TO_PREPARE, CaseStatus.TO_COMPLETE)
"""While there is something to bring."""


def document(paper: CasePaper) -> Document:
    """The summary, to be saved or printed."""
    return fitted(lambda points: _document(paper, Style(points)), _LETTERS)


def _document(paper: CasePaper, body: Style) -> Document:
    return Document(
        title=f"Ma démarche - {paper.detail.row.name} - {paper.person}",
        blocks=tuple(_blocks(paper, body)),
        foot=f"Ma démarche · {paper.person} · {labels.short_day(paper.drawn_up_on)}",
        author=paper.advisor,
        subject="Résumé d’une démarche, remis à la personne",
    )


def _blocks(paper: CasePaper, body: Style) -> Iterator[Block]:
    row, guide = paper.detail.row, paper.detail.guide
    yield Text("Ma démarche", Style(15, colour=QUIET), below=2)
    yield Title(row.name, points=26, level=0, above=0, below=4)
    yield Text(f"Pour {paper.person}, le {_day(paper.drawn_up_on)}.", _SMALL, below=12)
    yield Frame(tuple(_now(paper, body)), padding=14, below=12)
    if guide is not None and guide.bring and row.status in _GATHERING:
        yield Title("Ce que j’apporte", points=18, above=8, below=6)
        yield from (TickBox(one, False, body.points) for one in guide.bring)
    if paper.detail.steps:
        yield Title("Ce qu’il y a à faire", points=18, above=10, below=6)
        yield from (TickBox(step.said, step.is_done, body.points) for step in paper.detail.steps)
    if guide is not None:
        yield from _where(guide, body)
    helper = Text(_helper(paper), body, below=10)
    yield Together((Title("Qui m’aide", points=18, above=10, below=6), helper, Text(_WARNING, _SMALL, below=0)))


def _now(paper: CasePaper, body: Style) -> Iterator[Block]:
    """Where it has come to, and what is next."""
    row, form = paper.detail.row, paper.detail.form
    if row.is_open and row.next_step:
        yield Text("La prochaine étape", _SMALL, below=2)
        yield Text(row.next_step, _STRONG, below=10)
    facts = [("Où j’en suis", _STATES[row.status])]
    if row.is_open and row.deadline:
        facts.append(("À faire avant le", _day(row.deadline)))
    if form.reference:
        facts.append(("Numéro de dossier", form.reference))
    yield from (Fact(name, said, points=body.points, indent=160) for name, said in facts)


def _where(guide: GuideRow, body: Style) -> Iterator[Block]:
    is_sure = "vérifier" not in guide.phone_note  # what is to be verified is told to the advisor only
    facts = [
        ("Site internet", "\n".join(filter(None, (guide.site, guide.address)))),
        ("Téléphone", "\n".join(filter(None, (guide.phone, guide.phone_note))) if is_sure else ""),
        ("Délai habituel", guide.delay),
    ]
    known = [(name, said) for name, said in facts if said]
    if not known:
        return
    yield Title("Où, et combien de temps", points=18, above=10, below=6)
    yield from (Fact(name, said, points=body.points, indent=140, below=8) for name, said in known)
    if guide.to_verify:
        yield Item("À vérifier sur le site officiel ou par téléphone.", _SMALL, sign="!", indent=14)


def _helper(paper: CasePaper) -> str:
    """« Camille Fabre, Commune de Florac, à la médiathèque de Florac »."""
    who = paper.advisor or "Votre conseiller numérique"
    return ", ".join(dict.fromkeys(part for part in (who, paper.structure, paper.place) if part)) + "."


def _day(day: date) -> str:
    return labels.day(day, _ALWAYS_WITH_YEAR)


_WARNING = (
    "N’écrivez jamais vos mots de passe sur cette feuille. Personne ne doit vous les demander, ni votre conseiller, ni "
    f"l’administration. Un doute{NBSP}? Ne payez rien, et revenez nous voir."
)
