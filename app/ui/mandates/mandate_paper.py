"""The written mandate laid out, in easy French: who, what, how long, what each may do, both signatures.

Legal basis: Code civil, articles 1984 to 2010 (mandate), 1991 (liability of who acts), 2003 and 2004 (its end);
règlement (UE) 2016/679 (RGPD), articles 13 and 15 to 21. Content: Aidants Connect (fact sheet programme.md §5.1).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.draft_words import of_name
from app.services.mandates.papers import MandatePaper
from app.services.signatures import from_text
from app.ui.mandates.signatures_block import Signatures, Signer
from app.ui.paper.blocks import Beside, Block, Fact, Frame, Item, Text, Title, Together
from app.ui.paper.document import Document
from app.ui.paper.fitting import fitted
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from protocol.vocabulary import Signing

_ALWAYS_WITH_YEAR = date.min
_BLANK = "…………………………………………"
_LETTERS = (12.0, 11.5, 11.0, 10.5, 10.0)
"""Points."""


def document(paper: MandatePaper) -> Document:
    """The mandate, to be signed by hand in two copies, or signed already: on one page unless what is asked is long."""
    return fitted(lambda points: _document(paper, _Page(points)), _LETTERS)


def _document(paper: MandatePaper, page: "_Page") -> Document:
    return Document(
        title=f"Mandat {of_name(paper.person)}",
        blocks=tuple(page.blocks(paper)),
        foot=f"Mandat {of_name(paper.person)} · du {labels.short_day(paper.starts_on)} "
        f"au {labels.short_day(paper.expires_on)}",
        author=paper.advisor,
        subject="Mandat écrit pour faire des démarches en ligne à la place d’une personne",
    )


class _Page:
    """The mandate in letters of one size, and spaces that follow it."""

    def __init__(self, points: float) -> None:
        self._points, self._space = points, points / _LETTERS[0]
        self._body, self._strong = Style(points), Style(points, bold=True)
        self._quiet, self._small = Style(points, colour=QUIET), Style(min(points, 10), colour=QUIET)

    def blocks(self, paper: MandatePaper) -> Iterator[Block]:
        """All of it; what is said just before the signatures stays with them."""
        yield Title("Mandat pour faire des démarches en ligne", points=19, level=0, above=0, below=2)
        yield Text(_ABOUT, self._quiet, below=6 * self._space)
        yield from self._between(paper)
        yield from self._what(paper)
        yield from self._list("Le mandataire s’engage à", _COMMITMENTS)
        yield Frame((Text(_NEVER, self._strong, below=0),), padding=7 * self._space, below=3 * self._space)
        yield from self._list("La personne peut à tout moment", _FREEDOMS)
        yield Together(
            (
                self._title("Les informations notées"),
                Text(_DATA, self._body, below=4),
                Text(_LAW, self._small, below=6 * self._space),
                *self._signed(paper),
            )
        )

    def _between(self, paper: MandatePaper) -> Iterator[Block]:
        who = ", ".join(filter(None, (paper.advisor or _BLANK, "conseiller numérique", paper.structure)))
        yield self._fact("La personne", f"{paper.person or _BLANK} (le mandant{NBSP}: celle qui demande)")
        yield self._fact("Le mandataire", f"{who} (celui qui fait à sa place)")
        yield self._fact("Combien de temps", _dates(paper))

    def _what(self, paper: MandatePaper) -> Iterator[Block]:
        names = [name for code, name in labels.MANDATE_FAMILIES.items() if code in paper.form.families]
        items = [Item(name, self._strong, sign="✓", indent=18, below=2) for name in names]
        half = (len(items) + 1) // 2
        yield self._title("Pour quelles démarches")
        yield Beside(items[:half], items[half:], below=4) if items else Text(_BLANK, self._body, below=4)
        yield self._fact("Plus précisément", paper.form.acts or f"{_BLANK}{_BLANK}\n{_BLANK}{_BLANK}")

    def _list(self, title: str, lines: tuple[str, ...]) -> Iterator[Block]:
        yield self._title(title)
        *first, last = (Item(line, self._body, indent=14, below=2 * self._space) for line in lines)
        yield from (*first, replace(last, below=5 * self._space))

    def _signed(self, paper: MandatePaper) -> Iterator[Block]:
        form = paper.form
        is_drawn = form.signing is Signing.SCREEN
        made = f"Fait à {form.made_at or _BLANK[:14]}, le {labels.short_day(paper.signed_on)}"
        yield Text(f"{made}, {_ON_SCREEN if is_drawn else _BY_HAND}", self._body, below=2)
        yield Signatures(
            Signer("Signature de la personne", paper.person, from_text(form.person_signature) if is_drawn else None),
            Signer("Signature du mandataire", paper.advisor, from_text(form.advisor_signature) if is_drawn else None),
        )

    def _fact(self, name: str, said: str) -> Fact:
        return Fact(name, said, points=self._points, indent=110, below=3)

    def _title(self, text: str) -> Title:
        return Title(text, points=self._points + 2, above=5 * self._space, below=2 * self._space)


def _dates(paper: MandatePaper) -> str:
    first, last = (labels.day(day, _ALWAYS_WITH_YEAR) for day in (paper.starts_on, paper.expires_on))
    if paper.starts_on == paper.expires_on:
        return f"Un seul jour{NBSP}: le {first}. Le mandat ne sert plus ensuite."
    lasts = labels.label(paper.form.duration)
    return f"{lasts}{NBSP}: du {first} au {last} compris. Le mandat ne sert plus ensuite, sauf si un autre est signé."


_ABOUT = "Ce papier permet de faire des démarches sur internet à la place d’une personne qui le demande."
_ON_SCREEN = "et signé à l’écran par l’un et par l’autre."
_BY_HAND = "en deux exemplaires, un pour chacun. Chacun écrit son nom et signe."
_COMMITMENTS = (
    "ne faire que les démarches écrites ici, et rien d’autre\u00a0;",
    "n’utiliser que les informations nécessaires à ces démarches\u00a0;",
    "demander son accord à la personne avant toute autre chose\u00a0;",
    "noter chaque démarche dans un journal, et le montrer à la personne quand elle le demande\u00a0;",
    "garder le secret sur ce qu’il voit et ce qu’il apprend\u00a0;",
    "protéger les papiers et les comptes de la personne, se déconnecter, ne rien laisser sur l’ordinateur.",
)
_NEVER = (
    "Le mandataire ne garde jamais les mots de passe, les codes, ni les numéros de carte bancaire\u00a0: "
    "ni sur un papier, ni dans un ordinateur, ni dans son téléphone."
)
_FREEDOMS = (
    "arrêter ce mandat, ou une famille de démarches, sans dire pourquoi\u00a0: le dire ou l’écrire suffit\u00a0;",
    "voir le journal de ce qui a été fait à sa place\u00a0;",
    "faire elle-même ses démarches, ou demander à quelqu’un d’autre.",
)
_DATA = (
    "Ce mandat et son journal sont gardés, chiffrés, dans le carnet du mandataire. Ils servent à savoir ce qui a été "
    "demandé et ce qui a été fait. Ils ne sont donnés à personne d’autre. La personne peut les voir, les faire "
    "corriger, les faire effacer, ou s’y opposer, en le demandant au mandataire. Si la réponse ne lui convient pas, "
    f"elle peut écrire à la CNIL, {labels.CNIL} (cnil.fr)."
)
_LAW = (
    "Ce mandat suit le Code civil, articles 1984 et suivants. Le mandataire répond de ce qu’il fait et de ce qu’il "
    "oublie de faire (article 1991). Le mandat finit à sa date, quand les démarches sont faites, quand la personne "
    "l’arrête, ou quand le mandataire y renonce et le lui dit. Données personnelles\u00a0: règlement (UE) 2016/679."
)
