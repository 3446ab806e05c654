"""What is handed over on paper: the report of an employer, the file of one person, and their dialogs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, QPoint, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import labels
from app.database import Database
from app.models import Assessment, Mandate
from app.services import access, organisations, person_file, report_drafts, reports
from app.services.commands import ActivityFilter, AnonymousGroup, AnonymousPerson, SaveOrganisation
from app.services.report_drafts import ReportDraft
from app.ui.desk import Desk
from app.ui.paper.blocks import Fact, Item, Text, Title, Together
from app.ui.paper.document import Document
from app.ui.paper.pdf import pdf_of
from app.ui.paper.tables import Table
from app.ui.reports import activity_report
from app.ui.reports import person_file as person_paper
from app.ui.reports.evolution import evolutions
from app.ui.reports.person_file_presenter import PersonFilePresenter
from app.ui.reports.presenter import ReportPresenter
from app.ui.reports.report_plots import work_along_time
from app.ui.workspace import Workspace
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    Signing,
    SocialStatus,
    Topic,
    WorkshopLevel,
)
from tests.notebook import TODAY, a_beneficiary, a_place, recorded

NOVEMBER = ActivityFilter(since=date(2026, 11, 1), until=date(2026, 11, 30))
WRITTEN = ReportDraft(
    structure="Commune de Florac", place="Florac", highlights=("Un atelier a réuni douze personnes.", "", "Un café IA.")
)


def report_of(database: Database, filter_: ActivityFilter = NOVEMBER, draft: ReportDraft = WRITTEN) -> Document:
    return activity_report.document(reports.gather(database, filter_, draft, TODAY))


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(document)))


def words_of(document: Document) -> str:
    """All the words of a document, as a machine reads them, on one line."""
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).replace("\u00a0", " ").split())


def canaries(database: Database) -> UUID:
    """Activities that say names wherever something may be typed."""
    person = a_beneficiary(database, "Zzdupont", "Zzodile", notes="Zznote", email="zz@exemple.fr")
    usual = {"topics": frozenset({Topic.ADMINISTRATIVE_HELP}), "families": frozenset({ProcedureFamily.JUSTICE})}
    more = {"procedure_note": "Dossier Zzdupont", "notes": "Zzdupont a pleuré"}
    recorded(database, participants=(person,), **usual, **more)
    recorded(database, kind=ActivityKind.WORKSHOP, participants=(person,), title="Atelier de Zzodile", **usual, **more)
    return person


def everything(database: Database) -> None:
    """A notebook that fills every chart: all the words of the vocabulary, and long names."""
    long = "Espace multimédia intercommunal des Gorges du Tarn, des Causses et des Cévennes, antenne"
    places = [
        a_place(database, f"{long} {number}", code) for number, code in enumerate(("48061", "48075", "30007") * 5)
    ]
    bands, statuses, topics = list(AgeBand), list(SocialStatus), frozenset(Topic)
    for number in range(48):
        people = {
            Gender.FEMALE: 3 + number % 3,
            Gender.MALE: 2,
        }
        group = AnonymousGroup(
            total=9,
            gender=people,
            age_band={bands[number % len(bands)]: 9},
            status={statuses[number % len(statuses)]: 9},
        )
        recorded(
            database, kind=ActivityKind.WORKSHOP, day=date(2026, 1 + number % 11, 3 + number % 20), anonymous=group,
            place_kind=PlaceKind.PLACE, place=places[number % len(places)], topics=topics,
            families=frozenset(ProcedureFamily), level=list(WorkshopLevel)[number % 3], minutes=15 + 30 * (number % 5),
            equipment=frozenset({Equipment.PHONE}),
        )  # fmt: skip
        recorded(
            database, day=date(2026, 1 + number % 11, 3 + number % 20), autonomy=list(Autonomy)[number % 3],
            place_kind=PlaceKind.HOME, municipality=("48061", "48075", "12145")[number % 3],
            postal_code="48400",
            referred=True, referral=list(ReferralTarget)[number % 7], topics=topics,
            families=frozenset(ProcedureFamily),
            procedures=frozenset({"carte-identite"}), minutes=30,
            person=AnonymousPerson(municipality=("48061", "48075", "12145")[number % 3], postal_code="48400"),
        )  # fmt: skip


def test_a_report_has_two_to_four_pages(database: Database, desk: Desk) -> None:
    assert 2 <= len(read(report_of(database)).pages) <= 4, "nothing recorded"
    recorded(database)
    assert 2 <= len(read(report_of(database)).pages) <= 4, "one activity"
    everything(database)
    year = replace(NOVEMBER, since=date(2026, 1, 1), until=date(2026, 12, 31))
    long = replace(WRITTEN, highlights=("Une phrase qui dit ce qui s’est passé. " * 10,) * 3)
    made = read(report_of(database, year, long))
    assert 2 <= len(made.pages) <= 4, "everything"


def test_a_report_says_its_figures_and_what_was_written(database: Database, desk: Desk) -> None:
    access.rename_advisor(database, "Camille Rey")
    place = a_place(database)
    recorded(database, place_kind=PlaceKind.PLACE, place=place)
    recorded(database, kind=ActivityKind.WORKSHOP, anonymous=AnonymousGroup(total=11), minutes=90)
    recorded(database, day=date(2026, 10, 5))
    said = words_of(report_of(database))
    for words in (
        "Rapport d’activité", "Novembre 2026", "du 01/11/2026 au 30/11/2026", "Commune de Florac", "Camille Rey",
        "12 accompagnements", "12 personnes accompagnées", "2 h de travail", "+11 (+1 100 %) par rapport à octobre",
        "1. Un atelier a réuni douze personnes.", "2. Un café IA.", "Médiathèque de Florac", "E-mail 12 (100 %)",
        "Fait à Florac, le 24/11/2026", "Signature", "Page 1 sur", "Ce que comptent ces chiffres",
    ):  # fmt: skip
        assert words in said.replace("\u202f", " "), words


@pytest.mark.parametrize(
    ("since", "until", "before", "said"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), date(2025, 12, 5), ("Stable par rapport à décembre 2025",)),
        (date(2026, 7, 1), date(2026, 9, 30), date(2026, 5, 5), ("Stable par rapport au 2e trimestre 2026",)),
        (date(2025, 1, 1), date(2025, 12, 31), date(2024, 5, 5), ("Stable par rapport à 2024",)),
        (date(2026, 7, 2), date(2026, 7, 11), date(2026, 6, 30), ("Stable sur la période précédente",)),
        (date(2026, 7, 1), date(2026, 7, 31), date(2025, 7, 9), ("Stable sur un an",)),
        (date(2026, 7, 1), date(2026, 7, 31), date(2020, 7, 9), ()),
    ],
)
def test_how_a_figure_has_changed_names_what_it_is_compared_with(
    database: Database, since: date, until: date, before: date, said: tuple[str, ...]
) -> None:
    for day in (since, before):
        recorded(database, day=day)
    report = reports.gather(database, ActivityFilter(since=since, until=until), WRITTEN, TODAY)
    assert evolutions(report.statistics, lambda one: one.activities) == said


def test_a_month_is_drawn_by_weeks_that_bear_dates(database: Database) -> None:
    recorded(database, day=date(2026, 11, 10))
    drawn = work_along_time(reports.gather(database, NOVEMBER, WRITTEN, TODAY).statistics)
    assert [one.label for one in drawn.data] == ["01/11", "02/11", "09/11", "16/11", "23/11", "30/11"]
    assert [one.value for one in drawn.data] == [0, 0, 1, 0, 0, 0]


def test_a_report_says_what_it_is_restricted_to(database: Database, desk: Desk) -> None:
    recorded(database)
    filter_ = replace(NOVEMBER, topics=frozenset({Topic.EMAIL}), kinds=frozenset({ActivityKind.INDIVIDUAL}))
    assert "Activités comptées Accompagnement individuel · E-mail" in words_of(report_of(database, filter_))


def test_no_name_of_anybody_is_in_a_report(database: Database, desk: Desk) -> None:
    person = canaries(database)
    reader = read(report_of(database))
    said = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata) + str(reader.outline)
    assert "zz" not in said.lower()
    for named in (replace(NOVEMBER, beneficiary=person), replace(NOVEMBER, text="Zzdupont")):
        assert reports.gather(database, named, WRITTEN, TODAY) == reports.gather(database, NOVEMBER, WRITTEN, TODAY)


def test_fewer_than_five_people_are_not_told_apart(database: Database, desk: Desk) -> None:
    group = AnonymousGroup(total=11, gender={Gender.FEMALE: 9, Gender.MALE: 2})
    recorded(database, kind=ActivityKind.WORKSHOP, anonymous=group)
    said = words_of(report_of(database))
    assert "Féminin 9 (81,8 %)" in said
    assert "moins de 5" in said
    assert labels.GENDERS[Gender.MALE] not in said


def test_the_fonts_of_a_report_are_in_the_file(database: Database, desk: Desk) -> None:
    recorded(database)
    reader = read(report_of(database))
    assert reader.metadata is not None
    assert reader.metadata.title == "Rapport d’activité – Novembre 2026"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert {font["/BaseFont"] for font in fonts} == {"/SourceSans3-Regular", "/SourceSans3-Bold"}
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_the_file_of_a_person_says_everything_of_them_and_nothing_of_others(database: Database, desk: Desk) -> None:
    access.rename_advisor(database, "Camille Rey")
    jeanne = a_beneficiary(database, birth_year=1951, phone="0612345678", municipality="48061", postal_code="48400")
    other = canaries(database)
    recorded(
        database, participants=(jeanne,), notes="A su joindre le justificatif.", autonomy=Autonomy.PARTLY,
        referred=True, referral=ReferralTarget.SOCIAL_CARE,
    )  # fmt: skip
    recorded(database, kind=ActivityKind.WORKSHOP, participants=(jeanne, other), title="Ma tablette", notes="Zzzut")
    document = person_paper.document(person_file.gather(database, jeanne, TODAY))
    said = words_of(document)
    for words in (
        "Fiche de suivi", "Jeanne Delmas", "1951", "70 ans et plus", "06 12 34 56 78", "48400 Florac Trois Rivières",
        "Établie le 24/11/2026 par Camille Rey", "Mardi 24 novembre 2026 · Accompagnement individuel", "30 min",
        "À distance", "E-mail", "Autonome avec guidage", "Structure d’aide sociale", "A su joindre le justificatif.",
        "Atelier collectif « Ma tablette »", "2 accompagnements, 1 h en tout", "CNIL",
    ):  # fmt: skip
        assert words in said, words
    assert "zz" not in said.lower()


def test_the_file_of_a_person_says_what_they_answered_and_how_they_signed(database: Database, desk: Desk) -> None:
    jeanne = a_beneficiary(database)
    with database.work() as work:
        work.save(
            Mandate(beneficiary=jeanne, starts_on=TODAY, acts="Déclarer", made_at="Mende", signing=Signing.SCREEN)
        )
        work.save(Assessment(beneficiary=jeanne, day=TODAY, answers={"usage": "non"}, finer={"2.1": 3}))
    said = words_of(person_paper.document(person_file.gather(database, jeanne, TODAY)))
    for words in (
        "Mende",
        "à l’écran",
        "Avez-vous utilisé internet ces trois derniers mois ? Non",
        "Interagir : 3 sur 8",
    ):
        assert words in said.replace("\u00a0", " "), words


def test_the_file_of_a_person_is_in_large_type(database: Database, desk: Desk) -> None:
    jeanne = a_beneficiary(database)
    recorded(database, participants=(jeanne,), notes="Une longue note. " * 400)
    document = person_paper.document(person_file.gather(database, jeanne, TODAY))
    blocks = [one for block in document.blocks for one in (block.inside if isinstance(block, Together) else (block,))]
    for block in blocks:
        match block:
            case Text() | Item():
                assert block.style.points >= 12
            case Title() | Fact() | Table():
                assert block.points >= 12
    assert words_of(document).count("Une longue note.") == 400


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Workspace:
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Callable[..., ReportPresenter]:
    """Opens the dialog of a report, and waits for its pages."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def open_report(filter_: ActivityFilter = NOVEMBER) -> ReportPresenter:
        made = ReportPresenter(desk, filter_, window, lambda: TODAY)
        made.open()
        qtbot.waitUntil(lambda: made.dialog.preview.count > 1, timeout=5_000)
        return made

    return open_report


