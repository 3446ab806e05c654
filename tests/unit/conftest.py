"""A real notebook for the services, without any window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database
from tests.notebook import new_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty encrypted notebook."""
    opened = new_database(tmp_path)
    yield opened
    opened.close()
