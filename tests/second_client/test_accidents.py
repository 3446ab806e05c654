"""What happens to disks, links and servers costs the second client nothing: nothing is lost, nothing doubled."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from secrets import token_hex
from uuid import UUID

import pytest
from sqlalchemy import text

from app.models import Activity
from tests.live_server import LiveServer
from tests.second_client.client import Client
from tests.second_client.mixed import Mixed, WatchedClient, shown, sync
from tests.second_client.notebook import new_id
from tests.second_client.wire import AwayError, now
from tests.sync.computers import Computer

YEARS = 5 * 365 * 86_400_000


def workshop(client: Client, title: str) -> UUID:
    """One activity, saved."""
    id_ = new_id()
    client.notebook.save("activity", id_, {"kind": "collectif", "title": title, "minutes": 60, "topics": ["email"]})
    return id_


def titles(device: Computer | Client) -> list[str]:
    """The titles that a device shows, in order."""
    return sorted(fields.get("title", "") for (kind, _), fields in shown(device).items() if kind == "activity")


def operations_of(server: LiveServer, notebook: UUID) -> list[UUID]:
    """What the server kept of the activities of a notebook, each as often as it kept it."""
    with server.database.transaction() as connection:
        query = text("SELECT op FROM operation WHERE notebook = :notebook AND kind = 'activity' AND outcome = 'kept'")
        return list(connection.execute(query, {"notebook": notebook}).scalars())


def lose_the_next_answer(client: WatchedClient) -> None:
    """The server serves the next request and nobody hears it."""
    client.link.losing = 1
    with pytest.raises(AwayError):
        client.sync()


def go_back(server: LiveServer, notebook: UUID, kept: int, version: int) -> None:
    """The server is restored from a backup of when it had so many operations of each device."""
    where = {"notebook": notebook, "kept": kept, "version": version}
    changes = [
        "DELETE FROM operation WHERE notebook = :notebook AND seq > :kept",
        "DELETE FROM record WHERE notebook = :notebook AND version > :version",
        "UPDATE notebook SET version = :version WHERE id = :notebook",
        """UPDATE device_epoch SET last_seq = :kept, last_op = operation.op FROM operation
        WHERE operation.notebook = :notebook AND operation.seq = :kept AND device_epoch.epoch = operation.epoch""",
        """DELETE FROM device_epoch WHERE notebook = :notebook AND NOT EXISTS
        (SELECT FROM operation WHERE operation.epoch = device_epoch.epoch)""",
    ]
    with server.database.transaction() as connection:
        for change in changes:
            connection.execute(text(change), where)


def become_another(server: LiveServer) -> None:
    """Who restores a backup says so to every device."""
    with server.database.transaction() as connection:
        connection.execute(text("UPDATE installation SET incarnation = gen_random_uuid()"))


def same(devices: Sequence[Computer | Client]) -> bool:
    """Whether all show the same once each has synchronised, and again for what the others said."""
    sync(*devices, *devices)
    return all(shown(one) == shown(devices[0]) for one in devices)


def test_a_client_restored_from_an_earlier_copy_loses_and_doubles_nothing(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    both = workshop(other, "Avant la copie")
    sync(other)
    workshop(other, "Pas encore parti")
    earlier = deepcopy(other)
    workshop(other, "Après la copie")
    sync(other)
    restored, epoch = earlier, earlier.epoch
    restored.notebook.save("activity", both, {"minutes": 15})
    workshop(restored, "Après la restauration")
    assert same([restored, ours])
    assert restored.epoch != epoch
    assert titles(ours) == ["Après la copie", "Après la restauration", "Avant la copie", "Pas encore parti"]
    assert shown(ours)["activity", both]["minutes"] == 15
    kept = operations_of(mixed.server, other.notebook.keyring.notebook)
    assert len(kept) == len(set(kept)) == 5


def test_two_copies_of_one_client_both_go_on(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    shared, changed = workshop(other, "Avant la copie"), workshop(other, "Changée ailleurs")
    sync(other, ours)
    ours.save(Activity(id=changed, minutes=20, title="Changée ailleurs", created_at=1))
    sync(ours, other)
    copy = deepcopy(other)
    workshop(other, "Sur l’original")
    workshop(copy, "Sur la copie")
    other.notebook.save("activity", shared, {"topics": ["email", "sante"]})
    copy.notebook.save("activity", shared, {"topics": ["bureautique"]})
    assert same([other, copy, ours])
    workshop(other, "Encore")
    workshop(copy, "Encore")
    assert same([copy, other, ours])
    assert titles(ours) == ["Avant la copie", "Changée ailleurs", *["Encore"] * 2, "Sur la copie", "Sur l’original"]
    assert shown(ours)["activity", shared]["topics"] == ["bureautique", "sante"]
    assert shown(copy)["activity", changed]["minutes"] == 20
    for client in (other, copy):
        client.compare()
        assert client.link.resets == 0


def test_a_copy_that_only_received_finds_out_that_it_is_one(mixed: Mixed) -> None:
    other = mixed.client()
    workshop(other, "Avant la copie")
    sync(other)
    copy, epoch = deepcopy(other), other.epoch
    workshop(other, "Sur l’original")
    sync(other, copy)
    assert copy.epoch != epoch
    workshop(copy, "Sur la copie")
    assert same([copy, other])
    assert titles(other) == ["Avant la copie", "Sur la copie", "Sur l’original"]


def test_an_answer_that_was_lost_changes_nothing(mixed: Mixed) -> None:
    ours, other = mixed.computer(), mixed.client()
    id_ = workshop(other, "Partie, sans réponse")
    lose_the_next_answer(other)
    ours.sync()
    ours.save(Activity(id=id_, minutes=90, title="Changée entre-temps"))
    ours.sync()
    workshop(other, "La suivante")
    sync(other)
    assert same([other, ours])
    assert titles(other) == ["Changée entre-temps", "La suivante"]
    other.compare()
    assert other.link.resets == 0


def test_what_was_in_a_batch_that_was_heard_later_is_not_sent_twice(mixed: Mixed) -> None:
    other = mixed.client()
    for number in range(9):
        workshop(other, f"Atelier {number}")
    lose_the_next_answer(other)
    other.batch = 2
    sync(other)
    assert len(operations_of(mixed.server, other.notebook.keyring.notebook)) == 9
    other.compare()
    assert other.link.resets == 0


def test_a_restored_server_gets_again_what_it_lost(mixed: Mixed) -> None:
    other, ours = mixed.client(), mixed.computer()
    workshop(other, "Dans la sauvegarde")
    sync(other)
    kept, version = other.acknowledged, other.notebook.version
    assert version
    lost = workshop(other, "Perdue")
    erased = workshop(other, "Effacée")
    sync(other)
    other.notebook.erase("activity", erased)
    sync(other, ours)
    go_back(mixed.server, other.notebook.keyring.notebook, kept, version)
    become_another(mixed.server)
    workshop(other, "Après")
    other.batch = 1
    sync(other)
    newcomer = mixed.client()
    assert same([other, ours, newcomer])
    assert titles(newcomer) == ["Après", "Dans la sauvegarde", "Perdue"]
    assert ("activity", lost) in shown(newcomer)
    assert len(operations_of(mixed.server, other.notebook.keyring.notebook)) == 5, "what was not lost was sent again"


def test_a_restored_server_gets_again_what_only_others_had_sent(mixed: Mixed) -> None:
    gone, other = mixed.computer(), mixed.client()
    activity = Activity(day=date(2026, 11, 20), minutes=30, title="D’un ordinateur qui n’est plus là")
    gone.save(activity)
    workshop(other, "À nous")
    sync(gone, other)
    go_back(mixed.server, other.notebook.keyring.notebook, 0, 0)
    newcomer = mixed.client()
    for number in range(5):
        workshop(newcomer, f"Depuis, {number}")
        sync(newcomer)
    other.notebook.save("activity", activity.id, {"minutes": 45})
    assert same([other, newcomer])
    assert titles(newcomer) == [*(f"Depuis, {number}" for number in range(5)), activity.title, "À nous"]
    assert shown(newcomer)["activity", activity.id]["minutes"] == 45


def test_what_a_restored_server_gets_again_never_wins_over_a_real_change(mixed: Mixed) -> None:
    author, other = mixed.client(), mixed.client()
    id_ = workshop(author, "Au début")
    sync(author, other)
    author.notebook.save("activity", id_, {"title": "Corrigé"})
    sync(author)
    go_back(mixed.server, author.notebook.keyring.notebook, 0, 0)
    sync(other)
    assert same([author, other])
    assert titles(other) == ["Corrigé"]


def test_a_restored_server_gets_again_what_is_still_kept_of_an_epoch(mixed: Mixed) -> None:
    other = mixed.client()
    for title in ("Déjà dans une sauvegarde", "Gardée ici"):
        workshop(other, title)
    sync(other)
    epoch, mine = other.epoch, other.notebook.kept[2].u
    del other.notebook.kept[1]
    go_back(mixed.server, other.notebook.keyring.notebook, 0, 0)
    sync(other)
    assert other.epoch != epoch
    newcomer = mixed.client()
    sync(newcomer)
    assert titles(newcomer) == ["Déjà dans une sauvegarde", "Gardée ici"]
    assert mine in operations_of(mixed.server, other.notebook.keyring.notebook)


def test_what_the_server_lost_alone_is_found_by_the_digest_and_sent_whole(mixed: Mixed) -> None:
    other = mixed.client()
    lost, kept = workshop(other, "Perdue"), workshop(other, "Gardée")
    sync(other)
    other.notebook.kept.clear()
    with mixed.server.database.transaction() as connection:
        connection.execute(text("DELETE FROM record WHERE id = :id"), {"id": lost})
    other.compare()
    newcomer = mixed.client()
    sync(newcomer)
    assert shown(newcomer) == shown(other)
    assert {("activity", lost), ("activity", kept)} == shown(newcomer).keys()


def test_a_refused_operation_blocks_nothing_and_goes_again_when_it_is_corrected(mixed: Mixed) -> None:
    other, ours = mixed.client(), mixed.computer()
    place = new_id()
    other.notebook.save("place", place, {"name": "x" * 900, "address": "Rue Haute", "postal_code": "48400"})
    workshop(other, "Après la faute")
    sync(other, ours)
    assert [one.refused for one in other.notebook.kept.values() if one.refused] == ["invalid:name"]
    assert titles(ours) == ["Après la faute"]
    assert ("place", place) not in shown(ours)
    assert shown(other)["place", place]["address"] == "Rue Haute"
    other.notebook.save("place", place, {"name": "Médiathèque"})
    assert same([other, ours])
    assert (shown(ours)["place", place]["name"], shown(ours)["place", place]["address"]) == ("Médiathèque", "Rue Haute")
    assert not [one for one in other.notebook.kept.values() if one.refused]
    other.notebook.save("place", place, {"name": "y" * 900, "typology": "BIB"})
    sync(other)
    assert (shown(other)["place", place]["name"], shown(other)["place", place]["typology"]) == ("Médiathèque", "BIB")


def test_an_edit_of_what_was_erased_elsewhere_is_gone_and_blocks_nothing(mixed: Mixed) -> None:
    other, another = mixed.client(), mixed.client()
    id_ = workshop(other, "À effacer")
    sync(other, another)
    other.notebook.erase("activity", id_)
    sync(other)
    another.notebook.save("activity", id_, {"minutes": 5})
    workshop(another, "La suivante")
    assert same([another, other])
    another.notebook.save("activity", id_, {"minutes": 6})
    assert same([another, other])
    assert not [one for one in another.notebook.kept.values() if one.id == id_ and one.says_something]
    assert titles(other) == ["La suivante"]


def test_a_row_that_no_key_opens_waits_for_its_key(mixed: Mixed) -> None:
    other, another = mixed.client(), mixed.client()
    id_ = workshop(other, "Scellée")
    sync(other)
    keys = another.notebook.keyring.keys
    another.notebook.keyring.keys = {1: bytes(32)}
    sync(another)
    assert shown(another) == {}
    another.compare()
    assert another.link.resets == 0
    another.notebook.keyring.keys = keys
    assert shown(another)["activity", id_]["title"] == "Scellée"


def test_a_batch_that_is_too_large_is_halved(mixed: Mixed) -> None:
    other = mixed.client()
    for _ in range(80):
        other.notebook.save("activity", new_id(), {"notes": token_hex(20_000)})
    sync(other)
    assert 1 < other.batch < 80
    assert len(operations_of(mixed.server, other.notebook.keyring.notebook)) == 80


@pytest.mark.parametrize("off", [-YEARS, YEARS])
def test_a_clock_wrong_by_years_never_stops_the_synchronisation(mixed: Mixed, off: int) -> None:
    other, ours = mixed.client(), mixed.computer()
    other.link.offset = other.notebook.offset = off
    id_ = workshop(other, "Avant")
    for minutes in (61, 62):
        other.notebook.save("activity", id_, {"minutes": minutes})
    assert same([other, ours])
    assert shown(ours)["activity", id_]["minutes"] == 62
    assert abs(other.notebook.clock[0] - now()) < 120_000
    other.notebook.save("activity", id_, {"minutes": 63})
    assert other.notebook.outbox[-1].clock[0] < now() + 120_000
    assert same([other, ours])
    assert shown(ours)["activity", id_]["minutes"] == 63
    ours.save(Activity(id=id_, minutes=64, created_at=1))
    assert same([ours, other])
    assert shown(other)["activity", id_]["minutes"] == 64
