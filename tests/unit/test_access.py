"""Setting a notebook up, opening it in every way, and changing the way."""

from pathlib import Path

import pytest

from app.database import Database
from app.errors import KnownError, UserError
from app.paths import Paths
from app.services import access
from app.services.access import SetUp
from app.vault import Door, Vault, door, recovery_key
from tests.credential_store import memory_store

PHRASE = "quatre mots sans rapport"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def set_up(paths: Paths, passphrase: str | None = PHRASE, code: str | None = None) -> str:
    code = code or access.recovery_code()
    access.set_up(paths, SetUp("Camille Rey", code, passphrase)).close()
    return code


def name_in(opened: Database | None) -> str:
    assert opened is not None
    name = access.advisor_name(opened)
    opened.close()
    return name


def test_the_notebook_opens_with_its_passphrase(paths: Paths) -> None:
    set_up(paths)
    assert name_in(access.open_with_passphrase(paths, PHRASE)) == "Camille Rey"


@pytest.mark.parametrize("left", [None, b""])
def test_a_notebook_that_went_missing_is_told_and_not_replaced(paths: Paths, left: bytes | None) -> None:
    set_up(paths)
    paths.database.unlink()
    if left is not None:
        paths.database.write_bytes(left)
    with pytest.raises(KnownError, match=r"carnet\.db"):
        access.open_with_passphrase(paths, PHRASE)


def test_a_set_up_cut_after_the_keys_is_finished_by_the_next_opening(paths: Paths) -> None:
    Vault(paths.slots).create(recovery_key(access.recovery_code()).public, PHRASE)
    access.open_with_passphrase(paths, PHRASE).close()
    paths.database.unlink()
    with pytest.raises(KnownError, match=r"carnet\.db"):
        access.open_with_passphrase(paths, PHRASE)


def test_the_notebook_opens_with_its_recovery_code(paths: Paths) -> None:
    code = set_up(paths)
    assert name_in(access.open_with_recovery(paths, code.lower())) == "Camille Rey"


def test_the_notebook_opens_by_itself_where_the_computer_keeps_the_key(paths: Paths) -> None:
    with memory_store():
        set_up(paths, passphrase=None)
        assert name_in(access.open_with_store(paths)) == "Camille Rey"


def test_a_second_set_up_never_replaces_the_keys(paths: Paths) -> None:
    set_up(paths)
    with pytest.raises(KnownError, match="déjà un carnet"):
        set_up(paths)
    assert name_in(access.open_with_passphrase(paths, PHRASE)) == "Camille Rey"


def test_a_set_up_without_a_name_is_refused(paths: Paths) -> None:
    with pytest.raises(UserError) as refused:
        access.set_up(paths, SetUp(" ", access.recovery_code(), PHRASE))
    assert "name" in refused.value.fields
    assert door(paths) is Door.NEW


def test_a_forgotten_passphrase_is_replaced_after_the_recovery_code(paths: Paths) -> None:
    code = set_up(paths)
    opened = access.open_with_recovery(paths, code)
    access.choose_passphrase(paths, opened, "une autre phrase")
    opened.close()
    assert name_in(access.open_with_passphrase(paths, "une autre phrase")) == "Camille Rey"
    with pytest.raises(UserError):
        access.open_with_passphrase(paths, PHRASE)


def test_the_computer_keeps_the_key_then_a_passphrase_takes_over(paths: Paths) -> None:
    with memory_store() as store:
        set_up(paths)
        opened = access.open_with_passphrase(paths, PHRASE)
        access.choose_store(paths, opened)
        assert door(paths) is Door.STORE
        access.choose_passphrase(paths, opened, PHRASE)
        opened.close()
        assert door(paths) is Door.PASSPHRASE
        assert not store.secrets


def test_a_damaged_notebook_is_told_and_left_alone(paths: Paths) -> None:
    set_up(paths)
    damaged = b"x" * 8192
    paths.database.write_bytes(damaged)
    with pytest.raises(KnownError, match="Rien n’a été effacé"):
        access.open_with_passphrase(paths, PHRASE)
    assert paths.database.read_bytes() == damaged
