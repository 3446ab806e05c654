"""A town hall's proxy that reads all traffic with a certificate of its own, which the computer trusts."""

import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.sync.client import HttpTransport, NotOurServer

SERVER = "passerelle.exemple.fr"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("openssl"), reason="makes a certificate, and a trust store of a file"
)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The proxy's certificate, with its key in the same file."""
    made = tmp_path / "mairie.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Mairie", "-addext"]
    command += [f"subjectAltName=DNS:{SERVER}", "-keyout", str(made), "-out", str(tmp_path / "public.pem")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    made.write_bytes(made.read_bytes() + (tmp_path / "public.pem").read_bytes())
    return made


@pytest.fixture
def proxy(authority: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """It answers in the place of every server that it is asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)

    def answer() -> None:
        near, _ = listener.accept()
        near.recv(65536)
        near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            with context.wrap_socket(near, server_side=True) as inside:
                inside.recv(65536)
                inside.sendall(PAGE)
        except ssl.SSLError:  # it is not trusted
            near.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        monkeypatch.setenv("HTTPS_PROXY", address)
        yield address
        thread.join()


@pytest.mark.usefixtures("proxy")
def test_what_the_computer_trusts_is_trusted_behind_a_proxy_too(
    authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.with_name("public.pem")))
    transport = HttpTransport(f"https://{SERVER}")
    assert transport.post("/v1/sync", b"{}", {}).body == b"ok"
    transport.close()


@pytest.mark.usefixtures("proxy")
def test_what_the_computer_does_not_trust_changes_nothing() -> None:
    transport = HttpTransport(f"https://{SERVER}")
    with pytest.raises(NotOurServer):
        transport.post("/v1/sync", b"{}", {})
    transport.close()
