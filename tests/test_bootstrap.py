"""The one command of a fresh machine: it stands on nothing, and leaves nothing running behind it."""

import ast
import shutil
import sys
from pathlib import Path

import psutil
import pytest
import requests

from build import bootstrap, run_together


def test_the_bootstrap_script_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_machine_that_runs_the_tests_lacks_nothing() -> None:
    assert bootstrap.missing_packages(for_tests=True) == []


def test_what_opens_our_files_is_asked_for_by_the_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    found, hidden = shutil.which, {"soffice", "pdftoppm"}
    monkeypatch.setattr(shutil, "which", lambda name: None if name in hidden else found(name))
    assert bootstrap.missing_packages(for_tests=True) == ["libreoffice-calc-nogui", "poppler-utils"]
    assert bootstrap.missing_packages(for_tests=False) == []


def test_the_server_beside_the_program_ends_with_it_and_its_postgresql_too(tmp_path: Path) -> None:
    with run_together.server_beside(tmp_path / "serveur") as (url, code):
        assert requests.get(f"{url}/v1/health", timeout=10).ok
        assert code
        started = [process.pid for process in _processes_of(tmp_path)]
        assert started
    assert [process for process in _processes_of(tmp_path) if process.pid in started] == []


def _processes_of(folder: Path) -> list[psutil.Process]:
    """Every process that names the folder on its command line."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
    ]