def at_rest(presenter: ReportPresenter | PersonFilePresenter, qtbot: QtBot) -> None:
    """Wait until nothing is being drawn any more."""
    qtbot.waitUntil(lambda: presenter.paper.is_at_rest, timeout=5_000)


def test_what_is_typed_is_kept_for_its_period(opened: Callable[..., ReportPresenter], desk: Desk, qtbot: QtBot) -> None:
    report = opened()
    QTest.keyClicks(report.form.highlights[1].field, "Un fait de novembre")
    qtbot.waitUntil(lambda: report_drafts.kept(desk.database, *_dates(NOVEMBER)).highlights[1] != "", timeout=5_000)
    report.form.period.set_value(date(2026, 10, 1), date(2026, 10, 31))
    report.form.period.changed.emit()
    assert report.form.highlights[1].value() == ""
    QTest.keyClicks(report.form.highlights[0].field, "Un fait d'octobre")
    at_rest(report, qtbot)
    report.dialog.reject()
    assert opened(replace(NOVEMBER, since=date(2026, 10, 1), until=date(2026, 10, 31))).form.draft().highlights == (
        "Un fait d'octobre", "", "",
    )  # fmt: skip
    assert report_drafts.kept(desk.database, *_dates(NOVEMBER)).highlights == ("", "Un fait de novembre", "")


