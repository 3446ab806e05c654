"""The light in every state that a computer can be in, brought about for real: its words are true."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.models import Activity, Place, Tag
from app.sync import engine
from app.sync.light import LightState
from app.sync.standing import standing
from app.ui.sync_lane import SyncLane
from app.ui.synchronisation import words
from protocol.fields import SCHEMA_VERSION
from tests.live_server import LiveServer, live_server
from tests.sync.computers import BadLink, Computer, Office

PATIENCE = 15_000
MANY = 150
"""More than one small batch."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


class Road(BadLink):
    """A bad link that a lane can hang up."""

    def is_network_clear(self) -> bool:
        """The portal, if any, is still there."""
        return False

    def close(self) -> None:
        """What the office does in the end."""


@dataclass
class Scene:
    """A computer, its lane, and the fate of what it sends: the last one named goes on."""

    office: Office
    computer: Computer
    qtbot: QtBot
    monkeypatch: pytest.MonkeyPatch
    fates: list[str] = field(default_factory=lambda: ["ok"])
    go_on: threading.Event = field(default_factory=threading.Event)
    lane: SyncLane | None = None

    def start(self) -> SyncLane:
        """Open the notebook."""
        road = Road(self.computer.transport, self._fate)
        self.lane = SyncLane(self.computer.database, lambda _: road)
        return self.lane

    def run(self) -> SyncLane:
        """Open it, and wait for the first run to end."""
        lane = self.start()
        self.qtbot.waitUntil(lambda: lane.last_ending is not None, timeout=PATIENCE)
        return lane

    def small_batches(self) -> None:
        with self.computer.database.receive() as work:
            work.set_state("sync.batch_bytes", 2048)

    def end(self) -> None:
        self.go_on.set()
        if self.lane is not None:
            self.lane.stop()

    def _fate(self) -> str:
        fate = self.fates.pop(0) if len(self.fates) > 1 else self.fates[0]
        if fate == "held":
            self.go_on.wait(PATIENCE / 1000)
        return "ok" if fate == "held" else fate


