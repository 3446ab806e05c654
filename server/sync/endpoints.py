"""`POST /v1/sync`: see docs/sync-protocol.md."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from protocol.messages import SYNC_PATH, Limits, SyncAnswer, SyncRequest
from server.callers import authenticate
from server.database import Database
from server.edge import SignedRequest, respond, signed
from server.sync.service import synchronise

router = APIRouter()


@router.post(SYNC_PATH)
async def sync(request: Request) -> Response:
    """Take a device's operations and give it the rows it has not seen, in one transaction."""
    state = request.app.state
    asked = await signed(request)
    return respond(await run_in_threadpool(_sync, state.database, asked, state.settings.limits, state.now_ms()))


def _sync(database: Database, asked: SignedRequest, limits: Limits, now_ms: int) -> SyncAnswer:
    with database.transaction() as connection:
        caller = authenticate(connection, asked, now_ms)
        message = asked.message(SyncRequest)
        return synchronise(connection, caller, message, asked.signature.nonce, now_ms, limits)
