"""Whether a value that a notebook's file says can be kept without harm: the screens trust what is in the notebook."""

from collections.abc import Callable
from typing import Any

from app.services.commands import RecordActivity, SaveBeneficiary
from app.services.form_wire import of_json

_MOMENTS = range(32_503_680_000_000)
"""Milliseconds from 1970 to the year 3000: every computer can count them."""
_WHOLES = {
    **dict.fromkeys(("created_at", "at", "started_at", "kept_at"), _MOMENTS),
    "birth_year": range(1, 3_000),
    "minutes": range(100_000),
}


def is_sound(name: str, value: Any) -> bool:
    """Whether the field of that name may hold the value, whose type is right unless it is a list or an object."""
    if value is None:
        return True
    if name in _WHOLES:
        return type(value) is int and value in _WHOLES[name]
    return name not in _SHAPES or _SHAPES[name](value)


def _is_form(value: Any) -> bool:
    try:
        of_json(RecordActivity, value)
        if value.get("person") is not None:
            of_json(SaveBeneficiary, value["person"])
        return isinstance(value.get("typed_who", ""), str)
    except (TypeError, ValueError, AttributeError, AssertionError):
        return False


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "before": _is_object,
    "after": _is_object,
    "form": _is_form,
}
