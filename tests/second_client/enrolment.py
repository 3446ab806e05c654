"""How a device gets into a notebook: as the first one, or with the recovery code."""

import secrets
import uuid
from dataclasses import dataclass, field
from uuid import UUID

from nacl.public import PrivateKey, PublicKey
from nacl.signing import SigningKey

from tests.second_client.client import Client
from tests.second_client.notebook import Notebook
from tests.second_client.sealing import Keyring, are_proved, blake2b, check, recovery_key, unwrap, wrap
from tests.second_client.wire import Link, Message, data, text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_code(length: int = 28) -> str:
    """A recovery code: random characters of Crockford's base 32, and the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + ALPHABET[sum((2 * place + 1) * ALPHABET.index(one) for place, one in enumerate(body)) % 32]


@dataclass
class _Newcomer:
    """A device that asks to be let in."""

    url: str
    device: UUID = field(default_factory=uuid.uuid4)
    signing: SigningKey = field(default_factory=SigningKey.generate)
    box: PrivateKey = field(default_factory=PrivateKey.generate)

    def __post_init__(self) -> None:
        self.link = Link(self.url, self.device, bytes(self.signing))

    def ask(self, code: str) -> Message:
        """The answer, once the server has told the notebook's keys before it knew for whom they will be wrapped."""
        before, answer = self._ask(code, bytes(32)), self._ask(code, bytes(self.box.public_key))
        return answer if before.get("keys") == answer.get("keys") else self.ask(code)

    def give(self, keyring: Keyring, also: Message) -> Message:
        """Tell the server the newest key, wrapped for this device."""
        key = keyring.keys[keyring.newest]
        about = self.device.bytes + bytes(self.signing.verify_key) + bytes(self.box.public_key)
        message = {
            "generation": keyring.newest,
            "device_wrap": text(wrap(keyring.newest, key, self.box.public_key)),
            "vouch": text(blake2b(about, 32, b"passerelle-vouch", key[:32])),
        }
        return self.link.ask("/v1/enrolment/keys", message | also)

    def give_all(self, keyring: Keyring) -> Message:
        """Tell it every key."""
        older = sorted(keyring.keys)[:-1]
        wraps = [text(wrap(generation, keyring.keys[generation], self.box.public_key)) for generation in older]
        told = [{"generation": generation, "wrap": one} for generation, one in zip(older, wraps, strict=True)]
        return self.give(keyring, {"older": told})

    def _ask(self, code: str, box_key: bytes) -> Message:
        keys = {"sign_key": text(bytes(self.signing.verify_key)), "box_key": text(box_key)}
        return self.link.ask("/v1/enrolment", {"code": code, **keys})


def enrol(url: str, code: str, recovery_code: str) -> Client:
    """A client of the notebook that the code opens; the first one makes the key, the others find it."""
    newcomer, recovery = _Newcomer(url), recovery_key(recovery_code)
    answer = newcomer.ask(code)
    keyring = Keyring(UUID(bytes=data(answer["notebook"])), newcomer.box)
    if not answer.get("keys"):
        keyring.keys[1] = secrets.token_bytes(32)
        mine = _for_recovery(keyring, recovery.public_key)
        answer = newcomer.give(keyring, {"recovery": mine})
        if mine in answer["keys"]:
            return Client(newcomer.link, Notebook(keyring))
        keyring.keys.clear()
    while answer["keys"][-1]["generation"] > keyring.newest:
        keyring.keys = _opened(answer["keys"], recovery)
        answer = newcomer.give_all(keyring)
    return Client(newcomer.link, Notebook(keyring))


def _for_recovery(keyring: Keyring, recovery: PublicKey) -> Message:
    key = keyring.keys[keyring.newest]
    return {
        "generation": keyring.newest,
        "recovery_key": text(bytes(recovery)),
        "recovery_wrap": text(wrap(keyring.newest, key, recovery)),
        "check": text(check(key, bytes(recovery))),
    }


def _opened(told: list[Message], recovery: PrivateKey) -> dict[int, bytes]:
    keys = dict(unwrap(data(one["recovery_wrap"]), recovery) for one in told)
    checks = [(one.get("check", ""), text(check(keys[one["generation"]], bytes(recovery.public_key)))) for one in told]
    if any(said != true for said, true in checks) or not are_proved(keys):
        raise ValueError("a key is not the notebook's")
    return keys
