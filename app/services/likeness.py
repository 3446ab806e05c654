"""Who could be the same person: at least two of last name, first name, phone and e-mail are alike.

Names are compared without accents, spaces, hyphens nor case; two of them are alike where they share more than 0.4 of
their trigrams, counted as PostgreSQL's pg_trgm does. Phones and e-mails must be the same. Two known years of birth more
than one year apart are a counter-indication: it takes three of the four, and the pair stays doubtful.
Source of the rule: « La Coop de la médiation numérique », duplicates (fact sheet §2.4).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from app.folding import fold

KEYS = "last_name", "first_name", "phone", "email"
LEAST = 2
"""How many of them must be alike."""
LEAST_DESPITE = 3
"""The same where the years of birth say otherwise."""
_YEARS_APART = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a person, as it is compared; what is not known is empty."""

    id: UUID | None
    last_name: str
    first_name: str
    phone: str
    email: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """Why two people could be one."""

    alike: frozenset[str]
    """Which of KEYS."""
    exact: frozenset[str]
    """Those that are the same, not only close."""
    is_doubtful: bool
    """Whether their years of birth say otherwise."""
    score: float
    """The higher, the surer; only to sort by."""

    @property
    def is_exact(self) -> bool:
        """Whether they could be one by what is the same, close names left aside."""
        return len(self.exact) >= (LEAST_DESPITE if self.is_doubtful else LEAST)


class AlikeNames:
    """Finds which of many names are close to one, without comparing it with each.

    More than two fifths of the trigrams of both names are common, so that one of the rarest three fifths of each is:
    only names that share one of these are compared.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._known = {name: trigrams(name) for name in set(names) if name}
        self._count = Counter(chain.from_iterable(self._known.values()))
        self._holding: defaultdict[str, list[str]] = defaultdict(list)
        for name, parts in self._known.items():
            for part in self._rarest(parts):
                self._holding[part].append(name)
        self._near: dict[str, dict[str, float]] = {}

    def near(self, name: str) -> dict[str, float]:
        """The names close to one, itself among them if it is known, each with the share of trigrams in common."""
        if name not in self._near:
            self._near[name] = self._look(name) if name else {}
        return self._near[name]

    def _look(self, name: str) -> dict[str, float]:
        parts, found = trigrams(name), {}
        holding = (self._holding.get(part, ()) for part in self._rarest(parts))
        for other in set(chain.from_iterable(holding)):
            if share := share_of(parts, self._known[other]):
                found[other] = share
        return found

    def _rarest(self, parts: Collection[str]) -> list[str]:
        ranked = sorted(parts, key=lambda part: (self._count.get(part, 0), part))
        return ranked[: len(ranked) - 2 * len(ranked) // 5]


class People:
    """Many people, among whom those who could be somebody are found at once."""

    def __init__(self, people: Sequence[Told]) -> None:
        self.people = people
        self._lasts = AlikeNames(one.last_name for one in people)
        self._firsts = AlikeNames(one.first_name for one in people)
        self._named: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        self._namesakes: dict[tuple[str, str], list[int]] = {}
        for place, one in enumerate(people):
            self._named[one.last_name][one.first_name].append(place)
            for said in filter(None, (one.phone, one.email)):
                self._with[said].append(place)

    def like(self, one: Told, after: int = -1) -> Iterator[tuple[Told, Match]]:
        """Everybody past a place of the list who could be this person."""
        places = {*self._close_names(one), *self._with.get(one.phone, ()), *self._with.get(one.email, ())}
        for place in places:
            other = self.people[place]
            if place > after and other.id != one.id and (match := self._match(one, other)):
                yield other, match

    def _close_names(self, one: Told) -> list[int]:
        """Those whose two names are close; found once for all who bear the same."""
        names = one.last_name, one.first_name
        if names not in self._namesakes:
            firsts = self._firsts.near(one.first_name).keys()
            named = [self._named[last] for last in self._lasts.near(one.last_name)]
            self._namesakes[names] = [place for by in named for first in by.keys() & firsts for place in by[first]]
        return self._namesakes[names]

    def _match(self, one: Told, other: Told) -> Match | None:
        last = self._lasts.near(one.last_name).get(other.last_name, 0.0)
        first = self._firsts.near(one.first_name).get(other.first_name, 0.0)
        return matched(one, other, last, first)


def told(person: Any) -> Told:
    """What a record, or a row that has these columns, says of somebody."""
    return Told(
        id=person.id,
        last_name=compared(person.last_name),
        first_name=compared(person.first_name),
        phone=person.phone or "",
        email=(person.email or "").strip().lower(),
        birth_year=person.birth_year,
    )


def matched(one: Told, other: Told, last: float, first: float) -> Match | None:
    """Whether two people could be one, their names sharing so much; None if nothing says so."""
    shares = {
        "last_name": last,
        "first_name": first,
        "phone": float(bool(one.phone) and one.phone == other.phone),
        "email": float(bool(one.email) and one.email == other.email),
    }
    alike = frozenset(name for name, share in shares.items() if share)
    years = abs(one.birth_year - other.birth_year) if one.birth_year and other.birth_year else None
    is_doubtful = years is not None and years > _YEARS_APART
    if len(alike) < (LEAST_DESPITE if is_doubtful else LEAST):
        return None
    exact = frozenset(name for name in alike if getattr(one, name) == getattr(other, name))
    return Match(alike, exact, is_doubtful, sum(shares.values()) + (years == 0) / 2 - 10 * is_doubtful)


def matched_exactly(one: Told, other: Told) -> Match | None:
    """The same by what is the same only, close names left aside."""
    last, first = (float(bool(mine) and mine == theirs) for mine, theirs in (
        (one.last_name, other.last_name), (one.first_name, other.first_name)))  # fmt: skip
    return matched(one, other, last, first)


def matched_closely(one: Told, other: Told) -> Match | None:
    """The same, close names counted too."""
    last = _share_of_names(one.last_name, other.last_name)
    if not last and one.phone != other.phone and one.email != other.email:
        return None  # nothing but the first name could be alike
    return matched(one, other, last, _share_of_names(one.first_name, other.first_name))


def share_of(parts: frozenset[str], others: frozenset[str]) -> float:
    """The share of trigrams that two names have in common, 0 where it is too small for them to be close."""
    common = len(parts & others)
    either = len(parts) + len(others) - common
    return common / either if is_near(common, either) else 0.0


def _share_of_names(name: str, other: str) -> float:
    return share_of(trigrams(name), trigrams(other)) if name and other else 0.0


def compared(name: str | None) -> str:
    """A name as it is compared: « Jean-Pierre », « jean pierre » and « JEANPIERRE » are one."""
    return fold(name or "").replace(" ", "")


def trigrams(name: str) -> frozenset[str]:
    """The groups of three letters of a name, two spaces before it and one after."""
    padded = f"  {name} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def is_near(common: int, either: int) -> bool:
    """Whether more than 0.4 of the trigrams of either name are in both."""
    return 5 * common > 2 * either
