"""What is typed and not saved is kept as it is, follows a person merged, and leaves with a person erased."""

from datetime import date, datetime

import pytest

from app.database import Database
from app.services import beneficiaries, merging, typed
from app.services.appointments.rows import SaveAppointment
from app.services.commands import MergePeople, SaveBeneficiary, SaveCase, SaveProcedure
from app.services.mandates.rows import SignMandate
from app.services.typed import Name, Typed
from protocol.vocabulary import AgeBand, MandateFamily, ProcedureFamily
from tests.notebook import a_beneficiary, traces

CASE = Name("case.new")


@pytest.mark.parametrize(
    "form",
    [
        SaveBeneficiary(last_name="Martin", phone="06 12", birth_year=19, age_band=AgeBand.UNDER_12),
        SaveCase(name="Carte de pêche", family=ProcedureFamily.LEISURE_AND_CULTURE, deadline=date(2026, 12, 1)),
        SaveProcedure(name="Navette", bring=("Une photo", ""), steps=("Appeler",), checked_on=date(2026, 1, 2)),
        SignMandate(families=frozenset(MandateFamily), acts="Demander l’APL", starts_on=date(2026, 11, 30)),
        SaveAppointment(starts=datetime(2026, 12, 3, 14, 30), minutes=45, place_note="Bureau 2"),
        {"1.1": 4, "1.2": 0},
        "+++\ntitre",
    ],
)
def test_a_form_comes_back_as_it_was_typed(database: Database, form: object) -> None:
    content = Typed(form, {"municipality": "Sain"})
    typed.keep(database, CASE, content)
    kind = dict[str, int] if isinstance(form, dict) else type(form)
    assert typed.kept(database, CASE, kind) == content
    typed.keep(database, CASE, None)
    assert typed.kept(database, CASE, kind) is None


def test_what_is_typed_of_a_person_erased_leaves_with_them_and_does_not_come_back(database: Database) -> None:
    gone = a_beneficiary(database, "Delmas", "Jeanne")
    known = beneficiaries.form_of(database, gone)
    names = Name("person", gone), Name("mandate", gone), Name("person.new"), CASE, Name("procedure.new")
    contents = (
        known,
        SignMandate(gone, acts="Pour elle"),
        SaveBeneficiary(last_name="Delmas", first_name="Jeanne"),
        SaveCase(beneficiary=gone, notes="Pour elle"),
        SaveProcedure(name="Comme pour Jeanne Delmas"),
    )
    for name, content in zip(names, contents, strict=True):
        typed.keep(database, name, Typed(content))
    beneficiaries.erase(database, gone)
    typed.keep(database, names[0], Typed(known))  # a screen that was still open
    assert traces(database, "Delmas") == set()
    left = typed.kept(database, names[-1], SaveProcedure)
    assert left is not None
    assert left.form.name == "Comme pour une personne"
    assert [typed.kept(database, name, SaveCase) for name in names[:-1]] == [None] * 4


def test_what_is_typed_of_a_person_follows_them_into_the_file_kept_and_back(database: Database) -> None:
    kept, gone = a_beneficiary(database, "Roux", "Marcel"), a_beneficiary(database, "Roux", "Marcelle")
    typed.keep(database, Name("mandate", gone), Typed(SignMandate(gone, acts="Payer")))
    merging.merge_all(database, [MergePeople(kept, gone)])
    assert typed.kept(database, Name("mandate", kept), SignMandate) == Typed(SignMandate(kept, acts="Payer"))
    merging.unmerge_all(database, [gone])
    assert typed.kept(database, Name("mandate", gone), SignMandate) == Typed(SignMandate(gone, acts="Payer"))


def test_nothing_typed_takes_the_place_of_something_typed_of_the_person_kept(database: Database) -> None:
    kept, gone = a_beneficiary(database, "Roux", "Marcel"), a_beneficiary(database, "Roux", "Marcelle")
    for person in (kept, gone):
        typed.keep(database, Name("mandate", person), Typed(SignMandate(person, acts=str(person))))
    merging.merge_all(database, [MergePeople(kept, gone)])
    merging.unmerge_all(database, [gone])
    for person in (kept, gone):
        found = typed.kept(database, Name("mandate", person), SignMandate)
        assert found == Typed(SignMandate(person, acts=str(person)))
