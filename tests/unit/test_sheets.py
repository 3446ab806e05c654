"""The learner sheets: what the library holds, what the check refuses, how they are found, kept and shared."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.labels import NBSP
from app.resources import resource
from app.services import typed
from app.services.sheets import drawings, library, own, sharing
from app.services.sheets.carried import joined, parted, tidy
from app.services.sheets.checking import check
from app.services.sheets.library import SheetFilter
from app.services.sheets.reading import read, sheet_of
from app.services.sheets.sheet import UNTITLED, Drawing
from protocol.vocabulary import ProcedureFamily, Topic, WorkshopLevel
from tests.notebook import new_database

EASY = """+++
titre = "Allumer la tablette du club"
resume = "Démarrer la tablette et ouvrir une page."
themes = ["prendre_en_main_du_materiel"]
niveau = "debutant"
duree = 10
verifiee = 2026-11-20
mots = ["ardoise"]
sources = [{ titre = "Essayé au club" }]
+++

## Les étapes

1. Prenez la tablette.
   ![Un téléphone avec une application](dessins/telephone-application.svg)
2. Appuyez sur le bouton du côté.
   L’écran s’allume.
3. Touchez le dessin du navigateur.
4. Tapez le nom du site.
5. Touchez la flèche.

## À retenir

- Rangez la tablette dans son étui.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 150"><rect x="9" y="9" width="90" height="90"/></svg>'
CARRYING = joined(EASY.replace("telephone-application.svg", "notre-tablette.svg"), {"notre-tablette.svg": SVG})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def sentences(text: str) -> list[str]:
    return [fault.sentence for fault in check(text)]


# what the library holds


@pytest.mark.parametrize("path", sorted(resource("fiches").glob("*.md")), ids=lambda path: path.stem)
def test_every_sheet_of_the_library_is_without_fault(path: Path) -> None:
    assert check(path.read_text(encoding="utf-8")) == ()


def test_the_library_has_twenty_four_sheets_at_least_and_one_for_each_theme() -> None:
    sheets = library.bundled()
    assert len(sheets) >= 24
    assert {theme for one in sheets for theme in one.themes} == {*Topic, *ProcedureFamily}
    assert len({one.title for one in sheets}) == len(sheets)


@pytest.mark.parametrize(
    "asked",
    [
        "écrire proches", "envoyer e-mail", "naviguer internet", "installer application", "carte d’identité",
        "carte grise", "rendez-vous médecin", "déclarer revenus",
    ],
)  # fmt: skip
def test_the_everyday_uses_and_procedures_of_the_mission_are_found(asked: str) -> None:
    words = {word[:5] for word in asked.replace("d’", "").split()}
    first = library.found(library.bundled(), asked)[0]
    assert all(any(word in part.lower() for part in (first.title.lower(), *first.words)) for word in words)


def test_every_drawing_is_plain_used_and_of_the_usual_size() -> None:
    used = {step.drawing.file for sheet in library.bundled() for step in sheet.steps if step.drawing}
    shipped = {path.name: path.read_bytes() for path in resource("fiches", "dessins").glob("*.svg")}
    assert shipped.keys() == used
    assert all(drawings.is_plain(svg) and b'viewBox="0 0 240 150"' in svg for svg in shipped.values())


# what is read


def test_a_sheet_is_read_with_its_steps_notes_and_drawings() -> None:
    sheet = sheet_of("x", read(EASY))
    assert (sheet.title, sheet.level, sheet.minutes) == ("Allumer la tablette du club", WorkshopLevel.BEGINNER, 10)
    assert sheet.checked_on == date(2026, 11, 20)
    assert (sheet.topics, sheet.families) == ((Topic.FIRST_STEPS_WITH_EQUIPMENT,), ())
    assert sheet.steps[0].drawing == Drawing("telephone-application.svg", "Un téléphone avec une application")
    assert (sheet.steps[1].text, sheet.steps[1].note) == ("Appuyez sur le bouton du côté.", "L’écran s’allume.")
    assert sheet.to_remember == ("Rangez la tablette dans son étui.",)
    assert sheet.sources[0].title == "Essayé au club"


def test_lines_written_on_windows_are_read_alike() -> None:
    assert sheet_of("x", read("\ufeff" + EASY.replace("\n", "\r\n"))) == sheet_of("x", read(EASY))


