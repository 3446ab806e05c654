"""The procedures that people of the demonstration are helped with."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from app.database import Database
from app.services import case_lists, cases
from app.services.commands import SaveCase
from protocol.vocabulary import CaseStatus

_CASES = (
    ("carte_grise", CaseStatus.TO_COMPLETE, -3, 3, "2026-VT-48-00317"),
    ("carte_identite", CaseStatus.TO_PREPARE, 2, 1, ""),
    ("aide_logement", CaseStatus.WAITING, 6, 2, "CAF 0482 117"),
    ("declaration_revenus", CaseStatus.TO_PREPARE, 24, 0, ""),
    ("titre_sejour", CaseStatus.SUBMITTED, 45, 4, ""),
    ("retraite_demande", CaseStatus.WAITING, None, 2, ""),
    ("rendez_vous_medical", CaseStatus.TO_PREPARE, None, 0, ""),
    ("carte_vitale", CaseStatus.DONE, None, 4, ""),
    ("listes_electorales", CaseStatus.ABANDONED, None, 1, ""),
)
"""Procedure, status, days until its deadline, steps done, reference."""


def follow_cases(database: Database, followed: Sequence[UUID], today: date) -> None:
    """A few procedures under way, of which some are pressing, and some that are over."""
    for place, (procedure, status, days, done, reference) in enumerate(_CASES):
        deadline = None if days is None else today + timedelta(days=days)
        command = SaveCase(
            beneficiary=followed[place * 7 % len(followed)],
            procedure=procedure,
            status=status,
            deadline=deadline,
            reference=reference,
        )
        opened = cases.save(database, command, today - timedelta(days=20 - place))
        for step in case_lists.detail(database, opened, today).steps[:done]:
            cases.tick(database, opened, step.id, True)
