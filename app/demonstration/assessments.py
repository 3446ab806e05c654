"""What people of the demonstration can do."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from app.database import Database
from app.services.assessments import advice, interviews, questionnaire

_OF = 7
_ASSESSED = ((0, 120, 0), (0, 9, 3), (7, 90, 1), (7, 2, 4), (14, 40, 2), (21, 5, 5), (28, 3, 0), (35, None, 3))
"""Whom, how many days ago (None: not ended), and how many questions of seven they answer by the first answer."""


def assess(database: Database, followed: Sequence[UUID], today: date) -> None:
    """What a few people can do: some twice, one without internet, one whose questions are not all asked yet."""
    for place, days, reach in _ASSESSED:
        answers = {
            one.code: one.choices[0 if number % _OF < reach else 1 if number % 3 else -1].code
            for number, one in enumerate(questionnaire.whole().questions)
        }
        answers[questionnaire.USE] = questionnaire.ALONE if reach else questionnaire.NO
        asked = [one.code for one in questionnaire.asked(answers)]
        id_ = None
        for code in asked if days is not None else asked[:8]:
            id_ = interviews.answer(database, followed[place], id_, code, answers[code])
        if id_ is None or days is None:
            continue
        interviews.finish(database, id_, today - timedelta(days=days))
        aims = [one.text for one in advice.aims(answers)]
        interviews.set_objectives(database, id_, aims[:2])
