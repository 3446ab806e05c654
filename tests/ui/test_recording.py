"""The recording form on a real notebook: its rules, its drafts, and nothing lost whatever happens."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import activities, activity_lists, beneficiaries, drafts, places, procedures, tags
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from app.ui import keeper
from app.ui.desk import Desk
from app.ui.people.person_dialog import PersonDialog
from app.ui.reading_order import fields_of
from app.ui.recording.form_view import FormView
from app.ui.recording.presenter import RecordingPresenter
from app.ui.widgets.banner import Banner
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.suggestion_popup import SuggestionPopup
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
from tests.notebook import TODAY, a_beneficiary, a_place, an_activity, recorded
from tests.ui.forms import CTRL, SHIFT, Keyboard, button, chip, errors, field, focused, in_front
from tests.ui.pulse import wait_within

Open = Callable[..., FormView]
FLORAC = ("48061", "48400")


@pytest.fixture
def presenter(qtbot: QtBot, desk: Desk) -> RecordingPresenter:
    made = RecordingPresenter(desk, lambda: TODAY)
    qtbot.addWidget(made.view)
    made.view.resize(1182, 710)
    in_front(qtbot, made.view)
    return made


@pytest.fixture
def opened(presenter: RecordingPresenter) -> Open:
    def open_on(what: object = ActivityKind.INDIVIDUAL) -> FormView:
        presenter.open(what)  # type: ignore[arg-type]
        QApplication.processEvents()
        view = presenter.view
        assert isinstance(view, FormView)
        return view

    return open_on


def only(database: Database) -> RecordActivity:
    """The content of the only activity of the notebook."""
    (row,) = activity_lists.page(database).rows
    return activities.form_of(database, row.id)


def counter(view: FormView, name: str) -> Stepper:
    return next(one for one in view.findChildren(Stepper) if one.accessibleName() == name)


def type_in(view: FormView, name: str, text: str) -> None:
    line = field(view, name)
    line.setFocus()
    QTest.keyClicks(line, text)


def everything(database: Database) -> RecordActivity:
    code = procedures.search("carte grise")[0].code
    return RecordActivity(
        day=TODAY - timedelta(days=3),
        minutes=65,
        place_kind=PlaceKind.HOME,
        municipality=FLORAC[0],
        postal_code=FLORAC[1],
        topics=frozenset({Topic.EMAIL, Topic.ADMINISTRATIVE_HELP}),
        families=frozenset({ProcedureFamily.TRANSPORT}),
        procedures=frozenset({code}),
        procedure_note="changement d’adresse",
        equipment=frozenset({Equipment.PHONE, Equipment.TABLET}),
        tags=frozenset({tags.create(database, "Café numérique")}),
        notes="Deux lignes\nde notes",
        participants=(a_beneficiary(database),),
        autonomy=Autonomy.PARTLY,
        referred=True,
        referral=ReferralTarget.EMPLOYMENT,
    )


def test_an_accompaniment_with_every_answer_is_recorded_as_shown(database: Database, opened: Open) -> None:
    wanted = everything(database)
    view = opened(wanted)
    view.save_asked.emit(False)
    assert replace(only(database), id=None) == wanted


def test_a_workshop_with_every_answer_is_recorded_as_shown(database: Database, opened: Open) -> None:
    wanted = an_activity(
        kind=ActivityKind.WORKSHOP,
        title="Découvrir les messageries",
        participants=(a_beneficiary(database), a_beneficiary(database, "Durand", "Paul")),
        anonymous=AnonymousGroup(
            total=15,
            already=3,
            gender={Gender.FEMALE: 9, Gender.MALE: 5},
            age_band={AgeBand.OVER_70: 15},
            status={SocialStatus.RETIRED: 12},
        ),
        level=WorkshopLevel.BEGINNER,
    )
    opened(wanted).save_asked.emit(False)
    assert replace(only(database), id=None) == wanted


def test_an_empty_form_asks_only_for_what_is_missing_and_goes_there(opened: Open) -> None:
    view = opened()
    view.save_asked.emit(False)
    assert errors(view) == ["Choisissez au moins une thématique.", "Indiquez le lieu.", "Indiquez la durée."]
    assert focused() is chip(view, "Diagnostic numérique")


def test_an_answer_takes_its_error_away(opened: Open) -> None:
    view = opened()
    view.save_asked.emit(False)
    chip(view, "Diagnostic numérique").click()
    assert errors(view) == ["Indiquez le lieu.", "Indiquez la durée."]


def test_place_day_and_duration_come_from_the_last_activity(database: Database, opened: Open) -> None:
    place = a_place(database)
    recorded(database, place_kind=PlaceKind.PLACE, place=place, minutes=45)
    form = opened().command()
    assert (form.day, form.place_kind, form.place, form.minutes) == (TODAY, PlaceKind.PLACE, place, 45)


def test_letters_that_are_nobody_are_not_taken_for_an_anonymous_person(database: Database, opened: Open) -> None:
    a_beneficiary(database)
    view = opened(an_activity())
    type_in(view, "Qui", "delm")
    view.save_asked.emit(False)
    assert errors(view) == ["Choisissez cette personne dans la liste, créez-la, ou effacez le champ."]
    assert activity_lists.page(database).total == 0
    assert field(view, "Qui").text() == "delm"


def test_the_list_under_a_field_does_not_hide_what_is_refused(database: Database, opened: Open) -> None:
    a_beneficiary(database)
    view = opened(an_activity())
    keys = Keyboard()
    keys.letters("delm")
    assert [one for one in view.window().findChildren(SuggestionPopup) if one.isVisible()]
    keys.press(Qt.Key.Key_Return, CTRL)
    assert errors(view) == ["Choisissez cette personne dans la liste, créez-la, ou effacez le champ."]
    assert not [one for one in view.window().findChildren(SuggestionPopup) if one.isVisible()]


def test_an_empty_field_says_that_the_person_is_anonymous(opened: Open) -> None:
    view = opened()
    assert "Personne anonyme" in [one.text() for one in view.who.findChildren(type(view.footer._draft))]


def test_the_démarche_is_asked_only_with_its_topic(opened: Open) -> None:
    view = opened()
    assert not view.procedures.isVisible()
    chip(view, "Aide aux démarches administratives").click()
    assert view.procedures.isVisible()
    chip(view, "Aide aux démarches administratives").click()
    assert not view.procedures.isVisible()


def test_a_common_démarche_ticks_its_family(opened: Open) -> None:
    view = opened(an_activity(topics=frozenset({Topic.ADMINISTRATIVE_HELP})))
    for words in ("carte grise", "passeport"):
        type_in(view, "Démarche", words)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    form = view.command()
    assert form.families == {ProcedureFamily.TRANSPORT, ProcedureFamily.IDENTITY_AND_CITIZENSHIP}
    assert len(form.procedures) == 2


def test_a_démarche_that_the_catalogue_lacks_becomes_free_text(opened: Open) -> None:
    view = opened(an_activity(topics=frozenset({Topic.ADMINISTRATIVE_HELP})))
    type_in(view, "Démarche", "bornage du terrain")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert view.command().procedure_note == "bornage du terrain"


def test_the_home_of_the_person_is_proposed_for_à_domicile(database: Database, opened: Open) -> None:
    a_beneficiary(database, municipality=FLORAC[0], postal_code=FLORAC[1])
    view = opened()
    type_in(view, "Qui", "delm")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    chip(view, "À domicile").click()
    form = view.command()
    assert (form.municipality, form.postal_code) == FLORAC


def test_the_commune_at_home_is_where_an_anonymous_person_lives_unless_said(opened: Open) -> None:
    view = opened()
    chip(view, "À domicile").click()
    type_in(view, "Commune", "florac")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert view.command().person.municipality == FLORAC[0]


def test_a_commune_typed_and_not_picked_is_asked_for(opened: Open) -> None:
    view = opened(an_activity())
    chip(view, "Autre lieu").click()
    type_in(view, "Commune", "flor")
    view.save_asked.emit(False)
    assert errors(view) == ["Indiquez la commune."]


def test_a_day_far_ahead_is_recorded_only_once_confirmed(database: Database, opened: Open) -> None:
    view = opened(an_activity(day=TODAY + timedelta(days=8)))
    view.save_asked.emit(False)
    assert errors(view) == ["Cette date est dans plus d’une semaine\u00a0: confirmez-la ou corrigez-la."]
    next(one for one in view.findChildren(QCheckBox) if one.text() == "C’est bien cette date").click()
    view.save_asked.emit(False)
    assert only(database).day == TODAY + timedelta(days=8)


def test_no_equipment_stands_alone(opened: Open) -> None:
    view = opened(an_activity(equipment=frozenset({Equipment.PHONE})))
    chip(view, "Pas de matériel").click()
    assert view.command().equipment == {Equipment.NONE}
    chip(view, "Ordinateur").click()
    assert view.command().equipment == {Equipment.COMPUTER}


def test_a_tag_is_created_on_the_fly_and_one_too_short_is_refused(database: Database, opened: Open) -> None:
    view = opened(an_activity(equipment=frozenset({Equipment.PHONE})))
    type_in(view, "Étiquettes", "ab")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert errors(view) == ["Une étiquette compte de 3 à 80 caractères."]
    QTest.keyClicks(focused(), "onnement fibre")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    view.save_asked.emit(False)
    assert [row.name for row in tags.mine(database)] == ["abonnement fibre"]
    assert only(database).tags == {tags.mine(database)[0].id}


def test_shared_answers_survive_the_change_of_kind(database: Database, opened: Open) -> None:
    people = (a_beneficiary(database), a_beneficiary(database, "Durand", "Paul"))
    workshop = an_activity(kind=ActivityKind.WORKSHOP, participants=people, notes="Salle froide", title="Photo")
    view = opened(workshop)
    view.header.kind_changed.emit(ActivityKind.INDIVIDUAL)
    form = view.command()
    assert (form.kind, form.participants, form.notes) == (ActivityKind.INDIVIDUAL, people[:1], "Salle froide")
    view.header.kind_changed.emit(ActivityKind.WORKSHOP)
    assert view.command() == workshop


def test_counters_of_anonymous_participants_stop_at_what_remains(opened: Open) -> None:
    view = opened(ActivityKind.WORKSHOP)
    total, women, men = (counter(view, name) for name in ("Participants anonymes", "Féminin", "Masculin"))
    total.field.setValue(3)
    women.field.setValue(2)
    men.field.setValue(9)
    assert men.value() == 1
    assert view.command().anonymous.gender == {Gender.FEMALE: 2, Gender.MALE: 1}
    total.field.setValue(0)
    assert view.command().anonymous == AnonymousGroup()
    total.field.setValue(2)
    assert view.command().anonymous == AnonymousGroup(total=2)


def test_a_smaller_total_loses_no_count_and_says_what_is_too_many(opened: Open) -> None:
    group = AnonymousGroup(total=15, gender={Gender.FEMALE: 9})
    view = opened(an_activity(kind=ActivityKind.WORKSHOP, anonymous=group))
    total = counter(view, "Participants anonymes")
    total.field.setValue(1)
    assert errors(view) == ["Le détail compte 8\u00a0personnes de trop."]
    total.field.setValue(12)
    assert errors(view) == []
    assert view.command().anonymous == replace(group, total=12)


def test_the_total_of_a_workshop_counts_everybody(database: Database, opened: Open) -> None:
    people = (a_beneficiary(database), a_beneficiary(database, "Durand", "Paul"))
    group = AnonymousGroup(total=13)
    view = opened(an_activity(kind=ActivityKind.WORKSHOP, participants=people, anonymous=group))
    assert view.workshop._sum.text() == "Total des participants\u00a0: 15"


def test_what_is_told_of_an_anonymous_person_is_kept(database: Database, opened: Open) -> None:
    told = AnonymousPerson(True, *FLORAC, Gender.FEMALE, AgeBand.FROM_40_TO_59, SocialStatus.JOBLESS)
    opened(an_activity(person=told)).save_asked.emit(False)
    assert only(database).person == told


def test_a_person_is_created_without_leaving_the_form(database: Database, opened: Open) -> None:
    view = opened(an_activity())
    type_in(view, "Qui", "delmas jeanne")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    dialog = view.findChild(PersonDialog)
    assert isinstance(dialog, PersonDialog)
    dialog.save()
    view.save_asked.emit(False)
    (person,) = beneficiaries.search(database, "")
    assert (person.last_name, person.first_name) == ("Delmas", "Jeanne")
    assert only(database).participants == (person.id,)


def test_a_participant_is_created_without_leaving_the_workshop(database: Database, opened: Open) -> None:
    first = a_beneficiary(database)
    view = opened(an_activity(kind=ActivityKind.WORKSHOP, participants=(first,)))
    type_in(view, "Participants", "durand paul")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    dialog = view.findChild(PersonDialog)
    assert isinstance(dialog, PersonDialog)
    dialog.save()
    assert len(view.command().participants) == 2
    assert view.loose_ends() == {}


def test_the_topics_of_the_last_time_are_taken_again_at_once(database: Database, opened: Open) -> None:
    person = a_beneficiary(database)
    recorded(database, participants=(person,), topics=frozenset({Topic.HEALTH, Topic.PARENTING}))
    view = opened(an_activity(participants=(person,)))
    button(view, "Reprendre les mêmes thèmes").click()
    assert view.command().topics == {Topic.EMAIL, Topic.HEALTH, Topic.PARENTING}


def test_a_draft_is_kept_within_a_second_with_the_letters_of_a_name(
    qtbot: QtBot, database: Database, opened: Open
) -> None:
    view = opened()
    chip(view, "Diagnostic numérique").click()
    type_in(view, "Qui", "delm")
    wait_within(qtbot, 1_000, lambda: [one.typed_who for one in drafts.waiting(database)] == ["delm"])
    (draft,) = drafts.waiting(database)
    assert draft.form.topics == {Topic.ASSESSMENT}
    assert view.footer.draft_sentence().startswith("Brouillon gardé à ")


def test_what_is_typed_during_an_import_is_kept_once_it_is_over(
    qtbot: QtBot, database: Database, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "AGAIN_MS", 50)
    view = opened()
    banner = view.findChild(Banner)
    assert isinstance(banner, Banner)
    with database.long_work():
        type_in(view, "Qui", "delm")
        qtbot.waitUntil(lambda: "import est en cours" in banner.text())
        assert banner.isVisible()
    qtbot.waitUntil(lambda: bool(drafts.waiting(database)))
    assert view.typed_who() == "delm"
    assert not banner.isVisible()


def test_a_draft_typed_during_an_import_waits_for_it_before_the_notebook_closes(
    database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    begun, over = threading.Event(), threading.Event()

    def take_in() -> None:
        with database.long_work():
            begun.set()
            over.wait(5)

    view, importing = opened(), threading.Thread(target=take_in)
    importing.start()
    begun.wait(5)
    type_in(view, "Qui", "delm")
    threading.Timer(0.1, over.set).start()
    presenter.keep_draft_at_last()
    importing.join()
    assert drafts.waiting(database)[0].typed_who == "delm"


def test_typing_on_does_not_put_the_draft_off(qtbot: QtBot, database: Database, opened: Open) -> None:
    view = opened()
    for _ in range(10):
        type_in(view, "Qui", "a")
        qtbot.wait(80)
    assert drafts.waiting(database)


def test_a_draft_opens_as_it_was_left_and_is_still_the_same_draft(
    database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    kept = recorded(database)
    view = opened(activities.form_of(database, kept))
    type_in(view, "Qui", "delm")
    chip(view, "Maintenance de matériel").click()
    presenter.keep_draft_now()
    (draft,) = drafts.waiting(database)
    opened(ActivityKind.WORKSHOP)
    view = opened(draft)
    assert view.command() == draft.form
    assert (draft.form.id, view.typed_who()) == (kept, "delm")
    field(view, "Qui").clear()
    view.save_asked.emit(False)
    assert drafts.waiting(database) == ()
    assert only(database).topics == {Topic.EMAIL, Topic.EQUIPMENT_MAINTENANCE}


def test_a_form_that_nobody_touched_leaves_no_draft(
    qtbot: QtBot, database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    opened()
    presenter.keep_draft_now()
    opened(an_activity())
    qtbot.wait(600)
    assert drafts.waiting(database) == ()


def test_opening_something_else_keeps_what_was_typed(database: Database, opened: Open) -> None:
    view = opened()
    chip(view, "Diagnostic numérique").click()
    opened(ActivityKind.WORKSHOP)
    (draft,) = drafts.waiting(database)
    assert draft.form.topics == {Topic.ASSESSMENT}


def test_saving_leaves_no_draft_even_later(qtbot: QtBot, database: Database, opened: Open) -> None:
    view = opened(an_activity())
    type_in(view, "Qui", "x")
    qtbot.wait(500)
    assert drafts.waiting(database)
    field(view, "Qui").clear()
    view.save_asked.emit(False)
    assert drafts.waiting(database) == ()
    qtbot.wait(600)
    assert drafts.waiting(database) == ()


def test_escape_closes_and_the_draft_can_be_taken_back(
    qtbot: QtBot, desk: Desk, database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    opened()
    chip(presenter.view, "Diagnostic numérique").click()
    with qtbot.waitSignals([presenter.closed]), qtbot.waitSignal(desk.said) as said:
        Keyboard().press(Qt.Key.Key_Escape)
    assert drafts.waiting(database) == ()
    assert said.args is not None
    sentence, undo = said.args
    assert sentence == "Saisie annulée"
    with qtbot.waitSignal(desk.form_asked) as asked:
        undo()
    assert asked.args is not None
    view = opened(*asked.args)
    assert view.command().topics == {Topic.ASSESSMENT}


def test_escape_first_closes_the_list_under_a_field(
    qtbot: QtBot, database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    a_beneficiary(database)
    opened()
    keys = Keyboard()
    keys.letters("del")
    with qtbot.assertNotEmitted(presenter.closed):
        keys.press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(presenter.closed):
        keys.press(Qt.Key.Key_Escape)


def test_looking_at_a_draft_and_leaving_keeps_it(
    database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    drafts.keep(database, an_activity())
    (draft,) = drafts.waiting(database)
    opened(draft)
    presenter.cancel()
    assert drafts.waiting(database) == (draft,)


def fill_up(database: Database, pages: int = 0) -> None:
    """Leave the notebook no page more than it has, or this many in all."""
    with database.work() as work:
        kept = pages or work.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work.connection.exec_driver_sql(f"PRAGMA max_page_count = {kept}")


def test_a_full_disk_is_said_and_loses_nothing(database: Database, presenter: RecordingPresenter, opened: Open) -> None:
    view = opened(replace(everything(database), notes="Dossier à reprendre. " * 400))
    before = view.command()
    fill_up(database)
    view.save_asked.emit(False)
    banner = view.findChild(Banner)
    assert isinstance(banner, Banner)
    assert banner.isVisible()
    assert banner.text().startswith("Le disque est plein")
    assert view.command() == before
    assert activity_lists.page(database).total == 0
    chip(view, "Maintenance de matériel").click()
    presenter.keep_draft_now()
    assert banner.isVisible()
    fill_up(database, pages=1_000_000)
    view.save_asked.emit(False)
    assert only(database).notes == before.notes


def test_saved_and_new_starts_again_at_the_same_place(
    qtbot: QtBot, desk: Desk, database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    place = a_place(database)
    view = opened(
        an_activity(place_kind=PlaceKind.PLACE, place=place, notes="à oublier", day=TODAY - timedelta(days=1))
    )
    with qtbot.waitSignals([presenter.recorded, desk.said]), qtbot.assertNotEmitted(presenter.closed):
        Keyboard().press(Qt.Key.Key_Return, CTRL | SHIFT)
    form = view.command()
    assert (form.day, form.place, form.notes, form.topics) == (TODAY - timedelta(days=1), place, "", frozenset())
    assert focused() is field(view, "Qui")


def test_a_saved_form_closes_and_says_so(qtbot: QtBot, desk: Desk, presenter: RecordingPresenter, opened: Open) -> None:
    opened(an_activity())
    with qtbot.waitSignals([presenter.recorded, presenter.closed]), qtbot.waitSignal(desk.said) as said:
        Keyboard().press(Qt.Key.Key_Return, CTRL)
    assert said.args == ["Enregistré", None]


def test_the_stopwatch_fills_the_duration_of_a_new_form_and_stops_with_it(
    desk: Desk, database: Database, opened: Open
) -> None:
    desk.stopwatch.start(elapsed=23 * 60)
    view = opened()
    assert view.command().minutes == 25
    chip(view, "Diagnostic numérique").click()
    chip(view, "À distance").click()
    view.save_asked.emit(False)
    assert only(database).minutes == 25
    assert not desk.stopwatch.is_running


def test_a_duration_chosen_by_hand_is_left_alone_by_the_stopwatch(desk: Desk, opened: Open) -> None:
    desk.stopwatch.start(elapsed=23 * 60)
    view = opened()
    chip(view, "1\u00a0h").click()
    desk.stopwatch.ticked.emit("00:24:00")
    assert view.command().minutes == 60


def test_tab_goes_through_the_form_as_it_is_read(database: Database, opened: Open) -> None:
    person = a_beneficiary(database)
    recorded(database, participants=(person,))
    view = opened(an_activity(topics=frozenset({Topic.ADMINISTRATIVE_HELP}), participants=(person,)))
    walked, first = [focused()], focused()
    while len(walked) < 100:
        Keyboard().press(Qt.Key.Key_Tab)
        if focused() is first:
            break
        walked.append(focused())
        assert view.rect().contains(focused().mapTo(view, focused().rect().center()))
        assert not focused().visibleRegion().isEmpty()
    start = walked.index(view.header.findChildren(QAbstractButton)[0])
    assert [*walked[start:], *walked[:start]] == fields_of(view)
    in_form = [one for one in fields_of(view) if not view.aside.isAncestorOf(one) and not view.header.isAncestorOf(one)]
    tops = [one.mapTo(view, QPoint()).y() for one in in_form[:-3]]
    assert tops == sorted(tops)


def test_every_field_has_a_name(database: Database, opened: Open) -> None:
    person = a_beneficiary(database)
    for what in (everything(database), an_activity(kind=ActivityKind.WORKSHOP, participants=(person,))):
        view = opened(what)
        nameless = [one for one in fields_of(view) if not (one.accessibleName() or getattr(one, "text", str)())]
        assert nameless == []


def test_a_place_that_was_archived_is_still_shown_by_its_activities(database: Database, opened: Open) -> None:
    place = a_place(database)
    places.archive(database, place)
    view = opened(an_activity(place_kind=PlaceKind.PLACE, place=place))
    assert chip(view, "Médiathèque de Florac").isChecked()
    assert view.command().place == place


def test_a_full_disk_keeps_what_is_typed_on_screen_whatever_is_pressed(
    presenter: RecordingPresenter, opened: Open, database: Database
) -> None:
    view = opened()
    fill_up(database)
    view.findChildren(QPlainTextEdit)[0].setPlainText("Dossier à reprendre. " * 400)
    typed = view.command()
    presenter.cancel()
    assert view.command() == typed
    opened(ActivityKind.WORKSHOP)
    assert view.command() == typed
    banner = view.findChild(Banner)
    assert isinstance(banner, Banner)
    assert banner.text().startswith("Le disque est plein")


def open_dialog(view: FormView) -> PersonDialog:
    """The dialog of a person that is open now."""
    found = [one for one in view.findChildren(PersonDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("kind", "name"), [(ActivityKind.INDIVIDUAL, "Qui"), (ActivityKind.WORKSHOP, "Participants")])
def test_what_is_typed_of_a_person_is_kept_within_a_second_and_comes_back(
    qtbot: QtBot, database: Database, opened: Open, kind: ActivityKind, name: str
) -> None:
    view = opened(an_activity(kind=kind))
    type_in(view, name, "durand paul")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    dialog = open_dialog(view)
    dialog._editor.form.set_value(replace(dialog.typed(), birth_year=1951, notes="Vient le mardi."))
    wait_within(qtbot, 1_000, lambda: bool(drafts.waiting(database)))
    (draft,) = drafts.waiting(database)
    assert draft.person == dialog.typed()
    dialog.reject()
    again = open_dialog(opened(draft))
    assert again.typed() == draft.person
    again.save()
    assert len(view.command().participants) == 1
    assert beneficiaries.search(database, "durand")[0].birth_year == 1951


def test_a_person_typed_just_before_the_lock_is_kept(
    database: Database, presenter: RecordingPresenter, opened: Open
) -> None:
    view = opened(an_activity())
    type_in(view, "Qui", "durand paul")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    dialog = open_dialog(view)
    dialog._editor.form.set_value(replace(dialog.typed(), phone="06 00 00 00 01"))
    presenter.keep_draft_now()
    (draft,) = drafts.waiting(database)
    assert draft.person is not None
    assert draft.person.phone == "06 00 00 00 01"
    dialog.save()
    presenter.keep_draft_now()
    assert drafts.waiting(database)[0].person is None
