"""What the people of the demonstration were told and agreed to, and somebody who is about to be forgotten."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.database import Database
from app.demonstration.hours import OPENING, believe
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.privacy import consent
from app.services.privacy.consent import Choices
from protocol.vocabulary import Consent


def tell_rights(database: Database, followed: Sequence[UUID], today: date) -> None:
    """Most were handed the information sheet, some agreed to be called back, one of them no longer does."""
    for number, person in enumerate(followed):
        informed = today - timedelta(days=7 + number % 40)
        agreed = {0: Consent.GIVEN, 7: Consent.REFUSED, 14: Consent.WITHDRAWN}.get(number % 21)
        choices = Choices(informed if number % 4 else None, agreed, informed if agreed else None)
        if choices != Choices():
            consent.choose(database, person, choices, today)


def somebody_long_gone(database: Database, today: date) -> None:
    """Met once, almost a year ago: about to become anonymous."""
    last = today - timedelta(days=350)
    believe(database, datetime.combine(last, OPENING))
    beneficiaries.save(database, SaveBeneficiary(first_name="Simone", last_name="Bonnefoy"), last)