def test_a_name_in_a_highlight_is_told_kindly_and_refuses_nothing(
    opened: Callable[..., ReportPresenter], database: Database, qtbot: QtBot
) -> None:
    a_beneficiary(database)
    report = opened()
    assert report.dialog.warning.isHidden()
    QTest.keyClicks(report.form.highlights[0].field, "Mme Delmas est ravie")
    qtbot.waitUntil(report.dialog.warning.isVisible, timeout=5_000)
    assert "« Delmas »" in report.dialog.warning.text().replace("\u00a0", " ")
    assert report.dialog.save_button.isEnabled()
    report.form.highlights[0].field.selectAll()
    QTest.keyClicks(report.form.highlights[0].field, "Une dame est ravie")
    qtbot.waitUntil(report.dialog.warning.isHidden, timeout=5_000)
    at_rest(report, qtbot)


def test_a_report_begins_with_the_employer_and_the_month_that_is_over(
    opened: Callable[..., ReportPresenter], database: Database, qtbot: QtBot
) -> None:
    organisations.save(database, SaveOrganisation(name="Mairie d’Ispagnac", municipality="48075", postal_code="48320"))
    report = opened(ActivityFilter(since=date(2026, 11, 3)))
    assert report.form.period.value() == (date(2026, 10, 1), date(2026, 10, 31))
    assert (report.form.structure.text(), report.form.place.text()) == ("Mairie d’Ispagnac", "Ispagnac")
    at_rest(report, qtbot)


