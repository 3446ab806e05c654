"""Courier files handed in without an account: by a program, and from a page in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from build.browser import chromium
from protocol import signing
from protocol.bodies import pack, unpack
from protocol.courier import (
    COURIER_TYPE,
    MAX_COURIER_BYTES,
    Carried,
    Courier,
    Receipt,
    open_receipt,
    seal_courier,
)
from protocol.fields import SCHEMA_VERSION
from protocol.messages import COURIER_PATH, START, ErrorAnswer, Operation, SyncRequest
from tests.live_server import LiveServer
from tests.server.devices import Device, an_operation
from tests.server.test_unavailable import idle

LONG_AGO = 1_700_000_000_000


def carried(device: Device, *operations: Operation, **given: Any) -> Carried:
    """One request of a courier, signed for its path."""
    values = {"epoch": device.epoch, "ops": list(operations), "want": 0, **given}
    body = pack(SyncRequest(p=2, schema=SCHEMA_VERSION, **values))
    signature = signing.sign(device.sign_key, device.id, "POST", COURIER_PATH, body, LONG_AGO)
    return Carried(signature=signature.header(), body=body)


def a_courier(device: Device, *requests: Carried) -> bytes:
    return seal_courier(Courier(requests=list(requests)), server_key(device))


def server_key(device: Device) -> bytes:
    return bytes(device.sync(ask_key=True).server_key)


def hand_in(server: LiveServer, sealed: bytes) -> requests.Response:
    headers = {"Content-Type": COURIER_TYPE}
    return requests.post(server.url + COURIER_PATH, data=sealed, headers=headers, timeout=20)


def read_receipt(device: Device, sealed: bytes) -> Receipt:
    return open_receipt(sealed, device.box_key, server_key(device))


def refusal(server: LiveServer, sealed: bytes) -> tuple[int, str]:
    reply = hand_in(server, sealed)
    return reply.status_code, unpack(ErrorAnswer, reply.content).error


def test_its_requests_are_served_in_order_and_each_is_answered(server: LiveServer, device: Device) -> None:
    first, second = an_operation(1), an_operation(2)
    sealed = a_courier(device, carried(device, first), carried(device, second, prev=(1, first.u)))
    reply = hand_in(server, sealed)
    assert (reply.status_code, reply.headers["content-type"]) == (200, COURIER_TYPE)
    receipt = read_receipt(device, reply.content)
    assert [answer.ack for answer in receipt.answers] == [(1, first.u), (2, second.u)]
    assert (receipt.epoch, receipt.refusal) == (device.epoch, None)
    again = read_receipt(device, hand_in(server, sealed).content)
    assert again.answers[-1].ack == (2, second.u)
    assert {row.id for row in device.sync(cur=START).rows} == {first.id, second.id}


def test_what_only_its_computer_can_mend_comes_back_in_the_receipt(server: LiveServer, device: Device) -> None:
    first = an_operation(1)
    device.sync(first)
    sealed = a_courier(device, carried(device, an_operation(2), prev=(1, an_operation(1).u)))
    fork = read_receipt(device, hand_in(server, sealed).content)
    sealed = a_courier(device, carried(device, an_operation(2)), carried(device, an_operation(9)))
    gap = read_receipt(device, hand_in(server, sealed).content)
    assert (fork.answers, fork.refusal and fork.refusal.error) == ([], "fork")
    assert gap.refusal is not None
    assert (len(gap.answers), gap.refusal.error, gap.refusal.ack and gap.refusal.ack[0]) == (1, "gap", 2)


def test_what_is_no_courier_or_not_allowed_is_refused(server: LiveServer, device: Device, another: Any) -> None:
    good, other = carried(device, an_operation(1)), carried(another(), an_operation(1))
    forged = good.model_copy(update={"body": pack(SyncRequest(p=2, schema=2, epoch=device.epoch))})
    stranger = carried(Device(server), an_operation(1))
    assert refusal(server, b"") == (422, "not_a_courier")
    assert refusal(server, a_courier(device, good)[:-1]) == (422, "not_a_courier")
    assert refusal(server, a_courier(device, good, other)) == (422, "not_a_courier")
    assert refusal(server, a_courier(device, forged)) == (401, "bad_signature")
    assert refusal(server, a_courier(device, stranger)) == (401, "unknown_device")
    assert refusal(server, bytes(MAX_COURIER_BYTES + 1)) == (413, "too_large")
    with server.database.transaction() as connection:
        connection.execute(text("UPDATE device SET revoked_at = now() WHERE id = :id"), {"id": device.id})
    assert refusal(server, seal_courier(Courier(requests=[good]), server_key(another()))) == (403, "revoked")


def test_a_request_of_the_network_cannot_be_played_again_in_a_courier(server: LiveServer, device: Device) -> None:
    body = pack(SyncRequest(p=2, schema=SCHEMA_VERSION, epoch=device.epoch, ops=[an_operation(1)]))
    signature = signing.sign(device.sign_key, device.id, "POST", "/v1/sync", body, LONG_AGO)
    replayed = Carried(signature=signature.header(), body=body)
    assert refusal(server, a_courier(device, replayed)) == (401, "bad_signature")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(server: LiveServer, browser: Browser) -> Iterator[Page]:
    with browser.new_context() as window:
        opened = window.new_page()
        opened.goto(f"{server.url}/courrier")
        yield opened


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Le courrier").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Remettre le courrier").click()


def test_a_courier_is_handed_in_from_a_browser_and_its_receipt_saved(
    page: Page, device: Device, tmp_path: Path
) -> None:
    file = tmp_path / "passerelle-courrier-2026-11-24-0912.pcourrier"
    operation = an_operation(1)
    file.write_bytes(a_courier(device, carried(device, operation)))
    choose(page, file)
    assert page.get_by_role("heading", name="Courrier reçu").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Enregistrer le reçu").click()
    assert download.value.suggested_filename == "passerelle-courrier-2026-11-24-0912.precu"
    download.value.save_as(tmp_path / "recu")
    receipt = read_receipt(device, (tmp_path / "recu").read_bytes())
    assert [answer.ack for answer in receipt.answers] == [(1, operation.u)]


def test_the_page_says_what_is_wrong_in_a_french_sentence(
    server: LiveServer, page: Page, device: Device, tmp_path: Path
) -> None:
    file = tmp_path / "<b>Zwanzigerova.pcourrier"
    file.write_bytes(b"une facture")
    choose(page, file)
    assert "n’est pas un courrier pour ce serveur" in page.get_by_role("alert").inner_text()
    assert "Zwanzigerova" not in page.content()
    file.write_bytes(bytes(MAX_COURIER_BYTES + 100_000))
    choose(page, file)
    assert "trop gros" in page.get_by_role("alert").inner_text()
    file.write_bytes(a_courier(device, carried(device, an_operation(3))))
    choose(page, file)
    assert page.get_by_role("heading", name="Un autre courrier sera nécessaire").is_visible()


def test_the_page_needs_no_script_and_asks_nobody_else_for_anything(
    server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    asked: list[str] = []
    with browser.new_context(java_script_enabled=False) as window:
        page = window.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{server.url}/courrier")
        (tmp_path / "rien.pcourrier").write_bytes(b"rien")
        choose(page, tmp_path / "rien.pcourrier")
        assert page.get_by_role("alert").is_visible()
    assert asked == [f"{server.url}/courrier"] * 2


def test_the_page_says_that_the_server_is_away_too(server: LiveServer, device: Device) -> None:
    files = {"courrier": ("a.pcourrier", a_courier(device, carried(device, an_operation(1))))}
    with server.database.transaction() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM unnest(:pids) AS pid"), {"pids": idle(server)})
    replies = [requests.post(f"{server.url}/courrier", files=files, timeout=20) for _ in range(3)]
    assert (replies[0].status_code, replies[-1].status_code) == (503, 200)
    assert "dans quelques minutes" in replies[0].text
    assert "Courrier reçu" in replies[-1].text


def test_nothing_is_scrolled_sideways_on_a_phone(server: LiveServer, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 700}) as window:
        page = window.new_page()
        page.goto(f"{server.url}/courrier")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_form_without_a_file_is_told_so(server: LiveServer) -> None:
    reply = requests.post(f"{server.url}/courrier", data={"courrier": "rien"}, timeout=20)
    assert reply.status_code == 422
    assert "Choisissez d’abord le fichier" in reply.text
