"""Puts the server together: one router per feature, one pool of connections."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.requests import ClientDisconnect

from server.courier.endpoints import router as courier
from server.database import open_database
from server.devices.endpoints import router as devices
from server.edge import hung_up, now_ms, refusal, unavailable
from server.enrolment.endpoints import router as enrolment
from server.erasures import Journal
from server.errors import Refusal
from server.gate import AT_THE_COUNTER, Doorway, Gate
from server.health.endpoints import router as health
from server.settings import Settings
from server.sync.endpoints import router as sync


def create_app(settings: Settings, clock: Callable[[], int] = now_ms) -> FastAPI:
    """The server on a migrated database; `clock` gives its time in milliseconds."""
    database = open_database(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        database.close()

    app = FastAPI(title="Passerelle", lifespan=lifespan)
    app.state.settings, app.state.database, app.state.now_ms = settings, database, clock
    app.state.journal, app.state.gate, app.state.counter_gate = Journal(settings.journal), Gate(), Gate(AT_THE_COUNTER)
    app.add_middleware(Doorway, gate=app.state.gate, now_ms=clock)
    app.add_exception_handler(Refusal, refusal)
    for away in (OperationalError, PoolTimeoutError):
        app.add_exception_handler(away, unavailable)
    app.add_exception_handler(ClientDisconnect, hung_up)
    for router in (health, enrolment, devices, sync, courier):
        app.include_router(router)
    return app
