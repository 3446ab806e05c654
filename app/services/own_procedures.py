"""The procedures that the advisor adds to those of the catalogue (« Mes modèles »)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Procedure
from app.models.base import known_or_none
from app.models.ids import new_id
from app.services.activity_rules import LONGEST_LINE
from app.services.case_rules import MOST_STEPS, one_line
from app.services.commands import SaveProcedure
from app.work import find
from protocol.vocabulary import ProcedureFamily


def save(database: Database, command: SaveProcedure) -> UUID:
    """Add a procedure, or change one; raises UserError for each field at fault."""
    fields = answers(command)
    _check(fields)
    with database.work() as work:
        found = work.find(Procedure, command.id) if command.id else None
        if command.id and found is None:
            raise UserError(_GONE)
        if found and command.opened:
            before = answers(command.opened)
            fields = {name: getattr(found, name) if before[name] == now else now for name, now in fields.items()}
        kept = replace(found or Procedure(id=new_id()), **fields)
        work.save(kept)
    return kept.id


def archive(database: Database, id_: UUID) -> None:
    """No longer offer a procedure; the cases opened from it stay as they are."""
    _change(database, id_, archived=True)


def restore(database: Database, id_: UUID) -> None:
    """Offer an archived procedure again."""
    _change(database, id_, archived=None)


def form_of(database: Database, id_: UUID) -> SaveProcedure:
    """A procedure as its form shows it; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Procedure, id_)
    if kept is None or kept.deleted:
        raise UserError(_GONE)
    form = SaveProcedure(
        id=kept.id,
        name=kept.name or "",
        family=known_or_none(ProcedureFamily, kept.family),
        bring=tuple(kept.bring or ()),
        steps=tuple(kept.steps or ()),
        site=kept.site or "",
        address=kept.address or "",
        delay=kept.delay or "",
        phone=kept.phone or "",
        source=kept.source or "",
        checked_on=kept.checked_on,
    )
    return replace(form, opened=form)


def answers(form: SaveProcedure) -> dict[str, Any]:
    """The fields of a procedure that a form answers; an address without its https:// is given it."""
    address = form.address.strip()
    return {
        "name": one_line(form.name),
        "family": form.family,
        "bring": _lines(form.bring),
        "steps": _lines(form.steps),
        "site": form.site.strip() or None,
        "address": f"https://{address}" if address and "://" not in address else address or None,
        "delay": form.delay.strip() or None,
        "phone": form.phone.strip() or None,
        "source": form.source.strip() or None,
        "checked_on": form.checked_on,
    }


def _check(fields: dict[str, Any]) -> None:
    faults = {}
    if not fields["name"]:
        faults["name"] = "Donnez un nom à cette démarche."
    if fields["family"] is None:
        faults["family"] = "Choisissez la famille de cette démarche."
    if (fields["address"] or "https://").split("://")[0] not in ("http", "https"):
        faults["address"] = "Cette adresse doit commencer par https://."
    for name in ("name", "site", "address", "delay", "phone", "source"):
        if len(fields[name] or "") > LONGEST_LINE:
            faults[name] = f"{LONGEST_LINE} caractères au plus."
    for name in ("bring", "steps"):
        lines = fields[name] or ()
        if len(lines) > MOST_STEPS:
            faults[name] = f"{MOST_STEPS} lignes au plus."
        elif any(len(line) > LONGEST_LINE for line in lines):
            faults[name] = f"Une ligne est trop longue\u00a0: {LONGEST_LINE} caractères au plus."
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def _lines(said: tuple[str, ...]) -> list[str] | None:
    return [line for one in said if (line := one_line(one))] or None


def _change(database: Database, id_: UUID, **changes: Any) -> None:
    with database.work() as work:
        kept = work.find(Procedure, id_)
        if kept is None:
            raise UserError(_GONE)
        work.save(replace(kept, **changes))


_GONE = "Cette démarche n’est plus dans vos modèles."
