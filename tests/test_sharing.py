"""A process that falls costs one test: the others are played, and the run ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONFTEST = """
from tests.sharing import InPieces

def pytest_xdist_make_scheduler(config, log):
    return InPieces(config, log)
"""
PASSES = "def test_{n}():\n    pass\n\n"
FALLS = "def test_falls():\n    import os\n    os._exit(11)\n\n"


@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("tests_of_a_file", [1, 3])
def test_a_fallen_process_costs_one_test(tmp_path: Path, place: int, tests_of_a_file: int) -> None:
    tests = [PASSES.format(n=n) for n in range(6)]
    tests.insert(place, FALLS)
    for first in range(0, len(tests), tests_of_a_file):
        (tmp_path / f"test_file_{first}.py").write_text("".join(tests[first : first + tests_of_a_file]))
    (tmp_path / "conftest.py").write_text(CONFTEST)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-p", "no:qt"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    ran = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "1 failed, 6 passed" in ran.stdout.splitlines()[-1], ran.stdout + ran.stderr
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
