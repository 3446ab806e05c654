"""A working day killed with SIGKILL at random moments: what was shown as saved is there, drafts are a second old.

A child enters the day through the real widgets with the connection cut, and says on its output each form as it is
typed and each « Enregistré » as it is shown; the parent kills it, opens the notebook and compares. In the end the
notebook is sent, and a second computer receives exactly the same.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from app.database import Database
from app.options import DEMONSTRATION_PASSPHRASE
from app.paths import Paths
from app.recovery import RecoveryKey, key_of, new_code
from app.services import access, activities, activity_lists, drafts, places
from app.services.commands import RecordActivity, SavePlace
from app.services.form_wire import of_json
from bench.child import Child
from bench.computer import Computer

LONGEST_LIFE = 3.0
"""Seconds after which a child is killed at the latest, once it is ready."""
OLDEST_DRAFT = 1.0
"""Seconds."""

MakeCode = Callable[[UUID | None], str]
"""A new enrolment code, for a new notebook or for the one named."""


@dataclass
class Kept:
    """What must be in the notebook, and what was found wanting."""

    saved: dict[UUID, RecordActivity] = field(default_factory=dict)
    kills: int = 0
    drafts_checked: int = 0
    oldest_draft: float = 0.0
    """Seconds that something typed had been waiting when the child was killed, without being in the draft."""
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Typed:
    """The form after a key, and when."""

    at: float
    form: RecordActivity
    who: str


@dataclass
class Said:
    """What one child said: the activities shown as saved, then each state of the form that was open."""

    saved: dict[UUID, RecordActivity] = field(default_factory=dict)
    typed: list[Typed] = field(default_factory=list)
    """The first one is the form as it was opened."""
    is_ready: bool = False
    killed_at: float = 0.0

    def hear(self, line: str) -> None:
        """Take in what the child says."""
        told: dict[str, Any] = json.loads(line)
        if "ready" in told:
            self.is_ready = True
        elif "saved" in told:
            self.saved[UUID(told["saved"])] = of_json(RecordActivity, told["form"])
            self.typed.clear()
        else:
            if told["opened"]:
                self.typed.clear()
            self.typed.append(Typed(told["at"], of_json(RecordActivity, told["form"]), told["who"]))


def set_up(data: Path) -> RecoveryKey:
    """A notebook with one place; answers the key of its recovery sheet."""
    data.mkdir(parents=True)
    code = new_code()
    database = access.set_up(Paths(data), access.SetUp("Essai", code, DEMONSTRATION_PASSPHRASE))
    places.save(database, SavePlace(name="Médiathèque de Florac", municipality="48061", postal_code="48400"))
    database.close()
    key = key_of(code)
    assert key is not None
    return key


def run(data: Path, kills: int, seed: int) -> Kept:
    """Kill a working child again and again; the day goes on where it was, until something at least was saved."""
    draw = random.Random(seed)
    kept = Kept()
    longest = LONGEST_LIFE
    while kept.kills < kills or not kept.saved:
        said = _one_life(data, len(kept.saved), draw.uniform(0.05, longest))
        kept.kills += 1
        _compare(data, said, kept)
        if kept.kills >= kills:
            longest *= 2  # a computer so busy that nobody had the time to save
    return kept


def send_and_compare(data: Path, url: str, make_code: MakeCode, recovery: RecoveryKey, kept: Kept) -> int:
    """Send the notebook, receive it on a second computer; answers how many activities differ."""
    set_up(data / "second")
    first, second = Computer(_open(data / "carnet"), url), Computer(_open(data / "second"), url)
    first.enrol(make_code(None), recovery)
    first.synchronise()
    second.enrol(make_code(first.notebook), recovery)
    second.synchronise()
    there = {row.id for row in activity_lists.page(second.database, limit=100_000).rows}
    wrong = len(there ^ kept.saved.keys())
    for id_ in there & kept.saved.keys():
        wrong += _in_order(activities.form_of(second.database, id_)) != _in_order(kept.saved[id_])
    first.close()
    second.close()
    return wrong


def _in_order(form: RecordActivity) -> RecordActivity:
    """The participants of a workshop arrive in no order."""
    return replace(form, participants=tuple(sorted(form.participants)))


def _one_life(data: Path, start: int, life: float) -> Said:
    """Let a child work, kill it, and answer what it had said."""
    said = Said()
    child = Child("bench.kills_typing_child", str(data), str(start), hear=said.hear)
    child.wait(lambda: said.is_ready)
    time.sleep(life)
    said.killed_at = time.monotonic()
    child.kill()
    return said


def _compare(data: Path, said: Said, kept: Kept) -> None:
    kept.saved |= said.saved
    database = _open(data)
    with database.read() as connection:
        if (checked := connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()) != "ok":
            kept.lost.append(f"the file is damaged: {checked}")
    there = {row.id for row in activity_lists.page(database, limit=100_000).rows}
    kept.lost += [f"lost: {id_}" for id_ in kept.saved.keys() - there]
    for id_ in said.saved.keys() & there:
        if activities.form_of(database, id_) != said.saved[id_]:
            kept.lost.append(f"changed: {id_}")
    unsaid = there - kept.saved.keys()
    if unsaid and said.typed:
        _adopt(unsaid, said, kept)
    elif said.typed:
        _compare_draft(database, said, kept)
    for draft in drafts.waiting(database):
        drafts.discard(database, draft.id)
    database.close()


def _adopt(unsaid: set[UUID], said: Said, kept: Kept) -> None:
    """The child was killed between the commit and the words « Enregistré »: one activity more is right."""
    for id_ in unsaid:
        kept.saved[id_] = replace(said.typed[-1].form, id=id_)
    if len(unsaid) > 1:
        kept.lost.append("more activities than were entered")


def _compare_draft(database: Database, said: Said, kept: Kept) -> None:
    """The draft is one of the states of the form; what was typed after it had not waited for long."""
    drafted = next(((draft.form, draft.typed_who) for draft in drafts.waiting(database)), None)
    states = [(one.form, one.who) for one in said.typed]
    if drafted is None:
        reached = 0
    elif drafted in states:
        reached = len(states) - 1 - states[::-1].index(drafted)
    else:
        kept.lost.append("the draft is nothing that was typed")
        return
    kept.drafts_checked += 1
    waiting = [one.at for one, state in zip(said.typed, states, strict=True) if state != states[reached]]
    behind = [at for at in waiting if at > said.typed[reached].at]
    if behind:
        kept.oldest_draft = max(kept.oldest_draft, said.killed_at - behind[0])


def _open(data: Path) -> Database:
    return access.open_with_passphrase(Paths(data), DEMONSTRATION_PASSPHRASE)
