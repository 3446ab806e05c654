"""Long work away from the window: its ending is always told, once."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import UserError
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
