"""What follows a person, laid out for that person: cases, appointments, mandates with their journal, assessments."""

from collections.abc import Iterable, Iterator
from datetime import date

from app import labels
from app.services.assessments import crcn, questionnaire
from app.services.privacy.followed import FileAppointment, FileAssessment, FileCase, FileMandate, FileUse, Followed
from app.ui.paper.blocks import Block, Fact, Text, Title
from app.ui.paper.lettering import Style
from app.ui.paper.tables import Column, Table

_POINTS = 12.0
_STEPS = Column("Étape", 0.78), Column("État", 0.22)
_JOURNAL = Column("Date", 0.24), Column("Ce qui est noté au journal", 0.54), Column("Par", 0.22)
_ANSWERS = Column("Question", 0.66), Column("Votre réponse", 0.34)


def blocks(followed: Followed) -> Iterator[Block]:
    """All of it; nothing where there is nothing."""
    for title, parts in (
        ("Vos démarches", map(_case, followed.cases)),
        ("Vos rendez-vous", map(_appointment, followed.appointments)),
        ("Vos mandats", map(_mandate, followed.mandates)),
        ("Vos diagnostics", map(_assessment, followed.assessments)),
    ):
        if laid_out := [block for part in parts for block in part]:
            yield Title(title, points=16)
            yield from laid_out
    if followed.changes:
        yield Title("Quand ces informations ont été notées", points=16)
        yield Text(_written(followed), Style(_POINTS))


def _part(name: str, *facts: tuple[str, str]) -> Iterator[Block]:
    yield Title(name, points=13, level=2, above=12, below=3)
    yield from _facts(*facts)


def _facts(*facts: tuple[str, str]) -> Iterator[Block]:
    yield from (Fact(name, said, points=_POINTS) for name, said in facts if said)


def _table(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Block]:
    if lines := tuple(rows):
        yield Table(columns, lines, points=_POINTS)


def _case(one: FileCase) -> Iterator[Block]:
    yield from _part(
        one.name or "Démarche",
        ("Famille", labels.label(one.family) if one.family else ""),
        ("Où elle en est", labels.label(one.status)),
        ("Numéro", one.reference),
        ("Ouverte le", _day(one.opened_on)),
        ("Échéance", _day(one.deadline)),
        ("Close le", _day(one.closed_on)),
        ("Notes", one.notes),
    )
    yield from _table(_STEPS, ((said, "faite" if is_done else "à faire") for said, is_done in one.steps))


def _appointment(one: FileAppointment) -> Iterator[Block]:
    yield from _part(
        f"Rendez-vous du {labels.moment(one.starts)}",
        ("Durée", labels.duration(one.minutes)),
        ("Lieu", one.place),
        ("Objet", one.subject),
        ("Démarche", one.case),
        ("État", labels.label(one.status)),
    )


def _mandate(one: FileMandate) -> Iterator[Block]:
    since = f"du {_day(one.starts_on)}" if one.starts_on else ""
    until = f"au {_day(one.expires_on)}" if one.expires_on else ""
    revoked = "\n".join(f"{labels.label(family)}, le {_day(day)}" for family, day in one.revoked)
    yield from _part(
        f"Mandat {since} {until}".strip(),
        ("Durée", labels.label(one.duration) if one.duration else ""),
        ("Familles", "\n".join(map(labels.label, one.families))),
        ("Retirées", revoked),
        ("Demandé", one.acts),
        ("Fait à", one.made_at),
        ("Signé", labels.label(one.signing).lower() if one.signing else ""),
    )
    yield from _table(_JOURNAL, map(_use, one.journal))


def _use(use: FileUse) -> tuple[str, str, str]:
    what = "\n".join(filter(None, (labels.label(use.act) if use.act else "", use.said)))
    return labels.moment(use.at), what, use.author


def _assessment(one: FileAssessment) -> Iterator[Block]:
    levels = (
        f"{labels.label(domain)}\u00a0: {labels.SKILL_LEVELS[level].lower()}"
        for domain, level in one.scores
        if level in range(len(labels.SKILL_LEVELS))
    )
    internet = {None: "", True: "utilisé ces trois derniers mois", False: "pas utilisé ces trois derniers mois"}
    yield from _part(
        f"Diagnostic du {_day(one.day)}" if one.day else "Diagnostic",
        ("Internet", internet[one.internet_use]),
        ("Niveaux", "\n".join(levels)),
        ("Compétences", "\n".join(_competences(one))),
        ("Objectifs", "\n".join(one.objectives)),
        ("Notes", one.notes),
    )
    yield from _table(_ANSWERS, _answers(one))


def _answers(one: FileAssessment) -> Iterator[tuple[str, str]]:
    for question in questionnaire.whole().questions:
        choices = {choice.code: choice.text for choice in question.choices}
        if (code := one.answers.get(question.code)) is not None:
            yield question.text, choices.get(code, code)


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
