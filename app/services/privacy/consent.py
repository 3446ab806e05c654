"""What a person was told of the notebook and what they agreed to, and until when they are kept.

The basis of the notebook is a mission of public interest (RGPD, article 6-1 e): consent is asked only for what goes
beyond it, keeping the means of reaching somebody for instance.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Beneficiary
from app.models.base import known_or_none
from app.services.merged import GONE, resolve
from app.services.privacy import retention_of_people
from app.work import find
from protocol.vocabulary import Consent

LONGEST_YEARS = 5
"""Nobody is kept by name longer than this past today: to be asked again then."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was told, agreed, and asked to be kept."""

    informed_on: date | None = None
    consent: Consent | None = None
    """None where it was not asked."""
    consent_on: date | None = None
    keep_until: date | None = None


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """What the tab « Confidentialité » shows of a person."""

    id: UUID
    name: str
    choices: Choices
    last_contact: date
    due_on: date


def of(database: Database, id_: UUID) -> Confidentiality:
    """What is known of it; raises UserError if the person is gone."""
    with database.read() as connection:
        known = find(connection, Beneficiary, id_)
    kept = retention_of_people.of(database, id_)
    if known is None or kept is None:
        raise UserError(GONE)
    consent = known_or_none(Consent, known.consent)
    choices = Choices(known.informed_on, consent, known.consent_on, known.keep_until)
    return Confidentiality(id_, kept.name, choices, kept.last_contact, kept.due_on)


def choose(database: Database, id_: UUID, choices: Choices, today: date | None = None) -> Choices:
    """Keep what was told, agreed and asked; answers what was there before, so that it can be put back.

    Raises UserError for each field at fault.
    """
    _check(choices, today or date.today())
    with database.work() as work:
        known = work.find(Beneficiary, resolve(work.connection, id_))
        if known is None:
            raise UserError(GONE)
        work.save(
            replace(
                known,
                informed_on=choices.informed_on,
                consent=choices.consent,
                consent_on=choices.consent_on,
                keep_until=choices.keep_until,
            )
        )
    before = known_or_none(Consent, known.consent)
    return Choices(known.informed_on, before, known.consent_on, known.keep_until)


def _check(choices: Choices, today: date) -> None:
    faults = {}
    for name in ("informed_on", "consent_on"):
        day = getattr(choices, name)
        if day is not None and day > today:
            faults[name] = "Cette date est à venir\u00a0: indiquez aujourd’hui ou un jour passé."
    if choices.keep_until is not None and choices.keep_until.year > today.year + LONGEST_YEARS:
        faults["keep_until"] = f"Choisissez une date dans les {LONGEST_YEARS} ans\u00a0: elle pourra être repoussée."
    if faults:
        raise UserError(" ".join(faults.values()), faults)
