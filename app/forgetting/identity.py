"""Who a person was, so that a text can be read for them, and told without them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from app.folding import fold
from app.models.base import Wire
from app.models.beneficiary import Beneficiary, beneficiary
from app.name_places import Place, Word, largest, one_name, whole_names, words_of

SOMEBODY = "une personne"
"""What stands in the place of a name."""
_APART = r"[\s.\-/]?"
Name = tuple[list[str], list[str]]
"""Last and first names, as folded words."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of a person, how they could be reached, and who else bears one of these names."""

    last: list[str]
    first: list[str]
    contacts: tuple[re.Pattern[str], ...]
    namesakes: tuple[Name, ...]
    signs: tuple[str, ...] = ()
    """One of these is in the letters and figures (`plain`) of any text that says of them."""

    def out_of(self, text: str, *, is_theirs: bool) -> str:
        """The text without the person; one of something that they came to is about them where it says one name only."""
        for contact in self.contacts:
            text = contact.sub("…", text)
        places = self._places(text, words_of(text), is_theirs)
        for start, end in reversed(places):
            text = text[:start] + SOMEBODY + text[end:]
        return _ELIDED.sub(rf"\1’{SOMEBODY}", _TITLED.sub(SOMEBODY, text)) if places else text

    def out_of_value(self, value: Wire, *, is_theirs: bool) -> Wire:
        """The same of every text in a JSON value."""
        if isinstance(value, str):
            return self.out_of(value, is_theirs=is_theirs)
        if isinstance(value, list):
            return [self.out_of_value(one, is_theirs=is_theirs) for one in value]
        if isinstance(value, dict):
            return {name: self.out_of_value(one, is_theirs=is_theirs) for name, one in value.items()}
        return value

    def _places(self, text: str, words: Sequence[Word], is_theirs: bool) -> list[Place]:
        """Where the person is named; not inside the whole name of somebody else."""
        found = set(self._found(text, words, is_theirs))
        others = {place for last, first in self.namesakes for place in whole_names(words, last, first)}
        if is_theirs:
            others -= set(whole_names(words, self.last, self.first))
        return [one for one in largest(found | others) if one in found - others]

    def _found(self, text: str, words: Sequence[Word], is_theirs: bool) -> Iterator[Place]:
        yield from whole_names(words, self.last, self.first)
        if is_theirs:
            yield from one_name(words, self.last)
            yield from one_name(words, self.first)
        elif all(last != self.last for last, _ in self.namesakes):
            is_ordinary = " ".join(self.last) in _ORDINARY
            for place in one_name(words, self.last):
                if not (is_ordinary and _begins_sentence(text, place[0])):
                    yield place


def of_all(connection: Connection, people: Collection[Beneficiary]) -> dict[UUID, Identity]:
    """Who each of these was; they are nobody's namesake, since they leave together."""
    leaving = [one.id for one in people]
    others = select(beneficiary.c.last_name, beneficiary.c.first_name).where(beneficiary.c.id.not_in(leaving))
    by_name: dict[str, list[Name]] = {}
    for row in connection.execute(others):
        last, first = fold(row.last_name or ""), fold(row.first_name or "")
        for name in {f"{last},", f",{first}"}:
            by_name.setdefault(name, []).append((last.split(), first.split()))
    return {one.id: _of(one, by_name) for one in people}


def plain(text: str) -> str:
    """A text in short, to see at once that it says nothing of somebody: its letters without accents, its figures."""
    return fold(text).replace(" ", "")


def _of(person: Beneficiary, by_name: Mapping[str, list[Name]]) -> Identity:
    last, first = fold(person.last_name or ""), fold(person.first_name or "")
    namesakes = (*by_name.get(f"{last},", ()), *by_name.get(f",{first}", ()))
    digits = re.sub(r"\D", "", person.phone or "")[-_NATIONAL:]
    signs = filter(None, map(plain, (last, first, person.email or "", digits)))
    return Identity(last.split(), first.split(), tuple(_contacts(person)), namesakes, tuple(signs))


def _contacts(person: Beneficiary) -> Iterator[re.Pattern[str]]:
    if person.email:
        yield re.compile(re.escape(person.email), re.IGNORECASE)
    digits = re.sub(r"\D", "", person.phone or "")[-_NATIONAL:]
    if len(digits) == _NATIONAL:
        yield re.compile(r"(?:(?:\+|00)\d{2,3}\s?(?:\(0\))?|0)" + _APART + _APART.join(digits))


def _begins_sentence(text: str, place: int) -> bool:
    """Whether a word has its capital because a sentence begins there."""
    before = text[:place].rstrip(" \u00a0«")
    return not _CALLED.search(before) and (not before or before[-1] in ".!?…:\n-–")


_TITLED = re.compile(rf"\b(?:M\.|Mr\.?|Mme|Mlle|Madame|Monsieur|Mademoiselle|Dr\.?|Me)[ \u00a0]{SOMEBODY}")
_ELIDED = re.compile(rf"\b([Dd])e {SOMEBODY}")
_CALLED = re.compile(r"\b(?:M|MM|Mr|Mme|Mlle|Dr|Me)\.?$")
_ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """
        ami ange avril barbier berger blanc bon boucher boulanger bourgeois breton brun carre chapelle charpentier
        chevalier clair cordier court cousin doux fontaine francais franc gaillard grand gros hiver jardin jeune leger
        long lune mai marchand marin marie mars mercier meunier moulin neveu noel noir normand page paris pelletier
        petit picard poirier pont pre prince renard riviere robin roche rose roux roy royer sauvage tailleur tournier
        vert vigneron village ville voisin
        """,
    )
)
"""Surnames that are words too: at the head of a sentence, in a text about somebody else, they name nobody."""
_NATIONAL = 9
"""Figures of a French number after its country code or its zero."""
