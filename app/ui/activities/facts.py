"""What the detail panel says of an activity, fact by fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app import labels
from app.labels import NBSP
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.services.rows import ActivityDetail, ChangeRow, PersonRow
from app.ui import activity_words
from protocol.vocabulary import ActivityKind, Autonomy, Topic, WorkshopLevel

_AUTONOMY, _LEVELS = tuple(Autonomy), tuple(WorkshopLevel)


@dataclass(frozen=True, slots=True)
class Fact:
    """A title and what is said under it, one line for each; `stars` of three where it is a rating."""

    title: str
    lines: tuple[str, ...]
    stars: int | None = None


def facts(detail: ActivityDetail) -> tuple[Fact, ...]:
    """Everything but the people, in the order of the form; what was left empty is not said."""
    form, row = detail.form, detail.row
    said = (
        Fact("Date", (_day(detail),)),
        Fact("Durée", (labels.duration(row.minutes),)),
        Fact("Lieu", (activity_words.place(row),)),
        Fact("Thématiques", tuple(labels.label(one) for one in Topic if one in form.topics)),
        Fact("Démarches", _procedures(detail)),
        Fact("Démarches suivies", detail.cases),
        Fact("Matériel", _in_order(labels.EQUIPMENT, form.equipment)),
        Fact("Autonomie", _word(form.autonomy), _stars(form.autonomy, _AUTONOMY)),
        Fact("Niveau de l’atelier", _word(form.level), _stars(form.level, _LEVELS)),
        Fact("Orientation", _referral(form)),
        Fact("Étiquettes", tuple(tag.name for tag in detail.tags)),
        Fact("Fiches remises", detail.sheets),
    )
    return tuple(fact for fact in said if fact.lines)


def person(row: PersonRow) -> str:
    """« Delmas Jeanne · 1951 · Florac »."""
    return " · ".join(part for part in (row.name, str(row.birth_year or ""), row.municipality) if part)


def anonymous(form: RecordActivity) -> tuple[str, ...]:
    """What is known of those who gave no name."""
    if form.kind is ActivityKind.WORKSHOP:
        return _group(form.anonymous)
    return () if form.participants else _anonymous_person(form.person)


def saved(detail: ActivityDetail) -> tuple[str, ...]:
    """When it was recorded, and changed for the last time."""
    lines = [f"Enregistrée le {labels.moment(detail.row.recorded_at)}{_by(detail.recorded_by)}"]
    if detail.modified_at:
        lines.append(f"Modifiée le {labels.moment(detail.modified_at)}{_by(detail.modified_by)}")
    return tuple(lines)


def change(row: ChangeRow) -> tuple[str, tuple[str, ...]]:
    """A change of the history: when and by whom, then what (« Durée : 30 min → 45 min »)."""
    when = f"{_whose(row)}{labels.moment(row.at)}"
    if row.created:
        return when, ("Activité enregistrée",)
    return when, tuple(_change_line(*field) for field in row.fields)


def _whose(row: ChangeRow) -> str:
    """« Modifié par Jeanne Roux · »; nothing for what was done here."""
    if row.here:
        return ""
    if not row.author:
        return "Sur un autre ordinateur · "
    return f"{'Enregistré' if row.created else 'Modifié'} par {row.author} · "


def _by(author: str) -> str:
    return f", par {author}" if author else ""


def _change_line(field: str, before: str, after: str) -> str:
    if field == labels.FIELDS["deleted"]:
        return "Activité supprimée" if after == "Oui" else "Suppression annulée"
    return f"{field}{NBSP}: {before} → {after}"


def _day(detail: ActivityDetail) -> str:
    said = labels.day(detail.row.day)
    return said[0].upper() + said[1:]


def _procedures(detail: ActivityDetail) -> tuple[str, ...]:
    return detail.row.procedures + _in_order(labels.FAMILIES, detail.form.families)


def _referral(form: RecordActivity) -> tuple[str, ...]:
    if form.referred is None:
        return ()
    if not form.referred:
        return ("Pas d’orientation",)
    return (labels.label(form.referral),) if form.referral else ("Oui",)


def _group(group: AnonymousGroup) -> tuple[str, ...]:
    if not group.total:
        return ()
    already = f", dont {group.already} déjà accompagné{'s' if group.already > 1 else ''}" if group.already else ""
    counted = labels.count(group.total, "participant anonyme", "participants anonymes")
    parts = (group.gender, labels.GENDERS), (group.age_band, labels.AGE_BANDS), (group.status, labels.STATUSES)
    lines = [_counts(numbers, words) for numbers, words in parts]
    return (counted + already, *(line for line in lines if line))


def _counts(numbers: Mapping[Any, int], words: Mapping[Any, str]) -> str:
    return " · ".join(f"{words[code]}{NBSP}: {numbers[code]}" for code in words if numbers.get(code))


def _anonymous_person(known: AnonymousPerson) -> tuple[str, ...]:
    words = [labels.label(code) for code in (known.gender, known.age_band, known.status) if code]
    if known.already:
        words.append("déjà accompagnée")
    return ("Personne anonyme", *((" · ".join(words),) if words else ()))


def _in_order(words: Mapping[Any, str], codes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(label for code, label in words.items() if code in codes)


def _word(code: Autonomy | WorkshopLevel | None) -> tuple[str, ...]:
    return (labels.label(code),) if code else ()


def _stars(code: object, scale: tuple[object, ...]) -> int | None:
    return scale.index(code) + 1 if code in scale else None
