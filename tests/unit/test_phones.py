"""Phone numbers: of France, overseas, Luxembourg and elsewhere, however they are typed."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.services import phones


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("06-12/34 56 (78)", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("(+33) 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0262 12 34 56", "+262262123456"),
        ("0269 61 02 03", "+262269610203"),
        ("0590123456", "+590590123456"),
        ("0594 12 34 56", "+594594123456"),
        ("0596 12 34 56", "+596596123456"),
        ("+262 692 12 34 56", "+262692123456"),
        ("+352123456789", "+352123456789"),
        ("+352 621 123 456", "+352621123456"),
        ("00352 27 12 34", "+352271234"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+213 551 23 45 67", "+213551234567"),
        ("+687 45 67 89", "+687456789"),
    ],
)
def test_phones_are_kept_with_their_country(typed: str, kept: str) -> None:
    assert phones.canonical(typed) == kept


@pytest.mark.parametrize(
    "typed", ["06 12", "0612345678 9", "612345678", "+33 6 12", "+999 123", "à demander", "+", "3639"]
)
def test_what_is_no_whole_number_is_told(typed: str) -> None:
    with pytest.raises(UserError) as fault:
        phones.canonical(typed)
    assert list(fault.value.fields) == ["phone"]


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_typed_is_no_number(typed: str) -> None:
    assert phones.canonical(typed) is None


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+262262123456", "02 62 12 34 56"),
        ("+352621123456", "+352621123456"),
        ("", ""),
        ("à demander", "à demander"),
    ],
)
def test_a_number_is_said_as_people_say_it(kept: str, said: str) -> None:
    assert phones.national(kept) == said


@pytest.mark.parametrize("phone", ["+262692123456", "+262639123456", "+33692123456", "+590690123456", "+352123456789"])
def test_a_phone_shown_and_saved_again_is_the_same(phone: str) -> None:
    assert phones.canonical(phones.national(phone)) == phone


@given(
    country=st.sampled_from(["33", "262", "590", "594", "596"]), number=st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
)
def test_every_french_number_shown_and_saved_again_is_the_same(country: str, number: str) -> None:
    kept = f"+{country}{number}"
    assert phones.canonical(phones.national(kept)) == kept


def test_a_french_number_does_not_wait_for_the_library() -> None:
    asked = (
        "import sys; from app.services import phones, beneficiaries;"
        "phones.national('+33612345678'); phones.canonical('06 12 34 56 78'); print('phonenumbers' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
