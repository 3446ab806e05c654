"""Our own bugs are reported without a name, and the program goes on."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.faults import KEPT, Faults


@pytest.fixture
def faults(qtbot: QtBot, tmp_path: Path) -> Iterator[Faults]:
    hooks = sys.excepthook, threading.excepthook
    made = Faults(tmp_path / "journaux")
    made.watch()
    yield made
    sys.excepthook, threading.excepthook = hooks


def fail(name: str) -> None:
    raise ValueError(name)


def caught() -> None:
    try:
        fail("Jeanne Delmas 0612345678")
    except ValueError:
        sys.excepthook(*sys.exc_info())


def test_a_report_says_where_and_never_who(faults: Faults, tmp_path: Path) -> None:
    caught()
    (report,) = (tmp_path / "journaux").glob("*.txt")
    said = report.read_text(encoding="utf-8")
    assert "ValueError" in said
    assert "test_faults.py" in said
    assert "Delmas" not in said
    assert "0612345678" not in said


def test_a_fault_in_another_thread_is_reported_too(faults: Faults, tmp_path: Path) -> None:
    thread = threading.Thread(target=fail, args=("Delmas",))
    thread.start()
    thread.join()
    assert len(list((tmp_path / "journaux").glob("*.txt"))) == 1


def test_only_the_last_reports_are_kept(faults: Faults, tmp_path: Path) -> None:
    for _ in range(KEPT + 3):
        caught()
    assert len(list((tmp_path / "journaux").glob("*.txt"))) == KEPT


def test_a_fault_is_told_even_where_no_report_can_be_written(
    faults: Faults, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "journaux").write_text("un fichier à la place du dossier")
    caught()
    assert "ValueError" in capsys.readouterr().err
