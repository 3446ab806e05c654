"""Reads the activity reports (« comptes rendus d’activité ») of 2021 (V1) and of 2022 to 2024 (V2).

Fields: fact sheet of the programme §1.1 and §1.3 (2026-06-30), from a table or from the JSON of the State's database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from app import labels, municipalities
from app.folding import fold
from app.services.commands import RecordActivity
from app.services.imports import cells, cra_words
from app.services.imports.cells import UnreadableError
from app.services.imports.communes import Located, located
from app.services.imports.cra_fields import Report, cell, flattened, number, pairs, report_of_row, texts, word
from app.services.imports.cra_people import crowd_of, peopled
from app.services.imports.headings import Sheet, check_objects
from app.services.imports.identity import Identities
from app.services.imports.lines import ActivityLine, FileKind, PlaceSaid, ReadFile, RefusedLine
from app.services.imports.opening import Objects
from app.services.imports.rules import MERGED, check_short, fitted, in_column, refused, ruled, tidied, where
from app.services.progress import Progress
from protocol.vocabulary import ActivityKind, Equipment, PlaceKind, ReferralTarget, Topic

T = TypeVar("T")
_EACH = 200
_SHOWN = "dateAccompagnement", "createdAt", "activite", "nomCommune", "themes"
_NAMES = {
    "day": "dateAccompagnement",
    "minutes": "duree",
    "commune": "nomCommune",
    "topics": "themes",
    "participants": "nbParticipants",
}
"""The field of a report that says what the rules speak of."""


def read_sheet(name: str, sheet: Sheet, today: date, progress: Progress) -> ReadFile:
    """The activities of a table of reports."""
    reader = _Reader(today, sheet.headings)
    for number_, row in sheet.rows:
        if number_ % _EACH == 0:
            progress.step(number_, max(sheet.height, number_))
        if any(row):
            reader.see(where((number_,)), report_of_row(sheet.places, row), MERGED if number_ in sheet.merged else "")
    return ReadFile(name, sheet.kind, activities=tuple(reader.lines), refused=tuple(reader.refused))


def read_objects(name: str, objects: Objects, today: date, progress: Progress) -> ReadFile:
    """The activities of a JSON file of reports; raises UserError if it is none."""
    kind = kind_of_objects(objects)
    reader = _Reader(today, {})
    for number_, found in enumerate(objects, start=1):
        if number_ % _EACH == 0:
            progress.step(number_, len(objects))
        reader.see(f"Compte rendu n°\u00a0{number_}", flattened(found))
    return ReadFile(name, kind, activities=tuple(reader.lines), refused=tuple(reader.refused))


def kind_of_objects(objects: Objects) -> FileKind:
    """Which generation of reports a JSON file holds; raises UserError if it is none."""
    reports = [flattened(one) for one in objects[:_EACH]]
    check_objects(reports)
    is_second = any("dateAccompagnement" in one or any(name.startswith("age.") for name in one) for one in reports)
    return FileKind.CRA_V2 if is_second else FileKind.CRA_V1


class _Reader:
    def __init__(self, today: date, headings: Mapping[str, str]) -> None:
        self._today = today
        self._headings = headings
        self._names = {field: headings.get(name, name) for field, name in _NAMES.items()}
        self._identities = Identities()
        self._seen: set[UUID] = set()
        self.lines: list[ActivityLine] = []
        self.refused: list[RefusedLine] = []

    def see(self, where_: str, report: Report, fault: str = "") -> None:
        """Take one report, or say why not."""
        try:
            if fault:
                raise UnreadableError(fault)
            line = self._line(where_, report)
            if line.id in self._seen:
                raise UnreadableError("Ce compte rendu est déjà plus haut dans le fichier.")
            self._seen.add(line.id)
            self.lines.append(line)
        except UnreadableError as error:
            shown = [", ".join(texts(report, name)) or word(report, name) for name in _SHOWN]
            self.refused.append(replace(refused((0,), shown, str(error)), where=where_))

    def _line(self, where_: str, report: Report) -> ActivityLine:
        commune = _commune(report)
        topics, unknown = self._topics(report)
        form = RecordActivity(
            kind=self._among(report, "activite", cra_words.KINDS),
            day=cells.day(cell(report, "dateAccompagnement") or cell(report, "createdAt")),
            minutes=self._minutes(report),
            place_kind=self._among(report, "canal", cra_words.CANALS),
            municipality=commune.insee_code,
            postal_code=commune.postal_code,
            topics=topics,
            equipment=frozenset(_equipment(report)),
        )
        form = _referred(form, report)
        form, shortened = fitted(replace(form, notes="\n".join(_notes(report))))
        crowd = crowd_of(report, form.kind)
        place, guessed = _place(report, form, commune)
        told = (
            str(crowd.total),
            str(crowd.already),
            repr(sorted(crowd.ages.items())),
            repr(sorted(crowd.statuses.items())),
        )
        id_ = self._identities.of(word(report, "_id")) or self._identities.of_content(form, (), place, told)
        return ActivityLine(
            where=where_,
            id=id_,
            form=ruled(tidied(peopled(form, crowd, id_)), 0, self._today, self._names),
            place=place,
            recorded_at=cells.instant(cell(report, "createdAt")),
            warnings=tuple(filter(None, (unknown, commune.warning, guessed, *shortened, *crowd.warnings))),
        )

    def _among(self, report: Report, name: str, known: Mapping[str, T]) -> T:
        said = word(report, name)
        if fold(said) in known:
            return known[fold(said)]
        fault = f"«\u00a0{said[:40]}\u00a0» n’est pas connu." if said else "La case est vide."
        raise UnreadableError(in_column(self._headings.get(name, name), fault))

    def _minutes(self, report: Report) -> int:
        said = word(report, "duree")
        found = cra_words.LENGTHS.get(fold(said)) or cells.minutes(cell(report, "duree"))
        if found is None:
            fault = f"«\u00a0{said[:40]}\u00a0» n’est pas une durée." if said else "La case est vide."
            raise UnreadableError(in_column(self._names["minutes"], fault))
        return found

    def _topics(self, report: Report) -> tuple[frozenset[Topic], str]:
        said = "\n".join(texts(report, "themes"))
        found, unknown = cells.choices(self._names["topics"], cra_words.THEMES)(said)
        topics = frozenset(topic for several in found for topic in several)
        if unknown and not found:
            raise UnreadableError(unknown)
        if found and not topics:
            raise UnreadableError(
                "Ce compte rendu n’a que le thème «\u00a0Autre\u00a0»\u00a0: ajoutez-lui un thème dans le fichier."
            )
        return topics, unknown


def _commune(report: Report) -> Located:
    """The commune; in 2021 its postal code and its name could be in one field: « 48400 FLORAC »."""
    postal_code, _, name = word(report, "cp").partition(" ")
    codes = cells.code(word(report, "codePostal") or postal_code), cells.code(word(report, "codeCommune"))
    return located(word(report, "nomCommune") or name.strip(), *codes)


def _place(report: Report, form: RecordActivity, commune: Located) -> tuple[PlaceSaid | None, str]:
    """The place of activity, by its own name if the report has it."""
    if form.place_kind is not PlaceKind.PLACE:
        return None, ""
    said = report.get("permanence")
    inside = said if isinstance(said, dict) else {}
    name = word(inside, "nomEnseigne") or word(report, "permanence")
    given = inside.get("adresse")
    address = " ".join(filter(None, (word(given, "numeroRue"), word(given, "rue")))) if isinstance(given, dict) else ""
    check_short("", name, address)
    if name and not _is_reference(name):
        return PlaceSaid(name, address, commune.insee_code, commune.postal_code), ""
    known = municipalities.get(commune.insee_code) if commune.insee_code else None
    town = known.name if known else word(report, "nomCommune") or word(report, "cp") or word(report, "codePostal")
    place = PlaceSaid(f"Lieu d’activité de {town}".strip(), "", commune.insee_code, commune.postal_code)
    return place, f"Le nom du lieu n’est pas dans le fichier\u00a0: il s’appellera «\u00a0{place.name}\u00a0»."


def _is_reference(name: str) -> bool:
    """Whether it is only the number of a place in the State's database."""
    return len(name) == 24 and all(one in "0123456789abcdef" for one in name)


