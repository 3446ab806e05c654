"""Long work away from the window: its ending is always told, once."""

import threading

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.services.progress import Progress
from app.ui.tasks import UNEXPECTED, Task


def refuse() -> None:
    raise UserError("Ce fichier est vide.")


def stumble() -> None:
    raise ZeroDivisionError


def endings(qtbot: QtBot, task: Task) -> list[str]:
    """What the task said until its end."""
    said: list[str] = []
    task.done.connect(lambda answer: said.append(f"done {answer}"))
    task.failed.connect(lambda error: said.append(str(error)))
    task.cancelled.connect(lambda: said.append("cancelled"))
    task.start()
    qtbot.waitUntil(lambda: bool(said))
    return said


def test_an_answer_or_a_refusal_is_told_once(qtbot: QtBot, qapp: QObject) -> None:
    assert endings(qtbot, Task(lambda: 7)) == ["done 7"]
    assert endings(qtbot, Task(refuse)) == ["Ce fichier est vide."]


def test_a_bug_is_told_too_so_that_nothing_waits_for_ever(qtbot: QtBot, qapp: QObject) -> None:
    with qtbot.captureExceptions() as caught:
        assert endings(qtbot, Task(stumble)) == [UNEXPECTED]
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_what_is_cancelled_gives_no_answer(qtbot: QtBot, qapp: QObject) -> None:
    task = Task(lambda: 7)
    task.cancel()
    assert endings(qtbot, task) == ["cancelled"]


def test_a_watched_call_says_how_far_it_is_in_the_thread_of_the_screens(qtbot: QtBot, qapp: QObject) -> None:
    told: list[tuple[int, int]] = []

    class Screen(QObject):
        def hear(self, done: int, total: int) -> None:
            assert QThread.currentThread() is self.thread()
            told.append((done, total))

    def count(progress: Progress) -> str:
        for done in range(1000):
            progress.step(done, 1000)
        return "fini"

    task = Task.watched(count)
    screen = Screen()
    task.progressed.connect(screen.hear)
    assert endings(qtbot, task) == ["done fini"]
    assert told == [(done, 1000) for done in range(0, 1000, 10)]


def test_a_watched_call_stops_where_it_is_once_it_is_cancelled(qtbot: QtBot, qapp: QObject) -> None:
    begun = threading.Event()
    steps: list[int] = []

    def wait_for_ever(progress: Progress) -> None:
        while True:
            steps.append(len(steps))
            progress.step(len(steps), 100)
            begun.set()

    task = Task.watched(wait_for_ever)
    said: list[str] = []
    task.cancelled.connect(lambda: said.append("cancelled"))
    task.done.connect(said.append)
    task.start()
    assert begun.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["cancelled"]


def test_what_was_done_before_it_could_be_cancelled_is_told_as_done(qtbot: QtBot, qapp: QObject) -> None:
    task = Task.watched(lambda _progress: "écrit")
    task.cancel()
    assert endings(qtbot, task) == ["done écrit"]
