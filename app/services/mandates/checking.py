"""Whether the journal of a mandate is as it was written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from app.models import Mandate, MandateEntry
from app.models.mandate import mandate_entry
from app.services.mandates import chain
from app.services.mandates.rows import Fault
from app.work import find_all
from protocol.vocabulary import MandateAct

GONE = "Ce mandat n’est plus dans le carnet."
_LAST_MS = 32_503_680_000_000
"""The year 3000: every computer can count until then."""


def entries_of(connection: Connection, id_: UUID) -> tuple[MandateEntry, ...]:
    """The entries of a journal in the order of their chain; even those marked as deleted, which none should be."""
    ids = connection.execute(select(mandate_entry.c.id).where(mandate_entry.c.mandate == id_)).scalars().all()
    return chain.in_order(tuple(find_all(connection, MandateEntry, ids).values()))


def faults(kept: Mandate, entries: Sequence[MandateEntry]) -> tuple[Fault, ...]:
    """What is not as it was written in the journal of a mandate; nothing when it is intact.

    Whoever rewrites the whole journal with new digests is not seen here, but on the paper: it bears the last digests.
    """
    return (*_signature(entries), *_chained(kept, entries), *_revoked(kept, entries), *_uses(kept, entries))


def moment_of(entry: MandateEntry) -> datetime:
    """When an entry says that it was written, where the computer is; an altered one may say any number."""
    return datetime.fromtimestamp(max(0, min(entry.at or 0, _LAST_MS)) / 1000)


def day_of(entry: MandateEntry) -> date:
    """The day of an entry."""
    return moment_of(entry).date()


def _signature(entries: Sequence[MandateEntry]) -> Iterator[Fault]:
    signed = sum(entry.act == MandateAct.SIGNED for entry in entries)
    if signed == 0:
        yield Fault("La ligne de la signature manque.")
    elif signed > 1:
        yield Fault("La signature est écrite plusieurs fois.")


def _chained(kept: Mandate, entries: Sequence[MandateEntry]) -> Iterator[Fault]:
    known = Counter(entry.digest for entry in entries)
    for entry in entries:
        if entry.digest != chain.digest_of(entry, kept):
            is_first = entry.act == MandateAct.SIGNED
            yield Fault(
                "Le mandat, ou cette ligne, a été modifié après la signature." if is_first else
                "Cette ligne a été modifiée après avoir été écrite.",
                entry.id,
            )  # fmt: skip
        if entry.deleted or known[entry.digest] > 1:
            yield Fault("Cette ligne a été supprimée." if entry.deleted else "Cette ligne est en double.", entry.id)
        if any(digest not in known for digest in entry.previous or ()):
            yield Fault("Il manque une ligne avant celle-ci.", entry.id)
        if bool(entry.previous) == (entry.act == MandateAct.SIGNED):
            yield Fault("Cette ligne n’est pas à sa place.", entry.id)


def _revoked(kept: Mandate, entries: Sequence[MandateEntry]) -> Iterator[Fault]:
    """What the mandate says was taken back must be told by the journal; the journal alone is enough the other way."""
    if any(entry.act == MandateAct.ENDED for entry in entries):
        return
    told = {str(entry.family) for entry in entries if entry.act == MandateAct.REVOKED}
    if set(kept.revoked or ()) - told:
        yield Fault("Une famille est retirée sans que le journal le dise.")


def _uses(kept: Mandate, entries: Sequence[MandateEntry]) -> Iterator[Fault]:
    """Uses that the mandate did not allow: written by another program, or on a computer that did not know yet."""
    for entry in entries:
        if entry.act == MandateAct.USED and (sentence := _out_of_bounds(kept, entries, entry)):
            yield Fault(sentence, entry.id, is_warning=True)


def _out_of_bounds(kept: Mandate, entries: Sequence[MandateEntry], entry: MandateEntry) -> str:
    day = day_of(entry)
    if kept.starts_on is None or kept.expires_on is None or not kept.starts_on <= day <= kept.expires_on:
        return "Cette démarche a été faite hors des dates du mandat."
    if entry.family not in (kept.families or ()):
        return "Cette démarche est d’une famille qui n’est pas dans le mandat."
    ends = [one for one in entries if one.act == MandateAct.ENDED or
            (one.act == MandateAct.REVOKED and one.family == entry.family)]  # fmt: skip
    before = {one.id for one in chain.ancestors(entries, entry)}
    if any(one.id in before or day_of(one) < day for one in ends):
        return "Cette démarche a été faite alors que sa famille était retirée du mandat."
    return ""
