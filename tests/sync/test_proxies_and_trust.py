"""The system's proxies are gone through, its trust store is believed, and nothing else is."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.activity import Activity
from app.sync.client import HttpTransport, clear_address
from app.sync.outcome import Ending
from app.sync.standing import standing as standing_of
from tests.doorways import NAME, Doorway, self_signed, standing
from tests.live_server import LiveServer
from tests.sync.computers import Computer, Office

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no proxy yet."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.fixture
def proxy(server: LiveServer) -> Iterator[Doorway]:
    with standing(Doorway(upstream=server.url)) as doorway:
        yield doorway


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path / "certificat.pem")


@pytest.fixture
def tls(server: LiveServer, certificate: Path) -> Iterator[Doorway]:
    """The server, behind a certificate that nobody vouches for."""
    with standing(Doorway(upstream=server.url), certificate) as doorway:
        yield doorway


@pytest.fixture
def here(office: Office) -> Computer:
    """A computer with something to send."""
    computer = office.computer()
    computer.save(Activity(minutes=30))
    return computer


def sync_with(computer: Computer, address: str) -> Ending:
    transport = HttpTransport(address)
    try:
        return computer.sync(transport).ending
    finally:
        transport.close()


def test_the_engine_goes_through_the_proxy_of_the_environment(
    environment: pytest.MonkeyPatch, proxy: Doorway, here: Computer
) -> None:
    environment.setenv("HTTP_PROXY", proxy.url)
    assert sync_with(here, f"http://{NAME}") is Ending.DONE
    assert proxy.seen == [f"POST http://{NAME}/v1/sync"]
    assert standing_of(here.database).waiting == 0


def test_loopback_is_never_proxied(
    environment: pytest.MonkeyPatch, proxy: Doorway, server: LiveServer, here: Computer
) -> None:
    environment.setenv("HTTP_PROXY", proxy.url)
    assert sync_with(here, server.url) is Ending.DONE
    assert proxy.seen == []


def test_a_proxy_that_is_away_is_only_offline(environment: pytest.MonkeyPatch, here: Computer) -> None:
    environment.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert sync_with(here, f"http://{NAME}") is Ending.OFFLINE
    assert standing_of(here.database).waiting == 1


def test_a_certificate_that_the_system_does_not_trust_changes_nothing(
    environment: pytest.MonkeyPatch, tls: Doorway, here: Computer
) -> None:
    assert sync_with(here, f"https://127.0.0.1:{tls.port}") is Ending.PORTAL
    assert tls.seen == [], "nothing was said to it"
    assert standing_of(here.database).waiting == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a test add to the system's trust store")
def test_a_certificate_that_the_system_trusts_is_believed_through_the_proxy_too(
    environment: pytest.MonkeyPatch, tls: Doorway, certificate: Path, here: Computer
) -> None:
    environment.setenv("SSL_CERT_FILE", str(certificate))
    with standing(Doorway(upstream=tls.url)) as proxy:
        environment.setenv("HTTPS_PROXY", proxy.url)
        assert sync_with(here, f"https://{NAME}") is Ending.DONE
        assert proxy.seen == [f"CONNECT {NAME}:443"]
    assert tls.seen == ["POST /v1/sync"]
    assert standing_of(here.database).waiting == 0


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("https://passerelle.exemple.fr", "http://passerelle.exemple.fr/generate_204"),
        ("https://passerelle.exemple.fr:8443/chemin", "http://passerelle.exemple.fr/generate_204"),
        ("http://127.0.0.1:8640", "http://127.0.0.1:8640/generate_204"),
    ],
)
def test_a_portal_is_looked_for_at_the_server_s_own_host(server: str, address: str) -> None:
    assert clear_address(server) == address


def test_the_server_answers_nothing_in_clear_and_a_portal_does(server: LiveServer, proxy: Doorway) -> None:
    direct, behind = HttpTransport(server.url), HttpTransport(proxy.url)
    assert direct.is_network_clear()
    assert behind.is_network_clear()
    proxy.is_open = False
    assert not behind.is_network_clear()
    for transport in (direct, behind):
        transport.close()
