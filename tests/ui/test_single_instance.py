"""One program at a time on one data folder."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import KnownError
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


@pytest.mark.parametrize("left", ["", "999999\npython\nun-autre-nom\n"])
def test_a_lock_left_by_a_power_cut_or_under_another_name_holds_nothing(
    qtbot: QtBot, tmp_path: Path, left: str
) -> None:
    paths = Paths(tmp_path)
    paths.lock.write_text(left)
    instance = SingleInstance(paths)
    time.sleep(0.01)
    assert instance.take()
    instance.release()


def test_a_folder_that_takes_no_file_is_told_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="ne peut pas écrire"):
        SingleInstance(Paths(tmp_path / "absent")).take()
