"""Client, server and PostgreSQL killed at random moments while they synchronise: nothing acknowledged is lost.

A client without a window saves and sends all the time, to a real server; each round kills one of them, both, or
PostgreSQL, compares what is left with what was said, and starts again what was killed. Now and then the notebook is
sent whole, and a colleague's computer must hold exactly the same.
"""

import random
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import ColumnElement, select, true

from app.database import Database
from app.models.local import outbox
from app.recovery import key_of, new_code
from app.services import activities, beneficiaries
from app.services.commands import SaveBeneficiary
from bench.child import Child
from bench.computer import Computer, differing
from bench.killable_server import KillableServer
from bench.kills_sync_child import KEY, new_accompaniment
from bench.ledger import Ledger, Said

ROUNDS_PER_NOTEBOOK = 50
LONGEST_WAIT_S = 0.08
"""After a run begins the kill comes within this time, about twice as long as a run of a few operations takes."""
PEOPLE = 6
COLLEAGUE_COMES_EVERY, COLLEAGUE_WRITES = 5, 8
"""Rounds, and activities that the colleague then adds: there is something to receive too."""

CLIENT, SERVER, POSTGRES = "client", "server", "PostgreSQL"
USUAL = ((CLIENT,), (SERVER,), (CLIENT,), (SERVER,), (CLIENT, SERVER))
WITH_POSTGRES = ((POSTGRES,), (POSTGRES, CLIENT), (SERVER, POSTGRES), (CLIENT, POSTGRES, SERVER))


@dataclass
class Toll:
    """What was killed, and what was found wanting."""

    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    during_a_run: int = 0
    saved: int = 0
    unheard: int = 0
    """Operations that the server had kept when the client was killed without having heard of it."""
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    differing: int = 0


def run(folder: Path, rounds: int, of_postgres: int) -> Toll:
    """Kill so many times, among them PostgreSQL so many times."""
    toll, victims_of_all = Toll(), list(_victims(rounds, of_postgres))
    with KillableServer(folder / "serveur") as server:
        for number in range(0, rounds, ROUNDS_PER_NOTEBOOK):
            with closing(Trial(folder / f"carnet-{number}", server, toll)) as trial:
                for victims in victims_of_all[number : number + ROUNDS_PER_NOTEBOOK]:
                    trial.round(victims)
                trial.end()
    return toll


def _victims(rounds: int, of_postgres: int) -> Iterator[tuple[str, ...]]:
    every = rounds // of_postgres
    for number in range(rounds):
        turn, rest = divmod(number, every)
        yield WITH_POSTGRES[turn % len(WITH_POSTGRES)] if rest == every - 1 else USUAL[number % len(USUAL)]


class Trial:
    """One notebook on two computers: the client that is killed, and a colleague's that is left alone."""

    def __init__(self, folder: Path, server: KillableServer, toll: Toll) -> None:
        self._path, self._server, self._toll = folder / "carnet.db", server, toll
        self._ledger = Ledger()
        folder.mkdir(parents=True)
        recovery = key_of(new_code())
        assert recovery is not None
        client = Computer(_open(self._path), server.url)
        client.enrol(server.new_code(), recovery)
        self._people = [
            beneficiaries.save(client.database, SaveBeneficiary(first_name="Personne", last_name=f"Numéro {n}"))
            for n in range(PEOPLE)
        ]
        self._notebook = client.notebook
        client.synchronise()
        client.close()
        self._colleague = Computer(_open(folder / "collegue.db"), server.url)
        self._colleague.enrol(server.new_code(self._notebook), recovery)
        self._colleague.synchronise()
        self._start_client()

    def round(self, victims: Collection[str]) -> None:
        """Kill them in the middle of a run, bring the server back, compare, and bring the client back."""
        self._wait_for_a_run()
        self._kill(victims)
        if SERVER in victims:
            self._server.start()
            self._server.wait()
        elif POSTGRES in victims:
            self._server.start_postgres()
        self._compare(is_at_rest=CLIENT in victims)
        if self._toll.rounds % COLLEAGUE_COMES_EVERY == 0:
            self._let_the_colleague_write()
        if CLIENT in victims:
            self._start_client()

    def end(self) -> None:
        """Kill the client a last time, send its notebook whole, and compare the two computers and the server."""
        self._child.kill()
        self._compare(is_at_rest=True)
        client = Computer(_open(self._path), self._server.url)
        for computer in (client, self._colleague, client):
            computer.synchronise()
        toll, kept = self._toll, Counter(self._server.operations(self._notebook))
        toll.lost += [f"not sent: {op}" for op in _operations(client.database, true()) - kept.keys()]
        toll.lost += self._ledger.changed(self._colleague.database)
        toll.doubled += kept.total() - len(kept)
        toll.differing += differing(client, self._colleague)
        client.close()

    def close(self) -> None:
        """Leave no process behind."""
        self._child.kill()
        self._colleague.close()

    def _start_client(self) -> None:
        self._said = Said()
        self._child = Child("bench.kills_sync_child", str(self._path), self._server.url, hear=self._said.hear)

    def _wait_for_a_run(self) -> None:
        """One run that ends well since the last kill, then a moment of another."""
        done = self._said.done
        self._child.wait(lambda: self._said.done > done)
        begun = self._said.begun
        self._child.wait(lambda: self._said.begun > begun)
        time.sleep(random.uniform(0, LONGEST_WAIT_S))

    def _kill(self, victims: Collection[str]) -> None:
        kill = {CLIENT: self._child.kill, SERVER: self._server.kill, POSTGRES: self._server.kill_postgres}
        self._toll.rounds += 1
        self._toll.killed.update(victims)
        self._toll.during_a_run += self._said.is_running
        for victim in victims:
            kill[victim]()

    def _compare(self, is_at_rest: bool) -> None:
        """What was said to be saved is in the notebook; what it holds as acknowledged is at the server."""
        toll, database = self._toll, _open(self._path)
        toll.lost += _damage(database) + self._ledger.missing(database, self._said)
        acknowledged, waiting = _operations(database, _ACKNOWLEDGED), _operations(database, ~_ACKNOWLEDGED)
        kept = set(self._server.operations(self._notebook))
        toll.lost += [f"acknowledged, then lost: {op}" for op in acknowledged - kept]
        if is_at_rest:
            toll.lost += self._ledger.settle(database, self._said)
            toll.unheard += len(waiting & kept)
            toll.saved += self._said.saves
        database.close()

    def _let_the_colleague_write(self) -> None:
        for _ in range(COLLEAGUE_WRITES):
            activities.record(self._colleague.database, new_accompaniment(random.choice(self._people)))
        self._colleague.synchronise()


def _open(path: Path) -> Database:
    return Database(path, bytearray(KEY))


def _damage(database: Database) -> list[str]:
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    return [] if found == "ok" else [f"the file is damaged: {found}"]


_ACKNOWLEDGED = outbox.c.acked_at.is_not(None)


def _operations(database: Database, which: ColumnElement[bool]) -> set[UUID]:
    with database.read() as connection:
        return set(connection.scalars(select(outbox.c.op_id).where(which)))
