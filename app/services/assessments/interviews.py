"""What an advisor does with an assessment: answer after answer, each kept at once, then its end, aims and corrections.

An assessment without a day is not ended: nothing counts or shows it but the tab where it is taken up again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Assessment, Beneficiary
from app.services import merged
from app.services.activity_rules import FIRST_YEAR, LONGEST_LINE, LONGEST_NOTES
from app.services.assessments import crcn, scoring
from app.work import Work

MOST_AIMS = 12
GONE = "Ce diagnostic n’est plus dans le carnet."


def answer(database: Database, person: UUID, id_: UUID | None, question: str, code: str | None) -> UUID:
    """Keep the answer to a question, None to take it back; begins the assessment where `id_` is None."""
    with database.work() as work:
        kept = _found(work, id_) if id_ else Assessment(beneficiary=merged.owner(work, person).id)
        if kept.deleted:
            raise UserError(GONE)
        answers = {**(kept.answers or {}), question: code}
        changed = replace(kept, answers={name: said for name, said in answers.items() if said is not None} or None)
        work.save(_scored(changed) if kept.day else changed)
    return kept.id


def finish(database: Database, id_: UUID, today: date) -> None:
    """End an assessment: it is scored, and bears this day if it had none; raises UserError if nothing is answered."""

    def finished(kept: Assessment) -> Assessment:
        if not kept.answers:
            raise UserError("Répondez au moins à une question.")
        return _scored(replace(kept, day=kept.day or today))

    _change(database, id_, finished)


def set_day(database: Database, id_: UUID, day: date, today: date) -> None:
    """Say when the questions were answered, for instance on paper; raises UserError for a day that cannot be."""
    if day > today:
        raise UserError("Cette date est dans l’avenir.", {"day": "Cette date est dans l’avenir."})
    if day.year < FIRST_YEAR:
        raise UserError("Vérifiez l’année.", {"day": "Vérifiez l’année."})
    _change(database, id_, lambda kept: replace(kept, day=day))


def set_objectives(database: Database, id_: UUID, said: Iterable[str]) -> None:
    """Keep what was agreed to learn next, in this order; raises UserError if it is too long."""
    tidy = list(dict.fromkeys(filter(None, (" ".join(one.split(" ")).strip() for one in said))))
    if len(tidy) > MOST_AIMS:
        raise UserError(f"Gardez {MOST_AIMS} objectifs au plus\u00a0: les autres viendront ensuite.")
    if any(len(one) > LONGEST_LINE for one in tidy):
        raise UserError(f"Cet objectif est trop long\u00a0: {LONGEST_LINE} caractères au plus.")
    _change(database, id_, lambda kept: replace(kept, objectives=tidy or None))


def set_notes(database: Database, id_: UUID, notes: str) -> None:
    """Keep the notes of an assessment; raises UserError if they are too long."""
    if len(notes) > LONGEST_NOTES:
        raise UserError(f"Les notes sont trop longues\u00a0: {LONGEST_NOTES} caractères au plus.")
    _change(database, id_, lambda kept: replace(kept, notes=notes.strip() or None))


def set_finer(database: Database, id_: UUID, levels: Mapping[str, int]) -> None:
    """Keep the level (1 to 8) of each competence of the CRCN that was looked at; 0 is what was not."""
    told = {code: level for code, level in levels.items() if level}
    if not set(told) <= set(crcn.COMPETENCES) or not all(1 <= level <= crcn.HIGHEST for level in told.values()):
        raise UserError(f"Un niveau va de 1 à {crcn.HIGHEST}.")
    _change(database, id_, lambda kept: replace(kept, finer=told or None))


def delete(database: Database, id_: UUID) -> None:
    """Take an assessment out of the lists and of the figures; `restore` brings it back."""
    _change(database, id_, lambda kept: replace(kept, deleted=True))


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted assessment back."""
    _change(database, id_, lambda kept: replace(kept, deleted=False))


def _scored(kept: Assessment) -> Assessment:
    answers = kept.answers or {}
    told = {domain.value: number for domain, number in scoring.scores(answers).items()}
    return replace(kept, scores=told or None, internet_use=scoring.internet_use(answers))


def _change(database: Database, id_: UUID, change: Callable[[Assessment], Assessment]) -> None:
    with database.work() as work:
        work.save(change(_found(work, id_)))


def _found(work: Work, id_: UUID) -> Assessment:
    """An assessment of somebody: of a person erased, the levels that stay are not changed."""
    kept = work.find(Assessment, id_)
    if kept is None or kept.beneficiary is None or work.find(Beneficiary, kept.beneficiary) is None:
        raise UserError(GONE)
    return kept
