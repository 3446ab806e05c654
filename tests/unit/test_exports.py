"""Lists and figures in files for spreadsheets: what they hold, in which order, and what never happens to them."""

import csv
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from python_calamine import CalamineWorkbook

from app.database import Database
from app.errors import KnownError
from app.services import activities, beneficiaries, places, tags
from app.services.commands import ActivityFilter, AnonymousGroup, AnonymousPerson, SavePlace
from app.services.exports.exporting import export
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat, default_name
from app.services.progress import CancelledError, Progress
from app.services.statistics import pages
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
from tests.full_disk import full_disk
from tests.notebook import TODAY, a_beneficiary, recorded

NOW = datetime(2026, 11, 24, 14, 52, 30)
EVERYTHING = ActivityFilter()
HEADINGS = [
    "Date", "Enregistré le", "Dernière modification le", "Type", "Participants", "Bénéficiaire",
    "Canaux d’accompagnement", "Nom du lieu", "Adresse", "Commune", "Code postal", "Code Insee", "Durée (min)",
    "Nom de l’atelier", "Matériel numérique utilisé", "Thématique(s) d’accompagnement", "Tags",
    "Nom de la démarche administrative", "Niveau d’autonomie (ou de l’atelier)", "Bénéficiaire réorienté",
    "Structure de redirection", "Commune du bénéficiaire", "Code postal du bénéficiaire", "Code Insee du bénéficiaire",
    "Genre du bénéficiaire", "Tranche d’âge du bénéficiaire", "Statut du bénéficiaire", "Notes supplémentaires",
    "ID CRA",
]  # fmt: skip
SPREADSHEETS = FileFormat.XLSX, FileFormat.CSV, FileFormat.ODS
TABLES = ExportKind.ACCOMPANIMENTS, ExportKind.STATISTICS, ExportKind.BENEFICIARIES
Table = list[list[object]]


def _export(
    database: Database,
    folder: Path,
    what: ExportKind = ExportKind.ACCOMPANIMENTS,
    format_: FileFormat = FileFormat.XLSX,
    filter_: ActivityFilter = EVERYTHING,
) -> Path:
    path = folder / default_name(what, format_, TODAY)
    export(database, ExportRequest(what, format_, filter_, path, NOW), Progress())
    return path


def _read(path: Path, sheet: int = 0) -> Table:
    """Every cell of a file."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file, delimiter=";")]
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()]


def _accompaniments(table: Table) -> list[dict[str, object]]:
    """The rows under the headings, by heading."""
    start = next(number for number, row in enumerate(table) if len(row) > 10 and row[0] == "Date")
    return [dict(zip(map(str, table[start]), row, strict=True)) for row in table[start + 1 :]]


def _block(table: Table, title: str) -> dict[object, list[object]]:
    """The lines under a title, up to the next empty row."""
    start = next(number for number, row in enumerate(table) if row and row[0] == title)
    lines: dict[object, list[object]] = {}
    for row in table[start + 1 :]:
        if not row or row[0] == "":
            break
        lines[row[0]] = row[1:]
    return lines


def _rich(database: Database) -> None:
    """An advisor's name, a person, a place, a tag, two accompaniments and a workshop."""
    with database.work() as work:
        work.set_state("advisor.name", "Camille Vernhet")
    jeanne = a_beneficiary(
        database, birth_year=1950, gender=Gender.FEMALE, status=SocialStatus.RETIRED, municipality="48061",
        postal_code="48400", phone="06 12 34 56 78",
    )  # fmt: skip
    recorded(
        database,
        participants=(jeanne,),
        place_kind=PlaceKind.PLACE,
        place=places.save(
            database, SavePlace(name="Mairie", address="1 rue du Pré", municipality="48061", postal_code="48400")
        ),
        topics=frozenset({Topic.ADMINISTRATIVE_HELP, Topic.EMAIL}),
        families=frozenset({ProcedureFamily.TRANSPORT}),
        procedures=frozenset({"carte_grise"}),
        procedure_note="Changement d’adresse",
        equipment=frozenset({Equipment.TABLET, Equipment.COMPUTER}),
        tags=frozenset({tags.create(database, "Zone rurale"), tags.create(database, "Été")}),
        autonomy=Autonomy.PARTLY,
        referred=True,
        referral=ReferralTarget.OTHER,
        notes="Ligne 1\nLigne 2",
    )
    recorded(database, day=date(2026, 11, 20), person=AnonymousPerson(gender=Gender.MALE, municipality="30007"))
    recorded(
        database,
        kind=ActivityKind.WORKSHOP,
        day=date(2026, 11, 3),
        participants=(jeanne,),
        title="Café IA",
        level=WorkshopLevel.ADVANCED,
        notes="Bon groupe",
        anonymous=AnonymousGroup(
            total=3,
            gender={Gender.FEMALE: 1, Gender.MALE: 1},
            age_band={AgeBand.UNDER_12: 1, AgeBand.OVER_70: 2},
            status={},
        ),
    )


