"""A person erased for good: on this computer, on the server, on every other computer, whatever was under way."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.models.beneficiary import Beneficiary
from app.services import beneficiaries, outgoing
from app.sync import inbox
from app.sync.identity import identity_in
from app.sync.outcome import Ending
from app.sync.standing import standing
from app.work import get_state
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.messages import Operation, Piece, Row, SyncRequest
from tests.notebook import traces
from tests.sync.computers import BadLink, Computer, Office

NAME = "Zwanzigerova"
PERSON = Beneficiary(first_name="Jeanne", last_name=NAME, municipality="48061")


def someone() -> Beneficiary:
    return replace(PERSON, id=uuid4())


def both(office: Office) -> tuple[Computer, Computer]:
    return office.computer(), office.computer()


def shared(office: Office, *computers: Computer) -> Beneficiary:
    """A person whom every computer already has."""
    person = someone()
    computers[0].save(person)
    for computer in computers:
        computer.sync()
    return person


def is_there(computer: Computer, person: Beneficiary) -> bool:
    with computer.database.work() as work:
        return work.find(Beneficiary, person.id) is not None


def is_gone(computer: Computer, person: Beneficiary) -> bool:
    """Neither the record nor a readable word of it."""
    return not is_there(computer, person) and not traces(computer.database, NAME)


def done(*computers: Computer) -> None:
    """Each has sent and received everything, and has nothing to check."""
    for computer in computers:
        assert computer.sync().ending is Ending.DONE
        now = standing(computer.database)
        assert (now.waiting, now.refused) == (0, 0)


def bytes_left(office: Office, person: Beneficiary) -> int:
    """How many fields and pieces of a record the server still keeps."""
    query = text("""
        SELECT (SELECT count(*) FROM operation WHERE record = :id
                AND (fields <> '{}' OR names IS NOT NULL OR piece IS NOT NULL))
             + (SELECT count(*) FROM record WHERE id = :id
                AND (cardinality(pieces) + cardinality(authors) > 0
                     OR (fields, clocks, changed, lost) <> ('{}', '{}', '{}', '{}')))
    """)
    with office.server.database.transaction() as connection:
        return int(connection.execute(query, {"id": person.id}).scalar_one())


def test_an_erasure_reaches_the_server_and_the_other_computer(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    there.save(replace(person, first_name="Jeannette"))
    done(there, here)
    assert bytes_left(office, person) > 0

    beneficiaries.erase(here.database, person.id)
    done(here)
    assert bytes_left(office, person) == 0
    done(there)

    assert is_gone(here, person)
    assert is_gone(there, person)
    assert str(person.id) in office.server.settings.journal.read_text()


def test_a_colleagues_late_edit_of_an_erased_person_disappears_quietly(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    there.save(replace(person, first_name="Jeannette"))
    beneficiaries.erase(here.database, person.id)
    done(here, there)
    assert is_gone(there, person)
    assert bytes_left(office, person) == 0


def test_an_edit_already_on_its_way_disappears_quietly(office: Office) -> None:
    """Its answer was lost; the server merged it before the erasure, or never saw it."""
    here, there = both(office)
    for fate in ("answer_lost", "request_lost"):
        person = shared(office, here, there)
        there.save(replace(person, first_name="Jeannette"))
        there.sync(BadLink(there.transport, lambda fate=fate: fate))  # type: ignore[misc]
        beneficiaries.erase(here.database, person.id)
        done(here, there, here)
        assert is_gone(there, person)
        assert bytes_left(office, person) == 0


def test_what_is_saved_of_a_person_whose_erasure_was_already_received_goes_too(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    beneficiaries.erase(here.database, person.id)
    done(here, there)
    there.save(person)
    assert is_there(there, person)
    done(there)
    assert is_gone(there, person)
    assert bytes_left(office, person) == 0


def test_values_that_lost_and_rows_that_no_key_opens_are_erased_too(office: Office) -> None:
    here, there = both(office)
    person, unread = shared(office, here, there), shared(office, here, there)
    here.save(replace(person, last_name=f"{NAME}-Ici"))
    there.save(replace(person, last_name=f"{NAME}-Là"))
    done(here, there, here)
    hold(there, unread)
    assert traces(there.database, NAME) >= {"lost_value", "held_row"}
    for one in (person, unread):
        beneficiaries.erase(here.database, one.id)
    done(here, there)
    for computer in (here, there):
        assert is_gone(computer, person)
        assert not is_there(computer, unread)


def hold(computer: Computer, person: Beneficiary) -> None:
    """The computer receives a row whose key it does not have."""
    piece = Piece(u=uuid4(), h=(1, 0), names=["last_name"], piece=bytes((2, 99)) + bytes(40))
    row = Row(kind="beneficiary", id=person.id, v=1, h=(1, 0), f={"municipality": NAME}, x=[piece])
    with computer.database.receive() as work:
        identity = identity_in(work.connection)
        assert identity is not None
        assert inbox.receive(work, identity, [row]) == 0


def test_two_computers_may_erase_the_same_person_and_one_of_them_twice(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    for computer in (here, there):
        beneficiaries.erase(computer.database, person.id)
    done(here, there)
    version = version_of(here)
    beneficiaries.erase(here.database, person.id)
    done(here, there)
    assert version_of(here) == version, "it was erased already: nobody has anything to receive"
    assert is_gone(here, person)
    assert is_gone(there, person)


def version_of(computer: Computer) -> int:
    with computer.database.read() as connection:
        return int(get_state(connection, "sync.cursor")[1])


def test_of_a_person_never_sent_nothing_is_ever_sent(office: Office) -> None:
    here, there = both(office)
    person = someone()
    here.save(person)
    here.save(replace(person, first_name="Jeannette"))
    beneficiaries.erase(here.database, person.id)
    link = BadLink(here.transport, lambda: "ok")
    assert here.sync(link).ending is Ending.DONE
    [said] = [one for body in link.sent for one in operations_of(unpack(SyncRequest, body))]
    assert isinstance(said, Operation)
    assert (said.id, said.e, said.f, said.x) == (person.id, True, {}, None)
    done(there)
    assert is_gone(here, person)
    assert is_gone(there, person)


def test_a_person_sent_but_not_acknowledged_is_erased_all_the_same(office: Office) -> None:
    here, there = both(office)
    for fate in ("answer_lost", "request_lost"):
        person = someone()
        here.save(person)
        here.sync(BadLink(here.transport, lambda fate=fate: fate))  # type: ignore[misc]
        beneficiaries.erase(here.database, person.id)
        done(here, there)
        assert bytes_left(office, person) == 0
        assert is_gone(here, person)
        assert is_gone(there, person)


@pytest.mark.parametrize("fate", ["answer_lost", "request_lost", "twice", "portal"])
def test_an_erasure_cut_in_the_middle_is_finished_by_the_next_run(office: Office, fate: str) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    beneficiaries.erase(here.database, person.id)
    here.sync(BadLink(here.transport, lambda: fate))
    assert is_gone(here, person)
    fates = iter([fate, "ok"])
    there.sync(BadLink(there.transport, lambda: next(fates)))
    done(here, there)
    assert bytes_left(office, person) == 0
    assert is_gone(there, person)


def test_what_a_colleague_changed_does_not_bring_back_a_person_erased_meanwhile(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    there.save(replace(person, first_name="Jeannette"))
    done(there)
    seen: list[bool] = []

    def erase_meanwhile() -> str:
        if not seen:
            beneficiaries.erase(here.database, person.id)
        seen.append(is_gone(here, person))
        return "ok"

    assert here.sync(BadLink(here.transport, erase_meanwhile)).ending is Ending.DONE
    assert seen == [True, True]
    done(here, there)
    assert is_gone(here, person)
    assert is_gone(there, person)


def test_a_copied_disk_that_still_has_the_person_forgets_her(office: Office) -> None:
    here, there = both(office)
    person = shared(office, here, there)
    clone = office.copy(there)
    beneficiaries.erase(here.database, person.id)
    done(here, there)
    clone.save(replace(person, first_name="Jeannette"))
    done(clone, there, here, clone)
    for computer in (here, there, clone):
        assert is_gone(computer, person)
    assert bytes_left(office, person) == 0


def test_a_backup_put_back_still_says_what_an_erasure_that_never_left_had_emptied(office: Office) -> None:
    here, there = both(office)
    person = someone()
    here.save(person)
    here.sync(BadLink(here.transport, lambda: "request_lost"))
    backup = office.copy(here)
    beneficiaries.erase(here.database, person.id)
    with here.database.receive() as work:
        work.set_state("sync.batch_bytes", 1)  # one operation in a request
    fates = iter(("ok", "request_lost"))
    assert here.sync(BadLink(here.transport, lambda: next(fates))).sent == 1
    done(backup, there)
    assert is_there(there, person)


def test_a_refusal_of_a_person_erased_does_not_come_back_under_a_new_epoch(office: Office) -> None:
    here = office.computer()
    person = replace(someone(), municipality="x" * 900)
    here.save(person)
    here.sync()
    assert len(outgoing.refused(here.database)) == 1
    clone = office.copy(here)
    beneficiaries.erase(here.database, person.id)
    clone.save(someone())
    done_refused(clone, 1)
    done(here)
    assert outgoing.refused(here.database) == ()


def done_refused(computer: Computer, refused: int) -> None:
    assert computer.sync().ending is Ending.DONE
    assert standing(computer.database).refused == refused
