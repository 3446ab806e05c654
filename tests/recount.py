"""Every figure of the statistics counted a second time, slowly and in plain Python, over whole tables.

Shares nothing with the service but the vocabulary and the list of communes: one loop over the rows for each question.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app import municipalities
from app.database import Database
from app.services import procedures
from app.services.commands import ActivityFilter
from app.services.statistics.figures import AssessmentFigures, Breakdown, Statistics, Totals
from protocol.vocabulary import (
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SkillDomain,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

Row = dict[str, Any]
Figures = dict[str, Any]


def recount(database: Database, filter_: ActivityFilter, today: date) -> Figures:
    """The figures, in the shape that `told` gives those of the service."""
    return Recount(database, filter_, today).figures()


def told(statistics: Statistics) -> Figures:
    """The numbers of the service, without their words."""
    found: Figures = {}
    for name in (one.name for one in fields(statistics)):
        value = getattr(statistics, name)
        if isinstance(value, Breakdown):
            lines = {line.code: (line.number, line.activities, line.minutes) for line in value.lines}
            found[name] = ({code: line for code, line in lines.items() if any(line)}, value.total)
    for name in ("previous", "last_year"):
        other = getattr(statistics, name)
        found[name] = other and (other.since, other.until, _plain(other.totals))
    for name in ("by_day", "by_week", "by_month"):
        found[name] = [
            (one.since, one.accompaniments, one.activities, one.minutes, one.new_people, one.autonomy)
            for one in getattr(statistics, name)
        ]
    return {
        **found,
        "totals": _plain(statistics.totals),
        "since": statistics.since,
        "until": statistics.until,
        "hours": {
            (weekday, hour): number
            for weekday, row in enumerate(statistics.hours)
            for hour, number in enumerate(row)
            if number
        },
        "paths": statistics.autonomy_paths.paths,
        "assessments": _of_assessments(statistics.assessments),
    }


def _of_assessments(found: AssessmentFigures) -> Figures:
    plain = {name: getattr(found, name) for name in ("number", "people", "again")}
    ways = {one.domain.value: (one.up, one.same, one.down) for one in found.paths}
    return {**plain, "illectronism": (found.illectronism_first, found.illectronism_last), "ways": ways}


def _plain(totals: Totals) -> dict[str, int]:
    return {one.name: getattr(totals, one.name) for one in fields(totals)}


class Recount:
    """The rows of a notebook, and the figures of those that a filter keeps."""

    def __init__(self, database: Database, filter_: ActivityFilter, today: date) -> None:
        self.filter, self.today = filter_, today
        with database.read() as connection:

            def whole(name: str) -> list[Row]:
                return [dict(row) for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()]

            self.all = [one for one in whole("activity") if not one["deleted"]]
            self.came = [one for one in whole("attendance") if not one["deleted"]]
            self.assessed = [one for one in whole("assessment") if not one["deleted"]]
            self.people = {one["id"]: one for one in whole("beneficiary")}
            self.places = {one["id"]: one for one in whole("place")}
            self.tags = {str(UUID(bytes=one["id"])) for one in whole("tag") if not one["deleted"]}
            self.employers = [one for one in whole("organisation") if not one["deleted"]]
            self.ticked: dict[tuple[bytes, str], set[str]] = defaultdict(set)
            for one in whole("activity_choice"):
                self.ticked[one["activity"], one["field"]].add(one["code"])
        self.present: dict[bytes, list[Row]] = defaultdict(list)
        for one in self.came:
            self.present[one["activity"]].append(one)
        self.firsts = self._firsts()

    def _firsts(self) -> dict[bytes, bytes]:
        """The first activity of each person, of the whole notebook."""
        first: dict[bytes, tuple[str, bytes]] = {}
        for one in self.all:
            for who in self.present[one["id"]]:
                here = (one["day"] or "", one["id"])
                if who["beneficiary"] and here < first.get(who["beneficiary"], ("~", b"")):
                    first[who["beneficiary"]] = here
        return {person: id_ for person, (_, id_) in first.items()}

    def figures(self) -> Figures:
        filter_ = self.filter
        kept = [one for one in self.all if self._is_kept(one, filter_.since, filter_.until)]
        days = sorted(_day(one) for one in kept if one["day"])
        return {
            **self._breakdowns(kept),
            **self._profiles(kept),
            **self._comparisons(),
            **self._series(kept),
            "totals": self._totals(kept),
            "since": filter_.since or (days[0] if days else None),
            "until": filter_.until or (days[-1] if days else None),
            "hours": _hours(kept),
            "paths": self._paths(kept),
            "assessments": self._assessments(),
        }

    def _is_kept(self, one: Row, since: date | None, until: date | None) -> bool:
        wish = self.filter
        place = self.places.get(one["place"], {})
        at = {one["municipality"], place.get("municipality")} - {None}
        here = {UUID(bytes=one["place"])} if one["place"] else set()
        topics, families = self.ticked[one["id"], "topics"], self.ticked[one["id"], "families"]
        who = {each["beneficiary"] for each in self.present[one["id"]]}
        return (
            (not since or (bool(one["day"]) and _day(one) >= since))
            and (not until or (bool(one["day"]) and _day(one) <= until))
            and (not wish.kinds or one["kind"] in wish.kinds)
            and (
                not (wish.places or wish.place_kinds)
                or bool(here & wish.places)
                or one["place_kind"] in wish.place_kinds
            )
            and (not (wish.topics or wish.families) or bool(topics & wish.topics or families & wish.families))
            and (not wish.tags or bool(self.ticked[one["id"], "tags"] & {str(tag) for tag in wish.tags}))
            and (not wish.municipalities or bool(at & wish.municipalities))
            and (not wish.beneficiary or wish.beneficiary.bytes in who)
        )

    # --- key figures

    def _weight(self, one: Row) -> int:
        return len(self.present[one["id"]]) + int(_group(one).get("total", 0))

    def _totals(self, kept: list[Row]) -> dict[str, int]:
        alone = [one for one in kept if one["kind"] == "individuel"]
        together = [one for one in kept if one["kind"] == "collectif"]
        remote = [one for one in alone if one["place_kind"] == "a_distance"]
        times: dict[bytes, int] = defaultdict(int)
        anonymous = 0
        for one in kept:
            anonymous += int(_group(one).get("total", 0))
            for who in self.present[one["id"]]:
                if who["beneficiary"]:
                    times[who["beneficiary"]] += 1
                else:
                    anonymous += 1
        new = sum(self._new(one) for one in kept)
        return {
            "accompaniments": sum(map(self._weight, kept)),
            "activities": len(kept),
            "individual": sum(map(self._weight, alone)),
            "workshops": len(together),
            "workshop_people": sum(map(self._weight, together)),
            "people": len(times) + anonymous,
            "followed": len(times),
            "anonymous": anonymous,
            "new_people": new,
            "known_people": len(times) + anonymous - new,
            "came_back": len([number for number in times.values() if number >= 2]),
            "minutes": _minutes(kept),
            "face_to_face_minutes": _minutes(alone) - _minutes(remote),
            "remote_minutes": _minutes(remote),
            "workshop_minutes": _minutes(together),
        }

    def _new(self, one: Row) -> int:
        """People of an activity who came for the first time."""
        number = max(0, int(_group(one).get("total", 0)) - int(_group(one).get("already", 0)))
        for who in self.present[one["id"]]:
            if who["beneficiary"]:
                number += self.firsts[who["beneficiary"]] == one["id"]
            else:
                number += not who["already"]
        return number

    # --- breakdowns of accompaniments

    def _breakdowns(self, kept: list[Row]) -> Figures:
        everything = sum(map(self._weight, kept))
        alone = [one for one in kept if one["kind"] == "individuel"]
        together = [one for one in kept if one["kind"] == "collectif"]
        referred = [one for one in alone if one["referred"]]

        def weighed(codes: Callable[[Row], Iterable[str]]) -> tuple[Figures, int]:
            return _lines(kept, codes, self._weight), everything

        def told_of(rows: list[Row], words: Any, field: str) -> tuple[Figures, int]:
            return _lines(rows, lambda one: [_in(words, one[field])], lambda _: 1), len(rows)

        def ticked(words: Any, field: str) -> tuple[Figures, int]:
            return weighed(lambda one: [_in(words, code) for code in self.ticked[one["id"], field]])

        return {
            "topics": ticked(Topic, "topics"),
            "families": ticked(ProcedureFamily, "families"),
            "equipment": ticked(Equipment, "equipment"),
            "tags": weighed(lambda one: self.ticked[one["id"], "tags"] & self.tags),
            "procedures": weighed(_procedures),
            "place_kinds": weighed(lambda one: [_in(PlaceKind, one["place_kind"])]),
            "durations": weighed(lambda one: [_duration(one["minutes"] or 0)]),
            "places": weighed(lambda one: [self._place(one)]),
            "municipalities": weighed(lambda one: [_commune(self._insee(one))]),
            "epcis": weighed(lambda one: [_epci(self._insee(one))]),
            "departments": weighed(lambda one: [_department(self._insee(one))]),
            "organisations": weighed(lambda one: [self._employer(one)]),
            "autonomy": told_of(alone, Autonomy, "autonomy"),
            "levels": told_of(together, WorkshopLevel, "level"),
            "referrals": told_of(referred, ReferralTarget, "referral"),
            "referred": (
                _lines(alone, lambda one: [{None: "", 0: "non", 1: "oui"}[one["referred"]]], lambda _: 1),
                len(alone),
            ),
        }

    def _place(self, one: Row) -> str:
        if not one["place"]:
            return ""
        return str(UUID(bytes=one["place"])) if one["place"] in self.places else "lieu"

    def _insee(self, one: Row) -> str:
        if one["place_kind"] == "a_distance":
            return ""
        return self.places.get(one["place"], {}).get("municipality") or one["municipality"] or ""

    def _employer(self, one: Row) -> str:
        if not self.employers or not one["day"]:
            return ""
        begun = [each for each in self.employers if (each["since"] or "") <= one["day"]]
        earliest = min(each["since"] or "" for each in self.employers)
        candidates = begun or [each for each in self.employers if (each["since"] or "") == earliest]
        latest = max(each["since"] or "" for each in candidates)
        return max(str(UUID(bytes=each["id"])) for each in candidates if (each["since"] or "") == latest)

    # --- people

    def _profiles(self, kept: list[Row]) -> Figures:
        found: dict[str, dict[str, int]] = {key: defaultdict(int) for key in _OF_PEOPLE}
        for one in kept:
            group = _group(one)
            for key, (words, field) in _OF_PEOPLE.items():
                left = int(group.get("total", 0))
                for code, number in (group.get(field, {}) if words else {}).items():
                    if words and code in list(words) and code != "non_communique":
                        found[key][code] += number
                        left -= number
                found[key]["non_communique" if words else ""] += left
        for who, age in self._different(kept):
            person = self.people.get(who["beneficiary"], {})
            found["genders"][_known(Gender, person.get("gender") or who["gender"])] += 1
            found["age_bands"][_known(AgeBand, age or person.get("age_band"))] += 1
            found["statuses"][_known(SocialStatus, person.get("status") or who["status"])] += 1
            found["residences"][_commune(person.get("municipality") or who["municipality"] or "")] += 1
        total = self._totals(kept)["people"]
        return {key: ({code: (n, 0, 0) for code, n in one.items() if n}, total) for key, one in found.items()}

    def _different(self, kept: list[Row]) -> list[tuple[Row, str | None]]:
        """The last presence of each person followed, and each anonymous one; with the age band it keeps."""
        last: dict[Any, tuple[tuple[str, int], Row]] = {}
        for one in kept:
            for who in self.present[one["id"]]:
                key, when = who["beneficiary"] or who["id"], (one["day"] or "", who["number"])
                if key not in last or when > last[key][0]:
                    last[key] = (when, who)
        return [(who, who["age_band"]) for _, who in last.values()]

    def _assessments(self) -> Figures:
        """Dates and person alone; of people who are there, or erased; drafts, which have no day, are nobody's."""
        wish, by_person = self.filter, defaultdict(list)
        for one in sorted(self.assessed, key=lambda row: (row["day"] or "", row["created_at"], row["id"])):
            person = self.people.get(one["beneficiary"])
            is_there = one["beneficiary"] and (not person or (not person["deleted"] and not person["merged_into"]))
            is_his = not wish.beneficiary or wish.beneficiary.bytes == one["beneficiary"]
            if is_there and is_his and one["day"]:
                day = date.fromisoformat(one["day"])
                if (not wish.since or day >= wish.since) and (not wish.until or day <= wish.until):
                    by_person[one["beneficiary"]].append(one)
        twice = [rows for rows in by_person.values() if len(rows) > 1]
        return {
            "number": sum(len(rows) for rows in by_person.values()),
            "people": len(by_person),
            "again": len(twice),
            "illectronism": tuple(sum(_cut_off(rows[end]) for rows in by_person.values()) for end in (0, -1)),
            "ways": {domain.value: _ways(domain.value, twice) for domain in SkillDomain},
        }

    def _paths(self, kept: list[Row]) -> tuple[tuple[int, ...], ...]:
        levels: dict[bytes, list[int]] = defaultdict(list)
        guided = [one for one in kept if one["kind"] == "individuel" and one["autonomy"] in list(Autonomy)]
        found = [(one["day"] or "", who["number"], one, who) for one in guided for who in self.present[one["id"]]]
        for _, _, one, who in sorted(found, key=lambda each: each[:2]):
            if who["beneficiary"]:
                levels[who["beneficiary"]].append(list(Autonomy).index(one["autonomy"]))
        table = [[0] * 3 for _ in range(3)]
        for one_person in levels.values():
            if len(one_person) > 1:
                table[one_person[0]][one_person[-1]] += 1
        return tuple(map(tuple, table))

    # --- over time

    def _comparisons(self) -> Figures:
        since, until = self.filter.since, self.filter.until
        found: Figures = {"previous": None, "last_year": None}
        if not since or not until or since > until:
            return found
        next_day = until + timedelta(days=1)
        if since.day == 1 and next_day.day == 1:
            length = (next_day.year - since.year) * 12 + next_day.month - since.month
            year, month = divmod(since.year * 12 + since.month - 1 - length, 12)
            before = date(year, month + 1, 1), since - timedelta(days=1)
            year_ago = since.replace(year=since.year - 1), next_day.replace(year=next_day.year - 1) - timedelta(days=1)
        else:
            before = since - (until - since) - timedelta(days=1), since - timedelta(days=1)
            year_ago = _year_ago(since), _year_ago(until)
        for name, (start, end) in (("previous", before), ("last_year", year_ago)):
            found[name] = start, end, self._totals([one for one in self.all if self._is_kept(one, start, end)])
        return found

    def _series(self, kept: list[Row]) -> Figures:
        end = self.filter.until or self.today
        since, until = self.filter.since, self.filter.until
        if not (since and until and since <= until):
            year, month = divmod(end.year * 12 + end.month - 1 - 11, 12)
            starts = [end - timedelta(days=29), end - timedelta(weeks=11), date(year, month + 1, 1)]
        else:
            starts = [since] * 3
        keys: dict[str, Callable[[date], date]] = {
            "by_day": lambda day: day,
            "by_week": lambda day: day - timedelta(days=day.weekday()),
            "by_month": lambda day: day.replace(day=1),
        }
        found: Figures = {}
        for (name, key), start in zip(keys.items(), starts, strict=True):
            steps: dict[date, list[Row]] = {}
            for number in range((end - start).days + 1):
                steps.setdefault(key(start + timedelta(days=number)), [])
            for one in kept:
                if one["day"] and key(_day(one)) in steps:
                    steps[key(_day(one))].append(one)
            found[name] = [(step, *self._point(rows)) for step, rows in steps.items()]
        return found

    def _point(self, rows: list[Row]) -> tuple[Any, ...]:
        stars = [one["autonomy"] for one in rows if one["kind"] == "individuel"]
        return (
            sum(map(self._weight, rows)),
            len(rows),
            _minutes(rows),
            sum(map(self._new, rows)),
            tuple(stars.count(word.value) for word in Autonomy),
        )


