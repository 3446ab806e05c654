"""What the program can do, called by its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.folding import fold
from app.services.commands import ActivityFilter
from app.ui.desk import Desk
from protocol.vocabulary import ActivityKind


@dataclass(frozen=True, slots=True)
class Command:
    """A gesture and its name; `keys` is its shortcut, shown beside it."""

    label: str
    icon: str
    call: Callable[[], object]
    keys: str = ""


def usual_commands(desk: Desk) -> tuple[Command, ...]:
    """The gestures that do not depend on a screen."""
    form = desk.form_asked.emit
    return (
        Command("Enregistrer un accompagnement", "plus", lambda: form(ActivityKind.INDIVIDUAL), "Ctrl+N"),
        Command("Enregistrer un atelier", "users", lambda: form(ActivityKind.WORKSHOP), "Ctrl+Maj+N"),
        Command("Rapport d’activité du mois dernier", "file-text", lambda: desk.report_asked.emit(ActivityFilter())),
        Command("Exporter", "download", lambda: desk.export_asked.emit(ActivityFilter())),
        Command("Verrouiller", "lock", desk.lock_asked.emit, "Ctrl+L"),
    )


def matching(commands: Sequence[Command], typed: str) -> tuple[Command, ...]:
    """The commands that hold every word typed, by its beginning."""
    wanted = fold(typed).split()
    return tuple(one for one in commands if all(_has(fold(one.label).split(), word) for word in wanted))


def _has(words: Sequence[str], beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words)
