"""One program at a time on one data folder."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.ui.single_instance import SingleInstance


def test_a_second_start_leaves_the_folder_and_calls_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(Paths(tmp_path)), SingleInstance(Paths(tmp_path))
    assert first.take()
    first.listen()
    with qtbot.waitSignal(first.called, timeout=3000):
        assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_two_folders_are_two_notebooks(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(Paths(tmp_path / "a")), SingleInstance(Paths(tmp_path / "b"))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert first.take()
    assert second.take()
    first.release()
    second.release()
