"""The journal of a mandate on two computers that write without knowing of each other."""

from app.models import Beneficiary
from app.services import person_file, timeline
from app.services.mandates import lists, making
from app.services.mandates.rows import MandateState, NoteUse, SignMandate
from app.services.timeline import MandateEnded
from protocol.vocabulary import MandateDuration, MandateFamily
from tests.sync.computers import Computer, Office

FAMILIES = frozenset({MandateFamily.MONEY, MandateFamily.SOCIAL})


def used(computer: Computer, mandate: NoteUse, said: str) -> None:
    making.note_use(computer.database, NoteUse(mandate.mandate, mandate.family, said))


def test_two_computers_that_write_offline_then_synchronise_have_one_intact_journal(office: Office) -> None:
    here, there = office.computer(), office.computer()
    person = Beneficiary(last_name="Benali", first_name="Aïcha")
    here.save(person)
    today = making.today_in(here.database)
    id_ = making.sign(
        here.database,
        SignMandate(
            beneficiary=person.id, families=FAMILIES, duration=MandateDuration.MONTH, starts_on=today, acts="Impôts"
        ),
    )
    for computer in (here, there):
        computer.sync()
    assert lists.detail(there.database, id_, today).faults == ()
    for computer in (here, there):
        for family in FAMILIES:
            used(computer, NoteUse(id_, family), "Fait sans connexion")
    making.revoke(here.database, id_, [MandateFamily.MONEY])
    making.revoke(there.database, id_, [MandateFamily.SOCIAL])
    for computer in (here, there, here):
        computer.sync()
    details = [lists.detail(one.database, id_, today) for one in (here, there)]
    assert details[0] == details[1]
    assert len(details[0].entries) == 7
    assert len(details[0].heads) == 2
    assert details[0].faults == ()
    assert details[0].row.state is MandateState.REVOKED
    for computer in (here, there):
        ends = [
            one for one in timeline.of(computer.database, person.id, today).moments if isinstance(one, MandateEnded)
        ]
        assert {family for one in ends for family in one.revoked} == FAMILIES
        [told] = person_file.gather(computer.database, person.id, today).followed.mandates
        assert {family for family, _ in told.revoked} == FAMILIES