def test_the_list_has_the_states_headings_and_each_cell_its_words(database: Database, tmp_path: Path) -> None:
    _rich(database)
    table = _read(_export(database, tmp_path))
    assert [str(row[0]) for row in table[:8]] == [
        "Informations export", "Nom", "Prénom", "Rôle", "Total", "Date d'export", "Heure d'export", "",
    ]  # fmt: skip
    assert [row[1] for row in table[1:7]] == ["Vernhet", "Camille", "Conseiller numérique", 6, TODAY, "14:52"]
    assert table[8][0] == "Filtres"
    assert table[9][0] == "Période"
    assert HEADINGS in table
    first = _accompaniments(table)[0]
    assert {name: first[name] for name in HEADINGS if name not in ("Enregistré le", "ID CRA")} == {
        "Date": TODAY,
        "Dernière modification le": "",
        "Type": "Accompagnement individuel",
        "Participants": "1",
        "Bénéficiaire": "Jeanne Delmas",
        "Canaux d’accompagnement": "Lieu d’activité",
        "Nom du lieu": "Mairie",
        "Adresse": "1 rue du Pré",
        "Commune": "Florac Trois Rivières",
        "Code postal": "48400",
        "Code Insee": "48061",
        "Durée (min)": 30,
        "Nom de l’atelier": "",
        "Matériel numérique utilisé": "Ordinateur\nTablette",
        "Thématique(s) d’accompagnement": "E-mail\nAide aux démarches administratives\nTransports - Mobilité",
        "Tags": "Été\nZone rurale",
        "Nom de la démarche administrative": "Carte grise\u00a0: immatriculation ou changement\nChangement d’adresse",
        "Niveau d’autonomie (ou de l’atelier)": "2/3",
        "Bénéficiaire réorienté": "Oui",
        "Structure de redirection": "Autre",
        "Commune du bénéficiaire": "Florac Trois Rivières",
        "Code postal du bénéficiaire": "48400",
        "Code Insee du bénéficiaire": "48061",
        "Genre du bénéficiaire": "Féminin",
        "Tranche d’âge du bénéficiaire": "70 ans et plus",
        "Statut du bénéficiaire": "Retraité",
        "Notes supplémentaires": "Ligne 1\nLigne 2",
    }
    assert str(UUID(str(first["ID CRA"]))) == first["ID CRA"]
    assert isinstance(first["Enregistré le"], datetime)


def test_a_workshop_has_a_row_for_each_participant_and_tells_its_notes_once(database: Database, tmp_path: Path) -> None:
    _rich(database)
    remote, *workshop = _accompaniments(_read(_export(database, tmp_path)))[1:]
    assert (remote["Participants"], remote["Bénéficiaire"], remote["Genre du bénéficiaire"]) == (
        "1", "Bénéficiaire anonyme", "Masculin",
    )  # fmt: skip
    assert remote["Commune"] == ""  # at a distance, nobody was anywhere
    assert remote["Code Insee du bénéficiaire"] == "30007"
    told = ("Participants", "Bénéficiaire", "Genre du bénéficiaire", "Tranche d’âge du bénéficiaire")
    assert [tuple(row[name] for name in told) for row in workshop] == [
        ("1/4", "Jeanne Delmas", "Féminin", "70 ans et plus"),
        ("2/4", "Bénéficiaire anonyme", "Masculin", "70 ans et plus"),
        ("3/4", "Bénéficiaire anonyme", "Féminin", "70 ans et plus"),
        ("4/4", "Bénéficiaire anonyme", "Non communiqué", "Moins de 12 ans"),
    ]
    assert [row["Notes supplémentaires"] for row in workshop] == ["Bon groupe", "", "", ""]
    assert workshop[1]["Statut du bénéficiaire"] == "Non communiqué ou hétérogène"
    assert {row["Niveau d’autonomie (ou de l’atelier)"] for row in workshop} == {"3/3"}
    assert len({row["ID CRA"] for row in workshop}) == 1


