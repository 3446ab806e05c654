"""What the fingers meet: chips, type-ahead, counters, durations, days, notes, and the line that undoes."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui import theme
from app.ui.widgets.banner import Banner
from app.ui.widgets.bar_strip import BarStrip
from app.ui.widgets.chip import Chip
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.decorated_field import PasswordField, SearchField
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.notes_edit import REMINDER, NotesEdit
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.removable_chip import RemovableChip
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.star_rating import StarRating
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.suggestion_popup import Suggestion, SuggestionPopup
from app.ui.widgets.toast import Toast
from app.ui.widgets.type_ahead import TypeAhead

Key = Qt.Key
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="clair"))


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    """A window on screen, with a field before and a field after what is tested."""
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(700, 500)
    yield window
    window.close()


def put(page: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        page.layout().addWidget(widget)  # type: ignore[union-attr]
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QApplication.processEvents()


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


# Chips


def test_checking_a_chip_neither_cuts_its_text_nor_moves_its_neighbours(qtbot: QtBot) -> None:
    chip = Chip("Démarches administratives")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.setChecked(True)
    assert chip.sizeHint() == before
    bold = theme.font(weight=theme.font().Weight.DemiBold)
    chip.setFont(bold)
    assert before.width() >= chip.fontMetrics().horizontalAdvance(chip.text()) + 2 * theme.px(14)


def topics(*, multiple: bool = True, visible: int | None = None) -> ChipGroup[int]:
    group: ChipGroup[int] = ChipGroup(multiple=multiple, visible=visible, others="thèmes")
    labels = ["E-mail", "Santé", "Navigation", "Emploi", "Écrire un courrier"]
    group.set_choices([(place, label, "") for place, label in enumerate(labels)])
    return group


def test_tab_crosses_a_group_of_chips_in_one_stop(page: QWidget) -> None:
    before, group, after = QLineEdit(), topics(), QLineEdit()
    put(page, before, group, after)
    before.setFocus()
    press(Key.Key_Tab)
    assert group.chip(0).hasFocus()
    press(Key.Key_Right, Key.Key_Right)
    assert group.chip(2).hasFocus()
    press(Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert group.chip(2).hasFocus()


def test_space_and_enter_choose_several_chips(qtbot: QtBot, page: QWidget) -> None:
    group = topics()
    put(page, group)
    group.focus_first()
    with qtbot.waitSignals([group.changed, group.changed]):
        press(Key.Key_Space, Key.Key_Right, Key.Key_Return)
    assert group.values() == [0, 1]
    press(Key.Key_Return)
    assert group.values() == [0]


def test_a_single_choice_replaces_the_one_before(page: QWidget) -> None:
    group = topics(multiple=False)
    put(page, group)
    group.focus_first()
    press(Key.Key_Space, Key.Key_Right, Key.Key_Space)
    assert group.values() == [1]
    press(Key.Key_Space)
    assert group.value() is None


def test_a_letter_jumps_to_the_next_chip_that_starts_with_it_whatever_its_accent(page: QWidget) -> None:
    group = topics()
    put(page, group)
    group.focus_first()
    press(Key.Key_E)
    assert group.chip(3).hasFocus()
    press(Key.Key_E)
    assert group.chip(4).hasFocus()
    press(Key.Key_N)
    assert group.chip(2).hasFocus()


def test_the_choices_folded_away_appear_on_demand(page: QWidget) -> None:
    group = topics(visible=2)
    put(page, group)
    group.focus_first()
    press(Key.Key_End)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Chip)
    assert focused.text() == "+ 3 thèmes"
    press(Key.Key_Return)
    assert group.chip(2).hasFocus()
    assert group.chip(4).isVisible()
    assert group.values() == []


def test_what_is_selected_is_never_folded_away(page: QWidget) -> None:
    group = topics(visible=1)
    group.set_choices([(place, str(place), "") for place in range(6)], [4])
    put(page, group)
    assert group.chip(4).isVisible()
    assert not group.chip(2).isVisible()


def test_a_removable_chip_leaves_by_the_keyboard(qtbot: QtBot, page: QWidget) -> None:
    chip = RemovableChip("Florac")
    put(page, chip)
    chip.setFocus()
    with qtbot.waitSignal(chip.removed):
        press(Key.Key_Delete)


def test_chips_flow_on_as_many_lines_as_they_need(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for _ in range(6):
        flow.addWidget(Chip("Démarches"))
    one_line, line = flow.heightForWidth(2000), Chip("x").sizeHint().height()
    assert one_line == line
    assert flow.heightForWidth(250) > 2 * line


# Type-ahead

PEOPLE = [
    Suggestion(1, "Delmas Jeanne", "née en 1948"),
    Suggestion(2, "Delpuech Marcel"),
    Suggestion(3, "Roux Odette"),
]


def find(text: str) -> list[Suggestion[int]]:
    return [person for person in PEOPLE if person.label.lower().startswith(text.lower())]


def test_enter_picks_the_first_suggestion(qtbot: QtBot, page: QWidget) -> None:
    field = TypeAhead(find)
    put(page, field)
    field.setFocus()
    QTest.keyClicks(field.field, "del")
    with qtbot.waitSignal(field.picked) as picked:
        press(Key.Key_Return)
    assert picked.args == [1]
    assert field.text() == "Delmas Jeanne"
    assert field.field.hasFocus()


def test_down_then_tab_picks_the_second_and_goes_on(page: QWidget) -> None:
    field, after = TypeAhead(find), QLineEdit()
    put(page, field, after)
    field.setFocus()
    QTest.keyClicks(field.field, "del")
    press(Key.Key_Down, Key.Key_Tab)
    assert field.value() == 2
    assert after.hasFocus()


def test_escape_closes_the_list_and_picks_nothing(page: QWidget) -> None:
    field, after = TypeAhead(find), QLineEdit()
    put(page, field, after)
    field.setFocus()
    QTest.keyClicks(field.field, "del")
    press(Key.Key_Escape, Key.Key_Tab)
    assert field.value() is None
    assert field.text() == "del"
    assert after.hasFocus()


def test_tab_through_an_untouched_field_picks_nothing(page: QWidget) -> None:
    field, after = TypeAhead(find), QLineEdit()
    put(page, field, after)
    field.setFocus()
    press(Key.Key_Tab)
    assert field.value() is None
    assert after.hasFocus()


def test_down_in_an_empty_field_offers_the_most_frequent(page: QWidget) -> None:
    field = TypeAhead(find)
    put(page, field)
    field.setFocus()
    press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert field.value() == 2


def test_typing_over_a_pick_forgets_it(qtbot: QtBot, page: QWidget) -> None:
    field = TypeAhead(find)
    field.set_picked(PEOPLE[2])
    put(page, field)
    field.setFocus()
    field.field.selectAll()
    with qtbot.waitSignal(field.cleared):
        QTest.keyClicks(field.field, "d")
    assert field.value() is None


def test_the_list_follows_its_field_when_the_page_scrolls(page: QWidget) -> None:
    area, inside = QScrollArea(), QWidget()
    field, tall = TypeAhead(find), QWidget()
    tall.setFixedHeight(2000)
    column = QVBoxLayout(inside)
    column.addSpacing(200)
    column.addWidget(field)
    column.addWidget(tall)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    put(page, area)
    field.setFocus()
    QTest.keyClicks(field.field, "del")
    popup = page.findChild(SuggestionPopup)
    assert popup is not None
    before = popup.y()
    area.verticalScrollBar().setValue(60)
    assert popup.y() == before - 60


def test_an_unknown_name_can_be_created(qtbot: QtBot, page: QWidget) -> None:
    field = TypeAhead(find, create_label=lambda text: f"Créer «\u00a0{text}\u00a0»")
    put(page, field)
    field.setFocus()
    QTest.keyClicks(field.field, "Zohra")
    with qtbot.waitSignal(field.create_requested) as asked:
        press(Key.Key_Return)
    assert asked.args == ["Zohra"]


def test_several_picks_become_chips_that_backspace_takes_back(page: QWidget) -> None:
    field = TypeAhead(find, multiple=True)
    put(page, field)
    field.setFocus()
    QTest.keyClicks(field.field, "del")
    press(Key.Key_Return)
    QTest.keyClicks(field.field, "del")
    press(Key.Key_Return)
    assert field.values() == [1, 2]
    press(Key.Key_Backspace)
    assert field.values() == [1]


# Counters, durations, days


def test_a_stepper_stays_between_its_limits(page: QWidget) -> None:
    stepper = Stepper(0, 2)
    put(page, stepper)
    stepper.setFocus()
    press(Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert stepper.value() == 2
    press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert stepper.value() == 0
    stepper.set_value(9)
    assert stepper.value() == 2


def test_a_usual_duration_is_one_chip(page: QWidget) -> None:
    picker = DurationPicker()
    put(page, picker)
    assert picker.value() is None
    picker.setFocus()
    press(Key.Key_Right, Key.Key_Space)
    assert picker.value() == 30


def test_another_duration_is_typed_in_hours_and_minutes(page: QWidget) -> None:
    picker = DurationPicker()
    put(page, picker)
    picker.setFocus()
    press(Key.Key_End, Key.Key_Space)
    assert picker.value() is None
    press(Key.Key_2, Key.Key_Tab, Key.Key_5)
    assert picker.value() == 125


@pytest.mark.parametrize("minutes", [15, 50, 125, 1439])
def test_a_duration_that_is_shown_is_the_one_read(qtbot: QtBot, minutes: int) -> None:
    picker = DurationPicker()
    qtbot.addWidget(picker)
    with qtbot.assertNotEmitted(picker.changed):
        picker.set_value(minutes)
    assert picker.value() == minutes


def test_a_day_is_today_unless_said_otherwise(page: QWidget) -> None:
    picker = DayPicker(lambda: TUESDAY)
    put(page, picker)
    assert picker.value() == TUESDAY
    picker.setFocus()
    press(Key.Key_Right, Key.Key_Space)
    assert picker.value() == date(2026, 11, 23)
    press(Key.Key_Space)
    assert picker.value() == date(2026, 11, 23)


def test_another_day_is_typed(page: QWidget) -> None:
    picker = DayPicker(lambda: TUESDAY)
    put(page, picker)
    picker.setFocus()
    press(Key.Key_A, Key.Key_Space, Key.Key_1, Key.Key_7)
    assert picker.value() == date(2026, 11, 17)


def test_segments_are_chosen_by_arrows(qtbot: QtBot, page: QWidget) -> None:
    control = SegmentedControl([("one", "Individuel"), ("many", "Atelier")])
    put(page, control)
    press_here = control.findChildren(QWidget)[0]
    press_here.setFocus()
    with qtbot.waitSignal(control.changed):
        press(Key.Key_Right)
    assert control.value() == "many"


# Words


def test_notes_take_only_the_words_of_what_is_pasted(page: QWidget) -> None:
    notes, after = NotesEdit(), QLineEdit()
    put(page, notes, after)
    pasted = QMimeData()
    pasted.setHtml("<b>Bonjour</b>")
    pasted.setText("Bonjour")
    notes.setFocus()
    notes.field.insertFromMimeData(pasted)
    assert notes.value() == "Bonjour"
    press(Key.Key_Tab)
    assert after.hasFocus()
    assert notes.field.accessibleDescription() == REMINDER


def test_an_error_is_said_beside_its_field_and_to_those_who_listen(qtbot: QtBot) -> None:
    picker = DurationPicker()
    row = FieldRow("Durée", picker)
    qtbot.addWidget(row)
    row.set_error("Indiquez une durée.")
    assert row.error() == "Indiquez une durée."
    row.set_error(None)
    assert row.error() == ""


def test_details_open_and_close_by_the_keyboard(page: QWidget) -> None:
    details = Collapsible("Plus de détails", QLineEdit())
    put(page, details)
    details.setFocus()
    press(Key.Key_Right)
    assert details.is_open()
    press(Key.Key_Return)
    assert not details.is_open()


def test_undo_is_offered_once_and_only_in_time(qtbot: QtBot, page: QWidget) -> None:
    put(page)
    toast = Toast(page)
    toast.show_message("Activité supprimée", offer="Annuler")
    with qtbot.waitSignal(toast.acted):
        toast.act()
    with qtbot.assertNotEmitted(toast.acted):
        toast.act()
    toast.show_message("Enregistré")
    assert not toast.can_act()


def test_a_message_never_takes_the_keyboard_and_closes_the_one_before(qtbot: QtBot, page: QWidget) -> None:
    field = QLineEdit()
    put(page, field)
    field.setFocus()
    toast = Toast(page)
    toast.show_message("Activité supprimée", offer="Annuler")
    with qtbot.waitSignal(toast.closed):
        toast.show_message("Enregistré")
    assert field.hasFocus()


def test_what_is_drawn_is_also_said(qtbot: QtBot) -> None:
    stars, bars, banner = StarRating(2), BarStrip(), Banner("warning", "Le disque est presque plein.")
    bars.set_week([1, 0, 0, 0, 0, 0, 0], 0, ["1 activité"] * 7)
    for widget in (stars, bars, banner):
        qtbot.addWidget(widget)
    assert stars.accessibleName() == "2 étoiles sur 3"
    assert bars.accessibleDescription().startswith("lundi\u00a0: 1 activité")
    assert banner.text() == "Le disque est presque plein."


def test_everything_the_keyboard_reaches_has_a_name(page: QWidget) -> None:
    several = TypeAhead(find, placeholder="Étiquettes", multiple=True)
    several.set_picked(*PEOPLE)
    inputs = [
        topics(),
        DurationPicker(),
        DayPicker(lambda: TUESDAY),
        NotesEdit(),
        Stepper(),
        SegmentedControl([(1, "Un")]),
    ]
    rows = [
        FieldRow("Question", one) for one in [*inputs, several, ChoiceBox([(1, "Tous les lieux")]), PasswordField()]
    ]
    details = Collapsible("Plus de détails", NumberField(), is_open=True)
    put(page, *rows, details)
    details.findChild(NumberField).setAccessibleName("Heures")  # type: ignore[union-attr]
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parent(), QAbstractSpinBox)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert [f"{widget.metaObject().className()} {widget.objectName()}" for widget in nameless] == []


def test_a_list_says_only_the_gestures_that_change_it(qtbot: QtBot, page: QWidget) -> None:
    box = ChoiceBox([("all", "Tous les lieux"), ("florac", "Florac")])
    put(page, box)
    with qtbot.assertNotEmitted(box.changed):
        box.set_value("florac")
    box.setFocus()
    with qtbot.waitSignal(box.changed):
        press(Key.Key_Up)
    assert box.value() == "all"


def test_the_eye_shows_a_secret_and_hides_it_again(page: QWidget) -> None:
    field = PasswordField("Phrase de passe")
    put(page, field)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.button.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    field.button.click()
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_the_cross_empties_a_search(qtbot: QtBot, page: QWidget) -> None:
    field = SearchField("Rechercher")
    put(page, field)
    assert not field.button.isVisible()
    QTest.keyClicks(field, "florac")
    with qtbot.waitSignal(field.clear_asked):
        field.button.click()
    assert field.text() == ""


def test_large_letters_put_the_name_of_a_field_above_it(qtbot: QtBot) -> None:
    row = FieldRow("Lieu", QLineEdit())
    qtbot.addWidget(row)
    row.resize(600, 40)
    row.show()
    beside = row.content.x()
    row.resize(250, 80)
    QApplication.processEvents()
    assert row.content.x() == 0 < beside


def test_a_narrow_rail_keeps_the_word_as_a_tool_tip(qtbot: QtBot) -> None:
    button = RailButton("sun", "Ma journée")
    qtbot.addWidget(button)
    button.set_compact(True)
    assert button.toolTip() == button.accessibleName() == "Ma journée"
