"""Anki as `bench sync` runs it: its own server and its own client, a note for each person and each activity.

python -m bench.sync_anki serve FOLDER PORT
python -m bench.sync_anki prepare FOLDER URL WORK
python -m bench.sync_anki push FOLDER URL
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anki.collection import Collection
from anki.errors import AnkiException
from anki.sync_pb2 import SyncAuth, SyncCollectionResponse

from bench.sync_subjects import Pushed, say, told
from bench.sync_work import Clear

USER, PASSWORD = "essai", "essai"
MOST_TRIES = 40
DONE = {SyncCollectionResponse.NO_CHANGES, SyncCollectionResponse.NORMAL_SYNC}


def serve(folder: Path, port: str) -> None:
    """Become the server, on loopback."""
    os.environ |= {
        "SYNC_USER1": f"{USER}:{PASSWORD}",
        "SYNC_BASE": str(folder / "anki-server"),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": port,
    }
    os.execv(sys.executable, [sys.executable, "-m", "anki.syncserver"])


def prepare(folder: Path, url: str, work: Path) -> None:
    """Add a note for each activity; before the first, make the collection and send it whole with the people."""
    is_new = not (folder / "login.json").exists()
    collection = Collection(str(folder / "collection.anki2"))
    made: list[Clear] = json.loads(work.read_text())
    if is_new:
        followed: list[Clear] = json.loads((folder / "people.json").read_text())
        _set_up(collection, folder, url, followed)
    _add(collection, "activity", made)
    collection.close()


def push(folder: Path) -> None:
    """Synchronise, and try again at once when that fails."""
    collection = Collection(str(folder / "collection.anki2"))
    login = json.loads((folder / "login.json").read_text())
    auth = SyncAuth(hkey=login["hkey"], endpoint=login["endpoint"])
    begun = time.monotonic()
    for tries in range(1, MOST_TRIES + 1):
        if _is_sent(collection, auth):
            say(Pushed(time.monotonic() - begun, tries))
            break
    else:
        raise SystemExit(f"not sent in {MOST_TRIES} tries")
    collection.close()


def _is_sent(collection: Collection, auth: SyncAuth) -> bool:
    """One try; the whole collection is sent where Anki asks for it."""
    try:
        answer = collection.sync_collection(auth, sync_media=False)
        if answer.required not in DONE:
            _send_whole(collection, auth)
    except AnkiException as error:
        print(error, file=sys.stderr)
        return False
    return True


def _set_up(collection: Collection, folder: Path, url: str, people: Sequence[Clear]) -> None:
    auth = collection.sync_login(USER, PASSWORD, url)
    (folder / "login.json").write_text(json.dumps({"hkey": auth.hkey, "endpoint": url}))
    auth.endpoint = url
    _add(collection, "person", people)
    collection.sync_collection(auth, sync_media=False)
    _send_whole(collection, auth)


def _send_whole(collection: Collection, auth: SyncAuth) -> None:
    collection.close_for_full_sync()
    try:
        collection.full_upload_or_download(auth=auth, server_usn=None, upload=True)
    finally:
        collection.reopen(after_full_sync=True)


def _add(collection: Collection, name: str, rows: Sequence[Clear]) -> None:
    """A note for each row, each of its fields a field of the note."""
    kind = collection.models.by_name(name) or _new_kind(collection, name, sorted({key for row in rows for key in row}))
    deck = collection.decks.id("carnet")
    assert deck is not None
    for row in rows:
        note = collection.new_note(kind)
        for field in note.keys():  # noqa: SIM118 - a note is no mapping
            note[field] = _text(row.get(field))
        collection.add_note(note, deck)


def _new_kind(collection: Collection, name: str, fields: Sequence[str]) -> Any:
    kind = collection.models.new(name)
    for field in fields:
        collection.models.add_field(kind, collection.models.new_field(field))
    template = collection.models.new_template("card")
    template["qfmt"] = "{{id}}"
    collection.models.add_template(kind, template)
    collection.models.add(kind)
    made = collection.models.by_name(name)
    assert made is not None
    return made


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


if __name__ == "__main__":
    asked, at, rest = told(sys.argv)
    match asked:
        case "serve":
            serve(at, rest[0])
        case "prepare":
            prepare(at, rest[0], Path(rest[1]))
        case "push":
            push(at)
