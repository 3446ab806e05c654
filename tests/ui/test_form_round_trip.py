"""Whatever activity the form is shown, it answers the same one, without the answers to questions it does not ask."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.services import hints, procedures, tags
from app.services.activity_rules import tidy
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.ui.recording.form_view import FormView
from app.ui.recording.notebook_sources import sources_of
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)
from tests.notebook import TODAY, a_beneficiary, a_place, new_database

PEOPLE, PLACES, TAGS = ([UUID(int=start + n) for n in range(4)] for start in (100, 200, 300))
"""Known to the notebook or not: the form must keep both."""
COMMUNES = st.sampled_from([("48061", "48400"), ("75056", "75001"), ("2A004", "20000")])
LINES = st.text(st.sampled_from("abcéœ 12 ’«»\u00a0-"), max_size=40)
CODES = [one.code for one in procedures.of_family(ProcedureFamily.TRANSPORT)]


def counts(codes: list[str], total: int) -> st.SearchStrategy[dict[str, int]]:
    """Counts of some codes that do not go beyond a total."""
    each = max(1, total // max(1, len(codes)))
    return st.dictionaries(st.sampled_from(codes), st.integers(1, each), max_size=total // each)


@st.composite
def groups(draw: st.DrawFn) -> AnonymousGroup:
    total = draw(st.integers(0, 10_000))
    if not total:
        return AnonymousGroup()
    return AnonymousGroup(
        total=total,
        already=draw(st.integers(0, total)),
        gender=draw(counts([one for one in Gender if one is not Gender.UNKNOWN], total)),  # type: ignore[arg-type]
        age_band=draw(counts([one for one in AgeBand if one is not AgeBand.UNKNOWN], total)),  # type: ignore[arg-type]
        status=draw(counts([one for one in SocialStatus if one is not SocialStatus.UNKNOWN], total)),  # type: ignore[arg-type]
    )


@st.composite
def persons(draw: st.DrawFn) -> AnonymousPerson:
    municipality, postal_code = draw(st.none() | COMMUNES) or (None, None)
    return AnonymousPerson(
        already=draw(st.booleans()),
        municipality=municipality,
        postal_code=postal_code,
        gender=draw(st.none() | st.sampled_from(Gender)),
        age_band=draw(st.none() | st.sampled_from(AgeBand)),
        status=draw(st.none() | st.sampled_from(SocialStatus)),
    )


@st.composite
def commands(draw: st.DrawFn) -> RecordActivity:
    kind = draw(st.sampled_from(ActivityKind))
    place_kind = draw(st.sampled_from(PlaceKind))
    municipality, postal_code = draw(COMMUNES)
    equipment = draw(st.frozensets(st.sampled_from([one for one in Equipment if one is not Equipment.NONE])))
    most = 1 if kind is ActivityKind.INDIVIDUAL else len(PEOPLE)
    return RecordActivity(
        id=draw(st.none() | st.builds(uuid4)),
        kind=kind,
        day=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        minutes=draw(st.integers(1, 1439)),
        place_kind=place_kind,
        place=draw(st.sampled_from(PLACES)) if place_kind is PlaceKind.PLACE else None,
        municipality=municipality,
        postal_code=postal_code,
        topics=draw(st.frozensets(st.sampled_from(Topic), min_size=1)),
        families=draw(st.frozensets(st.sampled_from(ProcedureFamily))),
        procedures=draw(st.frozensets(st.sampled_from([*CODES, "inconnue"]))),
        procedure_note=draw(LINES),
        equipment=draw(st.sampled_from([equipment, frozenset({Equipment.NONE})])),
        tags=draw(st.frozensets(st.sampled_from(TAGS))),
        notes=draw(st.lists(LINES, max_size=3).map("\n".join)),
        participants=tuple(draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=most))),
        person=draw(persons()),
        anonymous=draw(groups()),
        autonomy=draw(st.none() | st.sampled_from(Autonomy)),
        referred=draw(st.none() | st.booleans()),
        referral=draw(st.none() | st.sampled_from(ReferralTarget)),
        level=draw(st.none() | st.sampled_from(WorkshopLevel)),
        title=draw(LINES),
        far_date_confirmed=draw(st.booleans()),
    )


@pytest.fixture(scope="module")
def form(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormView]:
    folder: Path = tmp_path_factory.mktemp("carnet")
    database = new_database(folder)
    PEOPLE[0], PLACES[0], TAGS[0] = a_beneficiary(database), a_place(database), tags.create(database, "Café")
    made = FormView(sources_of(database), lambda: TODAY)
    made.start(hints.for_form(database, ActivityKind.INDIVIDUAL, TODAY), RecordActivity())
    yield made
    made.deleteLater()
    database.close()


@given(command=commands())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_form_answers_what_it_was_shown(form: FormView, command: RecordActivity) -> None:
    form.show_form(command)
    assert form.command() == tidy(command)
