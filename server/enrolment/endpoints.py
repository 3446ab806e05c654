"""`POST /v1/enrolment` with a code, then `POST /v1/enrolment/keys` with the wrapped key."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from protocol.messages import ENROLMENT_PATH, KEYS_PATH, PROTOCOL_VERSION, EnrolAnswer, EnrolRequest, KeysRequest
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
    return respond(await run_in_threadpool(_enrol, state.database, await signed(request), state.now_ms()))


@router.post(KEYS_PATH)
async def keep_keys(request: Request) -> Response:
    """Keep the notebook's key as this device wrapped it."""
    state = request.app.state
    return respond(await run_in_threadpool(_keep_keys, state.database, await signed(request), state.now_ms()))


def _enrol(database: Database, request: SignedRequest, now_ms: int) -> EnrolAnswer:
    message = request.message(EnrolRequest)
    request.check(message.sign_key, now_ms)
    with database.transaction() as connection:
        joined = service.enrol(connection, request.signature.device, message)
        return EnrolAnswer(
            p=PROTOCOL_VERSION,
            n=request.signature.nonce,
            t=now_ms,
            inc=connection.execute(select(installation.c.incarnation)).scalar_one(),
            notebook=joined,
            keys=service.keys_of(connection, joined),
        )


def _keep_keys(database: Database, request: SignedRequest, now_ms: int) -> EnrolAnswer:
    with database.transaction() as connection:
        caller = authenticate(connection, request, now_ms)
        keys = service.keep_keys(connection, caller.notebook, caller.device, request.message(KeysRequest))
        return EnrolAnswer(
            p=PROTOCOL_VERSION,
            n=request.signature.nonce,
            t=now_ms,
            inc=caller.incarnation,
            notebook=caller.notebook,
            keys=keys,
        )
