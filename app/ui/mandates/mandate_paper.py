"""The written mandate laid out, in easy French: who, what, how long, what each may do, both signatures.

Legal basis: Code civil, articles 1984 to 2010 (mandate), 1991 (liability of who acts), 2003 and 2004 (its end);
règlement (UE) 2016/679 (RGPD), articles 13 and 15 to 21. Content: Aidants Connect (fact sheet programme.md §5.1).
"""

from collections.abc import Iterator
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.draft_words import of_name
from app.services.mandates.papers import MandatePaper
from app.services.signatures import from_text
from app.ui.mandates.signatures_block import Signatures, Signer
from app.ui.paper.blocks import Block, Fact, Frame, Item, Text, Title, Together
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from protocol.vocabulary import Signing

_BODY, _STRONG = Style(12), Style(12, bold=True)
_SMALL, _QUIET = Style(10, colour=QUIET), Style(12, colour=QUIET)
_ALWAYS_WITH_YEAR = date.min
_BLANK = "…………………………………………"


def document(paper: MandatePaper) -> Document:
    """The mandate, to be signed by hand in two copies, or signed already."""
    return Document(
        title=f"Mandat {of_name(paper.person)}",
        blocks=tuple(_blocks(paper)),
        foot=f"Mandat {of_name(paper.person)} · du {labels.short_day(paper.starts_on)} "
        f"au {labels.short_day(paper.expires_on)}",
        author=paper.advisor,
        subject="Mandat écrit pour faire des démarches en ligne à la place d’une personne",
    )


def _blocks(paper: MandatePaper) -> Iterator[Block]:
    yield Title("Mandat pour faire des démarches en ligne", points=20, level=0, above=0, below=2)
    yield Text(
        "Ce papier permet à une personne de faire des démarches sur internet à la place d’une autre, qui le demande.",
        _QUIET,
        below=8,
    )
    yield from _between(paper)
    yield from _what(paper)
    yield _titled("Combien de temps", Text(_dates(paper), _BODY, below=4))
    yield from _list("Le mandataire s’engage à", _COMMITMENTS)
    yield Frame((Text(_NEVER, _STRONG, below=0),), padding=9, below=6)
    yield from _list("La personne peut à tout moment", _FREEDOMS)
    yield _titled("Les informations notées", Text(_DATA, _BODY, below=4))
    yield Text(_LAW, _SMALL, below=4)
    yield Together(tuple(_signed(paper)))


def _between(paper: MandatePaper) -> Iterator[Block]:
    yield Title("Entre", points=14, above=4, below=3)
    yield Fact("La personne", f"{paper.person or _BLANK} (le mandant{NBSP}: celle qui demande)", points=12, indent=100)
    who = ", ".join(filter(None, (paper.advisor or _BLANK, "conseiller numérique", paper.structure)))
    yield Fact("Le mandataire", f"{who} (celui qui fait à sa place)", points=12, indent=100)


def _what(paper: MandatePaper) -> Iterator[Block]:
    yield Title("Pour quelles démarches", points=14, above=8, below=3)
    for code, name in labels.MANDATE_FAMILIES.items():
        if code in paper.form.families:
            yield Item(name, _STRONG, sign="✓", indent=18, below=3)
    if not paper.form.families:
        yield Text(_BLANK, _BODY, below=2)
    yield Text(f"Plus précisément, la personne demande{NBSP}:", _QUIET, below=3)
    yield Text(paper.form.acts or f"{_BLANK}{_BLANK}\n{_BLANK}{_BLANK}", _BODY, below=4)


def _dates(paper: MandatePaper) -> str:
    first, last = (labels.day(day, _ALWAYS_WITH_YEAR) for day in (paper.starts_on, paper.expires_on))
    if paper.starts_on == paper.expires_on:
        return f"Un seul jour{NBSP}: le {first}. Le mandat ne sert plus ensuite."
    lasts = labels.label(paper.form.duration)
    return f"{lasts}{NBSP}: du {first} au {last} compris. Le mandat ne sert plus ensuite, sauf si un autre est signé."


def _list(title: str, lines: tuple[str, ...]) -> Iterator[Block]:
    yield Title(title, points=14, above=8, below=3)
    yield from (Item(line, _BODY, indent=14, below=2) for line in lines)


def _titled(title: str, said: Text) -> Block:
    return Together((Title(title, points=14, above=8, below=3), said))


def _signed(paper: MandatePaper) -> Iterator[Block]:
    form = paper.form
    is_drawn = form.signing is Signing.SCREEN
    if is_drawn:
        yield Text("Signé à l’écran, par l’un et par l’autre.", _SMALL, below=3)
    else:
        yield Text("En deux exemplaires, un pour chacun. Chacun écrit son nom et signe.", _SMALL, below=3)
    yield Text(f"Fait à {form.made_at or _BLANK}, le {labels.short_day(paper.signed_on)}", _BODY, below=4)
    yield Signatures(
        Signer("Signature de la personne", paper.person, from_text(form.person_signature) if is_drawn else None),
        Signer("Signature du mandataire", paper.advisor, from_text(form.advisor_signature) if is_drawn else None),
    )


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
    "arrêter ce mandat, en entier ou pour une seule famille de démarches, sans dire pourquoi\u00a0: "
    "il suffit de le dire ou de l’écrire\u00a0;",
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
