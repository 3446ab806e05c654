"""`POST /v1/devices` and what may be done there: invite, allow, revoke, turn. See docs/sync-protocol.md."""

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection

from protocol.messages import (
    ALLOW_PATH,
    DEVICES_PATH,
    INVITE_PATH,
    PROTOCOL_VERSION,
    REVOKE_PATH,
    TURN_PATH,
    AllowRequest,
    Answer,
    DevicesAnswer,
    DevicesRequest,
    DoneAnswer,
    InviteAnswer,
    RevokeRequest,
    TurnRequest,
)
from server.callers import authenticate, member
from server.devices import service
from server.edge import SignedRequest, respond, signed
from server.enrolment.service import device_keys_of, keys_of
from server.erasures import DEVICE, Journal
from server.errors import Refusal

router = APIRouter()
Serve = Callable[[Connection, SignedRequest, int], Answer]


@router.post(DEVICES_PATH)
async def devices(request: Request) -> Response:
    """Every computer of the notebook, and the keys wrapped for the one that asks."""
    return await _served(request, _devices)


@router.post(INVITE_PATH)
async def invite(request: Request) -> Response:
    """A code with which one more computer may ask to join."""
    return await _served(request, _invite)


@router.post(ALLOW_PATH)
async def allow(request: Request) -> Response:
    """Let a computer in that asked to join."""
    return await _served(request, _allow)


@router.post(REVOKE_PATH)
async def revoke(request: Request) -> Response:
    """Take a computer out, refuse one that asks, or leave."""
    return await _served(request, partial(_revoke, request.app.state.journal))


@router.post(TURN_PATH)
async def turn(request: Request) -> Response:
    """Keep a new generation of the notebook's key."""
    return await _served(request, _turn)


async def _served(request: Request, serve: Serve) -> Response:
    """One request, one transaction."""
    state, asked = request.app.state, await signed(request)

    def call() -> Answer:
        with state.database.transaction() as connection:
            return serve(connection, asked, state.now_ms())

    return respond(await run_in_threadpool(call), asked.body)


def _devices(connection: Connection, request: SignedRequest, now_ms: int) -> DevicesAnswer:
    caller = member(connection, request, now_ms)
    request.message(DevicesRequest)
    kept = keys_of(connection, caller.notebook)
    return DevicesAnswer(
        p=PROTOCOL_VERSION,
        n=request.signature.nonce,
        t=now_ms,
        devices=service.devices_of(connection, caller.notebook),
        keys=device_keys_of(connection, caller.device),
        newest=kept[-1] if kept else None,
    )


def _invite(connection: Connection, request: SignedRequest, now_ms: int) -> InviteAnswer:
    caller = member(connection, request, now_ms)
    request.message(DevicesRequest)
    code, hours = service.invite(connection, caller.notebook)
    return InviteAnswer(p=PROTOCOL_VERSION, n=request.signature.nonce, t=now_ms, code=code, valid_hours=hours)


def _allow(connection: Connection, request: SignedRequest, now_ms: int) -> DoneAnswer:
    caller = member(connection, request, now_ms)
    service.allow(connection, caller.notebook, request.message(AllowRequest))
    return _done(request, now_ms)


def _revoke(journal: Journal, connection: Connection, request: SignedRequest, now_ms: int) -> DoneAnswer:
    caller = authenticate(connection, request, now_ms)
    wanted = request.message(RevokeRequest).device
    if not caller.is_allowed and wanted != caller.device:
        raise Refusal(403, "pending")
    journal.note(service.revoke(connection, wanted, caller.notebook), [(DEVICE, wanted)])
    return _done(request, now_ms)


def _turn(connection: Connection, request: SignedRequest, now_ms: int) -> DoneAnswer:
    caller = member(connection, request, now_ms)
    service.turn(connection, caller.notebook, request.message(TurnRequest))
    return _done(request, now_ms)


def _done(request: SignedRequest, now_ms: int) -> DoneAnswer:
    return DoneAnswer(p=PROTOCOL_VERSION, n=request.signature.nonce, t=now_ms)
