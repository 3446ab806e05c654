"""What leaves this computer, in words."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from app.database import Database
from app.models import Appointment
from app.models.computer import Computer
from app.models.local import outbox
from app.services import activities, outgoing
from app.services.outgoing import RefusedRow
from protocol.messages import AnyOperation, MalformedOperation, Operation, SealedChanges
from protocol.vocabulary import RecordKind
from server.sync.validation import fault
from tests.notebook import TODAY, a_beneficiary, an_activity, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def operation(**given: Any) -> Operation:
    """A change of an activity, with something wrong in it."""
    return Operation(**{"s": 1, "u": uuid4(), "kind": "activity", "id": uuid4(), "h": (1, 0), **given})


def refuse(database: Database, kind: RecordKind, reason: str) -> RefusedRow:
    """Do what the engine does when the server sets a change aside."""
    with database.receive() as work:
        values = {"acked_at": 1, "sent": True, "refusal": reason}
        work.connection.execute(update(outbox).where(outbox.c.kind == kind).values(values))
    [row] = outgoing.refused(database)
    return row


def test_what_waits_is_counted_in_words(database: Database) -> None:
    who = a_beneficiary(database)
    for _ in range(3):
        recorded(database, participants=(who,))
    assert outgoing.of(database).waiting.replace("\u00a0", " ") == "3 activités, 1 personne et 3 présences"


def test_what_went_today_is_told_and_yesterday_is_not(database: Database) -> None:
    recorded(database)
    now = datetime(2026, 11, 24, 15)
    with database.receive() as work:
        work.connection.execute(update(outbox).values(acked_at=round(now.timestamp() * 1000), sent=True))
    told = outgoing.of(database, now)
    assert (told.waiting, told.sent_today.replace("\u00a0", " ")) == ("", "1 activité et 1 présence")
    assert outgoing.of(database, datetime(2026, 11, 25, 9)).sent_today == ""


def test_a_refusal_says_what_is_wrong_and_leads_to_the_activity(database: Database) -> None:
    what = recorded(database, minutes=45)
    row = refuse(database, RecordKind.ACTIVITY, "invalid:minutes")
    assert row.activity == what
    assert row.title.replace("\u00a0", " ") == "Activité du 24/11/2026 (45 min)"
    assert "« Durée »" in row.reason.replace("\u00a0", " ")


def test_a_refused_name_of_this_computer_is_told_too(database: Database) -> None:
    with database.work() as work:
        work.save(Computer(id=uuid4(), name="SALLE-2"))
    assert refuse(database, RecordKind.COMPUTER, "invalid_piece").title == "Le nom de cet ordinateur"


def test_what_has_no_name_is_told_by_its_kind(database: Database) -> None:
    """Of a mandate or an appointment, the outbox has nothing to name it by."""
    with database.work() as work:
        work.save(Appointment(beneficiary=uuid4(), minutes=60))
    assert refuse(database, RecordKind.APPOINTMENT, "unknown_kind").title == "Rendez-vous"


def test_a_refusal_for_an_unknown_reason_is_still_a_sentence(database: Database) -> None:
    a_beneficiary(database)
    row = refuse(database, RecordKind.BENEFICIARY, "code_of_tomorrow")
    assert row.title == "Fiche de Delmas Jeanne"
    assert row.reason.endswith("renvoyez-le.")


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (MalformedOperation(s=1, u=uuid4()), "Passerelle à jour, puis renvoyez-le"),
        (operation(kind="rendezvous"), "une fois qu’il sera mis à jour, renvoyez"),
        (operation(f={"colour": "bleu"}), "une fois qu’il sera mis à jour, renvoyez"),
        (operation(f={"notes": "Zoé"}), "sans être chiffré"),
        (operation(f={"day": "x" * 501}), "« Date »"),
        (operation(f={"created_at": "\0"}), "corrigez-la"),
        (operation(x=SealedChanges(names=["notes"], piece=bytes(70_000))), "raccourcissez-le"),
    ],
)
def test_each_reason_of_the_server_has_its_sentence_and_what_to_do(
    database: Database, operation: AnyOperation, words: str
) -> None:
    recorded(database)
    reason = fault(operation)
    assert reason is not None
    assert words in refuse(database, RecordKind.ACTIVITY, reason).reason.replace("\u00a0", " ")


def test_sending_again_keeps_the_change_and_its_moment(database: Database) -> None:
    recorded(database)
    row = refuse(database, RecordKind.ACTIVITY, "unknown_field")
    query = select(outbox).where(outbox.c.kind == RecordKind.ACTIVITY)
    with database.read() as connection:
        old = connection.execute(query).one()
    outgoing.send_again(database, row.op_id)
    with database.read() as connection:
        new = connection.execute(query).one()
    assert (new.fields, new.clock_ms, new.record_id) == (old.fields, old.clock_ms, old.record_id)
    assert new.op_id != old.op_id
    assert (new.acked_at, outgoing.refused(database)) == (None, ())


def test_a_change_sent_again_does_not_swallow_a_later_one(database: Database) -> None:
    what = recorded(database)
    row = refuse(database, RecordKind.ACTIVITY, "unknown_field")
    outgoing.send_again(database, row.op_id)
    activities.record(database, an_activity(id=what, minutes=75), today=TODAY)
    with database.read() as connection:
        waiting = select(outbox.c.fields).where(outbox.c.kind == RecordKind.ACTIVITY, outbox.c.acked_at.is_(None))
        minutes = [fields.get("minutes") for fields in connection.execute(waiting).scalars()]
    assert sorted(minutes) == [30, 75]


def test_what_was_corrected_meanwhile_is_not_sent_again(database: Database) -> None:
    what = recorded(database)
    row = refuse(database, RecordKind.ACTIVITY, "unknown_field")
    activities.record(database, an_activity(id=what, minutes=60), today=TODAY)
    outgoing.send_again(database, row.op_id)
    with database.read() as connection:
        kept = connection.execute(select(outbox).where(outbox.c.kind == RecordKind.ACTIVITY)).one()
    assert kept.fields["minutes"] == 60


def test_a_settled_refusal_is_no_longer_shown(database: Database) -> None:
    recorded(database)
    outgoing.settle(database, refuse(database, RecordKind.ACTIVITY, "malformed").op_id)
    assert outgoing.refused(database) == ()
