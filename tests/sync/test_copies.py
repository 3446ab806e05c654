"""Copies of one disk, used in turn and unaware of each other: no change of either is lost."""

from dataclasses import replace

from sqlalchemy import select, text

from app.models.activity import Activity
from app.models.local import outbox
from app.models.tag import Tag
from tests.sync.computers import Computer, Office
from tests.sync.test_two_computers import found


def send_one_by_one(computer: Computer) -> None:
    with computer.database.receive() as work:
        work.set_state("sync.batch_bytes", 1)


def test_only_what_the_request_brought_is_acknowledged(office: Office) -> None:
    here = office.computer()
    here.sync()
    activity = Activity(minutes=30)
    here.save(Tag(name="Atelier"), activity, Tag(name="Rural"))
    copy = office.copy(here)
    copy.save(replace(found(copy, activity), minutes=45))
    copy.sync()
    send_one_by_one(here)
    here.sync()

    with here.database.read() as connection:
        made = set(connection.scalars(select(outbox.c.op_id)))
    with office.server.database.transaction() as connection:
        query = text("SELECT op FROM operation WHERE notebook = :notebook")
        assert made <= set(connection.execute(query, {"notebook": here.notebook}).scalars())


def test_no_row_is_laid_under_a_change_that_the_server_has_already(office: Office) -> None:
    here, there = office.computer(), office.computer()
    activity, tag = Activity(minutes=30), Tag(name="Atelier")
    here.save(tag, activity)
    copy = office.copy(here)
    here.sync()
    there.sync()
    there.save(replace(tag, name="Rural"), replace(found(there, activity), minutes=60))
    there.sync()
    send_one_by_one(copy)
    copy.sync()
    assert found(copy, activity).minutes == 60
