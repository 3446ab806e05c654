"""Python's collector, kept from going again and again through what is large, long-lived and holds no cycle."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def spared() -> Generator[None]:
    """Let the collector look only at what is made meanwhile: a file that was read is large, and so is a plan."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
