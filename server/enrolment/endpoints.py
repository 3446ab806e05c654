"""`POST /v1/enrolment` with a code, then `POST /v1/enrolment/keys` with the wrapped key."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, select

from protocol.messages import (
    ENROLMENT_PATH,
    KEYS_PATH,
    PROTOCOL_VERSION,
    EnrolAnswer,
    EnrolRequest,
    KeysRequest,
    WrappedKey,
)
from protocol.sealing import public_half
from server.callers import authenticate
from server.database import Database
from server.edge import SignedRequest, respond, signed
from server.enrolment import service
from server.models import installation

router = APIRouter()


@router.post(ENROLMENT_PATH)
async def enrol(request: Request) -> Response:
    """Take a computer in: its code, its public keys, proved by its own signature."""
    state = request.app.state
    asked = await signed(request)
    return respond(await run_in_threadpool(_enrol, state.database, asked, state.now_ms()), asked.body)


@router.post(KEYS_PATH)
async def keep_keys(request: Request) -> Response:
    """Keep the notebook's key as this device wrapped it."""
    state = request.app.state
    asked = await signed(request)
    return respond(await run_in_threadpool(_keep_keys, state.database, asked, state.now_ms()), asked.body)


MOST_OF_A_STRANGER = 4096
"""Bytes unpacked of a request whose author is not known yet."""


def _enrol(database: Database, request: SignedRequest, now_ms: int) -> EnrolAnswer:
    message = request.message(EnrolRequest, MOST_OF_A_STRANGER)
    request.check(message.sign_key, now_ms)
    with database.transaction() as connection:
        joined = service.enrol(connection, request.signature.device, message)
        return _answer(connection, request, joined, service.keys_of(connection, joined), now_ms)


def _keep_keys(database: Database, request: SignedRequest, now_ms: int) -> EnrolAnswer:
    with database.transaction() as connection:
        caller = authenticate(connection, request, now_ms)
        keys = service.keep_keys(connection, caller.notebook, caller.device, request.message(KeysRequest))
        return _answer(connection, request, caller.notebook, keys, now_ms)


def _answer(
    connection: Connection, request: SignedRequest, joined: UUID, keys: list[WrappedKey], now_ms: int
) -> EnrolAnswer:
    here = connection.execute(select(installation.c.incarnation, installation.c.box_key)).one()
    return EnrolAnswer(
        p=PROTOCOL_VERSION,
        n=request.signature.nonce,
        t=now_ms,
        inc=here.incarnation,
        notebook=joined,
        keys=keys,
        device_keys=service.device_keys_of(connection, request.signature.device),
        server_key=public_half(here.box_key),
    )
