"""The key slots: what opens the notebook, what does not, and what is written."""

import json
import os
from pathlib import Path

import pytest

from app.errors import KnownError, UserError
from app.paths import Paths
from app.recovery import new_code
from app.vault import Door, Vault, door, recovery_key, store_works
from tests.credential_store import memory_store

PHRASE = "quatre mots sans rapport"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(Paths(tmp_path).slots)


def test_a_passphrase_opens_what_it_closed(vault: Vault) -> None:
    key = vault.create(recovery_key(new_code()).public, PHRASE)
    assert len(key) == 32
    assert vault.from_passphrase(PHRASE) == key


def test_another_passphrase_opens_nothing(vault: Vault) -> None:
    vault.create(recovery_key(new_code()).public, PHRASE)
    with pytest.raises(UserError, match="pas la bonne phrase"):
        vault.from_passphrase(PHRASE.upper())


def test_the_recovery_code_opens_however_it_is_typed(vault: Vault) -> None:
    code = new_code()
    key = vault.create(recovery_key(code).public, PHRASE)
    assert vault.from_recovery(code)[0] == key
    assert vault.from_recovery(code.lower().replace("-", " ").replace("0", "o"))[0] == key


def test_a_slip_in_the_recovery_code_is_told_from_another_notebooks_code(vault: Vault) -> None:
    code = new_code()
    vault.create(recovery_key(code).public, PHRASE)
    slip = code[:-1] + ("A" if code[-1] != "A" else "B")
    with pytest.raises(UserError, match="faute de frappe") as mistyped:
        vault.from_recovery(slip)
    assert "recovery" in mistyped.value.fields
    with pytest.raises(UserError, match="autre carnet"):
        vault.from_recovery(new_code())


def test_a_passphrase_too_short_writes_nothing(vault: Vault) -> None:
    with pytest.raises(UserError) as refused:
        vault.create(recovery_key(new_code()).public, "1234567")
    assert "passphrase" in refused.value.fields
    assert not vault.exists


def test_without_a_credential_store_nothing_is_written(vault: Vault) -> None:
    assert not store_works()
    with pytest.raises(KnownError, match="choisissez plutôt une phrase"):
        vault.create(recovery_key(new_code()).public, None)
    assert not vault.exists


def test_the_store_gives_the_key_back_and_forgets_it(vault: Vault) -> None:
    with memory_store() as store:
        assert store_works()
        assert not store.secrets, "the trial leaves nothing"
        key = vault.create(recovery_key(new_code()).public, None)
        assert vault.from_store() == key
        vault.set_passphrase(key, PHRASE)
        vault.forget_store()
        assert not store.secrets
        assert vault.from_store() is None


def test_a_store_that_lost_the_key_answers_nothing(vault: Vault) -> None:
    with memory_store() as store:
        vault.create(recovery_key(new_code()).public, None)
        store.secrets.clear()
        assert vault.from_store() is None
    assert vault.from_store() is None, "no store at all any more"


def test_the_file_of_the_keys_holds_no_key(vault: Vault) -> None:
    code = new_code()
    with memory_store():
        key = vault.create(recovery_key(code).public, None)
    vault.set_passphrase(key, PHRASE)
    written = vault.path.read_bytes()
    assert key.hex().encode() not in written
    assert PHRASE.encode() not in written
    assert code.encode() not in written
    if os.name == "posix":  # on Windows the profile's folder is closed to others by itself
        assert vault.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"account": 1, "slots": {}}', '{"account": "a", "slots": 3}']
)
def test_a_damaged_file_of_keys_gets_a_sentence(vault: Vault, content: str) -> None:
    vault.path.write_text(content, encoding="utf-8")
    with pytest.raises(KnownError, match=r"cles\.json"):
        _ = vault.kinds


def test_a_damaged_slot_gets_a_sentence(vault: Vault) -> None:
    vault.create(recovery_key(new_code()).public, PHRASE)
    content = json.loads(vault.path.read_text(encoding="utf-8"))
    content["slots"]["passphrase"]["box"] = "é"
    vault.path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KnownError, match=r"cles\.json"):
        vault.from_passphrase(PHRASE)


def test_the_door_follows_the_slots(tmp_path: Path, vault: Vault) -> None:
    paths = Paths(tmp_path)
    assert door(paths) is Door.NEW
    with memory_store():
        key = vault.create(recovery_key(new_code()).public, None)
        assert door(paths) is Door.STORE
        vault.set_passphrase(key, PHRASE)
        assert door(paths) is Door.STORE
        vault.forget_store()
    assert door(paths) is Door.PASSPHRASE


def test_a_notebook_without_its_keys_is_not_taken_for_a_new_computer(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.database.write_bytes(b"closed")
    with pytest.raises(KnownError, match=r"cles\.json"):
        door(paths)


@pytest.mark.parametrize("part", ["salt", "box"])
def test_a_slot_that_lost_a_part_is_told_as_a_damaged_file(vault: Vault, part: str) -> None:
    vault.create(recovery_key(new_code()).public, PHRASE)
    content = json.loads(vault.path.read_text())
    del content["slots"]["passphrase"][part]
    vault.path.write_text(json.dumps(content))
    with pytest.raises(KnownError, match="abîmé"):
        vault.from_passphrase(PHRASE)


def test_a_store_that_answers_something_else_has_no_key(vault: Vault) -> None:
    with memory_store() as store:
        vault.create(recovery_key(new_code()).public, None)
        store.secrets.update(dict.fromkeys(store.secrets, "pas une clé"))
        assert vault.from_store() is None
