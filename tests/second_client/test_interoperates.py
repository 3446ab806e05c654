"""The second client and our application in one notebook: each understands what the other writes."""

import ast
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.models import Activity
from app.services import activities, activity_lists, beneficiaries, places, tags
from app.services.commands import AnonymousGroup
from app.services.rows import ActivityRow
from app.sync.identity import identity_in
from app.sync.members import Membership
from protocol.fields import FIELDS, SCHEMA_VERSION
from protocol.vocabulary import ActivityKind, RecordKind, Topic
from tests.notebook import TODAY, a_beneficiary, recorded
from tests.second_client.days import presence, save_a_day, write_a_day
from tests.second_client.fields import SCHEMA, SEALED, SETS
from tests.second_client.mixed import Mixed, WatchedClient, shown, sync
from tests.second_client.notebook import new_id
from tests.second_client.operations import presence_id
from tests.second_client.wire import now
from tests.sync.computers import Computer

HERE = Path(__file__).parent
CLIENT = ("client", "enrolment", "fields", "notebook", "operations", "sealing", "wire")


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [str(node.module)]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def device_of(computer: Computer) -> UUID:
    with computer.database.read() as connection:
        identity = identity_in(connection)
    assert identity is not None
    return identity.device


def a_little_ahead() -> tuple[int, int]:
    """A clock whose next change comes after those of anybody else."""
    return now() + 30_000, 0


def pages(client: WatchedClient) -> int:
    return sum(bool(answer.get("rows")) for answer in client.link.answers)


def row_of(computer: Computer, id_: UUID) -> ActivityRow:
    found = {row.id: row for row in activity_lists.page(computer.database).rows}
    return found[id_]


def test_the_second_client_imports_nothing_of_ours() -> None:
    own = {f"tests.second_client.{name}" for name in CLIENT}
    allowed = {"requests", "nacl", "zstandard"} | sys.stdlib_module_names
    for name in CLIENT:
        for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))):
            for module in imported(node):
                assert module in own or module.split(".")[0] in allowed


def test_its_copy_of_the_lists_is_that_of_the_page() -> None:
    assert {kind.value: fields.sealed for kind, fields in FIELDS.items()} == SEALED
    assert {name for fields in FIELDS.values() for name in fields.sets} == SETS
    assert SCHEMA_VERSION == SCHEMA


@pytest.mark.parametrize("is_ours_first", [True, False])
def test_what_our_application_saves_arrives_field_by_field(mixed: Mixed, is_ours_first: bool) -> None:
    other = None if is_ours_first else mixed.client()
    ours = mixed.computer()
    other = other or mixed.client()
    ids = save_a_day(ours)
    sync(ours, other)
    assert shown(other) == shown(ours)
    zoe = shown(other)["beneficiary", ids["zoe"]]
    assert (zoe["first_name"], zoe["last_name"], zoe["phone"]) == ("Zoé", "Éluard-N’Diaye", "+33600000001")
    workshop = shown(other)["activity", ids["workshop"]]
    assert workshop["anonymous"]["gender"] == {"feminin": 3, "masculin": 2}
    assert ("attendance", presence_id(str(ids["workshop"]), str(ids["noel"]))) in shown(other)
    assert ("attendance", presence_id(str(ids["one"]), None)) in shown(other)


