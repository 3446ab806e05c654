"""Reads a list of accompaniments with the headings of « La Coop de la médiation numérique », theirs or ours.

Headings: fact sheet §5.3 (2026-06-30). One row is one person at one activity: the rows of a workshop make one line.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from app import labels
from app.folding import fold
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity, SaveBeneficiary
from app.services.imports.activity_columns import ActivityColumns
from app.services.imports.cells import UnreadableError
from app.services.imports.communes import Located
from app.services.imports.headings import Sheet
from app.services.imports.identity import Identities
from app.services.imports.lines import ActivityLine, PersonSaid, PlaceSaid, RefusedLine
from app.services.imports.opening import Cell
from app.services.imports.rules import MERGED, fitted, helped, in_column, refused, ruled, where
from app.services.imports.words import stated
from app.services.progress import Progress
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Gender,
    PlaceKind,
    ProcedureFamily,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

_EACH = 200
"""Rows between two steps of the progress."""
_ANONYMOUS = frozenset(("", "beneficiaire anonyme", "anonyme"))
_AUTONOMY = (None, *Autonomy)
_LEVELS = (None, *WorkshopLevel)

Row = Sequence[Cell]
C = TypeVar("C", Gender, AgeBand, SocialStatus)


@dataclass(frozen=True, slots=True)
class _Someone:
    """The person of one row; without name if anonymous."""

    name: str
    located: Located
    gender: Gender | None
    age_band: AgeBand | None
    status: SocialStatus | None
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """An activity and its people, as the rows come."""

    row: Row
    kind: ActivityKind
    announced: int
    numbers: list[int] = field(default_factory=list)
    people: list[_Someone] = field(default_factory=list)


def read(sheet: Sheet, today: date, progress: Progress) -> tuple[tuple[ActivityLine, ...], tuple[RefusedLine, ...]]:
    """The activities of a list and the rows that cannot be taken in, each in the order of the file."""
    reader = _Reader(sheet, today)
    for number, row in sheet.rows:
        if number % _EACH == 0:
            progress.step(number, 2 * max(sheet.height, number))
        if any(row):
            reader.see(number, row)
    return reader.lines(progress), tuple(reader.refused)


class _Reader:
    def __init__(self, sheet: Sheet, today: date) -> None:
        self._sheet = sheet
        self._today = today
        self._columns = ActivityColumns(sheet)
        self._groups: list[_Group] = []
        self._open: dict[Hashable, _Group] = {}
        """The workshops whose rows may still come, and the individual accompaniments that have an id."""
        self.refused: list[RefusedLine] = []

    def see(self, number: int, row: Row) -> None:
        """Take one row: a new activity, or one more person of a workshop."""
        if number in self._sheet.merged:
            self._refuse((number,), row, MERGED)
            return
        try:
            kind = self._columns.kind(row)
            group = self._group(row, kind)
            if group.numbers and kind is ActivityKind.INDIVIDUAL:
                raise UnreadableError(f"La ligne {group.numbers[0]} a déjà le même «\u00a0ID CRA\u00a0».")
            group.people.append(self._someone(row))
            group.numbers.append(number)
        except UnreadableError as error:
            self._refuse((number,), row, str(error))

    def lines(self, progress: Progress) -> tuple[ActivityLine, ...]:
        """The activities of all the rows that were seen."""
        identities = Identities()
        found = []
        for done, group in enumerate(self._groups):
            if done % _EACH == 0:
                progress.step(len(self._groups) + done, 2 * len(self._groups))
            try:
                if group.numbers:
                    found.append(self._line(group, identities))
            except UnreadableError as error:
                self._refuse(group.numbers, group.row, str(error))
        return tuple(found)

    def _refuse(self, numbers: Sequence[int], row: Row, why: str) -> None:
        self.refused.append(refused(numbers, row, why))

    def _group(self, row: Row, kind: ActivityKind) -> _Group:
        """The activity that a row belongs to; without id, the rows of a workshop say the same and follow one another."""
        id_ = self._columns.id(row)
        rank, announced = self._columns.rank(row)
        key: Hashable = id_
        if not id_ and kind is ActivityKind.WORKSHOP:
            told = "day", "minutes", "place_kind", "place", "commune", "title", "topics", "recorded_at"
            places = [self._sheet.places[name] for name in told if name in self._sheet.places]
            key = (announced, *(row[place] for place in places if place < len(row)))
        known = self._open.get(key) if key else None
        if known and (id_ or (rank != 1 and len(known.numbers) < announced)):
            return known
        group = _Group(row, kind, announced)
        self._groups.append(group)
        if key:
            self._open[key] = group
        return group

    def _someone(self, row: Row) -> _Someone:
        columns = self._columns
        name = columns.person(row)
        gender, age_band, status = columns.gender(row), columns.age_band(row), columns.status(row)
        place = columns.person_commune(row)
        warnings = (place.warning, gender[1], age_band[1], status[1])
        return _Someone(
            "" if fold(name) in _ANONYMOUS else name,
            place,
            stated(gender[0]),
            stated(age_band[0]),
            stated(status[0]),
            tuple(filter(None, warnings)) if any(warnings) else (),
        )

    def _line(self, group: _Group, identities: Identities) -> ActivityLine:
        columns, row = self._columns, group.row
        form, warnings = self._form(group)
        people = tuple(_said(one, self._sheet.headings) for one in group.people if one.name)
        form = ruled(form, len(people), self._today, self._sheet.headings)
        place, said = self._place(row, form)
        warnings += said + tuple(dict.fromkeys(said for one in group.people for said in one.warnings))
        tags, recorded_at = columns.tags(row), columns.recorded_at(row)
        return ActivityLine(
            where=where(group.numbers),
            id=identities.of(columns.id(row)) or identities.of_content(form, people, place, tags, recorded_at),
            form=form,
            people=people,
            place=place,
            tags=tags,
            recorded_at=recorded_at,
            changed_at=columns.changed_at(row),
            warnings=warnings,
        )

    def _form(self, group: _Group) -> tuple[RecordActivity, tuple[str, ...]]:
        columns, row = self._columns, group.row
        topics, unknown_topics = columns.topics(row)
        equipment, unknown_equipment = columns.equipment(row)
        procedures, note = columns.procedures(row)
        commune = columns.commune(row)
        individual = group.kind is ActivityKind.INDIVIDUAL
        form = RecordActivity(
            kind=group.kind,
            day=columns.day(row),
            minutes=columns.minutes(row),
            place_kind=columns.place_kind(row),
            municipality=commune.insee_code,
            postal_code=commune.postal_code,
            topics=frozenset(one for one in topics if isinstance(one, Topic)),
            families=frozenset(one for one in topics if isinstance(one, ProcedureFamily)),
            procedures=frozenset(one.code for one in procedures),
            procedure_note=note,
            equipment=equipment,
            notes=columns.notes(row),
            title=columns.title(row),
        )
        form, added = helped(form)
        form, alone = self._alone(form, group) if individual else self._together(form, group)
        form, shortened = fitted(form)
        said = unknown_topics, unknown_equipment, *added, *alone, *shortened, *self._notices(row, form)
        return form, tuple(filter(None, said))

    def _notices(self, row: Row, form: RecordActivity) -> Iterable[str]:
        advisor = " ".join(filter(None, (column(row) for column in self._columns.advisor)))
        if advisor:
            yield f"Accompagnement de {advisor}\u00a0: il sera compté dans votre carnet."
        if form.day and form.day > self._today:
            yield f"La date est à venir\u00a0: {labels.short_day(form.day)}."

    def _alone(self, form: RecordActivity, group: _Group) -> tuple[RecordActivity, tuple[str, ...]]:
        """What only an individual accompaniment says."""
        columns, row, (one,) = self._columns, group.row, group.people
        stars = columns.stars(row)
        autonomy, unknown = (_AUTONOMY[stars], "") if stars else columns.autonomy(row)
        referred, unknown_answer = columns.referred(row)
        referral, unknown_target = columns.referral(row)
        anonymous = AnonymousPerson(
            False, one.located.insee_code, one.located.postal_code, one.gender, one.age_band, one.status
        )
        said = replace(
            form,
            person=AnonymousPerson() if one.name else anonymous,
            autonomy=autonomy,
            referred=True if referral and referred is None else referred,
            referral=referral,
        )
        return said, (unknown, unknown_answer, unknown_target)

    def _together(self, form: RecordActivity, group: _Group) -> tuple[RecordActivity, tuple[str, ...]]:
        """What only a workshop says; its anonymous people are counted back from their rows."""
        columns, row = self._columns, group.row
        stars = columns.stars(row)
        level, unknown = (_LEVELS[stars], "") if stars else columns.level(row)
        anonymous = [one for one in group.people if not one.name]
        absent = max(group.announced - len(group.people), 0)
        counted = AnonymousGroup(
            total=len(anonymous) + absent,
            gender=_counts(one.gender for one in anonymous),
            age_band=_counts(one.age_band for one in anonymous),
            status=_counts(one.status for one in anonymous),
        )
        missing = (
            f"{labels.count(absent, 'participant')} de cet atelier n’ont pas de ligne\u00a0: comptés comme anonymes."
        )
        return replace(form, level=level, anonymous=counted), (unknown, missing if absent else "")

    def _place(self, row: Row, form: RecordActivity) -> tuple[PlaceSaid | None, tuple[str, ...]]:
        commune = self._columns.commune(row)
        warnings = (commune.warning,) if commune.warning else ()
        if form.place_kind is not PlaceKind.PLACE:
            return None, warnings
        name = self._columns.place(row)
        if not name:
            raise UnreadableError(in_column(self._sheet.headings["place"], "La case est vide."))
        return PlaceSaid(name, self._columns.address(row), commune.insee_code, commune.postal_code), warnings


def _counts(codes: Iterable[C | None]) -> dict[C, int]:
    return dict(Counter(code for code in codes if code))


def _said(one: _Someone, headings: dict[str, str]) -> PersonSaid:
    first_name, last_name = parted(one.name)
    if not first_name:
        raise UnreadableError(
            in_column(headings["person"], f"«\u00a0{one.name[:60]}\u00a0» n’a pas à la fois un prénom et un nom.")
        )
    person = SaveBeneficiary(
        first_name=first_name,
        last_name=last_name,
        municipality=one.located.insee_code,
        postal_code=one.located.postal_code,
        gender=one.gender,
        age_band=one.age_band,
        status=one.status,
    )
    return PersonSaid(one.name, person, one.age_band)


def parted(name: str) -> tuple[str, str]:
    """« Jean-Marie », « DUPONT » : a name in capitals ends « Prénom Nom »; otherwise the first word is the first name."""
    parts = name.split()
    capitals = [place for place, part in enumerate(parts) if place and len(part) > 1 and part.isupper()]
    cut = capitals[0] if capitals and not parts[0].isupper() else 1
    return (" ".join(parts[:cut]), " ".join(parts[cut:])) if len(parts) > 1 else ("", name)
