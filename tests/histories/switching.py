"""Switching a rule of the real code off, for the time of a history."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

Mutant = Callable[[], AbstractContextManager[object]]


def replaced(owner: Any, name: str, change: Callable[[Any], Any]) -> AbstractContextManager[object]:
    """A function of the program, made anew from the true one."""
    return patch.object(owner, name, change(getattr(owner, name)))
