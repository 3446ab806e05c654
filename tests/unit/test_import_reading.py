"""Lists of accompaniments and of people are read whatever wrote them, and each row that is not says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter

from app.services.commands import AnonymousGroup, AnonymousPerson, SaveBeneficiary
from app.services.imports import reading
from app.services.imports.coop import parted
from app.services.imports.lines import ActivityLine, FileKind, PersonLine, PlaceSaid, ReadFile
from app.services.progress import CancelledError, Progress
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)
from tests.import_files import HEADINGS, ID, csv_file, ods_file, read, row, table, workshop, xlsx

Writer = Callable[[Path, list[list[Any]]], Path]
WRITERS: dict[str, Writer] = {
    "xlsx": lambda folder, rows: xlsx(folder / "liste.xlsx", rows),
    "ods": lambda folder, rows: ods_file(folder / "liste.ods", rows),
    "csv": lambda folder, rows: csv_file(folder / "liste.csv", rows),
    "csv of an English program": lambda folder, rows: csv_file(folder / "liste.csv", rows, ",", "utf-8"),
    "csv of an old program": lambda folder, rows: csv_file(folder / "liste.csv", rows, "\t", "cp1252"),
    "text without its mark": lambda folder, rows: csv_file(folder / "liste.txt", rows, "\t", "utf-16-le"),
    "text of Excel": lambda folder, rows: csv_file(folder / "liste.txt", rows, "\t", "utf-16"),
}


def only(found: ReadFile) -> ActivityLine:
    assert found.refused == ()
    (line,) = found.activities
    return line


def refusal(found: ReadFile) -> str:
    assert found.activities == ()
    (line,) = found.refused
    return line.why


def of(tmp_path: Path, *rows: dict[str, Any]) -> ReadFile:
    return read(csv_file(tmp_path / "liste.csv", table(rows)))


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_an_accompaniment_is_read_whole_from_every_format(tmp_path: Path, writer: Writer) -> None:
    line = only(read(writer(tmp_path, table([row(Date=date(2024, 3, 12))]))))
    form = line.form
    assert (line.where, line.id, line.warnings) == ("Ligne 13", UUID(ID), ())
    assert (form.kind, form.day, form.minutes) == (ActivityKind.INDIVIDUAL, date(2024, 3, 12), 45)
    assert form.place_kind is PlaceKind.PLACE
    assert line.place == PlaceSaid("Médiathèque des Cévennes", "2 rue du Marché", "48061", "48400")
    assert form.topics == {Topic.EMAIL, Topic.ADMINISTRATIVE_HELP}
    assert form.families == {ProcedureFamily.HOUSING}
    assert len(form.procedures) == 1
    assert form.procedure_note == "Dossier de la rue Haute"
    assert form.equipment == {Equipment.COMPUTER, Equipment.PHONE}
    assert (form.autonomy, form.referred, form.referral) == (Autonomy.PARTLY, True, ReferralTarget.ADMINISTRATION)
    assert form.notes == "Revenir avec le bail.\nTrès contente."
    assert line.tags == ("Été 2024", "Mairie, service social")
    assert line.recorded_at == round(datetime(2024, 3, 12, 17, 5).timestamp() * 1000)
    assert line.changed_at is None
    (named,) = line.people
    assert (named.name, named.age_band) == ("Jeanne Delmas", AgeBand.OVER_70)
    assert named.person == SaveBeneficiary(
        first_name="Jeanne", last_name="Delmas", municipality="01053", postal_code="01000", gender=Gender.FEMALE,
        age_band=AgeBand.OVER_70, status=SocialStatus.RETIRED,
    )  # fmt: skip


def test_every_format_reads_the_same(tmp_path: Path) -> None:
    rows = table([row(), *workshop("Paul Roux", "", "", **{"ID CRA": ""}), row(**{"ID CRA": "", "Bénéficiaire": ""})])
    found = [replace(read(writer(tmp_path, rows)), name="") for writer in WRITERS.values()]
    assert len(found[0].activities) == 3
    assert all(one == found[0] for one in found)


def test_an_anonymous_person_is_told_on_the_activity(tmp_path: Path) -> None:
    line = only(of(tmp_path, row(Bénéficiaire="Bénéficiaire anonyme")))
    assert line.people == ()
    assert line.form.person == AnonymousPerson(
        False, "01053", "01000", Gender.FEMALE, AgeBand.OVER_70, SocialStatus.RETIRED
    )


def test_the_rows_of_a_workshop_make_one_activity(tmp_path: Path) -> None:
    rows = workshop("Jeanne Delmas", "", "Paul Roux", "")
    rows[3] |= {"Genre du bénéficiaire": "Masculin", "Tranche d’âge du bénéficiaire": "Non communiqué"}
    line = only(of(tmp_path, *rows))
    assert (line.where, line.form.kind) == ("Lignes 13 à 16", ActivityKind.WORKSHOP)
    assert (line.form.level, line.form.title) == (WorkshopLevel.INTERMEDIATE, "Découvrir sa messagerie")
    assert [one.name for one in line.people] == ["Jeanne Delmas", "Paul Roux"]
    assert line.form.anonymous == AnonymousGroup(
        2, 0, {Gender.FEMALE: 1, Gender.MALE: 1}, {AgeBand.OVER_70: 1}, {SocialStatus.RETIRED: 2}
    )


def test_rows_of_workshops_may_be_mixed_when_they_have_an_id(tmp_path: Path) -> None:
    first, second = workshop("Jeanne Delmas", ""), workshop("Paul Roux", "", **{"ID CRA": "autre"})
    found = of(tmp_path, first[0], second[0], row(**{"ID CRA": "seul"}), second[1], first[1])
    assert [line.where for line in found.activities] == ["Lignes 13, 17", "Lignes 14, 16", "Ligne 15"]
    assert [line.form.anonymous.total for line in found.activities] == [1, 1, 0]


def test_workshops_without_id_part_where_the_count_starts_again(tmp_path: Path) -> None:
    rows = workshop("Jeanne Delmas", "", **{"ID CRA": ""})
    found = of(tmp_path, *rows, *rows)
    assert [line.where for line in found.activities] == ["Lignes 13 à 14", "Lignes 15 à 16"]
    assert len({line.id for line in found.activities}) == 2


def test_people_of_a_workshop_that_the_file_leaves_out_count_as_anonymous_and_it_is_said(tmp_path: Path) -> None:
    line = only(of(tmp_path, workshop("Jeanne Delmas", "", "")[0]))
    assert line.form.anonymous.total == 2
    assert line.warnings == ("2\u00a0participants de cet atelier n’ont pas de ligne\u00a0: comptés comme anonymes.",)


def test_a_rank_and_a_level_that_a_spreadsheet_took_for_dates_are_understood(tmp_path: Path) -> None:
    rows = workshop("Jeanne Delmas", "", "")
    for place, one in enumerate(rows, start=1):
        one |= {"Participants": date(2024, 3, place), "Niveau d’autonomie (ou de l’atelier)": date(2024, 3, 2)}
    line = only(read(xlsx(tmp_path / "liste.xlsx", table(rows))))
    assert (line.form.anonymous.total, line.form.level, line.warnings) == (2, WorkshopLevel.INTERMEDIATE, ())


def test_the_id_of_an_activity_without_one_is_always_the_same_and_never_twice(tmp_path: Path) -> None:
    rows = [row(**{"ID CRA": ""}), row(**{"ID CRA": "", "Durée (min)": "60"}), row(**{"ID CRA": ""})]
    first, second = of(tmp_path, *rows), of(tmp_path, *rows)
    assert [line.id for line in first.activities] == [line.id for line in second.activities]
    assert len({line.id for line in first.activities}) == 3
    moved = of(tmp_path, row(**{"ID CRA": "autre"}), *rows)
    assert [line.id for line in moved.activities][1:] == [line.id for line in first.activities]
    assert first.activities[0].id == UUID("0d04e82f-a4b7-59af-a8ba-104805d61a02")


def test_the_export_of_a_team_says_whose_work_it_is(tmp_path: Path) -> None:
    headings = [*HEADINGS[:3], "Prénom du médiateur", "Nom du médiateur", "Rôle", "ID - Conum", *HEADINGS[3:]]
    headings.remove("Bénéficiaire")
    team = row(**{"Prénom du médiateur": "Camille", "Nom du médiateur": "Vidal", "Rôle": "Médiateur"})
    line = only(read(xlsx(tmp_path / "liste.xlsx", table([team], headings))))
    assert line.form.person.gender is Gender.FEMALE
    assert line.warnings == ("Accompagnement noté par Camille Vidal\u00a0: il sera compté dans votre carnet.",)


def test_eaten_zeros_serial_days_and_numbers_as_texts_are_understood(tmp_path: Path) -> None:
    changed = {
        "Date": 45363, "Durée (min)": "45,0", "Code postal du bénéficiaire": 1000, "Code Insee du bénéficiaire": 1053.0,
        "Enregistré le": 45363.711805556,
    }  # fmt: skip
    line = only(read(xlsx(tmp_path / "liste.xlsx", table([row(**changed)]))))
    expected = only(of(tmp_path, row()))
    assert line == expected


def test_words_are_known_by_their_code_without_accents_and_with_other_separators(tmp_path: Path) -> None:
    changed = {
        "Type": "individuel", "Canaux d’accompagnement": "LIEU D'ACTIVITE",
        "Matériel numérique utilisé": "ordinateur; telephone",
        "Niveau d’autonomie (ou de l’atelier)": "partiellement_autonome",
        "Thématique(s) d’accompagnement": "email, AideAuxDemarchesAdministratives|logement",
        "Structure de redirection": "administration", "Genre du bénéficiaire": "Femme", "Bénéficiaire réorienté": "OUI",
    }  # fmt: skip
    assert only(of(tmp_path, row(**changed))).form == only(of(tmp_path, row())).form


def test_the_apostrophe_that_protects_from_formulas_is_taken_away(tmp_path: Path) -> None:
    line = only(of(tmp_path, row(**{"Notes supplémentaires": "'=1+1", "Nom du lieu": "'@coworking"})))
    assert line.form.notes == "=1+1"
    assert line.place is not None
    assert line.place.name == "@coworking"


def test_what_is_not_known_is_left_out_and_said(tmp_path: Path) -> None:
    changed = {
        "Thématique(s) d’accompagnement": "E-mail\nTricot", "Matériel numérique utilisé": "Minitel",
        "Genre du bénéficiaire": "?", "Commune du bénéficiaire": "Nulle-Part", "Code postal du bénéficiaire": "99999",
        "Code Insee du bénéficiaire": "99999", "Nom de la démarche administrative": "",
    }  # fmt: skip
    line = only(of(tmp_path, row(**changed)))
    assert line.form.topics == {Topic.EMAIL}
    assert line.warnings == (
        "Colonne «\u00a0Thématique(s) d’accompagnement\u00a0»\u00a0: «\u00a0Tricot\u00a0» n’est pas connu.",
        "Colonne «\u00a0Matériel numérique utilisé\u00a0»\u00a0: «\u00a0Minitel\u00a0» n’est pas connu.",
        "Commune inconnue\u00a0: «\u00a0Nulle-Part 99999\u00a0».",
        "Colonne «\u00a0Genre du bénéficiaire\u00a0»\u00a0: «\u00a0?\u00a0» n’est pas connu.",
    )


def test_a_procedure_brings_its_topic_and_a_long_precision_goes_to_the_notes(tmp_path: Path) -> None:
    long = "mot " * 60
    changed = {"Thématique(s) d’accompagnement": "E-mail", "Nom de la démarche administrative": long}
    line = only(of(tmp_path, row(**changed)))
    assert Topic.ADMINISTRATIVE_HELP in line.form.topics
    assert len(line.form.procedure_note) <= 200
    assert line.form.notes.endswith(long.strip())
    assert len(line.warnings) == 2


def test_no_equipment_beside_equipment_is_let_go(tmp_path: Path) -> None:
    line = only(of(tmp_path, row(**{"Matériel numérique utilisé": "Pas de matériel\nTablette"})))
    assert line.form.equipment == {Equipment.TABLET}


def test_a_remote_activity_has_no_place_and_one_at_home_has_its_commune(tmp_path: Path) -> None:
    remote = only(of(tmp_path, row(**{"Canaux d’accompagnement": "À distance"})))
    assert (remote.place, remote.form.municipality) == (None, None)
    home = only(of(tmp_path, row(**{"Canaux d’accompagnement": "À domicile", "Code Insee": "", "Code postal": ""})))
    assert (home.place, home.form.municipality) == (None, "48061")


def test_a_day_to_come_is_taken_and_said(tmp_path: Path) -> None:
    assert only(of(tmp_path, row(Date="01/02/2027"))).warnings == ("La date est à venir\u00a0: 01/02/2027.",)


REFUSALS = {
    "no day": ({"Date": ""}, "Colonne «\u00a0Date\u00a0»\u00a0: la case est vide."),
    "no such day": (
        {"Date": "31/02/2024"},
        "Colonne «\u00a0Date\u00a0»\u00a0: «\u00a031/02/2024\u00a0» n’est pas une date.",
    ),
    "an old day": ({"Date": "12/03/1924"}, "Colonne «\u00a0Date\u00a0»\u00a0: vérifiez l’année de la date."),
    "no duration": (
        {"Durée (min)": "longtemps"},
        "Colonne «\u00a0Durée (min)\u00a0»\u00a0: «\u00a0longtemps\u00a0» n’est pas une durée en minutes.",
    ),
    "too long": ({"Durée (min)": 5000}, "Colonne «\u00a0Durée (min)\u00a0»\u00a0: la durée va de 1 minute à 23 h 59."),
    "a coordination": (
        {"Type": "Animation"},
        "Colonne «\u00a0Type\u00a0»\u00a0: «\u00a0Animation\u00a0» n’est pas un accompagnement que Passerelle garde.",
    ),
    "no topic": (
        {"Thématique(s) d’accompagnement": "", "Nom de la démarche administrative": ""},
        "Colonne «\u00a0Thématique(s) d’accompagnement\u00a0»\u00a0: choisissez au moins une thématique.",
    ),
    "a topic of elsewhere": (
        {"Thématique(s) d’accompagnement": "Tricot", "Nom de la démarche administrative": ""},
        "Colonne «\u00a0Thématique(s) d’accompagnement\u00a0»\u00a0: «\u00a0Tricot\u00a0» n’est pas connu.",
    ),
    "a commune of nowhere": (
        {"Canaux d’accompagnement": "Autre lieu", "Commune": "Ys", "Code postal": "", "Code Insee": "99999"},
        "Commune inconnue\u00a0: «\u00a0Ys 99999\u00a0».",
    ),
    "no place": ({"Nom du lieu": ""}, "Colonne «\u00a0Nom du lieu\u00a0»\u00a0: la case est vide."),
    "no commune": (
        {"Canaux d’accompagnement": "Autre lieu", "Commune": "", "Code postal": "", "Code Insee": ""},
        "Colonne «\u00a0Commune\u00a0»\u00a0: indiquez la commune.",
    ),
    "half a name": (
        {"Bénéficiaire": "Jeanne"},
        "Colonne «\u00a0Bénéficiaire\u00a0»\u00a0: «\u00a0Jeanne\u00a0» n’a pas à la fois un prénom et un nom.",
    ),
    "long notes": (
        {"Notes supplémentaires": "a" * 10_001},
        "Colonne «\u00a0Notes supplémentaires\u00a0»\u00a0: "
        "les notes sont trop longues\u00a0: 10000 caractères au plus.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "why"), REFUSALS.values(), ids=REFUSALS)
def test_a_row_that_cannot_be_taken_says_why_in_one_sentence(tmp_path: Path, changed: dict[str, Any], why: str) -> None:
    assert refusal(of(tmp_path, row(**changed))) == why


def test_a_refused_row_is_shown_well_enough_to_know_it(tmp_path: Path) -> None:
    (line,) = of(tmp_path, row(**{"Durée (min)": ""})).refused
    assert (line.where, line.said) == (
        "Ligne 13",
        "12/03/2024 · Accompagnement individuel · Jeanne Delmas · Médiathèque des Cévennes",
    )


def test_the_same_id_twice_is_refused_once(tmp_path: Path) -> None:
    found = of(tmp_path, row(), row())
    assert len(found.activities) == 1
    assert found.refused[0].why == "La ligne 13 a déjà le même «\u00a0ID CRA\u00a0»."


def test_rows_with_merged_cells_are_refused_and_the_others_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "liste.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        for number, cells in enumerate(table([row(**{"ID CRA": str(n)}) for n in range(3)])):
            sheet.write_row(number, 0, cells)
        sheet.merge_range(12, 0, 13, 0, "12/03/2024")
    found = read(tmp_path / "liste.xlsx")
    assert [line.where for line in found.refused] == ["Ligne 13", "Ligne 14"]
    assert (
        found.refused[0].why
        == "Cette ligne a des cases fusionnées avec une autre\u00a0: séparez-les dans votre tableur."
    )
    assert len(found.activities) == 1


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jeanne Delmas", ("Jeanne", "Delmas")),
        ("Marie Claude DE LA TOUR", ("Marie Claude", "DE LA TOUR")),
        ("JEANNE DELMAS", ("JEANNE", "DELMAS")),
        ("Léa de La Tour", ("Léa", "de La Tour")),
        ("Delmas", ("", "Delmas")),
    ],
)
def test_a_name_in_one_cell_is_parted(name: str, parts: tuple[str, str]) -> None:
    assert parted(name) == parts


PEOPLE = (
    "Nom", "Prénom", "Année de naissance", "Nom de la commune", "Code INSEE", "Code postal", "N° de téléphone",
    "E-mail", "Genre", "Tranche d’âge", "Statut", "Nombre d’accompagnements", "Notes supplémentaires",
)  # fmt: skip
DELMAS = [
    "Delmas", "Jeanne", 1948, "Bourg-en-Bresse", "1053", 1000, 612345678, "Jeanne@exemple.fr", "Femme",
    "70 ans et plus", "Retraité", 3, "Aime le jardin.",
]  # fmt: skip
JEANNE = SaveBeneficiary(
    first_name="Jeanne", last_name="Delmas", birth_year=1948, phone="0612345678", email="Jeanne@exemple.fr",
    municipality="01053", postal_code="01000", gender=Gender.FEMALE, status=SocialStatus.RETIRED,
    notes="Aime le jardin.",
)  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_the_export_of_people_is_read_and_a_dash_says_nothing(tmp_path: Path, writer: Writer) -> None:
    unsaid = ["Roux", "Paul", "-", "-", "-", "-", "-", "-", "Non communiqué", "40 - 59 ans", "-", 0, "-"]
    found = read(writer(tmp_path, [list(PEOPLE), DELMAS, unsaid]))
    assert (found.kind, found.refused) == (FileKind.PEOPLE, ())
    assert found.people == (
        PersonLine("Ligne 2", JEANNE),
        PersonLine("Ligne 3", SaveBeneficiary(first_name="Paul", last_name="Roux", age_band=AgeBand.FROM_40_TO_59)),
    )


def test_the_template_is_read_below_its_two_rows_of_headings(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "modele.xlsx")) as workbook:
        sheet = workbook.add_worksheet("Bénéficiaires")
        sheet.merge_range(0, 0, 0, 9, "Remplissez une ligne par bénéficiaire")
        for place, name in enumerate(("Nom", "Prénom", "Année de naissance")):
            sheet.merge_range(1, place, 2, place, name)
        sheet.merge_range(1, 3, 1, 5, "Commune")
        sheet.write_row(2, 3, ["Nom", "Code INSEE", "Code postal"])
        for place, name in enumerate(("N° de téléphone", "E-mail", "Genre", "Notes supplémentaires"), start=6):
            sheet.merge_range(1, place, 2, place, name)
        sheet.write_row(3, 0, ["Exemple", "Alex", 1980, "Paris", "75056", "75001", "", "", "Masculin", ""])
        sheet.write_row(4, 0, [*DELMAS[:8], "Féminin", DELMAS[12]])
        for number in range(5, 200):
            sheet.write_formula(number, 4, '=""', None, "")
            sheet.write_formula(number, 5, "=0", None, 0)
        workbook.add_worksheet("Communes").write_row(0, 0, ["Commune", "Code Insee", "Code postal"])
    found = read(tmp_path / "modele.xlsx")
    assert [line.where for line in found.people] == ["Ligne 4", "Ligne 5"]
    assert found.people[0].warnings == (
        "Cette ligne est peut-être l’exemple du modèle\u00a0: supprimez-la du fichier si c’est le cas.",
    )
    assert found.people[1].person == replace(JEANNE, status=None)
    assert found.refused == ()


def test_what_a_person_cannot_have_is_left_out_and_said(tmp_path: Path) -> None:
    wrong = [
        "Delmas", "Jeanne", 1848, "Lyon", "01053", "01000", "12", "jeanne", "X", "", "", "", "",
    ]  # fmt: skip
    (line,) = read(csv_file(tmp_path / "liste.csv", [PEOPLE, wrong])).people
    assert (line.person.birth_year, line.person.phone, line.person.email) == (None, "", "")
    assert line.person.municipality == "01053"
    assert [warning[:34] for warning in line.warnings] == [
        "Le code Insee 01053 est celui de B",
        "Colonne «\u00a0Genre\u00a0»\u00a0: «\u00a0X\u00a0» n’est pa",
        "Colonne «\u00a0Année de naissance\u00a0»\u00a0: «",
        "Colonne «\u00a0E-mail\u00a0»\u00a0: «\u00a0jeanne\u00a0» n’",
        "Colonne «\u00a0N° de téléphone\u00a0»\u00a0: «\u00a012",
    ]


def test_a_person_without_name_is_refused(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path / "liste.csv", [PEOPLE, ["", *DELMAS[1:]]]))
    assert found.people == ()
    assert found.refused[0].why == "Colonne «\u00a0Nom\u00a0»\u00a0: indiquez le nom."


def test_the_kind_of_a_file_is_told_by_its_columns(tmp_path: Path) -> None:
    assert read(xlsx(tmp_path / "a.xlsx", table([row()]))).kind is FileKind.ACTIVITIES
    assert read(csv_file(tmp_path / "b.csv", [PEOPLE, DELMAS])).kind is FileKind.PEOPLE


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "liste.csv", table(row(**{"ID CRA": str(n)}) for n in range(400)))
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    with pytest.raises(CancelledError):
        reading.read(path, progress)
