"""Serve the requests of a courier file one by one, as if the network had carried them, and make the receipt."""

from dataclasses import dataclass

from sqlalchemy import select

from protocol import signing
from protocol.courier import Carried, Courier, Receipt, open_courier, seal_receipt
from protocol.messages import COURIER_PATH, PROTOCOL_VERSION, ErrorAnswer, Limits, SyncAnswer, SyncRequest
from protocol.sealing import CannotOpenError
from server.callers import member
from server.database import Database
from server.edge import SignedRequest
from server.erasures import Journal
from server.errors import Refusal
from server.models import device, installation
from server.sync.service import synchronise

CARRIED_HOME = {"fork", "gap"}
"""Refusals about which only the computer that made the file can do something: the receipt takes them to it."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The receipt, and whether the computer must prepare another courier."""

    receipt: bytes
    is_to_renew: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """Where courier files are handed in; raises Refusal for what is no courier, or comes from who is not allowed."""

    database: Database
    journal: Journal
    limits: Limits
    now_ms: int

    def take(self, sealed: bytes) -> HandedIn:
        """Serve what the file carries, and close the receipt for the computer that made it."""
        private = self._private_key()
        requests = [self._request(one) for one in _opened(sealed, private).requests]
        first = requests[0].signature.device
        if any(one.signature.device != first for one in requests):
            raise Refusal(422, "not_a_courier")
        answers, refusal = self._served(requests)
        epoch = requests[0].message(SyncRequest).epoch
        receipt = Receipt(epoch=epoch, answers=answers, refusal=refusal)
        return HandedIn(seal_receipt(receipt, private, self._box_key_of(requests[0])), refusal is not None)

    def _request(self, carried: Carried) -> SignedRequest:
        if len(carried.body) > self.limits.bytes:
            raise Refusal(413, "too_large")
        try:
            signature = signing.parse(carried.signature)
        except signing.BadSignatureError as error:
            raise Refusal(422, "not_a_courier") from error
        return SignedRequest(signature, "POST", COURIER_PATH, carried.body, self.limits.raw)

    def _served(self, requests: list[SignedRequest]) -> tuple[list[SyncAnswer], ErrorAnswer | None]:
        answers: list[SyncAnswer] = []
        for one in requests:
            try:
                answers.append(self._serve(one))
            except Refusal as refused:
                if refused.code not in CARRIED_HOME:
                    raise
                nonce = one.signature.nonce
                said = ErrorAnswer(p=PROTOCOL_VERSION, n=nonce, t=self.now_ms, error=refused.code, ack=refused.ack)
                return answers, said
        return answers, None

    def _serve(self, asked: SignedRequest) -> SyncAnswer:
        """One request, one transaction; its time may be months old."""
        with self.database.transaction() as connection:
            caller = member(connection, asked, now_ms=None)
            message, nonce = asked.message(SyncRequest), asked.signature.nonce
            served = synchronise(connection, caller, message, nonce, self.now_ms, self.limits)
            self.journal.note(caller.notebook, served.erased)
            return served.answer

    def _private_key(self) -> bytes:
        with self.database.transaction() as connection:
            return bytes(connection.execute(select(installation.c.box_key)).scalar_one())

    def _box_key_of(self, asked: SignedRequest) -> bytes:
        with self.database.transaction() as connection:
            wanted = select(device.c.box_key).where(device.c.id == asked.signature.device)
            return bytes(connection.execute(wanted).scalar_one())


def _opened(sealed: bytes, private: bytes) -> Courier:
    try:
        return open_courier(sealed, private)
    except CannotOpenError as error:
        raise Refusal(422, "not_a_courier") from error
