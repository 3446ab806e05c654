"""`GET /v1/health` for monitors; `GET /generate_204`, in clear, to tell a server in trouble from a captive portal."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from protocol.messages import CLEAR_PATH, PROTOCOL_VERSION
from server.health.schemas import Health

router = APIRouter()


@router.get("/v1/health")
def health(request: Request) -> Health:
    """Answers once the database did."""
    with request.app.state.database.transaction() as connection:
        connection.execute(text("SELECT 1"))
    return Health(status="ok", protocol=PROTOCOL_VERSION)


@router.get(CLEAR_PATH)
def clear() -> Response:
    """Nothing: what any captive portal would put a page in the place of."""
    return Response(status_code=204)
