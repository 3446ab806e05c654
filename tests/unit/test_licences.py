"""The works of others that travel with the program are listed, with their licences."""

import re
import tomllib
from pathlib import Path

import pytest

from build import refresh_licences

LOCK = tomllib.loads((refresh_licences.ROOT / "uv.lock").read_text(encoding="utf-8"))
LOCKED = refresh_licences.runtime_packages(LOCK["package"])
LIST = refresh_licences.LIST.read_text(encoding="utf-8")


def test_the_list_holds_every_runtime_package_of_the_lock_and_no_tool() -> None:
    refresh_licences.check(LOCKED)
    assert {"pyside6-essentials", "sqlcipher3", "psycopg-binary", "pywin32-ctypes"} <= LOCKED.keys()
    assert "pytest" not in LOCKED


def test_a_package_added_to_the_lock_is_missed_by_the_list() -> None:
    with pytest.raises(SystemExit, match="newcomer 1"):
        refresh_licences.check({**LOCKED, "newcomer": "1.0"})
    with pytest.raises(SystemExit, match="out of date"):
        refresh_licences.check(dict(list(LOCKED.items())[1:]))


def test_every_package_states_a_licence() -> None:
    rows = [line.strip("| ").split(" | ") for line in LIST.splitlines() if line.startswith("| ")]
    assert all(len(row) == 3 and row[2] for row in rows)


def test_every_text_that_the_list_points_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", LIST) if "://" not in link]
    assert len(links) >= 6
    assert all((refresh_licences.LICENCES / link).is_file() for link in links)
    assert "Qt" in LIST
    assert "Licence Ouverte 2.0" in LIST


def test_the_program_itself_is_free() -> None:
    assert (Path(refresh_licences.ROOT) / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
