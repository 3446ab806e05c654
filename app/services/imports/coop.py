"""Reads a list of accompaniments with the headings of « La Coop de la médiation numérique », theirs or ours.

Headings: fact sheet §5.3 (2026-06-30). One row is one person at one activity: the rows of a workshop make one line.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app import labels
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity, SaveBeneficiary
from app.services.imports.activity_columns import TOLD, TRAITS, ActivityColumns
from app.services.imports.cells import UnreadableError
from app.services.imports.communes import Located
from app.services.imports.headings import Sheet
from app.services.imports.identity import Identities
from app.services.imports.lines import ActivityLine, PersonSaid, PlaceSaid, RefusedLine
from app.services.imports.opening import Cell
from app.services.imports.rules import MERGED, check_short, fitted, helped, in_column, refused, ruled, tidied, where
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
_MOST_TAGS = 100
"""Of one activity."""
_NOBODY, _NO_GROUP = AnonymousPerson(), AnonymousGroup()
_AUTONOMY = (None, *Autonomy)
_LEVELS = (None, *WorkshopLevel)
_KNOWN_BY = "day", "kind", "title", "person", "place", "commune", "topics"
"""By what an advisor knows a refused row again; the first ones that it has are shown."""

Row = Sequence[Cell]
C = TypeVar("C", Gender, AgeBand, SocialStatus)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What one row says of its person, beside the name."""

    located: Located
    gender: Gender | None
    age_band: AgeBand | None
    status: SocialStatus | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What many rows tell alike of an activity: all but the day, the people, and the free texts."""

    form: RecordActivity
    place: PlaceSaid | None
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """An activity and its people, as the rows come."""

    row: Row
    kind: ActivityKind
    announced: int
    numbers: list[int] = field(default_factory=list)
    people: list[tuple[str, _Traits]] = field(default_factory=list)
    """By name, empty if anonymous."""
    notes: str = ""
    """On one row only, whichever."""


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
        self._told = self._columns.together(TOLD, self._understand)
        self._traits = self._columns.together(TRAITS, self._traits_of)
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
            group.people.append((self._columns.person(row), self._traits(row)))
            group.notes = group.notes or self._columns.notes(row)
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
        cells = (self._sheet.places.get(name, len(row)) for name in _KNOWN_BY)
        self.refused.append(refused(numbers, [row[place] for place in cells if place < len(row)], why))

    def _group(self, row: Row, kind: ActivityKind) -> _Group:
        """The activity that a row belongs to; without id, the rows of a workshop all say the same."""
        id_ = self._columns.id(row)
        rank, announced = self._columns.rank(row)
        key: Hashable = id_ or ((announced, self._columns.same(row)) if kind is ActivityKind.WORKSHOP else None)
        known = self._open.get(key) if key is not None else None
        if known and (id_ or (rank != 1 and len(known.numbers) < announced)):
            return known
        group = _Group(row, kind, announced)
        self._groups.append(group)
        if key is not None:
            self._open[key] = group
        return group

    def _traits_of(self, row: Row) -> _Traits:
        columns = self._columns
        (gender, no_gender), (band, no_band), (status, no_status) = (
            columns.gender(row),
            columns.age_band(row),
            columns.status(row),
        )
        place = columns.person_commune(row)
        warnings = tuple(filter(None, (place.warning, no_gender, no_band, no_status)))
        return _Traits(place, stated(gender), stated(band), stated(status), warnings)

    def _line(self, group: _Group, identities: Identities) -> ActivityLine:
        columns, row = self._columns, group.row
        told = self._told(row)
        people = tuple(self._named(name, traits) for name, traits in group.people if name)
        person, anonymous, missing = _anonymous(group)
        form = replace(
            told.form,
            day=columns.day(row),
            notes=group.notes,
            title=columns.title(row) if group.kind is ActivityKind.WORKSHOP else "",
            person=person,
            anonymous=anonymous,
        )
        form, shortened = fitted(form)
        form = ruled(form, len(people), self._today, self._sheet.headings)
        unknown = dict.fromkeys(said for _, traits in group.people for said in traits.warnings)
        tags = columns.tags(row)
        if len(tags) > _MOST_TAGS:
            fault = f"Il y a plus de {_MOST_TAGS} étiquettes."
            raise UnreadableError(in_column(self._sheet.headings["tags"], fault))
        check_short(self._sheet.headings["tags"], *tags)
        return ActivityLine(
            where=where(group.numbers),
            id=identities.of(columns.id(row)) or identities.of_content(form, people, told.place, tags),
            form=form,
            people=people,
            place=told.place,
            tags=tags,
            recorded_at=columns.recorded_at(row),
            changed_at=columns.changed_at(row),
            warnings=(*told.warnings, *missing, *shortened, *self._ahead(form), *unknown),
        )

    def _understand(self, row: Row) -> _Told:
        columns = self._columns
        (topics, unknown_topics), (equipment, unknown_equipment) = columns.topics(row), columns.equipment(row)
        procedures, note = columns.procedures(row)
        commune = columns.commune(row)
        form = RecordActivity(
            kind=columns.kind(row),
            minutes=columns.minutes(row),
            place_kind=columns.place_kind(row),
            municipality=commune.insee_code,
            postal_code=commune.postal_code,
            topics=frozenset(one for one in topics if isinstance(one, Topic)),
            families=frozenset(one for one in topics if isinstance(one, ProcedureFamily)),
            procedures=frozenset(one.code for one in procedures),
            procedure_note=note,
            equipment=equipment,
        )
        form, added = helped(form)
        self._check_understood(form, unknown_topics, commune)
        form, unknown = self._graded(form, row)
        warnings = (self._advisor(row), unknown_topics, unknown_equipment, commune.warning, *added, *unknown)
        return _Told(tidied(form), self._place(row, form, commune), tuple(filter(None, warnings)))

    def _check_understood(self, form: RecordActivity, unknown_topics: str, commune: Located) -> None:
        """What is needed is there, but says nothing that is known: rather than that it is missing, say what it is."""
        if unknown_topics and not form.topics:
            raise UnreadableError(unknown_topics)
        is_elsewhere = form.place_kind in (PlaceKind.HOME, PlaceKind.OTHER)
        if is_elsewhere and commune.insee_code is None and commune.warning:
            raise UnreadableError(commune.warning)

    def _graded(self, form: RecordActivity, row: Row) -> tuple[RecordActivity, tuple[str, ...]]:
        """The activity with what is asked of its sort only: level, or autonomy and where the person was referred to."""
        columns = self._columns
        stars = columns.stars(row)
        if form.kind is ActivityKind.WORKSHOP:
            level, unknown = (_LEVELS[stars], "") if stars else columns.level(row)
            return replace(form, level=level), (unknown,)
        autonomy, unknown = (_AUTONOMY[stars], "") if stars else columns.autonomy(row)
        (referred, unknown_answer), (referral, unknown_target) = columns.referred(row), columns.referral(row)
        if referral and referred is None:
            referred = True
        graded = replace(form, autonomy=autonomy, referred=referred, referral=referral)
        return graded, (unknown, unknown_answer, unknown_target)

    def _place(self, row: Row, form: RecordActivity, commune: Located) -> PlaceSaid | None:
        if form.place_kind is not PlaceKind.PLACE:
            return None
        name = self._columns.place(row)
        if not name:
            raise UnreadableError(in_column(self._sheet.headings["place"], "La case est vide."))
        check_short(self._sheet.headings["place"], name, self._columns.address(row))
        return PlaceSaid(name, self._columns.address(row), commune.insee_code, commune.postal_code)

    def _advisor(self, row: Row) -> str:
        """A sentence where the file is of a whole team, so that nobody else's work is taken unknowingly."""
        advisor = " ".join(filter(None, (column(row) for column in self._columns.advisor)))
        return f"Accompagnement noté par {advisor}\u00a0: il sera compté dans votre carnet." if advisor else ""

    def _ahead(self, form: RecordActivity) -> tuple[str, ...]:
        is_ahead = form.day is not None and form.day > self._today
        return (f"La date est à venir\u00a0: {labels.short_day(form.day)}.",) if form.day and is_ahead else ()

    def _named(self, name: str, traits: _Traits) -> PersonSaid:
        first_name, last_name = parted(name)
        if not first_name:
            fault = f"«\u00a0{name[:60]}\u00a0» n’a pas à la fois un prénom et un nom."
            raise UnreadableError(in_column(self._sheet.headings["person"], fault))
        person = SaveBeneficiary(
            first_name=first_name,
            last_name=last_name,
            municipality=traits.located.insee_code,
            postal_code=traits.located.postal_code,
            gender=traits.gender,
            age_band=traits.age_band,
            status=traits.status,
        )
        return PersonSaid(name, person, traits.age_band)


