"""Blocks on pages: where they are cut, what stays together, and what every PDF of the program tells."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.errors import KnownError
from app.ui.desk import Desk
from app.ui.paper.blocks import Beside, Block, Fact, Frame, Item, Text, Title, Together
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.flow import Page, pages
from app.ui.paper.lettering import Passage, Style
from app.ui.paper.pdf import pdf_of, save_pdf
from app.ui.paper.pictures import pictures
from app.ui.paper.sheet import HEIGHT, WIDTH
from app.ui.paper.tables import Column, Table

pytestmark = pytest.mark.usefixtures("desk")

BODY = Style(11)
LONG = "Une phrase assez longue pour que la ligne soit pleine, et que le texte aille à la suivante. " * 60


def texts(page: Page) -> list[str]:
    return [placed.block.text for placed in page if isinstance(placed.block, Text | Title)]


def a_document(*blocks: Block) -> Document:
    return Document("Essai", blocks, "Passerelle")


@given(st.lists(st.sampled_from(["title", "line", "long", "table", "together", "beside"]), max_size=14))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_blocks_nothing_is_lost_nor_outside_its_page(kinds: list[str]) -> None:
    made: dict[str, Block] = {
        "title": Title("Titre"),
        "line": Text("Une ligne", BODY),
        "long": Text(LONG, BODY),
        "table": Table((Column("Nom", 1), Column("Nombre", 1, "right")), [(f"Ligne {n}", str(n)) for n in range(60)]),
        "together": Together((Title("Ensemble"), Fact("Durée", "1 h"), Fact("Lieu", "Florac"))),
        "beside": Beside((Text("À gauche", BODY),), (Item("À droite", BODY), Frame((Text("Encadré", BODY),)))),
    }
    laid = pages([made[kind] for kind in kinds], WIDTH, HEIGHT)
    for page in laid:
        assert all(placed.top + placed.block.height(WIDTH) <= HEIGHT + 0.01 for placed in page)
        tops = [placed.top for placed in page]
        assert tops == sorted(tops)
    placed = [one.block for page in laid for one in page]
    words = "".join(one.text for one in placed if isinstance(one, Text)).replace(" ", "")
    assert words.count("laligne") == 60 * kinds.count("long")
    rows = sum(len(one.rows) for one in placed if isinstance(one, Table))
    assert rows == 60 * kinds.count("table")


def test_a_title_is_never_alone_at_the_foot_of_a_page() -> None:
    line = Text("Une ligne", BODY, below=0)
    for number in range(45, 56):
        laid = pages([*[line] * number, Title("Titre"), Text(LONG, BODY)], WIDTH, HEIGHT)
        assert texts(laid[0])[-1] != "Titre"


def test_a_text_is_never_cut_to_a_single_line() -> None:
    passage = Passage(LONG, BODY, WIDTH)
    line = passage.height / passage.lines
    for room in range(1, passage.lines + 3):
        parts = Text(LONG, BODY).cut(WIDTH, room * line + 0.1)
        if parts:
            assert all(Passage(one.text, BODY, WIDTH).lines >= 2 for one in parts)


def test_a_pdf_tells_its_language_its_title_and_its_parts() -> None:
    blocks = Title("Document", level=0), Text(LONG, BODY), Title("Une partie"), Text(LONG, BODY), Title("Une autre")
    made = a_document(*blocks)
    reader = PdfReader(BytesIO(pdf_of(made)))
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert "'/DisplayDocTitle': True" in str(reader.root_object["/ViewerPreferences"].get_object())
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == ("Essai", "Passerelle")
    document, parts = reader.outline
    assert not isinstance(document, list)
    assert isinstance(parts, list)
    assert [document.title, *(part.title for part in parts if not isinstance(part, list))] == [
        "Document", "Une partie", "Une autre",
    ]  # fmt: skip
    assert f"Page 1 sur {len(reader.pages)}" in reader.pages[0].extract_text()


def test_a_text_is_read_by_a_machine_with_its_accents() -> None:
    said = "L’été à L’Haÿ-les-Roses\u00a0: cœur, « chiffres », difficile, 12\u202f345 €, ẽ"
    read = PdfReader(BytesIO(pdf_of(a_document(Text(said, BODY))))).pages[0].extract_text()
    assert read.split("\n")[0] == said.replace("\u00a0", " ")


def test_documents_are_drawn_in_several_threads_at_once() -> None:
    made = a_document(Title("Titre"), Text(LONG, BODY), Table((Column("Nom", 1),), [("é",)] * 45))
    expected = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(made))).pages]
    drawn: list[list[str]] = []
    seen: list[int] = []

    def draw() -> None:
        drawn.append([page.extract_text() for page in PdfReader(BytesIO(pdf_of(made))).pages])
        seen.append(len(pictures(made, 1.0)))

    threads = [threading.Thread(target=draw) for _ in range(3)]
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        pictures(made, 0.5)  # the screens' thread goes on drawing
    for one in threads:
        one.join()
    assert drawn == [expected] * 3
    assert seen == [len(expected)] * 3


def test_the_first_pages_may_be_drawn_by_several_threads_at_once() -> None:
    """PySide makes its classes ready at their first use: only a program that has drawn nothing yet can tell."""
    ran = subprocess.run([sys.executable, "-c", _FIRST_PAGES], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


_FIRST_PAGES = """
import sys, threading
from PySide6.QtWidgets import QApplication
from app.services.sheets import drawings
from app.ui.paper.blocks import Frame, Rule, Text
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.pictures import pictures
from app.ui.sheets.sheet_blocks import StepBlock

app = QApplication([])
svg = drawings.find("adresse-e-mail.svg", {})
assert svg is not None
step = StepBlock(1, "Ouvrez le site.", "Il s’ouvre.", svg, 16, 160)
made = Document("Essai", [Rule(), step, Frame([Text("Mot " * 400, Style(11))])], "Passerelle")
sys.setswitchinterval(1e-6)
start = threading.Barrier(4)

def draw():
    start.wait()
    pictures(made, 0.2)

threads = [threading.Thread(target=draw) for _ in range(3)]
for one in threads:
    one.start()
draw()
for one in threads:
    one.join()
"""


def test_the_preview_has_the_pages_of_the_file(desk: Desk) -> None:
    made = a_document(*[Text(LONG, BODY)] * 3)
    drawn = pictures(made, 1.0)
    assert len(drawn) == LaidOut(made).count > 1
    assert (drawn[0].width(), drawn[0].height()) == (595, 842)


def test_a_file_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="autre dossier"):
        save_pdf(a_document(Text("Un", BODY)), tmp_path / "absent" / "rapport.pdf")
    assert _files(tmp_path) == []


def _files(folder: Path) -> Sequence[str]:
    return [one.name for one in folder.iterdir() if one.suffix != ".db" and "carnet" not in one.name]
