"""The people followed: create, change, find while typing."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app import municipalities
from app.database import Database
from app.errors import UserError
from app.models import Beneficiary
from app.models.base import known_or_none
from app.models.beneficiary import beneficiary
from app.models.ids import new_id
from app.services import attendances, phones
from app.services.activity_rules import LONGEST_NOTES
from app.services.case_rules import one_line
from app.services.commands import SaveBeneficiary
from app.services.merged import GONE, resolve
from app.services.person_search import matches
from app.services.privacy import erasing
from app.services.rows import PersonRow
from app.work import find, find_all
from protocol.vocabulary import AgeBand, Gender, SocialStatus

FIRST_BIRTH_YEAR = 1900
LONGEST_NAME = 100
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def save(database: Database, command: SaveBeneficiary, today: date | None = None) -> UUID:
    """Create a person or change what is known of one; raises UserError for each field at fault."""
    check(command, today or date.today())
    with database.work() as work:
        found = work.find(Beneficiary, resolve(work.connection, command.id)) if command.id else None
        if command.opened and (not found or found.deleted):  # erased or taken out while the form was open
            raise UserError(GONE)
        fields = answers(command)
        if found and command.opened:
            before = answers(command.opened)
            fields = {name: getattr(found, name) if before[name] == now else now for name, now in fields.items()}
        kept = replace(found or Beneficiary(id=command.id or new_id()), **fields)
        work.save(kept)
        if found and kept.birth_year and kept.birth_year != found.birth_year:
            attendances.tell_age(work, kept)
    return kept.id


def delete(database: Database, ids: Iterable[UUID]) -> None:
    """Take people out of the lists; `restore` brings them back, with all that follows them."""
    _set_deleted(database, ids, True)


def restore(database: Database, ids: Iterable[UUID]) -> None:
    """Bring deleted people back."""
    _set_deleted(database, ids, False)


def erase(database: Database, id_: UUID) -> None:
    """Erase a person for good, here and everywhere; the presences stay as figures, and nothing says of whom."""
    erasing.erase(database, id_)


def form_of(database: Database, id_: UUID) -> SaveBeneficiary:
    """What is known of a person, as the form shows it."""
    with database.read() as connection:
        kept = find(connection, Beneficiary, id_)
    if kept is None or kept.deleted:
        raise UserError(GONE)
    form = SaveBeneficiary(
        id=kept.id,
        first_name=kept.first_name or "",
        last_name=kept.last_name or "",
        birth_year=kept.birth_year,
        phone=phones.national(kept.phone or ""),
        no_phone=bool(kept.no_phone),
        email=kept.email or "",
        address=kept.address or "",
        municipality=kept.municipality,
        postal_code=kept.postal_code,
        gender=known_or_none(Gender, kept.gender),
        age_band=known_or_none(AgeBand, kept.age_band),
        status=known_or_none(SocialStatus, kept.status),
        notes=kept.notes or "",
    )
    return replace(form, opened=form)


def search(
    database: Database, typed: str, limit: int = 8, without: frozenset[UUID] = frozenset()
) -> tuple[PersonRow, ...]:
    """The people found by the letters typed, the most accompanied first; all when nothing is typed.

    Those who hold the words as they are typed come before those who nearly do; `without` those already chosen.
    """
    found = matches(database, typed)
    wanted = _PEOPLE.where(beneficiary.c.deleted.is_(False))
    if without:
        wanted = wanted.where(beneficiary.c.id.not_in(without))
    order = [beneficiary.c.accompaniments.desc(), beneficiary.c.number.desc()]
    if found:
        wanted = wanted.where(found.condition)
        order = [found.as_typed.desc(), *order] if found.near else order
    return _rows(database, wanted.order_by(*order).limit(limit))


def named(database: Database, ids: tuple[UUID, ...]) -> tuple[PersonRow, ...]:
    """The rows of some people, in the order given; those no longer in the notebook are left out."""
    wanted = _PEOPLE.where(beneficiary.c.id.in_(ids), beneficiary.c.deleted.is_(False))
    rows = {row.id: row for row in _rows(database, wanted)}
    return tuple(rows[id_] for id_ in ids if id_ in rows)


def answers(form: SaveBeneficiary) -> dict[str, Any]:
    """The fields of a person that a form answers."""
    return {
        "first_name": one_line(form.first_name),
        "last_name": one_line(form.last_name),
        "birth_year": form.birth_year,
        "phone": None if form.no_phone else phones.canonical(form.phone),
        "no_phone": form.no_phone or None,
        "email": form.email.strip().lower() or None,
        "address": one_line(form.address) or None,
        "municipality": form.municipality,
        "postal_code": form.postal_code,
        "gender": form.gender,
        "age_band": None if form.birth_year else form.age_band,
        "status": form.status,
        "notes": form.notes.strip() or None,
    }


def check(command: SaveBeneficiary, today: date) -> None:
    """Raise UserError with a sentence for each field at fault."""
    faults = {}
    for name, value in (("last_name", command.last_name), ("first_name", command.first_name)):
        label = "le nom" if name == "last_name" else "le prénom"
        if not value.strip():
            faults[name] = f"Indiquez {label}."
        elif len(one_line(value)) > LONGEST_NAME:
            faults[name] = f"Raccourcissez {label}\u00a0: {LONGEST_NAME} caractères au plus."
    if command.birth_year is not None and not FIRST_BIRTH_YEAR <= command.birth_year <= today.year:
        faults["birth_year"] = f"L’année de naissance va de {FIRST_BIRTH_YEAR} à {today.year}."
    if command.email.strip() and not _EMAIL.match(command.email.strip()):
        faults["email"] = "Cette adresse e-mail ne semble pas complète."
    if len(command.notes) > LONGEST_NOTES:
        faults["notes"] = f"Les notes sont trop longues\u00a0: {LONGEST_NOTES} caractères au plus."
    try:
        phones.canonical("" if command.no_phone else command.phone)
    except UserError as fault:
        faults.update(fault.fields)
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def _set_deleted(database: Database, ids: Iterable[UUID], deleted: bool) -> None:
    with database.work() as work:
        found = find_all(work.connection, Beneficiary, ids)
        work.save_all([replace(one, deleted=deleted) for one in found.values()])


def _rows(database: Database, wanted: Select[Any]) -> tuple[PersonRow, ...]:
    with database.read() as connection:
        return tuple(person_row(row) for row in connection.execute(wanted))


def person_row(row: Any) -> PersonRow:
    """What is shown of a person, from a row that has PERSON_COLUMNS."""
    commune = municipalities.get(row.municipality) if row.municipality else None
    return PersonRow(
        id=row.id,
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        birth_year=row.birth_year,
        municipality=commune.name if commune else "",
        phone=phones.national(row.phone or ""),
        gender=row.gender,
        accompaniments=row.accompaniments,
    )


_SHOWN = "id", "first_name", "last_name", "birth_year", "municipality", "phone", "gender", "accompaniments"
PERSON_COLUMNS = tuple(beneficiary.c[name] for name in _SHOWN)
_PEOPLE = select(*PERSON_COLUMNS)
