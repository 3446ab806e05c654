"""`GET /v1/health`: for monitors, and to tell a silent server from a captive portal."""

from fastapi import APIRouter, Request
from sqlalchemy import text

from protocol.messages import PROTOCOL_VERSION
from server.health.schemas import Health

router = APIRouter()


@router.get("/v1/health")
def health(request: Request) -> Health:
    """Answers once the database did."""
    with request.app.state.database.transaction() as connection:
        connection.execute(text("SELECT 1"))
    return Health(status="ok", protocol=PROTOCOL_VERSION)