def test_the_age_is_that_of_the_day_and_a_change_is_dated(database: Database, tmp_path: Path) -> None:
    born_1987 = a_beneficiary(database, birth_year=1987)
    old = recorded(database, day=date(2026, 1, 5), participants=(born_1987,))
    recorded(database, day=date(2027, 1, 5), participants=(born_1987,), far_date_confirmed=True)
    changed_at = int(datetime(2026, 12, 1, 9, 30).timestamp() * 1000)
    database.now_ms = lambda: changed_at
    activities.record(database, replace(activities.form_of(database, old), minutes=45), TODAY)
    newer, older = _accompaniments(_read(_export(database, tmp_path)))
    assert newer["Tranche d’âge du bénéficiaire"] == "40 - 59 ans"
    assert older["Tranche d’âge du bénéficiaire"] == "25 - 39 ans"
    assert newer["Dernière modification le"] == ""
    assert older["Dernière modification le"] == datetime(2026, 12, 1, 9, 30)


def test_a_person_who_was_erased_is_counted_and_named_no_more(database: Database, tmp_path: Path) -> None:
    jeanne = a_beneficiary(database, birth_year=1950)
    recorded(database, participants=(jeanne,))
    beneficiaries.erase(database, jeanne)
    (row,) = _accompaniments(_read(_export(database, tmp_path)))
    assert row["Bénéficiaire"] == "Bénéficiaire anonyme"
    assert row["Tranche d’âge du bénéficiaire"] == "70 ans et plus"


def test_an_activity_with_a_sheet_handed_over_and_a_case_is_listed(database: Database, tmp_path: Path) -> None:
    recorded(database, sheets=frozenset({"envoyer-un-e-mail"}), cases=frozenset({uuid4()}))
    (row,) = _accompaniments(_read(_export(database, tmp_path)))
    assert row["Thématique(s) d’accompagnement"] == "E-mail"


def test_only_what_the_filter_keeps_is_written(database: Database, tmp_path: Path) -> None:
    _rich(database)
    filter_ = ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP}))
    table = _read(_export(database, tmp_path, filter_=filter_))
    assert len(_accompaniments(table)) == 4
    assert _block(table, "Filtres")["Type d’accompagnement"][0] == "Atelier collectif"
    path = tmp_path / "personnes.xlsx"
    asked = ExportRequest(ExportKind.BENEFICIARIES, FileFormat.XLSX, filter_, path, NOW)
    a_beneficiary(database, "Roux", "Marcel")
    assert export(database, asked, Progress()) == 1


@pytest.mark.parametrize("format_", SPREADSHEETS)
def test_every_format_says_the_same(database: Database, tmp_path: Path, format_: FileFormat) -> None:
    _rich(database)
    rows = _accompaniments(_read(_export(database, tmp_path, format_=format_)))
    assert list(rows[0]) == HEADINGS
    assert [row["Participants"] for row in rows] == ["1", "1", "1/4", "2/4", "3/4", "4/4"]
    assert rows[0]["Notes supplémentaires"] == "Ligne 1\nLigne 2"
    assert rows[0]["Date"] == ("24/11/2026" if format_ is FileFormat.CSV else TODAY)


def test_csv_is_what_french_spreadsheets_expect(database: Database, tmp_path: Path) -> None:
    _rich(database)
    written = _export(database, tmp_path, ExportKind.STATISTICS, FileFormat.CSV).read_bytes()
    assert written.startswith(b"\xef\xbb\xbfInformations export\r\nNom;Vernhet\r\n")
    assert b"Ordinateur;1;50,0%;" in written