def _anonymous(group: _Group) -> tuple[AnonymousPerson, AnonymousGroup, tuple[str, ...]]:
    """The anonymous people of an activity, counted back from their rows; and a sentence for rows that lack."""
    anonymous = [traits for name, traits in group.people if not name]
    if group.kind is ActivityKind.INDIVIDUAL:
        return _alone(anonymous[0]) if anonymous else _NOBODY, _NO_GROUP, ()
    absent = max(group.announced - len(group.people), 0)
    counted = AnonymousGroup(
        total=len(anonymous) + absent,
        gender=_counts(one.gender for one in anonymous),
        age_band=_counts(one.age_band for one in anonymous),
        status=_counts(one.status for one in anonymous),
    )
    lack = (
        "n’a pas de ligne\u00a0: compté comme anonyme"
        if absent == 1
        else "n’ont pas de ligne\u00a0: comptés comme anonymes"
    )
    missing = f"{labels.count(absent, 'participant')} de cet atelier {lack}."
    return _NOBODY, counted, (missing,) if absent else ()


def _alone(one: _Traits) -> AnonymousPerson:
    return AnonymousPerson(False, one.located.insee_code, one.located.postal_code, one.gender, one.age_band, one.status)


def _counts(codes: Iterable[C | None]) -> dict[C, int]:
    return dict(Counter(code for code in codes if code))


def parted(name: str) -> tuple[str, str]:
    """First name and name of « Prénom Nom »: the name starts at the first word in capitals, or at the second word."""
    parts = name.split()
    capitals = [place for place, part in enumerate(parts) if place and len(part) > 1 and part.isupper()]
    cut = capitals[0] if capitals and not parts[0].isupper() else 1
    return (" ".join(parts[:cut]), " ".join(parts[cut:])) if len(parts) > 1 else ("", name)
