"""What is typed comes back as it was, today and in ten years; what is not such words is refused."""

import contextlib
import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocol.squeezing import PAGE, squeeze, unsqueeze

LIMIT = 1 << 20
NOTE = '{"notes":"Mme a imprimé son relevé de carrière, elle reviendra le 14 pour l’imprimante."}'.encode()
SQUEEZED_IN_2026 = "5e36dcf37850bde215fc05be947a8def3c3e29e61bf4fcb5544d29a95cafc445e60f8e1b"


@given(st.binary(max_size=3000) | st.text(max_size=800).map(str.encode))
@example(b"")
@example(bytes(70_000))
def test_what_is_squeezed_comes_back(content: bytes) -> None:
    assert unsqueeze(squeeze(content), LIMIT) == content


def test_a_note_takes_less_than_half_of_its_letters_and_is_read_for_ever() -> None:
    assert squeeze(NOTE).hex() == SQUEEZED_IN_2026
    assert unsqueeze(bytes.fromhex(SQUEEZED_IN_2026), LIMIT) == NOTE
    assert len(bytes.fromhex(SQUEEZED_IN_2026)) < len(NOTE) / 2


def test_the_page_is_the_one_of_the_protocol() -> None:
    assert (
        hashlib.sha256(PAGE.read_bytes()).hexdigest()
        == "6ac3c0bee194e91244e761c1232f60b790526f877cbbb7e905cbfbeb9465b39c"
    )


@given(st.binary(max_size=80), st.integers(0, 5000))
def test_what_was_never_squeezed_is_only_refused(content: bytes, length: int) -> None:
    told = bytes((length & 0x7F | 0x80, length >> 7))
    for squeezed in (content, told + content):
        with contextlib.suppress(ValueError):
            assert len(unsqueeze(squeezed, LIMIT)) <= LIMIT


def test_no_more_is_read_than_allowed() -> None:
    with pytest.raises(ValueError, match="more words"):
        unsqueeze(squeeze(bytes(101)), 100)
