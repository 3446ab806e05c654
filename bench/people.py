"""Finding people in a notebook of 20,000 of them: as one types, and those who are there twice.

Names are drawn as they are spread in France, a few borne by many and many borne by a few; some people are written a
second time as an advisor would on another day: another spelling, another order of accents, a letter forgotten.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

from app import municipalities
from app.database import Database
from app.models import Beneficiary
from app.services import beneficiaries, duplicates
from app.services.commands import PeopleFilter, SaveBeneficiary
from app.services.people_lists import page
from app.services.progress import Progress
from bench.report import Figure, Report

PEOPLE, QUICK = 20_000, 4_000
SEARCH_MS, PAIRS_S, ONE_MS = 30.0, 20.0, 30.0
LEAST_FOUND = 0.95
KEY = bytes(range(32))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STARTS = _words(
    "Mar Ber Du Lau Mo Gar Fa Rou Le Pe Cha Bon Gi Ro Ben Car Da Sa Vi Fer Nou Hu Gau Mer Per Col Pi Lam Ri"
)
_MIDDLES = _words("ti na mo li ra se ro va che di cha la ni ga to bi lo re ma vo")
_ENDS = _words("n nd not rd ux lle t ric ois ez li sse ault eau ier et in court val")
_FIRSTS = _words(
    "Marie Jean Pierre Michel Jeanne Odette Aïcha Monique Catherine Nathalie Isabelle Philippe Patrick Nicolas "
    "Françoise Jacqueline Fatima Mohamed Karim Sylvie Anne Éléonore Gérard René Noëlle Zoé Hélène André Danielle "
    "Julie Sébastien Stéphane Thérèse Josette Yvette Simone Lucienne Raymond Robert Marcel Georges Louis Paul "
    "Bernard Alain Daniel Christian Guy Claude Gilles Serge Denis Thierry Pascal Bruno Didier Laurent Olivier Éric "
    "Christophe Sophie Jacques"
)
_DOUBLES = "Marie", "Jean", "Anne"


def measure(quick: bool) -> Report:
    """Median of every keystroke of forty searches; the time to find the pairs, and the share of those planted found."""
    number = QUICK if quick else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "carnet.db", bytearray(KEY))
        people, planted = _fill(database, number)
        typed = _searches(Random(5), people)
        results = {
            "search as in the form": _keystrokes(database, typed, lambda text: beneficiaries.search(database, text)),
            "search in the list": _keystrokes(database, typed, lambda text: page(database, PeopleFilter(text))),
        }
        start = time.perf_counter()
        pairs = duplicates.pairs(database, Progress())
        seconds = time.perf_counter() - start
        found = {frozenset((pair.first, pair.second)) for pair in pairs}
        recall = len(found & planted) / len(planted)
        one = statistics.median(_timed(partial(duplicates.of, database, form)) for form in _typed(database, people))
        database.close()
    return _report(number, results, (seconds, len(pairs), recall, len(planted)), one)


def _report(number: int, results: dict[str, list[float]], pairs: tuple[float, int, float, int], one: float) -> Report:
    seconds, proposed, recall, planted = pairs
    rows = [["what", "median", "95 of 100", "slowest"]]
    rows += [
        [name, *(f"{ms:.1f} ms" for ms in (statistics.median(each), _share(each, 0.95), max(each)))]
        for name, each in results.items()
    ]
    rows.append([f"pairs among {number:,} people: {proposed}", f"{seconds:.1f} s", "", ""])
    rows.append([f"pairs planted and found, of {planted}", f"{100 * recall:.1f} %", "", ""])
    figures = [Figure(name, statistics.median(each), SEARCH_MS, "ms") for name, each in results.items()]
    return Report(
        rows,
        [
            *figures,
            Figure("all the pairs", seconds, PAIRS_S, "s"),
            Figure("the likes of one person", one, ONE_MS, "ms"),
            Figure("planted pairs missed", 1 - recall, 1 - LEAST_FOUND, "of them"),
        ],
    )


def _keystrokes(database: Database, typed: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    ask("a")  # the words that the notebook knows are read once
    return [_timed(lambda it=text[:end]: ask(it)) for text in typed for end in range(1, len(text) + 1)]  # type: ignore[misc]


def _searches(draw: Random, people: Sequence[Beneficiary]) -> list[str]:
    """Forty things that an advisor types: names, parts, mistakes, phones, communes."""
    found = []
    for place, one in enumerate(draw.sample(people, 40)):
        last, first, phone = one.last_name or "", one.first_name or "", one.phone or "+33600000000"
        commune = municipalities.get(one.municipality or "")
        town = commune.name if commune else "Florac"
        kinds = (
            f"{last} {first}",
            f"{first} {last[:3]}",
            last.lower(),
            _mistyped(draw, last),
            f"0{phone[3:]}",
            f"{last} {town}",
        )
        found.append(kinds[place % len(kinds)])
    return found


def _fill(database: Database, number: int) -> tuple[list[Beneficiary], set[frozenset[UUID]]]:
    draw = Random(3)
    lasts = [draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(("", *_MIDDLES)) + draw.choice(_ENDS)
             for _ in range(number // 3)]  # fmt: skip
    people = [_person(draw, lasts) for _ in range(number * 49 // 50)]
    again = [_again(draw, one) for one in draw.sample(people, number - len(people))]
    with database.work() as work:
        work.save_all([*people, *(copy for _, copy in again)])
    return people, {frozenset((one.id, copy.id)) for one, copy in again}


def _person(draw: Random, lasts: Sequence[str]) -> Beneficiary:
    rank = int(len(lasts) * draw.random() ** 2.5)  # a few names are borne by many
    first = draw.choice(_FIRSTS)
    if draw.random() < 0.08:
        first = f"{draw.choice(_DOUBLES)}-{draw.choice(_FIRSTS)}"
    figures = "".join(draw.choices("0123456789", k=8))
    has_phone, has_email = draw.random() < 0.7, draw.random() < 0.3
    return Beneficiary(
        last_name=lasts[rank],
        first_name=first,
        birth_year=draw.randint(1930, 2008) if draw.random() < 0.7 else None,
        phone=f"+33{draw.choice('67')}{figures}" if has_phone else None,
        email=f"{first}.{lasts[rank]}{figures[:3]}@exemple.fr".lower() if has_email else None,
        municipality=draw.choice(("48061", "30007", "34172", "48095", "12145")),
    )


def _again(draw: Random, one: Beneficiary) -> tuple[Beneficiary, Beneficiary]:
    """The same person written on another day."""
    last, first = one.last_name or "", one.first_name or ""
    changed = draw.choice((
        (last.upper(), first), (last, first.replace("-", " ")), (_mistyped(draw, last), first), (f"{last}e", first),
    ))  # fmt: skip
    has_phone, has_year = draw.random() < 0.5, draw.random() < 0.7
    phone, year = one.phone if has_phone else None, one.birth_year if has_year else None
    return one, Beneficiary(last_name=changed[0], first_name=changed[1], birth_year=year, phone=phone)


def _mistyped(draw: Random, word: str) -> str:
    """A letter forgotten, doubled or changed, past the first two."""
    place = draw.randrange(2, len(word)) if len(word) > 3 else len(word) - 1
    return word[:place] + draw.choice(("", word[place] * 2, draw.choice("aeioulnrst"))) + word[place + 1 :]


def _typed(database: Database, people: Sequence[Beneficiary]) -> list[SaveBeneficiary]:
    """What a form that makes a second file of somebody holds."""
    return [replace(beneficiaries.form_of(database, id_), id=None, opened=None) for id_ in _some(people)]


def _some(people: Sequence[Beneficiary]) -> Iterator[UUID]:
    return (one.id for one in people[:: max(1, len(people) // 60)])


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000
