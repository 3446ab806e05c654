"""The slots that each keep a wrapped copy of the database's key, as LUKS does: store, passphrase, recovery code.

The key itself is 32 random bytes, never derived from anything a person types.
"""

import json
import os
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.errors import KnownError, LostKeysError, UserError
from app.paths import Paths
from app.recovery import RecoveryKey, key_of

SERVICE = "Passerelle"
"""The name under which the operating system's store files the key."""
SHORTEST_PASSPHRASE = 8
"""Characters."""
_PARTS = {"passphrase": ("salt", "box"), "recovery": ("public", "box")}
"""What each kind of slot holds."""
_DAMAGED = "Le fichier des clés («\u00a0cles.json\u00a0») manque ou est abîmé. Rien d’autre n’a été effacé."


class Door(Enum):
    """How the notebook of this computer is opened."""

    NEW = "new"
    STORE = "store"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Vault:
    """The slots of one data folder, in one small file that opens nothing by itself."""

    path: Path

    @property
    def exists(self) -> bool:
        """Whether this computer was set up."""
        return self.path.exists()

    @property
    def kinds(self) -> frozenset[str]:
        """The slots there are: « store », « passphrase », « recovery »."""
        return frozenset(self._read()["slots"])

    @property
    def is_used(self) -> bool:
        """Whether the notebook behind these keys was made."""
        return bool(self._read().get("used"))

    def portable(self) -> bytes:
        """The slots as a copy of the notebook carries them: this computer's store would be no use elsewhere."""
        content = self._read()
        content["slots"].pop("store", None)
        return json.dumps({**content, "used": True}, indent=1).encode()

    def adopt(self, portable: bytes) -> None:
        """Keep the slots that a copy carries; raises LostKeysError if they cannot be used."""
        self._write(_checked(portable))

    def mark_used(self) -> None:
        """Remember that the notebook was made."""
        self._write({**self._read(), "used": True})

    def create(self, recovery_public: bytes, passphrase: str | None) -> bytearray:
        """A new key, closed for the recovery code and for the passphrase, or for the system's store without one.

        Nothing is written when the passphrase is too short (UserError) or the store refuses (KnownError).
        """
        key, account = bytearray(os.urandom(32)), str(uuid4())
        slots = {"recovery": _closed_for(recovery_public, key)}
        if passphrase is None:
            _hand_to_store(account, key)
            slots["store"] = {}
        else:
            slots["passphrase"] = _closed_by(passphrase, key)
        self._write({"account": account, "slots": slots})
        return key

    def keep_in_store(self, key: bytearray) -> None:
        """Let whoever opens this session of the computer open the notebook; raises KnownError if it cannot be."""
        _hand_to_store(self._read()["account"], key)
        self._with_slot("store", {})

    def forget_store(self) -> None:
        """Ask for the passphrase from now on; a store that no longer answers has nothing to forget."""
        from keyring.errors import KeyringError

        content = self._read()
        with suppress(KeyringError):
            _store().delete_password(SERVICE, content["account"])
        del content["slots"]["store"]
        self._write(content)

    def set_passphrase(self, key: bytearray, passphrase: str) -> None:
        """Close the key with a passphrase; raises UserError if it is too short."""
        self._with_slot("passphrase", _closed_by(passphrase, key))

    def from_store(self) -> bytearray | None:
        """The key kept by the operating system, None if it does not have it (another session, another computer)."""
        if "store" not in self.kinds:
            return None
        from keyring.errors import KeyringError

        try:
            found = _store().get_password(SERVICE, self._read()["account"])
            return bytearray.fromhex(found) if found else None
        except (KeyringError, ValueError):
            return None

    def from_passphrase(self, passphrase: str) -> bytearray:
        """The key behind a passphrase; raises UserError if it is not the right one."""
        from nacl.exceptions import CryptoError
        from nacl.secret import SecretBox

        slot = self._slot("passphrase")
        try:
            return bytearray(SecretBox(_derived(passphrase, slot["salt"])).decrypt(slot["box"]))
        except CryptoError as error:
            raise UserError(
                "Ce n’est pas la bonne phrase de passe\u00a0: vérifiez les majuscules et réessayez."
            ) from error

    def from_recovery(self, typed: str) -> tuple[bytearray, RecoveryKey]:
        """The key behind the recovery code; raises UserError if it has a mistake or is another notebook's."""
        from nacl.exceptions import CryptoError
        from nacl.public import PrivateKey, SealedBox

        pair = recovery_key(typed)
        try:
            return bytearray(SealedBox(PrivateKey(pair.private)).decrypt(self._slot("recovery")["box"])), pair
        except CryptoError as error:
            sentence = "Ce code de secours est celui d’un autre carnet\u00a0: cherchez la bonne feuille."
            raise UserError(sentence, {"recovery": sentence}) from error

    @property
    def recovery_public(self) -> bytes:
        """The public half of the recovery code's key."""
        return self._slot("recovery")["public"]

    def _with_slot(self, kind: str, slot: dict[str, str]) -> None:
        content = self._read()
        content["slots"][kind] = slot
        self._write(content)

    def _slot(self, kind: str) -> dict[str, bytes]:
        try:
            slot = self._read()["slots"][kind]
            return {name: b64decode(slot[name], validate=True) for name in _PARTS[kind]}
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise LostKeysError(_DAMAGED) from error

    def _read(self) -> dict[str, Any]:
        try:
            return _checked(self.path.read_bytes())
        except OSError as error:
            raise LostKeysError(_DAMAGED) from error

    def _write(self, content: dict[str, Any]) -> None:
        aside = self.path.with_suffix(".nouveau")
        try:
            with aside.open("w", encoding="utf-8") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            aside.chmod(0o600)
            os.replace(aside, self.path)
        except OSError as error:
            raise KnownError(
                "Les clés du carnet ne peuvent pas être écrites\u00a0: vérifiez l’espace libre, puis recommencez."
            ) from error