def test_a_report_is_saved_by_the_keyboard_alone(
    opened: Callable[..., ReportPresenter], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = opened(replace(NOVEMBER, since=date(2026, 11, 2)))
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "rapport"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    front = QApplication.focusWidget()
    assert front is report.form.period.since, "two dates that have no name"
    QTest.keyClick(front, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(report.dialog.said.isVisible, timeout=5_000)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert asked == [str(Path(documents) / "Rapport d’activité – Du 02-11-2026 au 30-11-2026.pdf")]
    assert "rapport.pdf" in report.dialog.said.text()
    assert 2 <= len(PdfReader(tmp_path / "rapport.pdf").pages) <= 4
    at_rest(report, qtbot)


def test_a_folder_that_refuses_is_a_sentence(
    opened: Callable[..., ReportPresenter], tmp_path: Path, qtbot: QtBot
) -> None:
    report = opened()
    report.dialog.save_asked.emit(tmp_path / "absent" / "rapport.pdf")
    qtbot.waitUntil(report.dialog.fault.isVisible, timeout=5_000)
    assert "choisissez un autre dossier" in report.dialog.fault.text()
    assert report.dialog.save_button.isEnabled()
    at_rest(report, qtbot)


def test_without_a_printer_the_pdf_is_offered(opened: Callable[..., ReportPresenter], qtbot: QtBot) -> None:
    report = opened()
    report.dialog.print_button.click()
    qtbot.waitUntil(report.dialog.fault.isVisible, timeout=5_000)
    assert "pas d’imprimante" in report.dialog.fault.text()
    at_rest(report, qtbot)


def test_closing_while_pages_are_drawn_leaves_nothing_behind(
    opened: Callable[..., ReportPresenter], qtbot: QtBot
) -> None:
    report = opened()
    with qtbot.waitSignal(report.destroyed, timeout=5_000):
        report.paper.refresh()
        report.dialog.reject()
    qtbot.wait(300)


def test_locking_keeps_what_is_typed(opened: Callable[..., ReportPresenter], desk: Desk, qtbot: QtBot) -> None:
    report = opened()
    QTest.keyClicks(report.form.highlights[2].field, "Presque fini")
    desk.lock_asked.connect(desk.keeping)
    with qtbot.waitSignal(desk.lock_asked, timeout=5_000):
        QTest.keyClick(report.form.highlights[2].field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert report_drafts.kept(desk.database, *_dates(NOVEMBER)).highlights[2] == "Presque fini"
    at_rest(report, qtbot)


def test_another_length_of_period_begins_with_the_one_that_is_over(
    opened: Callable[..., ReportPresenter], qtbot: QtBot
) -> None:
    report = opened()
    period = report.form.period
    period.step.setFocus()
    segments = period.step.findChildren(QWidget)
    QTest.mouseClick(segments[1], Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert period.value() == (date(2026, 7, 1), date(2026, 9, 30))
    QTest.mouseClick(segments[3], Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert period.value() == (date(2026, 7, 1), date(2026, 9, 30))
    period.since.setDate(QDate(2026, 12, 24))
    assert period.value() == (date(2026, 12, 24), date(2026, 12, 24))
    at_rest(report, qtbot)


def test_the_file_of_a_person_is_asked_from_their_activities(
    window: Workspace, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    jeanne = a_beneficiary(database)
    recorded(database, participants=(jeanne,))
    window.go_to("activities")
    button = window.activities.view.person_file
    assert not button.isVisible()
    desk.activities_of_asked.emit(jeanne)
    assert button.isVisible()
    button.click()
    presenter = window.findChildren(PersonFilePresenter)[0]
    qtbot.waitUntil(lambda: presenter.dialog.preview.count > 0, timeout=5_000)
    at_rest(presenter, qtbot)
    assert presenter.dialog.file_name == "Fiche de suivi de Jeanne Delmas"
    presenter.dialog.reject()


def test_a_report_is_asked_from_the_statistics(window: Workspace, desk: Desk, qtbot: QtBot) -> None:
    desk.report_asked.emit(NOVEMBER)
    presenter = window.findChildren(ReportPresenter)[0]
    qtbot.waitUntil(lambda: presenter.dialog.preview.count > 1, timeout=5_000)
    at_rest(presenter, qtbot)
    assert presenter.form.period.value() == _dates(NOVEMBER)
    assert all(one.accessibleName() or one.text() for one in presenter.dialog.findChildren(QPushButton))


def _dates(filter_: ActivityFilter) -> tuple[date, date]:
    assert filter_.since
    assert filter_.until
    return filter_.since, filter_.until
