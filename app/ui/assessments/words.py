"""How an assessment is told: its levels, what changed since the one before, and where it stands."""

from collections.abc import Iterable
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.assessments import scoring
from app.services.assessments.history import AssessmentRow, Change, changes
from app.services.assessments.questionnaire import whole
from app.ui.assessments.levels import Level
from protocol.vocabulary import SkillDomain

_ALWAYS_WITH_YEAR = date.min
NOT_ASKED = "non demandé"
ILLECTRONISM = "Situation d’illectronisme au sens de l’Insee"
ILLECTRONISM_DEFINITION = (
    "Aucun des cinq domaines n’a les bases, ou internet n’a pas été utilisé depuis trois mois (Insee, 2021). "
    "Ce mot n’est pas imprimé pour la personne."
)


def levels(row: AssessmentRow, before: AssessmentRow | None = None) -> tuple[Level, ...]:
    """The lines of the drawing: the five domains, and what they were before."""
    was = before.scores if before else {}
    return tuple(_level(domain, row.scores.get(domain), was.get(domain)) for domain in SkillDomain)


def sentences(row: AssessmentRow) -> tuple[tuple[str, str], ...]:
    """The domains in words for the person: name, what they do alone, and what they do with help."""
    helped = scoring.helped(row.answers)
    return tuple((labels.label(one), _sentence(one, score, helped.get(one, 0))) for one, score in row.scores.items())


def evolution(before: AssessmentRow, row: AssessmentRow) -> str:
    """« Depuis le 3 mars : 2 domaines en progrès, 3 inchangés. », kindly."""
    assert before.day is not None
    found = tuple(changes(before.scores, row.scores))
    up, down = (sum(one.way == way for one in found) for way in (1, -1))
    same = len(found) - up - down
    said = (
        labels.count(up, "domaine en progrès", "domaines en progrès") if up else "",
        labels.count(same, "inchangé") if same else "",
        f"{down}{NBSP}à reprendre ensemble" if down else "",
    )
    told = ", ".join(filter(None, said)) or "rien à comparer"
    return f"Depuis le {labels.short_day(before.day)}{NBSP}: {told}."


def progressed(found: Iterable[Change]) -> tuple[str, ...]:
    """« Communiquer : vous aviez les bases, vous êtes maintenant à l’aise. » of the domains that went up."""
    return tuple(f"{labels.label(one.domain)}{NBSP}: {_PROGRESS[one.before, one.now]}" for one in found if one.way > 0)


def title(row: AssessmentRow) -> str:
    """« Diagnostic du mardi 24 novembre 2026 »."""
    return f"Diagnostic du {long_day(row.day or row.begun_on)}"


def long_day(day: date) -> str:
    """« mardi 24 novembre 2026 »."""
    return labels.day(day, _ALWAYS_WITH_YEAR)


def summary(row: AssessmentRow) -> str:
    """« 1 à l’aise, 2 les bases, 2 à découvrir »."""
    numbers = [(sum(score == level for score in row.scores.values()), level) for level in (2, 1, 0)]
    told = (f"{number}{NBSP}{labels.SKILL_LEVELS[level].lower()}" for number, level in numbers if number)
    return ", ".join(told) or "aucun domaine demandé"


def waiting(row: AssessmentRow) -> str:
    """« Un diagnostic est commencé depuis le 24/11/2026 : 7 questions sur 25. »."""
    done, total = row.progress
    said = f"{labels.count(done, 'question')} sur {total}"
    return f"Un diagnostic est commencé depuis le {labels.short_day(row.begun_on)}{NBSP}: {said}."


def _sentence(domain: SkillDomain, score: int, helped: int) -> str:
    said = whole().of_domain(domain).sentences[score]
    return (
        f"{said} Avec de l’aide, vous faites {'aussi' if score else 'déjà'} {labels.count(helped, 'chose')}."
        if helped
        else said
    )


def _level(domain: SkillDomain, score: int | None, was: int | None) -> Level:
    words = labels.SKILL_LEVELS[score] if score is not None else NOT_ASKED
    aside = ""
    if score is not None and was is not None:
        aside = f"avant{NBSP}: {labels.SKILL_LEVELS[was].lower()}" if was != score else "comme avant"
    return Level(labels.label(domain), score, words, aside)


_PROGRESS = {
    (0, 1): "vous avez maintenant les bases.",
    (0, 2): "vous êtes maintenant à l’aise.",
    (1, 2): "vous aviez les bases, vous êtes maintenant à l’aise.",
}
