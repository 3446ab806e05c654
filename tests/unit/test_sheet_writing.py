"""A sheet written from a form: its text is read back as the same sheet, whatever was typed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.resources import resource
from app.services.sheets.checking import check
from app.services.sheets.places import Place, called, place_of
from app.services.sheets.reading import STEPS, read, sheet_of
from app.services.sheets.sheet import Drawing, Sheet, Source, Step
from app.services.sheets.writing import blank, is_whole, plain, write
from protocol.vocabulary import ProcedureFamily, Topic, WorkshopLevel
from tests.unit.test_sheets import CARRYING, EASY, SVG

TODAY = date(2026, 11, 29)
words = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="-+#=~>*_`[]()<>&;!|\\\"'1.) \u00a0aé\n", max_size=30),
    st.sampled_from(
        ["1. Cliquez", "- une ligne", "## Les étapes", "+++", "![a](b)", "```dessin a.svg", "---", "&amp;"]
    ),
)
lists = st.lists(words, max_size=4).map(tuple)
drawings = st.builds(Drawing, st.sampled_from(["enveloppe.svg", "notre-tablette.svg", "chat.svg"]), words)
sheets = st.builds(
    Sheet,
    code=st.just(""),
    title=words,
    summary=words,
    themes=st.lists(st.sampled_from([*Topic, *ProcedureFamily]), max_size=3, unique=True).map(tuple),
    level=st.one_of(st.none(), st.sampled_from(WorkshopLevel)),
    minutes=st.integers(0, 999),
    checked_on=st.one_of(st.none(), st.dates()),
    words=lists,
    to_verify=st.booleans(),
    sources=st.lists(st.builds(Source, words, words, st.booleans()), max_size=3).map(tuple),
    materials=lists,
    steps=st.lists(st.builds(Step, words, words, st.one_of(st.none(), drawings)), max_size=12).map(tuple),
    to_remember=lists,
    warnings=lists,
    drawings=st.sampled_from([(), (("notre-tablette.svg", SVG),)]),
)


@given(sheets)
def test_what_a_form_says_is_read_back_the_same(sheet: Sheet) -> None:
    text = write(sheet)
    assert sheet_of("", read(text)) == plain(sheet)
    assert is_whole(text)
    assert write(sheet_of("", read(text))) == text


@given(st.text(alphabet="+[]{}=\"'#*-0123456789.\n abcé`<>!()", max_size=60), st.integers(0, len(EASY)))
def test_a_text_that_the_form_shows_loses_nothing_that_is_read(noise: str, place: int) -> None:
    text = EASY[:place] + noise + EASY[place:]
    if is_whole(text):
        sheet = sheet_of("", read(text))
        assert sheet_of("", read(write(sheet))) == plain(sheet)


@pytest.mark.parametrize("path", sorted(resource("fiches").glob("*.md")), ids=lambda path: path.stem)
def test_every_sheet_of_the_library_is_written_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert is_whole(text)
    assert write(sheet_of("", read(text))) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mots =", "mot ="),
        ('["prendre_en_main_du_materiel"]', '["jardinage"]'),
        ("duree = 10", 'duree = "dix minutes"'),
        ("verifiee = 2026-11-20", 'verifiee = "hier"'),
        ("## À retenir", "## Astuces"),
        ("## Les étapes", "Bonjour à tous.\n\n## Les étapes"),
        ("3. Touchez", "   ![Une enveloppe](dessins/enveloppe.svg)\n3. Touchez"),
        ("- Rangez", "1. Rangez"),
        ("son étui.", "son étui.\n  ![Une enveloppe](dessins/enveloppe.svg)"),
        ("+++\n\n##", "\n\n##"),
        ('titre = "Essayé au club"', 'titre = "", adresse = "https://club.example"'),
        ('titre = "Essayé au club"', 'titre = "Essayé au club", page = 3'),
        ("## À retenir", "## À retenir\n\n## À retenir"),
    ],
)
def test_a_text_that_says_more_than_a_form_is_told_apart(before: str, after: str) -> None:
    assert before in EASY
    text = EASY.replace(before, after, 1)
    if "enveloppe" in after and "3." in after:
        text = text.replace(
            "L’écran s’allume.", "L’écran s’allume.\n   ![Une croix](dessins/telephone-application.svg)"
        )
    assert is_whole(EASY)
    assert is_whole(CARRYING)
    assert not is_whole(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [("duree = 10\n", ""), ("niveau =", "# à revoir\nniveau ="), ("Touchez le dessin", "Touchez **le dessin**")],
)
def test_what_misses_or_only_looks_otherwise_does_not_keep_it_from_the_form(before: str, after: str) -> None:
    assert is_whole(EASY.replace(before, after, 1))


def test_a_source_that_was_not_read_makes_the_sheet_to_verify() -> None:
    sheet = replace(sheet_of("", read(EASY)), sources=(Source("Le site de la ville", read=False),))
    assert check(write(sheet)) == ()
    assert sheet_of("", read(write(sheet))).to_verify


def test_a_new_sheet_only_lacks_what_one_must_write() -> None:
    text = write(blank(TODAY))
    said = [called(place_of(read(text), fault.line)) for fault in check(text) if fault.is_of_form]
    assert said == ["Titre", "En une phrase", "Thèmes", "Sources", "Les étapes"]


def test_every_fault_leads_to_its_place_in_the_form() -> None:
    sheet = sheet_of("", read(EASY))
    steps = (*sheet.steps[:3], Step("Le site s’ouvre."), *sheet.steps[3:])
    text = write(replace(sheet, steps=steps, minutes=0))
    places = [place_of(read(text), fault.line) for fault in check(text)]
    assert places == [Place("duree"), Place(STEPS, 3)]
    assert list(map(called, places)) == ["Durée", "Étape\u00a04"]