_OF_PEOPLE: dict[str, tuple[Any, str]] = {
    "genders": (Gender, "gender"),
    "age_bands": (AgeBand, "age_band"),
    "statuses": (SocialStatus, "status"),
    "residences": (None, ""),
}


def _lines(rows: list[Row], codes: Callable[[Row], Iterable[str]], weight: Callable[[Row], int]) -> Figures:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in rows:
        for code in codes(one):
            found[code][0] += weight(one)
            found[code][1] += 1
            found[code][2] += one["minutes"] or 0
    return {code: tuple(line) for code, line in found.items() if any(line)}


def _hours(kept: list[Row]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = defaultdict(int)
    for one in kept:
        moment = datetime.fromtimestamp(one["created_at"] / 1000)
        if moment.date().isoformat() == one["day"]:
            found[moment.weekday(), moment.hour] += 1
    return dict(found)


def _procedures(one: Row) -> set[str]:
    codes = {code if procedures.get(code) else "" for code in json.loads(one["procedures"] or "[]")}
    return codes | ({"note"} if one["procedure_note"] else set())


def _group(one: Row) -> dict[str, Any]:
    return json.loads(one["anonymous"]) if one["anonymous"] else {}


def _day(one: Row) -> date:
    return date.fromisoformat(one["day"])


def _minutes(rows: list[Row]) -> int:
    return sum(one["minutes"] or 0 for one in rows)


def _year_ago(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _in(words: Any, code: str | None) -> str:
    return code if code in list(words) else ""  # type: ignore[return-value]


def _known(words: Any, code: str | None) -> str:
    return _in(words, code) or "non_communique"


def _duration(minutes: int) -> str:
    return "0-30" if minutes < 30 else "30-60" if minutes < 60 else "60-120" if minutes < 120 else "120+"


def _commune(code: str) -> str:
    found = municipalities.get(code) if code else None
    return found.insee_code if found else code


def _epci(code: str) -> str:
    found = municipalities.get(code) if code else None
    return (found.epci_code or "") if found else ""


def _department(code: str) -> str:
    found = municipalities.get(code) if code else None
    return found.department_code if found else ""


def _marks(one: Row) -> dict[str, int]:
    kept = json.loads(one["scores"]) if one["scores"] else {}
    return {domain: mark for domain, mark in kept.items() if mark in (0, 1, 2)}


def _cut_off(one: Row) -> bool:
    """Illectronisme: no internet, or five domains at zero."""
    marks = [mark for domain, mark in _marks(one).items() if domain in list(SkillDomain)]
    return one["internet_use"] == 0 or marks == [0, 0, 0, 0, 0]


def _ways(domain: str, people: list[list[Row]]) -> tuple[int, int, int]:
    """How many went up, stayed, went down."""
    up = same = down = 0
    for rows in people:
        first, last = _marks(rows[0]).get(domain), _marks(rows[-1]).get(domain)
        if first is not None and last is not None:
            up, same, down = up + (last > first), same + (last == first), down + (last < first)
    return up, same, down
