"""A server whose database is away says so, and comes back by itself."""

from contextlib import ExitStack

from sqlalchemy import QueuePool, text

from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation


def idle(server: LiveServer) -> list[int]:
    """The PostgreSQL processes behind the connections that the server keeps."""
    engine = server.served.engine
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    with ExitStack() as closing:
        kept = [closing.enter_context(engine.connect()) for _ in range(pool.checkedin())]
        return [connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() for connection in kept]


def test_a_connection_that_postgresql_closed_is_answered_come_back_later(server: LiveServer, device: Device) -> None:
    operation = an_operation(1)
    with server.database.transaction() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM unnest(:pids) AS pid"), {"pids": idle(server)})
    answers = [device.sync(operation) for _ in range(3)]
    assert answers[0].error == "unavailable"
    assert answers[-1].ack == (1, operation.u)


def test_the_server_answers_for_its_health(server: LiveServer, device: Device) -> None:
    reply = device.session.get(f"{server.url}/v1/health", timeout=5)
    assert reply.json() == {"status": "ok", "protocol": 2}
