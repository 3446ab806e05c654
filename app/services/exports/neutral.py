"""Texts that a spreadsheet would take for a formula are written with an apostrophe before them, and read without it.

Rule: OWASP, « CSV Injection » (read 2026-11-28): a cell that starts with =, +, -, @ (full-width ones too), a tab or a
line end. It holds in every format: a sheet opened here is saved as CSV there.
"""

import re

_SHIELD = "'"
_DANGEROUS = re.compile(r"'*(?:[\t\r\n]|\s*(?:[=+@\uff1d\uff0b\uff0d\uff20]|-(?!\Z)))")
"""Whatever apostrophes it already has, so that one more can always be told from the text's own; a lone dash is safe."""


def neutralised(text: str) -> str:
    """The text as it is written in a cell."""
    return _SHIELD + text if _DANGEROUS.match(text) else text


def original(text: str) -> str:
    """The text that was written so in a cell: the inverse of `neutralised`."""
    return text[1:] if text.startswith(_SHIELD) and _DANGEROUS.match(text) else text
