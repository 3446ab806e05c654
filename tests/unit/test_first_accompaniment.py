"""First accompaniment: whatever is recorded, changed, deleted and brought back, each person has exactly one, the
earliest by day then by id (fact sheet of « La Coop », §1.13)."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from app.database import Database
from app.services import activities, beneficiaries
from protocol.vocabulary import ActivityKind
from tests.notebook import TODAY, a_beneficiary, an_activity, new_database

PEOPLE = 3
DAYS = st.integers(0, 4).map(lambda age: TODAY - timedelta(days=age))
WHO = st.sets(st.integers(0, PEOPLE - 1), min_size=1)
WHICH = st.integers(0, 20)


class Notebook(RuleBasedStateMachine):
    """An advisor who records, changes, deletes and undoes."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.database: Database = new_database(Path(self.folder.name))
        self.people = [a_beneficiary(self.database, f"Personne{n}") for n in range(PEOPLE)]
        self.ids: list[UUID] = []

    @rule(day=DAYS, who=WHO)
    def record(self, day: object, who: set[int]) -> None:
        command = an_activity(kind=ActivityKind.WORKSHOP, day=day, participants=self._named(who))
        self.ids.append(activities.record(self.database, command, today=TODAY))

    @rule(which=WHICH, day=DAYS, who=WHO)
    def change(self, which: int, day: object, who: set[int]) -> None:
        if self.ids:
            form = activities.form_of(self.database, self._pick(which))
            changed = replace(form, kind=ActivityKind.WORKSHOP, day=day, participants=self._named(who))  # type: ignore[arg-type]
            activities.record(self.database, changed, today=TODAY)

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        if self.ids:
            activities.delete(self.database, self._pick(which))

    @rule(which=WHICH)
    def restore(self, which: int) -> None:
        if self.ids:
            activities.restore(self.database, self._pick(which))

    @rule(which=WHICH, who=st.integers(0, PEOPLE - 1), day=DAYS)
    def switch(self, which: int, who: int, day: object) -> None:
        """The accompaniment was of somebody else, on another day."""
        if self.ids:
            form = activities.form_of(self.database, self._pick(which))
            other = replace(form, kind=ActivityKind.INDIVIDUAL, day=day, participants=self._named({who}))  # type: ignore[arg-type]
            activities.record(self.database, other, today=TODAY)

    @rule(who=st.integers(0, PEOPLE - 1), is_deleted=st.booleans())
    def take_out_or_bring_back(self, who: int, is_deleted: bool) -> None:
        (beneficiaries.delete if is_deleted else beneficiaries.restore)(self.database, [self.people[who]])

    @invariant()
    def each_person_has_one_first_and_it_is_the_earliest(self) -> None:
        for person in getattr(self, "people", []):
            first, everything = self._firsts(person), self._accompaniments(person)
            assert first == everything[:1]

    @invariant()
    def the_count_of_accompaniments_is_right(self) -> None:
        for person in getattr(self, "people", []):
            with self.database.read() as connection:
                wanted = text("SELECT accompaniments FROM beneficiary WHERE id = :id")
                counted = connection.execute(wanted, {"id": person.bytes}).scalar_one()
            assert counted == len(self._accompaniments(person))

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()

    def _named(self, who: set[int]) -> tuple[UUID, ...]:
        return tuple(self.people[number] for number in sorted(who))

    def _pick(self, which: int) -> UUID:
        return self.ids[which % len(self.ids)]

    def _accompaniments(self, person: UUID) -> list[UUID]:
        return self._ids("NOT t.deleted AND NOT a.deleted", person)

    def _firsts(self, person: UUID) -> list[UUID]:
        return self._ids("t.first", person)

    def _ids(self, condition: str, person: UUID) -> list[UUID]:
        wanted = text(
            f"""SELECT a.id FROM attendance t JOIN activity a ON a.id = t.activity
            WHERE t.beneficiary = :id AND {condition} ORDER BY a.day, a.id"""
        )
        with self.database.read() as connection:
            return [UUID(bytes=row[0]) for row in connection.execute(wanted, {"id": person.bytes})]


TestFirstAccompaniment = Notebook.TestCase
TestFirstAccompaniment.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
