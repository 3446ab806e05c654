"""Histories in which a promise was once broken, or taken for broken: they end well."""

import pytest

from tests.histories.play import replay
from tests.histories.stage import Stage
from tests.histories.world import Step

HISTORIES: dict[str, list[Step]] = {
    "a copied disk folds again what its copy replaced": [
        *(("save", "here", ["activity.title"]), ("clone",)),
        *(("save", "copy", ["activity.title"]), ("save", "here", ["activity.minutes"])),
    ],
    "a backup does not even have what was erased since": [
        *(("back_up", "here"), ("save", "here", ["activity.title"]), ("sync", "here", "request_lost")),
        *(("erase", "here", 0), ("sync_narrow", "here", "ok", "request_lost"), ("restore", "here")),
    ],
    "what is said again deletes, and is edited after": [
        *(("save", "here", ["person.deleted"]), ("sync", "here", "late"), ("save", "here", ["person.last_name"])),
        *(("sync", "here"), ("restore_server",), ("sync", "here", "ok", "request_lost")),
    ],
    "a person leaves while somebody else writes on what they came to": [
        *(("save", "here", ["activity.deleted", "person.last_name"]), ("sync", "here"), ("sync", "there")),
        *(("sync", "copy"), ("erase", "there", 1), ("save", "there", ["activity.title", "tag.name"])),
        ("save", "copy", ["activity.minutes", "person.last_name", "presence.postal_code"]),
    ],
    "a case is written for a person who had left": [
        *(("save", "here", ["person.last_name"]), ("sync", "here"), ("sync", "there"), ("sync", "copy")),
        *(("erase", "here", 0), ("sync", "here"), ("sync", "copy"), ("save", "there", ["case.notes"])),
        *(("sync", "there", "answer_lost"), ("sync", "copy"), ("sync", "here"), ("save", "there", ["case.notes"])),
    ],
    "what another says of a person who left takes nothing from what may be said again": [
        *(("save", "there", ["activity.title", "presence.postal_code", "person.last_name"]), ("sync", "there")),
        *(("sync", "here"), ("erase", "here", 2), ("sync", "here"), ("sync", "there"), ("restore_server",)),
    ],
    "a copied disk takes the numbers that a server set back had forgotten": [
        *(("clone",), ("save", "here", ["case.notes", "person.deleted", "workshop.too_many_minutes"])),
        *(("save", "copy", ["person.deleted"]), ("save", "here", ["presence.postal_code"])),
        *(("sync", "here", "ok", "answer_lost"), ("save", "here", ["workshop.too_many_minutes"]), ("restore_server",)),
        *(("save", "copy", ["activity.title"]), ("save", "copy", ["appointment.minutes"]), ("sync", "copy")),
    ],
    "what the server had overruled waits again": [
        *(("save", "there", ["place.name"]), ("save", "here", ["place.name"]), ("sync", "here"), ("sync", "there")),
        *(("restore_server",), ("sync", "there", "ok", "request_lost")),
    ],
}


@pytest.mark.parametrize("what", HISTORIES)
def test_a_known_history_ends_well(stage: Stage, what: str) -> None:
    replay(stage, HISTORIES[what])
