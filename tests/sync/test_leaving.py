"""Leaving a notebook, being taken out of it, coming back, joining another: nothing recorded here is ever lost."""

from typing import Any

import pytest
from sqlalchemy import text

from app.models import Activity, Beneficiary
from app.models import Computer as ComputerRecord
from app.sync.enrolment import enrol
from app.sync.identity import is_enrolled
from app.sync.light import LightState, light
from app.sync.outcome import Ending, Parting
from app.sync.standing import standing
from protocol.messages import DEVICES_PATH, SYNC_PATH
from tests.sync.computers import BadLink, Computer, Office
from tests.sync.joining_computers import identity, joined, membership
from tests.sync.test_joining import titles


def count(office: Office, computer: Computer, kind: str) -> int:
    """How many records of a kind the server holds of a computer's notebook."""
    query = text("SELECT count(*) FROM record WHERE notebook = :notebook AND kind = :kind")
    with office.server.database.transaction() as connection:
        return int(connection.execute(query, {"notebook": computer.notebook, "kind": kind}).scalar_one())


def test_a_computer_that_leaves_goes_on_alone(office: Office) -> None:
    here = office.computer()
    there = joined(office, here)
    here.save(Activity(minutes=30, title="Du carnet"))
    here.sync()
    there.sync()
    membership(there).leave()
    assert not is_enrolled(there.database)
    there.save(Activity(minutes=15, title="Après"))
    now = standing(there.database)
    assert (there.sync().ending, now.parting) == (Ending.NOT_ENROLLED, Parting.LEFT)
    assert light(now).state is LightState.LOCAL
    assert titles(there) == {"Du carnet", "Après"}
    membership(here).computers()
    here.sync()
    assert len(identity(here).keys) == 2


@pytest.mark.parametrize("path", [SYNC_PATH, DEVICES_PATH])
def test_leaving_in_the_middle_of_a_run_leaves_nothing_of_it(office: Office, path: str) -> None:
    here = office.computer()
    there = joined(office, here)
    membership(office.computer()).leave()
    here.sync()
    here.save(Activity(minutes=30, title="Sous la nouvelle clé"))
    here.sync()

    class Meanwhile(BadLink):
        """The person leaves while the answer to a request is on its way."""

        def post(self, asked: str, body: bytes, headers: Any) -> Any:
            reply = super().post(asked, body, headers)
            if asked == path:
                membership(there).leave()
            return reply

    assert there.sync(Meanwhile(there.transport, lambda: "ok")).ending in (Ending.STOPPED, Ending.NOT_ALLOWED)
    assert not is_enrolled(there.database)
    assert standing(there.database).parting is Parting.LEFT
    assert there.sync().ending is Ending.NOT_ENROLLED
    joined(office, here, there)
    assert there.sync().ending is Ending.DONE
    assert titles(there) == {"Sous la nouvelle clé"}


def test_leaving_twice_says_nothing(office: Office) -> None:
    here = office.computer()
    there = joined(office, here)
    copied = office.copy(there)
    membership(copied).leave()
    membership(there).leave()
    assert standing(there.database).parting is Parting.LEFT


def test_a_computer_that_comes_back_goes_on_where_it_stopped(office: Office) -> None:
    here = office.computer()
    there = joined(office, here)
    shared = Activity(minutes=30, title="Ensemble")
    here.save(shared)
    here.sync()
    there.sync()
    before = identity(there)
    there.save(Activity(minutes=10, title="Jamais parti"))
    membership(here).take_out(before.device)
    assert there.sync().ending is Ending.NOT_ALLOWED
    there.save(Activity(minutes=20, title="Pendant l’absence"))
    here.sync()
    here.save(Activity(minutes=40, title="Sous la nouvelle clé"))
    here.sync()

    joined(office, here, there)
    assert identity(there).device != before.device
    assert there.sync().ending is Ending.DONE
    here.sync()
    everything = {"Ensemble", "Jamais parti", "Pendant l’absence", "Sous la nouvelle clé"}
    assert titles(there) == titles(here) == everything
    assert count(office, here, "activity") == 4
    assert standing(there.database).parting is None
    assert [one.is_known for one in membership(here).computers().members] == [True, True]


def test_another_notebook_gets_everything_but_the_names_of_former_colleagues(office: Office) -> None:
    here = office.computer()
    there = joined(office, here)
    here.save(Activity(minutes=30, title="Du premier carnet"), Beneficiary(last_name="Delmas", first_name="Jeanne"))
    here.sync()
    there.sync()
    gone = Activity(minutes=5, title="Effacée avant", deleted=True)
    there.save(gone)
    membership(there).leave()
    there.save(Activity(minutes=10, title="Entre les deux"))

    enrol(there.database, there.transport, office.server.url, office.server.code(), office.recovery.public)
    assert there.notebook != here.notebook
    assert there.sync().ending is Ending.DONE
    assert [count(office, there, kind) for kind in ("activity", "beneficiary", "computer")] == [2, 1, 1]
    witness = joined(office, there)
    witness.sync()
    assert titles(witness) == {"Du premier carnet", "Entre les deux"}
    with witness.database.work() as work:
        assert work.find(ComputerRecord, identity(here).device) is None
