"""The address of the server, as people type it."""

import pytest

from app.errors import UserError
from app.services.server_address import server_address


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" passerelle.exemple.fr ", "https://passerelle.exemple.fr"),
        ("https://passerelle.exemple.fr/", "https://passerelle.exemple.fr"),
        ("https://exemple.fr:8443/passerelle/", "https://exemple.fr:8443/passerelle"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_is_completed(typed: str, expected: str) -> None:
    assert server_address(typed) == expected


@pytest.mark.parametrize(
    "typed", ["", "   ", "https://", "ftp://exemple.fr", "http://exemple.fr", "deux mots", "exemple.fr:port"]
)
def test_an_address_that_is_not_whole_or_not_safe_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as fault:
        server_address(typed)
    assert "server" in fault.value.fields
