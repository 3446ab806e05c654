"""Set up a notebook on this computer, open it, and change how it is opened."""

from dataclasses import dataclass
from enum import Enum

from app import vault
from app.database import Database
from app.errors import UserError
from app.paths import Paths
from app.recovery import new_code
from app.vault import Vault, recovery_key
from app.work import get_state


class Door(Enum):
    """How the notebook of this computer is opened."""

    NEW = "new"
    STORE = "store"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first start asks; without a passphrase, the computer's own store keeps the key."""

    name: str
    recovery_code: str
    passphrase: str | None


def door(paths: Paths) -> Door:
    """What must be asked before the notebook opens."""
    slots = Vault(paths.slots)
    if not slots.exists:
        return Door.NEW
    for kind in (Door.STORE, Door.PASSPHRASE):
        if kind.value in slots.kinds:
            return kind
    return Door.RECOVERY


def recovery_code() -> str:
    """A new recovery code, to print."""
    return new_code()


def store_works() -> bool:
    """Whether this computer can keep the key by itself, so that no passphrase is needed."""
    return vault.store_works()


def set_up(paths: Paths, wish: SetUp) -> Database:
    """Make the key, its slots and an empty notebook; raises UserError for each field at fault."""
    if not wish.name.strip():
        raise UserError("Indiquez votre nom.", {"name": "Indiquez votre nom."})
    pair = recovery_key(wish.recovery_code)
    key = Vault(paths.slots).create(pair.public, wish.passphrase)
    database = Database(paths.database, key, paths.backups)
    with database.work() as work:
        work.set_state("advisor.name", wish.name.strip())
    return database


def open_with_store(paths: Paths) -> Database | None:
    """Open with the key that the operating system keeps; None if it does not have it."""
    key = Vault(paths.slots).from_store()
    return Database(paths.database, key, paths.backups) if key else None


def open_with_passphrase(paths: Paths, passphrase: str) -> Database:
    """Open with the passphrase; raises UserError if it is not the right one."""
    return Database(paths.database, Vault(paths.slots).from_passphrase(passphrase), paths.backups)


def open_with_recovery(paths: Paths, code: str) -> Database:
    """Open with the recovery code; raises UserError if it is not the right one."""
    key, _ = Vault(paths.slots).from_recovery(code)
    return Database(paths.database, key, paths.backups)


def choose_passphrase(paths: Paths, database: Database, passphrase: str) -> None:
    """Ask for this passphrase from now on; the key no longer stays in the operating system's store."""
    slots = Vault(paths.slots)
    database.lend_key(lambda key: slots.set_passphrase(key, passphrase))
    if "store" in slots.kinds:
        slots.forget_store()


def advisor_name(database: Database) -> str:
    """The name the advisor gave at set-up."""
    with database.read() as connection:
        return get_state(connection, "advisor.name") or ""
