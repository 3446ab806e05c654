"""Who a file speaks of: somebody the notebook knows, or somebody new.

Two people are one where first and last names are alike once folded, as « La Coop » finds its duplicates (fact sheet
§2.4, two of four keys), and nothing that both sides know says otherwise: year of birth, telephone, e-mail. Within one
file, where nobody moves or retires between two lines, the commune, the gender and the status say otherwise too; between
the file and the notebook they only choose among namesakes. Somebody new who resembles somebody of the notebook, by the
rule of the duplicates, is created all the same, and said to be looked at.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from app.folding import fold
from app.models import Beneficiary
from app.models.beneficiary import beneficiary
from app.models.ids import new_id
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.imports.plans import Outcome
from app.services.likeness import People, Told, told
from protocol.vocabulary import AgeBand, Gender, SocialStatus

_LEARNT = "birth_year", "phone", "email", "municipality", "postal_code", "gender", "age_band", "status", "notes"
_KEYS = "birth_year", "phone", "email"
_TRAITS = "municipality", "gender", "status"
_SHOWN = ("id", "first_name", "last_name", *_KEYS, *_TRAITS, "age_band", "deleted")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, as far as telling people apart goes."""

    id: UUID
    outcome: Outcome
    """Whether the notebook has them, had them, or will have them with this file."""
    birth_year: int | None
    phone: str | None
    email: str | None
    municipality: str | None
    gender: Gender | None
    status: SocialStatus | None
    age_band: AgeBand | None

    def fits(self, other: Beneficiary) -> bool:
        """Whether nothing that is known of both says that they are two people."""
        names = (*_KEYS, *_TRAITS) if self.outcome is Outcome.CREATED else _KEYS
        return all(mine == theirs for mine, theirs in self._both(other, names))

    def likeness(self, other: Beneficiary) -> int:
        """How many things that are known of both are the same, less those that are not."""
        return sum(1 if mine == theirs else -1 for mine, theirs in self._both(other, (*_KEYS, *_TRAITS)))

    def _both(self, other: Beneficiary, names: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
        pairs = ((getattr(self, name), getattr(other, name)) for name in names)
        return ((mine, theirs) for mine, theirs in pairs if mine and theirs)


class KnownPeople:
    """The people of the notebook by their names, then those of the file too."""

    def __init__(self, connection: Connection, gone: Set[UUID], today: date) -> None:
        self._by_name: dict[str, list[Known]] = {}
        self._today = today
        self.created: dict[UUID, Beneficiary] = {}
        self._met: dict[SaveBeneficiary, tuple[Known, str]] = {}
        self.deleted: set[UUID] = set()
        self._there: list[Told] = []
        self._names: dict[UUID, str] = {}
        rows = connection.execute(select(*(beneficiary.c[name] for name in _SHOWN)).order_by(beneficiary.c.number))
        for row in rows:
            if row.deleted:
                self.deleted.add(row.id)
            else:
                self._there.append(told(row))
                self._names[row.id] = _shown(row)
            if not row.deleted or row.id in gone:
                outcome = Outcome.RESTORED if row.deleted else Outcome.MATCHED
                self._by_name.setdefault(_key(row.first_name, row.last_name), []).append(_known(row, outcome))

    def of(self, said: SaveBeneficiary) -> tuple[Known, str]:
        """Who is meant, and a sentence where it could be another; raises UserError if it can be nobody."""
        if said not in self._met:  # a list names the same person the same way on many lines
            self._met[said] = self._find(said)
        return self._met[said]

    def _find(self, said: SaveBeneficiary) -> tuple[Known, str]:
        wanted = self._read(said)
        namesakes = self._by_name.setdefault(_key(wanted.first_name, wanted.last_name), [])
        fitting = sorted((one for one in namesakes if one.fits(wanted)), key=lambda one: -one.likeness(wanted))
        here = [one for one in fitting if one.outcome is not Outcome.RESTORED]
        found = next(iter(here or fitting), None)
        if found is None:
            self.created[wanted.id] = wanted
            found = _known(wanted, Outcome.CREATED)
            namesakes.append(found)
            return found, self._resembles(wanted)
        if found.outcome is Outcome.CREATED:
            place = namesakes.index(found)
            found = namesakes[place] = self._learn(found.id, wanted)
        elif len(here) > 1 and here[1].likeness(wanted) == found.likeness(wanted):
            return found, "Plusieurs personnes portent ce nom\u00a0: la plus ancienne du carnet est retenue."
        return found, ""

    def _resembles(self, wanted: Beneficiary) -> str:
        """A sentence that names the one of the notebook who resembles somebody new the most."""
        found = max(self._people.like(told(wanted)), key=lambda one: one[1].score, default=None)
        if found is None or found[0].id is None:
            return ""
        return f"À vérifier\u00a0: ressemble à {self._names[found[0].id]}."

    @cached_property
    def _people(self) -> People:
        """Those of the notebook, compared once somebody new is met."""
        return People(self._there)

    def _read(self, said: SaveBeneficiary) -> Beneficiary:
        beneficiaries.check(said, self._today)
        return Beneficiary(id=new_id(), **beneficiaries.answers(said))

    def _learn(self, id_: UUID, more: Beneficiary) -> Known:
        """Somebody that this file creates is also what its other lines say, where the first one says nothing."""
        kept = self.created[id_]
        missing = {name: getattr(more, name) for name in _LEARNT if not getattr(kept, name)}
        kept = replace(kept, **missing)
        self.created[id_] = replace(kept, age_band=None) if kept.birth_year else kept
        return _known(self.created[id_], Outcome.CREATED)


def _known(person: Any, outcome: Outcome) -> Known:
    """What a record, or a row of it, says of somebody."""
    told = {name: getattr(person, name) for name in (*_KEYS, *_TRAITS, "age_band")}
    return Known(id=person.id, outcome=outcome, **told)


def _shown(person: Any) -> str:
    """« Jeanne Delmas, 1948 »."""
    name = f"{person.first_name or ''} {person.last_name or ''}".strip()
    return f"{name}, {person.birth_year}" if person.birth_year else name


def _key(first_name: str | None, last_name: str | None) -> str:
    """Both names without spaces nor hyphens: where they part differs from file to file."""
    return fold(f"{first_name or ''} {last_name or ''}").replace(" ", "")