@pytest.fixture
def scene(
    server: LiveServer, tmp_path: Path, qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    with ExitStack() as closing:
        office = Office(server, tmp_path, closing)
        made = Scene(office, office.computer(), qtbot, monkeypatch)
        yield made
        made.end()


def never_linked(scene: Scene) -> None:
    scene.computer = scene.office.blank()
    scene.computer.save(Activity(minutes=30))
    scene.start()


def all_sent(scene: Scene) -> None:
    scene.computer.save(Activity(minutes=30))
    scene.run()


def never_answered(scene: Scene) -> None:
    scene.fates = ["held"]
    scene.start()


def just_saved(scene: Scene) -> None:
    scene.run()
    scene.fates = ["held"]
    scene.computer.save(Activity(minutes=30), Activity(minutes=45))


def half_sent(scene: Scene) -> None:
    scene.computer.save(*(Activity(minutes=n, title=token_hex(20)) for n in range(MANY)))
    scene.small_batches()
    scene.fates = ["ok", "held"]
    scene.start()


def half_received(scene: Scene) -> None:
    writer, scene.computer = scene.computer, scene.office.computer()
    for first in range(0, MANY, 10):
        writer.save(*(Tag(name=f"Étiquette {first + n}") for n in range(10)))
        writer.sync()
    scene.small_batches()
    scene.fates = ["ok", "held"]
    scene.start()


def cut_off(scene: Scene) -> None:
    scene.fates = ["request_lost"]
    scene.run()


def cut_off_with_work(scene: Scene) -> None:
    scene.computer.save(Activity(minutes=30), Activity(minutes=45), Activity(minutes=60))
    cut_off(scene)


def at_the_station(scene: Scene) -> None:
    scene.fates = ["portal"]
    scene.computer.save(Activity(minutes=30))
    scene.run()


def refused(scene: Scene) -> None:
    scene.computer.save(Place(name="x" * 900))
    scene.run()


def revoked(scene: Scene) -> None:
    with scene.office.server.database.transaction() as connection:
        query = text("UPDATE device SET revoked_at = now() WHERE notebook = :notebook")
        connection.execute(query, {"notebook": scene.computer.notebook})
    scene.computer.save(Activity(minutes=30))
    scene.run()


def unknown_to_the_server(scene: Scene) -> None:
    with scene.office.server.database.transaction() as connection:
        query = text("UPDATE device SET sign_key = :key WHERE notebook = :notebook")
        connection.execute(query, {"key": bytes(32), "notebook": scene.computer.notebook})
    scene.computer.save(Activity(minutes=30))
    scene.run()


def before_the_server(scene: Scene) -> None:
    scene.monkeypatch.setattr(engine, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    scene.run()


def before_the_server_with_work(scene: Scene) -> None:
    scene.computer.save(Activity(minutes=30))
    before_the_server(scene)


def paused(scene: Scene) -> None:
    lane = scene.run()
    lane.pause()
    scene.computer.save(Activity(minutes=30))


SITUATIONS: list[tuple[Callable[[Scene], None], LightState, str, str]] = [
    (never_linked, LightState.LOCAL, "Sur cet ordinateur seulement", "Reliez cet ordinateur"),
    (all_sent, LightState.UP_TO_DATE, "À jour", "est arrivé au serveur"),
    (just_saved, LightState.WAITING, "2 à envoyer", "partira tout seul"),
    (never_answered, LightState.RECEIVING, "Connexion…", "est en cours"),
    (half_sent, LightState.SENDING, "Envoi… {acknowledged} %", "est en cours"),
    (half_received, LightState.RECEIVING, "Réception… {received} %", "est en cours"),
    (cut_off, LightState.OFFLINE, "Hors connexion", "injoignable"),
    (cut_off_with_work, LightState.OFFLINE, "Hors connexion · 3 à envoyer", "injoignable"),
    (at_the_station, LightState.PORTAL, "Ce réseau demande une connexion dans le navigateur", "navigateur"),
    (refused, LightState.TO_CHECK, "À vérifier", "n’a pas accepté certains envois"),
    (revoked, LightState.TO_CHECK, "À vérifier", "a été retiré du carnet"),
    (unknown_to_the_server, LightState.TO_CHECK, "À vérifier", "n’est plus autorisé"),
    (before_the_server, LightState.WAITING, "Serveur à mettre à jour", "d’abord être mis à jour"),
    (before_the_server_with_work, LightState.WAITING, "1 à envoyer", "d’abord être mis à jour"),
    (paused, LightState.OFFLINE, "Hors connexion · 1 à envoyer", "sans le réseau"),
]


def shares(computer: Computer) -> dict[str, int]:
    """How much of the work of these tests is at the server, and how much of a colleague's is here, in hundredths."""
    counts = {
        "acknowledged": "SELECT count(*) FROM outbox WHERE kind = 'activity' AND acked_at IS NOT NULL",
        "received": "SELECT count(*) FROM tag",
    }
    with computer.database.read() as connection:
        return {name: 100 * connection.execute(text(sql)).scalar_one() // MANY for name, sql in counts.items()}


@pytest.mark.parametrize(
    ("bring_about", "state", "said", "sentence"), SITUATIONS, ids=[one[0].__name__ for one in SITUATIONS]
)
def test_the_light_tells_the_truth(
    scene: Scene, bring_about: Callable[[Scene], None], state: LightState, said: str, sentence: str
) -> None:
    bring_about(scene)
    lane = scene.lane
    assert lane is not None
    scene.qtbot.waitUntil(lambda: lane.light.state is state, timeout=PATIENCE)
    light = lane.light
    assert light.text.replace("\u00a0", " ") == said.format(**shares(scene.computer))
    assert "… 0" not in light.text
    parting = standing(scene.computer.database).parting
    assert sentence in words.sentence(light, lane.last_ending, lane.is_paused, lane.notices, parting)
