"""What waits, counted as the advisor does."""

from app.database import Database
from app.services import activities
from app.sync.standing import standing
from protocol.vocabulary import ActivityKind
from tests.notebook import TODAY, a_beneficiary, an_activity


def test_a_workshop_and_its_people_count_without_their_presences(database: Database) -> None:
    people = tuple(a_beneficiary(database, name, "Jeanne") for name in ("Delmas", "Roux", "Atger"))
    activities.record(database, an_activity(kind=ActivityKind.WORKSHOP, participants=people), TODAY)
    assert standing(database).waiting == 4


def test_presences_alone_still_wait(database: Database) -> None:
    person = a_beneficiary(database)
    id_ = activities.record(database, an_activity(kind=ActivityKind.WORKSHOP, participants=(person,)), TODAY)
    with database.work() as work:
        work.connection.exec_driver_sql("UPDATE outbox SET sent = 1, acked_at = 1")
    other = a_beneficiary(database, "Roux", "Marcel")
    with database.work() as work:
        work.connection.exec_driver_sql("UPDATE outbox SET sent = 1, acked_at = 1")
    activities.record(database, an_activity(id=id_, kind=ActivityKind.WORKSHOP, participants=(person, other)), TODAY)
    assert standing(database).waiting == 1
