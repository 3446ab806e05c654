"""What a line read in a file must follow, by the same rules as what is typed; and how refused rows are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from app import labels
from app.services.activity_rules import LONGEST_LINE, faults, tidy
from app.services.commands import RecordActivity
from app.services.imports import cells
from app.services.imports.cells import UnreadableError
from app.services.imports.lines import RefusedLine
from app.services.imports.opening import Cell
from protocol.vocabulary import Equipment, Topic

MERGED = "Cette ligne a des cases fusionnées avec une autre\u00a0: séparez-les dans votre tableur."
_SHOWN = 4
"""Cells of a refused row."""


def tidied(form: RecordActivity) -> RecordActivity:
    """The activity without answers that mean nothing."""
    if Equipment.NONE in form.equipment and len(form.equipment) > 1:
        form = replace(form, equipment=form.equipment - {Equipment.NONE})
    return tidy(form)


def ruled(form: RecordActivity, named: int, today: date, headings: Mapping[str, str]) -> RecordActivity:
    """The same activity; raises UnreadableError, with the column, where it is against a rule.

    The place and `named` people are said beside it. A day far ahead is no slip of the finger in a file.
    """
    found = faults(form, today)
    if found:
        told = {"far_date", "place" if form.place_kind else "", "participants" if named else ""}
        for field in found.keys() - told:
            raise UnreadableError(in_column(headings.get(_COLUMNS.get(field, field), ""), found[field]))
    return form


_COLUMNS = {"municipality": "commune", "anonymous": "participants"}
"""The column of a field that does not bear its name."""


def in_column(heading: str, sentence: str) -> str:
    """The sentence, with the column that it is about."""
    return f"Colonne «\u00a0{heading}\u00a0»\u00a0: {sentence[:1].lower()}{sentence[1:]}" if heading else sentence


def fitted(form: RecordActivity) -> tuple[RecordActivity, tuple[str, ...]]:
    """The activity with its precision and its title short enough; what was too long ends its notes, and is said."""
    warnings, notes = [], [form.notes]
    for what, value in (("La précision sur la démarche", form.procedure_note), ("Le titre de l’atelier", form.title)):
        if len(value) > LONGEST_LINE:
            notes.append(value)
            warnings.append(f"{what} était trop long pour sa case\u00a0: vous l’avez en entier à la fin des notes.")
    if not warnings:
        return form, ()
    shortened = replace(
        form,
        notes="\n".join(filter(None, notes)),
        procedure_note=_shortened(form.procedure_note),
        title=_shortened(form.title),
    )
    return shortened, tuple(warnings)


def check_short(heading: str, *values: str) -> None:
    """Raise UnreadableError for a name that is no name: a notebook that held it could hardly be sent."""
    if any(len(value) > LONGEST_LINE for value in values):
        raise UnreadableError(in_column(heading, f"Le texte est trop long\u00a0: {LONGEST_LINE} caractères au plus."))


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_LINE else value[: LONGEST_LINE - 1].rstrip() + "…"


def helped(form: RecordActivity) -> tuple[RecordActivity, tuple[str, ...]]:
    """The activity with « Aide aux démarches administratives » where it tells of procedures."""
    tells = form.families or form.procedures or form.procedure_note
    if not tells or Topic.ADMINISTRATIVE_HELP in form.topics:
        return form, ()
    topic = labels.TOPICS[Topic.ADMINISTRATIVE_HELP]
    return (
        replace(form, topics=form.topics | {Topic.ADMINISTRATIVE_HELP}),
        (f"La thématique «\u00a0{topic}\u00a0» a été ajoutée, puisqu’il y a une démarche.",),
    )


def where(numbers: Sequence[int]) -> str:
    """« Ligne 12 », « Lignes 12 à 19 »."""
    first, last = numbers[0], numbers[-1]
    if first == last:
        return f"Ligne {first}"
    if last - first + 1 == len(numbers):
        return f"Lignes {first} à {last}"
    return f"Lignes {', '.join(map(str, numbers[:3]))}{'…' if len(numbers) > 3 else ''}"


def refused(numbers: Sequence[int], row: Sequence[Cell], why: str) -> RefusedLine:
    """A row that cannot be taken in, with enough of it to know it again."""
    shown = [words for words in map(_shown, row) if words][:_SHOWN]
    return RefusedLine(where(numbers), " · ".join(shown), why)


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return labels.short_day(cell)
    return cells.line(cell)[:60]
