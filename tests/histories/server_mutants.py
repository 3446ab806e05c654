"""The rules of the server, each switched off in turn: the histories must notice."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from server.erasures import Journal
from server.errors import Refusal
from server.sync import endpoints, pages, service, store
from server.sync.merge import MergedRecord
from tests.histories.switching import replaced

# What the server checks


def no_fork_check() -> AbstractContextManager[object]:
    """A number that holds another operation is taken for the same one."""

    def changed(true: Any) -> Any:
        def unchecked(request: Any, operations: Any, known: Any) -> Any:
            return true(request, operations, replace(known, log=known.log | {one.s: one.u for one in operations}))

        return unchecked

    return replaced(service, "_new_operations", changed)


def no_prev() -> AbstractContextManager[object]:
    """What the device believes acknowledged is not compared with what is."""

    def changed(true: Any) -> Any:
        def unchecked(request: Any, operations: Any, known: Any) -> Any:
            log = known.log | ({request.prev[0]: request.prev[1]} if request.prev else {})
            return true(request, operations, replace(known, log=log))

        return unchecked

    return replaced(service, "_new_operations", changed)


def no_gap() -> AbstractContextManager[object]:
    """Numbers may be missing."""

    def unchecked(request: Any, operations: Sequence[Any], known: Any) -> list[Any]:
        last = known.last[0] if known.last else 0
        for one in operations:
            service._check_same(known, last, one.s, one.u)
        return [one for one in operations if one.s > last]

    return patch.object(service, "_new_operations", unchecked)


def no_incarnation() -> AbstractContextManager[object]:
    """The cursor of before a restore is still good."""

    def changed(true: Any) -> Any:
        def unchecked(connection: Any, caller: Any, request: Any, push: Any) -> Any:
            cursor = (caller.incarnation, *request.cur[1:])
            return true(connection, caller, request.model_copy(update={"cur": cursor}), push)

        return unchecked

    return replaced(service, "_asked", changed)


def known_is_new() -> AbstractContextManager[object]:
    """An operation sent again under a new epoch is merged again."""
    return replaced(store, "read", lambda true: lambda *given: replace(true(*given), outcomes={}))


def acknowledged_beyond() -> AbstractContextManager[object]:
    """The answer acknowledges all that the server has, even what the request did not bring."""

    def changed(true: Any) -> Any:
        def beyond(connection: Any, caller: Any, request: Any, *given: Any) -> Any:
            served = true(connection, caller, request, *given)
            query = text("SELECT last_seq, last_op FROM device_epoch WHERE device = :device AND epoch = :epoch")
            last = connection.execute(query, {"device": caller.device, "epoch": request.epoch}).one_or_none()
            return replace(served, answer=served.answer.model_copy(update={"ack": last and tuple(last)}))

        return beyond

    return replaced(endpoints, "synchronise", changed)


def told_once() -> AbstractContextManager[object]:
    """What became of an operation is not told again after a lost answer."""
    return patch.object(service.Push, "repeat", lambda *_: None)


def refusals_block() -> AbstractContextManager[object]:
    """One bad operation turns the whole request away."""

    def refuse(*_: Any) -> None:
        raise Refusal(422, "invalid")

    return patch.object(service.Push, "_set_aside", refuse)


def settled_always() -> AbstractContextManager[object]:
    """A device is spared the rows that it just wrote to, even where it lost."""
    return patch.object(service.Push, "settled", lambda self, *_: set(self.merged))


def cut_versions() -> AbstractContextManager[object]:
    """A page may end inside a version, and the next one begins after it."""
    return patch.object(pages, "_is_ended", lambda *_: True)


# How the server merges


def last_to_arrive_wins() -> AbstractContextManager[object]:
    """The order of arrival decides, not the clocks."""

    def changed(true: Any) -> Any:
        def stamp(self: MergedRecord, name: str, *given: Any, **more: Any) -> Any:
            self.clocks.pop(name, None)
            return true(self, name, *given, **more)

        return stamp

    return replaced(MergedRecord, "_stamp", changed)


def no_clamp() -> AbstractContextManager[object]:
    """A clock years ahead is believed."""
    return patch.object(service, "stamp_of", lambda operation, _: (*operation.h, operation.u.hex))


def deleted_for_good() -> AbstractContextManager[object]:
    """An edit later than a deletion does not bring the record back."""
    return patch.object(MergedRecord, "is_deleted", property(lambda self: bool(self.fields.get("deleted"))))


def resurrected() -> AbstractContextManager[object]:
    """An edit brings an erased record back."""

    def changed(true: Any) -> Any:
        return lambda kind, id_, version, fields, clocks, _, *more: true(
            kind, id_, version, fields, clocks, False, *more
        )

    return replaced(store, "_record", changed)


def no_journal() -> AbstractContextManager[object]:
    """A restored server does not erase again what was erased since its backup."""
    return patch.object(Journal, "replay", lambda *_: None)
