"""Who a file speaks of: somebody the notebook knows, or somebody new.

Two people are one where first and last names are alike once folded, as « La Coop » finds its duplicates (fact sheet
§2.4, two of four keys), and nothing that both sides know says otherwise: year of birth, telephone, e-mail.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from app.folding import fold
from app.models import Beneficiary
from app.models.beneficiary import beneficiary
from app.models.ids import new_id
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from app.services.imports.plans import Outcome
from protocol.vocabulary import AgeBand

_LEARNT = "birth_year", "phone", "email", "municipality", "postal_code", "gender", "age_band", "status", "notes"
_SHOWN = "id", "first_name", "last_name", "birth_year", "phone", "email", "age_band", "deleted"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, as far as telling people apart goes."""

    id: UUID
    outcome: Outcome
    """Whether the notebook has them, had them, or will have them with this file."""
    birth_year: int | None
    phone: str | None
    email: str | None
    age_band: AgeBand | None

    def fits(self, other: Beneficiary) -> bool:
        """Whether nothing that is known of both says that they are two people."""
        pairs = (
            (self.birth_year, other.birth_year),
            (self.phone, other.phone),
            (self.email, other.email),
        )
        return all(mine == theirs for mine, theirs in pairs if mine and theirs)


class KnownPeople:
    """The people of the notebook by their names, then those of the file too."""

    def __init__(self, connection: Connection, gone: Set[UUID], today: date) -> None:
        self._by_name: dict[str, list[Known]] = {}
        self._today = today
        self.created: dict[UUID, Beneficiary] = {}
        self._met: dict[SaveBeneficiary, tuple[Known, str]] = {}
        self.deleted: set[UUID] = set()
        rows = connection.execute(select(*(beneficiary.c[name] for name in _SHOWN)).order_by(beneficiary.c.number))
        for row in rows:
            if row.deleted:
                self.deleted.add(row.id)
            if not row.deleted or row.id in gone:
                outcome = Outcome.RESTORED if row.deleted else Outcome.MATCHED
                known = Known(row.id, outcome, row.birth_year, row.phone, row.email, row.age_band)
                self._by_name.setdefault(_key(row.first_name, row.last_name), []).append(known)

    def of(self, said: SaveBeneficiary) -> tuple[Known, str]:
        """Who is meant, and a sentence where it could be another; raises UserError if it can be nobody."""
        if said not in self._met:  # a list names the same person the same way on many lines
            self._met[said] = self._find(said)
        return self._met[said]

    def _find(self, said: SaveBeneficiary) -> tuple[Known, str]:
        wanted = self._read(said)
        namesakes = self._by_name.setdefault(_key(wanted.first_name, wanted.last_name), [])
        fitting = [one for one in namesakes if one.fits(wanted)]
        here = [one for one in fitting if one.outcome is not Outcome.RESTORED]
        found = next(iter(here or fitting), None)
        if found is None:
            self.created[wanted.id] = wanted
            found = _known(wanted)
            namesakes.append(found)
        elif found.outcome is Outcome.CREATED:
            place = namesakes.index(found)
            found = namesakes[place] = self._learn(found.id, wanted)
        elif len(here) > 1:
            return found, "Plusieurs personnes portent ce nom\u00a0: la plus ancienne du carnet est retenue."
        return found, ""

    def _read(self, said: SaveBeneficiary) -> Beneficiary:
        beneficiaries.check(said, self._today)
        return Beneficiary(id=new_id(), **beneficiaries.answers(said))

    def _learn(self, id_: UUID, more: Beneficiary) -> Known:
        """Somebody that this file creates is also what its other lines say, where the first one says nothing."""
        kept = self.created[id_]
        missing = {name: getattr(more, name) for name in _LEARNT if not getattr(kept, name)}
        kept = replace(kept, **missing)
        self.created[id_] = replace(kept, age_band=None) if kept.birth_year else kept
        return _known(self.created[id_])


def _known(created: Beneficiary) -> Known:
    return Known(
        id=created.id,
        outcome=Outcome.CREATED,
        birth_year=created.birth_year,
        phone=created.phone,
        email=created.email,
        age_band=created.age_band,
    )


def _key(first_name: str | None, last_name: str | None) -> str:
    """Both names without spaces nor hyphens: where they part differs from file to file."""
    return fold(f"{first_name or ''} {last_name or ''}").replace(" ", "")
