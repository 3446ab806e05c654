"""One code typed once lets a computer in; the recovery code gives a further one the names."""

from datetime import timedelta

import pytest

from app.errors import UserError
from app.recovery import RecoveryKey
from app.sync.client import NotOurServer, Offline
from app.sync.enrolment import enrol
from app.sync.identity import identity_in, is_enrolled, server_of
from app.sync.outcome import Ending, Outcome
from protocol.sealing import NotebookKey
from tests.sync.computers import BadLink, Computer, Office, recovery_sheet


def key_of(computer: Computer) -> NotebookKey:
    with computer.database.read() as connection:
        identity = identity_in(connection)
    assert identity is not None
    return identity.key


def test_a_computer_that_was_never_enrolled_works_alone(office: Office) -> None:
    assert office.blank().sync() == Outcome(Ending.NOT_ENROLLED)


def test_an_enrolled_computer_remembers_its_server(office: Office) -> None:
    here = office.computer()
    assert is_enrolled(here.database)
    assert server_of(here.database) == office.server.url


def test_a_further_computer_gets_the_same_key_through_the_recovery_code(office: Office) -> None:
    here, there = office.computer(), office.computer()
    assert key_of(here) == key_of(there)


def test_a_further_computer_waits_and_the_recovery_code_opens_at_once(office: Office) -> None:
    here, new = office.computer(), office.blank()
    code = office.server.code(here.notebook)
    assert enrol(new.database, new.transport, office.server.url, code, recovery_sheet().public) is not None
    assert not is_enrolled(new.database)
    enrol(new.database, new.transport, office.server.url, code, office.recovery.public, office.recovery)
    assert key_of(new) == key_of(here)


def test_another_notebooks_sheet_is_told_from_the_right_one(office: Office) -> None:
    here, new = office.computer(), office.blank()
    wrong: RecoveryKey = recovery_sheet()
    with pytest.raises(UserError, match="autre carnet") as error:
        enrol(new.database, new.transport, office.server.url, office.server.code(here.notebook), wrong.public, wrong)
    assert set(error.value.fields) == {"recovery"}


def test_two_first_computers_at_once_end_with_one_key(office: Office) -> None:
    one, two = office.blank(), office.blank()
    first_code = office.server.code()

    def enrolled(computer: Computer, code: str, link: BadLink | None = None) -> None:
        recovery = office.recovery
        enrol(computer.database, link or computer.transport, office.server.url, code, recovery.public, recovery)

    steps = iter(["ok", "request_lost"])
    with pytest.raises(Offline):
        enrolled(one, first_code, BadLink(one.transport, lambda: next(steps)))
    with office.server.database.transaction() as connection:
        notebook = connection.exec_driver_sql("SELECT id FROM notebook ORDER BY created_at DESC LIMIT 1").scalar_one()
    enrolled(two, office.server.code(notebook))
    enrolled(one, first_code)
    assert key_of(one) == key_of(two)


@pytest.mark.parametrize("fates", [["answer_lost"], ["ok", "answer_lost"], ["ok", "request_lost"]])
def test_the_same_code_works_again_after_a_cut(office: Office, fates: list[str]) -> None:
    new, code = office.blank(), office.server.code()
    steps = iter(fates)
    link = BadLink(new.transport, lambda: next(steps, "ok"))
    with pytest.raises(Offline):
        enrol(new.database, link, office.server.url, code, office.recovery.public)
    enrol(new.database, link, office.server.url, code, office.recovery.public)
    assert new.sync().ending is Ending.DONE
    with new.database.work() as work:
        assert work.get_state("sync.made_key") is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("ABCD-EFGH", "faute de frappe"), ("0000-0000-0000", "ne connaît pas"), ("", "faute de frappe")],
)
def test_a_code_that_is_not_one_is_told_in_a_sentence(office: Office, code: str, sentence: str) -> None:
    new = office.blank()
    with pytest.raises(UserError, match=sentence) as error:
        enrol(new.database, new.transport, office.server.url, code, office.recovery.public)
    assert set(error.value.fields) == {"code"}


def test_an_expired_or_used_code_is_told_in_a_sentence(office: Office) -> None:
    used = office.server.code()
    for code, sentence in ((office.server.code(valid_for=timedelta(seconds=-1)), "plus valable"), (used, "déjà servi")):
        one, two = office.blank(), office.blank()
        if code == used:
            enrol(one.database, one.transport, office.server.url, code, office.recovery.public)
        with pytest.raises(UserError, match=sentence):
            enrol(two.database, two.transport, office.server.url, code, office.recovery.public)


def test_a_portal_is_not_taken_for_the_server(office: Office) -> None:
    new = office.blank()
    portal = BadLink(new.transport, lambda: "portal")
    with pytest.raises(NotOurServer):
        enrol(new.database, portal, office.server.url, office.server.code(), office.recovery.public)