def test_the_figures_are_those_of_the_page_in_the_states_order(database: Database, tmp_path: Path) -> None:
    _rich(database)
    path = _export(database, tmp_path, ExportKind.STATISTICS)
    table, page = _read(path), pages.page(database, EVERYTHING, TODAY)
    titles = [
        "Informations export", "Filtres", "Statistiques générales", "Accompagnements sur les 12 derniers mois",
        "Statistiques sur vos accompagnements", "Thématiques Médiation numérique",
        "Thématiques Démarches administratives", "Tags", "Matériel utilisés", "Canaux des activités",
        "Durées des activités", "Nombre d’activités par lieux", "Statistiques sur vos bénéficiaires", "Genre",
        "Tranches d’âge", "Statuts", "Commune de résidence des bénéficiaires",
    ]  # fmt: skip
    known = set(titles)
    assert [row[0] for row in table if row[0] in known and (row[0] != "Tags" or row[1] == "Accompagnements")] == titles
    general = _block(table, "Statistiques générales")
    assert general["Accompagnements au total"][0] == page.totals.accompaniments == 6
    assert general["Bénéficiaires accompagnés"][0] == page.totals.people == 5
    assert general["Bénéficiaires suivis"][0] == page.totals.followed == 1
    activity_lines = _block(table, "Statistiques sur vos accompagnements")
    assert activity_lines["Accompagnements individuels"][:2] == [2, pytest.approx(2 / 3)]
    topics = _block(table, "Thématiques Médiation numérique")
    assert list(topics) == [line.label for line in page.topics.lines]
    assert topics["E-mail"][:3] == [6, pytest.approx(6 / 7), 1]
    own = _read(path, sheet=1)
    assert _block(own, "Chiffres clés")["Heures"][0] == 1.5


def test_people_are_listed_with_their_own_words(database: Database, tmp_path: Path) -> None:
    _rich(database)
    a_beneficiary(database, "Bœuf", "=Marcel", gender=Gender.MALE, phone="+352123456789")
    headings, marcel, jeanne = _read(_export(database, tmp_path, ExportKind.BENEFICIARIES))
    assert headings == [
        "Nom", "Prénom", "Année de naissance", "Nom de la commune", "Code INSEE", "Code postal", "N° de téléphone",
        "E-mail", "Genre", "Tranche d’âge", "Statut", "Nombre d’accompagnements", "Notes supplémentaires",
    ]  # fmt: skip
    assert jeanne == [
        "Delmas", "Jeanne", 1950, "Florac Trois Rivières", "48061", "48400", "06 12 34 56 78", "-", "Femme",
        "70 ans et plus", "Retraité", 2, "-",
    ]  # fmt: skip
    assert marcel[:2] == ["Bœuf", "'=Marcel"]
    assert marcel[6:9] == ["'+352123456789", "-", "Homme"]


@pytest.mark.parametrize("format_", SPREADSHEETS)
@pytest.mark.parametrize("what", TABLES)
def test_an_empty_notebook_gives_a_file(
    database: Database, tmp_path: Path, what: ExportKind, format_: FileFormat
) -> None:
    assert _read(_export(database, tmp_path, what, format_))


@pytest.mark.parametrize("format_", SPREADSHEETS)
def test_what_nobody_wants_any_more_leaves_nothing(database: Database, tmp_path: Path, format_: FileFormat) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    old = folder / "liste"
    old.write_text("d’hier")
    _rich(database)
    progress = Progress(lambda done, _total: progress.cancel() if done else None)
    asked = ExportRequest(ExportKind.ACCOMPANIMENTS, format_, EVERYTHING, old, NOW)
    with pytest.raises(CancelledError):
        export(database, asked, progress)
    assert [one.name for one in folder.iterdir()] == ["liste"]
    assert old.read_text() == "d’hier"


@pytest.mark.parametrize("format_", SPREADSHEETS)
def test_a_full_disk_is_a_sentence_and_never_half_a_file(
    database: Database, tmp_path: Path, format_: FileFormat
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    recorded(database, kind=ActivityKind.WORKSHOP, anonymous=AnonymousGroup(total=2_000))
    with full_disk(after=4_000), pytest.raises(KnownError, match="ne peut pas être écrit"):
        _export(database, folder, format_=format_)
    assert list(folder.iterdir()) == []


def test_a_folder_that_takes_no_file_is_a_sentence(database: Database, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="autre dossier"):
        _export(database, tmp_path / "nulle part")


def test_the_whole_notebook_is_exported_by_the_same_door(database: Database, tmp_path: Path) -> None:
    _rich(database)
    path = _export(database, tmp_path, ExportKind.NOTEBOOK, FileFormat.JSONL)
    assert "Camille Vernhet" in path.read_text(encoding="utf-8")
