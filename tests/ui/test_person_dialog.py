"""The dialog of a person: kind about doubles, exact about faults, and quick at the keyboard."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.database import Database
from app.services import beneficiaries
from app.services.age_bands import age_band_at
from app.services.commands import SaveBeneficiary
from app.ui.desk import Desk
from app.ui.duplicates.likely import LikelyBanner
from app.ui.people.names import split_name
from app.ui.people.person_dialog import PersonDialog
from app.ui.reading_order import fields_of
from protocol.vocabulary import AgeBand, Gender, SocialStatus
from tests.notebook import a_beneficiary
from tests.ui.forms import Keyboard, button, chip, errors, field, focused

Opened = Callable[..., PersonDialog]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Opened:
    behind = QWidget()
    qtbot.addWidget(behind)
    behind.show()

    def open_on(person: SaveBeneficiary | str) -> PersonDialog:
        if isinstance(person, str):
            made = PersonDialog.to_create(desk.database, person, None, behind)
        else:
            made = PersonDialog(desk.database, person, behind)
        made.open()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return open_on


def everyone(database: Database) -> list[SaveBeneficiary]:
    return [beneficiaries.form_of(database, row.id) for row in beneficiaries.search(database, "")]


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("delmas jeanne", ("Delmas", "Jeanne")),
        ("Jeanne DELMAS", ("Delmas", "Jeanne")),
        ("DELMAS Jeanne", ("Delmas", "Jeanne")),
        ("de la tour anne-marie", ("de la Tour", "Anne-Marie")),
        ("McAdam", ("McAdam", "")),
        ("", ("", "")),
    ],
)
def test_a_name_typed_in_one_go_is_parted(typed: str, parted: tuple[str, str]) -> None:
    assert split_name(typed) == parted


def test_control_enter_saves_as_everywhere_else(qtbot: QtBot, database: Database, opened: Opened) -> None:
    opened("delmas jeanne")
    Keyboard().press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(everyone(database)) == 1)


def test_enter_saves_the_name_that_was_typed(qtbot: QtBot, database: Database, opened: Opened) -> None:
    dialog = opened("delmas jeanne")
    with qtbot.waitSignal(dialog.saved) as saved:
        Keyboard().press(Qt.Key.Key_Return)
    assert saved.args is not None
    assert everyone(database) == [SaveBeneficiary(id=saved.args[0], last_name="Delmas", first_name="Jeanne")]


def test_escape_saves_nobody(database: Database, opened: Opened) -> None:
    dialog = opened("delmas jeanne")
    Keyboard().press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert everyone(database) == []


def test_everything_known_of_a_person_is_shown_and_kept(database: Database, opened: Opened) -> None:
    known = SaveBeneficiary(
        first_name="Jeanne",
        last_name="Delmas",
        phone="06 12 34 56 78",
        email="jeanne@exemple.fr",
        municipality="48061",
        postal_code="48400",
        gender=Gender.FEMALE,
        age_band=AgeBand.OVER_70,
        status=SocialStatus.RETIRED,
        notes="Préfère le mardi",
    )
    beneficiaries.save(database, known)
    (before,) = everyone(database)
    opened(before).save()
    assert everyone(database) == [before]


def test_each_fault_is_said_beside_its_field_and_nothing_is_lost(database: Database, opened: Opened) -> None:
    dialog = opened("Delmas")
    field(dialog, "Téléphone").setText("06 12")
    field(dialog, "E-mail").setText("jeanne")
    field(dialog, "Commune").setText("flo")
    dialog.save()
    assert [sentence.split()[0] for sentence in errors(dialog)] == ["Indiquez", "Ce", "Cette", "Choisissez"]
    field(dialog, "Commune").clear()
    dialog.save()
    assert [sentence.split()[0] for sentence in errors(dialog)] == ["Indiquez", "Ce", "Cette"]
    assert focused() is field(dialog, "Prénom")
    assert (field(dialog, "Téléphone").text(), dialog.isVisible(), everyone(database)) == ("06 12", True, [])


def test_a_fault_is_said_no_more_once_its_field_is_typed_in_again(opened: Opened) -> None:
    dialog = opened("")
    dialog.save()
    assert errors(dialog) == ["Indiquez le nom.", "Indiquez le prénom."]
    QTest.keyClicks(focused(), "Delmas")
    assert errors(dialog) == ["Indiquez le prénom."]
    dialog.reject()


def test_a_name_pasted_on_two_lines_is_kept_on_one(database: Database, opened: Opened) -> None:
    dialog = opened("Delmas")
    QApplication.clipboard().setText("Jeanne\n  Odette\n")
    field(dialog, "Prénom").clear()
    field(dialog, "Prénom").paste()
    dialog.save()
    assert [one.first_name for one in everyone(database)] == ["Jeanne Odette"]


def test_the_year_of_birth_says_the_age_band(database: Database, opened: Opened) -> None:
    dialog = opened("Delmas Jeanne")
    chip(dialog, "Moins de 12 ans").click()
    field(dialog, "Année de naissance").setText("1948")
    shown = age_band_at(1948, date.today())
    assert shown is AgeBand.OVER_70
    assert chip(dialog, "70 ans et plus").isChecked()
    assert not chip(dialog, "70 ans et plus").isEnabled()
    field(dialog, "Année de naissance").clear()
    assert chip(dialog, "Moins de 12 ans").isChecked()
    assert chip(dialog, "Moins de 12 ans").isEnabled()


def test_somebody_without_a_telephone_has_no_number(database: Database, opened: Opened) -> None:
    dialog = opened("Delmas Jeanne")
    field(dialog, "Téléphone").setText("06 12 34 56 78")
    button(dialog, "N’a pas de téléphone").click()
    assert not field(dialog, "Téléphone").isEnabled()
    dialog.save()
    (kept,) = everyone(database)
    assert (kept.phone, kept.no_phone) == ("", True)


def test_somebody_of_the_same_name_is_offered_instead(qtbot: QtBot, database: Database, opened: Opened) -> None:
    there = a_beneficiary(database, birth_year=1948)
    dialog = opened("délmas jeanne")
    banner = warning(dialog)
    assert banner.isVisible()
    assert "peut-être déjà dans votre carnet\u00a0:\nDelmas Jeanne (né(e) en 1948)" in banner.text()
    with qtbot.waitSignal(dialog.saved) as saved:
        Keyboard().press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert saved.args == [there]
    assert len(everyone(database)) == 1


def test_somebody_who_has_the_same_phone_and_name_is_offered_once_the_phone_is_typed(
    database: Database, opened: Opened
) -> None:
    there = a_beneficiary(database, "Benali", "Aïcha", phone="06 12 34 56 78")
    dialog = opened("benali aicha-louise")
    assert not warning(dialog).isVisible()
    field(dialog, "Téléphone").setFocus()
    Keyboard().letters("0612345678")
    Keyboard().press(Qt.Key.Key_Tab)
    assert warning(dialog).isVisible()
    button(dialog, "C’est elle\u00a0: Benali Aïcha").click()
    assert [form.id for form in everyone(database)] == [there]


def test_whoever_is_created_all_the_same_is_warned_of_no_more(database: Database, opened: Opened) -> None:
    a_beneficiary(database)
    dialog = opened("Delmas Jeanne")
    Keyboard().press(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert not warning(dialog).isVisible()
    field(dialog, "Prénom").editingFinished.emit()
    assert not warning(dialog).isVisible()
    Keyboard().press(Qt.Key.Key_Return)
    assert len(everyone(database)) == 2


def warning(dialog: PersonDialog) -> LikelyBanner:
    found = dialog.findChild(LikelyBanner)
    assert isinstance(found, LikelyBanner)
    return found


def test_two_people_may_have_the_same_name(database: Database, opened: Opened) -> None:
    a_beneficiary(database)
    opened("Delmas Jeanne").save()
    assert len(everyone(database)) == 2


def test_changing_a_person_does_not_take_her_for_her_own_double(database: Database, opened: Opened) -> None:
    id_: UUID = a_beneficiary(database)
    dialog = opened(beneficiaries.form_of(database, id_))
    assert not warning(dialog).isVisible()


def test_every_field_has_a_name_and_is_reached_by_tab(opened: Opened) -> None:
    dialog = opened("Delmas")
    fields = fields_of(dialog)
    assert [one for one in fields if not (one.accessibleName() or getattr(one, "text", str)())] == []
    fields[0].setFocus()
    walked = [focused()]
    for _ in fields[1:]:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        walked.append(focused())
    assert walked == fields
