"""Set up a notebook on this computer, open it, and change how it is opened."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app import vault
from app.database import Database
from app.errors import DamagedError, KnownError, UserError
from app.models.computer import Computer
from app.paths import Paths
from app.recovery import new_code
from app.vault import Door, Vault, recovery_key
from app.work import get_state

Updating = Callable[[], object]


def _quietly() -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first start asks; without a passphrase, the computer's own store keeps the key."""

    name: str
    recovery_code: str
    passphrase: str | None


def recovery_code() -> str:
    """A new recovery code, to print."""
    return new_code()


def store_works() -> bool:
    """Whether this computer can keep the key by itself, so that no passphrase is needed."""
    return vault.store_works()


def set_up(paths: Paths, wish: SetUp) -> Database:
    """Make the key, its slots and an empty notebook.

    Raises UserError for each field at fault, KnownError if there is a notebook or the computer refuses.
    """
    name = _checked_name(wish.name)
    if vault.door(paths) is not Door.NEW:
        raise KnownError("Cet ordinateur a déjà un carnet\u00a0: fermez Passerelle, puis ouvrez-le de nouveau.")
    pair = recovery_key(wish.recovery_code)
    database = open_with_key(paths, Vault(paths.slots).create(pair.public, wish.passphrase))
    with database.work() as work:
        work.set_state("advisor.name", name)
    return database


def open_with_store(paths: Paths, updating: Updating = _quietly) -> Database | None:
    """Open with the key that the operating system keeps; None if it does not have it."""
    key = Vault(paths.slots).from_store()
    return open_with_key(paths, key, updating) if key else None


def open_with_passphrase(paths: Paths, passphrase: str) -> Database:
    """Open with the passphrase; raises UserError if it is not the right one."""
    return open_with_key(paths, Vault(paths.slots).from_passphrase(passphrase))


def open_with_key(paths: Paths, key: bytearray, updating: Updating = _quietly) -> Database:
    """Open with the key that a slot gave; a damaged or missing notebook is rebuilt from its latest good copy.

    `updating` is told before an older notebook is brought up to date. Raises DamagedError where no copy is good: what
    is there stays, and no empty notebook takes its place.
    """
    slots = Vault(paths.slots)
    try:
        database = _opened(paths, key, updating, must_exist=slots.is_used)
    except DamagedError:
        from app.services.rebuilding import rebuild  # no ordinary start pays for it

        database = rebuild(paths, key)
    if not slots.is_used:
        slots.mark_used()
    return database


def open_with_recovery(paths: Paths, code: str, updating: Updating = _quietly) -> Database:
    """Open with the recovery code; raises UserError if it is not the right one."""
    key, _ = Vault(paths.slots).from_recovery(code)
    return open_with_key(paths, key, updating)


def choose_passphrase(paths: Paths, database: Database, passphrase: str) -> None:
    """Ask for this passphrase from now on; the key no longer stays in the operating system's store."""
    slots = Vault(paths.slots)
    database.lend_key(lambda key: slots.set_passphrase(key, passphrase))
    if "store" in slots.kinds:
        slots.forget_store()


def choose_store(paths: Paths, database: Database) -> None:
    """Let this computer keep the key from now on; a passphrase chosen before still opens if the store forgets it."""
    database.lend_key(Vault(paths.slots).keep_in_store)


def advisor_name(database: Database) -> str:
    """The name the advisor gave."""
    with database.read() as connection:
        return get_state(connection, "advisor.name") or ""


def rename_advisor(database: Database, name: str) -> None:
    """Correct the advisor's name, for the colleagues of the notebook too; raises UserError if it is empty."""
    name = _checked_name(name)
    with database.work() as work:
        work.set_state("advisor.name", name)
        device = work.get_state("sync.device")
        known = work.find(Computer, UUID(device)) if device else None
        if known is not None:
            work.save(replace(known, advisor=name))


def _opened(paths: Paths, key: bytearray, updating: Updating, must_exist: bool) -> Database:
    if must_exist and not (paths.database.exists() and paths.database.stat().st_size):
        raise DamagedError("Le carnet n’est plus dans son dossier.")
    return Database(paths.database, key, paths.backups, updating)


def _checked_name(typed: str) -> str:
    if not typed.strip():
        raise UserError("Indiquez votre nom.", {"name": "Indiquez votre nom."})
    return typed.strip()
