"""What an advisor does with mandates: have one signed, note each use, take families back, end it, renew it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from app import labels
from app.database import Database
from app.errors import UserError
from app.models import Mandate, MandateEntry
from app.models.mandate import mandate
from app.services import merged, places
from app.services.mandates import chain, checking, lists, rules
from app.services.mandates.rows import MandateRow, MandateState, NoteUse, SignMandate
from app.work import Work, find
from protocol.vocabulary import MandateAct, MandateFamily

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class _Line:
    """What an entry of the journal tells."""

    act: MandateAct
    said: str
    family: MandateFamily | None = None
    day: date | None = None
    """None: now."""


def sign(database: Database, command: SignMandate, today: date | None = None) -> UUID:
    """Keep a mandate that was just signed, and begin its journal; raises UserError for each field at fault."""
    command = rules.tidy(command)
    rules.check(command, today or today_in(database))
    assert command.starts_on is not None
    assert command.beneficiary is not None
    with database.work() as work:
        person = merged.owner(work, command.beneficiary)
        kept = Mandate(
            beneficiary=person.id,
            duration=command.duration,
            starts_on=command.starts_on,
            expires_on=rules.expires_on(command.starts_on, command.duration),
            families=[family.value for family in MandateFamily if family in command.families],
            acts=command.acts,
            made_at=command.made_at or None,
            signing=command.signing,
            person_signature=command.person_signature or None,
            advisor_signature=command.advisor_signature or None,
        )
        work.save(kept)
        name = " ".join(filter(None, (person.first_name, person.last_name)))
        how = labels.label(command.signing).lower()
        _write(database, work, kept, _Line(MandateAct.SIGNED, f"Mandat donné par {name}, signé {how}."))
    return kept.id


def note_use(database: Database, command: NoteUse, today: date | None = None) -> UUID:
    """Write in the journal what was done; raises UserError if the mandate does not allow it that day."""
    today = today or today_in(database)
    day, said = command.day or today, rules.use(command.said)
    if day > today:
        raise UserError(_TO_COME, {"day": _TO_COME})
    with database.work() as work:
        row = lists.row_of(work.connection, command.mandate, today)
        if sentence := rules.refusal(row, command.family, day):
            raise UserError(sentence, {"family": sentence})
        line = _Line(MandateAct.USED, said, command.family, None if day == today else day)
        return _write(database, work, _found(work, command.mandate), line)


def revoke(
    database: Database, id_: UUID, families: Iterable[MandateFamily], why: str = "", today: date | None = None
) -> None:
    """Take families back at the person's wish; the last one ends the mandate. Raises UserError if none can be."""
    today = today or today_in(database)
    with database.work() as work:
        row, kept = lists.row_of(work.connection, id_, today), _found(work, id_)
        gone = _to_take_back(row, frozenset(families))
        work.save(_without(kept, row, gone, today))
        for family in gone:
            _write(database, work, kept, _Line(MandateAct.REVOKED, why.strip(), family))
        if set(gone) == set(row.left):
            _write(database, work, kept, _Line(MandateAct.ENDED, "Toutes les familles sont retirées."))


def end(database: Database, id_: UUID, why: str = "", today: date | None = None) -> None:
    """End a mandate before its term: what was to be done is done, or the person or the advisor wants no more of it."""
    today = today or today_in(database)
    with database.work() as work:
        row, kept = lists.row_of(work.connection, id_, today), _found(work, id_)
        gone = _to_take_back(row, frozenset(row.left))
        work.save(_without(kept, row, gone, today))
        _write(database, work, kept, _Line(MandateAct.ENDED, why.strip()))


def blank(database: Database, person: UUID, today: date | None = None) -> SignMandate:
    """The form of a new mandate, at the commune of the last one, or else of the advisor's usual place."""
    usual = next(iter(places.mine(database)), None)
    with database.read() as connection:
        last = connection.execute(_LAST_PLACE).scalar_one_or_none()
    made_at = last or (usual.municipality_name if usual else "")
    return SignMandate(beneficiary=person, starts_on=today or today_in(database), made_at=made_at)


def renewal(database: Database, id_: UUID, today: date | None = None) -> SignMandate:
    """The form of a mandate that follows another with the same choices, to be signed anew; raises UserError if gone."""
    today = today or today_in(database)
    with database.read() as connection:
        row = lists.row_of(connection, id_, today)
    follows = row.expires_on + timedelta(days=1) if row.is_active or row.state is MandateState.COMING else today
    usual = SignMandate()
    return SignMandate(
        beneficiary=row.beneficiary,
        families=frozenset(row.left or row.families),
        duration=row.duration or usual.duration,
        starts_on=follows,
        acts=row.acts,
        made_at=row.made_at,
        signing=row.signing or usual.signing,
    )


def today_in(database: Database) -> date:
    """The day by the clock of the notebook."""
    return datetime.fromtimestamp(database.now_ms() / 1000).date()


def form_of(database: Database, id_: UUID) -> SignMandate:
    """A mandate as its form had it when it was signed; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Mandate, id_)
    if kept is None or kept.deleted:
        raise UserError(checking.GONE)
    usual = SignMandate()
    return SignMandate(
        beneficiary=kept.beneficiary,
        families=frozenset(family for family in MandateFamily if family in (kept.families or ())),
        duration=kept.duration or usual.duration,
        starts_on=kept.starts_on,
        acts=kept.acts or "",
        made_at=kept.made_at or "",
        signing=kept.signing or usual.signing,
        person_signature=kept.person_signature or "",
        advisor_signature=kept.advisor_signature or "",
    )


def _to_take_back(row: MandateRow, families: frozenset[MandateFamily]) -> list[MandateFamily]:
    """The families that are still there to be taken back; raises UserError if there are none."""
    if row.state is MandateState.OVER:
        raise UserError(f"Ce mandat est déjà fini, depuis le {labels.short_day(row.expires_on)}.")
    if not row.left:
        raise UserError("Toutes les familles de ce mandat sont déjà retirées.")
    gone = [family for family in row.left if family in families]
    if not gone:
        sentence = "Choisissez au moins une famille à retirer."
        raise UserError(sentence, {"families": sentence})
    return gone


def _without(kept: Mandate, row: MandateRow, gone: Iterable[MandateFamily], today: date) -> Mandate:
    before = {family.value: day.isoformat() for family, day in row.revoked}
    return replace(kept, revoked=before | {family.value: today.isoformat() for family in gone})


def _write(database: Database, work: Work, kept: Mandate, line: _Line) -> UUID:
    """Add a line at the end of a journal: it names the latest ones, and nothing changes it afterwards."""
    now = database.now_ms()
    noon = datetime.combine(line.day, _NOON) if line.day else None
    entry = MandateEntry(
        created_at=now,
        mandate=kept.id,
        at=round(noon.timestamp() * 1000) if noon else now,
        act=line.act,
        family=line.family,
        said=line.said or None,
        author=work.get_state("advisor.name") or None,
        previous=chain.heads(checking.entries_of(work.connection, kept.id)),
    )
    work.save(replace(entry, digest=chain.digest_of(entry, kept)))
    return entry.id


def _found(work: Work, id_: UUID) -> Mandate:
    kept = work.find(Mandate, id_)
    if kept is None:
        raise UserError(checking.GONE)
    return kept


_LAST_PLACE = (
    select(mandate.c.made_at)
    .where(mandate.c.deleted.is_(False), mandate.c.made_at.is_not(None))
    .order_by(mandate.c.number.desc())
    .limit(1)
)
_TO_COME = "Notez ce qui est fait, pas ce qui est à faire\u00a0: ce jour n’est pas encore venu."
