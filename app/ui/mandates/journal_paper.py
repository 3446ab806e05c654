"""The journal of a mandate laid out: each line with the beginning of its digest, and the last digests in full."""

from collections.abc import Iterator

from app import labels
from app.labels import NBSP
from app.services.draft_words import of_name
from app.services.mandates.papers import JournalPaper
from app.services.mandates.rows import EntryRow
from app.ui.mandates import words
from app.ui.paper.blocks import Block, Fact, Text, Title
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from app.ui.paper.tables import Column, Table

_BODY, _SMALL = Style(11), Style(9.5, colour=QUIET)
_SHOWN = 8
"""First letters of a digest beside its line."""
_COLUMNS = (Column("Date", 0.17), Column("Ce qui est noté", 0.51), Column("Par", 0.2), Column("Empreinte", 0.12))


def document(paper: JournalPaper) -> Document:
    """The journal, to be handed over or kept."""
    person = paper.detail.row.person
    return Document(
        title=f"Journal du mandat {of_name(person)}",
        blocks=tuple(_blocks(paper)),
        foot=f"Journal du mandat {of_name(person)} · {labels.short_day(paper.drawn_up_on)}",
        author=paper.advisor,
        subject="Ce qui a été fait à la place d’une personne, ligne après ligne",
    )


def _blocks(paper: JournalPaper) -> Iterator[Block]:
    row = paper.detail.row
    by = ", ".join(filter(None, (paper.advisor, paper.structure)))
    yield Title("Journal du mandat", points=22, level=0, above=0, below=2)
    yield Text(f"{row.person}, du {labels.short_day(row.starts_on)} au {labels.short_day(row.expires_on)}.", _BODY)
    yield Fact("Démarches", words.families(row.families), points=11)
    yield Fact("Demandé", row.acts, points=11)
    yield Fact("Établi le", f"{labels.short_day(paper.drawn_up_on)}{f' par {by}' if by else ''}", points=11, below=10)
    yield Table(_COLUMNS, [_cells(one) for one in paper.detail.entries])
    yield Title("Ce journal est-il intact\u00a0?", points=14)
    if paper.detail.faults:
        yield from (Text(f"Attention{NBSP}: {one.sentence}", Style(11, bold=True)) for one in paper.detail.faults)
    else:
        yield Text("Oui. Chaque ligne porte l’empreinte de celles d’avant\u00a0: rien n’a été changé.", _BODY)
    yield Text(_LAST, _SMALL, below=4)
    yield from (Text(digest, Style(9.5), below=3) for digest in paper.detail.heads)


def _cells(entry: EntryRow) -> tuple[str, ...]:
    faults = "".join(f"\nAttention{NBSP}: {one}" for one in entry.faults)
    said = "\n".join(filter(None, (words.act(entry), entry.said)))
    return labels.moment(entry.at), said + faults, entry.author, entry.digest[:_SHOWN]


_LAST = (
    "Dernières empreintes (SHA-256). Elles résument tout le journal\u00a0: si une ligne changeait, "
    "elles ne seraient plus les mêmes."
)
