"""Reports without a screen: their periods, what is written of them, small numbers, names, and one person's file."""

from dataclasses import asdict
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.services import activities, organisations, person_file, report_drafts, report_periods, reports, tags
from app.services.commands import ActivityFilter, AnonymousGroup, SaveOrganisation
from app.services.names_in_text import names_in
from app.services.report_drafts import ReportDraft
from app.services.report_periods import Step
from app.services.small_numbers import FEWEST, TOGETHER, for_outside
from app.services.statistics.figures import Breakdown, Line, Unit
from protocol.vocabulary import ActivityKind, Gender, PlaceKind, ProcedureFamily, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
NOBODY = UUID(int=7)


def a_breakdown(*numbers: int) -> Breakdown:
    lines = tuple(Line(str(place), f"Réponse {place}", number) for place, number in enumerate(numbers))
    return Breakdown("genders", "Genres", "", Unit.PEOPLE, lines, sum(numbers))


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "Février 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "1er trimestre 2026"),
        (date(2026, 10, 1), date(2026, 12, 31), "4e trimestre 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "Année 2026"),
        (date(2026, 2, 1), date(2026, 2, 27), "Du 01/02/2026 au 27/02/2026"),
    ],
)
def test_a_period_is_called_by_its_name(since: date, until: date, name: str) -> None:
    assert report_periods.name_of(since, until) == name


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.sampled_from(Step))
def test_the_periods_offered_follow_one_another_back_from_today(today: date, step: Step) -> None:
    offered = report_periods.offered(step, today)
    assert offered[0].since <= today <= offered[0].until
    assert all((after.since - before.until).days == 1 for after, before in pairwise(offered))
    assert all(report_periods.step_of(one.since, one.until) is step for one in offered)


def test_a_report_is_first_offered_for_the_month_that_is_over() -> None:
    assert report_periods.usual(date(2026, 1, 9)).label == "Décembre 2025"


def test_what_is_written_is_kept_for_each_period(database: Database) -> None:
    written = ReportDraft("Bilan", "Commune de Florac", "Florac", ("Un", "", "Trois"))
    report_drafts.keep(database, *OCTOBER, written)
    assert report_drafts.kept(database, *OCTOBER) == written
    other = report_drafts.kept(database, date(2026, 11, 1), date(2026, 11, 30))
    assert other == ReportDraft(place="Florac"), "only the place of the signature is the same from one to the next"


def test_a_new_report_is_for_the_employer_of_its_last_day(database: Database) -> None:
    for name, since in (("Commune d’Ispagnac", None), ("Commune de Florac", date(2026, 11, 1))):
        command = SaveOrganisation(name=name, municipality="48061", postal_code="48400", since=since)
        organisations.save(database, command)
    draft = report_drafts.kept(database, *OCTOBER)
    assert (draft.structure, draft.place) == ("Commune d’Ispagnac", "Florac Trois Rivières")


def test_a_report_is_of_nobody_in_particular() -> None:
    filter_ = ActivityFilter(since=TODAY, topics=frozenset({Topic.EMAIL}), beneficiary=NOBODY, text="Delmas")
    assert reports.outside(filter_) == ActivityFilter(since=TODAY, topics=frozenset({Topic.EMAIL}))


@given(st.lists(st.integers(0, 60), max_size=9), st.none() | st.integers(1, 4))
def test_no_line_for_outside_is_of_fewer_than_five_people(numbers: list[int], most: int | None) -> None:
    breakdown = a_breakdown(*numbers)
    shown = for_outside(breakdown, most)
    alone = [line for line in shown.lines if line.code != TOGETHER]
    assert all(line in breakdown.lines and line.number >= FEWEST for line in alone)
    assert len(alone) <= (most or len(numbers))
    assert (shown.choices, shown.total) == (breakdown.choices, breakdown.total)


def test_empty_lines_go_with_the_small_ones() -> None:
    shown = for_outside(a_breakdown(30, 0, 2), others="Autres communes")
    assert [(line.label, line.number) for line in shown.lines] == [("Réponse 0", 30), ("Autres communes", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mme Delmas a réussi", ("Delmas",)),
        ("Avec JEANNE DELMAS, tout va", ("JEANNE DELMAS",)),
        ("jeanne delmas est venue", ("jeanne delmas",)),
        ("Merci à Jeanne, et à Étienne Petit-Roux", ("Jeanne", "Étienne Petit-Roux")),
        ("Un petit groupe, une jeanne", ()),
        ("France Services et France Travail", ()),
        ("Merci à France", ("France",)),
        ("Douze personnes à Ispagnac", ()),
        ("", ()),
    ],
)
def test_names_of_the_notebook_are_found_in_a_text(database: Database, text: str, found: tuple[str, ...]) -> None:
    a_beneficiary(database)
    a_beneficiary(database, "Petit-Roux", "Étienne")
    a_beneficiary(database, "Nguyễn", "France")
    assert names_in(database, text) == found


def test_the_file_of_a_person_holds_everything_of_them_and_nothing_of_others(database: Database) -> None:
    jeanne = a_beneficiary(
        database, birth_year=1951, phone="0612345678", gender=Gender.FEMALE, notes="Préfère le matin"
    )
    other = a_beneficiary(database, "Zzautre", "Zzprénom")
    tag = tags.create(database, "Café numérique")
    recorded(
        database, participants=(jeanne,), place_kind=PlaceKind.PLACE, place=a_place(database), notes="A imprimé.",
        topics=frozenset({Topic.ADMINISTRATIVE_HELP}), families=frozenset({ProcedureFamily.TRANSPORT}),
        procedure_note="Carte grise de la Twingo", tags=frozenset({tag}),
    )  # fmt: skip
    recorded(
        database, kind=ActivityKind.WORKSHOP, participants=(jeanne, other), title="Ma tablette",
        anonymous=AnonymousGroup(total=2), notes="Zzautre s’ennuie",
        topics=frozenset({Topic.ADMINISTRATIVE_HELP}), procedure_note="Dossier de Zzautre",
    )  # fmt: skip
    recorded(database, participants=(other,), notes="Zzseul")
    file = person_file.gather(database, jeanne, TODAY)
    told = str(asdict(file))
    for kept in ("1951", "06 12 34 56 78", "Préfère le matin", "Médiathèque de Florac", "A imprimé.", "Ma tablette"):
        assert kept in told
    assert "Carte grise de la Twingo" in told
    assert "Café numérique" in told
    assert "Zz" not in told
    assert (len(file.activities), file.minutes) == (2, 60)


def test_a_deleted_activity_is_not_in_the_file(database: Database) -> None:
    jeanne = a_beneficiary(database)
    activities.delete(database, recorded(database, participants=(jeanne,)))
    assert person_file.gather(database, jeanne, TODAY).activities == ()


def test_the_file_of_somebody_who_is_gone_is_a_sentence(database: Database) -> None:
    with pytest.raises(UserError, match="plus dans le carnet"):
        person_file.gather(database, NOBODY, TODAY)
