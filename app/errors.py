"""The tree of errors.

AppError
├── UserError    what was typed or asked cannot be done: a French sentence, per field where there is one
├── KnownError   the world: offline, disk full, file locked, wrong key: a sentence and what happens next
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
