"""Programs and servers of different days: nothing that one does not know is ever erased, and nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.models.local import held_row
from app.models.place import Place
from app.models.tag import Tag
from app.sync.client import Reply, Transport
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.bodies import unpack
from protocol.fields import SCHEMA_VERSION
from protocol.messages import PROTOCOL_VERSION, SyncAnswer
from tests.sync.computers import Computer, Office
from tests.sync.other_versions import OtherProgram, another_version


@pytest.fixture
def older(tmp_path: Path) -> OtherProgram:
    """It knows neither the number of a place, nor the year of birth of a person, nor what a tag is."""
    return another_version(
        tmp_path / "ancienne",
        fields={
            '            "siret",\n': "",
            '            "birth_year",\n': "",
            f"SCHEMA_VERSION = {SCHEMA_VERSION}": f"SCHEMA_VERSION = {SCHEMA_VERSION - 1}",
        },
        vocabulary={'TAG = "tag"': 'TAG = "unheard-of"'},
    )


def find(computer: Computer, *records: Place | Beneficiary | Tag | Activity) -> list[Any]:
    with computer.database.work() as work:
        return [work.find(type(one), one.id) for one in records]


def held(computer: Computer) -> int:
    with computer.database.read() as connection:
        return connection.execute(select(func.count()).select_from(held_row)).scalar_one()


def test_what_an_older_program_does_not_know_survives_its_edits_and_is_there_once_it_is_upgraded(
    office: Office, older: OtherProgram
) -> None:
    here, there = office.computer(), office.computer()
    place = Place(name="Médiathèque", siret="21480061200013", created_at=1)
    person = Beneficiary(first_name="Jeanne", last_name="Delmas", birth_year=1950, created_at=1)
    tag = Tag(name="Prioritaire", created_at=1)
    here.save(place, person, tag)
    here.sync()

    known = older.synchronise(there, office.server.url)
    assert (known.ending, known.waiting) == ("done", 0)
    assert find(there, place, person, tag) == [replace(place, siret=None), replace(person, birth_year=None), None]
    assert held(there) == 1

    edits = ("place", str(place.id), {"name": "Médiathèque neuve"}), ("beneficiary", str(person.id), {"notes": "Vient"})
    assert older.synchronise(there, office.server.url, *edits).refused == 0
    here.sync()
    place, person = replace(place, name="Médiathèque neuve"), replace(person, notes="Vient")
    assert find(here, place, person, tag) == [place, person, tag]

    assert there.sync().ending is Ending.DONE
    assert find(there, place, person, tag) == [place, person, tag]
    assert held(there) == 0


@pytest.mark.parametrize(
    ("module", "word", "newer"),
    [
        ("fields", f"SCHEMA_VERSION = {SCHEMA_VERSION}", f"SCHEMA_VERSION = {SCHEMA_VERSION + 1}"),
        ("messages", f"PROTOCOL_VERSION = {PROTOCOL_VERSION}", f"PROTOCOL_VERSION = {PROTOCOL_VERSION + 1}"),
    ],
)
def test_a_program_newer_than_its_server_keeps_what_it_has_to_send_and_says_so(
    office: Office, tmp_path: Path, module: str, word: str, newer: str
) -> None:
    here, there = office.computer(), office.computer()
    activity = Activity(minutes=30, title="Avant la mise à jour du serveur")
    here.save(activity)
    ahead = another_version(tmp_path / "nouvelle", **{module: {word: newer}})

    for _ in range(2):
        ended = ahead.synchronise(here, office.server.url)
        assert (ended.ending, ended.waiting, ended.refused) == ("update_needed", 1, 0)
        assert ended.light == "1\u00a0à envoyer"
    there.sync()
    assert find(there, activity) == [None]

    assert here.sync().ending is Ending.DONE  # the server has caught up
    there.sync()
    assert find(there, activity)[0].title == "Avant la mise à jour du serveur"


@dataclass
class Talkative:
    """A newer server: its answers say more, everywhere."""

    transport: Transport

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self.transport.post(path, body, headers)
        said = json.loads(unpack(SyncAnswer, reply.body).model_dump_json(by_alias=True))
        for place in (said, said["limits"], *said["rows"], *(piece for row in said["rows"] for piece in row["x"])):
            place["weather"] = {"sunny": [True]}
        for row in said["rows"]:
            row["f"]["colour"] = "red"
        return replace(reply, body=json.dumps(said).encode())


def test_what_an_answer_says_that_is_not_known_is_left_aside(office: Office) -> None:
    here, there = office.computer(), office.computer()
    place, person = Place(name="Médiathèque", created_at=1), Beneficiary(first_name="Jeanne", created_at=1)
    there.save(place, person)
    there.sync()
    outcome = here.sync(Talkative(here.transport))
    assert (outcome.ending, outcome.received) == (Ending.DONE, 2)
    assert find(here, place, person) == [place, person]
    here.save(replace(place, name="Médiathèque neuve"))
    assert here.sync().ending is Ending.DONE
    assert standing(here.database).refused == 0
