"""Mandates: signed, used while they allow it, taken back family by family, and a journal that shows any change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.models import Mandate, MandateEntry
from app.services import beneficiaries, timeline
from app.services.mandates import chain, checking, lists, making
from app.services.mandates.rows import MandateRow, MandateState, NoteUse, SignMandate
from app.work import find
from protocol.vocabulary import MandateAct, MandateDuration, MandateFamily, Signing
from tests.notebook import TODAY, a_beneficiary, new_database

FAMILIES = frozenset({MandateFamily.MONEY, MandateFamily.SOCIAL})
DRAWN = "600x200 10,10 20,20"


def at(database: Database, day: date, hour: int = 10) -> None:
    """Let the notebook believe that it is then."""
    moment = round(datetime(day.year, day.month, day.day, hour).timestamp() * 1000)
    database.now_ms = lambda: moment


def a_mandate(database: Database, **more: Any) -> UUID:
    """A month for taxes and health, signed today, unless said otherwise."""
    usual = {"families": FAMILIES, "duration": MandateDuration.MONTH, "starts_on": TODAY, "acts": "Déclarer l’impôt."}
    person = more.pop("beneficiary", None) or a_beneficiary(database)
    return making.sign(database, SignMandate(**{**usual, "beneficiary": person, **more}))


def used(database: Database, id_: UUID, family: MandateFamily = MandateFamily.MONEY, day: date | None = None) -> UUID:
    return making.note_use(database, NoteUse(id_, family, "Déclaration envoyée", day))


def row_of(database: Database, id_: UUID, day: date = TODAY) -> MandateRow:
    return lists.detail(database, id_, day).row


def journal(database: Database, id_: UUID) -> list[MandateAct | None]:
    return [entry.act for entry in lists.detail(database, id_, TODAY).entries]


@pytest.fixture(autouse=True)
def then(request: pytest.FixtureRequest) -> None:
    if "database" in request.fixturenames:
        at(request.getfixturevalue("database"), TODAY)


@pytest.mark.parametrize(
    ("duration", "last"),
    [
        (MandateDuration.DAY, date(2026, 11, 24)),
        (MandateDuration.MONTH, date(2026, 12, 24)),
        (MandateDuration.SEMESTER, date(2027, 5, 24)),
        (MandateDuration.YEAR, date(2027, 11, 23)),
    ],
)
def test_a_mandate_may_be_used_on_its_last_day_and_not_on_the_next(
    database: Database, duration: MandateDuration, last: date
) -> None:
    id_ = a_mandate(database, duration=duration)
    assert row_of(database, id_).expires_on == last
    at(database, last, 23)
    assert row_of(database, id_, last).is_active
    used(database, id_)
    at(database, last + timedelta(days=1), 0)
    assert row_of(database, id_, last + timedelta(days=1)).state is MandateState.OVER
    with pytest.raises(UserError, match="fini depuis le"):
        used(database, id_)
    assert lists.detail(database, id_, TODAY).faults == ()


def test_what_is_missing_is_said_beside_each_field(database: Database) -> None:
    with pytest.raises(UserError) as error:
        making.sign(database, SignMandate(starts_on=TODAY - timedelta(days=1), signing=Signing.SCREEN))
    expected = {"beneficiary", "families", "acts", "starts_on", "person_signature", "advisor_signature"}
    assert set(error.value.fields) == expected


def test_a_drawing_is_not_kept_of_a_mandate_signed_on_paper(database: Database) -> None:
    id_ = a_mandate(database, person_signature=DRAWN, advisor_signature=DRAWN)
    assert making.form_of(database, id_).person_signature == ""
    id_ = a_mandate(database, signing=Signing.SCREEN, person_signature=DRAWN, advisor_signature=DRAWN)
    assert making.form_of(database, id_).person_signature == DRAWN


def test_only_a_family_that_is_active_that_day_may_be_used(database: Database) -> None:
    id_ = a_mandate(database, starts_on=TODAY + timedelta(days=2))
    with pytest.raises(UserError, match="commence le"):
        used(database, id_)
    at(database, TODAY + timedelta(days=3))
    with pytest.raises(UserError, match="pas dans le mandat"):
        used(database, id_, MandateFamily.JUSTICE)
    with pytest.raises(UserError, match="pas encore venu"):
        used(database, id_, day=TODAY + timedelta(days=4))
    with pytest.raises(UserError, match="commence le"):
        used(database, id_, day=TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="en quelques mots"):
        making.note_use(database, NoteUse(id_, MandateFamily.MONEY, "  "))
    used(database, id_, day=TODAY + timedelta(days=2))
    assert row_of(database, id_, TODAY + timedelta(days=3)).uses == 1
    making.revoke(database, id_, [MandateFamily.MONEY], "Sa fille s’en charge.")
    with pytest.raises(UserError, match="retirée du mandat le 27/11/2026"):
        used(database, id_)
    used(database, id_, MandateFamily.SOCIAL)
    assert lists.detail(database, id_, TODAY).faults == ()


def test_the_last_family_taken_back_ends_the_mandate(database: Database) -> None:
    id_ = a_mandate(database)
    making.revoke(database, id_, [MandateFamily.MONEY])
    assert row_of(database, id_).left == (MandateFamily.SOCIAL,)
    assert row_of(database, id_).is_active
    making.revoke(database, id_, [MandateFamily.SOCIAL])
    assert row_of(database, id_).state is MandateState.REVOKED
    assert journal(database, id_) == [
        MandateAct.SIGNED, MandateAct.REVOKED, MandateAct.REVOKED, MandateAct.ENDED
    ]  # fmt: skip
    with pytest.raises(UserError, match="déjà retirées"):
        making.end(database, id_)


def test_a_mandate_ended_before_its_term_may_no_longer_be_used(database: Database) -> None:
    id_ = a_mandate(database)
    making.end(database, id_, "Tout est fait.")
    assert row_of(database, id_).state is MandateState.REVOKED
    assert journal(database, id_) == [MandateAct.SIGNED, MandateAct.ENDED]
    with pytest.raises(UserError, match="retirée"):
        used(database, id_)
    assert lists.detail(database, id_, TODAY).faults == ()


def test_a_renewal_follows_with_the_same_choices_and_has_to_be_signed(database: Database) -> None:
    id_ = a_mandate(database, signing=Signing.SCREEN, person_signature=DRAWN, advisor_signature=DRAWN, made_at="Florac")
    making.revoke(database, id_, [MandateFamily.SOCIAL])
    form = making.renewal(database, id_)
    assert form.starts_on == date(2026, 12, 25)
    assert (form.families, form.duration, form.made_at) == (
        frozenset({MandateFamily.MONEY}),
        MandateDuration.MONTH,
        "Florac",
    )
    assert (form.person_signature, form.advisor_signature) == ("", "")
    following = a_mandate(database, **{name: getattr(form, name) for name in ("beneficiary", "families", "starts_on")})
    assert row_of(database, following).state is MandateState.COMING
    at(database, date(2027, 2, 1))
    assert making.renewal(database, id_).starts_on == date(2027, 2, 1)


def test_the_day_recalls_what_ends_soon_unless_it_is_renewed(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = a_mandate(database, beneficiary=person)
    a_mandate(database, duration=MandateDuration.DAY)
    last = row_of(database, id_).expires_on
    assert lists.ending(database, last - timedelta(days=15)) == ()
    assert [row.id for row in lists.ending(database, last - timedelta(days=14))] == [id_]
    assert [row.id for row in lists.ending(database, last)] == [id_]
    a_mandate(database, beneficiary=person, starts_on=last + timedelta(days=1))
    assert lists.ending(database, last) == ()


def test_the_mandates_of_someone_deleted_are_shown_nowhere(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = a_mandate(database, beneficiary=person, duration=MandateDuration.MONTH)
    beneficiaries.delete(database, [person])
    assert lists.of_person(database, person, TODAY) == ()
    assert lists.ending(database, TODAY + timedelta(days=30)) == ()
    with pytest.raises(UserError):
        used(database, id_)


def test_the_timeline_tells_what_was_taken_back(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = a_mandate(database, beneficiary=person)
    making.revoke(database, id_, [MandateFamily.MONEY])
    ended = [one for one in timeline.of(database, person, TODAY).moments if isinstance(one, timeline.MandateEnded)]
    assert [one.revoked for one in ended] == [(MandateFamily.MONEY,)]


def test_two_families_taken_back_at_once_on_two_computers_are_both_gone(database: Database) -> None:
    """The later of two saves of the field wins; the journal has both lines."""
    id_ = a_mandate(database)
    making.revoke(database, id_, [MandateFamily.MONEY])
    making.revoke(database, id_, [MandateFamily.SOCIAL])
    with database.work() as work:
        kept = work.find(Mandate, id_)
        assert kept is not None
        work.save(replace(kept, revoked={MandateFamily.SOCIAL.value: TODAY.isoformat()}))
    assert row_of(database, id_).state is MandateState.REVOKED
    assert lists.detail(database, id_, TODAY).faults == ()


def test_a_use_outside_what_the_mandate_allows_is_warned_of(database: Database) -> None:
    id_ = a_mandate(database)
    making.revoke(database, id_, [MandateFamily.MONEY])
    kept, entries = read(database, id_)
    for more, words in (
        ({"family": MandateFamily.JUSTICE}, "pas dans le mandat"),
        ({"family": MandateFamily.MONEY}, "retirée"),
        ({"family": MandateFamily.SOCIAL, "at": 0}, "hors des dates"),
    ):
        forged = written(kept, entries, act=MandateAct.USED, said="Fait", **more)
        (fault,) = checking.faults(kept, (*entries, forged))
        assert fault.is_warning
        assert words in fault.sentence


def written(kept: Mandate, entries: tuple[MandateEntry, ...], **more: Any) -> MandateEntry:
    """An entry with the digest that it must have, as another program would write it."""
    now = round(datetime(TODAY.year, TODAY.month, TODAY.day, 12).timestamp() * 1000)
    usual = {"created_at": now, "mandate": kept.id, "at": now, "previous": chain.heads(entries)}
    entry = MandateEntry(**{**usual, **more})
    return replace(entry, digest=chain.digest_of(entry, kept))


def read(database: Database, id_: UUID) -> tuple[Mandate, tuple[MandateEntry, ...]]:
    with database.read() as connection:
        kept = find(connection, Mandate, id_)
        assert kept is not None
        return kept, checking.entries_of(connection, id_)


@pytest.fixture(scope="module")
def whole() -> tuple[Mandate, tuple[MandateEntry, ...]]:
    """A mandate of a year with a journal that parted on two computers, and joined again."""
    with TemporaryDirectory() as folder:
        database = new_database(Path(folder))
        at(database, TODAY)
        drawn = {"signing": Signing.SCREEN, "person_signature": DRAWN, "advisor_signature": DRAWN, "made_at": "Florac"}
        id_ = a_mandate(database, duration=MandateDuration.YEAR, **drawn)
        used(database, id_)
        kept, entries = read(database, id_)
        apart = [
            written(kept, entries, act=MandateAct.USED, family=MandateFamily.SOCIAL, said=said, author="Camille Fabre")
            for said in ("Ici", "Là-bas")
        ]
        with database.work() as work:
            work.save_all(apart)
        used(database, id_, MandateFamily.SOCIAL)
        making.revoke(database, id_, [MandateFamily.SOCIAL], "N’en veut plus")
        making.end(database, id_, "Fini")
        found = read(database, id_)
        database.close()
    return found


def test_a_journal_that_parted_and_joined_again_is_intact(whole: tuple[Mandate, tuple[MandateEntry, ...]]) -> None:
    kept, entries = whole
    assert len(entries) == 7
    assert max(len(entry.previous or ()) for entry in entries) == 2
    assert len(chain.heads(entries)) == 1
    assert checking.faults(kept, entries) == ()
    assert checking.faults(kept, chain.in_order(entries[::-1])) == ()


FIELDS = ("id", "created_at", "at", "act", "family", "said", "author", "previous", "digest", "deleted")
CONTENT = (
    "duration", "starts_on", "expires_on", "families", "acts", "made_at", "signing", "person_signature",
    "advisor_signature",
)  # fmt: skip
FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FAST
@given(data=st.data())
def test_any_altered_field_of_any_entry_is_seen(
    whole: tuple[Mandate, tuple[MandateEntry, ...]], data: st.DataObject
) -> None:
    kept, entries = whole
    place, name = data.draw(st.integers(0, len(entries) - 1)), data.draw(st.sampled_from(FIELDS))
    before = getattr(entries[place], name)
    choices: dict[str, Callable[[], Any]] = {
        "id": uuid4,
        "deleted": lambda: True,
        "at": lambda: data.draw(st.integers(0, 2**50)),
        "created_at": lambda: data.draw(st.integers(0, 2**50)),
        "act": lambda: data.draw(st.sampled_from(MandateAct)),
        "family": lambda: data.draw(st.sampled_from(MandateFamily)),
        "previous": lambda: data.draw(st.lists(st.sampled_from([one.digest for one in entries]), max_size=3)),
        "digest": lambda: data.draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
    }
    after = choices.get(name, lambda: data.draw(st.text(min_size=1, max_size=30)))()
    if after == before:
        return
    altered = [replace(one, **{name: after}) if n == place else one for n, one in enumerate(entries)]
    assert any(not fault.is_warning for fault in checking.faults(kept, chain.in_order(altered)))


@FAST
@given(data=st.data())
def test_an_altered_mandate_is_seen(whole: tuple[Mandate, tuple[MandateEntry, ...]], data: st.DataObject) -> None:
    kept, entries = whole
    name = data.draw(st.sampled_from(CONTENT))
    choices: dict[str, Callable[[], Any]] = {
        "duration": lambda: data.draw(st.sampled_from(MandateDuration)),
        "signing": lambda: data.draw(st.sampled_from(Signing)),
        "families": lambda: data.draw(st.lists(st.sampled_from([one.value for one in MandateFamily]), unique=True)),
        "starts_on": lambda: data.draw(st.dates()),
        "expires_on": lambda: data.draw(st.dates()),
    }
    after = choices.get(name, lambda: data.draw(st.text(min_size=1, max_size=30)))()
    if after != getattr(kept, name):
        assert checking.faults(replace(kept, **{name: after}), entries)


@pytest.mark.parametrize("place", range(6))
def test_an_inner_entry_taken_away_is_seen(whole: tuple[Mandate, tuple[MandateEntry, ...]], place: int) -> None:
    kept, entries = whole
    assert any(not one.is_warning for one in checking.faults(kept, entries[:place] + entries[place + 1 :]))


@FAST
@given(data=st.data())
def test_entries_that_exchange_their_places_are_seen(
    whole: tuple[Mandate, tuple[MandateEntry, ...]], data: st.DataObject
) -> None:
    kept, entries = whole
    one, other = data.draw(st.lists(st.integers(0, len(entries) - 1), min_size=2, max_size=2, unique=True))
    by = data.draw(st.sampled_from((("id",), ("at", "created_at"), ("previous",), ("digest",), ("previous", "digest"))))
    exchanged = list(entries)
    for here, there in ((one, other), (other, one)):
        exchanged[here] = replace(entries[here], **{name: getattr(entries[there], name) for name in by})
    if {tuple(map(str, (e.id, e.wire()))) for e in exchanged} != {tuple(map(str, (e.id, e.wire()))) for e in entries}:
        assert any(not fault.is_warning for fault in checking.faults(kept, chain.in_order(exchanged)))


def test_a_family_taken_back_without_the_journal_is_seen(database: Database) -> None:
    id_ = a_mandate(database)
    kept, entries = read(database, id_)
    assert checking.faults(replace(kept, revoked={"argent": "2026-11-24"}), entries)
