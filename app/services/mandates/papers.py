"""What is printed of a mandate, signed or about to be, and of its journal."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.database import Database
from app.services import access, beneficiaries, organisations
from app.services.mandates import lists, making, rules
from app.services.mandates.rows import MandateDetail, SignMandate
from protocol.vocabulary import MandateAct


@dataclass(frozen=True, slots=True)
class MandatePaper:
    """A mandate, and between whom it is."""

    form: SignMandate
    person: str
    """First name then name, as the person is called."""
    starts_on: date
    expires_on: date
    signed_on: date
    advisor: str
    structure: str


@dataclass(frozen=True, slots=True)
class JournalPaper:
    """The journal of a mandate on a day."""

    detail: MandateDetail
    drawn_up_on: date
    advisor: str
    structure: str


def to_sign(database: Database, form: SignMandate, today: date) -> MandatePaper:
    """The mandate that a form tells, as it is now."""
    form = rules.tidy(form)
    starts_on = form.starts_on or today
    known = beneficiaries.named(database, (form.beneficiary,)) if form.beneficiary else ()
    employer = organisations.on(database, today)
    return MandatePaper(
        form=form,
        person=f"{known[0].first_name} {known[0].last_name}".strip() if known else "",
        starts_on=starts_on,
        expires_on=rules.expires_on(starts_on, form.duration),
        signed_on=today,
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
    )


def kept(database: Database, id_: UUID, today: date) -> MandatePaper:
    """A mandate that was signed, as it was; raises UserError if it is gone."""
    detail = lists.detail(database, id_, today)
    signed = next((entry for entry in detail.entries if entry.act is MandateAct.SIGNED), None)
    signed_on = signed.at.date() if signed else detail.row.starts_on
    employer = organisations.on(database, signed_on)
    return MandatePaper(
        form=making.form_of(database, id_),
        person=detail.row.person,
        starts_on=detail.row.starts_on,
        expires_on=detail.row.expires_on,
        signed_on=signed_on,
        advisor=(signed.author if signed else "") or access.advisor_name(database),
        structure=employer.name if employer else "",
    )


def journal(database: Database, id_: UUID, today: date) -> JournalPaper:
    """The journal of a mandate; raises UserError if it is gone."""
    employer = organisations.on(database, today)
    return JournalPaper(
        detail=lists.detail(database, id_, today),
        drawn_up_on=today,
        advisor=access.advisor_name(database),
        structure=employer.name if employer else "",
    )