@given(st.text(max_size=400))
def test_any_text_is_read_and_checked(text: str) -> None:
    assert sheet_of("x", read(text)).title
    assert check(text)
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet="+[]{}=\"'#*-0123456789.\n abcé`<>!()", max_size=200), st.integers(0, len(EASY)))
def test_a_sheet_with_anything_written_in_the_middle_is_read_and_checked(noise: str, place: int) -> None:
    text = EASY[:place] + noise + EASY[place:]
    assert sheet_of("x", read(text)).title
    assert all(1 <= fault.line <= len(text.splitlines()) + 1 and fault.sentence for fault in check(text))


def test_a_header_of_a_thousand_brackets_is_a_fault_as_any_other() -> None:
    deep = EASY.replace('["ardoise"]', "[" * 5000)
    assert check(deep)[0].is_of_form
    assert sheet_of("x", read(deep)).title == UNTITLED


# what is refused


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('sources = [{ titre = "Essayé au club" }]', "sources = []", "Dites d’où viennent"),
        ("verifiee = 2026-11-20\n", "", "le jour où vous avez vérifié"),
        ("verifiee = 2026-11-20", 'verifiee = "hier"', "le jour où vous avez vérifié"),
        ('["prendre_en_main_du_materiel"]', '["jardinage"]', "« jardinage » n’existe pas"),
        ("telephone-application.svg", "chat.svg", "« chat.svg » est introuvable"),
        ("telephone-application.svg", "../../style.svg", "est introuvable"),
        ("![Un téléphone avec une application]", "![]", "ce que montre le dessin"),
        ("3. Touchez le dessin du navigateur.\n", "", "celle-ci en a 4"),
        ("1. Prenez la tablette.", "Bonjour à tous.\n\n1. Prenez la tablette.", "dans aucune liste"),
        ("## À retenir", "## Astuces", "« Astuces » n’est pas prévu"),
        ('niveau = "debutant"', 'niveau = "facile"', "Indiquez le niveau"),
        ("duree = 10", "duree = 0", "Indiquez la durée"),
        ('titre = "Allumer', 'titre = Allumer"', "ne peut pas être lue"),
        ("+++\n\n##", "\n\n##", "n’est pas fermé"),
        ("mots =", "mot =", "ne connaît pas « mot »"),
        ('club" }]', 'club", lue = false }]', "écrivez a_verifier = true"),
    ],
)
def test_a_fault_of_form_is_told_with_its_line_and_refused(
    database: Database, before: str, after: str, said: str
) -> None:
    assert before in EASY
    text = EASY.replace(before, after, 1)
    faults = [fault for fault in check(text) if said in fault.sentence.replace(NBSP, " ")]
    assert faults
    assert all(fault.is_of_form for fault in faults)
    with pytest.raises(UserError, match=re.escape(check(text)[0].sentence)):
        own.save(database, text)
    assert own.mine(database) == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Tapez le nom du site.", "Le site s’ouvre.", "Commencez par ce qu’il faut faire"),
        ("L’écran s’allume.", "L’écran " + "de la tablette " * 6 + "s’allume.", "Cette phrase a 20 mots"),
        (
            "Rangez la tablette dans son étui.",
            "L’authentification préalable conditionne la consultation dématérialisée. " * 8,
            "difficile à lire",
        ),
        ("Rangez la tablette dans son étui.", "Touchez le mot. " * 120, "trop longue"),
        ("   ![Un téléphone avec une application](dessins/telephone-application.svg)\n", "", "Un dessin aide"),
    ],
)
def test_a_fault_of_ease_is_told_and_the_sheet_kept_to_improve(
    database: Database, before: str, after: str, said: str
) -> None:
    text = EASY.replace(before, after, 1)
    assert any(said in fault.sentence and not fault.is_of_form for fault in check(text))
    own.save(database, text)
    assert own.mine(database)[0].to_improve


def test_the_faults_point_at_their_line() -> None:
    (fault,) = check(EASY.replace("4. Tapez le nom du site.", "4. Le site s’ouvre."))
    assert EASY.splitlines()[fault.line - 1] == "4. Tapez le nom du site."


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>1</script></svg>',
        '<!DOCTYPE a [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect fill="url(http://x)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect onclick="x()"/></svg>',
        "<svg",
    ],
)
def test_a_drawing_that_fetches_or_runs_something_is_refused(svg: str) -> None:
    assert not drawings.is_plain(svg.encode())
    assert any("dessin simple" in one for one in sentences(joined(EASY, {"notre-tablette.svg": svg})))


# how they are found


