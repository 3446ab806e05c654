"""Place files of the national standard are read, whatever wrote them, and bad ones are refused with a sentence."""

import csv
import json
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import municipalities
from app.errors import AppError, KnownError, UserError
from app.services import place_candidates, place_files
from app.services.place_candidates import PlaceCandidate
from app.services.place_files import PlaceFile

DATA = Path(__file__).resolve().parent.parent / "data"
A_PLACE = {
    "id": "lieu-1",
    "pivot": "43493312300029",
    "nom": "Médiathèque des Cévennes",
    "commune": "FLORAC-TROIS-RIVIERES",
    "code_postal": "48400",
    "adresse": "2 rue de l’Œillet",
    "itinerance": "Itinérant",
    "latitude": "44.32",
    "longitude": "3.59",
}


def as_json(*rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def as_csv(*rows: dict[str, str], separator: str = ",") -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(A_PLACE), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def only(read: PlaceFile) -> PlaceCandidate:
    (candidate,) = read.candidates
    return candidate


def test_every_place_of_the_real_lists_is_read() -> None:
    for name, places in (("lieux-charente-20230711.json", 188), ("lieux-paca-20230517.json", 646)):
        read = place_files.read(DATA / name)
        assert (len(read.candidates), read.problems) == (places, ())
        placed = [one for one in read.candidates if one.municipality]
        assert len(placed) > 0.98 * places


def test_the_commune_deduced_is_the_one_the_real_lists_state() -> None:
    for path in DATA.glob("lieux-*.json"):
        for row in json.loads(path.read_bytes()):
            found = municipalities.find(row["commune"], row["code_postal"])
            stated = municipalities.get(row.get("code_insee", ""))
            assert stated is None or (found and found.epci_code == stated.epci_code)


def test_the_example_of_the_standard_is_read_whole() -> None:
    place = only(place_files.read(DATA / "exemple-valide-v1.0.2.csv"))
    assert (place.name, place.municipality_name, place.municipality) == ("Anonymal", "Reims", "51454")
    assert (place.siret, place.itinerant, place.typology) == ("43493312300029", True, "TIERS_LIEUX|ASSO")
    assert (place.latitude, place.source, place.source_id, place.problems) == (43.52609, "Hubik", "structure-1", ())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_in_any_encoding_and_separator(separator: str, encoding: str) -> None:
    place = only(place_files.parse(as_csv(A_PLACE, separator=separator).encode(encoding)))
    assert (place.name, place.address, place.municipality) == (A_PLACE["nom"], A_PLACE["adresse"], "48061")


def test_a_json_file_and_a_csv_file_say_the_same() -> None:
    assert place_files.parse(as_json(A_PLACE)) == place_files.parse(as_csv(A_PLACE).encode())


def test_figures_and_lists_in_json_are_understood() -> None:
    row = A_PLACE | {"pivot": 43493312300029, "latitude": 44.32, "typologie": ["BIB", "RFS"], "commune": "Ambérieu"}
    place = only(place_files.parse(as_json(row | {"code_postal": 1500, "code_insee": 1004})))
    assert (place.siret, place.latitude, place.typology) == ("43493312300029", 44.32, "BIB|RFS")
    assert (place.postal_code, place.municipality_name) == ("01500", "Ambérieu-en-Bugey")


def test_the_pivot_of_zeros_means_no_siret() -> None:
    place = only(place_files.parse(as_json(A_PLACE | {"pivot": place_candidates.NO_PIVOT})))
    assert (place.siret, place.problems) == (None, ())


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"pivot": "43493312300028"}, "SIRET"),
        ({"adresse": ""}, "adresse"),
        ({"commune": "Nulle-Part", "code_postal": "99999"}, "99999 Nulle-Part"),
        ({"commune": "Montfavet", "code_postal": "84140"}, "Avignon"),
        ({"latitude": "9999"}, "position"),
        ({"latitude": "nan"}, "position"),
    ],
)
def test_a_doubtful_value_is_said_and_the_place_is_kept(change: dict[str, str], word: str) -> None:
    (problem,) = only(place_files.parse(as_json(A_PLACE | change))).problems
    assert word in problem


def test_a_bad_row_is_reported_with_its_line_and_stops_no_other() -> None:
    lines = as_csv(A_PLACE, A_PLACE | {"nom": ""}, A_PLACE).splitlines()
    read = place_files.parse("\n".join([*lines, "coupé,en deux"]).encode())
    assert len(read.candidates) == 2
    assert [problem.split("\u00a0")[0] for problem in read.problems] == ["Ligne 3", "Ligne 5"]


def test_a_json_element_that_is_no_place_stops_no_other() -> None:
    read = place_files.parse(as_json(A_PLACE, 12, None, A_PLACE))
    assert (len(read.candidates), len(read.problems)) == (2, 2)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "aucun lieu"),
        (b" \n ", "aucun lieu"),
        (b"[]", "aucun lieu"),
        (as_csv().encode(), "aucun lieu"),
        (b'{"nom": "x"}', "pas une liste de lieux"),
        (b"[1, 2]", "pas une liste de lieux"),
        (b"a,b,c\n1,2,3\n", "pas une liste de lieux"),
        (b"nom,commune,adresse\nx,y,z\n", "code_postal"),
        (b"\x89PNG\r\n\x1a\n\0\0", "pas une liste de lieux"),
        (as_json(A_PLACE)[:-20], "incomplet"),
        (b"[" * 100_000, "incomplet"),
        (as_csv(A_PLACE | {"nom": "x" * 200_000}).encode(), "ligne 2"),
    ],
)
def test_a_file_that_is_no_place_file_is_refused_with_a_sentence(content: bytes, word: str) -> None:
    with pytest.raises(UserError, match=word):
        place_files.parse(content)


def test_a_file_too_big_or_missing_is_refused_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "gros.csv"
    with big.open("wb") as file:
        file.truncate(place_files.MAX_BYTES + 1)
    with pytest.raises(UserError, match="trop gros"):
        place_files.read(big)
    with pytest.raises(KnownError, match="parti"):
        place_files.read(tmp_path / "parti.json")
    with pytest.raises(KnownError):
        place_files.read(tmp_path)


@given(st.binary())
@example(b'["\\ud800"]')
@example(b'[{"nom": "\\ud800", "adresse": "\\u0000", "commune": "\\ud800", "code_postal": [[[]]]}]')
@example(b'nom;adresse;commune;code_postal\n"x')
def test_no_content_whatever_breaks_the_reading(content: bytes) -> None:
    with suppress(AppError):
        assert all(one.name.isprintable() for one in place_files.parse(content).candidates)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(A_PLACE)), st.text() | st.integers() | st.none())))
def test_no_value_whatever_breaks_the_reading(rows: list[dict[str, str | int | None]]) -> None:
    read = place_files.parse(as_json(A_PLACE, *rows))
    assert len(read.candidates) + len(read.problems) == len(rows) + 1


def test_the_chooser_finds_a_place_by_the_words_of_its_name_and_commune() -> None:
    candidates = place_files.parse(as_json(A_PLACE, A_PLACE | {"nom": "Mairie"})).candidates
    assert [one.name for one in place_candidates.search(candidates, "mediat florac")] == [A_PLACE["nom"]]
    assert place_candidates.search(candidates, "rue oeillet") == candidates
    assert place_candidates.search(candidates, "") == candidates
    assert place_candidates.search(candidates, "zzz") == ()
