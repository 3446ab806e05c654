"""From one computer to the server and on to another."""

from datetime import date

from sqlalchemy import text

from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.sync.outcome import Ending, Outcome
from tests.sync.computers import Office


def test_a_saved_activity_reaches_the_server(office: Office) -> None:
    here = office.computer()
    activity = Activity(day=date(2026, 11, 20), minutes=45, topics=frozenset({"email", "sante"}), notes="Visite de Zoé")
    here.save(activity)

    assert here.sync() == Outcome(Ending.DONE, sent=1)

    with office.server.database.transaction() as connection:
        query = text("SELECT id, fields FROM record WHERE notebook = :notebook AND kind = 'activity'")
        [(id_, fields)] = connection.execute(query, {"notebook": here.notebook})
    assert id_ == activity.id
    assert (fields["minutes"], fields["topics"], "notes" in fields) == (45, ["email", "sante"], False)


def test_a_second_computer_reads_the_names(office: Office) -> None:
    here, there = office.computer(), office.computer()
    person = Beneficiary(first_name="Zoé", last_name="Écureuil", phone="+33600000001")
    here.save(person)
    here.sync()

    assert there.sync() == Outcome(Ending.DONE, received=1)

    with there.database.work() as work:
        found = work.find(Beneficiary, person.id)
    assert found is not None
    assert (found.first_name, found.last_name, found.phone) == ("Zoé", "Écureuil", "+33600000001")