def test_a_sheet_is_found_by_any_word_whatever_its_accents_the_title_first(database: Database) -> None:
    titles = [one.title for one in library.listed(database, SheetFilter("ECRAN"))]
    assert len(titles) > 1
    assert library.listed(database, SheetFilter("carte grise"))[0].families == (ProcedureFamily.TRANSPORT,)
    assert library.listed(database, SheetFilter("courriel"))[0].topics == (Topic.EMAIL,)
    assert library.listed(database, SheetFilter("zzz")) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mot de pase", "Choisir un bon mot de passe"), ("doctolip", "Prendre rendez-vous chez le médecin")],
)
def test_a_sheet_is_found_despite_a_typing_mistake(database: Database, typed: str, meant: str) -> None:
    assert library.listed(database, SheetFilter(typed))[0].title == meant


def test_filters_keep_a_theme_a_level_and_the_own_sheets(database: Database) -> None:
    id_ = own.save(database, EASY)
    mine = library.listed(database, SheetFilter(is_own=True))
    assert [one.code for one in mine] == [str(id_)]
    mail = library.listed(database, SheetFilter(theme=Topic.EMAIL))
    assert mail
    assert all(Topic.EMAIL in one.themes for one in mail)
    hard = library.listed(database, SheetFilter(level=WorkshopLevel.ADVANCED))
    assert hard
    assert all(one.level is WorkshopLevel.ADVANCED for one in hard)
    assert library.suited(database, {Topic.FIRST_STEPS_WITH_EQUIPMENT})[0].topics[0] is Topic.FIRST_STEPS_WITH_EQUIPMENT


# the advisor's own


def test_an_own_sheet_is_written_changed_put_away_deleted_and_brought_back(database: Database) -> None:
    id_ = own.save(database, EASY)
    assert library.found(library.library(database), "ardoise")[0].own
    assert own.save(database, EASY.replace("du club", "de Florac"), id_) == id_
    assert library.find(database, str(id_)).title == "Allumer la tablette de Florac"  # type: ignore[union-attr]
    own.set_archived(database, id_)
    assert library.listed(database, SheetFilter("ardoise")) == ()
    assert len(library.listed(database, SheetFilter("ardoise", is_archived=True))) == 1
    own.set_archived(database, id_, False)
    own.delete(database, id_)
    assert own.mine(database) == ()
    assert library.titles(database, [str(id_)]) == {str(id_): "Allumer la tablette de Florac"}
    own.restore(database, id_)
    assert len(own.mine(database)) == 1


def test_what_is_being_typed_is_kept_until_it_is_saved(database: Database) -> None:
    name = typed.Name("sheet.nouvelle")
    typed.keep(database, name, typed.Typed("+++\ntitre"))
    assert typed.kept(database, name, str) == typed.Typed("+++\ntitre")
    own.save(database, EASY, typed_as=name)
    assert typed.kept(database, name, str) is None


def test_a_sheet_of_a_newer_version_of_the_program_is_called_by_its_code(database: Database) -> None:
    told = library.titles(database, ["voter-en-ligne", "envoyer-un-e-mail"])
    assert told == {"envoyer-un-e-mail": "Envoyer un e-mail", "voter-en-ligne": "voter-en-ligne"}


# shared


@pytest.mark.parametrize("text", [EASY, CARRYING, EASY.replace("\n", "\r\n")], ids=["library", "own", "windows"])
def test_a_sheet_shared_and_taken_back_is_the_same(database: Database, tmp_path: Path, text: str) -> None:
    id_ = own.save(database, text)
    sheet = library.find(database, str(id_))
    assert sheet
    path = tmp_path / sharing.file_name(sheet)
    sharing.write(database, sheet, path)
    assert sharing.read_file(path) == own.text_of(database, id_)
    assert library.same(database, sharing.read_file(path)) == str(id_)
    with zipfile.ZipFile(path) as archive:
        assert [name.split("/")[0] for name in archive.namelist()] == ["allumer-la-tablette-du-club.md", "dessins"]


def test_a_sheet_of_the_library_taken_back_is_known(database: Database, tmp_path: Path) -> None:
    for sheet in library.bundled():
        path = tmp_path / sharing.file_name(sheet)
        sharing.write(database, sheet, path)
        assert library.same(database, sharing.read_file(path)) == sheet.code


def test_a_drawing_travels_with_an_own_sheet(database: Database) -> None:
    sheet = library.find(database, str(own.save(database, CARRYING)))
    assert sheet
    assert drawings.find("notre-tablette.svg", dict(sheet.drawings)) == SVG.encode()
    assert parted(CARRYING)[1] == {"notre-tablette.svg": SVG}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", bytes(3_000_000)])
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fiche.zip"
    path.write_bytes(content)
    with pytest.raises(UserError, match="n’est pas une fiche"):
        sharing.read_file(path)
