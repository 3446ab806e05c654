"""The screens: the only part of the program that knows Qt."""

import sys

if sys.version_info < (3, 12):
    # PySide 6.12 returns None, True and False without counting them, as if they never died: true only since
    # Python 3.12 (PEP 683). With 3.11 the program would stop in mid-day, so they get references to spare.
    import ctypes

    for _lasting in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_lasting)).value = 1 << 60