def test_what_the_second_client_writes_shows_in_our_application(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    ids = write_a_day(other)
    sync(other, ours)
    assert shown(ours) == shown(other)
    alone, workshop = row_of(ours, ids["alone"]), row_of(ours, ids["workshop"])
    assert (alone.who, alone.place, alone.minutes, alone.people) == ("Éluard Zoé", "Mairie d’Ispagnac", 45, 1)
    assert alone.topics == (Topic.EMAIL, Topic.HEALTH)
    assert (workshop.who, workshop.minutes, workshop.people) == ("Écrire un courriel", 120, 4)
    [zoe] = beneficiaries.search(ours.database, "eluar")
    assert (zoe.name, zoe.phone, zoe.accompaniments) == ("Éluard Zoé", "06 00 00 00 01", 1)
    assert [(tag.name, tag.uses) for tag in tags.mine(ours.database)] == [("Été", 1)]
    assert [place.name for place in places.mine(ours.database)] == ["Mairie d’Ispagnac"]


def test_a_presence_made_on_both_sides_is_one(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    zoe = a_beneficiary(ours.database)
    workshop = recorded(ours.database, kind=ActivityKind.WORKSHOP, title="Atelier", anonymous=AnonymousGroup(1))
    sync(ours, other)
    other.notebook.save("attendance", presence_id(str(workshop), str(zoe)), presence(workshop, zoe))
    form = activities.form_of(ours.database, workshop)
    activities.record(ours.database, replace(form, participants=(zoe,)), today=TODAY)
    sync(other, ours, other)
    assert shown(ours) == shown(other)
    assert row_of(ours, workshop).people == 2


def test_deleted_on_either_side_is_gone_on_the_other_and_comes_back(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    here, there = recorded(ours.database), recorded(ours.database)
    sync(ours, other)
    activities.delete(ours.database, here)
    other.notebook.save("activity", there, {"deleted": True})
    sync(ours, other, ours)
    assert shown(ours).keys() == shown(other).keys()
    assert not {("activity", here), ("activity", there)} & shown(ours).keys()
    other.notebook.save("activity", here, {"minutes": 15})
    activities.restore(ours.database, there)
    sync(other, ours, other)
    assert shown(ours) == shown(other)
    assert row_of(ours, here).minutes == 15
    assert ("activity", there) in shown(other)


def test_what_is_erased_on_either_side_is_forgotten_by_all(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    ids = save_a_day(ours)
    sync(ours, other)
    with ours.database.work() as work:
        work.erase(RecordKind.BENEFICIARY, ids["zoe"])
    other.notebook.save("beneficiary", ids["zoe"], {"notes": "Éluard, trop tard"})
    other.notebook.save("beneficiary", ids["noel"], {"notes": "Jamais parti"})
    other.notebook.erase("beneficiary", ids["noel"])
    assert [one.erases for one in other.notebook.outbox if one.id == ids["noel"]] == [True]
    sync(ours, other, ours)
    assert shown(ours) == shown(other)
    assert not [key for key in shown(ours) if key[0] == "beneficiary"]
    assert not [one for one in [*other.notebook.kept.values(), *other.notebook.rows.values()] if "Éluard" in str(one)]
    other.compare()
    assert other.link.resets == 0


def test_edits_of_one_record_on_both_sides_come_to_the_same(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    id_ = recorded(ours.database, topics=frozenset({Topic.EMAIL, Topic.HEALTH}), notes="Avant")
    sync(ours, other)
    other.notebook.clock = a_little_ahead()
    form = activities.form_of(ours.database, id_)
    ours_now = replace(form, minutes=60, notes="Chez nous", topics=frozenset({Topic.EMAIL, Topic.BANKING_AND_SHOPPING}))
    activities.record(ours.database, ours_now, today=TODAY)
    changes = {"minutes": 75, "day": "2026-11-20", "topics": ["sante", "bureautique"], "equipment": ["tablette"]}
    other.notebook.save("activity", id_, changes)
    sync(ours, other, ours)
    assert shown(ours) == shown(other)
    both = shown(ours)["activity", id_]
    assert (both["minutes"], both["notes"], both["day"]) == (75, "Chez nous", "2026-11-20")
    assert (both["topics"], both["equipment"]) == (["banque_et_achats_en_ligne", "bureautique"], ["tablette"])


def test_a_value_that_lost_is_told_to_its_author(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    id_ = recorded(ours.database, notes="Avant")
    sync(ours, other)
    other.notebook.save("activity", id_, {"minutes": 75, "notes": "De l’autre"})
    with ours.database.receive() as work:
        work.set_state("sync.hlc", a_little_ahead())
    form = activities.form_of(ours.database, id_)
    activities.record(ours.database, replace(form, minutes=60, notes="Chez nous"), today=TODAY)
    sync(other, ours, other)
    assert other.notebook.lost(other.link.device) == [(("activity", id_), {"minutes": 75, "notes": "De l’autre"})]
    other.notebook.save("activity", id_, {"notes": "Les deux"})
    sync(other, ours)
    assert other.notebook.lost(other.link.device) == [(("activity", id_), {"minutes": 75})]
    assert activities.form_of(ours.database, id_).notes == "Les deux"


def test_a_key_that_was_turned_is_learnt_and_found_with_the_recovery_code(mixed: Mixed) -> None:
    ours, leaving, other = mixed.computer(), mixed.computer(), mixed.client()
    before = a_beneficiary(ours.database, "Avant")
    sync(ours, other)
    Membership(ours.database, ours.transport).take_out(device_of(leaving))
    sync(ours)
    after = a_beneficiary(ours.database, "Après")
    sync(ours, other)
    newcomer = mixed.client()
    sync(newcomer)
    assert sorted(newcomer.notebook.keyring.keys) == [1, 2]
    assert shown(newcomer) == shown(ours)
    assert shown(other) == shown(ours)
    assert {("beneficiary", before), ("beneficiary", after)} < shown(other).keys()
    newcomer.notebook.save("beneficiary", after, {"first_name": "Écrit avec la nouvelle clé"})
    sync(newcomer, ours)
    assert beneficiaries.form_of(ours.database, after).first_name == "Écrit avec la nouvelle clé"


def test_three_hundred_records_travel_in_small_pages_both_ways(mixed: Mixed) -> None:
    ours, other, third = mixed.computer(), mixed.client(), mixed.client()
    ours.save(*(Activity(day=date(2026, 11, 20), minutes=1 + n, notes=f"Séance {n}") for n in range(300)))
    other.batch = 120
    for n in range(300):
        other.notebook.save("beneficiary", new_id(), {"first_name": f"Anaïs {n}", "gender": "feminin"})
    with ours.database.receive() as work:
        work.set_state("sync.batch_bytes", 2048)
    other.want, third.want = 3_000, 2_000
    sync(ours, other, ours, third)
    assert sum(kind != "computer" for kind, _ in shown(ours)) == 600
    assert shown(other) == shown(third) == shown(ours)
    assert pages(other) > 5
    assert pages(third) > 15
    assert any(len(answer["cur"]) == 3 for answer in third.link.answers), "no page ended inside a version"
    for client in (other, third):
        client.compare()
        assert client.link.resets == 0


def test_a_wrong_digest_makes_the_server_start_the_client_again(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    save_a_day(ours)
    sync(ours, other)
    forgotten, _ = other.notebook.rows.popitem()
    other.want = 1
    other.compare()
    assert other.link.resets == 1
    assert forgotten in shown(other)
    assert shown(other) == shown(ours)
    other.compare()
    assert other.link.resets == 1