def _equipment(report: Report) -> Iterator[Equipment]:
    for _, inside in pairs(report, "sousThemes"):
        for one in _listed(inside):
            if one in cra_words.EQUIPMENT:
                yield cra_words.EQUIPMENT[one]


def _redirections(report: Report) -> list[tuple[str, int]]:
    return [(name, count) for name, count in pairs(report, "organismes") if isinstance(count, int) and count > 0]


def _referred(form: RecordActivity, report: Report) -> RecordActivity:
    """The activity with where the person was referred to, told for one person only."""
    counted = number(report, "accompagnement.redirection", "accompagnement.redirection")
    bodies = _redirections(report)
    redirected = bool(counted or bodies) or fold(word(report, "accompagnement")).startswith("redirection")
    if form.kind is not ActivityKind.INDIVIDUAL or not redirected:
        return form
    target = cra_words.BODIES.get(fold(bodies[0][0]), ReferralTarget.OTHER) if bodies else None
    return replace(form, referred=True, referral=target)


def _notes(report: Report) -> Iterator[str]:
    """What today's form has no question for, in words."""
    said = [
        cells.line(one)
        for name, inside in pairs(report, "sousThemes")
        if name == "annotation"
        for one in _listed(inside)
    ]
    yield from filter(None, (*said, word(report, "annotation")))
    details = [
        cra_words.SUB_THEMES[one]
        for _, inside in pairs(report, "sousThemes")
        for one in _listed(inside)
        if one in cra_words.SUB_THEMES
    ]
    if details:
        yield f"Précisions\u00a0: {', '.join(details)}"
    followed = [
        labels.count(count, one, many)
        for part, one, many in (
            ("individuel", "suite en individuel", "suites en individuel"),
            ("atelier", "suite en atelier", "suites en atelier"),
            ("redirection", "redirection", "redirections"),
        )
        if (count := number(report, f"accompagnement.{part}", f"accompagnement.{part}"))
    ]
    followed = followed or [words for words in (word(report, "accompagnement"),) if words]
    if followed:
        yield f"Suites\u00a0: {', '.join(followed)}"
    if bodies := _redirections(report):
        yield f"Réorientations\u00a0: {', '.join(f'{name} ({count})' for name, count in bodies)}"


def _listed(inside: object) -> Sequence[str]:
    return [one for one in (inside if isinstance(inside, list) else [inside]) if isinstance(one, str)]
