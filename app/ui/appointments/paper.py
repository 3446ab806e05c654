"""« Mon rendez-vous » laid out: a sheet in large type, for the person to put on the refrigerator."""

from collections.abc import Iterator
from datetime import date, datetime

from app import labels
from app.labels import NBSP
from app.services.appointments.card import AppointmentCard
from app.ui.paper.blocks import Block, Fact, Frame, Rule, Text, Title
from app.ui.paper.document import Document
from app.ui.paper.fitting import fitted
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET
from app.ui.paper.tick_box import TickBox

_LETTERS = (20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
"""Points: the largest with which it takes the fewest pages."""
_SMALL, _DAY, _HOUR = Style(13, colour=QUIET), Style(28, bold=True), Style(36, bold=True)
_ALWAYS_WITH_YEAR = date.min


def document(card: AppointmentCard) -> Document:
    """The card, to be saved or printed."""
    return fitted(lambda points: _document(card, Style(points)), _LETTERS)


def _document(card: AppointmentCard, body: Style) -> Document:
    return Document(
        title=f"Mon rendez-vous - {card.person} - {card.row.starts:%Y-%m-%d}",
        blocks=tuple(_blocks(card, body)),
        foot=f"Mon rendez-vous · {card.person} · {labels.short_day(card.drawn_up_on)}",
        author=card.advisor,
        subject="Carte de rendez-vous, remise à la personne",
    )


def _blocks(card: AppointmentCard, body: Style) -> Iterator[Block]:
    row = card.row
    yield Title("Mon rendez-vous", points=26, level=0, above=0, below=4)
    yield Text(f"Pour {card.person}", body, below=8)
    when = (
        Text(labels.day(row.starts.date(), _ALWAYS_WITH_YEAR).capitalize(), _DAY, below=2),
        Text(f"à {spoken_hour(row.starts)}", _HOUR, below=4),
        Text(f"Prévoir {labels.duration(row.minutes)}.", _SMALL, below=0),
    )
    yield Frame(when, below=14)
    yield from (Fact(name, said, points=body.points, indent=120, below=10) for name, said in _facts(card) if said)
    if card.bring:
        yield Title("Ce que j’apporte", points=18, above=8, below=6)
        yield from (TickBox(one, False, body.points) for one in card.bring)
    yield Rule()
    yield Text(_UNABLE, _SMALL, below=0)


def _facts(card: AppointmentCard) -> tuple[tuple[str, str], ...]:
    row = card.row
    where = "\n".join(filter(None, (row.place, card.address, row.place_note)))
    who = ", ".join(filter(None, (card.advisor or "Votre conseiller numérique", card.structure)))
    what = "\n".join(dict.fromkeys(filter(None, (row.case_name, row.subject))))
    return ("Où", where), ("Avec qui", who), ("Pour quoi", what)


def spoken_hour(moment: datetime) -> str:
    """« 14 heures 30 », « 9 heures », « midi »."""
    if (moment.hour, moment.minute) == (12, 0):
        return "midi"
    hours = f"{moment.hour}{NBSP}{'heures' if moment.hour > 1 else 'heure'}"
    return f"{hours}{NBSP}{moment.minute:02d}" if moment.minute else hours


_UNABLE = (
    f"Si je ne peux pas venir, je préviens, même au dernier moment{NBSP}: quelqu’un d’autre pourra venir à ma place."
)
