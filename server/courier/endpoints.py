"""`POST /v1/courier` for a colleague's program, `/courrier` for anyone's browser; neither asks for an account."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from protocol.courier import COURIER_TYPE, MAX_COURIER_BYTES
from protocol.messages import COURIER_PATH
from server.courier import page
from server.courier.service import Counter, HandedIn
from server.edge import bounded_body
from server.errors import Refusal

PAGE_PATH = "/courrier"
FORM_BYTES = 64 * 1024
"""What a browser puts around the file."""
router = APIRouter()


@router.post(COURIER_PATH)
async def hand_in(request: Request) -> Response:
    """Take a courier file as it is; answer its receipt."""
    with request.app.state.counter_gate.entered():
        handed = await _take(request.app.state, await bounded_body(request, MAX_COURIER_BYTES))
        return Response(handed.receipt, media_type=COURIER_TYPE)


@router.get(PAGE_PATH)
async def ask() -> HTMLResponse:
    """The page where a courier file is chosen."""
    return page.form()


@router.post(PAGE_PATH)
async def hand_in_from_the_page(request: Request) -> HTMLResponse:
    """Take the file that was chosen; the answer is a page too, whatever happens."""
    try:
        with request.app.state.counter_gate.entered():
            name, sealed = await _chosen(request)
            return page.received(name, await _take(request.app.state, sealed))
    except Refusal as refused:
        return page.form(refused.code, refused.status)
    except (OperationalError, PoolTimeoutError):
        return page.form("unavailable", 503)


async def _take(state: Any, sealed: bytes) -> HandedIn:
    counter = Counter(state.database, state.journal, state.settings.limits, state.now_ms())
    with state.gate.entered():
        return await run_in_threadpool(counter.take, sealed)


async def _chosen(request: Request) -> tuple[str, bytes]:
    """The name and the bytes of the one file of the form; its whole length is known before it is read."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MAX_COURIER_BYTES + FORM_BYTES:
        raise Refusal(413, "too_large")
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            chosen = form.get("courrier")
            if not isinstance(chosen, UploadFile):
                raise Refusal(422, "nothing_chosen")
            return chosen.filename or "", await chosen.read()
    except HTTPException as error:
        raise Refusal(422, "not_a_courier") from error
