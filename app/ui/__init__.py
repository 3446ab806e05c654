"""The screens: the only part of the program that knows Qt."""

import sys

if sys.version_info < (3, 12):
    # PySide 6.12 returns None without counting it, as if None never died: true only since Python 3.12 (PEP 683).
    # With 3.11 the program would stop after some thousands of calls, so None gets more references than it can lose.
    import ctypes

    ctypes.c_ssize_t.from_address(id(None)).value = 1 << 60
