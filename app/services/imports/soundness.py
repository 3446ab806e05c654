"""Whether a value that a notebook's file says can be kept without harm: the screens trust what is in the notebook."""

from collections.abc import Callable
from typing import Any

from app.services.form_wire import of_json, person_of_json

_MOMENTS = range(32_503_680_000_000)
"""Milliseconds from 1970 to the year 3000: every computer can count them."""
_MOST_PEOPLE = 100_000
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


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_group(value: Any) -> bool:
    """The anonymous participants of a workshop: numbers, and numbers by their words."""
    if not isinstance(value, dict):
        return False
    numbers = [number for one in value.values() for number in (one.values() if isinstance(one, dict) else (one,))]
    return all(type(number) is int and 0 <= number <= _MOST_PEOPLE for number in numbers)


def _is_form(value: Any) -> bool:
    try:
        of_json(value)
        person_of_json(value.get("person"))
        return isinstance(value.get("typed_who", ""), str)
    except (TypeError, ValueError, AttributeError, AssertionError):
        return False


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list_of_steps(value: Any) -> bool:
    """Of a case: objects that say what there is to do; of a procedure of the advisor's own: texts."""
    return _is_list_of_texts(value) or (isinstance(value, list) and all(map(_is_step, value)))


def _is_step(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("id", "said"))


def _is_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _is_levels(value: Any) -> bool:
    return isinstance(value, dict) and all(type(one) is int and 0 <= one <= 8 for one in value.values())


_SHAPES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("bring", "families", "previous", "objectives", "distinct_from"), _is_list_of_texts),
    **dict.fromkeys(("answers", "merge"), _is_object),
    **dict.fromkeys(("scores", "finer"), _is_levels),
    "steps": _is_list_of_steps,
    "revoked": _is_texts_by_name,
    "procedures": _is_list_of_texts,
    "anonymous": _is_group,
    "before": _is_object,
    "after": _is_object,
    "form": _is_form,
}
