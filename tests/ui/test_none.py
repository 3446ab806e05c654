"""PySide 6.12 does not count the None it returns: without app/ui/__init__.py, Python 3.11 would stop in mid-day."""

import sys

from PySide6.QtCore import QObject

import app.ui


def test_a_long_day_of_calls_does_not_wear_none_out() -> None:
    assert app.ui.__doc__
    one = QObject()
    for _ in range(100_000):
        one.setObjectName("rien")
    assert min(map(sys.getrefcount, (None, True, False))) > 1 << 30
