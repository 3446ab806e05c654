"""Searches see through accents, ligatures, hyphens, apostrophes and capitals."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("L'HAY LES ROSES", "l hay les roses"),
        ("  Œuilly\u00a0(Aisne) ", "oeuilly aisne"),
        ("Lætitia Strauß", "laetitia strauss"),
        ("Łukasz Đorđe Søren", "lukasz dorde soren"),
        ("Côte\u0301 №\u00a05 ℡", "cote no 5 tel"),
        ("100 %_", "100"),
        ("", ""),
    ],
)
def test_text_is_folded_as_people_expect(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_capitals_and_decomposed_accents_make_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(unicodedata.normalize("NFD", text)) == fold(text)
