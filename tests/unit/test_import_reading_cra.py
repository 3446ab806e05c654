"""The activity reports of 2021 to 2024 become activities of today, by the State's own tables."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.services.commands import AnonymousGroup
from app.services.imports.lines import ActivityLine, FileKind, PlaceSaid, ReadFile
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Equipment,
    PlaceKind,
    ReferralTarget,
    SocialStatus,
    Topic,
)
from tests.import_files import csv_file, read, xlsx

V1: dict[str, Any] = {
    "_id": {"$oid": "613b2f0e9a1c2d0012ab34cd"},
    "cra": {
        "codePostal": "48400", "nomCommune": "FLORAC TROIS RIVIERES", "canal": "domicile", "activite": "collectif",
        "nbParticipants": 10, "age": "18-35", "statut": "sans emploi",
        "themes": ["courriel", "equipement informatique"], "duree": "30-60", "accompagnement": "redirection",
    },
    "createdAt": {"$date": "2021-09-10T10:11:12.000Z"},
}  # fmt: skip
V2: dict[str, Any] = {
    "_id": {"$oid": "63fb2f0e9a1c2d0012ab34ce"},
    "cra": {
        "dateAccompagnement": {"$date": "2023-03-01T00:00:00.000Z"}, "codePostal": "48400",
        "nomCommune": "FLORAC TROIS RIVIERES", "codeCommune": "48061", "canal": "rattachement",
        "permanence": {"nomEnseigne": "Médiathèque", "adresse": {"numeroRue": "2", "rue": "rue du Marché"}},
        "activite": "collectif", "nbParticipants": 6, "nbParticipantsRecurrents": 2,
        "age": {"moins12ans": 0, "de12a18ans": 1, "de18a35ans": 0, "de35a60ans": 5, "plus60ans": 0},
        "statut": {"etudiant": 1, "sansEmploi": 0, "enEmploi": 3, "retraite": 0, "heterogene": 2},
        "themes": ["securite", "fraude et harcelement", "tpe/pme"],
        "sousThemes": [{"equipement informatique": ["tablette"]}, {"annotation": ["Atelier au parc"]}], "duree": 90,
        "accompagnement": {"individuel": 1, "atelier": 2, "redirection": 3},
        "organismes": [{"CAF": 2}, {"Le Fablab": 1}],
    },
    "createdAt": {"$date": {"$numberLong": "1677680000000"}},
}  # fmt: skip


def of(tmp_path: Path, *reports: dict[str, Any]) -> ReadFile:
    path = tmp_path / "cras.json"
    path.write_text(json.dumps(reports), encoding="utf-8")
    return read(path)


def only(found: ReadFile) -> ActivityLine:
    assert found.refused == ()
    (line,) = found.activities
    return line


def changed(report: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {**report, "cra": {**report["cra"], **other}}


def why(found: ReadFile) -> str:
    assert found.activities == ()
    return found.refused[0].why


def test_a_report_of_2021_becomes_an_activity(tmp_path: Path) -> None:
    found = of(tmp_path, V1)
    line = only(found)
    form = line.form
    assert (found.kind, line.where, line.warnings) == (FileKind.CRA_V1, "Compte rendu n°\u00a01", ())
    assert (form.kind, form.place_kind, form.minutes) == (ActivityKind.WORKSHOP, PlaceKind.HOME, 60)
    assert form.day is not None
    assert (form.day.isoformat(), form.municipality) == ("2021-09-10", "48061")
    assert form.topics == {Topic.EMAIL, Topic.FIRST_STEPS_WITH_EQUIPMENT, Topic.MANAGING_CONTENT}
    assert form.anonymous.total == 10
    assert sum(form.anonymous.age_band.values()) == 10
    assert form.anonymous.age_band[AgeBand.FROM_18_TO_24] in (2, 3)
    assert form.anonymous.status == {SocialStatus.JOBLESS: 10}
    assert form.notes == "Suites\u00a0: redirection"
    assert line.recorded_at == 1631268672000


def test_a_report_of_2023_becomes_an_activity(tmp_path: Path) -> None:
    found = of(tmp_path, V2)
    line = only(found)
    form = line.form
    assert (found.kind, line.warnings) == (FileKind.CRA_V2, ())
    assert form.day is not None
    assert (form.day.isoformat(), form.minutes, form.place_kind) == ("2023-03-01", 90, PlaceKind.PLACE)
    assert line.place == PlaceSaid("Médiathèque", "2 rue du Marché", "48061", "48400")
    assert form.topics == {Topic.DIGITAL_SAFETY, Topic.BUSINESS}
    assert form.equipment == {Equipment.TABLET}
    assert form.anonymous == AnonymousGroup(
        6, 2, {}, {AgeBand.FROM_12_TO_17: 1, AgeBand.FROM_40_TO_59: 5},
        {SocialStatus.AT_SCHOOL: 1, SocialStatus.EMPLOYED: 3},
    )  # fmt: skip
    assert form.notes.split("\n") == [
        "Atelier au parc",
        "Précisions\u00a0: Tablette",
        "Suites\u00a0: 1\u00a0suite en individuel, 2\u00a0suites en atelier, 3\u00a0redirections",
        "Réorientations\u00a0: CAF (2), Le Fablab (1)",
    ]
    assert line.recorded_at == 1677680000000


def test_a_request_in_passing_is_an_individual_accompaniment_with_its_referral(tmp_path: Path) -> None:
    report = changed(
        V2, activite="ponctuel", nbParticipants=1, nbParticipantsRecurrents=1, age={"plus60ans": 1},
        statut={"retraite": 1}, organismes=[{"Mission locale": 1}], duree="0-30",
    )  # fmt: skip
    form = only(of(tmp_path, report)).form
    assert (form.kind, form.minutes) == (ActivityKind.INDIVIDUAL, 30)
    assert form.person.already
    assert form.person.age_band in (AgeBand.FROM_60_TO_69, AgeBand.OVER_70)
    assert form.person.status is SocialStatus.RETIRED
    assert (form.referred, form.referral) == (True, ReferralTarget.EMPLOYMENT)


def test_the_ages_of_many_people_met_alone_follow_the_state_s_shares(tmp_path: Path) -> None:
    reports = [
        changed(V1, activite="individuel", nbParticipants=None) | {"_id": {"$oid": f"{number:024x}"}}
        for number in range(600)
    ]
    young = [line.form.person.age_band is AgeBand.FROM_18_TO_24 for line in of(tmp_path, *reports).activities]
    assert len(young) == 600
    assert 0.24 < sum(young) / 600 < 0.34


def test_a_place_without_name_gets_one_and_it_is_said(tmp_path: Path) -> None:
    line = only(of(tmp_path, changed(V2, permanence={"$oid": "63fb2f0e9a1c2d0012ab34ce"})))
    assert line.place is not None
    assert line.place.name == "Lieu d’activité de Florac Trois Rivières"
    assert line.warnings[0].startswith("Le nom du lieu n’est pas dans le fichier")


COLUMNS = (
    "_id", "dateAccompagnement", "codePostal", "nomCommune", "codeCommune", "canal", "activite", "nbParticipants",
    "nbParticipantsRecurrents", "age.de12a18ans", "age.de35a60ans", "statut.etudiant", "statut.enEmploi", "themes",
    "duree", "organismes",
)  # fmt: skip
LABELS = (
    "ID CRA", "Date de l’accompagnement", "Code postal", "Commune", "Code INSEE", "Canal", "Type d’activité",
    "Nombre de participants", "Participants récurrents", "De 12 à 18 ans", "De 35 à 60 ans", "Scolarisé(e)",
    "En emploi", "Thèmes", "Durée", "Organismes de réorientation",
)  # fmt: skip
CELLS = [
    "63fb2f0e9a1c2d0012ab34ce", "01/03/2023", 48400, "FLORAC TROIS RIVIERES", 48061, "distance", "collectif", 6, 2, 1,
    5, 1, 5, "securite\ntpe/pme", "1h30", "CAF : 2",
]  # fmt: skip


@pytest.mark.parametrize("headings", [COLUMNS, LABELS], ids=["fields", "labels"])
@pytest.mark.parametrize(
    "themes", ["securite\ntpe/pme", '["securite","tpe/pme"]', "Sécuriser un équipement, Assister un professionnel"]
)
def test_tables_of_reports_are_read_like_the_database(tmp_path: Path, headings: tuple[str, ...], themes: str) -> None:
    rows: list[list[Any]] = [list(headings), [*CELLS[:13], themes, *CELLS[14:]]]
    for path in (csv_file(tmp_path / "cras.csv", rows), xlsx(tmp_path / "cras.xlsx", rows)):
        found = read(path)
        line = only(found)
        assert (found.kind, line.warnings) == (FileKind.CRA_V2, ())
        assert line.id == only(of(tmp_path, V2)).id
        assert line.form.topics == {Topic.DIGITAL_SAFETY, Topic.BUSINESS}
        assert (line.form.minutes, line.form.anonymous.total, line.form.anonymous.already) == (90, 6, 2)
        assert line.form.anonymous.age_band == {AgeBand.FROM_12_TO_17: 1, AgeBand.FROM_40_TO_59: 5}
        assert line.form.notes == "Réorientations\u00a0: CAF (2)"


def test_a_table_of_2021_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    headings = ["createdAt", "cp", "canal", "activite", "nbParticipants", "age", "statut", "themes", "duree"]
    cells = [
        "10/09/2021",
        "48400 FLORAC TROIS RIVIERES",
        "autre",
        "Demande ponctuelle",
        "",
        "+60",
        "retraite",
        "courriel",
        "0-30",
    ]
    found = read(csv_file(tmp_path / "cras.csv", [headings, cells]))
    line = only(found)
    assert found.kind is FileKind.CRA_V1
    assert (line.form.place_kind, line.form.municipality, line.form.minutes) == (PlaceKind.OTHER, "48061", 30)
    assert line.form.person.status is SocialStatus.RETIRED


def test_one_report_for_each_line_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "cras.json"
    path.write_text("\n".join(json.dumps(one) for one in (V1, V2)), encoding="utf-8")
    assert [line.where for line in read(path).activities] == ["Compte rendu n°\u00a01", "Compte rendu n°\u00a02"]


REFUSALS = {
    "ages": (
        changed(V2, nbParticipants=4),
        "Le détail des âges compte 6 personnes, mais le compte rendu en annonce 4.",
    ),
    "already": (
        changed(V2, nbParticipantsRecurrents=9),
        "Ce compte rendu dit 9 personnes déjà accompagnées sur 6\u00a0: corrigez-le dans le fichier.",
    ),
    "two people alone": (
        changed(V2, activite="individuel", nbParticipants=2, age={}, statut={}),
        "Un accompagnement individuel concerne une seule personne\u00a0: ce compte rendu en compte 2.",
    ),
    "how many": (
        changed(V1, nbParticipants=None),
        "Le nombre de participants de cet atelier manque\u00a0: ajoutez-le dans le fichier.",
    ),
    "negative": (
        changed(V2, nbParticipants=-3),
        "Colonne «\u00a0nbParticipants\u00a0»\u00a0: «\u00a0-3\u00a0» n’est pas un nombre.",
    ),
    "only another theme": (
        changed(V1, themes=["autre"]),
        "Ce compte rendu n’a que le thème «\u00a0Autre\u00a0»\u00a0: ajoutez-lui un thème dans le fichier.",
    ),
    "canal": (changed(V1, canal="lune"), "Colonne «\u00a0canal\u00a0»\u00a0: «\u00a0lune\u00a0» n’est pas connu."),
    "duration": (changed(V1, duree=None), "Colonne «\u00a0duree\u00a0»\u00a0: la case est vide."),
}


@pytest.mark.parametrize(("report", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_report_that_cannot_be_taken_says_why(tmp_path: Path, report: dict[str, Any], sentence: str) -> None:
    assert why(of(tmp_path, report)) == sentence


def test_people_left_out_of_a_group_are_said(tmp_path: Path) -> None:
    line = only(of(tmp_path, changed(V2, nbParticipants=8)))
    assert line.warnings == (
        "Le détail des âges ne compte que 6 personnes sur 8\u00a0: le reste est «\u00a0non communiqué\u00a0».",
        "Le détail des statuts ne compte que 6 personnes sur 8\u00a0: le reste est «\u00a0non communiqué\u00a0».",
    )


def test_the_same_report_twice_is_taken_once(tmp_path: Path) -> None:
    found = of(tmp_path, V1, V1)
    assert len(found.activities) == 1
    assert found.refused[0].why == "Ce compte rendu est déjà plus haut dans le fichier."


def test_odd_json_never_makes_the_reading_fail(tmp_path: Path) -> None:
    odd: list[Any] = [[], {}, {"$date": []}, [[1]], [{"a": {"b": 1}}], "x", 5, 1.5, True, None]
    fields = (
        "age",
        "statut",
        "themes",
        "sousThemes",
        "organismes",
        "permanence",
        "duree",
        "accompagnement",
        "codePostal",
    )
    reports = [changed(V2, **{field: value}) | {"_id": str((field, value))} for field in fields for value in odd]
    far = "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"
    reports += [V2 | {"createdAt": value, "_id": str(value)} for value in (*odd, *far)]
    found = of(tmp_path, *reports)
    assert len(found.activities) + len(found.refused) == len(reports)


def test_json_that_holds_no_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ne reconnaît pas"):
        of(tmp_path, {"nom": "Médiathèque"})
