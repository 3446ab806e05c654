"""What follows a person, laid out for that person: cases, appointments, mandates with their journal, assessments."""

from collections.abc import Iterable, Iterator
from datetime import date

from app import labels
from app.services.assessments import crcn, questionnaire
from app.services.privacy.followed import FileAppointment, FileAssessment, FileCase, FileMandate, FileUse, Followed
from app.ui.paper.blocks import Block, Fact, Text, Title
from app.ui.paper.lettering import Style

_POINTS = 12.0
Facts = Iterable[tuple[str, str]]


def blocks(followed: Followed) -> Iterator[Block]:
    """All of it; nothing where there is nothing."""
    for title, parts in (
        ("Vos démarches", [_case(one) for one in followed.cases]),
        ("Vos rendez-vous", [_appointment(one) for one in followed.appointments]),
        ("Vos mandats", [_mandate(one) for one in followed.mandates]),
        ("Vos diagnostics", [_assessment(one) for one in followed.assessments]),
    ):
        if parts:
            yield Title(title, points=16)
        for name, facts in parts:
            yield Title(name, points=13, level=2, above=12, below=3)
            yield from (Fact(fact, said, points=_POINTS) for fact, said in facts if said)
    if followed.changes:
        yield Title("Quand ces informations ont été notées", points=16)
        yield Text(_written(followed), Style(_POINTS))


def _case(one: FileCase) -> tuple[str, Facts]:
    steps = "\n".join(f"{'fait' if is_done else 'à faire'}\u00a0: {said}" for said, is_done in one.steps)
    return one.name or "Démarche", (
        ("Famille", labels.label(one.family) if one.family else ""),
        ("Où elle en est", labels.label(one.status)),
        ("Numéro", one.reference),
        ("Ouverte le", _day(one.opened_on)),
        ("Échéance", _day(one.deadline)),
        ("Close le", _day(one.closed_on)),
        ("Étapes", steps),
        ("Notes", one.notes),
    )


def _appointment(one: FileAppointment) -> tuple[str, Facts]:
    return f"Rendez-vous du {labels.moment(one.starts)}", (
        ("Durée", labels.duration(one.minutes)),
        ("Lieu", one.place),
        ("Objet", one.subject),
        ("Démarche", one.case),
        ("État", labels.label(one.status)),
    )


def _mandate(one: FileMandate) -> tuple[str, Facts]:
    since = f"du {_day(one.starts_on)}" if one.starts_on else ""
    until = f"au {_day(one.expires_on)}" if one.expires_on else ""
    revoked = "\n".join(f"{labels.label(family)}, le {_day(day)}" for family, day in one.revoked)
    return f"Mandat {since} {until}".strip(), (
        ("Durée", labels.label(one.duration) if one.duration else ""),
        ("Familles", ", ".join(map(labels.label, one.families))),
        ("Retirées", revoked),
        ("Actes", one.acts),
        ("Fait à", one.made_at),
        ("Signé", labels.label(one.signing).lower() if one.signing else ""),
        ("Journal", "\n".join(map(_use, one.journal))),
    )


def _use(use: FileUse) -> str:
    what = ", ".join(filter(None, (labels.label(use.act) if use.act else "", use.said)))
    by = f" ({use.author})" if use.author else ""
    return f"{labels.moment(use.at)}\u00a0: {what}{by}"


def _assessment(one: FileAssessment) -> tuple[str, Facts]:
    levels = (
        f"{labels.label(domain)}\u00a0: {labels.SKILL_LEVELS[level].lower()}"
        for domain, level in one.scores
        if level in range(len(labels.SKILL_LEVELS))
    )
    internet = {None: "", True: "utilisé ces trois derniers mois", False: "pas utilisé ces trois derniers mois"}
    return f"Diagnostic du {_day(one.day)}" if one.day else "Diagnostic", (
        ("Internet", internet[one.internet_use]),
        ("Niveaux", "\n".join(levels)),
        ("Réponses", "\n".join(_answers(one))),
        ("Compétences", "\n".join(_competences(one))),
        ("Objectifs", "\n".join(one.objectives)),
        ("Notes", one.notes),
    )


def _answers(one: FileAssessment) -> Iterator[str]:
    for question in questionnaire.whole().questions:
        choices = {choice.code: choice.text for choice in question.choices}
        if (code := one.answers.get(question.code)) is not None:
            yield f"{question.text} {choices.get(code, code)}"


def _competences(one: FileAssessment) -> Iterator[str]:
    """The finer grid: « Interagir : 3 sur 8 »."""
    for code, level in sorted(one.finer.items()):
        yield f"{crcn.COMPETENCES.get(code, code)}\u00a0: {level} sur {crcn.HIGHEST}"


def _written(followed: Followed) -> str:
    first, last = followed.changes[0].at.date(), followed.changes[-1].at.date()
    if first == last:
        return f"Le {_day(first)}."
    number = labels.count(len(followed.changes) - 1, "correction")
    return f"La première fois le {_day(first)}, puis {number}, la dernière le {_day(last)}."


def _day(day: date | None) -> str:
    return labels.short_day(day) if day else ""
