"""`POST /v1/sync`: see docs/sync-protocol.md."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from protocol.messages import SYNC_PATH, Limits, SyncAnswer, SyncRequest
from server.callers import member
from server.database import Database
from server.edge import SignedRequest, respond, signed
from server.erasures import Journal
from server.sync.service import synchronise

router = APIRouter()


@router.post(SYNC_PATH)
async def sync(request: Request) -> Response:
    """Take a device's operations and give it the rows it has not seen, in one transaction."""
    state = request.app.state
    asked = await signed(request)  # before the gate: a body that comes slowly keeps nobody out
    with state.gate.entered():
        answer = await run_in_threadpool(
            serve, state.database, state.journal, asked, state.settings.limits, state.now_ms()
        )
    return respond(answer, asked.body)


def serve(database: Database, journal: Journal, asked: SignedRequest, limits: Limits, now_ms: int) -> SyncAnswer:
    """One request, one transaction; the journal of erasures is written before the commit."""
    with database.transaction() as connection:
        caller = member(connection, asked, now_ms)
        message = asked.message(SyncRequest)
        served = synchronise(connection, caller, message, asked.signature.nonce, now_ms, limits)
        journal.note(caller.notebook, served.erased)
        return served.answer
