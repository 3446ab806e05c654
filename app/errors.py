"""The tree of errors.

AppError
├── UserError    what was typed or asked cannot be done: a French sentence, per field where there is one
├── KnownError   the world: offline, disk full, file locked, wrong key: a sentence and what happens next
│   ├── DamagedError    the notebook, or a copy of it, can no longer be read
│   └── LostKeysError   the file of the keys is missing or can no longer be read
└── anything else is our bug: the excepthook writes a report and the program goes on
"""

from collections.abc import Mapping


class AppError(Exception):
    """Something a person can be told in one French sentence: `str(error)`."""


class UserError(AppError):
    """What was typed or asked cannot be done; `fields` gives a sentence for each field at fault."""

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields: dict[str, str] = dict(fields or {})


class KnownError(AppError):
    """The world does not allow it now; the sentence says what happened and what to do next."""


class DamagedError(KnownError):
    """A notebook, or a copy of it, that can no longer be read: another copy may take its place."""


class LostKeysError(KnownError):
    """The file of the keys is missing or can no longer be read: a copy holds them too."""