def _checked(written: bytes) -> dict[str, Any]:
    """The content of a file of slots, as it can be used; raises LostKeysError."""
    try:
        content: dict[str, Any] = json.loads(written)
        if isinstance(content["account"], str) and "recovery" in content["slots"]:
            return content
    except (ValueError, KeyError, TypeError) as error:
        raise LostKeysError(_DAMAGED) from error
    raise LostKeysError(_DAMAGED)


def door(paths: Paths) -> Door:
    """What must be asked before the notebook opens; raises KnownError if the file of the keys is lost or damaged."""
    slots = Vault(paths.slots)
    if not slots.exists:
        if paths.database.exists():
            raise LostKeysError(_DAMAGED)
        return Door.NEW
    kinds = slots.kinds
    return next((one for one in (Door.STORE, Door.PASSPHRASE) if one.value in kinds), Door.RECOVERY)


def recovery_key(typed: str) -> RecoveryKey:
    """The key pair of a recovery code as typed; raises UserError when it has a mistake."""
    pair = key_of(typed)
    if pair is None:
        sentence = "Ce code de secours contient une faute de frappe\u00a0: il compte sept groupes de quatre signes."
        raise UserError(sentence, {"recovery": sentence})
    return pair


def store_works() -> bool:
    """Whether this computer has a credential store that keeps a secret."""
    from keyring.errors import KeyringError

    probe = f"essai-{uuid4()}"
    try:
        store = _store()
        store.set_password(SERVICE, probe, probe)
        kept = store.get_password(SERVICE, probe) == probe
        store.delete_password(SERVICE, probe)
    except (KeyringError, OSError, RuntimeError):
        return False
    return bool(kept)


def _hand_to_store(account: str, key: bytearray) -> None:
    from keyring.errors import KeyringError

    try:
        _store().set_password(SERVICE, account, key.hex())
    except (KeyringError, OSError, RuntimeError) as error:
        raise KnownError(
            "Cet ordinateur n’a pas pu garder la clé\u00a0: choisissez plutôt une phrase de passe."
        ) from error


def _store() -> Any:
    """The operating system's credential store; on Windows, kept on this computer and not in a roaming profile."""
    import keyring

    backend = keyring.get_keyring()
    if hasattr(backend, "persist"):
        backend.persist = "local machine"
    return backend


def _derived(passphrase: str, salt: bytes) -> bytes:
    """Argon2id, 64 MiB and three passes (about 0.15 s on a small laptop)."""
    from nacl.pwhash import argon2id

    return argon2id.kdf(32, passphrase.encode("utf-8"), salt, opslimit=3, memlimit=64 * 1024 * 1024)


def _closed_by(passphrase: str, key: bytearray) -> dict[str, str]:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = f"Choisissez une phrase d’au moins {SHORTEST_PASSPHRASE} caractères."
        raise UserError(sentence, {"passphrase": sentence})
    from nacl.secret import SecretBox

    salt = os.urandom(16)
    box = SecretBox(_derived(passphrase, salt)).encrypt(bytes(key))
    return {"salt": _text(salt), "box": _text(box)}


def _closed_for(public: bytes, key: bytearray) -> dict[str, str]:
    from nacl.public import PublicKey, SealedBox

    return {"public": _text(public), "box": _text(SealedBox(PublicKey(public)).encrypt(bytes(key)))}


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")
