"""How a device gets into a notebook: as the first one, or with the recovery code."""

import secrets
import uuid
from dataclasses import dataclass, field
from uuid import UUID

from nacl.public import PrivateKey, PublicKey
from nacl.signing import SigningKey

from tests.second_client.client import Client
from tests.second_client.notebook import Notebook
from tests.second_client.sealing import Keyring, blake2b, check, is_proved, recovery_key, unwrap, wrap
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
        sign_key, box_key = bytes(self.signing.verify_key), bytes(self.box.public_key)
        return self.link.ask("/v1/enrolment", {"code": code, "sign_key": text(sign_key), "box_key": text(box_key)})

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


def enrol(url: str, code: str, recovery_code: str) -> Client:
    """A client of the notebook that the code opens; the first one makes the key, the others find it."""
    newcomer, recovery = _Newcomer(url), recovery_key(recovery_code)
    answer = newcomer.ask(code)
    keyring = Keyring(UUID(bytes=data(answer["notebook"])))
    if not answer.get("keys"):
        keyring.keys[1] = secrets.token_bytes(32)
        mine = _for_recovery(keyring, recovery.public_key)
        answer = newcomer.give(keyring, {"recovery": mine})
        if mine in answer["keys"]:
            return Client(newcomer.link, Notebook(keyring))
    keyring.keys = _opened(answer["keys"], recovery)
    older = [
        {"generation": generation, "wrap": text(wrap(generation, key, newcomer.box.public_key))}
        for generation, key in keyring.keys.items()
        if generation != keyring.newest
    ]
    newcomer.give(keyring, {"older": older})
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
    for one in told:
        generation = one["generation"]
        is_true = one.get("check") in (None, text(check(keys[generation], bytes(recovery.public_key))))
        if not is_true or (
            generation - 1 in keys and not is_proved(generation, keys[generation], keys[generation - 1])
        ):
            raise ValueError("a key is not the notebook's")
    return keys
