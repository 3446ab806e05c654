"""What is typed comes back as it was, today and in ten years; what is not such words is refused."""

import contextlib
import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocol.bodies import DICTIONARIES
from protocol.squeezing import squeeze, unsqueeze

LIMIT = 1 << 20
NOTE = '{"notes":"Mme a imprimé son relevé de carrière, elle reviendra le 14 pour l’imprimante."}'.encode()
SQUEEZED_IN_2026 = (
    "0000a50100c381049f0c7b1006dad25a566a11475bb54d711d0f0afc495c100eab31a786efbb47ca0fb35bf7ba057f88ff2210116408857a0e"
)
TO_THE_BYTE = {
    "typed": "159b7c5ced37328fa83828949d87e7b966619109eef09f05ffc4bc4a4b60498f",
    "wire": "55862fd7d013f40f29ba53a1245030c59e5498d55d8965fe23ec505bd9b49f3e",
}


@given(st.binary(max_size=3000) | st.text(max_size=800).map(str.encode))
@example(b"")
@example(bytes(70_000))
def test_what_is_squeezed_comes_back(content: bytes) -> None:
    assert unsqueeze(squeeze(content), LIMIT) == content


def test_a_note_takes_two_thirds_of_its_letters_and_is_read_for_ever() -> None:
    assert len(squeeze(NOTE)) < len(NOTE) * 2 / 3
    assert unsqueeze(bytes.fromhex(SQUEEZED_IN_2026), LIMIT) == NOTE


def test_the_dictionaries_are_those_of_the_protocol() -> None:
    found = {name: (DICTIONARIES / f"{name}.zdict").read_bytes() for name in TO_THE_BYTE}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == TO_THE_BYTE


@given(st.binary(max_size=80))
def test_what_was_never_squeezed_is_only_refused(content: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert len(unsqueeze(content, LIMIT)) <= LIMIT


def test_no_more_is_read_than_allowed() -> None:
    with pytest.raises(ValueError, match="more words"):
        unsqueeze(squeeze(bytes(101)), 100)
