"""What the answers of an assessment amount to: 0, 1 or 2 by domain, and whether it is illectronisme.

The thresholds are those of the digital skills indicator 2.0 (Eurostat, since 2021), as the Dutch institute of
statistics words them (CBS, « Digital proficiency continues to rise », November 2023, read 2026-11-28): in information
and communication, one activity is basic and two are above basic; in the three other domains, one or two are basic and
three are above basic. The list of activities itself (Eurostat isoc_sk_dskl_i21; JRC130341, 2022) could not be read
whole: « à vérifier ». We ask nineteen of about thirty, so that a person may do more than is scored, never less.

« Avec de l’aide » is our own answer: an activity that is not done alone is not counted as done, but is the first that
is advised. Eurostat only asks whether it was done.

Illectronisme: no domain above 0, or no use of the internet. The period without use is that of Insee in 2021, three
months (Insee Première 1953, June 2023, summary read 2026-11-28); in 2019 Insee counted the whole year (Insee Première
1780). Insee's summary of 2021 calls « faible » who lacks one, two or three domains of five: four zeros may already be
illectronisme for Insee (« à vérifier »); this program needs all five, as Insee did of its four domains in 2019.
"""

from collections import Counter
from collections.abc import Mapping

from app.services.assessments.questionnaire import ALONE, HELPED, NO, USE, Answers, asked
from protocol.vocabulary import SkillDomain

NONE, BASIC, ABOVE = 0, 1, 2
Scores = Mapping[SkillDomain, int]
_ABOVE_BASIC = {
    SkillDomain.INFORMATION: 2,
    SkillDomain.COMMUNICATION: 2,
    SkillDomain.CONTENT: 3,
    SkillDomain.SAFETY: 3,
    SkillDomain.PROBLEMS: 3,
}
"""How many activities done are above basic."""


def internet_use(answers: Answers) -> bool | None:
    """Whether the person used the internet in the last three months; None if it was not answered."""
    return {ALONE: True, NO: False}.get(answers.get(USE, ""))


def score(domain: SkillDomain, activities: int) -> int:
    """The score of a domain for a number of its activities done."""
    if not activities:
        return NONE
    return ABOVE if activities >= _ABOVE_BASIC[domain] else BASIC


def scores(answers: Answers) -> dict[SkillDomain, int]:
    """The score of each domain that was asked about; without internet, those that need it are 0."""
    to_ask = asked(answers)
    found = {}
    for domain in SkillDomain:
        mine = [one for one in to_ask if one.domain is domain]
        if not mine or any(one.code in answers for one in mine):
            found[domain] = score(domain, sum(answers.get(one.code) == ALONE for one in mine))
    return found


def helped(answers: Answers) -> dict[SkillDomain, int]:
    """How many activities of each domain are done with help: they are not counted as done, and are worth being told."""
    found = Counter(one.domain for one in asked(answers) if one.domain and answers.get(one.code) == HELPED)
    return dict(found)


def is_illectronism(scored: Scores, uses_internet: bool | None) -> bool | None:
    """Whether a person is in a situation of illectronisme; None if too little was answered to tell."""
    if uses_internet is False:
        return True
    if any(scored.values()):
        return False
    return True if len(scored) == len(SkillDomain) else None


def known(kept: Mapping[str, int] | None) -> dict[SkillDomain, int]:
    """Scores as a record keeps them: those that this version understands, in the order of the domains."""
    kept = kept or {}
    return {one: kept[one.value] for one in SkillDomain if kept.get(one.value) in (NONE, BASIC, ABOVE)}
