"""The questions of the assessment, as resources/diagnostic/questionnaire.toml writes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.resources import resource
from protocol.vocabulary import SkillDomain, Topic

Answers = Mapping[str, str]
"""The code of the answer, by the code of the question."""
ALONE, HELPED, NO = "oui", "aide", "non"
"""The answers to whether the person does something: alone, with help, not."""
USE = "usage"
"""The question on the use of the internet in the last three months, answered by ALONE or NO."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked aloud, and what the advisor may say to explain it."""

    code: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    domain: SkillDomain | None
    """The domain of the activity asked about; None for what is not scored."""
    needs_internet: bool
    """It makes no sense for who does not use the internet."""
    aim: str
    """What can be learnt where the answer is not yes; empty if nothing follows."""
    themes: tuple[Topic, ...]
    sheets: tuple[str, ...]
    """Codes of the sheets that help with it, the best first."""
    source: str
    """The activity as the European list names it."""

    def words(self, code: str | None) -> str:
        """The text of an answer; a code that this version does not know is shown as it is."""
        return next((one.text for one in self.choices if one.code == code), code or "")


@dataclass(frozen=True, slots=True)
class Part:
    """Questions asked one after the other under a title."""

    code: str
    title: str
    domain: SkillDomain | None
    questions: tuple[Question, ...]
    sentences: tuple[str, ...]
    """What is said to the person for a score of 0, 1 or 2."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the questionnaire rests on; `read` is false if it could only be named."""

    title: str
    address: str
    read: bool


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The whole of it, in the order in which it is asked."""

    parts: tuple[Part, ...]
    checked_on: date
    sources: tuple[Source, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for part in self.parts for question in part.questions)

    def part_of(self, question: Question) -> Part:
        """The part that a question is in."""
        return next(part for part in self.parts if question in part.questions)

    def of_domain(self, domain: SkillDomain) -> Part:
        """The part that scores a domain."""
        return next(part for part in self.parts if part.domain is domain)


@cache
def whole() -> Questionnaire:
    """The questionnaire that ships with the program."""
    told = tomllib.loads(resource("diagnostic", "questionnaire.toml").read_text(encoding="utf-8"))
    sources = tuple(Source(one["titre"], one["adresse"], one["lue"]) for one in told["sources"])
    return Questionnaire(tuple(map(_part, told["partie"])), told["verifiee"], sources)


def asked(answers: Answers) -> tuple[Question, ...]:
    """The questions to ask, given what is answered so far: without internet, those that still make sense."""
    is_offline = answers.get(USE) == NO
    return tuple(one for one in whole().questions if not (is_offline and one.needs_internet))


def next_of(answers: Answers) -> Question | None:
    """The first question that is not answered yet; None once all are."""
    return next((one for one in asked(answers) if one.code not in answers), None)


def _part(told: Mapping[str, Any]) -> Part:
    domain = SkillDomain(told["code"]) if told["code"] in set(SkillDomain) else None
    questions = tuple(_question(one, domain) for one in told["question"])
    return Part(told["code"], told["titre"], domain, questions, tuple(told.get("phrases", ())))


def _question(told: Mapping[str, Any], domain: SkillDomain | None) -> Question:
    choices = tuple(Choice(one["code"], one["texte"]) for one in told.get("reponses", ()))
    return Question(
        code=told["code"],
        text=told["texte"],
        hint=told["conseil"],
        choices=choices or _DOES,
        domain=domain,
        needs_internet=told.get("internet", False) or (domain is not None and not told.get("sans_internet", False)),
        aim=told.get("objectif", ""),
        themes=tuple(map(Topic, told.get("themes", ()))),
        sheets=tuple(told.get("fiches", ())),
        source=told.get("eurostat", ""),
    )


_DOES = Choice(ALONE, "Oui"), Choice(HELPED, "Avec de l’aide"), Choice(NO, "Non")
