"""Whom an activity report counts: never named, only how many of each age and status."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from app.folding import fold
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.services.imports import cra_words
from app.services.imports.cells import UnreadableError
from app.services.imports.cra_fields import Report, number, word
from app.services.imports.words import stated
from protocol.vocabulary import ActivityKind, AgeBand, SocialStatus

_PARTICIPANTS = "nbParticipants"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of a report, by the ages and statuses of its time."""

    total: int
    already: int
    ages: dict[str, int]
    statuses: dict[str, int]
    warnings: tuple[str, ...] = ()


def crowd_of(report: Report, kind: ActivityKind) -> Crowd:
    """Whom a report counts; raises UnreadableError for groups that were counted wrongly."""
    ages = _counts(report, "age", cra_words.AGES, cra_words.ONE_AGE)
    statuses = _counts(report, "statut", cra_words.STATUSES, cra_words.ONE_STATUS)
    said = number(report, _PARTICIPANTS, _PARTICIPANTS)
    individual = kind is ActivityKind.INDIVIDUAL
    total = said or (1 if individual else sum(ages.values()) if isinstance(ages, dict) else 0)
    if not total:
        raise UnreadableError("Le nombre de participants de cet atelier manque\u00a0: ajoutez-le dans le fichier.")
    if individual and total > 1:
        raise UnreadableError(
            f"Un accompagnement individuel concerne une seule personne\u00a0: ce compte rendu en compte {total}."
        )
    counted_ages, some_ages = _fitted(ages, total, "Le détail des âges")
    counted_statuses, some_statuses = _fitted(statuses, total, "Le détail des statuts")
    already = number(report, "nbParticipantsRecurrents", "nbParticipantsRecurrents") or 0
    if already > total:
        raise UnreadableError(
            f"Ce compte rendu dit {already} personnes déjà accompagnées sur {total}\u00a0: corrigez-le dans le fichier."
        )
    return Crowd(total, already, counted_ages, counted_statuses, tuple(filter(None, (some_ages, some_statuses))))


def _counts(report: Report, name: str, parts: Any, one: dict[str, str]) -> dict[str, int] | str:
    """How many of each part; or, in the first generation, the only part that everybody is of."""
    found = {part: number(report, f"{name}.{part}", f"{name}.{part}") or 0 for part in parts}
    if any(found.values()):
        return {part: count for part, count in found.items() if count}
    if isinstance(report.get(name), date):  # what a spreadsheet program makes of « 12-18 »
        return "de12a18ans"
    return one.get(fold(word(report, name)).removesuffix(" ans"), "")


def _fitted(group: dict[str, int] | str, total: int, called: str) -> tuple[dict[str, int], str]:
    """The counts of a group, and a sentence where they leave people out."""
    counts = group if isinstance(group, dict) else {group: total} if group else {}
    told = sum(counts.values())
    if told > total:
        raise UnreadableError(f"{called} compte {told} personnes, mais le compte rendu en annonce {total}.")
    if not 0 < told < total:
        return counts, ""
    return (
        counts,
        f"{called} ne compte que {told} personnes sur {total}\u00a0: le reste est «\u00a0non communiqué\u00a0».",
    )


def share(count: int, percent: int, luck: int) -> int:
    """How many of `count` people are that per cent of them: whole, right in the mean of many, always the same.

    `luck`, from 0 to 9999, is drawn from the id of the activity: of a hundred activities of one person each, about
    twenty-nine fall on the side of 29 %, where the nearest whole number would put none there.
    """
    return (count * percent * 100 + luck) // 10_000


def peopled(form: RecordActivity, crowd: Crowd, id_: UUID) -> RecordActivity:
    """The activity with its people in the age bands and statuses of today."""
    ages = _bands(crowd.ages, id_)
    statuses = Counter[SocialStatus]()
    for part, count in crowd.statuses.items():
        if status := stated(cra_words.STATUSES[part]):
            statuses[status] += count
    if form.kind is ActivityKind.INDIVIDUAL:
        return replace(
            form,
            person=AnonymousPerson(
                already=crowd.already > 0, age_band=next(iter(ages), None), status=next(iter(statuses), None)
            ),
        )
    group = AnonymousGroup(crowd.total, crowd.already, age_band=ages, status=dict(statuses))
    return replace(form, anonymous=group)


def _bands(ages: dict[str, int], id_: UUID) -> dict[AgeBand, int]:
    bands = Counter[AgeBand]()
    luck = id_.int
    for part, count in ages.items():
        (first, percent), *others = cra_words.AGES[part]
        some = share(count, percent, luck % 10_000)
        luck //= 10_000
        bands[first] += some
        for other, _ in others:
            bands[other] += count - some
    return {band: count for band, count in bands.items() if count}
