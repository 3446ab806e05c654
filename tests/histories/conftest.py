"""One stage for the tests that play known histories."""

from collections.abc import Iterator

import pytest

from tests.histories.stage import Stage, a_stage


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    with a_stage() as built:
        yield built
