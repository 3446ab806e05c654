"""The procedures that a case can be opened from: those of the catalogue, and the advisor's own (« Mes modèles »)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Row, select

from app.database import Database
from app.folding import fold
from app.models.procedure import procedure
from app.services import procedure_guides, procedures
from app.services.procedure_guides import Guide
from app.services.procedures import Procedure
from app.services.rows import GuideRow, SourceRow
from protocol.vocabulary import ProcedureFamily


def find(database: Database, key: str) -> GuideRow | None:
    """What is known of a procedure by its code or its id; None if there is none (or no more)."""
    common = procedures.get(key)
    if common is not None:
        return _common(common)
    return next((row for row in mine(database, with_archived=True) if row.key == key), None)


def mine(database: Database, with_archived: bool = False) -> tuple[GuideRow, ...]:
    """The advisor's own procedures, by name."""
    wanted = select(procedure).where(procedure.c.deleted.is_(False))
    with database.read() as connection:
        rows = [_own(row) for row in connection.execute(wanted)]
    return tuple(sorted((row for row in rows if with_archived or not row.archived), key=lambda row: fold(row.name)))


def search(database: Database, text: str, limit: int = 8) -> tuple[GuideRow, ...]:
    """The procedures that a text means, the advisor's own first; everything, family by family, for no text."""
    own = [row for row in mine(database) if _holds(row, text)]
    if fold(text):
        return (*own, *(_common(one) for one in procedures.search(text, limit)))[:limit]
    everything = (_common(one) for family in ProcedureFamily for one in procedures.of_family(family))
    return (*own, *everything)[:limit]


def _holds(row: GuideRow, text: str) -> bool:
    """Whether every word typed begins a word of the name, of what to bring, of the steps or of the site."""
    said = f" {fold(' '.join((row.name, row.site, *row.bring, *row.steps)))}"
    return all(f" {word}" in said for word in fold(text).split())


def _common(one: Procedure) -> GuideRow:
    guide = procedure_guides.get(one.code)
    if guide is None:
        return GuideRow(one.code, one.label, one.family)
    return GuideRow(
        key=one.code,
        name=one.label,
        family=one.family,
        bring=guide.bring,
        steps=guide.steps,
        site=guide.site_name,
        address=guide.site_address,
        delay=guide.delay,
        phone=guide.phone,
        phone_note=guide.phone_note,
        checked_on=guide.checked_on,
        sources=_sources(guide),
        to_verify=guide.to_verify,
    )


def _sources(guide: Guide) -> tuple[SourceRow, ...]:
    return tuple(SourceRow(one.title, one.address) for one in guide.sources)


def _own(row: Row[tuple[object, ...]]) -> GuideRow:
    source: str = row.source or ""
    checked_on: date | None = row.checked_on
    id_: UUID = row.id
    return GuideRow(
        key=str(id_),
        name=row.name or "",
        family=row.family if isinstance(row.family, ProcedureFamily) else None,
        is_own=True,
        archived=bool(row.archived),
        bring=_lines(row.bring),
        steps=_lines(row.steps),
        site=row.site or "",
        address=row.address if (row.address or "").startswith(("https://", "http://")) else "",
        delay=row.delay or "",
        phone=row.phone or "",
        checked_on=checked_on,
        sources=(SourceRow(source, ""),) if source else (),
        to_verify=not source,
    )


def _lines(kept: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(str(one) for one in kept or ())
