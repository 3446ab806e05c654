"""The mandates that people of the demonstration gave."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.database import Database
from app.demonstration.hours import OPENING, PACE, believe
from app.services.mandates import making
from app.services.mandates.rows import NoteUse, SignMandate
from protocol.vocabulary import MandateDuration, MandateFamily

_MANDATES = (
    (
        (MandateFamily.MONEY, MandateFamily.SOCIAL), MandateDuration.MONTH, 25,
        "Déclarer mes revenus sur impots.gouv.fr, et demander le remboursement de mes lunettes sur ameli.fr.",
        ("Déclaration de revenus remplie et envoyée avec Madame.", "Accusé de réception imprimé et remis."),
    ),
    (
        (MandateFamily.IDENTITY,), MandateDuration.DAY, 48,
        "Faire la pré-demande de carte d’identité.", ("Pré-demande faite, numéro remis sur papier.",),
    ),
    (
        (MandateFamily.HOUSING, MandateFamily.MONEY, MandateFamily.WORK), MandateDuration.SEMESTER, 40,
        "Suivre ma demande d’aide au logement, et envoyer les papiers que la CAF demande.",
        ("Demande d’aide au logement déposée.", "Attestation de loyer envoyée.", "Message lu avec Monsieur."),
    ),
)  # fmt: skip
"""Families, duration, signed how many days ago, acts, what was done with it."""


def have_mandates(database: Database, followed: Sequence[UUID], today: date) -> None:
    """A few mandates: one that ends soon, one that was used and half taken back, one that is over."""
    for place, (families, duration, ago, acts, said) in enumerate(_MANDATES):
        signed = today - timedelta(days=ago)
        believe(database, datetime.combine(signed, OPENING))
        mandate = making.sign(
            database,
            SignMandate(
                beneficiary=followed[place // 2 * 7],
                families=frozenset(families),
                duration=duration,
                starts_on=signed,
                acts=acts,
                made_at="Florac",
            ),
            signed,
        )
        for days, done in enumerate(said):
            day = min(signed + timedelta(days=days), today)
            believe(database, datetime.combine(day, OPENING) + (days + 1) * PACE)
            making.note_use(database, NoteUse(mandate, families[0], done), day)
        if len(families) > 2:
            taken_back = min(signed + timedelta(9), today)
            believe(database, datetime.combine(taken_back, OPENING))
            making.revoke(database, mandate, families[1:2], "Sa fille s’en charge.", taken_back)
