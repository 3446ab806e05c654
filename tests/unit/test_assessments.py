"""The digital assessment: its questions, its scores, what is kept answer by answer, and what it advises."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.resources import resource
from app.services import beneficiaries, timeline
from app.services.assessments import advice, crcn, history, interviews, questionnaire, scoring
from app.services.assessments.questionnaire import ALONE, HELPED, NO, USE, asked, next_of, whole
from app.services.commands import ActivityFilter
from app.services.statistics import pages
from protocol.vocabulary import SkillDomain
from tests.notebook import TODAY, a_beneficiary

INFORMATION, COMMUNICATION, CONTENT, SAFETY, PROBLEMS = SkillDomain
ACTIVITIES = [one for one in whole().questions if one.domain is not None]
EVERYTHING = {one.code: one.choices[0].code for one in whole().questions}


def done(domain: SkillDomain, number: int, otherwise: str = NO) -> dict[str, str]:
    """Answers of who does this many activities of a domain."""
    mine = [one.code for one in ACTIVITIES if one.domain is domain]
    return {code: ALONE if place < number else otherwise for place, code in enumerate(mine)}


def ended(database: Database, person: UUID, answers: dict[str, str], day: date = TODAY) -> UUID:
    id_ = None
    for question, said in answers.items():
        id_ = interviews.answer(database, person, id_, question, said)
    assert id_ is not None
    interviews.finish(database, id_, day)
    return id_


@pytest.fixture
def jeanne(database: Database) -> UUID:
    return a_beneficiary(database)


def test_the_questionnaire_is_short_and_says_where_it_comes_from() -> None:
    assert len(whole().questions) <= 25
    assert len({one.code for one in whole().questions}) == len(whole().questions)
    assert {one.domain for one in ACTIVITIES} == set(SkillDomain)
    for domain in SkillDomain:
        part = whole().of_domain(domain)
        assert 3 <= len(part.questions) <= 5
        assert len(part.sentences) == 3
    assert all(one.source and one.aim and one.hint for one in ACTIVITIES)
    assert all(1 < len(one.choices) <= 3 for one in whole().questions)
    assert any(not one.read for one in whole().sources)


def test_every_sheet_that_a_question_names_is_in_the_library() -> None:
    named = {code for one in whole().questions for code in one.sheets}
    assert named <= {path.stem for path in resource("fiches").glob("*.md")}


def test_french_typography_is_kept() -> None:
    text = resource("diagnostic", "questionnaire.toml").read_text(encoding="utf-8")
    assert not [line for line in text.splitlines() if any(bad in line for bad in (" ?", " !", " :", "« ", " »", "'"))]


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        (INFORMATION, (0, 1, 2, 2)),
        (COMMUNICATION, (0, 1, 2, 2, 2)),
        (CONTENT, (0, 1, 1, 2, 2)),
        (SAFETY, (0, 1, 1, 2, 2)),
        (PROBLEMS, (0, 1, 1, 2, 2)),
    ],
)
def test_the_thresholds_are_those_of_the_european_indicator(domain: SkillDomain, expected: tuple[int, ...]) -> None:
    assert tuple(scoring.scores({USE: ALONE, **done(domain, n)})[domain] for n in range(len(expected))) == expected


def test_what_is_done_with_help_is_not_counted_as_done() -> None:
    assert scoring.scores({USE: ALONE, **done(SAFETY, 0, HELPED)})[SAFETY] == 0
    assert scoring.scores({USE: ALONE, **done(SAFETY, 2, HELPED)})[SAFETY] == 1


def test_a_domain_that_was_not_asked_about_has_no_score() -> None:
    assert scoring.scores({USE: ALONE, **done(INFORMATION, 1)}) == {INFORMATION: 1}
    assert scoring.scores({}) == {}


def test_without_internet_only_what_makes_sense_is_asked_and_the_rest_is_zero() -> None:
    answers = {USE: NO, **done(CONTENT, 3)}
    codes = {one.code for one in asked(answers)}
    assert "lieu" not in codes
    assert {one.domain for one in asked(answers)} == {None, CONTENT}
    assert scoring.scores(answers) == {INFORMATION: 0, COMMUNICATION: 0, CONTENT: 2, SAFETY: 0, PROBLEMS: 0}
    forgotten = {**answers, **done(SAFETY, 4)}
    assert scoring.scores(forgotten)[SAFETY] == 0


answers = st.fixed_dictionaries(
    {},
    optional={one.code: st.sampled_from([choice.code for choice in one.choices]) for one in whole().questions},
)


@given(answers, st.sampled_from([USE, *(one.code for one in ACTIVITIES)]))
def test_one_more_yes_never_lowers_a_score(said: dict[str, str], code: str) -> None:
    before, after = scoring.scores(said), scoring.scores({**said, code: ALONE})
    assert all(after.get(domain, 0) >= before.get(domain, 0) for domain in SkillDomain)
    was = scoring.is_illectronism(before, scoring.internet_use(said))
    now = scoring.is_illectronism(after, scoring.internet_use({**said, code: ALONE}))
    assert was is not False or now is False


@given(answers)
def test_illectronism_is_no_internet_or_zero_in_all_five(said: dict[str, str]) -> None:
    scores, uses = scoring.scores(said), scoring.internet_use(said)
    is_so = uses is False or [scores.get(domain) for domain in SkillDomain] == [0] * 5
    assert (scoring.is_illectronism(scores, uses) is True) == is_so
    if any(scores.values()) and uses is not False:
        assert scoring.is_illectronism(scores, uses) is False


@given(answers)
def test_what_is_advised_is_never_what_is_done_alone(said: dict[str, str]) -> None:
    aims = advice.aims(said)
    scores = scoring.scores(said)
    mastered = {one.aim for one in asked(said) if said.get(one.code) == ALONE}
    assert len(aims) <= advice.MOST_AIMS
    assert len({one.text for one in aims}) == len(aims)
    assert not mastered & {one.text for one in aims}
    assert all(one.domain is None or scores[one.domain] < 2 for one in aims)


def test_what_is_done_with_help_is_advised_first() -> None:
    said = {USE: ALONE, **done(PROBLEMS, 0), "banque": HELPED}
    assert advice.aims(said)[0].text == "Consulter son compte en banque"


def test_who_does_not_use_internet_is_advised_a_first_step(database: Database) -> None:
    aims = advice.aims({USE: NO})
    assert aims[0].text == "Faire ses premiers pas sur un appareil"
    assert {one.domain for one in aims} >= {INFORMATION, COMMUNICATION, SAFETY, PROBLEMS}
    sheets = advice.sheets_for(database, aims)
    assert sheets[0].code == "premiers-pas-avec-la-souris-et-le-clavier"
    assert len({one.code for one in sheets}) == len(sheets) == advice.MOST_SHEETS


def test_each_answer_is_kept_at_once_and_the_interview_is_taken_up_again(database: Database, jeanne: UUID) -> None:
    id_ = interviews.answer(database, jeanne, None, USE, ALONE)
    assert interviews.answer(database, jeanne, id_, "appareil", "mobile") == id_
    (row,) = history.of_person(database, jeanne)
    assert history.unfinished([row]) == row
    assert row.answers == {USE: ALONE, "appareil": "mobile"}
    assert row.progress == (2, 25)
    following = next_of(row.answers)
    assert following is not None
    assert following.code == "connexion"
    interviews.answer(database, jeanne, id_, "appareil", None)
    assert history.one(database, id_).answers == {USE: ALONE}


def test_one_that_is_not_ended_is_in_no_timeline_and_no_figure(database: Database, jeanne: UUID) -> None:
    interviews.answer(database, jeanne, None, USE, NO)
    assert not timeline.of(database, jeanne, TODAY).moments
    assert pages.page(database, ActivityFilter(), TODAY).assessments.number == 0


def test_an_ended_one_is_scored_dated_and_told(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, {USE: NO})
    row = history.one(database, id_)
    assert row.day == TODAY
    assert row.is_illectronism is True
    (moment,) = timeline.of(database, jeanne, TODAY).moments
    assert isinstance(moment, timeline.Assessed)
    assert moment.id == id_


def test_an_answer_mended_later_is_scored_again(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, {USE: ALONE, **done(INFORMATION, 1)})
    interviews.answer(database, jeanne, id_, "actualites", ALONE)
    assert history.one(database, id_).scores == {INFORMATION: 2}
    assert history.one(database, id_).day == TODAY


def test_nothing_answered_cannot_be_ended(database: Database, jeanne: UUID) -> None:
    id_ = interviews.answer(database, jeanne, None, USE, ALONE)
    interviews.answer(database, jeanne, id_, USE, None)
    with pytest.raises(UserError, match="au moins à une question"):
        interviews.finish(database, id_, TODAY)
    assert history.one(database, id_).day is None


def test_the_day_of_a_paper_is_not_in_the_future(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, EVERYTHING)
    interviews.set_day(database, id_, TODAY - timedelta(days=9), TODAY)
    assert history.one(database, id_).day == TODAY - timedelta(days=9)
    for wrong in (TODAY + timedelta(days=1), date(1999, 12, 31)):
        with pytest.raises(UserError) as caught:
            interviews.set_day(database, id_, wrong, TODAY)
        assert "day" in caught.value.fields


def test_objectives_notes_and_the_finer_grid_are_kept(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, EVERYTHING)
    interviews.set_objectives(database, id_, ("  Écrire à sa fille ", "", "Écrire à sa fille", "Payer en ligne"))
    interviews.set_notes(database, id_, " Revient mardi. ")
    interviews.set_finer(database, id_, {"1.1": 3, "1.2": 0})
    row = history.one(database, id_)
    assert row.objectives == ("Écrire à sa fille", "Payer en ligne")
    assert (row.notes, row.finer) == ("Revient mardi.", {"1.1": 3})
    for wrong in ({"9.9": 1}, {"1.1": crcn.HIGHEST + 1}, {"1.1": -1}):
        with pytest.raises(UserError):
            interviews.set_finer(database, id_, wrong)
    for too_much in (("x" * 201,), tuple(map(str, range(13)))):
        with pytest.raises(UserError):
            interviews.set_objectives(database, id_, too_much)
    assert history.one(database, id_) == row


def test_a_deleted_one_comes_back_whole(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, EVERYTHING)
    before = history.of_person(database, jeanne)
    interviews.delete(database, id_)
    assert history.of_person(database, jeanne) == ()
    with pytest.raises(UserError):
        history.one(database, id_)
    with pytest.raises(UserError):
        interviews.answer(database, jeanne, id_, USE, NO)
    interviews.restore(database, id_)
    assert history.of_person(database, jeanne) == before
    with pytest.raises(UserError):
        interviews.set_notes(database, uuid4(), "")


def test_the_one_before_is_the_nearest_in_time(database: Database, jeanne: UUID) -> None:
    first = ended(database, jeanne, {USE: NO}, date(2026, 3, 3))
    last = ended(database, jeanne, EVERYTHING)
    middle = ended(database, jeanne, {USE: ALONE, **done(SAFETY, 1)}, date(2026, 7, 1))
    waiting = interviews.answer(database, jeanne, None, USE, NO)
    rows = history.of_person(database, jeanne)
    assert [row.id for row in rows] == [waiting, last, middle, first]
    earlier = history.before(rows, rows[1])
    assert earlier is not None
    assert earlier.id == middle
    assert history.before(rows, rows[3]) is None
    (change,) = history.changes(earlier.scores, rows[1].scores)
    assert (change.domain, change.before, change.now, change.way) == (SAFETY, 1, 2, 1)


def test_answers_and_scores_of_a_newer_program_are_left_alone(database: Database, jeanne: UUID) -> None:
    id_ = ended(database, jeanne, {USE: ALONE, "une_nouvelle": "peut_etre", **done(SAFETY, 1)})
    assert history.one(database, id_).answers["une_nouvelle"] == "peut_etre"
    assert scoring.known({"protection": 3, "information": 2, "autre": 1}) == {INFORMATION: 2}
    assert scoring.known(None) == {}


def test_the_figures_count_people_and_ways(database: Database, jeanne: UUID) -> None:
    marcel = a_beneficiary(database, "Roux", "Marcel")
    ended(database, jeanne, {USE: NO}, date(2026, 3, 3))
    ended(database, jeanne, {USE: ALONE, **done(INFORMATION, 1), **done(SAFETY, 0)}, date(2026, 9, 1))
    ended(database, marcel, {USE: NO})
    found = pages.page(database, ActivityFilter(), TODAY).assessments
    assert (found.number, found.people, found.again) == (3, 2, 1)
    assert (found.illectronism_first, found.illectronism_last) == (2, 1)
    ways = {one.domain: (one.up, one.same, one.down) for one in found.paths}
    assert ways[INFORMATION] == (1, 0, 0)
    assert ways[SAFETY] == (0, 1, 0)
    assert ways[COMMUNICATION] == (0, 0, 0)
    spring = ActivityFilter(since=date(2026, 1, 1), until=date(2026, 6, 30))
    assert pages.page(database, spring, TODAY).assessments.number == 1
    assert pages.page(database, ActivityFilter(beneficiary=marcel), TODAY).assessments.number == 1
    beneficiaries.delete(database, (marcel,))
    assert pages.page(database, ActivityFilter(), TODAY).assessments.people == 1


def test_a_row_says_how_far_it_is(database: Database, jeanne: UUID) -> None:
    row = history.one(database, ended(database, jeanne, EVERYTHING))
    assert row.progress == (25, 25)
    assert set(row.scores.values()) == {2}
    assert replace(row, answers={USE: NO}).progress == (1, len(questionnaire.asked({USE: NO})))
