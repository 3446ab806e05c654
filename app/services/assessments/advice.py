"""What an assessment suggests: what to learn next, and the sheets to try."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from app.database import Database
from app.services.assessments import scoring
from app.services.assessments.questionnaire import ALONE, HELPED, NO, Answers, Question, asked, whole
from app.services.sheets import library
from app.services.sheets.sheet import Sheet
from protocol.vocabulary import SkillDomain, Topic, WorkshopLevel

MOST_AIMS, OF_A_DOMAIN, MOST_SHEETS = 6, 2, 4


@dataclass(frozen=True, slots=True)
class Aim:
    """Something to learn next."""

    text: str
    domain: SkillDomain | None
    themes: tuple[Topic, ...]
    sheets: tuple[str, ...]
    """Codes of the sheets that help with it, the best first."""
    level: WorkshopLevel
    """Of the sheets on its themes that may take their place."""


def aims(answers: Answers) -> tuple[Aim, ...]:
    """What to learn next: of the weakest domains first, what is nearly done (« avec de l’aide ») before the rest."""
    found = scoring.scores(answers)
    weak = sorted((one for one in found if found[one] < scoring.ABOVE), key=lambda one: found[one])
    by_domain = [tuple(_of_domain(domain, found[domain], answers)) for domain in weak]
    in_turn = (of[place] for place in range(OF_A_DOMAIN) for of in by_domain if place < len(of))
    return (*_beginnings(answers), *in_turn)[:MOST_AIMS]


def sheets(known: Iterable[Sheet], wanted: Iterable[Aim]) -> tuple[Sheet, ...]:
    """One sheet for each aim: its own, else of its themes and of the level that suits; none twice."""
    left = [one for one in known if not one.archived]
    chosen: list[Sheet] = []
    for aim in wanted:
        fitting = [one for one in left if _suits(one, aim) and one not in chosen]
        chosen += sorted(fitting, key=partial(_distance, aim))[:1]
    return tuple(chosen[:MOST_SHEETS])


def sheets_for(database: Database, wanted: Iterable[Aim]) -> tuple[Sheet, ...]:
    """The sheets of the library for these aims."""
    return sheets(library.library(database), wanted)


def _beginnings(answers: Answers) -> Iterator[Aim]:
    """What comes before every domain: a device, for who has not used the internet."""
    for one in whole().questions:
        if one.domain is None and one.aim and answers.get(one.code) == NO:
            yield Aim(one.aim, None, one.themes, one.sheets, WorkshopLevel.BEGINNER)


def _of_domain(domain: SkillDomain, score: int, answers: Answers) -> Iterator[Aim]:
    to_ask = asked(answers)
    questions = [one for one in whole().of_domain(domain).questions if _is_to_learn(one, one in to_ask, answers)]
    questions.sort(key=lambda one: answers.get(one.code) != HELPED)
    level = WorkshopLevel.BEGINNER if score == scoring.NONE else WorkshopLevel.INTERMEDIATE
    return (Aim(one.aim, domain, one.themes, one.sheets, level) for one in questions)


def _is_to_learn(question: Question, is_asked: bool, answers: Answers) -> bool:
    """What was answered otherwise than yes, or could not be asked for want of internet."""
    said = answers.get(question.code) if is_asked else NO
    return said is not None and said != ALONE


def _suits(sheet: Sheet, aim: Aim) -> bool:
    return sheet.code in aim.sheets or not set(aim.themes).isdisjoint(sheet.topics)


def _distance(aim: Aim, sheet: Sheet) -> tuple[int, bool, bool, str]:
    """The nearest is the least."""
    place = aim.sheets.index(sheet.code) if sheet.code in aim.sheets else len(aim.sheets)
    first = sheet.themes[0] if sheet.themes else None
    return place, first != aim.themes[0], sheet.level is not aim.level, sheet.title
